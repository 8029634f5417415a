"""What a content check has to say about a file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """SUSPICIOUS: a sound file that may carry more than it shows. REFUSED: not what it says, or not safe to open."""

    SUSPICIOUS = "SUSPICIOUS"
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True)
class Finding:
    """A stable code and a sentence that says what to do; never bytes or names out of the file."""

    code: str
    message: str
    severity: Severity


def suspicious(code: str, message: str) -> Finding:
    """Say why a file is held back."""
    return Finding(code, message, Severity.SUSPICIOUS)


def refused(code: str, message: str) -> Finding:
    """Say why a file is not taken."""
    return Finding(code, message, Severity.REFUSED)
