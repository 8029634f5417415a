"""The database as every process uses it: typed tables, one engine a process, and a session bound to one actor.

A session that has no actor raises before its first statement, and a raw connection sees no row at all: row-level
security reads ``app.tenant_id``, which only the hook below sets (security.md, a).
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import (
    Boolean,
    DateTime,
    Engine,
    LargeBinary,
    MetaData,
    Numeric,
    Text,
    Uuid,
    create_engine,
    event,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, SessionTransaction, mapped_column, registry

from lers_web.kernel import clock
from lers_web.kernel.actor import Actor
from lers_web.kernel.ids import new_id

SCHEMA = "app"

_REGISTRY = registry(
    metadata=MetaData(
        schema=SCHEMA,
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        },
    ),
    # Given to the registry, not set as a class attribute: Flask-SQLAlchemy copies Base and would declare it twice.
    type_annotation_map={
        UUID: Uuid(),
        dt.datetime: DateTime(timezone=True),
        str: Text(),
        bytes: LargeBinary(),
        bool: Boolean(),
        Decimal: Numeric(),
        dict[str, Any]: JSONB(none_as_null=True),
        list[Any]: JSONB(none_as_null=True),
    },
)


class Base(DeclarativeBase):
    """What every table inherits from."""

    registry = _REGISTRY


class Identified:
    """A UUIDv7 key, made in Python before the insert, so that it can be bound into ciphertexts."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)


class Timestamped:
    """When a row was made and last changed."""

    created_at: Mapped[dt.datetime] = mapped_column(default=clock.now, server_default=text("now()"))
    updated_at: Mapped[dt.datetime] = mapped_column(default=clock.now, onupdate=clock.now, server_default=text("now()"))


class SoftDeleted:
    """Rows that people made are hidden, never removed: who did what must stay provable."""

    is_deleted: Mapped[bool] = mapped_column(default=False, server_default=text("false"))


class Versioned:
    """Optimistic locking: ``version`` is the ETag. A lost race that slips past the row lock raises StaleDataError."""

    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))


def make_engine(url: str, *, pool_size: int = 2, application: str = "lers") -> Engine:
    """Return an engine over psycopg 3 with a small pool. ``url`` may say ``postgresql://``."""
    if url.startswith("postgresql://"):
        url = "postgresql+psycopg://" + url.removeprefix("postgresql://")
    return create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=10,
        pool_recycle=1800,
        pool_pre_ping=True,
        hide_parameters=True,  # an error's text goes to logs; the values of its statement are people's
        json_deserializer=orjson.loads,
        connect_args={
            "application_name": application,
            "prepare_threshold": 5,
            "connect_timeout": 5,
            # No JIT: our statements are short, and a wrong guess at their cost would have PostgreSQL compile them.
            "options": "-c timezone=UTC -c lock_timeout=10s -c statement_timeout=30s -c jit=off",
        },
    )


class ActorSession(Session):
    """A session that works for exactly one actor."""

    def __init__(self, bind: Engine, actor: Actor, *, role: str | None = None) -> None:
        super().__init__(bind=bind, expire_on_commit=False, autoflush=True)
        self.info["actor"] = actor
        self.info["role"] = role


def _quoted(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"


@event.listens_for(ActorSession, "after_begin")
def _bind_context(session: Session, transaction: SessionTransaction, connection: Any) -> None:
    """Tell PostgreSQL whose transaction this is, in one round trip, before its first statement."""
    if transaction.nested:
        return
    actor = session.info.get("actor")
    if not isinstance(actor, Actor):
        raise RuntimeError("a session without an actor may not touch the database")  # noqa: TRY004 - fail closed
    settings = (
        f"SET LOCAL app.tenant_id = {_quoted(UUID(str(actor.tenant_id)))}; "
        f"SET LOCAL app.user_id = {_quoted(UUID(str(actor.user_id)))}; "
        f"SET LOCAL app.role = {_quoted(actor.role.value)}"
    )
    role = session.info.get("role")
    if role is not None:
        settings += f"; SET LOCAL ROLE {role}"
    connection.exec_driver_sql(settings)
