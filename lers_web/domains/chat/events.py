"""What the chat tells the rest of the system: ids only, the text is loaded by whoever may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from lers_web.kernel.outbox import DomainEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageCreated(DomainEvent):
    """A message was written. ``message_type`` tells a question of the provider (CLARIFICATION) from other messages."""

    type: ClassVar[str] = "chat.message_created"
    message_id: UUID
    request_id: UUID
    sender_id: UUID
    message_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagesRead(DomainEvent):
    """A person has read a request's chat up to a message. An approver's reading concerns the agency alone."""

    type: ClassVar[str] = "chat.messages_read"
    request_id: UUID
    user_id: UUID
    up_to: UUID
