"""Lists of audit entries, newest first, as the API answers them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import ColumnElement, Row, Select, Text, Uuid, column, func, select, table, tuple_

from lers_web.domains.audit import policy
from lers_web.domains.audit.models import Checkpoint
from lers_web.kernel.audit import AuditEntry, AuditHead
from lers_web.kernel.errors import Invalid
from lers_web.kernel.paging import Page, decode_cursor, encode_cursor
from lers_web.kernel.permissions import Permission
from lers_web.kernel.uow import UnitOfWork

# Names of tenants are readable by everybody who is somebody: read by column, as the table is identity's.
_TENANT = table("tenants", column("id", Uuid()), column("name", Text()), schema="app")
# Row-level security leaves the number out where the reader may not see the request.
_REQUEST = table("lers_requests", column("id", Uuid()), column("request_number", Text()), schema="app")
ENTRY = AuditEntry.__table__.c
NEWEST, OLDEST = "-created_at", "created_at"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What to look for. ``event`` names one event, or a family of them when it ends in a colon (``request:``)."""

    request_id: UUID | None = None
    event: str | None = None
    actor_id: UUID | None = None
    object_id: UUID | None = None
    tenant_id: UUID | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """The conditions to add to a query on entries."""
        found: list[ColumnElement[bool]] = []
        for wanted, value in (
            (AuditEntry.request_id, self.request_id),
            (AuditEntry.actor_id, self.actor_id),
            (AuditEntry.object_id, self.object_id),
            (AuditEntry.tenant_id, self.tenant_id),
        ):
            if value is not None:
                found.append(wanted == value)
        if self.event is not None:
            family = self.event.endswith(":")
            found.append(
                AuditEntry.event.startswith(self.event, autoescape=True) if family else AuditEntry.event == self.event
            )
        if self.since is not None:
            found.append(AuditEntry.at >= self.since)
        if self.until is not None:
            found.append(AuditEntry.at < self.until)
        return found


def page(uow: UnitOfWork, wanted: Filter, at: Page) -> dict[str, Any]:
    """Return a page of the entries that the actor may see, by time."""
    uow.actor.require(Permission.AUDIT_READ)
    if at.sort not in (NEWEST, OLDEST):
        raise Invalid(errors={"sort": ["Sort by created_at; put - before it for the newest first."]})
    conditions = [policy.visible_to(uow.actor), *wanted.conditions()]
    query = select(
        ENTRY.chain, ENTRY.seq, ENTRY.at, ENTRY.event, ENTRY.object_type, ENTRY.object_id, ENTRY.request_id,
        ENTRY.canonical, ENTRY.prev_hash, ENTRY.hash, ENTRY.tenant_id, _TENANT.c.name.label("tenant_name"),
        _REQUEST.c.request_number,
    ).outerjoin(_TENANT, _TENANT.c.id == ENTRY.tenant_id).outerjoin(
        _REQUEST, _REQUEST.c.id == ENTRY.request_id
    ).where(*conditions)  # fmt: skip
    rows = uow.session.execute(_after(query, at)).all()
    kept = rows[: at.limit]
    more = len(rows) > at.limit
    return {
        "items": [_item(row) for row in kept],
        "next_cursor": _cursor(kept[-1], at.sort) if more else None,
        "total": _total(uow, conditions, anything=len(conditions) == 1),
    }


def _after(query: Select[Any], at: Page) -> Select[Any]:
    """Order by time, chain and number, and start behind the cursor: entries of one act share their time."""
    key = tuple_(ENTRY.at, ENTRY.chain, ENTRY.seq)
    if at.cursor is not None:
        value, chain = decode_cursor(at.cursor, at.sort)
        try:
            moment, _, seq = str(value).partition("|")
            last = tuple_(dt.datetime.fromisoformat(moment), str(chain), int(seq))
        except ValueError as error:
            raise Invalid(errors={"cursor": ["This cursor is not valid here. Start again without it."]}) from error
        query = query.where(key < last if at.sort == NEWEST else key > last)
    columns = (ENTRY.at, ENTRY.chain, ENTRY.seq)
    order = [column.desc() if at.sort == NEWEST else column.asc() for column in columns]
    return query.order_by(*order).limit(at.limit + 1)


def _cursor(row: Row[Any], sort: str) -> str:
    return encode_cursor(sort, f"{row.at.isoformat()}|{row.seq}", UUID(row.chain))


def _total(uow: UnitOfWork, conditions: list[ColumnElement[bool]], *, anything: bool) -> int:
    """Count the entries; without a filter the chain heads know it."""
    if anything:
        query = select(func.coalesce(func.sum(AuditHead.seq), 0)).where(policy.heads_visible_to(uow.actor))
    else:
        query = select(func.count()).select_from(AuditEntry).where(*conditions)
    return int(uow.session.scalar(query) or 0)


def _item(row: Row[Any]) -> dict[str, Any]:
    told = orjson.loads(row.canonical)
    who = told["actor"]
    return {
        "chain": row.chain,
        "seq": row.seq,
        "at": row.at,
        "event": row.event,
        "actor": {"id": who["id"], "name": who["name"], "rank": who["rank"]},
        "tenant": {"id": row.tenant_id, "name": row.tenant_name or ""},
        "object_type": row.object_type,
        "object_id": row.object_id,
        "request_id": row.request_id,
        "request_number": row.request_number,
        "change": told["change"],
        "why": told["why"],
        "canonical": row.canonical,
        "prev_hash": bytes(row.prev_hash).hex(),
        "hash": bytes(row.hash).hex(),
    }


_BY_SIZE = "checkpoints"
_NO_OBJECT = UUID(int=0)


def checkpoints(uow: UnitOfWork, limit: int, cursor: str | None) -> dict[str, Any]:
    """Return a page of the signed checkpoints, newest first, and the keys that verify them. No tenant's: the log's."""
    uow.actor.require(Permission.AUDIT_READ)
    columns = (Checkpoint.size, Checkpoint.root, Checkpoint.note, Checkpoint.kid, Checkpoint.at)
    query = select(*columns).order_by(Checkpoint.size.desc()).limit(limit + 1)
    if cursor is not None:
        size, _ = decode_cursor(cursor, _BY_SIZE)
        if not isinstance(size, int):
            raise Invalid(errors={"cursor": ["This cursor is not valid here. Start again without it."]})
        query = query.where(Checkpoint.size < size)
    rows = uow.session.execute(query).all()
    kept = rows[:limit]
    keys = uow.ports.note_keys
    return {
        "items": [
            {"size": row.size, "root": row.root.hex(), "note": row.note, "kid": row.kid, "at": row.at} for row in kept
        ],
        "next_cursor": encode_cursor(_BY_SIZE, kept[-1].size, _NO_OBJECT) if len(rows) > limit else None,
        "total": uow.session.scalar(select(func.count()).select_from(Checkpoint)) or 0,
        "origin": keys.origin,
        "keys": [{"kid": key.kid, "vkey": key.vkey, "newest": nth == 0} for nth, key in enumerate(keys.public)],
    }
