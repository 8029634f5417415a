"""Where a response stands, and what a verification of it can find."""

from __future__ import annotations

from enum import StrEnum

from lers_web.kernel.errors import Conflict


class ResponseStatus(StrEnum):
    """Received and read by a machine, then judged by the officer. The request has a life of its own."""

    RECEIVED = "RECEIVED"
    PARSED = "PARSED"
    PARSE_FAILED = "PARSE_FAILED"
    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"


UNDECIDED = frozenset({ResponseStatus.RECEIVED, ResponseStatus.PARSED, ResponseStatus.PARSE_FAILED})
SOURCES = {
    ResponseStatus.ACCEPTED: UNDECIDED,
    # A flaw may come to light after a response was accepted; a rejected one stays so, and another one is sent.
    ResponseStatus.REJECTED: UNDECIDED | {ResponseStatus.ACCEPTED},
}


def require_decision(current: ResponseStatus, target: ResponseStatus) -> None:
    """Raise ``Conflict`` unless a response that stands so can be judged so."""
    if current not in SOURCES[target]:
        raise Conflict(
            f"The response is {current} already: it cannot become {target}.",
            code="illegal_transition",
            current_status=current.value,
            allowed=[each.value for each, sources in SOURCES.items() if current in sources],
        )


class Verdict(StrEnum):
    """What a verification found: of a response, and of each file in it."""

    VALID = "VALID"
    ALTERED = "ALTERED"
    MISSING = "MISSING"
    UNKNOWN_KEY = "UNKNOWN_KEY"
