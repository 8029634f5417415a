"""How a request's clock stands, as SQL: one wording for lists, counts, answers and the monitor.

Every expression is built once and asks about the instant ``NOW``, a parameter named ``now`` that each execution gives.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Boolean, ColumnElement, DateTime, and_, bindparam, case, func, literal_column, null, or_

from lers_web.domains.requests.models import Request
from lers_web.domains.requests.states import CLOCK_RUNS, SlaState

NOW: ColumnElement[dt.datetime] = bindparam("now", type_=DateTime(timezone=True))
WARN_BEFORE = dt.timedelta(hours=24)
LAST_HOURS = dt.timedelta(hours=2)

# Written into the statement, not bound: the planner must see that it implies the partial indexes' condition.
RUNS: ColumnElement[bool] = literal_column(
    f"app.lers_requests.status IN ({', '.join(repr(status.value) for status in sorted(CLOCK_RUNS))})", Boolean()
)

HELD: ColumnElement[bool] = and_(
    Request.sla_paused_at.is_not(None),
    or_(Request.sla_due_date.is_(None), Request.sla_due_date > Request.sla_paused_at),
)
"""Whether a pause holds the clock. One that began after the due date holds nothing any more."""

OVERDUE: ColumnElement[bool] = and_(RUNS, Request.sla_due_date <= NOW, ~HELD)
"""Whether the due date has passed on a clock that runs."""

BREACHED: ColumnElement[bool] = or_(Request.sla_breached, OVERDUE)
"""Whether the promise was broken: marked by the monitor, or overdue since its last round."""

WARNED_BY_PROMISE: ColumnElement[bool] = Request.sla_warn_at <= NOW
"""Whether the instant of the first warning has come: 24 h ahead, or at half of a short promise."""

_DAY_HOURS = WARN_BEFORE.total_seconds() / 3600
_AHEAD = func.least(_DAY_HOURS, func.coalesce(Request.sla_hours, _DAY_HOURS * 2) / 2)
WARNED_BY_DUE_DATE: ColumnElement[bool] = (
    Request.sla_due_date - func.make_interval(0, 0, 0, 0, 0, 0, _AHEAD * 3600) <= NOW
)
"""The same, read from the due date: covers one that was moved nearer by hand, and never comes before the other."""

DUE_SOON: ColumnElement[bool] = and_(
    RUNS, Request.sla_due_date > NOW, or_(WARNED_BY_PROMISE, WARNED_BY_DUE_DATE), ~HELD, ~Request.sla_breached
)
"""Whether the warning has come and the due date has not."""

STATE: ColumnElement[str | None] = case(
    (BREACHED, SlaState.BREACHED.value),
    (and_(RUNS, HELD), SlaState.PAUSED.value),
    (DUE_SOON, SlaState.DUE_SOON.value),
    (and_(RUNS, Request.sla_due_date.is_not(None)), SlaState.ON_TRACK.value),
    else_=null(),
)
"""The state of a clock that runs, or that ended late; None otherwise."""
