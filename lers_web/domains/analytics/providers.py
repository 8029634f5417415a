"""How the providers keep their promises to the caller; to a provider itself, how its own people do."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select

from lers_web.domains.analytics.measures import (
    ACKNOWLEDGEMENT,
    COMPLETED,
    DECLINED,
    TURNAROUND,
    Period,
    last_months,
    median,
    month_of,
    per_month,
    percent,
    responses_for,
    rounded,
    scope_of,
)
from lers_web.domains.identity.models import Tenant, User
from lers_web.domains.requests import policy, sla_state
from lers_web.domains.requests.models import Request
from lers_web.kernel import clock
from lers_web.kernel.permissions import Permission, Role, TenantType
from lers_web.kernel.uow import UnitOfWork

TEAM_DAYS = 30
DEFINITIONS = {
    "period": "The last 12 months in Asia/Kolkata, this one included, up to now.",
    "providers": (
        "Who received a request that you see in the period, or has one open; to an administrator every provider, to a "
        "provider itself. The busiest first."
    ),
    "n": "Requests submitted to the provider in the period; all rates of the row are over these.",
    "open": "Submitted requests that are neither COMPLETED nor REJECTED nor CANCELLED now, whenever submitted.",
    "breached": "Of the open ones, those whose promise is broken.",
    "completed": "Of the n, completed by now: the n of compliance_rate and median_hours.",
    "compliance_rate": "Percent of the completed ones whose completed_at was not after sla_due_date.",
    "median_hours": "Median of their elapsed hours from submission to completion.",
    "acknowledged": "Of the n, acknowledged by now: the n of acknowledgement_median_hours.",
    "acknowledgement_median_hours": "Median elapsed hours from submission to acknowledgement.",
    "declined_rate": "Percent of the n that the provider declined.",
    "clarification_rate": "Questions that the provider asked per hundred of the n.",
    "rating_average": "Average rating, from 1 to 5, of the responses to the n.",
    "rating_count": "Rated responses to the n.",
    "completed_per_month": "Requests completed in each month of the period, oldest first, whenever submitted.",
    "team": (
        "Of a provider: its active people, and user null for what is assigned to nobody; to others null. "
        "A request counts for whom it is assigned to now."
    ),
    "team.open": "Open requests of this person.",
    "team.overdue": "Of those, the ones whose promise is broken.",
    "team.due_soon": "Of those, the ones whose warning has come and whose due date has not.",
    "team.completed_30_days": "Requests completed in the last 30 days: the n of median_hours.",
    "team.median_hours": "Median of their elapsed hours from submission to completion.",
}

_OPEN_NOW = func.count().filter(sla_state.RUNS)
_BREACHED_NOW = func.count().filter(sla_state.RUNS, sla_state.BREACHED)


def providers(uow: UnitOfWork) -> dict[str, Any]:
    """Return a row for each provider that the caller deals with, and a provider its team."""
    uow.actor.require(Permission.ANALYTICS_READ)
    period = last_months(clock.now())
    seen = and_(policy.visible_to(uow.actor), Request.submitted_at.is_not(None))
    counted = _counted(uow, seen, period)
    names = _names(uow, set(counted))
    per_provider = _completed_per_month(uow, seen, period)
    ratings = _ratings(uow, seen, period)
    rows = [
        {
            "provider_tenant": {"id": provider_id, "name": name},
            **_figures(counted.get(provider_id)),
            **_rating(ratings.get(provider_id)),
            "completed_per_month": per_month(period.months, per_provider.get(provider_id, {})),
        }
        for provider_id, name in names
    ]
    return {
        "scope": scope_of(uow.actor),
        "as_of": period.now,
        "period": period.shown,
        "months": list(period.months),
        "providers": sorted(rows, key=lambda row: (-row["n"], row["provider_tenant"]["name"])),
        "team": _team(uow, seen, period.now) if uow.actor.role is Role.PROVIDER else None,
        "definitions": DEFINITIONS,
    }


def _names(uow: UnitOfWork, dealt_with: set[UUID]) -> list[tuple[UUID, str]]:
    """Return whom there is a row for; administrators and providers have theirs also where nothing came yet."""
    match uow.actor.role:
        case Role.SUPER_ADMIN:
            wanted = and_(Tenant.type == TenantType.PROVIDER.value, ~Tenant.is_deleted)
        case Role.PROVIDER:
            wanted = Tenant.id == uow.actor.tenant_id
        case _:
            wanted = Tenant.id.in_(dealt_with)
    return [(row[0], row[1]) for row in uow.session.execute(select(Tenant.id, Tenant.name).where(wanted))]


def _counted(uow: UnitOfWork, seen: ColumnElement[bool], period: Period) -> dict[UUID, Any]:
    """Count what was submitted in the period, and what is open whenever it was."""
    recent = Request.submitted_at >= period.start
    done = and_(recent, COMPLETED)
    rows = uow.session.execute(
        select(
            Request.provider_tenant_id,
            func.count().filter(recent).label("n"),
            _OPEN_NOW.label("open"),
            _BREACHED_NOW.label("breached"),
            func.count().filter(done).label("completed"),
            func.count().filter(done, Request.sla_met.is_(True)).label("met"),
            median(TURNAROUND).filter(done).label("median"),
            func.count().filter(recent, Request.acknowledged_at.is_not(None)).label("acknowledged"),
            median(ACKNOWLEDGEMENT).filter(recent).label("acknowledgement"),
            func.count().filter(recent, DECLINED).label("declined"),
            func.coalesce(func.sum(Request.clarifications).filter(recent), 0).label("questions"),
        )
        .where(seen, or_(recent, sla_state.RUNS))
        .group_by(Request.provider_tenant_id),
        {"now": period.now},
    )
    return {row.provider_tenant_id: row for row in rows}


def _figures(row: Any) -> dict[str, Any]:
    if row is None:
        return dict.fromkeys(_COUNTS, 0) | dict.fromkeys(_RATES)
    return {
        **{name: getattr(row, name) for name in _COUNTS},
        "compliance_rate": percent(row.met, row.completed),
        "median_hours": rounded(row.median),
        "acknowledgement_median_hours": rounded(row.acknowledgement),
        "declined_rate": percent(row.declined, row.n),
        "clarification_rate": percent(row.questions, row.n),
    }


_COUNTS = ("n", "open", "breached", "completed", "acknowledged")
_RATES = ("compliance_rate", "median_hours", "acknowledgement_median_hours", "declined_rate", "clarification_rate")


def _completed_per_month(uow: UnitOfWork, seen: ColumnElement[bool], period: Period) -> dict[UUID, dict[str, int]]:
    month = month_of(Request.completed_at).label("month")
    rows = uow.session.execute(
        select(Request.provider_tenant_id, month, func.count())
        .where(seen, COMPLETED, Request.completed_at >= period.start)
        .group_by(Request.provider_tenant_id, month)
    )
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    for provider_id, label, number in rows:
        found[provider_id][label] = number
    return found


def _ratings(uow: UnitOfWork, seen: ColumnElement[bool], period: Period) -> dict[UUID, Any]:
    responses = responses_for(uow.actor)
    rows = uow.session.execute(
        select(Request.provider_tenant_id, func.avg(responses.c.rating).label("average"), func.count().label("number"))
        .join(responses, responses.c.request_id == Request.id)
        .where(seen, Request.submitted_at >= period.start, responses.c.rating.is_not(None))
        .group_by(Request.provider_tenant_id)
    )
    return {row.provider_tenant_id: row for row in rows}


def _rating(row: Any) -> dict[str, Any]:
    return {"rating_average": rounded(row.average) if row else None, "rating_count": row.number if row else 0}


def _team(uow: UnitOfWork, seen: ColumnElement[bool], now: dt.datetime) -> list[dict[str, Any]]:
    """Tell a provider who of its people has how much to do, and what lies with nobody."""
    done = and_(COMPLETED, Request.completed_at >= now - dt.timedelta(days=TEAM_DAYS))
    counted = uow.session.execute(
        select(
            Request.assigned_to_company_id.label("user_id"),
            _OPEN_NOW.label("open"),
            _BREACHED_NOW.label("overdue"),
            func.count().filter(sla_state.DUE_SOON).label("due_soon"),
            func.count().filter(done).label("completed_30_days"),
            median(TURNAROUND).filter(done).label("median"),
        )
        .where(seen, or_(sla_state.RUNS, done))
        .group_by(Request.assigned_to_company_id),
        {"now": now},
    )
    found = {row.user_id: row for row in counted}
    people = uow.session.execute(
        select(User.id, User.full_name, User.rank)
        .where(
            User.tenant_id == uow.actor.tenant_id,
            ~User.is_deleted,
            or_(User.is_active, User.id.in_([user_id for user_id in found if user_id is not None])),
        )
        .order_by(User.full_name, User.id)
    )
    rows = [({"id": row[0], "name": row[1], "rank": row[2]}, found.get(row[0])) for row in people]
    return [{"user": user, **_load(row)} for user, row in [*rows, (None, found.get(None))]]


def _load(row: Any) -> dict[str, Any]:
    if row is None:
        return dict.fromkeys(_LOAD, 0) | {"median_hours": None}
    return {**{name: getattr(row, name) for name in _LOAD}, "median_hours": rounded(row.median)}


_LOAD = ("open", "overdue", "due_soon", "completed_30_days")
