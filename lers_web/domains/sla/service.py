"""Use cases of the clock: a provider's calendar by version, the ledger of a request, and what follows from both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, func, select

from lers_web.domains.sla.calendar import DEFAULT_TIME_ZONE, Calendar, parse_hours
from lers_web.domains.sla.clock import (
    EventKind,
    Explanation,
    LedgerEvent,
    due_by_ledger,
    duration,
    explain_json,
    to_json_time,
    warning_at,
)
from lers_web.domains.sla.models import SlaCalendar, SlaEvent, SlaExtension, SlaNotice
from lers_web.kernel import clock
from lers_web.kernel.errors import Conflict, Duplicate, Invalid
from lers_web.kernel.uow import UnitOfWork

NOTICE = cast("Table", SlaNotice.__table__)
"""Who was told what: the monitor's statements join it with requests, whose domain they live in."""


class NoticeKind(StrEnum):
    """What the monitor tells, each once for a due date."""

    WARNING = "WARNING"
    LAST_HOURS = "LAST_HOURS"
    BREACH = "BREACH"
    ESCALATION_24 = "ESCALATION_24"
    ESCALATION_72 = "ESCALATION_72"


ALWAYS_OPEN = Calendar(DEFAULT_TIME_ZONE, parse_hours("24x7"), holidays_affect=False)
"""What a provider that never said anything about its hours promises."""


@dataclass(frozen=True, slots=True)
class VersionedCalendar:
    """A calendar and the version that a request keeps; None is the default, before any was saved."""

    version: int | None
    calendar: Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The clock of one request: whose it is, what was promised, in which hours."""

    request_id: UUID
    agency_tenant_id: UUID
    provider_tenant_id: UUID
    priority: str
    business: bool
    calendar_version: int | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a clock says: ``due`` is None while it stands still; ``warn_at`` is the first warning."""

    due: dt.datetime | None
    warn_at: dt.datetime | None
    paused: bool
    explanation: Explanation


def make_calendar(
    *,
    hours: str,
    time_zone: str = DEFAULT_TIME_ZONE,
    country: str | None = None,
    subdivision: str | None = None,
    own_dates: Collection[dt.date] = (),
    holidays_affect: bool = True,
) -> Calendar:
    """Read what a service profile says; raise ``Invalid`` with the sentence that tells what is wrong with it."""
    try:
        openings = parse_hours(hours)
    except ValueError as error:
        raise Invalid(errors={"service_hours": [str(error)]}) from error
    try:
        return Calendar(
            time_zone,
            openings,
            country=country or None,
            subdivision=subdivision or None,
            own_dates=frozenset(own_dates),
            holidays_affect=holidays_affect,
        )
    except ValueError as error:
        sentence = str(error)
        field = "time_zone" if "time zone" in sentence else "country"
        raise Invalid(errors={field: [sentence]}) from error


def hours_of_profile(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a service profile says of its hours, in the words of calendars."""
    return {
        "hours": values["service_hours"],
        "time_zone": values["time_zone"],
        "country": values["country"],
        "subdivision": values["state"],
        "own_dates": values["own_holidays"],
        "holidays_affect": values["holidays_affect_sla"],
    }


def save_calendar(
    uow: UnitOfWork,
    provider_tenant_id: UUID,
    *,
    hours: str,
    time_zone: str = DEFAULT_TIME_ZONE,
    country: str | None = None,
    subdivision: str | None = None,
    own_dates: Collection[dt.date] = (),
    holidays_affect: bool = True,
) -> int:
    """Keep a provider's hours as a new version and return it; nothing is added when they are what they were.

    Requests that run keep the version they started with.
    """
    make_calendar(
        hours=hours,
        time_zone=time_zone,
        country=country,
        subdivision=subdivision,
        own_dates=own_dates,
        holidays_affect=holidays_affect,
    )
    wanted = {
        "time_zone": time_zone,
        "hours": hours,
        "country": country or None,
        "subdivision": subdivision or None,
        "own_dates": sorted(day.isoformat() for day in own_dates),
        "holidays_affect": holidays_affect,
    }
    latest = _latest(uow, provider_tenant_id)
    if latest is not None and all(getattr(latest, name) == value for name, value in wanted.items()):
        return latest.version
    version = latest.version + 1 if latest is not None else 1
    uow.session.add(SlaCalendar(tenant_id=provider_tenant_id, version=version, **wanted))
    uow.audit("sla:calendar_saved", "tenant", provider_tenant_id, version=version, change={"fields": sorted(wanted)})
    return version


def current_calendar(uow: UnitOfWork, provider_tenant_id: UUID) -> VersionedCalendar:
    """Return a provider's hours as they are now; open around the clock when it never said."""
    row = _latest(uow, provider_tenant_id)
    return VersionedCalendar(None, ALWAYS_OPEN) if row is None else VersionedCalendar(row.version, _calendar(row))


def calendar_of(uow: UnitOfWork, provider_tenant_id: UUID, version: int | None) -> Calendar:
    """Return the hours that a request keeps."""
    if version is None:
        return ALWAYS_OPEN
    row = uow.session.get(SlaCalendar, (provider_tenant_id, version))
    if row is None:
        raise RuntimeError(f"version {version} of the calendar of {provider_tenant_id} is gone")
    return _calendar(row)


def record(
    uow: UnitOfWork,
    of: Clock,
    kind: EventKind,
    *,
    at: dt.datetime | None = None,
    hours: Decimal | float | None = None,
    reason: str | None = None,
) -> None:
    """Add a line to a request's ledger. ``reason`` is a code (``REQUEST_INFO``), and tells causes of a pause apart."""
    uow.session.add(
        SlaEvent(
            request_id=of.request_id,
            agency_tenant_id=of.agency_tenant_id,
            provider_tenant_id=of.provider_tenant_id,
            kind=kind.value,
            at=at or clock.now(),
            hours=None if hours is None else Decimal(str(hours)),
            actor_id=uow.actor.user_id,
            reason=reason,
        )
    )


def ledger_of(uow: UnitOfWork, request_id: UUID) -> list[LedgerEvent]:
    """Return a request's ledger in order."""
    return [
        LedgerEvent(EventKind(row.kind), row.at, row.hours, row.reason or "", row.reason or "")
        for row in _rows(uow, request_id)
    ]


def read_clock(uow: UnitOfWork, of: Clock) -> Reading:
    """Work out the due date and the first warning from the ledger; they depend on nothing else."""
    ledger = ledger_of(uow, of.request_id)
    calendar = calendar_of(uow, of.provider_tenant_id, of.calendar_version) if of.business else None
    explanation = due_of(ledger, calendar)
    start = next(event for event in ledger if event.kind is EventKind.START)
    warnings: Sequence[dt.datetime] = ()
    if explanation.due is not None and start.hours is not None:
        warnings = warning_at(explanation.due, start.hours, start.at, of.priority, calendar=calendar, ledger=ledger)
    return Reading(explanation.due, warnings[0] if warnings else None, explanation.due is None, explanation)


def due_of(ledger: Sequence[LedgerEvent], calendar: Calendar | None) -> Explanation:
    """Return the due date with the way to it: a pure function of ledger and calendar."""
    return due_by_ledger(ledger, calendar)


def explain(uow: UnitOfWork, of: Clock) -> dict[str, Any]:
    """Explain a due date: each interval counted, each holiday skipped, each pause, and the ledger it follows from."""
    calendar = calendar_of(uow, of.provider_tenant_id, of.calendar_version) if of.business else None
    rows = _rows(uow, of.request_id)
    reading = read_clock(uow, of)
    promised = next((row.hours for row in rows if row.kind == EventKind.START), None)
    return {
        **explain_json(reading.explanation),
        "promised_hours": None if promised is None else float(promised),
        "business_hours": of.business,
        "calendar": None
        if calendar is None
        else {
            "version": of.calendar_version,
            "time_zone": calendar.time_zone,
            "country": calendar.country,
            "state": calendar.subdivision,
            "holidays_affect_sla": calendar.holidays_affect,
        },
        "extensions": _extensions(uow, of.request_id),
        "remaining_seconds": round(reading.explanation.remaining.total_seconds()) if reading.paused else None,
        "ledger": [
            {
                "kind": row.kind,
                "at": to_json_time(row.at),
                "hours": None if row.hours is None else float(row.hours),
                "reason": row.reason,
            }
            for row in rows
        ],
    }


def ask_extension(uow: UnitOfWork, of: Clock, hours: float, reason: str) -> None:
    """Note that the provider asks for more hours; one wish at a time. The request is locked."""
    check_hours(hours)
    if _open_extension(uow, of.request_id) is not None:
        raise Duplicate("More time has been asked for already: wait for the officer's answer.")
    uow.session.add(
        SlaExtension(
            request_id=of.request_id,
            agency_tenant_id=of.agency_tenant_id,
            provider_tenant_id=of.provider_tenant_id,
            hours=Decimal(str(hours)),
            reason=reason,
            asked_by_id=uow.actor.user_id,
        )
    )


def decide_extension(uow: UnitOfWork, of: Clock, *, granted: bool, comments: str | None) -> Decimal:
    """Answer the open wish and return its hours; a granted one goes into the ledger. The request is locked."""
    wish = _open_extension(uow, of.request_id)
    if wish is None:
        raise Conflict("The provider has not asked for more time.", code="no_extension_asked")
    wish.granted, wish.comments = granted, comments
    wish.decided_by_id, wish.decided_at = uow.actor.user_id, clock.now()
    if granted:
        record(uow, of, EventKind.EXTEND, hours=wish.hours, reason="EXTENSION")
    return wish.hours


def _open_extension(uow: UnitOfWork, request_id: UUID) -> SlaExtension | None:
    return uow.session.scalar(
        select(SlaExtension).where(SlaExtension.request_id == request_id, SlaExtension.granted.is_(None))
    )


def _extensions(uow: UnitOfWork, request_id: UUID) -> list[dict[str, Any]]:
    rows = uow.session.scalars(
        select(SlaExtension).where(SlaExtension.request_id == request_id).order_by(SlaExtension.id)
    )
    return [
        {
            "hours": float(row.hours),
            "reason": row.reason,
            "asked_at": row.asked_at,
            "granted": row.granted,
            "comments": row.comments,
            "decided_at": row.decided_at,
        }
        for row in rows
    ]


def check_hours(hours: float, field: str = "hours") -> None:
    """Raise ``Invalid`` unless these hours can be promised."""
    try:
        duration(hours)
    except ValueError as error:
        raise Invalid(errors={field: [str(error)]}) from error


def _rows(uow: UnitOfWork, request_id: UUID) -> Sequence[SlaEvent]:
    return uow.session.scalars(
        select(SlaEvent).where(SlaEvent.request_id == request_id).order_by(SlaEvent.at, SlaEvent.id)
    ).all()


def _latest(uow: UnitOfWork, provider_tenant_id: UUID) -> SlaCalendar | None:
    newest = select(func.max(SlaCalendar.version)).where(SlaCalendar.tenant_id == provider_tenant_id)
    return uow.session.scalar(
        select(SlaCalendar).where(
            SlaCalendar.tenant_id == provider_tenant_id, SlaCalendar.version == newest.scalar_subquery()
        )
    )


def _calendar(row: SlaCalendar) -> Calendar:
    return Calendar(
        row.time_zone,
        parse_hours(row.hours),
        country=row.country,
        subdivision=row.subdivision,
        own_dates=frozenset(dt.date.fromisoformat(day) for day in row.own_dates),
        holidays_affect=row.holidays_affect,
    )
