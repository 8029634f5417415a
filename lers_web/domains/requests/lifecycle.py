"""The steps along the life cycle: the only writer of ``Request.status``. Callers bring the transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lers_web.domains.files import reads as file_reads
from lers_web.domains.files import service as files
from lers_web.domains.identity import reads as identity
from lers_web.domains.requests import clocks, content, metrics, policy, problems, states
from lers_web.domains.requests.events import RequestAssigned, RequestStatusChanged
from lers_web.domains.requests.models import Request
from lers_web.domains.requests.people import active_person
from lers_web.domains.requests.states import Action, Status
from lers_web.domains.sla import service as sla
from lers_web.kernel import clock
from lers_web.kernel.errors import Conflict, Duplicate, Invalid, NotFound, StaleVersion
from lers_web.kernel.uow import UnitOfWork

SubmissionCheck = Callable[[UnitOfWork, Request], list[str]]
_submission_checks: list[SubmissionCheck] = []

SUBMITTED_FILES = ("MANDATE", "EVIDENCE")
"""Purposes of the agency's files that go to the provider with the request."""


def load_request(uow: UnitOfWork, request_id: UUID, *, lock: bool = False) -> Request:
    """Load a request the actor may see. One they may not see does not exist for them."""
    query = select(Request).where(Request.id == request_id, policy.visible_to(uow.actor))
    if lock:  # populate_existing: the lock must show the row as it is now, not as this session read it
        query = query.with_for_update().execution_options(populate_existing=True)
    request = uow.session.scalar(query)
    if request is None:
        raise NotFound("request")
    return request


def locked_for(uow: UnitOfWork, request_id: UUID, action: Action, *, expected_version: int | None = None) -> Request:
    """Lock a request for one step, when the actor may take it, its version is the expected one, and it is possible.

    Refuses in this order: 403 by role, 404, 403 by person, 412, 409. What follows may rely on all of them.
    """
    policy.require_role(uow.actor, action)
    request = load_request(uow, request_id, lock=True)
    policy.require(uow.actor, action, request)
    if expected_version not in (None, request.version):
        raise StaleVersion("The request has changed since you read it: read it again.")
    states.next_status(Status(request.status), action)
    return request


def touch(request: Request) -> None:
    """Make a new version of a locked request."""
    request.version += 1
    request.updated_at = clock.now()


def transition(
    uow: UnitOfWork, request_id: UUID, action: Action, *, expected_version: int | None = None, **details: Any
) -> Request:
    """Take one step. ``details`` are the step's own: ``reason``, ``reason_code``, ``user_id``.

    For approve, reject and request changes use what ``approvals`` calls: ``approve_level``, ``reject``,
    ``request_changes``; for responses ``response_uploaded`` and ``reopen``; for questions ``request_info``.
    """
    effect = _EFFECTS[action]
    request = locked_for(uow, request_id, action, expected_version=expected_version)
    effect(uow, request, details)
    return request


def _step(
    uow: UnitOfWork,
    request: Request,
    action: Action,
    *,
    stays: bool = False,
    change: Mapping[str, Any] | None = None,
    level: int | None = None,
) -> None:
    """Write the new status, its version, one audit entry and the event; flush, as the next step may follow at once."""
    old = Status(request.status)
    new = old if stays else states.next_status(old, action)
    request.status = new.value
    if new in states.TERMINAL:
        request.closed_at = clock.now()
    touch(request)
    uow.session.flush()  # the guard in the database checks each step by itself, also two in one transaction
    uow.audit(
        f"request:{action.value}",
        "request",
        request.id,
        request_id=request.id,
        version=request.version,
        change={"old": old.value, "new": new.value, **(change or {})},
    )
    uow.emit(
        RequestStatusChanged(
            tenants=_told(request),
            request_id=request.id,
            action=action.value,
            old=old.value,
            new=new.value,
            version=request.version,
            actor_id=uow.actor.user_id,
            level=level,
        )
    )


def _told(request: Request) -> tuple[UUID, ...]:
    """Name the tenants that hear of a request: the provider only once it has been submitted."""
    if request.submitted_at is None:
        return (request.agency_tenant_id,)
    return (request.agency_tenant_id, request.provider_tenant_id)


# --- the agency's side ---------------------------------------------------------------------------------------------


def _send_for_approval(uow: UnitOfWork, request: Request, _: Mapping[str, Any]) -> None:
    """Refuse a draft with every reason at once; else fix its content by a hash and the route it will take."""
    found = problems.examine(uow, request)
    if found.problems:
        raise Invalid(
            "The request is not complete. Each problem names its field.",
            errors=found.errors(),
            problems=found.problems,
            warnings=found.warnings,
        )
    now = clock.now()
    request.first_sent_for_approval_at = request.first_sent_for_approval_at or now
    request.sent_version = request.version + 1
    request.approval_level = 0
    request.approval_route = [dict(level) for level in found.route]
    request.content_hash = content.content_hash(uow, request)
    _step(uow, request, Action.SUBMIT_FOR_APPROVAL, change={"content_hash": request.content_hash})


def approve_level(uow: UnitOfWork, request: Request, *, on_behalf_of_id: UUID | None = None) -> bool:
    """Fill the next level of a request from ``locked_for(…, Action.APPROVE)``; True when it was the last one.

    The last level makes it APPROVED and, where the unit's policy says ``auto_submit``, SUBMITTED in the same
    transaction. The caller has asked ``authority.may_fill`` and writes the approval row.
    """
    route = [dict(level) for level in request.approval_route]
    current = policy.next_level(route)
    if current is None:
        raise RuntimeError(f"request {request.id} waits for approval without a level to give")
    current["approver_id"] = str(uow.actor.user_id)  # type: ignore[index]
    if on_behalf_of_id is not None:
        current["on_behalf_of_id"] = str(on_behalf_of_id)  # type: ignore[index]
    request.approval_route = route
    request.approval_level += 1
    level = int(current["level"])
    if policy.next_level(route) is not None:
        _step(uow, request, Action.APPROVE, stays=True, change={"level": level}, level=level)
        return False
    request.approved_at = clock.now()
    request.approved_by_id = uow.actor.user_id
    _step(uow, request, Action.APPROVE, change={"level": level}, level=level)
    if identity.tenant_policy(uow, request.agency_tenant_id).auto_submit:
        _submit(uow, request, {})
    return True


def request_changes(uow: UnitOfWork, request: Request) -> None:
    """Send a request from ``locked_for(…, Action.REQUEST_CHANGES)`` back to DRAFT. Levels given so far are void."""
    request.approval_level = 0
    request.approval_route = []
    request.content_hash = None
    _step(uow, request, Action.REQUEST_CHANGES)


def reject(uow: UnitOfWork, request: Request, *, reason: str) -> None:
    """End a request from ``locked_for(…, Action.REJECT)``."""
    request.rejection_reason = reason
    _step(uow, request, Action.REJECT)


def _submit(uow: UnitOfWork, request: Request, _: Mapping[str, Any]) -> None:
    """Hand an approved request to the provider: the clock starts, the mandate and the evidence are shown to it."""
    provider_id = request.provider_tenant_id
    request.submitted_at = clock.now()
    clocks.start(uow, request)
    _step(uow, request, Action.SUBMIT)
    linked = file_reads.of_request(uow, request.id)
    files.share(uow, [file["id"] for file in linked if file["purpose"] in SUBMITTED_FILES], request.id, provider_id)


def register_submission_check(check: SubmissionCheck) -> None:
    """Let a domain above say, in sentences, why an approved request may not be submitted after all.

    ``approvals`` lies above requests and keeps the decisions: it hands over what looks at them.
    """
    if check not in _submission_checks:
        _submission_checks.append(check)


def _submit_later(uow: UnitOfWork, request: Request, details: Mapping[str, Any]) -> None:
    """Submit what was approved some time ago: nobody has touched it since, or it stays where it is."""
    reasons = [sentence for check in _submission_checks for sentence in check(uow, request)]
    if reasons:
        raise Conflict(
            f"The approval does not hold any more: {' '.join(reasons)} Withdraw the request, send a copy of it for"
            " approval, and tell your administrator: it was changed by another way than LERS.",
            code="approval_void",
            reasons=reasons,
        )
    _submit(uow, request, details)


def _cancel(uow: UnitOfWork, request: Request, details: Mapping[str, Any]) -> None:
    request.rejection_reason = details.get("reason")
    _step(uow, request, Action.CANCEL)


def _withdraw(uow: UnitOfWork, request: Request, details: Mapping[str, Any]) -> None:
    request.rejection_reason = details.get("reason")
    _step(uow, request, Action.WITHDRAW)


def reopen(uow: UnitOfWork, request_id: UUID) -> Request:
    """Put a request whose response was rejected back to IN_PROGRESS; raises ``IllegalTransition`` elsewhere."""
    request = locked_for(uow, request_id, Action.REOPEN)
    request.response_uploaded_at = None
    _step(uow, request, Action.REOPEN)
    return request


# --- the provider's side -------------------------------------------------------------------------------------------


def _acknowledge(uow: UnitOfWork, request: Request, _: Mapping[str, Any]) -> None:
    request.acknowledged_at = clock.now()
    _step(uow, request, Action.ACKNOWLEDGE)


def _start(uow: UnitOfWork, request: Request, _: Mapping[str, Any]) -> None:
    request.started_at = clock.now()
    _step(uow, request, Action.START)


def _assign(uow: UnitOfWork, request: Request, details: Mapping[str, Any]) -> None:
    """Give the request to an active colleague of the provider."""
    user_id = details["user_id"]
    if active_person(uow, user_id, uow.actor.tenant_id) is None:
        raise Invalid(errors={"user_id": ["This must be an active colleague of your company."]})
    request.assigned_to_company_id = user_id
    touch(request)
    uow.audit(
        "request:assign", "request", request.id, request_id=request.id, version=request.version,
        change={"assigned_to": user_id},
    )  # fmt: skip
    uow.emit(RequestAssigned(tenants=_told(request), request_id=request.id, user_id=user_id, version=request.version))


def request_info(uow: UnitOfWork, request_id: UUID, *, expected_version: int | None = None) -> Request:
    """Count a question of the provider and pause the clock; the caller writes the CLARIFICATION into the chat."""
    request = locked_for(uow, request_id, Action.REQUEST_INFO, expected_version=expected_version)
    clocks.pause(uow, request, clocks.Cause.REQUEST_INFO)
    request.clarifications += 1
    _step(uow, request, Action.REQUEST_INFO, change={"paused": request.sla_paused_at is not None})
    metrics.refresh(uow, request.provider_tenant_id)
    return request


def _ask_extension(uow: UnitOfWork, request: Request, details: Mapping[str, Any]) -> None:
    """Ask the officer for more hours; nothing moves until they are granted."""
    sla.ask_extension(uow, clocks.clock_of(request), details["hours"], details["reason"])
    _step(uow, request, Action.REQUEST_EXTENSION, change={"hours": details["hours"]})


def _grant_extension(uow: UnitOfWork, request: Request, details: Mapping[str, Any]) -> None:
    """Grant or refuse what the provider asked for; only granted hours change the ledger."""
    hours = clocks.extend(uow, request, granted=details["granted"], comments=details.get("comments"))
    _step(uow, request, Action.GRANT_EXTENSION, change={"granted": details["granted"], "hours": hours})


def _challenge(uow: UnitOfWork, request: Request, details: Mapping[str, Any]) -> None:
    """Doubt who asks: the clock stands until the agency's tenant admin has confirmed out of band.

    A clock that never stands (CRITICAL, statutory) runs on; the doubt stands in the trail and people are told.
    """
    if clocks.Cause.CHALLENGE.value in clocks.causes(uow, request.id):
        raise Duplicate("The request is doubted already: wait until the agency has confirmed it.")
    paused = clocks.pause(uow, request, clocks.Cause.CHALLENGE)
    _step(uow, request, Action.CHALLENGE, change={"paused": paused, "reason": bool(details["reason"])})


def confirm_challenge(uow: UnitOfWork, request_id: UUID, *, expected_version: int | None = None) -> Request:
    """Confirm that the request is genuine, as one who has spoken to the officer out of band.

    The agency's tenant admin does, or the platform's administrator, to whom row-level security leaves these columns.
    """
    policy.require_confirmer(uow.actor)
    request = load_request(uow, request_id, lock=True)
    policy.require_confirmation(uow.actor, request)
    if expected_version not in {None, request.version}:
        raise StaleVersion("The request has changed since you read it: read it again.")
    if not clocks.resume(uow, request, clocks.Cause.CHALLENGE):
        raise Conflict("Nobody doubts this request, or its clock runs on anyway.", code="not_challenged")
    uow.audit("request:challenge_confirmed", "request", request.id, request_id=request.id, version=request.version)
    return request


def _decline(uow: UnitOfWork, request: Request, details: Mapping[str, Any]) -> None:
    request.rejection_reason = details.get("reason")
    request.rejection_reason_code = details["reason_code"]
    _step(uow, request, Action.DECLINE, change={"reason_code": details["reason_code"]})
    metrics.refresh(uow, request.provider_tenant_id)


def response_uploaded(uow: UnitOfWork, request_id: UUID, *, partial: bool, lock_only: bool = False) -> Request:
    """Note that a response came. A partial one leaves the request IN_PROGRESS. ``lock_only`` checks and locks first."""
    action = Action.RESPOND_PARTIALLY if partial else Action.RESPOND
    request = locked_for(uow, request_id, action)
    if lock_only:
        return request
    if partial:
        _step(uow, request, action, stays=True)
        return request
    request.response_uploaded_at = clock.now()
    _step(uow, request, action)
    return request


def _complete(uow: UnitOfWork, request: Request, _: Mapping[str, Any]) -> None:
    """Close a request; whether the promise was kept is decided here, and the provider's figures follow."""
    now = clock.now()
    request.completed_at = now
    clocks.stop(uow, request, now)
    _step(uow, request, Action.COMPLETE, change={"sla_met": request.sla_met})
    metrics.refresh(uow, request.provider_tenant_id)


Effect = Callable[[UnitOfWork, Request, Mapping[str, Any]], None]

_EFFECTS: Mapping[Action, Effect] = {
    Action.SUBMIT_FOR_APPROVAL: _send_for_approval,
    Action.SUBMIT: _submit_later,
    Action.CANCEL: _cancel,
    Action.WITHDRAW: _withdraw,
    Action.ACKNOWLEDGE: _acknowledge,
    Action.START: _start,
    Action.ASSIGN: _assign,
    Action.REQUEST_EXTENSION: _ask_extension,
    Action.GRANT_EXTENSION: _grant_extension,
    Action.CHALLENGE: _challenge,
    Action.DECLINE: _decline,
    Action.COMPLETE: _complete,
}
