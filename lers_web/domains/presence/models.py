"""Tables of presence: a summary per person, and one row per socket."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from lers_web.kernel import clock
from lers_web.kernel.db import Base


class UserPresence(Base):
    """Whether a person is there. Derived from the sockets, kept for those who look later."""

    __tablename__ = "user_presence"
    __table_args__ = (
        CheckConstraint("status IN ('ONLINE','AWAY','OFFLINE')", name="status"),
        Index("ix_user_presence_status", "status"),
        Index("ix_user_presence_last_seen", "last_seen"),
        ForeignKeyConstraint(
            ["user_id", "tenant_id"],
            ["app.authentication_user.id", "app.authentication_user.tenant_id"],
            ondelete="RESTRICT",
        ),
    )

    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    tenant_id: Mapped[UUID]
    status: Mapped[str] = mapped_column(default="OFFLINE")
    last_seen: Mapped[dt.datetime | None]
    last_online: Mapped[dt.datetime | None]
    socket_id: Mapped[str | None]
    metadata_: Mapped[dict[str, Any]] = mapped_column("metadata", default=dict, server_default=text("'{}'::jsonb"))


class PresenceSocket(Base):
    """One open connection of one person: two tabs are two rows. A hub's rows die with its heartbeat."""

    __tablename__ = "presence_socket"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "tenant_id"],
            ["app.authentication_user.id", "app.authentication_user.tenant_id"],
            ondelete="RESTRICT",
        ),
        Index("ix_presence_socket_user_id", "user_id"),
    )

    sid: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[UUID]
    tenant_id: Mapped[UUID]
    node: Mapped[str]
    status: Mapped[str] = mapped_column(default="ONLINE")
    connected_at: Mapped[dt.datetime] = mapped_column(default=clock.now)
    seen_at: Mapped[dt.datetime] = mapped_column(default=clock.now)
