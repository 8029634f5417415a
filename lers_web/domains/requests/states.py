"""The life cycle of a request as data: who may take which step, from where, to where (contract, section 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from lers_web.kernel.errors import IllegalTransition
from lers_web.kernel.permissions import Permission


class Status(StrEnum):
    """Where a request stands, in the order of its life."""

    DRAFT = "DRAFT"
    PENDING_APPROVAL = "PENDING_APPROVAL"
    APPROVED = "APPROVED"
    SUBMITTED = "SUBMITTED"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    IN_PROGRESS = "IN_PROGRESS"
    RESPONSE_UPLOADED = "RESPONSE_UPLOADED"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"
    REJECTED = "REJECTED"


class Priority(StrEnum):
    """How urgent a request is, in ascending order."""

    NORMAL = "NORMAL"
    URGENT = "URGENT"
    CRITICAL = "CRITICAL"


class RequestType(StrEnum):
    """What kind of data is asked for."""

    SUBSCRIBER_INFO = "SUBSCRIBER_INFO"
    CDR = "CDR"
    IPDR = "IPDR"
    TOWER_DUMP = "TOWER_DUMP"
    KYC = "KYC"
    BANK_STATEMENT = "BANK_STATEMENT"
    TRANSACTION_TRAIL = "TRANSACTION_TRAIL"
    LOGIN_LOGS = "LOGIN_LOGS"
    DEVICE_INFO = "DEVICE_INFO"
    LOCATION = "LOCATION"
    CONTENT = "CONTENT"
    CCTV = "CCTV"
    ORDER_DETAILS = "ORDER_DETAILS"
    PRESERVATION = "PRESERVATION"
    RESTRAINT = "RESTRAINT"
    OTHER = "OTHER"


class MandateType(StrEnum):
    """On what authority it is asked for."""

    BNSS_94 = "BNSS_94"
    COURT_ORDER = "COURT_ORDER"
    SEARCH_WARRANT = "SEARCH_WARRANT"
    BNSS_106 = "BNSS_106"
    IT_ACT = "IT_ACT"
    CRPC_91 = "CRPC_91"
    CRPC_92 = "CRPC_92"
    BBE_ACT = "BBE_ACT"
    EMERGENCY = "EMERGENCY"
    LETTER = "LETTER"
    MLAT = "MLAT"
    OTHER = "OTHER"


class Outcome(StrEnum):
    """What became of one identifier."""

    PENDING = "PENDING"
    DISCLOSED = "DISCLOSED"
    PARTIAL = "PARTIAL"
    NO_DATA = "NO_DATA"
    REJECTED = "REJECTED"
    INVALID = "INVALID"


class ReasonCode(StrEnum):
    """Why a provider declines a request, or one identifier of it."""

    IDENTIFIER_INVALID = "IDENTIFIER_INVALID"
    IDENTIFIER_NOT_OURS = "IDENTIFIER_NOT_OURS"
    INSUFFICIENT_DETAIL = "INSUFFICIENT_DETAIL"
    OVERBROAD = "OVERBROAD"
    MANDATE_MISSING = "MANDATE_MISSING"
    MANDATE_INSUFFICIENT = "MANDATE_INSUFFICIENT"
    WRONG_ENTITY = "WRONG_ENTITY"
    JURISDICTION = "JURISDICTION"
    DATA_NOT_HELD = "DATA_NOT_HELD"
    DATA_EXPIRED = "DATA_EXPIRED"
    DUPLICATE = "DUPLICATE"
    SUSPECTED_FRAUD = "SUSPECTED_FRAUD"
    OTHER = "OTHER"


class SlaState(StrEnum):
    """How a running clock stands."""

    ON_TRACK = "ON_TRACK"
    DUE_SOON = "DUE_SOON"
    BREACHED = "BREACHED"
    PAUSED = "PAUSED"


class Action(StrEnum):
    """A step. The name is the key in ``abilities``; the path writes ``-`` for ``_``."""

    UPDATE = "update"
    DELETE = "delete"
    SUBMIT_FOR_APPROVAL = "submit_for_approval"
    REQUEST_CHANGES = "request_changes"
    APPROVE = "approve"
    REJECT = "reject"
    SUBMIT = "submit"
    ACKNOWLEDGE = "acknowledge"
    START = "start"
    ASSIGN = "assign"
    REQUEST_INFO = "request_info"
    REQUEST_EXTENSION = "request_extension"
    GRANT_EXTENSION = "grant_extension"
    CHALLENGE = "challenge"
    DECLINE = "decline"
    RESPOND = "respond"
    RESPOND_PARTIALLY = "respond_partially"
    REOPEN = "reopen"
    COMPLETE = "complete"
    CANCEL = "cancel"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Transition:
    """From where a step is possible, where it leads (None: the request stays), and what a caller needs for it."""

    sources: frozenset[Status]
    target: Status | None
    permission: Permission
    creator_only: bool = False


S, A, P = Status, Action, Permission
_WITH_PROVIDER = frozenset({S.SUBMITTED, S.ACKNOWLEDGED, S.IN_PROGRESS})

TRANSITIONS: Mapping[Action, Transition] = {
    A.UPDATE: Transition(frozenset({S.DRAFT}), None, P.REQUEST_CREATE, creator_only=True),
    A.DELETE: Transition(frozenset({S.DRAFT}), None, P.REQUEST_CREATE, creator_only=True),
    A.SUBMIT_FOR_APPROVAL: Transition(frozenset({S.DRAFT}), S.PENDING_APPROVAL, P.REQUEST_CREATE, creator_only=True),
    A.REQUEST_CHANGES: Transition(frozenset({S.PENDING_APPROVAL}), S.DRAFT, P.REQUEST_APPROVE),
    A.APPROVE: Transition(frozenset({S.PENDING_APPROVAL}), S.APPROVED, P.REQUEST_APPROVE),
    A.REJECT: Transition(frozenset({S.PENDING_APPROVAL, S.APPROVED}), S.REJECTED, P.REQUEST_APPROVE),
    A.SUBMIT: Transition(frozenset({S.APPROVED}), S.SUBMITTED, P.REQUEST_CREATE, creator_only=True),
    A.ACKNOWLEDGE: Transition(frozenset({S.SUBMITTED}), S.ACKNOWLEDGED, P.REQUEST_FULFIL),
    A.START: Transition(frozenset({S.ACKNOWLEDGED}), S.IN_PROGRESS, P.REQUEST_FULFIL),
    A.ASSIGN: Transition(_WITH_PROVIDER | {S.RESPONSE_UPLOADED}, None, P.REQUEST_FULFIL),
    A.REQUEST_INFO: Transition(_WITH_PROVIDER, None, P.REQUEST_FULFIL),
    A.REQUEST_EXTENSION: Transition(_WITH_PROVIDER, None, P.REQUEST_FULFIL),
    A.GRANT_EXTENSION: Transition(_WITH_PROVIDER, None, P.REQUEST_CREATE, creator_only=True),
    A.CHALLENGE: Transition(_WITH_PROVIDER, None, P.REQUEST_FULFIL),
    A.DECLINE: Transition(_WITH_PROVIDER, S.REJECTED, P.REQUEST_FULFIL),
    A.RESPOND: Transition(frozenset({S.IN_PROGRESS}), S.RESPONSE_UPLOADED, P.RESPONSE_CREATE),
    A.RESPOND_PARTIALLY: Transition(frozenset({S.IN_PROGRESS}), None, P.RESPONSE_CREATE),
    A.REOPEN: Transition(frozenset({S.RESPONSE_UPLOADED}), S.IN_PROGRESS, P.RESPONSE_REVIEW, creator_only=True),
    A.COMPLETE: Transition(frozenset({S.RESPONSE_UPLOADED}), S.COMPLETED, P.REQUEST_FULFIL),
    A.CANCEL: Transition(frozenset({S.DRAFT}), S.CANCELLED, P.REQUEST_CREATE, creator_only=True),
    A.WITHDRAW: Transition(
        frozenset({S.PENDING_APPROVAL, S.APPROVED}) | _WITH_PROVIDER, S.CANCELLED, P.REQUEST_CREATE, creator_only=True
    ),
}

DECISIONS = frozenset({A.APPROVE, A.REJECT, A.REQUEST_CHANGES})
"""Steps that nobody takes on a request of their own."""

INTERNAL = frozenset({A.RESPOND_PARTIALLY, A.REOPEN})
"""Steps that other domains take as part of a use case of theirs: no path, no ability."""

TERMINAL = frozenset({S.COMPLETED, S.CANCELLED, S.REJECTED})
CLOCK_RUNS = _WITH_PROVIDER | {S.RESPONSE_UPLOADED}
"""Where the SLA clock counts."""

SHOWN_TO_PROVIDER = _WITH_PROVIDER | {S.RESPONSE_UPLOADED}

STATUS_ORDER = {status: place for place, status in enumerate(Status)}
PRIORITY_ORDER = {priority: place for place, priority in enumerate(Priority)}

STATUS_PAIRS = frozenset(
    (source, step.target) for step in TRANSITIONS.values() if step.target is not None for source in step.sources
)
"""Every change of status there is: what the database's guard allows, and nothing else."""


def possible(status: Status) -> list[Action]:
    """Return the steps that a request in this state can take, by whomever."""
    return [action for action, step in TRANSITIONS.items() if action not in INTERNAL and status in step.sources]


def next_status(current: Status, action: Action) -> Status:
    """Return where a step leads; raise ``IllegalTransition`` when it is not possible from here."""
    step = TRANSITIONS[action]
    if current not in step.sources:
        raise IllegalTransition(
            f"{action.value.replace('_', ' ').capitalize()} is not possible: the request is {current}.",
            current_status=current.value,
            allowed=[each.value for each in possible(current)],
        )
    return step.target or current
