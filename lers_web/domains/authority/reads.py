"""What authority shows: rules and delegations as plain dicts whose keys are the JSON answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, Uuid, and_, column, func, select, table

from lers_web.domains.authority import policy
from lers_web.domains.authority.models import AuthorityRule, Delegation
from lers_web.kernel import clock
from lers_web.kernel.actor import Actor
from lers_web.kernel.errors import NotFound
from lers_web.kernel.paging import Page, close_page, paginate
from lers_web.kernel.uow import UnitOfWork

_TENANT = table("tenants", column("id", Uuid()), column("name", Text()), schema="app")
_CARD = table("user_card", column("id", Uuid()), column("name", Text()), column("rank", Text()), schema="app")
_FROM, _TO = _CARD.alias("giver"), _CARD.alias("deputy")

_RULES = select(
    AuthorityRule.id,
    AuthorityRule.tenant_id,
    _TENANT.c.name.label("_tenant"),
    AuthorityRule.request_type,
    AuthorityRule.legal_mandate_type,
    AuthorityRule.priority,
    AuthorityRule.levels,
    AuthorityRule.note,
    AuthorityRule.version,
    AuthorityRule.created_at,
    AuthorityRule.updated_at,
).join(_TENANT, _TENANT.c.id == AuthorityRule.tenant_id)
_DELEGATIONS = (
    select(
        Delegation.id,
        Delegation.tenant_id,
        Delegation.request_type,
        Delegation.valid_from,
        Delegation.valid_until,
        Delegation.reason,
        Delegation.version,
        Delegation.created_at,
        Delegation.updated_at,
        _FROM.c.id.label("_from_id"),
        _FROM.c.name.label("_from_name"),
        _FROM.c.rank.label("_from_rank"),
        _TO.c.id.label("_to_id"),
        _TO.c.name.label("_to_name"),
        _TO.c.rank.label("_to_rank"),
    )
    .join(_FROM, _FROM.c.id == Delegation.from_user_id)
    .join(_TO, _TO.c.id == Delegation.to_user_id)
)
_RULE_SORTS: Mapping[str, Any] = {"created_at": AuthorityRule.created_at, "updated_at": AuthorityRule.updated_at}
_DELEGATION_SORTS: Mapping[str, Any] = {
    "created_at": Delegation.created_at,
    "updated_at": Delegation.updated_at,
    "valid_until": Delegation.valid_until,
}


def one_rule(uow: UnitOfWork, rule_id: UUID) -> dict[str, Any]:
    """Return one rule of those the caller sees."""
    query = _RULES.where(AuthorityRule.id == rule_id, policy.rules_visible_to(uow.actor))
    row = uow.session.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound("authority rule")
    return _rule(uow.actor, dict(row))


def rules(uow: UnitOfWork, filters: Mapping[str, Any], page: Page) -> dict[str, Any]:
    """Return one page of the rules that the caller sees."""
    conditions = [policy.rules_visible_to(uow.actor)]
    conditions += [
        getattr(AuthorityRule, name) == filters[name]
        for name in ("tenant_id", "request_type")
        if filters.get(name) is not None
    ]
    return _page(uow, _RULES.where(*conditions), page, sorts=_RULE_SORTS, id_column=AuthorityRule.id, shape=_rule)


def one_delegation(uow: UnitOfWork, delegation_id: UUID) -> dict[str, Any]:
    """Return one delegation of those the caller sees."""
    query = _DELEGATIONS.where(Delegation.id == delegation_id, policy.delegations_visible_to(uow.actor))
    row = uow.session.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound("delegation")
    return _delegation(uow.actor, dict(row))


def delegations(uow: UnitOfWork, filters: Mapping[str, Any], page: Page) -> dict[str, Any]:
    """Return one page of the delegations that the caller sees; ``active`` leaves out those not in force now."""
    conditions = [policy.delegations_visible_to(uow.actor)]
    if filters.get("active") is not None:
        in_force = _in_force()
        conditions.append(in_force if filters["active"] else ~in_force)
    return _page(
        uow, _DELEGATIONS.where(*conditions), page, sorts=_DELEGATION_SORTS, id_column=Delegation.id, shape=_delegation
    )


def _in_force() -> ColumnElement[bool]:
    now = clock.now()
    return and_(Delegation.valid_from <= now, Delegation.valid_until > now)


def _page(
    uow: UnitOfWork,
    query: Select[Any],
    page: Page,
    *,
    sorts: Mapping[str, Any],
    id_column: Any,
    shape: Any,
) -> dict[str, Any]:
    rows = uow.session.execute(paginate(query, page, sorts, id_column)).mappings().all()
    total = uow.session.scalar(select(func.count()).select_from(query.order_by(None).subquery()))
    kept, cursor = close_page(rows, page, page.sort.removeprefix("-"))
    return {"items": [shape(uow.actor, dict(row)) for row in kept], "next_cursor": cursor, "total": total}


def _rule(actor: Actor, row: dict[str, Any]) -> dict[str, Any]:
    may = policy.may_write_rules(actor, row["tenant_id"])
    row["tenant"] = {"id": row["tenant_id"], "name": row.pop("_tenant")}
    row["abilities"] = {"update": may, "delete": may}
    return row


def _delegation(actor: Actor, row: dict[str, Any]) -> dict[str, Any]:
    may = policy.may_write_delegation(actor, row["tenant_id"], row["_from_id"])
    row["active"] = row["valid_from"] <= clock.now() < row["valid_until"]
    for side, name in (("from", "from_user"), ("to", "to_user")):
        row[name] = {key: row.pop(f"_{side}_{key}") for key in ("id", "name", "rank")}
    row["abilities"] = {"update": may, "delete": may}
    return row
