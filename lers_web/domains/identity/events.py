"""What identity tells the rest of the system: ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from lers_web.kernel.outbox import DomainEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEnded(DomainEvent):
    """A sign-in has ended: every open connection of it is closed. ``reason`` is one of ``EndReason``."""

    type: ClassVar[str] = "identity.session_ended"
    session_id: UUID
    user_id: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserChanged(DomainEvent):
    """A person was added, changed or deactivated."""

    type: ClassVar[str] = "identity.user_changed"
    user_id: UUID
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorChanged(DomainEvent):
    """Something happened to a person's second factor that they have to hear of. ``change`` is one of ``MfaChange``.

    ``left`` is how many recovery codes they have now.
    """

    type: ClassVar[str] = "identity.second_factor_changed"
    user_id: UUID
    change: str
    left: int
