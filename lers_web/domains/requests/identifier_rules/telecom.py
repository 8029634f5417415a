"""Numbers of the telephone world: subscribers, devices, SIM cards and cells."""

from __future__ import annotations

import re

import phonenumbers
from stdnum import imei as stdnum_imei
from stdnum import imsi as stdnum_imsi
from stdnum import luhn, numdb
from stdnum.exceptions import InvalidChecksum, ValidationError

from lers_web.domains.requests.identifier_rules.base import (
    Context,
    Found,
    IdentifierProblem,
    ascii_digits,
    compact,
    wrong_checksum,
    wrong_form,
)

HOME_REGION = "IN"
_HOME_CODE = 91
_MOBILE = re.compile(r"[6-9]\d{9}")
_SMS_HEADER = re.compile(r"[A-Z]{2}-[A-Z0-9]{3,9}(-[PSTG])?")
_PHONE_TEXT = re.compile(r"\+?[\d\s().\-/]+")
_CELL_DASHED = re.compile(r"(\d{3})-(\d{2,3})-(\d{1,8})-(\d{1,11})")
_CELL_DIGITS = re.compile(r"[2-7]\d{9,20}")
_CELL_HEX = re.compile(r"[2-7]\d{4,5}[0-9A-F]{6,12}")
MAX_TAC = 0xFFFFFF
MAX_CELL_ID = 2**36 - 1


def msisdn(value: str, _: Context) -> Found:
    """Accept E.164, Indian national forms (0, 91, 0091 or bare), and the sender header of an SMS."""
    text = ascii_digits(value)
    header = text.upper()
    if _SMS_HEADER.fullmatch(header):
        return Found(header, header, {"kind": "SMS_HEADER"})
    if not _PHONE_TEXT.fullmatch(text):
        raise wrong_form("a telephone number", "+919876543210 or 9876543210")
    try:
        number = phonenumbers.parse(text, HOME_REGION)
    except phonenumbers.NumberParseException as error:
        raise wrong_form("a telephone number", "+919876543210 or 9876543210") from error
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    national = phonenumbers.national_significant_number(number)
    if number.country_code == _HOME_CODE:
        mobile = _MOBILE.fullmatch(national) is not None
        bare = compact(text, " -().") == national
        if not mobile and (bare or not phonenumbers.is_valid_number(number)):
            raise IdentifierProblem(
                "identifier_format",
                "This is not an Indian number: a mobile number has 10 digits and begins with 6, 7, 8 or 9; "
                "write a landline with its area code, like +912223456789.",
            )
    elif not phonenumbers.is_possible_number(number):
        raise IdentifierProblem(
            "identifier_format", "This number does not have the length its country uses: check the country code."
        )
    region = phonenumbers.region_code_for_number(number)
    return Found(e164, e164, {"kind": "NUMBER", "region": region} if region else {"kind": "NUMBER"})


def imei(value: str, _: Context) -> Found:
    """Accept 14, 15 (with check digit) or 16 digits (with software version); the first 14 tell the device."""
    digits = compact(value, " -./")
    if not (digits.isascii() and digits.isdigit()) or len(digits) not in {14, 15, 16}:
        raise wrong_form("an IMEI, which has 14, 15 or 16 digits", "490154203237518")
    if len(set(digits)) == 1:
        raise IdentifierProblem(
            "identifier_placeholder", "An IMEI of one repeated digit is a placeholder, not a device."
        )
    try:
        stdnum_imei.validate(digits)
    except InvalidChecksum as error:
        if digits.endswith("0"):
            raise IdentifierProblem(
                "identifier_checksum",
                "The check digit of this IMEI does not fit. Call records often end it with 0: enter the first 14.",
            ) from error
        raise wrong_checksum("IMEI") from error
    return Found(digits, digits[:14], {"imei14": digits[:14], "tac": digits[:8]})


def imsi(value: str, _: Context) -> Found:
    """Accept 6 to 15 digits that begin with a country code in use; name the operator where it is known."""
    digits = compact(value)
    if not (digits.isascii() and digits.isdigit()) or not 6 <= len(digits) <= 15:  # noqa: PLR2004 - E.212
        raise wrong_form("an IMSI, which has up to 15 digits", "404451234567890")
    try:
        info = stdnum_imsi.info(digits)
    except (ValidationError, ValueError, IndexError) as error:
        raise IdentifierProblem(
            "identifier_format", "This IMSI begins with a country code that is not in use: India has 404, 405 and 406."
        ) from error
    return Found(digits, digits, {key: info[key] for key in ("mcc", "mnc", "brand", "operator") if key in info})


def iccid(value: str, _: Context) -> Found:
    """Accept 18 to 20 digits that begin with 89; the check digit is often not printed, so it is told, not required."""
    digits = compact(value).upper().rstrip("F")
    if not re.fullmatch(r"89[0-9]{16,18}", digits):
        raise wrong_form(
            "a SIM card number (ICCID), which has 18 to 20 digits and begins with 89", "8991000900000000003"
        )
    return Found(digits, digits, {"indian": digits.startswith("8991"), "checksum_valid": luhn.is_valid(digits)})


def cell(value: str, _: Context) -> Found:
    """Accept MCC-MNC-LAC/TAC-CI, its digits undashed, or MCC and MNC followed by hexadecimal; keep the raw form."""
    raw = ascii_digits(value).replace(" ", "").upper()
    dashed = _CELL_DASHED.fullmatch(raw)
    if dashed:
        mcc, mnc, area, cell_id = dashed.groups()
        if int(area) > MAX_TAC or int(cell_id) > MAX_CELL_ID:
            raise IdentifierProblem(
                "identifier_range", "The area or cell number is larger than any network uses: check MCC-MNC-LAC-CI."
            )
        _known_country(mcc)
        parts = {"mcc": mcc, "mnc": mnc, "area": area, "cell_id": cell_id}
        return Found(raw, mcc + mnc + area + cell_id, {"form": "DASHED", **parts})
    if _CELL_DIGITS.fullmatch(raw) or _CELL_HEX.fullmatch(raw):
        _known_country(raw[:3])
        split = [part for part, _info in numdb.get("imsi").info(raw)]
        form = "DIGITS" if raw.isdigit() else "HEX"
        return Found(raw, raw, {"form": form, "mcc": raw[:3], **({"mnc": split[1]} if len(split) > 2 else {})})  # noqa: PLR2004
    raise wrong_form("a cell identity (MCC-MNC-LAC-CI)", "404-98-8331-230711555")


def _known_country(mcc: str) -> None:
    if not numdb.get("imsi").info(mcc + "00")[0][0] == mcc:
        raise IdentifierProblem(
            "identifier_format", "The cell begins with a country code that is not in use: India has 404, 405 and 406."
        )
