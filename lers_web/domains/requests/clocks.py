"""A request's SLA clock: started, paused, resumed, stopped; the columns that lists and monitor read follow from it."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any
from uuid import UUID

from lers_web.domains.requests.events import RequestChanged
from lers_web.domains.requests.models import Request
from lers_web.domains.requests.states import CLOCK_RUNS, Status
from lers_web.domains.requests.terms import terms_of
from lers_web.domains.sla import service as sla
from lers_web.domains.sla.clock import EventKind, may_pause
from lers_web.kernel import clock
from lers_web.kernel.uow import UnitOfWork


class Cause(StrEnum):
    """Why a clock stands still. Several may hold it at once; it runs when the last one is gone."""

    REQUEST_INFO = "REQUEST_INFO"
    CHALLENGE = "CHALLENGE"


def clock_of(request: Any) -> sla.Clock:
    """Return the clock of a request, or of a row that has its columns."""
    return sla.Clock(
        request_id=request.id,
        agency_tenant_id=request.agency_tenant_id,
        provider_tenant_id=request.provider_tenant_id,
        priority=request.priority,
        business=request.sla_business,
        calendar_version=request.sla_calendar_version,
    )


def start(uow: UnitOfWork, request: Request) -> None:
    """Start the clock at the submission with the promise and the hours as they are at this moment."""
    terms = terms_of(uow, request.catalog_item_id, request.catalog_item_version)
    calendar = sla.current_calendar(uow, request.provider_tenant_id)
    request.sla_hours = terms.promise(request.priority)
    request.sla_business = terms.business_hours_only and not terms.statutory
    request.sla_statutory = terms.statutory
    request.sla_calendar_version = calendar.version
    sla.record(uow, clock_of(request), EventKind.START, at=request.submitted_at, hours=request.sla_hours)
    _follow(uow, request)


def pause(uow: UnitOfWork, request: Request, cause: Cause) -> bool:
    """Stop the clock until ``resume``. CRITICAL and statutory clocks run on: False. The request is locked already."""
    if not may_pause(request.priority, statutory=request.sla_statutory):
        return False
    now = clock.now()
    sla.record(uow, clock_of(request), EventKind.PAUSE, at=now, reason=cause.value)
    request.sla_paused_at = request.sla_paused_at or now
    _follow(uow, request)
    return True


def resume(uow: UnitOfWork, request: Request, cause: Cause) -> bool:
    """Take one cause away; the clock runs again when it was the last. False when this cause did not hold it.

    Harmless when nothing is paused. The request is locked already.
    """
    if request.sla_paused_at is None or Status(request.status) not in CLOCK_RUNS:
        return False
    holding = causes(uow, request.id)
    if cause.value not in holding:
        return False
    now = clock.now()
    sla.record(uow, clock_of(request), EventKind.RESUME, at=now, reason=cause.value)
    _follow(uow, request)
    if holding == {cause.value}:
        request.sla_paused_at = None  # with the due date in one statement: an administrator may write no other
    request.version += 1
    request.updated_at = now
    uow.audit(
        "sla:resumed", "request", request.id, request_id=request.id, version=request.version,
        change={"cause": cause.value},
    )  # fmt: skip
    uow.emit(
        RequestChanged(
            tenants=(request.agency_tenant_id, request.provider_tenant_id),
            request_id=request.id,
            version=request.version,
        )
    )
    return True


def causes(uow: UnitOfWork, request_id: UUID) -> set[str]:
    """Return what holds a clock now."""
    holding: set[str] = set()
    for event in sla.ledger_of(uow, request_id):
        if event.kind is EventKind.PAUSE:
            holding.add(event.cause)
        elif event.kind is EventKind.RESUME:
            holding.discard(event.cause)
    return holding


def extend(uow: UnitOfWork, request: Request, *, granted: bool, comments: str | None) -> float:
    """Answer the provider's wish for more time and return its hours; a granted one moves the due date."""
    hours = sla.decide_extension(uow, clock_of(request), granted=granted, comments=comments)
    if granted:
        _follow(uow, request)
    return float(hours)


def stop(uow: UnitOfWork, request: Request, at: dt.datetime) -> None:
    """Decide whether the promise was kept. A clock that still stands is let go first: waiting counts against nobody."""
    for cause in sorted(causes(uow, request.id)):
        sla.record(uow, clock_of(request), EventKind.RESUME, at=at, reason=cause)
    request.sla_paused_at = None
    _follow(uow, request)
    request.sla_met = request.sla_due_date is None or at <= request.sla_due_date
    if not request.sla_met:
        request.sla_breached = True
        request.sla_breached_at = request.sla_breached_at or request.sla_due_date


def _follow(uow: UnitOfWork, request: Request) -> None:
    """Write down what the ledger says: while the clock stands there is no due date."""
    uow.session.flush()  # the ledger's new line is part of the sum
    reading = sla.read_clock(uow, clock_of(request))
    request.sla_due_date = reading.due
    request.sla_warn_at = reading.warn_at
