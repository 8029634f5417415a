"""Drafts: made, changed and taken back by the officer who asks. Only a DRAFT is ever written to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as pg_insert

from lers_web.domains.catalog import service as catalog
from lers_web.domains.files import service as files
from lers_web.domains.requests import answers, identifier_store, policy
from lers_web.domains.requests.events import RequestChanged
from lers_web.domains.requests.lifecycle import locked_for, touch
from lers_web.domains.requests.models import Request, RequestCounter
from lers_web.domains.requests.people import active_provider, tenant_code
from lers_web.domains.requests.problems import MANDATE_PURPOSE
from lers_web.domains.requests.states import Action, Priority, Status
from lers_web.domains.requests.terms import terms_of
from lers_web.kernel import clock
from lers_web.kernel.errors import Invalid
from lers_web.kernel.ids import new_id
from lers_web.kernel.uow import UnitOfWork

PLAIN_FIELDS: Mapping[str, Any] = {
    "description": None,
    "date_range_from": None,
    "date_range_to": None,
    "legal_mandate_type": None,
    "court_order_number": None,
    "case_reference": None,
    "notes": None,
    "priority": Priority.NORMAL.value,
    "answers": {},
    "metadata": {},
}
"""Fields that are written as they are, with what a PUT gives to those it leaves out."""

ADDRESS_FIELDS = ("catalog_item_id", "provider_tenant_id", "request_type")
WRITABLE = (*PLAIN_FIELDS, *ADDRESS_FIELDS, "identifiers", "legal_mandate_file_id", "parent_request_id")


def create(uow: UnitOfWork, data: Mapping[str, Any]) -> Request:
    """Make a DRAFT of the caller's and give it its number. Needs a catalog item, or a provider and a type."""
    policy.require_role(uow.actor, Action.UPDATE)
    address = _address(uow, data)
    request = Request(
        id=new_id(),
        agency_tenant_id=uow.actor.tenant_id,
        created_by_id=uow.actor.user_id,
        status=Status.DRAFT.value,
        version=1,
        approval_route=[],
        request_number="",
        **address,
    )
    for name, default in PLAIN_FIELDS.items():
        _set_plain(request, name, data.get(name, default))
    answers.adopt_period(request)
    identifiers = _with_answered(uow, request, data.get("identifiers") or [])
    if request.legal_mandate_type is None:
        request.legal_mandate_type = _implied_mandate(uow, request)
    request.parent_request_id = _parent(uow, request, data.get("parent_request_id"))
    file_id = _mandate_file(uow, data.get("legal_mandate_file_id"))
    request.legal_mandate_file_id = file_id
    # The counter's row is a lock on all drafts of the unit until the commit: taken after all that may be refused.
    with uow.session.no_autoflush:
        request.request_number = next_number(uow)
    uow.session.add(request)
    uow.session.flush()  # identifiers, the file's link and the audit entry refer to the row
    if identifiers:
        identifier_store.store(uow, request, identifiers)
    if file_id is not None:
        files.link(uow, file_id, request.id)
    uow.audit(
        "request:create",
        "request",
        request.id,
        request_id=request.id,
        version=1,
        change={"status": Status.DRAFT, "fields": sorted(name for name in data if data[name] not in (None, [], {}))},
    )
    uow.emit(RequestChanged(request_id=request.id, version=1))
    return request


def update(
    uow: UnitOfWork, request_id: UUID, data: Mapping[str, Any], *, expected_version: int | None, replace: bool = False
) -> Request:
    """Change a DRAFT. ``replace`` (PUT) empties what ``data`` leaves out; else (PATCH) it stays."""
    request = locked_for(uow, request_id, Action.UPDATE, expected_version=expected_version)
    given: dict[str, Any] = dict(data)
    if replace:
        given = {**PLAIN_FIELDS, "identifiers": [],
                 "legal_mandate_file_id": None, "parent_request_id": None, **data}  # fmt: skip
    if replace or any(name in given for name in ADDRESS_FIELDS):
        _change_address(uow, request, given, replace=replace)
    for name in PLAIN_FIELDS:
        if name in given:
            value = given[name]
            _set_plain(request, name, PLAIN_FIELDS[name] if value is None else value)
    answers.adopt_period(request)
    identifiers = _with_answered(uow, request, (given["identifiers"] or []) if "identifiers" in given else None)
    if "parent_request_id" in given:
        request.parent_request_id = _parent(uow, request, given["parent_request_id"])
    if "legal_mandate_file_id" in given:
        _change_mandate_file(uow, request, given["legal_mandate_file_id"])
    if identifiers is not None:
        identifier_store.store(uow, request, identifiers)
    touch(request)
    uow.audit(
        "request:update",
        "request",
        request.id,
        request_id=request.id,
        version=request.version,
        change={"fields": sorted(data)},
    )
    uow.emit(RequestChanged(request_id=request.id, version=request.version))
    return request


def remove(uow: UnitOfWork, request_id: UUID, *, expected_version: int | None) -> None:
    """Take a DRAFT out of sight. Its number is not given out again."""
    request = locked_for(uow, request_id, Action.DELETE, expected_version=expected_version)
    request.is_deleted = True
    touch(request)
    uow.audit("request:delete", "request", request.id, request_id=request.id, version=request.version)
    uow.emit(RequestChanged(request_id=request.id, version=request.version))


def next_number(uow: UnitOfWork) -> str:
    """Give out the next number of the caller's unit in this year: ``LERS-2026-MUM-000017``."""
    year = clock.now().year
    statement = (
        pg_insert(RequestCounter)
        .values(tenant_id=uow.actor.tenant_id, year=year, last=1)
        .on_conflict_do_update(
            index_elements=[RequestCounter.tenant_id, RequestCounter.year], set_={"last": RequestCounter.last + 1}
        )
        .returning(RequestCounter.last)
    )
    number: int = uow.session.execute(statement).scalar_one()
    return f"LERS-{year}-{tenant_code(uow, uow.actor.tenant_id)}-{number:06d}"


def _set_plain(request: Request, name: str, value: Any) -> None:
    setattr(request, "metadata_" if name == "metadata" else name, value)


def _with_answered(
    uow: UnitOfWork, request: Request, identifiers: answers.Identifiers | None
) -> answers.Identifiers | None:
    """Return the identifiers that came, with those that stand among the answers; these are taken out there."""
    if not request.answers:
        return identifiers
    terms = terms_of(uow, request.catalog_item_id, request.catalog_item_version)
    return answers.move_identifiers(request, terms, identifiers)


def _address(uow: UnitOfWork, data: Mapping[str, Any]) -> dict[str, Any]:
    """Find out whom a draft is addressed to, and about what; everything that does not fit together is told."""
    item_id, provider_id = data.get("catalog_item_id"), data.get("provider_tenant_id")
    request_type = data.get("request_type")
    version: int | None = None
    errors: dict[str, list[str]] = {}
    if item_id is not None:
        item = catalog.current_item(uow, item_id)
        if item is None or not item["is_active"]:
            raise Invalid(errors={"catalog_item_id": ["There is no such item, or it is not offered now."]})
        if provider_id not in (None, item["provider_tenant_id"]):
            errors["provider_tenant_id"] = ["The catalog item belongs to another provider: leave this out."]
        if request_type not in (None, item["request_type"]):
            errors["request_type"] = [f"The catalog item is of type {item['request_type']}: leave this out."]
        provider_id, request_type, version = item["provider_tenant_id"], item["request_type"], item["version"]
    else:
        missing = "Give a catalog item, or a provider and a type of request."
        errors |= {
            name: [missing]
            for name, value in (("provider_tenant_id", provider_id), ("request_type", request_type))
            if value is None
        }
    if errors:
        raise Invalid(errors=errors)
    assert provider_id is not None
    provider = active_provider(uow, provider_id)
    if provider is None:
        raise Invalid(errors={"provider_tenant_id": ["There is no such provider, or it takes no requests at present."]})
    return {
        "catalog_item_id": item_id,
        "catalog_item_version": version,
        "provider_tenant_id": provider_id,
        "provider": provider.name,
        "request_type": request_type,
    }


def _implied_mandate(uow: UnitOfWork, request: Request) -> str | None:
    """Take the mandate that the item asks for, as long as the officer names none."""
    if request.catalog_item_id is None:
        return None
    return terms_of(uow, request.catalog_item_id, request.catalog_item_version).required_legal_mandate


def _change_address(uow: UnitOfWork, request: Request, given: Mapping[str, Any], *, replace: bool) -> None:
    if replace or given.get("catalog_item_id") is not None:
        wanted = {name: given.get(name) for name in ADDRESS_FIELDS}
    else:
        wanted = {"provider_tenant_id": request.provider_tenant_id, "request_type": request.request_type}
        if "catalog_item_id" not in given and request.catalog_item_id is not None:
            wanted["catalog_item_id"] = request.catalog_item_id
        wanted |= {name: given[name] for name in ADDRESS_FIELDS if name in given}
    if wanted.get("catalog_item_id") == request.catalog_item_id and request.catalog_item_id is not None:
        same = all(wanted.get(name) in (None, getattr(request, name)) for name in ADDRESS_FIELDS)
        if same and not given.get("catalog_item_id"):
            return
    address = _address(uow, wanted)
    opened = None
    if address["provider_tenant_id"] != request.provider_tenant_id:
        opened = identifier_store.open_all(uow, request)
        identifier_store.remove_all(uow, request)
    for name, value in address.items():
        setattr(request, name, value)
    if opened is not None:
        uow.session.flush()  # the children's composite key names the new provider
        identifier_store.readdress(uow, request, opened)


def _parent(uow: UnitOfWork, request: Request, parent_id: UUID | None) -> UUID | None:
    if parent_id is None:
        return None
    seen = select(Request.id).where(Request.id == parent_id, policy.visible_to(uow.actor), Request.id != request.id)
    with uow.session.no_autoflush:
        if uow.session.scalar(seen) is None:
            raise Invalid(errors={"parent_request_id": ["There is no such request, or it is not yours to see."]})
    return parent_id


def _mandate_file(uow: UnitOfWork, file_id: UUID | None) -> UUID | None:
    """Accept a mandate that may still be uploaded or scanned; what it is found to be counts when the draft is sent."""
    if file_id is None:
        return None
    with uow.session.no_autoflush:
        known = files.facts(uow, [file_id]).get(file_id)
    if known is None or known.tenant_id != uow.actor.tenant_id:
        raise Invalid(errors={"legal_mandate_file_id": ["There is no such file, or it is not yours to use."]})
    if known.purpose != MANDATE_PURPOSE:
        raise Invalid(errors={"legal_mandate_file_id": ["This file is no mandate: upload one as such."]})
    return file_id


def _change_mandate_file(uow: UnitOfWork, request: Request, file_id: UUID | None) -> None:
    old, new = request.legal_mandate_file_id, _mandate_file(uow, file_id)
    if old == new:
        return
    if old is not None:
        files.unlink(uow, old, request.id)
    request.legal_mandate_file_id = new
    if new is not None:
        files.link(uow, new, request.id)
