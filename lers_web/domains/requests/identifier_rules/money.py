"""Numbers of banks and payments: accounts, UPI, transfers, cards."""

from __future__ import annotations

import re

from stdnum import iban as stdnum_iban
from stdnum import luhn
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

_IFSC = r"[A-Z]{4}0[A-Z0-9]{6}"
_IFSC_FIRST = re.compile(rf"(?P<ifsc>{_IFSC})[:/](?P<account>\d+)")
_ACCOUNT_FIRST = re.compile(rf"(?P<account>\d+)@(?P<ifsc>{_IFSC})(?:\.IFSC\.NPCI)?")
_IFSC_IN_NOTE = re.compile(rf"(?<![A-Z0-9]){_IFSC}(?![A-Z0-9])")
_ACCOUNT = re.compile(r"[0-9]{9,18}")
_VPA = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,255}@[A-Za-z][A-Za-z0-9]{1,63}")
_CARD_TRUNCATED = re.compile(r"(?P<first>\d{6,8})[ *xX•#.\-]+(?P<last>\d{4})")
_CARD_GROUPED = re.compile(r"(?P<first>\d{4}[ -]?\d{2}(?:\d{2})?)[ -]?[*xX•#]+[ *xX•#\-]*(?P<last>\d{4})")
_CARD_IN_OTHER = re.compile(r"(?:[456]\d{15}|2[2-7]\d{14}|3[47]\d{13})")
_SHORTEST_PAN = 13
_LONGEST_PAN = 19


def bank_account(value: str, context: Context) -> Found:
    """Accept 9 to 18 digits, alone or as ``IFSC:ACCOUNT`` or ``ACCOUNT@IFSC``; an IFSC in the note counts too."""
    text = compact(value, " -").upper()
    match = _IFSC_FIRST.fullmatch(text) or _ACCOUNT_FIRST.fullmatch(text)
    account, ifsc = (match["account"], match["ifsc"]) if match else (text, None)
    if not _ACCOUNT.fullmatch(account):
        raise IdentifierProblem(
            "identifier_format",
            "This is not a bank account: it has 9 to 18 digits, leading zeros included; "
            "put the IFSC before it, like ABCD0123456:00123456789.",
        )
    if ifsc is None and context.note:
        in_note = _IFSC_IN_NOTE.search(ascii_digits(context.note).upper())
        ifsc = in_note.group() if in_note else None
    return Found(f"{ifsc}:{account}" if ifsc else account, account, {"account": account, "ifsc": ifsc})


def upi_vpa(value: str, _: Context) -> Found:
    """Accept a UPI address, which unlike an e-mail address has no dot after the @."""
    domain = value.rpartition("@")[2]
    if "@" in value and "." in domain:
        raise IdentifierProblem(
            "identifier_format", "A UPI address has no dot after the @: choose EMAIL if this is an e-mail address."
        )
    if not _VPA.fullmatch(value):
        raise wrong_form("a UPI address", "name@okbank")
    return Found(value, value.lower(), {"handle": domain.lower()})


def upi_rrn(value: str, _: Context) -> Found:
    """Accept the 12 digits of a UPI or IMPS reference."""
    digits = compact(value)
    if not re.fullmatch(r"[0-9]{12}", digits):
        raise wrong_form("a UPI reference (RRN), which has 12 digits", "412345678901")
    return Found(digits, digits, {})


def utr(value: str, _: Context) -> Found:
    """Accept the 16 characters of a NEFT or the 22 of an RTGS transfer."""
    text = compact(value).upper()
    if re.fullmatch(r"[0-9]{12}", text):
        raise IdentifierProblem("identifier_format", "12 digits are a UPI or IMPS reference: choose UPI_RRN.")
    if not re.fullmatch(r"(?=.*[0-9])[A-Z0-9]{16}(?:[A-Z0-9]{6})?", text):
        raise wrong_form("a UTR, which has 16 (NEFT) or 22 (RTGS) letters and digits", "ABCDN24123456789")
    return Found(text, text, {"kind": "NEFT" if len(text) == 16 else "RTGS"})  # noqa: PLR2004


def card(value: str, _: Context) -> Found:
    """Accept the first 6 to 8 and the last 4 digits, never a whole card number, which is not even repeated back."""
    text = ascii_digits(value)
    digits = compact(text, " -./")
    if digits.isdigit() and len(digits) >= _SHORTEST_PAN:
        raise full_card_number()
    match = _CARD_TRUNCATED.fullmatch(text) or _CARD_GROUPED.fullmatch(text)
    if match is None:
        raise IdentifierProblem(
            "identifier_format", "Give the first 6 to 8 and the last 4 digits of the card, like 411111******1111."
        )
    first, last = compact(match["first"]), match["last"]
    return Found(f"{first}******{last}", f"{first[:6]}{last}", {"bin": first, "last4": last})


def full_card_number() -> IdentifierProblem:
    """Refuse a whole card number without repeating it."""
    return IdentifierProblem(
        "card_full_number",
        "A whole card number must never be entered: give its first 6 to 8 and last 4 digits, like 411111******1111.",
    )


def looks_like_card(text: str) -> bool:
    """Tell whether a value as a whole is a card number, by prefix, length and check digit."""
    digits = compact(text)
    return len(digits) <= _LONGEST_PAN and _CARD_IN_OTHER.fullmatch(digits) is not None and luhn.is_valid(digits)


def iban(value: str, _: Context) -> Found:
    """Accept an IBAN whose length and check digits fit its country."""
    text = compact(value, " -.").upper()
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", text):
        raise wrong_form("an IBAN", "DE89 3704 0044 0532 0130 00")
    try:
        normalised = stdnum_iban.validate(text)
    except InvalidChecksum as error:
        raise wrong_checksum("IBAN") from error
    except ValidationError as error:
        raise wrong_form("an IBAN", "DE89 3704 0044 0532 0130 00") from error
    return Found(stdnum_iban.format(normalised), normalised, {"country": normalised[:2]})
