"""Providers as the catalog needs them: tenants of identity, read by name, as every tenant may."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Boolean, DateTime, Text, Uuid, column, select, table

from lers_web.kernel.errors import NotFound
from lers_web.kernel.permissions import TenantType
from lers_web.kernel.uow import UnitOfWork

TENANT = table(
    "tenants",
    column("id", Uuid()),
    column("name", Text()),
    column("code", Text()),
    column("type", Text()),
    column("is_active", Boolean()),
    column("is_deleted", Boolean()),
    column("created_at", DateTime(timezone=True)),
    schema="app",
)
IS_PROVIDER = (TENANT.c.type == TenantType.PROVIDER.value) & ~TENANT.c.is_deleted


def require_provider(uow: UnitOfWork, tenant_id: UUID) -> None:
    """Raise ``NotFound`` unless this tenant is a provider."""
    if uow.session.scalar(select(TENANT.c.id).where(TENANT.c.id == tenant_id, IS_PROVIDER)) is None:
        raise NotFound("provider")
