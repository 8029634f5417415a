"""Reading presence: only of people with whom one shares a request (contract, section 5)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Text, Uuid, bindparam, column, func, select, table, text
from sqlalchemy.dialects.postgresql import array

from lers_web.domains.presence.models import UserPresence
from lers_web.domains.presence.states import Presence
from lers_web.kernel.uow import UnitOfWork

# Name cards and tenants are identity's, read by their columns: everybody may know who the other side's people are.
_CARD = table(
    "user_card",
    column("id", Uuid()),
    column("tenant_id", Uuid()),
    column("name", Text()),
    column("rank", Text()),
    column("is_active"),
    schema="app",
)
_TENANT = table("tenants", column("id", Uuid()), column("name", Text()), schema="app")

_PEOPLE = (
    select(
        _CARD.c.id,
        _CARD.c.name,
        _CARD.c.rank,
        _TENANT.c.id.label("tenant_id"),
        _TENANT.c.name.label("tenant_name"),
        func.coalesce(UserPresence.status, Presence.OFFLINE.value).label("status"),
        UserPresence.last_seen,
    )
    .join(_TENANT, _TENANT.c.id == _CARD.c.tenant_id)
    .outerjoin(UserPresence, UserPresence.user_id == _CARD.c.id)
    .order_by(_CARD.c.name, _CARD.c.id)
)

_COMPANIONS = text("SELECT app.companions(:people)").bindparams(bindparam("people", type_=ARRAY(Uuid())))
_INVOLVED = text("SELECT app.involved(:request_id)").bindparams(bindparam("request_id", type_=Uuid()))


def companions_among(uow: UnitOfWork, people: Iterable[UUID]) -> set[UUID]:
    """Return those of ``people`` who share a request with the actor: both of them may see it."""
    wanted = list(people)
    if not wanted:
        return set()
    return set(uow.session.scalars(_COMPANIONS, {"people": wanted}))


def of_people(uow: UnitOfWork, people: Iterable[UUID]) -> list[dict[str, Any]]:
    """Return the presence of these people, whoever asks: say first whom the actor may know about."""
    wanted = list(people)
    if not wanted:
        return []
    rows = uow.session.execute(_PEOPLE.where(_CARD.c.id == func.any(array(wanted, type_=Uuid()))))
    return [
        {
            "user_id": row.id,
            "user": {"id": row.id, "name": row.name, "rank": row.rank},
            "tenant": {"id": row.tenant_id, "name": row.tenant_name},
            "status": row.status,
            "last_seen": row.last_seen,
        }
        for row in rows
    ]


def involved(uow: UnitOfWork, request_id: UUID) -> list[UUID]:
    """Return the people of both sides who may see a request, which the caller has checked to be the actor's."""
    return list(uow.session.scalars(_INVOLVED, {"request_id": request_id}))
