"""Break-glass sessions as the API shows them: plain dicts whose keys are the JSON answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Text, Uuid, column, func, select, table

from lers_web.domains.access import policy
from lers_web.domains.access.models import BreakGlass
from lers_web.domains.access.states import State
from lers_web.kernel.actor import Actor
from lers_web.kernel.errors import NotFound
from lers_web.kernel.paging import Page, close_page, paginate
from lers_web.kernel.uow import UnitOfWork

# Names that a session shows: two tables of identity that everybody reads, and the number of the request.
_CARD = table("user_card", column("id", Uuid()), column("name", Text()), column("rank", Text()), schema="app")
_TENANT = table("tenants", column("id", Uuid()), column("name", Text()), schema="app")
_REQUEST = table(
    "lers_requests",
    column("id", Uuid()),
    column("request_number", Text()),
    column("agency_tenant_id", Uuid()),
    column("provider_tenant_id", Uuid()),
    schema="app",
)
_ASKER, _CONFIRMER, _ENDER = _CARD.alias("asker"), _CARD.alias("confirmer"), _CARD.alias("ender")
_AGENCY, _PROVIDER = _TENANT.alias("agency"), _TENANT.alias("provider")
_PEOPLE = (("asked_by", _ASKER), ("confirmed_by", _CONFIRMER), ("ended_by", _ENDER))
_TENANTS = (("agency_tenant", _AGENCY), ("provider_tenant", _PROVIDER))

_ROWS = (
    select(
        BreakGlass.id,
        BreakGlass.request_id,
        _REQUEST.c.request_number,
        BreakGlass.reason,
        policy.STATE.label("state"),
        BreakGlass.two_person,
        BreakGlass.asked_by_id,
        BreakGlass.opened_at,
        BreakGlass.expires_at,
        BreakGlass.ended_at,
        BreakGlass.version,
        BreakGlass.created_at,
        *(person.c[name].label(f"_{who}_{name}") for who, person in _PEOPLE for name in ("id", "name", "rank")),
        *(tenant.c[name].label(f"_{which}_{name}") for which, tenant in _TENANTS for name in ("id", "name")),
    )
    .join(_REQUEST, _REQUEST.c.id == BreakGlass.request_id)
    .join(_AGENCY, _AGENCY.c.id == _REQUEST.c.agency_tenant_id)
    .join(_PROVIDER, _PROVIDER.c.id == _REQUEST.c.provider_tenant_id)
    .join(_ASKER, _ASKER.c.id == BreakGlass.asked_by_id)
    .outerjoin(_CONFIRMER, _CONFIRMER.c.id == BreakGlass.confirmed_by_id)
    .outerjoin(_ENDER, _ENDER.c.id == BreakGlass.ended_by_id)
)
_SORTS: Mapping[str, Any] = {"created_at": BreakGlass.created_at, "expires_at": BreakGlass.expires_at}


def one(uow: UnitOfWork, session_id: UUID) -> dict[str, Any]:
    """Return one session that the caller sees."""
    uow.session.flush()  # shows what this transaction has just changed
    query = _ROWS.where(BreakGlass.id == session_id, policy.visible_to(uow.actor))
    row = uow.session.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound("break-glass session")
    return _shown(row, uow.actor)


def page(uow: UnitOfWork, filters: Mapping[str, Any], at: Page) -> dict[str, Any]:
    """Return a page of the caller's own sessions, those they confirmed, and those that wait for a second person."""
    conditions = [policy.visible_to(uow.actor)]
    if filters.get("request_id") is not None:
        conditions.append(BreakGlass.request_id == filters["request_id"])
    if filters.get("state") is not None:
        conditions.append(policy.in_state(State(filters["state"])))
    rows = uow.session.execute(paginate(_ROWS.where(*conditions), at, _SORTS, BreakGlass.id)).mappings().all()
    kept, following = close_page(rows, at, at.sort.removeprefix("-"))
    total = uow.session.scalar(select(func.count()).select_from(BreakGlass).where(*conditions))
    return {"items": [_shown(row, uow.actor) for row in kept], "next_cursor": following, "total": total or 0}


def _shown(row: RowMapping, actor: Actor) -> dict[str, Any]:
    data: dict[str, Any] = {str(key): value for key, value in row.items()}
    data["abilities"] = policy.abilities(actor, data)
    del data["asked_by_id"]
    for who, _ in _PEOPLE:
        person = {name: data.pop(f"_{who}_{name}") for name in ("id", "name", "rank")}
        data[who] = person if person["id"] is not None else None
    for which, _ in _TENANTS:
        data[which] = {name: data.pop(f"_{which}_{name}") for name in ("id", "name")}
    return data
