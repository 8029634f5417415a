"""Who sees and who changes the catalog: everybody reads what is offered, a provider changes its own."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select, true

from lers_web.domains.catalog.models import CatalogItem, CatalogVersion
from lers_web.kernel.actor import Actor
from lers_web.kernel.errors import Forbidden
from lers_web.kernel.permissions import Permission, Role


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The row filter of every query on items: what is offered; its provider and administrators see withdrawn ones."""
    if actor.role is Role.SUPER_ADMIN:
        offered: ColumnElement[bool] = true()
    else:
        offered = or_(CatalogItem.is_active, CatalogItem.provider_tenant_id == actor.tenant_id)
    return and_(~CatalogItem.is_deleted, offered)


def samples_seen_by(actor: Actor) -> Select[UUID | None]:
    """Select the files that the items the actor sees show as their samples: what ``files`` asks before it opens one."""
    sample = CatalogItem.sample_output_file_id
    return select(sample).where(visible_to(actor), sample.is_not(None))


def versions_visible_to(actor: Actor) -> ColumnElement[bool]:
    """The row filter of reads of versions: what was once offered stays known, as requests were made from it."""
    if actor.role is Role.SUPER_ADMIN:
        return true()
    return or_(CatalogVersion.snapshot["is_active"].as_boolean(), CatalogVersion.provider_tenant_id == actor.tenant_id)


def may_write(actor: Actor, provider_tenant_id: UUID) -> bool:
    """Whether the caller may change what this provider offers and says of itself."""
    if not actor.can(Permission.CATALOG_WRITE):
        return False
    return actor.role is Role.SUPER_ADMIN or actor.tenant_id == provider_tenant_id


def require_write(actor: Actor, provider_tenant_id: UUID) -> None:
    """Raise ``Forbidden`` unless the caller may change this provider's catalog and profile."""
    actor.require(Permission.CATALOG_WRITE)
    if not may_write(actor, provider_tenant_id):
        raise Forbidden("Only the provider itself may change its catalog and its profile.")


def abilities(actor: Actor, provider_tenant_id: UUID) -> dict[str, bool]:
    """What the caller may do with an item."""
    own = may_write(actor, provider_tenant_id)
    return {"update": own, "delete": own, "request": actor.can(Permission.REQUEST_CREATE)}
