"""What every identifier rule stands on: the types, the problem it raises, and text made plain."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

MAX_LENGTH = 2048
BULLETS = "••••"

_BLANKS = " \t\r\n\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"
# Marks that copying out of chats and spreadsheets leaves around a value: byte order, direction, zero width.
_MARKS = "\ufeff\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")


class IdentifierType(StrEnum):
    """The types of the public contract, in its order."""

    MSISDN = "MSISDN"
    IMEI = "IMEI"
    IMSI = "IMSI"
    ICCID = "ICCID"
    IP = "IP"
    MAC = "MAC"
    EMAIL = "EMAIL"
    URL = "URL"
    HANDLE = "HANDLE"
    PAN = "PAN"
    AADHAAR = "AADHAAR"
    GSTIN = "GSTIN"
    BANK_ACCOUNT = "BANK_ACCOUNT"
    UPI_VPA = "UPI_VPA"
    UPI_RRN = "UPI_RRN"
    UTR = "UTR"
    CARD = "CARD"
    VEHICLE = "VEHICLE"
    PASSPORT = "PASSPORT"
    EPIC = "EPIC"
    CRYPTO_ADDRESS = "CRYPTO_ADDRESS"
    CRYPTO_TX = "CRYPTO_TX"
    CELL = "CELL"
    IBAN = "IBAN"
    DEVICE_ID = "DEVICE_ID"
    ORDER_ID = "ORDER_ID"
    OTHER = "OTHER"


class IdentifierProblem(ValueError):
    """Why an identifier cannot be used: a stable code, the field at fault and a sentence an officer understands.

    The sentence never repeats the value: it may be logged, and the value may not.
    """

    def __init__(self, code: str, message: str, *, field: str = "value") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field


@dataclass(frozen=True, slots=True)
class Context:
    """What stands beside the value in the request."""

    mandate_type: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule makes of a value: ``value`` is shown and stored, ``normalised`` is for the blind index alone."""

    value: str
    normalised: str
    extra: dict[str, Any] = field(default_factory=dict)


Rule = Callable[[str, Context], Found]


def clean_text(raw: object, *, max_length: int = MAX_LENGTH) -> str:
    """Trim a value and refuse what no identifier may hold: control and hidden characters, lone surrogates, excess."""
    if not isinstance(raw, str):
        raise IdentifierProblem(
            "identifier_not_text",
            "The value must be text in quotes: as a number it would lose leading zeros and long digits.",
        )
    if len(raw) > max_length * 2:
        raise _too_long(max_length)
    text = raw.strip(_BLANKS + _MARKS)
    if not text:
        raise IdentifierProblem("identifier_empty", "The value is empty: enter the identifier.")
    if len(text) > max_length:
        raise _too_long(max_length)
    for character in text:
        category = unicodedata.category(character)
        if category == "Cs":
            raise IdentifierProblem(
                "identifier_broken_text", "The value holds broken characters: type it again instead of pasting it."
            )
        if category == "Cc" or character in _MARKS or character in "\u2028\u2029":
            raise IdentifierProblem(
                "identifier_control_character",
                "The value holds a hidden control character or a line break: type it again instead of pasting it.",
            )
    return text


def _too_long(max_length: int) -> IdentifierProblem:
    return IdentifierProblem("identifier_too_long", f"The value is longer than {max_length} characters: shorten it.")


def ascii_digits(text: str) -> str:
    """Write the digits of any script (१२३) as 0-9, and every dash as a hyphen."""
    plain = "".join(str(unicodedata.decimal(character)) if character.isdecimal() else character for character in text)
    return plain.translate(_DASHES)


def compact(text: str, strip: str = " -") -> str:
    """Remove what people put between groups of an identifier."""
    return "".join(character for character in ascii_digits(text) if character not in strip)


def wrong_form(what: str, example: str) -> IdentifierProblem:
    """Say what the value is not, with an example of what is."""
    return IdentifierProblem("identifier_format", f"This is not {what}: write it like {example}.")


def wrong_checksum(what: str) -> IdentifierProblem:
    """Say that a digit was mistyped."""
    return IdentifierProblem(
        "identifier_checksum",
        f"The check digit of this {what} does not fit: compare it with the source, digit by digit.",
    )


def tail(text: str, most: int = 4) -> str:
    """Show only the end: at most ``most`` characters and never more than a third of them."""
    shown = min(most, len(text) // 3)
    return BULLETS + (text[-shown:] if shown else "")
