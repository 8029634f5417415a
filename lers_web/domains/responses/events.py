"""What responses tell the rest of the system."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from lers_web.kernel.outbox import DomainEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseCreated(DomainEvent):
    """A provider answered."""

    type: ClassVar[str] = "response.created"
    response_id: UUID
    request_id: UUID
    is_partial: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseDecided(DomainEvent):
    """The officer accepted or rejected a response: ``status`` says which."""

    type: ClassVar[str] = "response.decided"
    response_id: UUID
    request_id: UUID
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseRated(DomainEvent):
    """The officer rated a response."""

    type: ClassVar[str] = "response.rated"
    response_id: UUID
    request_id: UUID
