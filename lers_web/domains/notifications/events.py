"""What notifications tell hub and jobs: ids only, the text is loaded by whoever shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from lers_web.kernel.outbox import DomainEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationCreated(DomainEvent):
    """One person has one more thing to know. ``mail`` says whether it goes out by e-mail too."""

    type: ClassVar[str] = "notification.created"
    notification_id: UUID
    user_id: UUID
    mail: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationsRead(DomainEvent):
    """A person has read some: their other windows count again."""

    type: ClassVar[str] = "notification.read"
    user_id: UUID
