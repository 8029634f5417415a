"""Who acts: the first thing every use case is told, and the context that row-level security is bound to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID

from lers_web.kernel.errors import Forbidden
from lers_web.kernel.ids import new_id
from lers_web.kernel.permissions import Permission, Role, permissions_of

PLATFORM_TENANT_ID = UUID("00000000-0000-7000-8000-000000000001")
"""The tenant of the platform itself: its audit chain takes what belongs to no agency and no provider."""

SYSTEM_USER_ID = UUID("00000000-0000-7000-8000-000000000000")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a call came from; travels into the audit entry, the outbox and every log line."""

    ip: str | None = None
    user_agent: str | None = None
    request_id: str = field(default_factory=lambda: str(new_id()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person with a living session, or the system acting for one tenant."""

    user_id: UUID
    tenant_id: UUID
    role: Role
    permissions: frozenset[Permission]
    is_tenant_admin: bool = False
    email: str = ""
    name: str = ""
    rank: str | None = None
    badge_number: str | None = None
    unit: str | None = None
    session_id: UUID | None = None
    proved_at: dt.datetime | None = None
    mfa_enrolment_required: bool = False  # the tenant demands a second factor, and there is none yet
    source: Source = field(default_factory=Source)

    def can(self, permission: Permission) -> bool:
        """Whether the role may do this at all, somewhere."""
        return permission in self.permissions

    def require(self, permission: Permission) -> None:
        """Raise ``Forbidden`` unless the role may do this."""
        if permission not in self.permissions:
            raise Forbidden(f"Your role {self.role} may not do this: it needs {permission}.")

    @property
    def is_system(self) -> bool:
        return self.role is Role.SYSTEM


def system_actor(tenant_id: UUID = PLATFORM_TENANT_ID, source: Source | None = None) -> Actor:
    """Return the system acting in one tenant's context (its row-level security is that tenant's)."""
    return Actor(
        user_id=SYSTEM_USER_ID,
        tenant_id=tenant_id,
        role=Role.SYSTEM,
        permissions=permissions_of(Role.SYSTEM),
        email="system",
        name="LERS",
        source=source or Source(),
    )
