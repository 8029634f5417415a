"""Who stands around a request: what notifications need to know whom to tell, and nothing of the case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select, text

from lers_web.domains.requests import policy
from lers_web.domains.requests.models import Request, RequestParticipant
from lers_web.kernel.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class Parties:
    """A request by number and people."""

    id: UUID
    number: str
    status: str
    priority: str
    request_type: str
    agency_tenant_id: UUID
    provider_tenant_id: UUID
    created_by_id: UUID
    approved_by_id: UUID | None
    assigned_to_id: UUID | None
    approval_level: int
    approval_route: list[Any]
    participant_ids: frozenset[UUID]


def parties(uow: UnitOfWork, request_id: UUID) -> Parties | None:
    """Return who stands around a request that the actor's tenant sees, or None."""
    found = uow.session.execute(
        select(
            Request.id,
            Request.request_number.label("number"),
            Request.status,
            Request.priority,
            Request.request_type,
            Request.agency_tenant_id,
            Request.provider_tenant_id,
            Request.created_by_id,
            Request.approved_by_id,
            Request.assigned_to_company_id.label("assigned_to_id"),
            Request.approval_level,
            Request.approval_route,
        ).where(Request.id == request_id, policy.visible_to(uow.actor))
    )
    row = found.mappings().first()
    if row is None:
        return None
    participants = uow.session.scalars(
        select(RequestParticipant.user_id).where(RequestParticipant.request_id == request_id)
    )
    facts: dict[str, Any] = {str(key): value for key, value in row.items()}
    return Parties(**facts, participant_ids=frozenset(participants))


@dataclass(frozen=True, slots=True)
class RequestCard:
    """A request by number and sides: what the platform is told of one that has gone without an answer for days."""

    number: str
    agency_tenant_id: UUID
    provider_tenant_id: UUID


def card(uow: UnitOfWork, request_id: UUID) -> RequestCard | None:
    """Return a submitted request's number and sides, in any context. Only jobs may ask (a definer function)."""
    row = uow.session.execute(
        text("SELECT request_number, agency_tenant_id, provider_tenant_id FROM app.request_card(:id)"),
        {"id": request_id},
    ).first()
    return None if row is None else RequestCard(*row)
