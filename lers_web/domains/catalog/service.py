"""Use cases of the catalog: items with their versions, and the profile in which a provider says how it works.

A change of an item makes a new version; requests keep the one they were made from. How promises were kept stands in
``figures``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lers_web.domains.catalog import policy, required_fields
from lers_web.domains.catalog.figures import Figures, ItemFigures, keep_figures, lock_figures
from lers_web.domains.catalog.models import CatalogItem, CatalogVersion, ServiceProfile
from lers_web.domains.catalog.providers import require_provider
from lers_web.domains.files import service as files
from lers_web.kernel.errors import Invalid, NotFound, StaleVersion
from lers_web.kernel.permissions import Role
from lers_web.kernel.uow import UnitOfWork

__all__ = [
    "Figures",
    "ItemFigures",
    "create_item",
    "current_item",
    "delete_item",
    "keep_figures",
    "load_item",
    "lock_figures",
    "require_profile_write",
    "update_item",
    "version_of",
    "write_profile",
]

SAMPLE = "SAMPLE"
TERMS = (
    "name", "description", "category", "request_type", "sla_turnaround_hours", "sla_turnaround_hours_urgent",
    "sla_turnaround_hours_critical", "sla_business_hours_only", "sla_statutory", "required_fields",
    "required_legal_mandate", "requires_mandate_file", "requires_court_order", "output_format", "output_description",
    "is_active", "is_featured", "notes_for_law_enforcement",
)  # fmt: skip
WRITABLE = (*TERMS, "sample_output_file_id")
PROFILE = (
    "service_hours", "time_zone", "country", "state", "own_holidays", "holidays_affect_sla", "nodal_officer_name",
    "nodal_officer_email", "nodal_officer_phone", "emergency_contact", "iso_certified", "data_security_certified",
    "service_commitment",
)  # fmt: skip


# --- items ---------------------------------------------------------------------------------------------------------


def load_item(uow: UnitOfWork, item_id: UUID) -> CatalogItem:
    """Load an item the actor may see. One they may not see does not exist for them."""
    item = uow.session.scalar(select(CatalogItem).where(CatalogItem.id == item_id, policy.visible_to(uow.actor)))
    if item is None:
        raise NotFound("catalog item")
    return item


def create_item(uow: UnitOfWork, data: Mapping[str, Any]) -> CatalogItem:
    """Offer a new item. A provider offers its own; an administrator names the provider."""
    provider_id = _provider_for(uow, data.get("provider_tenant_id"))
    policy.require_write(uow.actor, provider_id)
    require_provider(uow, provider_id)
    values = {name: data[name] for name in WRITABLE if name in data}
    _check(uow, values, provider_id)
    item = CatalogItem(provider_tenant_id=provider_id, version=1, **values)
    uow.session.add(item)
    uow.session.flush()  # the version's foreign key needs the row, and the snapshot its defaults
    _keep_version(uow, item)
    uow.audit("catalog:create", "catalog_item", item.id, version=1, change={"fields": sorted(values)})
    return item


def update_item(
    uow: UnitOfWork, item_id: UUID, changes: Mapping[str, Any], *, expected_version: int | None
) -> CatalogItem:
    """Change an item: a new version, unless nothing differs. Requests made from it keep theirs."""
    item = _locked(uow, item_id, expected_version)
    wanted = changes.get("provider_tenant_id")
    if wanted not in (None, item.provider_tenant_id):
        raise Invalid(errors={"provider_tenant_id": ["An item stays with its provider: make a new one there."]})
    values = {name: changes[name] for name in WRITABLE if name in changes}
    different = {name: value for name, value in values.items() if getattr(item, name) != value}
    if not different:
        return item
    _check(uow, different, item.provider_tenant_id)
    _check_promises({name: different.get(name, getattr(item, name)) for name in _PROMISES})
    for name, value in different.items():
        setattr(item, name, value)
    item.version += 1
    _keep_version(uow, item)
    uow.audit("catalog:update", "catalog_item", item.id, version=item.version, change={"fields": sorted(different)})
    return item


def delete_item(uow: UnitOfWork, item_id: UUID, *, expected_version: int | None) -> None:
    """Take an item out of the catalog. Requests made from it keep what they were made from."""
    item = _locked(uow, item_id, expected_version)
    item.is_deleted = True
    item.is_active = False
    item.version += 1
    uow.audit("catalog:delete", "catalog_item", item.id, version=item.version)


def version_of(uow: UnitOfWork, item_id: UUID, version: int) -> dict[str, Any]:
    """Return what an item asked for and promised at a version: the terms that a request made from it keeps."""
    snapshot = uow.session.scalar(
        select(CatalogVersion.snapshot).where(CatalogVersion.item_id == item_id, CatalogVersion.version == version)
    )
    if snapshot is None:
        raise NotFound("version of this catalog item")
    return dict(snapshot)


def current_item(uow: UnitOfWork, item_id: UUID) -> dict[str, Any] | None:
    """Return what a new request is made from: id, provider, type, version, and whether it is offered; or None."""
    row = (
        uow.session.execute(
            select(
                CatalogItem.id,
                CatalogItem.provider_tenant_id,
                CatalogItem.request_type,
                CatalogItem.name,
                CatalogItem.version,
                CatalogItem.is_active,
            ).where(CatalogItem.id == item_id, ~CatalogItem.is_deleted)
        )
        .mappings()
        .one_or_none()
    )
    return dict(row) if row is not None else None


def _provider_for(uow: UnitOfWork, named: UUID | None) -> UUID:
    if named is not None:
        return named
    if uow.actor.role is Role.SUPER_ADMIN:
        raise Invalid(errors={"provider_tenant_id": ["Name the provider whose item this is."]})
    return uow.actor.tenant_id


def _locked(uow: UnitOfWork, item_id: UUID, expected_version: int | None) -> CatalogItem:
    policy.require_write(uow.actor, load_item(uow, item_id).provider_tenant_id)
    item = uow.session.scalar(
        select(CatalogItem)
        .where(CatalogItem.id == item_id, ~CatalogItem.is_deleted)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if item is None:
        raise NotFound("catalog item")
    if expected_version not in (None, item.version):
        raise StaleVersion("The item has changed since you read it. Read it again, then change it.")
    return item


def _keep_version(uow: UnitOfWork, item: CatalogItem) -> None:
    uow.session.add(
        CatalogVersion(
            item_id=item.id,
            version=item.version,
            provider_tenant_id=item.provider_tenant_id,
            snapshot={name: getattr(item, name) for name in TERMS},
        )
    )


_PROMISES = ("sla_turnaround_hours", "sla_turnaround_hours_urgent", "sla_turnaround_hours_critical")


def _check(uow: UnitOfWork, values: Mapping[str, Any], provider_id: UUID) -> None:
    errors = required_fields.problems_of(values.get("required_fields") or ())
    file_id = values.get("sample_output_file_id")
    if file_id is not None:
        sentences = files.usable_problems(files.facts(uow, [file_id]), [file_id], [SAMPLE], provider_id)
        if sentences:
            errors["sample_output_file_id"] = list(sentences)
    if errors:
        raise Invalid(errors=errors)
    if "sla_turnaround_hours" in values:
        _check_promises(values)


def _check_promises(values: Mapping[str, Any]) -> None:
    """The more urgent a request, the sooner the answer: a promise that grows with urgency is a slip of the pen."""
    last, errors = values["sla_turnaround_hours"], {}
    for name in _PROMISES[1:]:
        hours = values.get(name)
        if hours is not None and hours > last:
            errors[name] = [f"{hours} hours is more than the calmer priority's {last}."]
        last = hours if hours is not None else last
    if errors:
        raise Invalid(errors=errors)


# --- service profile -----------------------------------------------------------------------------------------------


def require_profile_write(uow: UnitOfWork, provider_id: UUID) -> None:
    """Raise unless this is a provider (``NotFound``) whose profile the actor may write (``Forbidden``)."""
    require_provider(uow, provider_id)
    policy.require_write(uow.actor, provider_id)


def write_profile(
    uow: UnitOfWork, provider_id: UUID, values: Mapping[str, Any], *, expected_version: int | None
) -> ServiceProfile:
    """Keep what a provider says of how it works. Hours are checked before, by ``sla.profile``, which calls this."""
    require_profile_write(uow, provider_id)
    profile = _profile_for_update(uow, provider_id)
    version = profile.version if profile is not None else 0
    if expected_version not in (None, version):
        raise StaleVersion("The profile has changed since you read it. Read it again, then change it.")
    if profile is None:
        profile = ServiceProfile(provider_tenant_id=provider_id, version=1)
        uow.session.add(profile)
    else:
        profile.version += 1
    for name in PROFILE:
        if name in values:
            setattr(profile, name, values[name])
    uow.session.flush()  # a rival's first profile is found here, by the unique key, and not at the commit
    uow.audit(
        "catalog:profile_update", "service_profile", profile.id, version=profile.version,
        change={"fields": sorted(name for name in PROFILE if name in values)},
    )  # fmt: skip
    return profile


def _profile_for_update(uow: UnitOfWork, provider_id: UUID) -> ServiceProfile | None:
    return uow.session.scalar(
        select(ServiceProfile)
        .where(ServiceProfile.provider_tenant_id == provider_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
