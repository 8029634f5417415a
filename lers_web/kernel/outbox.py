"""The outbox: facts told to the rest of the system, written in the business transaction and handed on after it.

A row carries ids, statuses and versions, never case data or personal data. The relay hands each row on at least once;
every receiver is idempotent, and ``effect`` remembers which effects have already happened.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar
from uuid import UUID

import orjson
from sqlalchemy import ARRAY, DateTime, Index, Uuid, bindparam, select, text
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from lers_web.kernel import clock
from lers_web.kernel.actor import Actor
from lers_web.kernel.db import Base
from lers_web.kernel.ids import new_id

CHANNEL = "lers_outbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainEvent:
    """A fact. Subclasses add ids and set ``type`` (``request.status_changed``).

    ``tenants`` are those it concerns: receivers run once in the context of each, so that row-level security holds.
    """

    type: ClassVar[str]
    tenants: tuple[UUID, ...] = field(default=())
    id: UUID | None = None  # of the outbox row, where somebody must know it before

    def payload(self) -> dict[str, Any]:
        """Return the fields as JSON values, less the tenants and the id, which have columns of their own."""
        return {
            each.name: _plain(getattr(self, each.name)) for each in fields(self) if each.name not in {"tenants", "id"}
        }


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, dt.datetime):
        return clock.iso(value)
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


class OutboxMessage(Base):
    """An event on its way. ``sent_at`` is set when the relay has handed it to every receiver."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_unsent", "id", postgresql_where=text("sent_at IS NULL")),
        Index("ix_outbox_unsettled", "sent_at", postgresql_where=text("sent_at IS NOT NULL AND settled_at IS NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    type: Mapped[str]
    payload: Mapped[dict[str, Any]]
    tenants: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    actor_id: Mapped[UUID]
    correlation_id: Mapped[str]
    created_at: Mapped[dt.datetime] = mapped_column(default=clock.now)
    sent_at: Mapped[dt.datetime | None]
    attempts: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    settled_at: Mapped[dt.datetime | None]  # when every effect that it must have was seen to have happened


class Effect(Base):
    """An effect that has happened: inserted in the same transaction as the change that it names."""

    __tablename__ = "effect"

    key: Mapped[str] = mapped_column(primary_key=True)
    tenant_id: Mapped[UUID]
    created_at: Mapped[dt.datetime] = mapped_column(default=clock.now)


_RECORD = text(
    """
    INSERT INTO app.outbox
        (id, type, payload, tenants, actor_id, correlation_id, created_at, sent_at, settled_at, attempts)
    SELECT id, type, payload, tenants, :actor_id, :correlation_id, :now, :told, :told, 0
      FROM jsonb_to_recordset(CAST(:events AS jsonb)) AS e (id uuid, type text, payload jsonb, tenants uuid[])
    """
).bindparams(bindparam("now", type_=DateTime(timezone=True)), bindparam("told", type_=DateTime(timezone=True)))
_AT_ONCE = 1000


def record(session: Session, actor: Actor, events: Sequence[DomainEvent]) -> None:
    """Insert events into the outbox of the running transaction: one statement for a thousand."""
    if not events:
        return
    now = clock.now()
    told = now if clock.is_history() else None  # nobody is to be mailed what happened in a demo's past
    common = {"actor_id": actor.user_id, "correlation_id": actor.source.request_id, "now": now, "told": told}
    rows = [
        {
            "id": event.id or new_id(),
            "type": event.type,
            "payload": event.payload(),
            "tenants": event.tenants or (actor.tenant_id,),
        }
        for event in events
    ]
    for start in range(0, len(rows), _AT_ONCE):
        session.execute(_RECORD, common | {"events": orjson.dumps(rows[start : start + _AT_ONCE]).decode()})


def claim(session: Session, limit: int) -> Sequence[OutboxMessage]:
    """Lock the oldest unsent messages that no other relay holds."""
    query = (
        select(OutboxMessage)
        .where(OutboxMessage.sent_at.is_(None))
        .order_by(OutboxMessage.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(query).all()


def once(session: Session, actor: Actor, key: str) -> bool:
    """Say whether the effect ``key`` is still to happen, and mark it in this transaction.

    Two rivals wait for each other on the key's unique index: exactly one gets True and commits.
    """
    inserted = session.execute(
        pg_insert(Effect)
        .values(key=key, tenant_id=actor.tenant_id, created_at=clock.now())
        .on_conflict_do_nothing()
        .returning(Effect.key)
    ).first()
    return inserted is not None
