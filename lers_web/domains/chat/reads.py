"""Reading the chat: one statement, plain dicts whose keys are the JSON answer, the same for REST and for the hub."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Text, Uuid, column, func, select, table

from lers_web.domains.chat.models import Message, MessageRead
from lers_web.kernel.errors import NotFound
from lers_web.kernel.uow import UnitOfWork

# What each side may know of the other's people: a name card of identity's, read by its columns.
_CARD = table("user_card", column("id", Uuid()), column("name", Text()), column("rank", Text()), schema="app")

_COLUMNS = (
    Message.id,
    Message.request_id,
    Message.sender_id,
    _CARD.c.name,
    _CARD.c.rank,
    Message.sender_type,
    Message.message_type,
    Message.message_text,
    Message.attachments,
    Message.is_encrypted,
    Message.encrypted_content,
    Message.encrypted_key,
    Message.encryption_algorithm,
    Message.encryption_iv,
    Message.encryption_auth_tag,
    Message.sender_key_fingerprint,
    Message.read_by_receiver,
    Message.read_at,
    Message.created_at,
)
_MESSAGES: Select[Any] = (
    select(*_COLUMNS).outerjoin(_CARD, _CARD.c.id == Message.sender_id).where(Message.is_deleted.is_(False))
)


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a chat: the newest messages, or those after or before a message."""

    limit: int
    after: UUID | None = None
    before: UUID | None = None


def _message(row: Mapping[str, Any]) -> dict[str, Any]:
    """Give a row the shape of the answer."""
    message = dict(row)
    sender_id, name, rank = message.pop("sender_id"), message.pop("name"), message.pop("rank")
    message["sender"] = None if sender_id is None else {"id": sender_id, "name": name or "", "rank": rank}
    return message


def one_message(uow: UnitOfWork, message_id: UUID) -> dict[str, Any]:
    """Return one message as everybody who may read the chat sees it.

    Row-level security has the last word on the tenant. Whether the person may read this request's chat is the
    caller's question (``service.require_readable``), asked before.
    """
    row = uow.session.execute(_MESSAGES.where(Message.id == message_id)).mappings().first()
    if row is None:
        raise NotFound("message")
    return _message(row)  # type: ignore[arg-type]


def messages(uow: UnitOfWork, request_id: UUID, window: Window) -> dict[str, Any]:
    """Return a page of a request's messages, always oldest first within the page.

    Without a cursor the page holds the newest messages and goes on towards older ones (``before``), as it does with
    ``before``; with ``after`` it goes on towards newer ones. A message's id is its own cursor.
    """
    query = _MESSAGES.where(Message.request_id == request_id)
    forwards = window.after is not None
    if forwards:
        query = query.where(Message.id > window.after).order_by(Message.id)
    else:
        if window.before is not None:
            query = query.where(Message.id < window.before)
        query = query.order_by(Message.id.desc())
    rows: Sequence[Any] = uow.session.execute(query.limit(window.limit + 1)).mappings().all()
    items = [_message(row) for row in rows[: window.limit]]
    next_cursor = str(items[-1]["id"]) if len(rows) > window.limit else None
    if not forwards:
        items.reverse()
    return {
        "items": items,
        "next_cursor": next_cursor,
        "total": count(uow, request_id),
        "read_up_to": read_up_to(uow, request_id),
    }


def read_up_to(uow: UnitOfWork, request_id: UUID) -> UUID | None:
    """Return the message up to which the actor has read a request's chat; None when they have not begun."""
    query = select(MessageRead.up_to).where(
        MessageRead.request_id == request_id, MessageRead.user_id == uow.actor.user_id
    )
    return uow.session.scalar(query)


def count(uow: UnitOfWork, request_id: UUID) -> int:
    """Return how many messages a request's chat holds."""
    query = select(func.count()).where(Message.request_id == request_id, Message.is_deleted.is_(False))
    return uow.session.scalar(query) or 0


def address(uow: UnitOfWork, message_id: UUID) -> tuple[UUID, UUID | None, UUID, UUID] | None:
    """Return a message's request, sender, agency tenant and provider tenant, or None when the context shows none."""
    query = select(Message.request_id, Message.sender_id, Message.agency_tenant_id, Message.provider_tenant_id).where(
        Message.id == message_id, Message.is_deleted.is_(False)
    )
    row = uow.session.execute(query).first()
    return None if row is None else (row[0], row[1], row[2], row[3])
