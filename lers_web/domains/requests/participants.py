"""Colleagues of the same unit who were let into a request."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert as pg_insert

from lers_web.domains.requests import policy
from lers_web.domains.requests.events import RequestChanged
from lers_web.domains.requests.lifecycle import load_request, touch
from lers_web.domains.requests.models import Request, RequestParticipant
from lers_web.domains.requests.people import active_person
from lers_web.kernel import clock
from lers_web.kernel.errors import Forbidden, Invalid, NotFound
from lers_web.kernel.permissions import Permission
from lers_web.kernel.uow import UnitOfWork

MOST = 5


def ids_of(uow: UnitOfWork, request_id: UUID) -> Sequence[UUID]:
    """Return who was added to a request."""
    return uow.session.scalars(
        select(RequestParticipant.user_id)
        .where(RequestParticipant.request_id == request_id)
        .order_by(RequestParticipant.created_at)
    ).all()


def add(uow: UnitOfWork, request_id: UUID, user_id: UUID) -> None:
    """Let a colleague of the same unit see a request. Adding somebody twice is harmless."""
    request = _locked(uow, request_id)
    if user_id == request.created_by_id:
        raise Invalid(errors={"user_id": ["The officer who made the request takes part in it anyway."]})
    if active_person(uow, user_id, request.agency_tenant_id) is None:
        raise Invalid(errors={"user_id": ["This must be an active colleague of your unit."]})
    if user_id in ids_of(uow, request_id):
        return
    count = uow.session.scalar(
        select(func.count()).select_from(RequestParticipant).where(RequestParticipant.request_id == request_id)
    )
    if (count or 0) >= MOST:
        raise Invalid(errors={"user_id": [f"A request takes {MOST} participants at most: remove somebody first."]})
    uow.session.execute(
        pg_insert(RequestParticipant).values(
            request_id=request.id,
            user_id=user_id,
            agency_tenant_id=request.agency_tenant_id,
            provider_tenant_id=request.provider_tenant_id,
            added_by_id=uow.actor.user_id,
            created_at=clock.now(),
        )
    )
    _tell(uow, request, "request:participant_added", user_id)


def remove(uow: UnitOfWork, request_id: UUID, user_id: UUID) -> None:
    """Take a colleague out again: from now on the request does not exist for them."""
    request = _locked(uow, request_id)
    removed = uow.session.execute(
        delete(RequestParticipant)
        .where(RequestParticipant.request_id == request_id, RequestParticipant.user_id == user_id)
        .returning(RequestParticipant.user_id)
    ).first()
    if removed is None:
        raise NotFound("participant")
    _tell(uow, request, "request:participant_removed", user_id)


def _locked(uow: UnitOfWork, request_id: UUID) -> Request:
    uow.actor.require(Permission.REQUEST_CREATE)
    request = load_request(uow, request_id, lock=True)
    if not policy.on_agency_side(uow.actor, request) or request.created_by_id != uow.actor.user_id:
        raise Forbidden("Only the officer who made the request says who else sees it.")
    return request


def _tell(uow: UnitOfWork, request: Request, event: str, user_id: UUID) -> None:
    touch(request)
    uow.audit(event, "request", request.id, request_id=request.id, version=request.version, change={"user": user_id})
    uow.emit(RequestChanged(request_id=request.id, version=request.version))
