"""What a decision can be, and what a check of it can find."""

from __future__ import annotations

from enum import StrEnum


class Decision(StrEnum):
    """What an approver decided."""

    APPROVE = "APPROVE"
    REJECT = "REJECT"
    REQUEST_CHANGES = "REQUEST_CHANGES"


class Verdict(StrEnum):
    """What a check of a kept decision found. It is computed whenever it is shown, never stored."""

    VALID = "VALID"
    ALTERED = "ALTERED"
    UNKNOWN_KEY = "UNKNOWN_KEY"
