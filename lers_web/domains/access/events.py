"""What access tells the rest of the system: ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from lers_web.kernel.outbox import DomainEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakGlassAsked(DomainEvent):
    """An administrator wants to see a case and needs a second one to confirm it. Concerns the platform alone."""

    type: ClassVar[str] = "break_glass.asked"
    break_glass_id: UUID
    asked_by_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakGlassOpened(DomainEvent):
    """A request's case content can be seen by an administrator: both sides are told."""

    type: ClassVar[str] = "break_glass.opened"
    break_glass_id: UUID
    request_id: UUID
