"""Requests whose times are told: made through the use cases, then moved to where a test's calendar wants them."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from psycopg import sql

from tests.factories.cast import Cast

HOUR = dt.timedelta(hours=1)


def retell(cast: Cast, request_id: UUID, submitted: dt.datetime, **hours: float | None) -> None:
    """Set when a request was submitted and, in hours after that, its other times (None: never)."""
    columns: dict[str, Any] = {"submitted_at": submitted}
    columns |= {name: None if after is None else submitted + after * HOUR for name, after in hours.items()}
    completed, due = columns.get("completed_at"), columns.get("sla_due_date")
    if completed is not None and due is not None:
        columns |= {"sla_met": completed <= due, "sla_breached": completed > due}
    assignments = sql.SQL(", ").join(sql.SQL("{} = {}").format(sql.Identifier(n), sql.Placeholder(n)) for n in columns)
    with cast.superuser() as connection:
        connection.execute(
            sql.SQL("UPDATE app.lers_requests SET {} WHERE id = {}").format(assignments, sql.Placeholder("id")),
            {**columns, "id": request_id},
        )
