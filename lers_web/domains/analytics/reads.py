"""Figures for the dashboards, over the requests that the caller sees, each with its definition."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, func, select

from lers_web.domains.analytics.measures import (
    COMPLETED,
    DECLINED,
    TURNAROUND,
    hours,
    last_months,
    median,
    month_of,
    percent,
    responses_for,
    rounded,
    scope_of,
)
from lers_web.domains.requests import policy, sla_state
from lers_web.domains.requests.models import Request
from lers_web.domains.requests.states import TERMINAL, Priority, SlaState, Status
from lers_web.domains.responses.states import ResponseStatus
from lers_web.kernel import clock
from lers_web.kernel.permissions import Permission, Role
from lers_web.kernel.uow import UnitOfWork

DEFINITIONS = {
    "total": "Requests that you see, drafts included.",
    "open": "Requests that are neither COMPLETED nor REJECTED nor CANCELLED.",
    "by_status": "Requests by their status now.",
    "by_priority": "Requests by priority.",
    "by_type": "Requests by type, the most frequent first.",
    "sla": "Requests by the state of their clock now: BREACHED counts finished ones that were late too.",
    "sla_compliance_rate": "Percent of completed requests whose completed_at was not after sla_due_date.",
    "average_hours_to_approve": "Average hours from the first sending for approval to the last level's approval.",
    "average_hours_to_acknowledge": "Average hours from submission to acknowledgement.",
    "average_hours_to_complete": "Average hours from submission to completion of completed requests.",
    "median_hours_to_complete": "Median of the same hours.",
    "declined_rate": "Percent of submitted requests that the provider declined.",
    "responses": "Responses to these requests: all, accepted, rejected, and their average rating from 1 to 5.",
    "per_month": (
        "Of the last 12 months in Asia/Kolkata: requests created, submitted and completed in the month. "
        "For a provider a request begins with its submission."
    ),
}


def overview(uow: UnitOfWork) -> dict[str, Any]:
    """Return the figures of the overview for the caller."""
    uow.actor.require(Permission.ANALYTICS_READ)
    now = clock.now()
    seen = policy.visible_to(uow.actor)
    by_status, by_priority, by_sla = _counts(uow, seen, now)
    return {
        "scope": scope_of(uow.actor),
        "as_of": now,
        "total": sum(by_status.values()),
        "open": sum(number for status, number in by_status.items() if Status(status) not in TERMINAL),
        "by_status": by_status,
        "by_priority": by_priority,
        "by_type": _by_type(uow, seen),
        "sla": by_sla,
        **_durations(uow, seen),
        "responses": _responses(uow),
        "per_month": _per_month(uow, seen, now),
        "definitions": DEFINITIONS,
    }


def _counts(
    uow: UnitOfWork, seen: ColumnElement[bool], now: dt.datetime
) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Count by status, priority and state of the clock in one pass."""
    state = sla_state.STATE.label("state")
    inner = select(Request.status, Request.priority, state).where(seen).subquery()
    columns = (inner.c.status, inner.c.priority, inner.c.state)
    rows = uow.session.execute(select(*columns, func.count()).group_by(*columns), {"now": now})
    by_status = {status.value: 0 for status in Status}
    by_priority = {priority.value: 0 for priority in Priority}
    by_sla = {each.value: 0 for each in SlaState}
    for status, priority, clock_state, number in rows:
        by_status[status] += number
        by_priority[priority] += number
        if clock_state is not None:
            by_sla[clock_state] += number
    return by_status, by_priority, by_sla


def _by_type(uow: UnitOfWork, seen: ColumnElement[bool]) -> list[dict[str, Any]]:
    number = func.count()
    rows = uow.session.execute(
        select(Request.request_type, number)
        .where(seen)
        .group_by(Request.request_type)
        .order_by(number.desc(), Request.request_type)
    )
    return [{"request_type": row[0], "count": row[1]} for row in rows]


def _durations(uow: UnitOfWork, seen: ColumnElement[bool]) -> dict[str, float | None]:
    row = uow.session.execute(
        select(
            func.avg(hours(Request.first_sent_for_approval_at, Request.approved_at)),
            func.avg(hours(Request.submitted_at, Request.acknowledged_at)),
            func.avg(TURNAROUND),
            median(TURNAROUND),
            func.count().filter(COMPLETED, Request.sla_met.is_(True)),
            func.count().filter(COMPLETED, Request.sla_met.is_not(None)),
            func.count().filter(DECLINED),
            func.count().filter(Request.submitted_at.is_not(None)),
        ).where(seen)
    ).one()
    return {
        "average_hours_to_approve": rounded(row[0]),
        "average_hours_to_acknowledge": rounded(row[1]),
        "average_hours_to_complete": rounded(row[2]),
        "median_hours_to_complete": rounded(row[3]),
        "sla_compliance_rate": percent(row[4], row[5]),
        "declined_rate": percent(row[6], row[7]),
    }


def _responses(uow: UnitOfWork) -> dict[str, Any]:
    """Count the responses. An administrator sees figures here and no response itself."""
    responses = responses_for(uow.actor)
    ids = select(Request.id).where(policy.visible_to(uow.actor))
    row = uow.session.execute(
        select(
            func.count(),
            func.count().filter(responses.c.status == ResponseStatus.ACCEPTED.value),
            func.count().filter(responses.c.status == ResponseStatus.REJECTED.value),
            func.avg(responses.c.rating),
        )
        .select_from(responses)
        .where(responses.c.request_id.in_(ids))
    ).one()
    return {"total": row[0], "accepted": row[1], "rejected": row[2], "average_rating": rounded(row[3])}


def _per_month(uow: UnitOfWork, seen: ColumnElement[bool], now: dt.datetime) -> list[dict[str, Any]]:
    """Count by month, months without any request included."""
    period = last_months(now)
    wanted = {"created": Request.created_at, "submitted": Request.submitted_at, "completed": Request.completed_at}
    if uow.actor.role is Role.PROVIDER:
        wanted["created"] = Request.submitted_at  # what the agency prepared before is not the provider's to know
    found: dict[str, dict[str, int]] = {month: dict.fromkeys(wanted, 0) for month in period.months}
    for name, moment in wanted.items():
        month = month_of(moment)
        rows = uow.session.execute(
            select(month, func.count()).where(seen, moment >= period.start, moment < period.end).group_by(month)
        )
        for label, number in rows:
            found[label][name] = number
    return [{"month": label, **numbers} for label, numbers in found.items()]
