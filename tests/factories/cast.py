"""The cast of a test: two agencies, two providers, the platform, and people of every role, in a fresh database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

import psycopg
from psycopg.types.json import Jsonb

from lers_web.config import Settings
from lers_web.kernel import clock
from lers_web.kernel.actor import PLATFORM_TENANT_ID, Actor
from lers_web.kernel.ids import new_id
from lers_web.kernel.permissions import Role, TenantType, permissions_of
from lers_web.kernel.ports import Backend
from lers_web.kernel.uow import UnitOfWork, unit_of_work

_TENANTS = {
    "mumbai": ("Cyber Police Station, Mumbai", TenantType.LAW_ENFORCEMENT, "MUM"),
    "bengaluru": ("CID Cyber Crime, Bengaluru", TenantType.LAW_ENFORCEMENT, "BLR"),
    "telecom": ("Bharat Telecom", TenantType.PROVIDER, "BTEL"),
    "bank": ("Rupee Bank", TenantType.PROVIDER, "RBNK"),
    "platform": ("LERS Platform", TenantType.PLATFORM, "LERS"),
}
_PEOPLE = {
    "io": ("mumbai", Role.IO, "PSI", False),
    "io2": ("mumbai", Role.IO, "PSI", False),
    "sho": ("mumbai", Role.APPROVER, "SHO", True),
    "dsp": ("mumbai", Role.APPROVER, "DSP", False),
    "foreign_io": ("bengaluru", Role.IO, "PSI", False),
    "sp": ("bengaluru", Role.APPROVER, "SP", True),
    "nodal": ("telecom", Role.PROVIDER, None, True),
    "desk": ("telecom", Role.PROVIDER, None, False),
    "banker": ("bank", Role.PROVIDER, None, True),
    "admin": ("platform", Role.SUPER_ADMIN, None, False),
}


@dataclass
class Cast:
    """Everybody in one database, and the way to act as one of them."""

    settings: Settings
    backend: Backend
    tenants: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, Actor] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Actor:
        return self.people[name]

    @contextmanager
    def acting(self, name: str) -> Iterator[UnitOfWork]:
        """Open a unit of work as one person."""
        with unit_of_work(self.backend, self.people[name]) as uow:
            yield uow

    @contextmanager
    def superuser(self) -> Iterator[psycopg.Connection]:
        """A connection that no policy and no grant holds back: for setting up and for tampering."""
        with psycopg.connect(self.settings.admin_database_url) as connection:
            yield connection


@contextmanager
def cast_in(settings: Settings) -> Iterator[Cast]:
    """Put the cast into a migrated, empty database."""
    cast = Cast(settings, Backend.connect(settings, settings.database_url, application="lers-test", pool_size=10))
    try:
        with cast.superuser() as connection:
            _insert(connection, cast)
        yield cast
    finally:
        cast.backend.engine.dispose()


def _insert(connection: psycopg.Connection, cast: Cast) -> None:
    for name, (title, kind, code) in _TENANTS.items():
        tenant_id = PLATFORM_TENANT_ID if name == "platform" else new_id()
        cast.tenants[name] = tenant_id
        connection.execute(
            "INSERT INTO app.tenants (id, name, type, code, policy) VALUES (%s,%s,%s,%s,%s)"
            " ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name",
            (tenant_id, title, kind.value, code, Jsonb({"mfa_required": False})),
        )
    for name, (tenant, role, rank, is_admin) in _PEOPLE.items():
        actor = Actor(
            user_id=new_id(),
            tenant_id=cast.tenants[tenant],
            role=role,
            permissions=permissions_of(role, is_tenant_admin=is_admin),
            is_tenant_admin=is_admin,
            email=f"{name}@{tenant}.example",
            name=name.replace("_", " ").title(),
            rank=rank,
            session_id=new_id(),
            proved_at=clock.now(),
        )
        cast.people[name] = actor
        connection.execute(
            "INSERT INTO app.authentication_user (id, email, full_name, role, rank, tenant_id, is_tenant_admin)"
            " VALUES (%s,%s,%s,%s,%s,%s,%s)",
            (actor.user_id, actor.email, actor.name, role.value, rank, actor.tenant_id, is_admin),
        )
