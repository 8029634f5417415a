"""List, detail and create as bare WSGI over a psycopg pool and orjson: no framework, no token, no rights, no limits.

The rows are the product's own, read as a superuser past row-level security. Served by granian with the product's flags.
"""

from __future__ import annotations

import datetime as dt
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

from bench.limits.statements import CREATE, DETAIL, LIST

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


def _entry(request_id: Any, at: dt.datetime) -> dict[str, Any]:
    """Write the audit entry's canonical text by hand: its sequence number is the chain's to fill in."""
    text = orjson.dumps(
        {
            "actor": {
                "email": "bench",
                "id": PERSON,
                "name": None,
                "rank": None,
                "role": "IO",
                "sid": None,
                "tenant": TENANT,
            },
            "at": at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "chain": TENANT,
            "change": None,
            "event": "request:create",
            "obj": {"id": str(request_id), "type": "request", "version": "1"},
            "request": str(request_id),
            "seq": 0,
            "src": {"ip": "127.0.0.1", "req_id": None, "ua": None},
            "v": "1",
            "why": None,
        },
        option=orjson.OPT_SORT_KEYS,
    ).decode()
    head, _, tail = text.partition('"seq":0')
    return {"at": at, "head": head + '"seq":', "tail": tail}


def _create(body: bytes) -> Any:
    asked = orjson.loads(body)
    identifier, request_id = asked["identifiers"][0], uuid_utils.uuid7()
    with POOL.connection() as connection:
        return connection.execute(
            CREATE,
            {
                **_entry(request_id, dt.datetime.now(dt.UTC)),
                "id": request_id,
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
