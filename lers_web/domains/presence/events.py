"""What presence tells the hub when it was changed through REST."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from lers_web.kernel.outbox import DomainEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceChanged(DomainEvent):
    """A person's status is another than before. Nothing but the hub's broadcast follows from it."""

    type: ClassVar[str] = "presence.changed"
    user_id: UUID
    status: str
    was: str
    last_seen: str
