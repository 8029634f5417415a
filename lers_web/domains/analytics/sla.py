"""How promises are kept: by month, by kind of request, against the time allowed, and what comes due next."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Integer,
    Subquery,
    Text,
    and_,
    case,
    cast,
    column,
    func,
    literal,
    or_,
    select,
    values,
)
from sqlalchemy.orm import aliased

from lers_web.domains.analytics.measures import (
    ACKNOWLEDGEMENT,
    COMPLETED,
    TURNAROUND,
    Period,
    end_of_day,
    last_months,
    local,
    median,
    month_of,
    percent,
    percentile,
    rounded,
    scope_of,
)
from lers_web.domains.catalog.models import CatalogItem
from lers_web.domains.identity.models import Tenant
from lers_web.domains.requests import policy, sla_state
from lers_web.domains.requests.models import Request
from lers_web.kernel import clock
from lers_web.kernel.permissions import Permission
from lers_web.kernel.uow import UnitOfWork

WEEKDAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
HOURS_A_DAY = 24
SHARES = (25, 50, 75, 100, 125, 150, 200)
"""Upper ends of the histogram's buckets in percent of the time allowed; the last bucket has none."""

NEXT_HOURS = {"next_4_hours": 4, "next_24_hours": 24, "next_72_hours": 72}

DEFINITIONS = {
    "period": "The last 12 months in Asia/Kolkata, this one included, up to now.",
    "by_month.due": (
        "Requests whose sla_due_date lies in the month and whose promise was or can still be kept: completed, open, "
        "or broken. What was withdrawn or declined in time is not counted."
    ),
    "by_month.met": "Of those, completed not after sla_due_date.",
    "by_month.missed": "Of those, completed late, overdue now, or ended otherwise after the promise was broken.",
    "by_month.compliance_rate": "Percent met of met and missed; what is not due yet counts in neither.",
    "by_month.completed": "Requests completed in the month: the n of the turnaround's figures.",
    "by_month.turnaround_median_hours": "Median elapsed hours from submission to completion, of those completed.",
    "by_month.turnaround_p90_hours": "The elapsed hours that nine of ten of those did not exceed.",
    "by_month.acknowledged": "Requests acknowledged in the month: the n of the acknowledgement's median.",
    "by_month.acknowledgement_median_hours": "Median elapsed hours from submission to acknowledgement.",
    "by_request_type": "Requests completed in the period, by type, the most frequent first.",
    "by_catalog_item": "The same, by the catalog item they were made from; item is null where there was none.",
    "by_agency": "The same, by the agency that asked.",
    "n": "Completed requests that the row's figures are over.",
    "compliance_rate": "Percent of them whose completed_at was not after sla_due_date.",
    "median_hours": "Median of their elapsed hours from submission to completion.",
    "p90_hours": "The elapsed hours that nine of ten of them did not exceed.",
    "promised_hours": "What the item promises now for NORMAL priority, in the item's own hours.",
    "histogram": (
        "Requests completed in the period by the share of their time that they took: elapsed time from submission to "
        "completion, in percent of that from submission to sla_due_date. So pauses, extensions and closed hours are "
        "in it, and what is over 100 % was late. from_percent is exclusive, to_percent inclusive."
    ),
    "submissions": "Requests submitted in the period, by weekday and hour of the day in Asia/Kolkata.",
    "due_next": (
        "Open submitted requests, each once: breached; paused; or due within 4, 24, 72 hours, or later. "
        "Each bucket begins where the one before it ends."
    ),
    "forecast.will_breach": "Open requests, not paused, that come due before until and are late unless completed.",
    "forecast.unacknowledged": "Of those, not even acknowledged.",
    "forecast.until": "The end of today in Asia/Kolkata.",
    "forecast.next_due_date": "The first due date that is to come, over all open requests.",
}


def sla(uow: UnitOfWork) -> dict[str, Any]:
    """Return how the promises of the requests that the caller sees are kept: four statements, each one pass."""
    uow.actor.require(Permission.ANALYTICS_READ)
    period = last_months(clock.now())
    seen = and_(policy.visible_to(uow.actor), Request.submitted_at.is_not(None))
    return {
        "scope": scope_of(uow.actor),
        "as_of": period.now,
        "period": period.shown,
        "by_month": _by_month(uow, seen, period),
        **_completed(uow, seen, period),
        "submissions": _submissions(uow, seen, period),
        **_due_next(uow, seen, period),
        "definitions": DEFINITIONS,
    }


# --- by month ------------------------------------------------------------------------------------------------------

_MOMENT = (
    values(column("kind", Text), column("at", DateTime(timezone=True)), name="moment")
    .data(
        [
            (literal("DUE"), Request.sla_due_date),
            (literal("COMPLETED"), Request.completed_at),
            (literal("ACKNOWLEDGED"), Request.acknowledged_at),
        ]
    )
    .lateral()
)
_KIND, _AT = _MOMENT.c.kind, _MOMENT.c.at
_MET = and_(COMPLETED, Request.sla_met.is_(True))
_MISSED = and_(sla_state.BREACHED, ~_MET)
_PROMISE_STANDS = or_(COMPLETED, sla_state.RUNS, Request.sla_breached)
_WAITED = case((_KIND == "COMPLETED", TURNAROUND), (_KIND == "ACKNOWLEDGED", ACKNOWLEDGEMENT))


def _by_month(uow: UnitOfWork, seen: ColumnElement[bool], period: Period) -> list[dict[str, Any]]:
    """Each request stands in the month it came due, in that of its completion and in that of its acknowledgement."""
    month = month_of(_AT).label("month")
    counted = or_(_KIND == "ACKNOWLEDGED", and_(_KIND == "COMPLETED", COMPLETED), and_(_KIND == "DUE", _PROMISE_STANDS))
    rows = uow.session.execute(
        select(
            month,
            _KIND,
            func.count().label("n"),
            func.count().filter(_MET).label("met"),
            func.count().filter(_MISSED).label("missed"),
            median(_WAITED).label("median"),
            percentile(0.9, _WAITED).label("p90"),
        )
        .select_from(Request)
        .join(_MOMENT, literal(value=True))
        .where(seen, _AT.between(period.start, period.end), counted)
        .group_by(month, _KIND),
        {"now": period.now},
    )
    found = {(row.month, row.kind): row for row in rows}
    return [_month(label, *(found.get((label, kind)) for kind in _KINDS)) for label in period.months]


_KINDS = ("DUE", "COMPLETED", "ACKNOWLEDGED")


def _month(label: str, due: Any, completed: Any, acknowledged: Any) -> dict[str, Any]:
    met, missed = (due.met, due.missed) if due else (0, 0)
    return {
        "month": label,
        "due": due.n if due else 0,
        "met": met,
        "missed": missed,
        "compliance_rate": percent(met, met + missed),
        "completed": completed.n if completed else 0,
        "turnaround_median_hours": rounded(completed.median) if completed else None,
        "turnaround_p90_hours": rounded(completed.p90) if completed else None,
        "acknowledged": acknowledged.n if acknowledged else 0,
        "acknowledgement_median_hours": rounded(acknowledged.median) if acknowledged else None,
    }


# --- what was completed --------------------------------------------------------------------------------------------


_AGENCY = aliased(Tenant)


def _completed(uow: UnitOfWork, seen: ColumnElement[bool], period: Period) -> dict[str, Any]:
    """Group the period's completed requests by type, item, agency and share of their time, in one pass."""
    grouped = _grouped(seen, period)
    rows = uow.session.execute(
        select(grouped, CatalogItem.name, CatalogItem.sla_turnaround_hours, Tenant.id.label("provider_id"),
               Tenant.name.label("provider_name"), _AGENCY.name.label("agency_name"))
        .select_from(grouped)
        .outerjoin(_AGENCY, _AGENCY.id == grouped.c.agency_tenant_id)
        .outerjoin(CatalogItem, CatalogItem.id == grouped.c.catalog_item_id)
        .outerjoin(Tenant, Tenant.id == CatalogItem.provider_tenant_id)
        .order_by(grouped.c.n.desc(), grouped.c.request_type, CatalogItem.name, _AGENCY.name, grouped.c.catalog_item_id)
    ).all()  # fmt: skip
    buckets = {row.bucket: row.n for row in rows if row.grouped_by == _BY_BUCKET and row.bucket is not None}
    ends = [0, *SHARES, None]
    return {
        "by_request_type": [
            {"request_type": row.request_type, **_kept(row)} for row in rows if row.grouped_by == _BY_TYPE
        ],
        "by_catalog_item": [
            {"item": _item(row), "promised_hours": row.sla_turnaround_hours, **_kept(row)}
            for row in rows
            if row.grouped_by == _BY_ITEM
        ],
        "by_agency": [
            {"agency_tenant": {"id": row.agency_tenant_id, "name": row.agency_name}, **_kept(row)}
            for row in rows
            if row.grouped_by == _BY_AGENCY
        ],
        "histogram": [
            {"from_percent": ends[index], "to_percent": ends[index + 1], "count": buckets.get(index, 0)}
            for index in range(len(SHARES) + 1)
        ],
    }


# What GROUPING(type, item, agency, bucket) says: a set bit is a column that the row is not grouped by.
_BY_TYPE, _BY_ITEM, _BY_AGENCY, _BY_BUCKET = 0b0111, 0b1011, 0b1101, 0b1110


def _grouped(seen: ColumnElement[bool], period: Period) -> Subquery:
    took = func.extract("epoch", Request.completed_at - Request.submitted_at)
    allowed = func.nullif(func.extract("epoch", Request.sla_due_date - Request.submitted_at), 0)
    share = 100 * took / allowed
    over = case((share > SHARES[-1], len(SHARES)))
    bucket = case(*((share <= end, index) for index, end in enumerate(SHARES)), else_=over)
    inner = (
        select(
            Request.request_type,
            Request.catalog_item_id,
            Request.agency_tenant_id,
            cast(bucket, Integer).label("bucket"),
            TURNAROUND.label("hours"),
            Request.sla_met,
        )
        .where(seen, COMPLETED, Request.completed_at >= period.start)
        .subquery()
    )
    keys = (inner.c.request_type, inner.c.catalog_item_id, inner.c.agency_tenant_id, inner.c.bucket)
    return (
        select(
            *keys,
            func.grouping(*keys).label("grouped_by"),
            func.count().label("n"),
            func.count().filter(inner.c.sla_met).label("met"),
            median(inner.c.hours).label("median"),
            percentile(0.9, inner.c.hours).label("p90"),
        )
        .group_by(func.grouping_sets(*keys))
        .subquery()
    )


def _kept(row: Any) -> dict[str, Any]:
    return {
        "n": row.n,
        "compliance_rate": percent(row.met, row.n),
        "median_hours": rounded(row.median),
        "p90_hours": rounded(row.p90),
    }


def _item(row: Any) -> dict[str, Any] | None:
    if row.catalog_item_id is None:
        return None
    provider = {"id": row.provider_id, "name": row.provider_name}
    return {"id": row.catalog_item_id, "name": row.name, "provider_tenant": provider}


# --- when they come, and when they are due -------------------------------------------------------------------------


def _submissions(uow: UnitOfWork, seen: ColumnElement[bool], period: Period) -> list[dict[str, Any]]:
    """Count by weekday and hour, hours without any included."""
    wall = local(Request.submitted_at)
    day = cast(func.extract("isodow", wall), Integer)
    hour = cast(func.extract("hour", wall), Integer)
    rows = uow.session.execute(
        select(day, hour, func.count()).where(seen, Request.submitted_at >= period.start).group_by(day, hour)
    )
    found = {(row[0], row[1]): row[2] for row in rows}
    return [
        {"weekday": name, "hours": [found.get((number, each), 0) for each in range(HOURS_A_DAY)]}
        for number, name in enumerate(WEEKDAYS, start=1)
    ]


_BUCKET = case(
    (sla_state.BREACHED, "breached"),
    (sla_state.HELD, "paused"),
    *(
        (Request.sla_due_date <= sla_state.NOW + func.make_interval(0, 0, 0, 0, number), name)
        for name, number in NEXT_HOURS.items()
    ),
    else_="later",
)
_AHEAD = and_(~sla_state.BREACHED, ~sla_state.HELD)


def _due_next(uow: UnitOfWork, seen: ColumnElement[bool], period: Period) -> dict[str, Any]:
    """Sort the open requests by when they come due, and say which of them today will break if nothing is done."""
    until = end_of_day(period.now)
    today = and_(_AHEAD, Request.sla_due_date < until)
    bucket = _BUCKET.label("bucket")
    rows = uow.session.execute(
        select(
            bucket,
            func.count().label("n"),
            func.count().filter(today).label("today"),
            func.count().filter(today, Request.acknowledged_at.is_(None)).label("unacknowledged"),
            func.min(Request.sla_due_date).filter(_AHEAD).label("next_due"),
        )
        .where(seen, sla_state.RUNS)
        .group_by(bucket),
        {"now": period.now},
    ).all()
    found = {row.bucket: row.n for row in rows}
    return {
        "due_next": {name: found.get(name, 0) for name in ("breached", *NEXT_HOURS, "later", "paused")},
        "forecast": {
            "until": until,
            "will_breach": sum(row.today for row in rows),
            "unacknowledged": sum(row.unacknowledged for row in rows),
            "next_due_date": min((row.next_due for row in rows if row.next_due), default=None),
        },
    }
