"""Templates as the API shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, DateTime, RowMapping, Text, Uuid, column, func, select, table

from lers_web.domains.templates import policy
from lers_web.domains.templates.models import Template
from lers_web.kernel.actor import Actor
from lers_web.kernel.errors import NotFound
from lers_web.kernel.paging import Page, close_page, paginate
from lers_web.kernel.permissions import Permission
from lers_web.kernel.uow import UnitOfWork

_CARD = table("user_card", column("id", Uuid()), column("name", Text()), column("rank", Text()), schema="app")
_TENANT = table("tenants", column("id", Uuid()), column("name", Text()), schema="app")
_ITEM = table(
    "lers_provider_data_catalog",
    column("id", Uuid()),
    column("name", Text()),
    column("updated_at", DateTime(timezone=True)),
    column("is_active", Boolean()),
    column("is_deleted", Boolean()),
    schema="app",
)
_T = Template.__table__.c
_PLAIN = (
    "id", "name", "description", "catalog_item_id", "request_type", "content", "is_shared", "usage_count",
    "last_used_at", "version", "created_at", "updated_at",
)  # fmt: skip
_ROWS = (
    select(
        *(_T[name] for name in _PLAIN),
        _T.created_by_id,
        _CARD.c.name.label("maker_name"),
        _CARD.c.rank.label("maker_rank"),
        _T.provider_tenant_id,
        _TENANT.c.name.label("provider_name"),
        _ITEM.c.name.label("item_name"),
        _ITEM.c.updated_at.label("item_updated_at"),
        (_ITEM.c.is_active & ~_ITEM.c.is_deleted).label("item_offered"),
    )
    .outerjoin(_CARD, _CARD.c.id == _T.created_by_id)
    .outerjoin(_TENANT, _TENANT.c.id == _T.provider_tenant_id)
    .outerjoin(_ITEM, _ITEM.c.id == _T.catalog_item_id)
)
SORTS = {
    "created_at": Template.created_at,
    "updated_at": Template.updated_at,
    "name": Template.name,
    "usage_count": Template.usage_count,
    "last_used_at": Template.last_used_at,
}
_EQUAL = ("catalog_item_id", "provider_tenant_id", "request_type")


def page(uow: UnitOfWork, filters: Mapping[str, Any], at: Page) -> dict[str, Any]:
    """Return a page of the templates that the actor may see."""
    uow.actor.require(Permission.TEMPLATE_READ)
    conditions = [policy.visible_to(uow.actor)]
    conditions += [
        Template.name.icontains(word, autoescape=True) | Template.description.icontains(word, autoescape=True)
        for word in (filters.get("q") or "").split()
    ]
    conditions += [_T[name] == filters[name] for name in _EQUAL if filters.get(name) is not None]
    rows = uow.session.execute(paginate(_ROWS.where(*conditions), at, SORTS, Template.id)).mappings().all()
    kept, following = close_page(rows, at, at.sort.removeprefix("-"))
    total = uow.session.scalar(select(func.count()).select_from(Template).where(*conditions))
    return {"items": [_shown(row, uow.actor) for row in kept], "next_cursor": following, "total": total or 0}


def one(uow: UnitOfWork, template_id: UUID) -> dict[str, Any]:
    """Return one template, or raise ``NotFound``."""
    uow.session.flush()  # shows what this transaction has just changed
    query = _ROWS.where(_T.id == template_id, policy.visible_to(uow.actor))
    row = uow.session.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound("template")
    return _shown(row, uow.actor)


def _shown(row: RowMapping, actor: Actor) -> dict[str, Any]:
    provider = row["provider_tenant_id"]
    return {
        **{name: row[name] for name in _PLAIN},
        "catalog_item_name": row["item_name"],
        "catalog_item_updated_at": row["item_updated_at"],
        "catalog_item_offered": row["item_offered"],
        "provider_tenant": None if provider is None else {"id": provider, "name": row["provider_name"]},
        "created_by": {"id": row["created_by_id"], "name": row["maker_name"] or "", "rank": row["maker_rank"]},
        "abilities": policy.abilities(actor, row["created_by_id"]),
    }
