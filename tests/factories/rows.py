"""Rows put straight into the database, for tests of what lies around requests and not of requests themselves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from lers_web.kernel import clock
from lers_web.kernel.ids import new_id
from tests.factories.cast import Cast

NUMBER = "MUM/2026/000042"


def insert_request(cast: Cast, *, status: str = "SUBMITTED", creator: str = "io", **columns: Any) -> UUID:
    """Insert a request of Mumbai's to Bharat Telecom."""
    request_id = new_id()
    submitted = status not in {"DRAFT", "PENDING_APPROVAL", "APPROVED"}
    row: dict[str, Any] = {
        "id": request_id,
        "request_number": f"{NUMBER}-{str(request_id)[-6:]}",
        "request_type": "CDR",
        "agency_tenant_id": cast.tenants["mumbai"],
        "provider_tenant_id": cast.tenants["telecom"],
        "created_by_id": cast[creator].user_id,
        "status": status,
        "priority": "NORMAL",
        "description": "SECRET-CASE-WORDS",
        "first_sent_for_approval_at": None if status == "DRAFT" else clock.now(),
        "submitted_at": clock.now() if submitted else None,
        **columns,
    }
    values = [Jsonb(value) if isinstance(value, (list, dict)) else value for value in row.values()]
    with cast.superuser() as connection:
        connection.execute(
            f"INSERT INTO app.lers_requests ({', '.join(row)}) VALUES ({', '.join(['%s'] * len(row))})",
            values,
        )
    return request_id


def rows(cast: Cast, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """Read as the superuser."""
    with cast.superuser() as connection:
        return connection.execute(query, parameters or None).fetchall()  # type: ignore[arg-type]
