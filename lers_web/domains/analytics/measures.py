"""What the dashboards' figures are made of: the months they cover, hours, percentiles and rates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Float, FromClause, Integer, Text, Uuid, case, cast, column, func

from lers_web.domains.requests.models import Request
from lers_web.domains.requests.states import Status
from lers_web.domains.responses.models import Response
from lers_web.kernel.actor import Actor
from lers_web.kernel.permissions import Role

MONTHS = 12
INDIA = "Asia/Kolkata"  # months and days are those of the people who read the dashboards
_ZONE = ZoneInfo(INDIA)

COMPLETED: ColumnElement[bool] = Request.status == Status.COMPLETED.value
DECLINED: ColumnElement[bool] = (Request.status == Status.REJECTED.value) & Request.submitted_at.is_not(None)


@dataclass(frozen=True, slots=True)
class Period:
    """The months that figures cover, this one included: their first instant, the present, and the month's end."""

    start: dt.datetime
    now: dt.datetime
    end: dt.datetime
    months: tuple[str, ...]

    @property
    def shown(self) -> dict[str, dt.datetime]:
        """The period as an answer tells it."""
        return {"start": self.start, "end": self.now}


def last_months(now: dt.datetime, number: int = MONTHS) -> Period:
    """Return the period of the last months as the calendar of the readers has them, oldest month first."""
    local = now.astimezone(_ZONE)
    this = local.year * 12 + local.month - 1
    months = [_month(index) for index in range(this - number + 1, this + 2)]
    start, end = (month.astimezone(dt.UTC) for month in (months[0], months[-1]))
    return Period(start, now, end, tuple(f"{month:%Y-%m}" for month in months[:-1]))


def _month(index: int) -> dt.datetime:
    return dt.datetime(index // 12, index % 12 + 1, 1, tzinfo=_ZONE)


def end_of_day(now: dt.datetime) -> dt.datetime:
    """Return the midnight that ends the readers' day."""
    following = now.astimezone(_ZONE).date() + dt.timedelta(days=1)
    return dt.datetime(following.year, following.month, following.day, tzinfo=_ZONE).astimezone(dt.UTC)


def month_of(moment: Any) -> ColumnElement[str]:
    """The label of the month that a moment lies in, ``YYYY-MM``."""
    return cast(func.to_char(local(moment), "YYYY-MM"), Text)


def local(moment: Any) -> ColumnElement[Any]:
    """A moment as the readers' wall time."""
    return func.timezone(INDIA, moment)


def hours(start: Any, end: Any) -> ColumnElement[Any]:
    """Elapsed hours between two moments."""
    return cast(func.extract("epoch", end - start), Float) / 3600


TURNAROUND: ColumnElement[Any] = case((COMPLETED, hours(Request.submitted_at, Request.completed_at)))
"""Elapsed hours from submission to completion, as people wait."""

ACKNOWLEDGEMENT: ColumnElement[Any] = hours(Request.submitted_at, Request.acknowledged_at)


def median(values: Any) -> ColumnElement[Any]:
    """The median of a group's values; NULLs are no values."""
    return percentile(0.5, values)


def percentile(share: float, values: Any) -> ColumnElement[Any]:
    """The value that a share of a group's values does not exceed."""
    return func.percentile_cont(share).within_group(values)


def percent(part: int, whole: int) -> float | None:
    """A rate in percent; None when there is nothing to take it of."""
    return round(100 * part / whole, 2) if whole else None


def rounded(value: Any) -> float | None:
    """A figure to two decimals."""
    return None if value is None else round(float(value), 2)


def per_month(months: Sequence[str], counted: dict[str, int]) -> list[int]:
    """Lay counts out by month, months without any included."""
    return [counted.get(month, 0) for month in months]


def scope_of(actor: Actor) -> str:
    """Say whose requests the figures are over."""
    match actor.role:
        case Role.SUPER_ADMIN:
            return "PLATFORM"
        case Role.IO:
            return "OWN_REQUESTS"
        case _:
            return "TENANT"


def responses_for(actor: Actor) -> FromClause:
    """Return what figures of responses are counted from: of each its request, its status and its rating.

    Row-level security shows an administrator no response; a function gives these three facts of all.
    """
    if actor.role is not Role.SUPER_ADMIN:
        return Response.__table__
    return func.app.response_figures().table_valued(
        column("request_id", Uuid()), column("status", Text()), column("rating", Integer()), name="response_figures"
    )
