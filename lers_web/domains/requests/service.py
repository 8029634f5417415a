"""The face of requests: what other domains, views, jobs and the hub call. Use cases never commit.

=============================  =====================================================================================
``load_request``               one request that the actor may see, or ``NotFound``; ``lock=True`` before changing it
``load_to_show``               the same for one whose case content the actor is about to be shown
``locked_for``                 lock it for one step: role, sight, person, version and state are checked, in this order
``transition``                 take a step that belongs to requests (submit, acknowledge, start, assign, decline, …)
``approve_level`` …            the halves of decisions that belong here; ``approvals`` writes the decision itself
``request_info`` …             the same for ``chat`` (questions, the clock) and ``responses`` (uploaded, reopened)
``run_sla_monitor``            warnings, breaches and escalations, each exactly once
=============================  =====================================================================================
"""

from __future__ import annotations

from uuid import UUID

from lers_web.domains.requests.bulk import run as bulk
from lers_web.domains.requests.clocks import Cause, clock_of
from lers_web.domains.requests.clocks import resume as _resume
from lers_web.domains.requests.content import content_hash, content_of
from lers_web.domains.requests.drafts import create, remove, update
from lers_web.domains.requests.identifier_store import Opened, open_all
from lers_web.domains.requests.lifecycle import (
    approve_level,
    confirm_challenge,
    load_request,
    locked_for,
    register_submission_check,
    reject,
    reopen,
    request_changes,
    request_info,
    response_uploaded,
    transition,
)
from lers_web.domains.requests.metrics import recompute as recompute_metrics
from lers_web.domains.requests.models import Request
from lers_web.domains.requests.monitor import run_sla_monitor
from lers_web.domains.requests.outcomes import identifier_ids, set_outcomes
from lers_web.domains.requests.participants import add as add_participant
from lers_web.domains.requests.participants import ids_of as participant_ids
from lers_web.domains.requests.participants import remove as remove_participant
from lers_web.domains.requests.problems import Findings, examine
from lers_web.domains.requests.sight import load_to_show, sees_content
from lers_web.domains.requests.states import Action, MandateType, Outcome, Priority, ReasonCode, RequestType, Status
from lers_web.kernel.errors import Forbidden
from lers_web.kernel.uow import UnitOfWork

__all__ = [
    "Action",
    "Cause",
    "Findings",
    "MandateType",
    "Opened",
    "Outcome",
    "Priority",
    "ReasonCode",
    "Request",
    "RequestType",
    "Status",
    "add_participant",
    "approve_level",
    "bulk",
    "clock_of",
    "confirm_challenge",
    "content_hash",
    "content_of",
    "create",
    "examine",
    "identifier_ids",
    "load_request",
    "load_to_show",
    "locked_for",
    "open_all",
    "participant_ids",
    "read_identifiers",
    "recompute_metrics",
    "register_submission_check",
    "reject",
    "remove",
    "remove_participant",
    "reopen",
    "request_changes",
    "request_info",
    "response_uploaded",
    "resume_clock",
    "run_sla_monitor",
    "set_outcomes",
    "transition",
    "update",
]


def resume_clock(uow: UnitOfWork, request_id: UUID, cause: Cause = Cause.REQUEST_INFO) -> bool:
    """Let a clock run again that ``cause`` holds; harmless (False) when it does not. Called at the agency's answer."""
    return _resume(uow, load_request(uow, request_id, lock=True), cause)


def read_identifiers(uow: UnitOfWork, request_id: UUID) -> list[Opened]:
    """Open a request's identifiers in clear, for one who may see them; the reading stands in the audit trail."""
    request = load_request(uow, request_id)
    if not sees_content(uow, request_id):
        raise Forbidden("An administrator sees case content only while break-glass holds the request open.")
    opened = open_all(uow, request)
    uow.audit(
        "request:identifiers_read",
        "request",
        request.id,
        request_id=request.id,
        version=request.version,
        change={"count": len(opened)},
    )
    return opened
