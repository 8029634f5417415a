"""Tables of the chat: messages, keys wrapped for each device, and who has read how far."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lers_web.kernel import clock
from lers_web.kernel.db import Base, Identified, SoftDeleted

_PERSON = ["app.authentication_user.id", "app.authentication_user.tenant_id"]
_PARENT = ["app.lers_requests.id", "app.lers_requests.agency_tenant_id", "app.lers_requests.provider_tenant_id"]


class Message(Identified, SoftDeleted, Base):
    """One message. The key's time order is the chat's order."""

    __tablename__ = "lers_messages"
    __table_args__ = (
        ForeignKeyConstraint(
            ["request_id", "agency_tenant_id", "provider_tenant_id"], _PARENT, onupdate="CASCADE", ondelete="RESTRICT"
        ),
        UniqueConstraint("id", "agency_tenant_id", "provider_tenant_id"),  # target of the wraps' composite key
        ForeignKeyConstraint(["sender_id", "sender_tenant_id"], _PERSON, ondelete="RESTRICT"),
        CheckConstraint("sender_type IN ('IO','PROVIDER','SYSTEM')", name="sender_type"),
        CheckConstraint("message_type IN ('TEXT','FILE','CLARIFICATION','SYSTEM')", name="message_type"),
        CheckConstraint("sender_tenant_id IN (agency_tenant_id, provider_tenant_id)", name="sender_tenant"),
        Index("ix_lers_messages_request_id", "request_id", "id"),
        Index("ix_lers_messages_sender_id", "sender_id"),
        Index("ix_lers_messages_unread", "request_id", postgresql_where=text("NOT read_by_receiver")),
    )

    request_id: Mapped[UUID]
    agency_tenant_id: Mapped[UUID]
    provider_tenant_id: Mapped[UUID]
    sender_id: Mapped[UUID | None]
    sender_tenant_id: Mapped[UUID]
    sender_type: Mapped[str]
    message_type: Mapped[str]
    message_text: Mapped[str | None]
    is_encrypted: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    encrypted_content: Mapped[str | None]
    encrypted_key: Mapped[str | None]
    encryption_algorithm: Mapped[str | None]
    encryption_iv: Mapped[str | None]
    encryption_auth_tag: Mapped[str | None]
    sender_key_fingerprint: Mapped[str | None]
    attachments: Mapped[list[Any]] = mapped_column(default=list, server_default=text("'[]'::jsonb"))
    read_by_receiver: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    read_at: Mapped[dt.datetime | None]
    metadata_: Mapped[dict[str, Any]] = mapped_column("metadata", default=dict, server_default=text("'{}'::jsonb"))
    created_at: Mapped[dt.datetime] = mapped_column(default=clock.now)


class MessageKeyWrap(Base):
    """The content key of an encrypted message, wrapped for one recipient key."""

    __tablename__ = "message_key_wrap"
    __table_args__ = (
        ForeignKeyConstraint(
            ["message_id", "agency_tenant_id", "provider_tenant_id"],
            ["app.lers_messages.id", "app.lers_messages.agency_tenant_id", "app.lers_messages.provider_tenant_id"],
            onupdate="CASCADE",
            ondelete="RESTRICT",
        ),
    )

    message_id: Mapped[UUID] = mapped_column(primary_key=True)
    recipient_key_fingerprint: Mapped[str] = mapped_column(primary_key=True)
    agency_tenant_id: Mapped[UUID]
    provider_tenant_id: Mapped[UUID]
    wrapped_key: Mapped[str]


class MessageRead(Base):
    """How far one person has read in one request's chat."""

    __tablename__ = "message_read"
    __table_args__ = (
        ForeignKeyConstraint(
            ["request_id", "agency_tenant_id", "provider_tenant_id"], _PARENT, onupdate="CASCADE", ondelete="RESTRICT"
        ),
    )

    request_id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("app.authentication_user.id", ondelete="RESTRICT"), primary_key=True
    )
    agency_tenant_id: Mapped[UUID]
    provider_tenant_id: Mapped[UUID]
    up_to: Mapped[UUID]
    read_at: Mapped[dt.datetime]
