"""A job that fails and quotes what nobody may read in a list of failures."""

from __future__ import annotations


class NoSuchNumber(Exception):
    """Quotes the number, as real ones do."""


def fail(argument: str) -> None:
    """Fail, with a message of several lines."""
    raise NoSuchNumber(f"no +919000000001 in {argument}\nDETAIL: Failing row contains (+919000000001).")
