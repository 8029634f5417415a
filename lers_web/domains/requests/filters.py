"""What a list of requests can be narrowed by, as conditions on the rows that the caller sees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select

from lers_web.domains.requests import policy, questions, sla_state
from lers_web.domains.requests.identifier_store import search_key
from lers_web.domains.requests.models import Request, RequestIdentifier
from lers_web.domains.requests.states import SlaState, Status
from lers_web.kernel.actor import Actor
from lers_web.kernel.uow import UnitOfWork

EQUAL = ("priority", "provider_tenant_id", "agency_tenant_id", "request_type", "catalog_item_id")
MOMENTS = {
    "created": Request.created_at,
    "submitted": Request.submitted_at,
    "due": Request.sla_due_date,
    "completed": Request.completed_at,
}
"""What ``<name>_from`` and ``<name>_to`` compare, both ends included."""

ME = "me"
UNASSIGNED = "unassigned"

SLA_STATES = {
    "due_soon": sla_state.DUE_SOON,
    "breached": sla_state.BREACHED,
    "paused": sla_state.STATE.in_([SlaState.PAUSED.value]),
    "on_track": sla_state.STATE.in_([SlaState.ON_TRACK.value]),
}
SLA_FILTERS = tuple(SLA_STATES)

CLARIFICATION = {"open": questions.OPEN, "answered": questions.ANSWERED}

SENT_BACK: ColumnElement[bool] = and_(
    Request.status == Status.DRAFT.value, Request.first_sent_for_approval_at.is_not(None)
)
"""Whether an approver has asked for changes: a draft that had been sent."""


def conditions(uow: UnitOfWork, filters: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    """Return the row filter of the caller and a condition for each filter given. They ask about ``sla_state.NOW``."""
    found = [policy.visible_to(uow.actor)]
    if filters.get("status"):
        found.append(Request.status.in_([str(status) for status in filters["status"]]))
    found += [getattr(Request, name) == filters[name] for name in EQUAL if filters.get(name) is not None]
    if filters.get("assigned_to"):
        found.append(_assigned_to(uow.actor, filters["assigned_to"]))
    if filters.get("created_by"):
        found.append(Request.created_by_id == _person(uow.actor, filters["created_by"]))
    if filters.get("sla"):
        found.append(SLA_STATES[filters["sla"]])
    if filters.get("sent_back") is not None:
        found.append(SENT_BACK if filters["sent_back"] else ~SENT_BACK)
    if filters.get("clarification"):
        found.append(CLARIFICATION[filters["clarification"]])
    found += _moments(filters)
    if filters.get("q"):
        found.append(Request.id.in_(select(func.app.search_requests(filters["q"]))))
    if filters.get("identifier"):
        found.append(_has_identifier(uow, filters["identifier"]))
    return found


def _moments(filters: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for name, moment in MOMENTS.items():
        if filters.get(f"{name}_from"):
            found.append(moment >= filters[f"{name}_from"])
        if filters.get(f"{name}_to"):
            found.append(moment <= filters[f"{name}_to"])
    return found


def _assigned_to(actor: Actor, wanted: UUID | str) -> ColumnElement[bool]:
    """Compare with the provider's colleague in charge."""
    if wanted == UNASSIGNED:
        return Request.assigned_to_company_id.is_(None)
    return Request.assigned_to_company_id == _person(actor, wanted)


def _person(actor: Actor, wanted: UUID | str) -> UUID | str:
    return actor.user_id if wanted == ME else wanted


def _has_identifier(uow: UnitOfWork, wanted: Mapping[str, str]) -> ColumnElement[bool]:
    """Find an identifier again under the key of the caller's own tenant; an administrator's finds nothing."""
    tenant_id = uow.actor.tenant_id
    key = search_key(uow, tenant_id, wanted["type"], wanted["value"])
    mine = select(RequestIdentifier.request_id).where(
        or_(
            and_(RequestIdentifier.agency_tenant_id == tenant_id, RequestIdentifier.index_agency == key),
            and_(RequestIdentifier.provider_tenant_id == tenant_id, RequestIdentifier.index_provider == key),
        )
    )
    return Request.id.in_(mine)
