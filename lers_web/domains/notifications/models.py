"""Tables of notifications."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lers_web.kernel import clock
from lers_web.kernel.db import Base, Identified


class Notification(Identified, Base):
    """One thing one person is told once. The outbox event that caused it makes the key."""

    __tablename__ = "lers_notifications"
    __table_args__ = (
        UniqueConstraint("user_id", "event_id", "type"),
        ForeignKeyConstraint(
            ["user_id", "tenant_id"],
            ["app.authentication_user.id", "app.authentication_user.tenant_id"],
            ondelete="RESTRICT",
        ),
        Index("ix_lers_notifications_user", "user_id", "read", "created_at"),
        Index("ix_lers_notifications_priority", "priority"),
        Index("ix_lers_notifications_unmailed", "created_at", postgresql_where=text("email_wanted AND NOT email_sent")),
    )

    user_id: Mapped[UUID]
    tenant_id: Mapped[UUID]
    request_id: Mapped[UUID | None]
    event_id: Mapped[UUID]
    type: Mapped[str]
    title: Mapped[str]
    message: Mapped[str]
    icon: Mapped[str | None]
    link: Mapped[str | None]
    priority: Mapped[str] = mapped_column(default="NORMAL")
    read: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    read_at: Mapped[dt.datetime | None]
    delivered: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    delivered_at: Mapped[dt.datetime | None]
    email_wanted: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    email_sent: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    email_sent_at: Mapped[dt.datetime | None]
    metadata_: Mapped[dict[str, Any]] = mapped_column("metadata", default=dict, server_default=text("'{}'::jsonb"))
    created_at: Mapped[dt.datetime] = mapped_column(default=clock.now)
