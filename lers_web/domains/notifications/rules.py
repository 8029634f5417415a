"""Who is told what when something happens: one table from events to types and audiences.

Pure data and a look-up: no database. ``service`` finds the people of an audience in the tenant's own context.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lers_web.domains.access.events import BreakGlassAsked, BreakGlassOpened
from lers_web.domains.chat.events import MessageCreated
from lers_web.domains.chat.states import MessageType
from lers_web.domains.files.events import FileScanned
from lers_web.domains.files.states import ScanStatus
from lers_web.domains.identity.events import SecondFactorChanged, SessionEnded
from lers_web.domains.identity.states import EndReason, MfaChange
from lers_web.domains.notifications.kinds import NotificationType as T
from lers_web.domains.requests.events import (
    RequestAssigned,
    RequestStatusChanged,
    SlaBreached,
    SlaEscalated,
    SlaWarning,
)
from lers_web.domains.requests.states import Action, Status
from lers_web.domains.responses.events import ResponseCreated, ResponseDecided
from lers_web.domains.responses.states import ResponseStatus


class Side(StrEnum):
    """From where a tenant looks at what happened."""

    AGENCY = "AGENCY"
    PROVIDER = "PROVIDER"
    PLATFORM = "PLATFORM"
    OWN = "OWN"  # no request: a file's or a session's own tenant


class Audience(StrEnum):
    """Which people of that side."""

    OFFICERS = "OFFICERS"  # who made the request, and colleagues who take part
    NEXT_APPROVERS = "NEXT_APPROVERS"  # who may fill the level that is open
    LAST_APPROVER = "LAST_APPROVER"
    HIGHER_APPROVERS = "HIGHER_APPROVERS"  # of a rank above the last approver's
    DESK = "DESK"  # the assigned person, else everybody of the provider
    ASSIGNEE = "ASSIGNEE"
    NODAL = "NODAL"  # the provider's admins, else everybody
    ADMINS = "ADMINS"
    UPLOADER = "UPLOADER"
    PERSON = "PERSON"  # the one whom the event names
    SECOND_PERSON = "SECOND_PERSON"  # who may confirm what another administrator asks for


@dataclass(frozen=True, slots=True)
class Rule:
    """People of one audience get one type of notification."""

    side: Side
    audience: Audience
    type: T
    variant: str | None = None


_A, _P = Side.AGENCY, Side.PROVIDER
_OFFICERS = (_A, Audience.OFFICERS)
_DESK = (_P, Audience.DESK)

_STATUS: Mapping[Action, tuple[Rule, ...]] = {
    Action.SUBMIT_FOR_APPROVAL: (Rule(_A, Audience.NEXT_APPROVERS, T.APPROVAL_REQUESTED),),
    Action.REQUEST_CHANGES: (Rule(*_OFFICERS, T.CHANGES_REQUESTED),),
    Action.APPROVE: (Rule(*_OFFICERS, T.APPROVED),),
    Action.REJECT: (Rule(*_OFFICERS, T.REJECTED),),
    Action.SUBMIT: (Rule(*_DESK, T.NEW_REQUEST),),
    Action.ACKNOWLEDGE: (Rule(*_OFFICERS, T.ACKNOWLEDGED),),
    Action.START: (Rule(*_OFFICERS, T.IN_PROGRESS),),
    Action.REQUEST_EXTENSION: (Rule(*_OFFICERS, T.INFO_REQUESTED, "extension"),),
    Action.GRANT_EXTENSION: (Rule(*_DESK, T.IN_PROGRESS, "extension_granted"),),
    Action.CHALLENGE: (
        Rule(*_OFFICERS, T.INFO_REQUESTED, "challenge"),
        Rule(_A, Audience.ADMINS, T.INFO_REQUESTED, "challenge"),
    ),
    Action.DECLINE: (Rule(*_OFFICERS, T.REJECTED, "declined"),),
    Action.COMPLETE: (Rule(*_OFFICERS, T.COMPLETED),),
    Action.WITHDRAW: (Rule(*_OFFICERS, T.CANCELLED), Rule(*_DESK, T.CANCELLED)),
}
_NEXT_LEVEL = (Rule(_A, Audience.NEXT_APPROVERS, T.APPROVAL_REQUESTED),)
_ESCALATION: Mapping[int, tuple[Rule, ...]] = {
    2: (
        Rule(_P, Audience.ADMINS, T.SLA_ESCALATED),
        Rule(_A, Audience.HIGHER_APPROVERS, T.SLA_ESCALATED),
    ),
    3: (Rule(Side.PLATFORM, Audience.ADMINS, T.SLA_ESCALATED),),
}


def _status_changed(payload: Mapping[str, Any]) -> tuple[Rule, ...]:
    action = Action(payload["action"])
    if action is Action.APPROVE and payload["new"] == Status.PENDING_APPROVAL:
        return _NEXT_LEVEL  # one of several levels was given
    return _STATUS.get(action, ())


def _message_created(payload: Mapping[str, Any]) -> tuple[Rule, ...]:
    kind = T.INFO_REQUESTED if payload["message_type"] == MessageType.CLARIFICATION else T.NEW_MESSAGE
    return (Rule(*_OFFICERS, kind), Rule(*_DESK, kind))


def _response_decided(payload: Mapping[str, Any]) -> tuple[Rule, ...]:
    accepted = payload["status"] == ResponseStatus.ACCEPTED
    return (Rule(*_DESK, T.RESPONSE_ACCEPTED if accepted else T.RESPONSE_REJECTED),)


def _file_scanned(payload: Mapping[str, Any]) -> tuple[Rule, ...]:
    match ScanStatus(payload["scan_status"]):
        case ScanStatus.INFECTED:
            return (Rule(Side.OWN, Audience.UPLOADER, T.FILE_INFECTED),)
        case ScanStatus.SUSPICIOUS | ScanStatus.ERROR:
            return (Rule(Side.OWN, Audience.UPLOADER, T.FILE_INFECTED, "held"),)
        case _:
            return ()


def _session_ended(payload: Mapping[str, Any]) -> tuple[Rule, ...]:
    if payload["reason"] == EndReason.REFRESH_REUSED:
        return (Rule(Side.OWN, Audience.PERSON, T.SECURITY),)
    return ()


def _second_factor_changed(payload: Mapping[str, Any]) -> tuple[Rule, ...]:
    variant = f"mfa_{MfaChange(payload['change']).value.lower()}"
    return (Rule(Side.OWN, Audience.PERSON, T.SECURITY, variant),)


RULES: Mapping[str, Callable[[Mapping[str, Any]], tuple[Rule, ...]]] = {
    RequestStatusChanged.type: _status_changed,
    RequestAssigned.type: lambda _: (Rule(_P, Audience.ASSIGNEE, T.NEW_REQUEST, "assigned"),),
    MessageCreated.type: _message_created,
    ResponseCreated.type: lambda _: (Rule(*_OFFICERS, T.RESPONSE_RECEIVED),),
    ResponseDecided.type: _response_decided,
    SlaWarning.type: lambda _: (Rule(*_DESK, T.SLA_WARNING), Rule(*_OFFICERS, T.SLA_WARNING)),
    SlaBreached.type: lambda _: (
        Rule(_P, Audience.NODAL, T.SLA_BREACHED),
        Rule(_A, Audience.LAST_APPROVER, T.SLA_BREACHED),
        Rule(*_OFFICERS, T.SLA_BREACHED),
    ),
    SlaEscalated.type: lambda payload: _ESCALATION.get(int(payload["level"]), ()),
    FileScanned.type: _file_scanned,
    SessionEnded.type: _session_ended,
    SecondFactorChanged.type: _second_factor_changed,
    BreakGlassAsked.type: lambda _: (Rule(Side.OWN, Audience.SECOND_PERSON, T.SECURITY, "break_glass_asked"),),
    BreakGlassOpened.type: lambda _: (
        Rule(_A, Audience.ADMINS, T.SECURITY, "break_glass"),
        Rule(_P, Audience.ADMINS, T.SECURITY, "break_glass"),
    ),
}
"""Event type -> rules. An event that is not here notifies nobody."""


def rules_for(event_type: str, payload: Mapping[str, Any]) -> tuple[Rule, ...]:
    """Return who is told what of an event."""
    rule = RULES.get(event_type)
    return rule(payload) if rule is not None else ()
