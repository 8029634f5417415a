"""Tenants and people as requests need them: by name, on either side of the wall."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Text, Uuid, column, select, table

from lers_web.kernel.permissions import TenantType
from lers_web.kernel.uow import UnitOfWork

# Two tables of identity that every tenant may read: joined by name, as lists take their names in one statement.
CARD = table(
    "user_card",
    column("id", Uuid()),
    column("tenant_id", Uuid()),
    column("name", Text()),
    column("rank", Text()),
    column("role", Text()),
    column("is_active", Boolean()),
    schema="app",
)
TENANT = table(
    "tenants",
    column("id", Uuid()),
    column("name", Text()),
    column("type", Text()),
    column("code", Text()),
    column("is_active", Boolean()),
    column("is_deleted", Boolean()),
    schema="app",
)


def active_provider(uow: UnitOfWork, tenant_id: UUID) -> Any:
    """Return a provider that takes requests (id, name), or None."""
    return uow.session.execute(
        select(TENANT.c.id, TENANT.c.name).where(
            TENANT.c.id == tenant_id,
            TENANT.c.type == TenantType.PROVIDER.value,
            TENANT.c.is_active,
            ~TENANT.c.is_deleted,
        )
    ).one_or_none()


def tenant_code(uow: UnitOfWork, tenant_id: UUID) -> str:
    """Return the short code of a tenant, as it stands in request numbers."""
    code: str = uow.session.execute(select(TENANT.c.code).where(TENANT.c.id == tenant_id)).scalar_one()
    return code


def active_person(uow: UnitOfWork, user_id: UUID, tenant_id: UUID) -> Any:
    """Return an active person of a tenant (id, name, rank, role), or None."""
    return uow.session.execute(
        select(CARD.c.id, CARD.c.name, CARD.c.rank, CARD.c.role).where(
            CARD.c.id == user_id, CARD.c.tenant_id == tenant_id, CARD.c.is_active
        )
    ).one_or_none()
