"""The catalog as the API shows it: items, providers, profiles and their figures, as plain dicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, Select, and_, func, or_, select

from lers_web.domains.catalog import policy
from lers_web.domains.catalog.models import CatalogItem, ServiceProfile
from lers_web.domains.catalog.providers import IS_PROVIDER, TENANT, require_provider
from lers_web.kernel.actor import Actor
from lers_web.kernel.errors import NotFound
from lers_web.kernel.paging import Page, close_page, paginate
from lers_web.kernel.uow import UnitOfWork

_ITEM = CatalogItem.__table__.c
_SHOWN = (
    "id", "name", "description", "category", "request_type", "sla_turnaround_hours", "sla_turnaround_hours_urgent",
    "sla_turnaround_hours_critical", "sla_business_hours_only", "sla_statutory", "actual_avg_turnaround",
    "actual_median_turnaround_hours", "sla_compliance_rate", "total_requests_fulfilled", "required_fields",
    "required_legal_mandate", "requires_mandate_file", "requires_court_order", "output_format", "output_description",
    "sample_output_file_id", "is_active", "is_featured", "notes_for_law_enforcement", "version", "created_at",
    "updated_at",
)  # fmt: skip
_ITEMS = select(
    *(_ITEM[name] for name in _SHOWN),
    _ITEM.provider_tenant_id,
    TENANT.c.name.label("provider_name"),
).join(TENANT, TENANT.c.id == _ITEM.provider_tenant_id)
SORTS = {
    "created_at": CatalogItem.created_at,
    "updated_at": CatalogItem.updated_at,
    "name": CatalogItem.name,
    "sla_turnaround_hours": CatalogItem.sla_turnaround_hours,
    "actual_median_turnaround_hours": CatalogItem.actual_median_turnaround_hours,
    "sla_compliance_rate": CatalogItem.sla_compliance_rate,
    "total_requests_fulfilled": CatalogItem.total_requests_fulfilled,
}

_PROFILE = ServiceProfile.__table__.c
_PROFILE_SHOWN = (
    "service_hours", "time_zone", "country", "state", "own_holidays", "holidays_affect_sla", "nodal_officer_name",
    "nodal_officer_email", "nodal_officer_phone", "emergency_contact", "iso_certified", "data_security_certified",
    "service_commitment",
)  # fmt: skip
_FIGURES = (
    "overall_sla_compliance_rate", "total_requests_received", "total_requests_completed", "total_requests_rejected",
    "total_clarifications", "avg_response_time_hours", "rejection_rate", "clarification_request_rate",
    "metrics_last_updated",
)  # fmt: skip
_PROFILES = (
    select(
        TENANT.c.id.label("tenant_id"),
        TENANT.c.name.label("tenant_name"),
        TENANT.c.code,
        TENANT.c.is_active,
        TENANT.c.created_at,
        _PROFILE.id,
        _PROFILE.version,
        _PROFILE.updated_at,
        *(_PROFILE[name] for name in (*_PROFILE_SHOWN, *_FIGURES)),
    )
    .outerjoin(ServiceProfile, ServiceProfile.provider_tenant_id == TENANT.c.id)
    .where(IS_PROVIDER)
)
# What holds for a provider that has said nothing yet.
_UNSAID = {
    "service_hours": "24x7", "time_zone": "Asia/Kolkata", "own_holidays": [], "holidays_affect_sla": True,
    "iso_certified": False, "data_security_certified": False, "total_requests_received": 0,
    "total_requests_completed": 0, "total_requests_rejected": 0, "total_clarifications": 0, "version": 0,
}  # fmt: skip
DEFINITIONS = {
    "total_requests_received": "Requests submitted to the provider, at any time.",
    "total_requests_completed": "Received requests that are COMPLETED.",
    "total_requests_rejected": "Received requests that the provider declined.",
    "total_clarifications": "Questions that the provider asked in received requests.",
    "overall_sla_compliance_rate": "Percent of completed requests whose completed_at was not after sla_due_date.",
    "avg_response_time_hours": "Average elapsed hours from submission to completion of completed requests.",
    "rejection_rate": "Percent of received requests that the provider declined.",
    "clarification_request_rate": "Questions per hundred received requests.",
    "actual_avg_turnaround": "Average elapsed hours from submission to completion of the item's completed requests.",
    "actual_median_turnaround_hours": "Median of the same hours.",
    "sla_compliance_rate": "Percent of the item's completed requests that were completed in time.",
    "total_requests_fulfilled": "Completed requests made from the item.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What to look for in the catalog."""

    provider_tenant_id: UUID | None = None
    category: str | None = None
    request_type: str | None = None
    q: str | None = None
    featured: bool | None = None
    is_active: bool | None = None
    max_turnaround_hours: int | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """The conditions to add to a query on items."""
        found: list[ColumnElement[bool]] = []
        if self.provider_tenant_id is not None:
            found.append(CatalogItem.provider_tenant_id == self.provider_tenant_id)
        if self.category is not None:
            found.append(func.lower(CatalogItem.category) == self.category.lower())
        if self.request_type is not None:
            found.append(CatalogItem.request_type == self.request_type)
        if self.featured is not None:
            found.append(CatalogItem.is_featured.is_(self.featured))
        if self.is_active is not None:
            found.append(CatalogItem.is_active.is_(self.is_active))
        if self.max_turnaround_hours is not None:
            found.append(CatalogItem.sla_turnaround_hours <= self.max_turnaround_hours)
        found.extend(_holds(word) for word in (self.q or "").split())
        return found


def _holds(word: str) -> ColumnElement[bool]:
    """Whether an item's name, description, category or provider holds a word."""
    places = (CatalogItem.name, CatalogItem.description, CatalogItem.category, TENANT.c.name)
    return or_(*(place.icontains(word, autoescape=True) for place in places))


def items(uow: UnitOfWork, wanted: Filter, page: Page) -> dict[str, Any]:
    """Return a page of the items that the actor may see."""
    conditions = (policy.visible_to(uow.actor), *wanted.conditions())
    query = paginate(_ITEMS.where(*conditions), page, SORTS, CatalogItem.id)
    rows = uow.session.execute(query).mappings().all()
    kept, following = close_page(rows, page, page.sort.removeprefix("-"))
    counted = select(func.count()).select_from(CatalogItem).join(TENANT, TENANT.c.id == _ITEM.provider_tenant_id)
    total = uow.session.scalar(counted.where(*conditions))
    return {"items": [_item(row, uow.actor) for row in kept], "next_cursor": following, "total": total or 0}


def categories(uow: UnitOfWork) -> dict[str, Any]:
    """Return the categories of the items that the actor may see, with how many there are in each."""
    rows = uow.session.execute(
        select(func.min(CatalogItem.category), func.count())
        .where(policy.visible_to(uow.actor))
        .group_by(func.lower(CatalogItem.category))
        .order_by(func.lower(CatalogItem.category))
    ).all()
    found = [{"category": name, "item_count": number} for name, number in rows]
    return {"items": found, "next_cursor": None, "total": len(found)}


def item(uow: UnitOfWork, item_id: UUID) -> dict[str, Any]:
    """Return one item, or raise ``NotFound``."""
    uow.session.flush()  # shows what this transaction has just changed
    row = uow.session.execute(_ITEMS.where(_ITEM.id == item_id, policy.visible_to(uow.actor))).mappings().one_or_none()
    if row is None:
        raise NotFound("catalog item")
    return _item(row, uow.actor)


def _item(row: RowMapping, actor: Actor) -> dict[str, Any]:
    return {
        **{name: row[name] for name in _SHOWN},
        "provider_tenant": {"id": row["provider_tenant_id"], "name": row["provider_name"]},
        "abilities": policy.abilities(actor, row["provider_tenant_id"]),
    }


def providers(uow: UnitOfWork, q: str | None, page: Page) -> dict[str, Any]:
    """Return a page of the active providers: who they are, how they work, how they kept their promises."""
    conditions: list[ColumnElement[bool]] = [TENANT.c.is_active]
    if q:
        conditions.append(TENANT.c.name.icontains(q, autoescape=True))
    sorts = {"created_at": TENANT.c.created_at, "name": TENANT.c.name}
    offered = (
        select(func.count())
        .select_from(CatalogItem)
        .where(CatalogItem.provider_tenant_id == TENANT.c.id, CatalogItem.is_active, ~CatalogItem.is_deleted)
        .correlate(TENANT)
        .scalar_subquery()
    )
    query: Select[Any] = _PROFILES.add_columns(offered.label("item_count")).where(*conditions)
    rows = uow.session.execute(paginate(query, page, sorts, TENANT.c.id)).mappings().all()
    kept, following = close_page(rows, page, page.sort.removeprefix("-"), "tenant_id")
    total = uow.session.scalar(select(func.count()).select_from(TENANT).where(and_(IS_PROVIDER, *conditions)))
    return {"items": [_provider(row) for row in kept], "next_cursor": following, "total": total or 0}


def _provider(row: RowMapping) -> dict[str, Any]:
    said = _filled(row)
    return {
        "id": row["tenant_id"],
        "name": row["tenant_name"],
        "code": row["code"],
        "item_count": row["item_count"],
        **{name: said[name] for name in ("service_hours", "time_zone", "service_commitment", "iso_certified")},
        **{name: said[name] for name in ("data_security_certified", "overall_sla_compliance_rate")},
        "avg_response_time_hours": said["avg_response_time_hours"],
    }


def _filled(row: RowMapping) -> dict[str, Any]:
    return {name: _UNSAID.get(name) if value is None else value for name, value in row.items()}


def profile(uow: UnitOfWork, provider_id: UUID) -> dict[str, Any]:
    """Return a provider's service profile; what it never said holds by default, at version 0."""
    row = _one_profile(uow, provider_id)
    said = _filled(row)
    return {
        "provider_tenant": {"id": row["tenant_id"], "name": row["tenant_name"]},
        **{name: said[name] for name in _PROFILE_SHOWN},
        **{name: said[name] for name in _FIGURES},
        "version": said["version"],
        "updated_at": row["updated_at"],
        "abilities": {"update": policy.may_write(uow.actor, provider_id)},
    }


def metrics(uow: UnitOfWork, provider_id: UUID) -> dict[str, Any]:
    """Return a provider's figures and those of its items, each with its definition."""
    said = _filled(_one_profile(uow, provider_id))
    query = (
        select(
            CatalogItem.id,
            CatalogItem.name,
            CatalogItem.sla_turnaround_hours,
            CatalogItem.actual_avg_turnaround,
            CatalogItem.actual_median_turnaround_hours,
            CatalogItem.sla_compliance_rate,
            CatalogItem.total_requests_fulfilled,
        )
        .where(CatalogItem.provider_tenant_id == provider_id, policy.visible_to(uow.actor))
        .order_by(CatalogItem.name, CatalogItem.id)
    )
    return {
        "provider_tenant": {"id": said["tenant_id"], "name": said["tenant_name"]},
        **{name: said[name] for name in _FIGURES},
        "items": [dict(row) for row in uow.session.execute(query).mappings()],
        "definitions": DEFINITIONS,
    }


def _one_profile(uow: UnitOfWork, provider_id: UUID) -> RowMapping:
    require_provider(uow, provider_id)
    uow.session.flush()  # shows what this transaction has just changed
    return uow.session.execute(_PROFILES.where(TENANT.c.id == provider_id)).mappings().one()
