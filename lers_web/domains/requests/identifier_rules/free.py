"""Identifiers without a form of their own: device, order and other numbers, as text with a limit."""

from __future__ import annotations

import unicodedata

from lers_web.domains.requests.identifier_rules.base import Context, Found, IdentifierProblem, Rule
from lers_web.domains.requests.identifier_rules.money import full_card_number, looks_like_card
from lers_web.domains.requests.identifier_rules.persons import find_aadhaar

_FEWEST = 2


def free_text(max_length: int, *, guard: bool = False) -> Rule:
    """Make a rule for text of at most ``max_length`` characters; ``guard`` refuses what must not hide in free text."""

    def rule(value: str, _: Context) -> Found:
        text = " ".join(unicodedata.normalize("NFC", value).split())
        if len(text) < _FEWEST or not any(character.isalnum() for character in text):
            raise IdentifierProblem(
                "identifier_format", "Give the identifier as the provider knows it, not a mark or letter."
            )
        if len(text) > max_length:
            raise IdentifierProblem(
                "identifier_too_long", f"The value is longer than {max_length} characters: shorten it."
            )
        if guard and looks_like_card(text):
            raise full_card_number()
        if guard and find_aadhaar(text):
            raise IdentifierProblem(
                "aadhaar_in_text", "This seems to be an Aadhaar number: choose AADHAAR, which needs a court order."
            )
        return Found(text, unicodedata.normalize("NFKC", text).casefold(), {})

    return rule
