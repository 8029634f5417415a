"""Who there is to be told in a tenant: the addresses and languages that notifications need, read in its own context."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lers_web.domains.identity.models import Tenant, User
from lers_web.kernel.permissions import Role
from lers_web.kernel.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class Addressee:
    """An active person, as far as telling them something needs."""

    id: UUID
    email: str
    name: str
    role: Role
    rank: str | None
    is_tenant_admin: bool
    language: str
    preferences: Mapping[str, Any]


def addressees(uow: UnitOfWork) -> list[Addressee]:
    """Return the active people of the actor's tenant. Row-level security shows no others."""
    rows = uow.session.execute(
        select(
            User.id,
            User.email,
            User.full_name,
            User.role,
            User.rank,
            User.is_tenant_admin,
            User.language,
            User.preferences,
        )
        .where(User.tenant_id == uow.actor.tenant_id, User.is_active, ~User.is_deleted)
        .order_by(User.id)
    )
    return [Addressee(row[0], row[1], row[2], Role(row[3]), *row[4:]) for row in rows]


def tenant_names(uow: UnitOfWork, tenant_ids: set[UUID]) -> dict[UUID, str]:
    """Return the names of tenants, which everybody may know."""
    rows = uow.session.execute(select(Tenant.id, Tenant.name).where(Tenant.id.in_(tenant_ids)))
    return {row[0]: row[1] for row in rows}


def all_tenants(uow: UnitOfWork) -> list[UUID]:
    """Return the ids of all tenants: what a sweep walks through, one context at a time."""
    return list(uow.session.scalars(select(Tenant.id).order_by(Tenant.id)))
