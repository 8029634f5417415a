"""What requests tell the rest of the system: ids, statuses and versions only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from lers_web.kernel.outbox import DomainEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestStatusChanged(DomainEvent):
    """A step was taken. ``old == new`` where the request stays (an approval of a lower level, a question)."""

    type: ClassVar[str] = "request.status_changed"
    request_id: UUID
    action: str
    old: str
    new: str
    version: int
    actor_id: UUID
    level: int | None = None  # of an approval: the level just given


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestAssigned(DomainEvent):
    """The provider gave the request to one of its people."""

    type: ClassVar[str] = "request.assigned"
    request_id: UUID
    user_id: UUID
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestChanged(DomainEvent):
    """A draft, its participants or the clock changed: screens read it again, nobody is notified."""

    type: ClassVar[str] = "request.changed"
    request_id: UUID
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SlaWarning(DomainEvent):
    """The due date is near. ``level`` 2 is the second warning of a CRITICAL request."""

    type: ClassVar[str] = "sla.warning"
    request_id: UUID
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SlaBreached(DomainEvent):
    """The due date has passed. This is also the first level of escalation: nodal officer and approver hear of it."""

    type: ClassVar[str] = "sla.breached"
    request_id: UUID
    level: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SlaEscalated(DomainEvent):
    """Still nothing: level 2 after 24 hours (tenant admins, next rank), level 3 after 72 (platform)."""

    type: ClassVar[str] = "sla.escalated"
    request_id: UUID
    level: int
