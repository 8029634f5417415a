"""Use cases of templates: prepared requests of a unit. ``use`` makes a DRAFT of one and counts it.

A template holds what is the same in many cases. Identifiers, files and the case at hand never stand in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from lers_web.domains.catalog import service as catalog
from lers_web.domains.requests import service as requests
from lers_web.domains.templates import policy
from lers_web.domains.templates.models import Template
from lers_web.kernel import clock
from lers_web.kernel.errors import Invalid, NotFound, StaleVersion
from lers_web.kernel.permissions import Permission
from lers_web.kernel.uow import UnitOfWork

WRITABLE = ("name", "description", "catalog_item_id", "provider_tenant_id", "request_type", "content", "is_shared")
ADDRESS = ("catalog_item_id", "provider_tenant_id", "request_type")
CONTENT = (
    "answers", "description", "date_range_from", "date_range_to", "legal_mandate_type", "court_order_number",
    "priority", "case_reference", "notes", "metadata", *ADDRESS,
)  # fmt: skip


def load_template(uow: UnitOfWork, template_id: UUID, *, lock: bool = False) -> Template:
    """Load a template the actor may see. One they may not see does not exist for them."""
    query = select(Template).where(Template.id == template_id, policy.visible_to(uow.actor))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    template = uow.session.scalar(query)
    if template is None:
        raise NotFound("template")
    return template


def create(uow: UnitOfWork, data: Mapping[str, Any]) -> Template:
    """Keep a new template of the actor's unit."""
    _require_write(uow)
    values = {name: data[name] for name in WRITABLE if name in data}
    _check(uow, values)
    template = Template(tenant_id=uow.actor.tenant_id, created_by_id=uow.actor.user_id, version=1, **values)
    _refuse_identifiers(uow, template)
    uow.session.add(template)
    uow.session.flush()  # the audit entry names its id
    uow.audit("template:create", "template", template.id, version=1, change={"fields": sorted(values)})
    return template


def change(uow: UnitOfWork, template_id: UUID, data: Mapping[str, Any], *, expected_version: int | None) -> Template:
    """Change a template. Drafts made from it stay as they are."""
    template = _for_change(uow, template_id, expected_version)
    values = {name: data[name] for name in WRITABLE if name in data}
    _check(uow, values)
    for name, value in values.items():
        setattr(template, name, value)
    _refuse_identifiers(uow, template)
    template.version += 1
    uow.audit("template:update", "template", template.id, version=template.version, change={"fields": sorted(values)})
    return template


def remove(uow: UnitOfWork, template_id: UUID, *, expected_version: int | None) -> None:
    """Take a template away. Drafts made from it stay as they are."""
    template = _for_change(uow, template_id, expected_version)
    template.is_deleted = True
    template.version += 1
    uow.audit("template:delete", "template", template.id, version=template.version)


def prepared(template: Template) -> dict[str, Any]:
    """Return the draft's fields that a template fills, as they were written."""
    address = {name: getattr(template, name) for name in ADDRESS if getattr(template, name) is not None}
    plain = {name: str(value) for name, value in address.items()}
    return {**plain, **template.content}


def merged(template: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Put what a case adds over what the template prepared. Another item, provider or type takes the whole address."""
    kept = dict(template)
    if any(given.get(name) is not None for name in ADDRESS):
        kept = {name: value for name, value in kept.items() if name not in ADDRESS}
    return {**kept, **given}


def use(uow: UnitOfWork, template_id: UUID, data: Mapping[str, Any]) -> UUID:
    """Make a DRAFT from ``data`` (what the template prepared, and what this case adds) and count the use."""
    template = load_template(uow, template_id)
    request = requests.create(uow, data)
    uow.session.execute(
        update(Template)
        .where(Template.id == template.id)
        # Counted in the database: two uses at once are two. It is no new version: nobody edited anything.
        .values(usage_count=Template.usage_count + 1, last_used_at=clock.now(), updated_at=Template.updated_at)
        .execution_options(synchronize_session=False)
    )
    uow.audit("template:use", "template", template.id, request_id=request.id, version=template.version)
    return request.id


def _for_change(uow: UnitOfWork, template_id: UUID, expected_version: int | None) -> Template:
    _require_write(uow)
    template = load_template(uow, template_id, lock=True)
    policy.require_change(uow.actor, template.created_by_id)
    if expected_version not in (None, template.version):
        raise StaleVersion("The template has changed since you read it. Read it again, then change it.")
    return template


def _require_write(uow: UnitOfWork) -> None:
    """Templates are the agencies': a provider's administrator has no use for them."""
    uow.actor.require(Permission.TEMPLATE_READ)
    uow.actor.require(Permission.TEMPLATE_WRITE)


def _check(uow: UnitOfWork, values: Mapping[str, Any]) -> None:
    errors: dict[str, list[str]] = {}
    unknown = sorted(set(values.get("content") or {}) - set(CONTENT))
    for name in unknown:
        errors[f"content.{name}"] = [
            "Identifiers, files and other requests belong to a case: a template never holds them."
            if name in {"identifiers", "legal_mandate_file_id", "parent_request_id"}
            else "A draft has no such field."
        ]
    item_id = values.get("catalog_item_id")
    if item_id is not None:
        item = catalog.current_item(uow, item_id)
        if item is None:
            errors["catalog_item_id"] = ["There is no such item in the catalog."]
        elif values.get("provider_tenant_id") not in (None, item["provider_tenant_id"]):
            errors["provider_tenant_id"] = ["The item belongs to another provider."]
    if errors:
        raise Invalid(errors=errors)


def _refuse_identifiers(uow: UnitOfWork, template: Template) -> None:
    """Refuse identifiers that stand among the answers: a template is kept in clear."""
    answers = (template.content or {}).get("answers")
    item = catalog.current_item(uow, template.catalog_item_id) if template.catalog_item_id else None
    if item is None or not isinstance(answers, Mapping):
        return
    errors = {
        f"content.answers.{each['name']}": ["Identifiers belong to a case: a template never holds them."]
        for each in catalog.version_of(uow, item["id"], item["version"])["required_fields"]
        if each.get("kind") == "IDENTIFIER" and answers.get(each["name"]) not in (None, "")
    }
    if errors:
        raise Invalid(errors=errors)
