"""Whether a provider's doubt holds the clock of a request, as SQL: whoever confirms it is told that they can."""

from __future__ import annotations

from sqlalchemy import ColumnElement, DateTime, Text, Uuid, and_, column, select, table

from lers_web.domains.requests import sla_state
from lers_web.domains.requests.models import Request

# The ledger of the clock, joined by name as the chat's table is.
_EVENT = table(
    "sla_event",
    column("id", Uuid()),
    column("request_id", Uuid()),
    column("kind", Text()),
    column("reason", Text()),
    column("at", DateTime(timezone=True)),
    schema="app",
)

DOUBTED: ColumnElement[bool] = and_(
    sla_state.RUNS,
    Request.sla_paused_at.is_not(None),
    select(_EVENT.c.kind)
    .where(_EVENT.c.request_id == Request.id, _EVENT.c.reason == "CHALLENGE")
    .order_by(_EVENT.c.at.desc(), _EVENT.c.id.desc())
    .limit(1)
    .correlate(Request)
    .scalar_subquery()
    == "PAUSE",
)
"""Whether a doubt was raised and not confirmed yet. One on a clock that never stands leaves nothing to confirm."""
