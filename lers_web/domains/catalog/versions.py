"""The versions of an item as the API shows them: what it asked for and promised, from the newest to the first."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, func, select

from lers_web.domains.catalog import policy
from lers_web.domains.catalog.models import CatalogVersion
from lers_web.domains.catalog.service import TERMS
from lers_web.kernel.errors import NotFound
from lers_web.kernel.paging import Page, close_page, paginate
from lers_web.kernel.uow import UnitOfWork

_ROWS = select(CatalogVersion.item_id, CatalogVersion.version, CatalogVersion.created_at, CatalogVersion.snapshot)
_SORTS = {"version": CatalogVersion.version, "created_at": CatalogVersion.created_at}


def versions(uow: UnitOfWork, item_id: UUID, page: Page) -> dict[str, Any]:
    """Return a page of the versions of an item that the actor may see; raise ``NotFound`` when there is none."""
    conditions = (CatalogVersion.item_id == item_id, policy.versions_visible_to(uow.actor))
    total = uow.session.scalar(select(func.count()).select_from(CatalogVersion).where(*conditions))
    if not total:
        raise NotFound("catalog item")
    query = paginate(_ROWS.where(*conditions), page, _SORTS, CatalogVersion.item_id)
    rows = uow.session.execute(query).mappings().all()
    kept, following = close_page(rows, page, page.sort.removeprefix("-"), "item_id")
    return {"items": [_shown(row) for row in kept], "next_cursor": following, "total": total}


def version(uow: UnitOfWork, item_id: UUID, number: int) -> dict[str, Any]:
    """Return one version: what a request made from it keeps, also when the item is withdrawn since."""
    query = _ROWS.where(
        CatalogVersion.item_id == item_id,
        CatalogVersion.version == number,
        policy.versions_visible_to(uow.actor),
    )
    row = uow.session.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound("version of this catalog item")
    return _shown(row)


def _shown(row: RowMapping) -> dict[str, Any]:
    terms = {name: row["snapshot"].get(name) for name in TERMS}
    return {"item_id": row["item_id"], "version": row["version"], "created_at": row["created_at"], **terms}
