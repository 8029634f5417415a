"""Papers of people and things: PAN, Aadhaar, GSTIN, passport, voter card and vehicles."""

from __future__ import annotations

import re

from stdnum import luhn
from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.in_ import aadhaar as stdnum_aadhaar
from stdnum.in_ import epic as stdnum_epic
from stdnum.in_ import gstin as stdnum_gstin
from stdnum.in_ import pan as stdnum_pan
from stdnum.in_ import vid as stdnum_vid

from lers_web.domains.requests.identifier_rules.base import (
    Context,
    Found,
    IdentifierProblem,
    ascii_digits,
    compact,
    wrong_checksum,
    wrong_form,
)

COURT_ORDER = "COURT_ORDER"
_PAN_HOLDERS = frozenset("ABCFGHJLPT")
_GSTIN_BEYOND_STDNUM = frozenset({"38", "97", "99"})  # Ladakh, other territory, centre: newer than the library's table
_GSTIN_FORM = re.compile(r"\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]")
_REGISTRATION = re.compile(r"([A-Z]{2})(\d{1,2})([A-Z]{0,3})(\d{1,4})")
_BHARAT = re.compile(r"\d{2}BH\d{4}[A-HJ-NP-Z]{1,2}")
_VIN = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
_AADHAAR_IN_TEXT = re.compile(r"(?<![\d+])[2-9]\d{3}[ -]?\d{4}[ -]?\d{4}(?!\d)")


def pan(value: str, _: Context) -> Found:
    """Accept a PAN whose fourth letter is a holder type in use."""
    text = compact(value).upper()
    try:
        stdnum_pan.validate(text)
    except ValidationError as error:
        raise wrong_form("a PAN", "ABCPE1234F") from error
    if not text.isascii() or text[3] not in _PAN_HOLDERS:
        raise wrong_form("a PAN", "ABCPE1234F")
    return Found(text, text, {"holder_type": stdnum_pan.info(text)["holder_type"]})


def aadhaar(value: str, context: Context) -> Found:
    """Accept an Aadhaar number or virtual id under a court order only; what is stored and shown is its last four."""
    if context.mandate_type != COURT_ORDER:
        raise IdentifierProblem(
            "aadhaar_needs_court_order",
            "An Aadhaar number may only be used under a High Court order: choose the mandate COURT_ORDER or remove it.",
        )
    digits = compact(value)
    rule, kind = (stdnum_vid, "VID") if len(digits) == 16 else (stdnum_aadhaar, "AADHAAR")  # noqa: PLR2004
    try:
        rule.validate(digits)
    except InvalidChecksum as error:
        raise wrong_checksum("Aadhaar number") from error
    except ValidationError as error:
        raise IdentifierProblem(
            "identifier_format", "This is not an Aadhaar number (12 digits) or virtual id (16 digits): check it."
        ) from error
    groups = "XXXX XXXX XXXX" if kind == "VID" else "XXXX XXXX"
    return Found(f"{groups} {digits[-4:]}", digits, {"kind": kind})


def find_aadhaar(text: str) -> bool:
    """Tell whether free text seems to hold an Aadhaar number, which belongs nowhere but in an AADHAAR identifier."""
    return any(stdnum_aadhaar.is_valid(hit.group()) for hit in _AADHAAR_IN_TEXT.finditer(ascii_digits(text)))


def gstin(value: str, _: Context) -> Found:
    """Accept a GSTIN with state, PAN and check character in order."""
    text = compact(value).upper()
    if not text.isascii() or not _GSTIN_FORM.fullmatch(text):
        raise wrong_form("a GSTIN", "27ABCPE1234F1ZB")
    pan_part = pan(text[2:12], Context()).value
    try:
        if text[:2] in _GSTIN_BEYOND_STDNUM:
            luhn.validate(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        else:
            stdnum_gstin.validate(text)
    except InvalidChecksum as error:
        raise wrong_checksum("GSTIN") from error
    except ValidationError as error:
        raise IdentifierProblem(
            "identifier_format", "The first two digits of this GSTIN are no state's code."
        ) from error
    return Found(text, text, {"pan": pan_part, "state_code": text[:2]})


def passport(value: str, _: Context) -> Found:
    """Accept an Indian passport number; those of other countries have no common form and go under OTHER."""
    text = compact(value).upper()
    if not re.fullmatch(r"[A-Z][0-9]{7}", text):
        raise IdentifierProblem(
            "identifier_format",
            "This is not an Indian passport number (a letter and 7 digits, like A1234567): "
            "use OTHER for a foreign passport and name the country in the note.",
        )
    return Found(text, text, {})


def epic(value: str, _: Context) -> Found:
    """Accept a voter card number by its form; old cards bear no valid check digit, so it is told, not required."""
    text = compact(value, " -/").upper()
    if not re.fullmatch(r"[A-Z]{3}[0-9]{7}", text):
        raise wrong_form("a voter card number (EPIC), which has 3 letters and 7 digits", "ABC1234567")
    return Found(text, text, {"checksum_valid": stdnum_epic.is_valid(text)})


def vehicle(value: str, _: Context) -> Found:
    """Accept a registration (state or BH series) or a chassis number; zeros left out are filled in for matching."""
    text = compact(value, " -.").upper()
    match = _REGISTRATION.fullmatch(text) if text.isascii() else None
    if match:
        state, office, series, number = match.groups()
        return Found(text, f"{state}{office:0>2}{series}{number:0>4}", {"kind": "REGISTRATION", "state": state})
    if _BHARAT.fullmatch(text):
        return Found(text, text, {"kind": "BH"})
    if _VIN.fullmatch(text) and any(character.isdigit() for character in text):
        return Found(text, text, {"kind": "VIN"})
    raise wrong_form("a vehicle number", "MH12AB1234, 22BH1234AA or a chassis number of 17 characters")
