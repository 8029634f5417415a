"""List, detail and create as bare WSGI over a psycopg pool and orjson: no framework, no token, no rights, no limits.

The rows are the product's own, read as a superuser past row-level security. Served by granian with the product's flags.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

import orjson
import uuid_utils.compat as uuid_utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb
from psycopg_pool import ConnectionPool

TENANT, PERSON, PROVIDER = (os.environ[f"BENCH_{name}"] for name in ("TENANT", "PERSON", "PROVIDER"))  # noqa: TID251
POOL = ConnectionPool(
    os.environ["BENCH_DSN"],  # noqa: TID251
    min_size=2,
    max_size=2,
    open=True,
    kwargs={
        "autocommit": True,
        "row_factory": dict_row,
        "prepare_threshold": 1,
        "options": f"-c TimeZone=UTC -c app.tenant_id={TENANT} -c app.user_id={PERSON} -c app.role=IO",
    },
)
KEY = AESGCM(bytes(range(32)))

_SELECT = """
SELECT r.id, r.request_number, r.request_type, r.status, r.version, r.priority, r.catalog_item_id,
       r.catalog_item_version, r.provider_tenant_id, r.parent_request_id, r.date_range_from, r.date_range_to,
       r.sla_due_date, r.sla_paused_at, r.sla_breached_at, r.sla_met, r.first_sent_for_approval_at, r.approved_at,
       r.submitted_at, r.acknowledged_at, r.started_at, r.response_uploaded_at, r.completed_at, r.closed_at,
       r.rejection_reason_code, r.approval_level, r.approval_route, r.created_at, r.updated_at, r.description,
       r.answers, r.legal_mandate_type, r.legal_mandate_file_id, r.court_order_number, r.case_reference, r.notes,
       r.metadata, r.rejection_reason, r.sla_breached, a.id AS a_id, a.name AS a_name, p.name AS p_name,
       c.id AS c_id, c.name AS c_name, c.rank AS c_rank,
       (SELECT jsonb_agg(jsonb_build_object('id', i.id, 'type', i.type, 'masked', i.masked, 'outcome', i.outcome,
               'reason_code', i.reason_code) ORDER BY i.position)
          FROM app.request_identifier i WHERE i.request_id = r.id) AS identifiers
  FROM app.lers_requests r JOIN app.tenants a ON a.id = r.agency_tenant_id
  JOIN app.tenants p ON p.id = r.provider_tenant_id LEFT JOIN app.user_card c ON c.id = r.created_by_id
"""
LIST = _SELECT + (
    " WHERE r.agency_tenant_id = %s AND NOT r.is_deleted AND r.first_sent_for_approval_at IS NOT NULL"
    " ORDER BY r.created_at DESC NULLS LAST, r.id DESC LIMIT 51"
)
DETAIL = _SELECT + " WHERE r.id = %s AND r.agency_tenant_id = %s AND NOT r.is_deleted"
CREATE = """
WITH n AS (
  INSERT INTO app.request_counter (tenant_id, year, last)
  VALUES (%(tenant)s, extract(year FROM now())::int, 1)
  ON CONFLICT (tenant_id, year) DO UPDATE SET last = request_counter.last + 1 RETURNING year, last
), r AS (
  INSERT INTO app.lers_requests (id, request_number, request_type, provider, agency_tenant_id, provider_tenant_id,
         description, legal_mandate_type, status, priority, created_by_id, created_at, updated_at, version)
  SELECT %(id)s, 'LERS-' || year || '-MUM-' || lpad(last::text, 6, '0'), %(request_type)s, 'provider', %(tenant)s,
         %(provider)s, %(description)s, 'BNSS_94', 'DRAFT', 'NORMAL', %(person)s, now(), now(), 1
    FROM n RETURNING id, request_number
), i AS (
  INSERT INTO app.request_identifier (id, request_id, agency_tenant_id, provider_tenant_id, position, type, sealed,
         masked, index_agency, index_provider, created_at)
  SELECT %(identifier)s, id, %(tenant)s, %(provider)s, 0, %(type)s, %(sealed)s, '+91******00', %(index)s, %(index)s,
         now() FROM r
), o AS (
  INSERT INTO app.outbox (id, type, payload, tenants, actor_id, correlation_id, created_at)
  SELECT %(event)s, 'bench.created', %(payload)s, ARRAY[%(tenant)s::uuid], %(person)s, 'bench', now() FROM r
)
SELECT r.id, r.request_number, (audit.append(now(), 'request:create', %(person)s, 'request', r.id, r.id,
       '{"event":"request:create","seq":', ',"bench":true}')).seq AS seq FROM r
"""


def _shaped(row: dict[str, Any]) -> dict[str, Any]:
    row["agency_tenant"] = {"id": row.pop("a_id"), "name": row.pop("a_name")}
    row["provider_tenant"] = {"id": row["provider_tenant_id"], "name": row.pop("p_name")}
    row["created_by"] = {"id": row.pop("c_id"), "name": row.pop("c_name"), "rank": row.pop("c_rank")}
    row["identifiers"] = row["identifiers"] or []
    return row


def _list() -> Any:
    with POOL.connection() as connection:
        rows = connection.execute(LIST, (TENANT,)).fetchall()
    return {"items": [_shaped(row) for row in rows[:50]], "next_cursor": str(rows[-1]["id"]) if rows else None}


def _detail(request_id: str) -> Any:
    with POOL.connection() as connection:
        row = connection.execute(DETAIL, (UUID(request_id), TENANT)).fetchone()
    return _shaped(row) if row else None


def _create(body: bytes) -> Any:
    asked = orjson.loads(body)
    identifier = asked["identifiers"][0]
    with POOL.connection() as connection:
        return connection.execute(
            CREATE,
            {
                "id": uuid_utils.uuid7(),
                "identifier": uuid_utils.uuid7(),
                "event": uuid_utils.uuid7(),
                "tenant": TENANT,
                "person": PERSON,
                "provider": PROVIDER,
                "request_type": asked["request_type"],
                "description": asked["description"],
                "type": identifier["type"],
                "sealed": KEY.encrypt(os.urandom(12), identifier["value"].encode(), None).hex(),
                "index": identifier["value"].encode()[-16:],
                "payload": Jsonb({"version": 1}),
            },
        ).fetchone()


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer ``/list``, ``/detail/<id>`` and ``POST /create``."""
    path: str = environ["PATH_INFO"]
    if path == "/list":
        found = _list()
    elif path.startswith("/detail/"):
        found = _detail(path.removeprefix("/detail/"))
    else:
        found = _create(environ["wsgi.input"].read())
    body = orjson.dumps(found, option=orjson.OPT_UTC_Z)
    status = "404 Not Found" if found is None else "200 OK"
    start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
