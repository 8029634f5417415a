"""How a request's clock stands, as SQL: one wording for lists, counts, answers and the monitor."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, and_, bindparam, case, func, null, or_

from lers_web.domains.requests.models import Request
from lers_web.domains.requests.states import CLOCK_RUNS, SlaState

# Written into the statement, not bound: the planner must see that it implies the partial indexes' condition.
RUNS: ColumnElement[bool] = Request.status.in_(
    bindparam("sla_running", sorted(CLOCK_RUNS), expanding=True, literal_execute=True)
)
WARN_BEFORE_HOURS = 24.0
LAST_HOURS = dt.timedelta(hours=2)


def overdue(at: dt.datetime) -> ColumnElement[bool]:
    """Whether the due date has passed on a clock that runs."""
    return and_(RUNS, Request.sla_due_date <= at, ~held())


def breached(at: dt.datetime) -> ColumnElement[bool]:
    """Whether the promise was broken: marked by the monitor, or overdue since its last round."""
    return or_(Request.sla_breached, overdue(at))


def due_soon(at: dt.datetime) -> ColumnElement[bool]:
    """Whether the warning is due and the due date is not: 24 h ahead, or at half of a short promise."""
    return and_(RUNS, Request.sla_due_date > at, warned_from(at), ~held(), ~Request.sla_breached)


def warned_from(at: dt.datetime) -> ColumnElement[bool]:
    """Whether the instant of the first warning has come.

    ``sla_warn_at`` is that instant; the second reading covers a due date that was moved nearer by hand.
    """
    half = func.least(WARN_BEFORE_HOURS, func.coalesce(Request.sla_hours, WARN_BEFORE_HOURS * 2) / 2)
    before_due = Request.sla_due_date - func.make_interval(0, 0, 0, 0, 0, 0, half * 3600)
    return or_(Request.sla_warn_at <= at, before_due <= at)


def held() -> ColumnElement[bool]:
    """Whether a pause holds the clock. One that began after the due date holds nothing any more."""
    before_due = or_(Request.sla_due_date.is_(None), Request.sla_due_date > Request.sla_paused_at)
    return and_(Request.sla_paused_at.is_not(None), before_due)


def state(at: dt.datetime) -> ColumnElement[str | None]:
    """Return the state of a clock that runs, or that ended late; None otherwise."""
    return case(
        (breached(at), SlaState.BREACHED.value),
        (and_(RUNS, held()), SlaState.PAUSED.value),
        (due_soon(at), SlaState.DUE_SOON.value),
        (and_(RUNS, Request.sla_due_date.is_not(None)), SlaState.ON_TRACK.value),
        else_=null(),
    )
