"""The audit trail: hash-chained entries, one chain a tenant, written in the caller's transaction as its last statement.

``hash = SHA-256("LERS-AUDIT-v1" 0x00 || prev_hash || canonical)``, where ``canonical`` is RFC 8785 text kept byte for
byte as TEXT (JSONB would reorder it). The database functions ``audit.append`` (one entry) and ``audit.append_many``
take the chain's head under a lock, so only the sequence number is filled in there. Personal values never stand in
``canonical``: ids, statuses, names of fields. See security.md (c).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
import rfc8785
from sqlalchemy import BigInteger, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from lers_web.kernel import clock
from lers_web.kernel.actor import Actor
from lers_web.kernel.db import Base

DOMAIN = b"LERS-AUDIT-v1\x00"
GENESIS = bytes(32)
_SEQ_MARK = '"seq":0,"src":'


class AuditEntry(Base):
    """One link of a chain. Nobody but the functions that append inserts; nobody updates or deletes."""

    __tablename__ = "entry"
    __table_args__ = (
        Index("ix_entry_tenant_at", "tenant_id", "at"),
        Index("ix_entry_request", "request_id", "at"),
        {"schema": "audit"},
    )

    chain: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    tenant_id: Mapped[UUID]
    at: Mapped[dt.datetime]
    event: Mapped[str]
    actor_id: Mapped[UUID]
    object_type: Mapped[str]
    object_id: Mapped[UUID | None]
    request_id: Mapped[UUID | None]
    canonical: Mapped[str]
    prev_hash: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class AuditHead(Base):
    """Where a chain ends: what a missing tail is measured against."""

    __tablename__ = "head"
    __table_args__ = ({"schema": "audit"},)

    chain: Mapped[str] = mapped_column(primary_key=True)
    tenant_id: Mapped[UUID]
    seq: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    updated_at: Mapped[dt.datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEvent:
    """What a use case says happened. ``change`` holds statuses and names of fields, never personal values."""

    event: str
    object_type: str
    object_id: UUID | None
    request_id: UUID | None = None
    version: int | None = None
    change: Mapping[str, Any] | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where an act stands in the trail: enough to prove later that the tail was not cut off."""

    chain: str
    seq: int
    hash: str


def chain_of(tenant_id: UUID) -> str:
    """Return the name of a tenant's chain."""
    return str(tenant_id)


def link(prev_hash: bytes, canonical: str) -> bytes:
    """Return the hash of an entry: what every verifier recomputes."""
    return hashlib.sha256(DOMAIN + prev_hash + canonical.encode()).digest()


def _canonical(actor: Actor, at: dt.datetime, entry: AuditEvent) -> tuple[str, str]:
    """Return the canonical text before and after the sequence number, which only the chain's head knows."""
    body = {
        "v": "1",
        "chain": chain_of(actor.tenant_id),
        "seq": 0,
        "at": clock.iso(at),
        "event": entry.event,
        "actor": {
            "id": str(actor.user_id),
            "email": actor.email,
            "name": actor.name,
            "rank": actor.rank,
            "role": actor.role.value,
            "sid": str(actor.session_id) if actor.session_id else None,
            "tenant": str(actor.tenant_id),
        },
        "src": {"ip": actor.source.ip, "req_id": actor.source.request_id, "ua": actor.source.user_agent},
        "obj": {
            "type": entry.object_type,
            "id": str(entry.object_id) if entry.object_id else None,
            "version": str(entry.version) if entry.version is not None else None,
        },
        "request": str(entry.request_id) if entry.request_id else None,
        "change": _strings(entry.change) if entry.change else None,
        "why": entry.why,
    }
    whole = _rfc8785(body)
    head, mark, tail = whole.partition(_SEQ_MARK)
    if not mark:
        raise RuntimeError("the canonical form has lost its sequence number")
    return head + '"seq":', mark.removeprefix('"seq":0') + tail


def _rfc8785(body: dict[str, Any]) -> str:
    """Write a body that holds nothing but strings, booleans, nulls and the 0 of its number.

    orjson writes such a body byte for byte as RFC 8785 wants it, at a tenth of the time, but for the order of members
    whose names have characters above U+DFFF: RFC 8785 compares UTF-16, orjson UTF-8.
    """
    whole = orjson.dumps(body, option=orjson.OPT_SORT_KEYS).decode()
    if whole.isascii() or max(whole) < "\ue000":
        return whole
    return rfc8785.dumps(body).decode()


def _strings(value: Any) -> Any:
    """Write what JSON cannot carry exactly (times, ids, numbers) as strings."""
    if isinstance(value, Mapping):
        return {str(key): _strings(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_strings(item) for item in value]
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, dt.datetime):
        return clock.iso(value)
    return str(value)


_APPEND = text("SELECT seq, hash FROM audit.append(:at, :event, :actor, :object_type, :object, :request, :head, :tail)")
_APPEND_MANY = text("SELECT seq, hash FROM audit.append_many(:at, CAST(:entries AS jsonb))")
_AT_ONCE = 1000  # entries a statement: a few hundred KiB of text, well within PostgreSQL's working memory


def append(session: Session, actor: Actor, entries: Sequence[AuditEvent]) -> list[Receipt]:
    """Write entries to the actor's chain. Holds the chain's lock until the commit: call it last."""
    at = clock.now()
    rows = [_row(actor, at, entry) for entry in entries]
    links: list[Any] = []
    if len(rows) == 1:
        links += session.execute(_APPEND, {"at": at, **rows[0]})
    else:
        for start in range(0, len(rows), _AT_ONCE):
            many = orjson.dumps(rows[start : start + _AT_ONCE]).decode()
            links += session.execute(_APPEND_MANY, {"at": at, "entries": many})
    return [Receipt(chain_of(actor.tenant_id), link_.seq, bytes(link_.hash).hex()) for link_ in links]


def _row(actor: Actor, at: dt.datetime, entry: AuditEvent) -> dict[str, Any]:
    """Return an entry as the functions that append take it."""
    head, tail = _canonical(actor, at, entry)
    return {
        "event": entry.event,
        "actor": actor.user_id,
        "object_type": entry.object_type,
        "object": entry.object_id,
        "request": entry.request_id,
        "head": head,
        "tail": tail,
    }
