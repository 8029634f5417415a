"""Presence: kept by connection, summed up by person. The hub opens and closes connections, REST may set a status.

Every function works in a transaction of its caller. One that may alter a person's summary returns a ``Change`` when it
did, or None: the hub tells it to those who share a request with that person.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from lers_web.domains.presence import reads
from lers_web.domains.presence.events import PresenceChanged
from lers_web.domains.presence.models import PresenceSocket, UserPresence
from lers_web.domains.presence.states import RECONNECTING, SOCKET_LIFE, UNCONNECTED_LIFE, Presence, summary
from lers_web.domains.requests import service as requests
from lers_web.kernel import clock
from lers_web.kernel.errors import NotFound
from lers_web.kernel.permissions import Permission
from lers_web.kernel.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class Change:
    """A person's status before and after."""

    user_id: UUID
    tenant_id: UUID
    was: Presence
    status: Presence
    last_seen: dt.datetime


def of_request(uow: UnitOfWork, request_id: UUID) -> list[dict[str, Any]]:
    """Return the presence of everybody who may see a request that the actor may see."""
    requests.load_request(uow, request_id)
    return reads.of_people(uow, reads.involved(uow, request_id))


def of_user(uow: UnitOfWork, user_id: UUID) -> list[dict[str, Any]]:
    """Return one person's presence; a person with whom the actor shares no request does not exist for them."""
    if user_id != uow.actor.user_id and not reads.companions_among(uow, [user_id]):
        raise NotFound("person")
    found = reads.of_people(uow, [user_id])
    if not found:
        raise NotFound("person")
    return found


def set_status(uow: UnitOfWork, status: Presence) -> dict[str, Any]:
    """Set the actor's status on all of their connections, as REST does, and let the hub tell it."""
    actor = uow.actor
    actor.require(Permission.PRESENCE_WRITE)
    uow.session.execute(
        update(PresenceSocket).where(PresenceSocket.user_id == actor.user_id).values(status=status.value)
    )
    change = _settle(uow, actor.user_id, actor.tenant_id, wanted=status)
    if change is not None:
        uow.emit(
            PresenceChanged(
                user_id=actor.user_id,
                status=change.status.value,
                was=change.was.value,
                last_seen=clock.iso(change.last_seen),
                tenants=(actor.tenant_id,),
            )
        )
    return reads.of_people(uow, [actor.user_id])[0]


def living_sockets(uow: UnitOfWork, user_id: UUID) -> int:
    """Return how many connections a person has open, on all hub nodes."""
    query = select(func.count()).where(
        PresenceSocket.user_id == user_id, PresenceSocket.seen_at > clock.now() - SOCKET_LIFE
    )
    return uow.session.scalar(query) or 0


def socket_opened(uow: UnitOfWork, sid: str, node: str) -> Change | None:
    """Remember a new connection of the actor."""
    actor = uow.actor
    uow.session.execute(
        insert(PresenceSocket)
        .values(
            sid=sid,
            user_id=actor.user_id,
            tenant_id=actor.tenant_id,
            node=node,
            status=Presence.ONLINE.value,
            connected_at=clock.now(),
            seen_at=clock.now(),
        )
        .on_conflict_do_nothing()
    )
    return _settle(uow, actor.user_id, actor.tenant_id)


def socket_status(uow: UnitOfWork, sid: str, status: Presence) -> Change | None:
    """Set the status of one connection of the actor: one tab may be away while another is looked at."""
    uow.session.execute(
        update(PresenceSocket)
        .where(PresenceSocket.sid == sid, PresenceSocket.user_id == uow.actor.user_id)
        .values(status=status.value, seen_at=clock.now())
    )
    return _settle(uow, uow.actor.user_id, uow.actor.tenant_id)


def sockets_closed(uow: UnitOfWork, sids: Sequence[str]) -> None:
    """Forget connections. Whether their people are gone, ``settle`` says after a grace, or else the sweep."""
    _forget(uow, PresenceSocket.sid.in_(list(sids)))


def node_started(uow: UnitOfWork, node: str) -> None:
    """Forget what a hub of this name left behind when it was killed: its place is taken, so it is gone."""
    _forget(uow, PresenceSocket.node == node)


def _forget(uow: UnitOfWork, which: ColumnElement[bool]) -> None:
    people = set(uow.session.scalars(delete(PresenceSocket).where(which).returning(PresenceSocket.user_id)))
    if people:
        seen = update(UserPresence).where(UserPresence.user_id.in_(people)).values(last_seen=clock.now())
        uow.session.execute(seen.execution_options(synchronize_session=False))


def settle(uow: UnitOfWork, user_id: UUID, tenant_id: UUID) -> Change | None:
    """Bring one person's summary in line with their connections."""
    return _settle(uow, user_id, tenant_id)


def heartbeat(uow: UnitOfWork, sids: Sequence[str]) -> set[str]:
    """Confirm that these connections are alive; return those that are known."""
    if not sids:
        return set()
    known = uow.session.scalars(
        update(PresenceSocket)
        .where(PresenceSocket.sid.in_(list(sids)))
        .values(seen_at=clock.now())
        .returning(PresenceSocket.sid)
        .execution_options(synchronize_session=False)
    )
    return set(known)


def sweep(uow: UnitOfWork) -> list[Change]:
    """Forget the connections of hubs that died, and statuses that nobody has confirmed; return what that changed."""
    now = clock.now()
    dead = uow.session.execute(
        delete(PresenceSocket)
        .where(PresenceSocket.seen_at < now - SOCKET_LIFE)
        .returning(PresenceSocket.user_id, PresenceSocket.tenant_id)
    ).all()
    connected = select(PresenceSocket.user_id)
    silent = uow.session.execute(
        select(UserPresence.user_id, UserPresence.tenant_id).where(
            UserPresence.status != Presence.OFFLINE.value,
            UserPresence.user_id.not_in(connected),
            or_(
                UserPresence.last_seen < now - UNCONNECTED_LIFE,
                and_(UserPresence.socket_id.is_not(None), UserPresence.last_seen < now - RECONNECTING),
            ),
        )
    ).all()
    # Sorted, so that two sweeps lock people in the same order.
    people = sorted({(row.user_id, row.tenant_id) for row in (*dead, *silent)})
    changes = (_settle(uow, user_id, tenant_id) for user_id, tenant_id in people)
    return [change for change in changes if change is not None]


def _settle(uow: UnitOfWork, user_id: UUID, tenant_id: UUID, *, wanted: Presence | None = None) -> Change | None:
    """Derive and store a person's status under a lock on their row. ``wanted`` counts while there is no connection."""
    session, now = uow.session, clock.now()
    session.execute(
        insert(UserPresence)
        .values(user_id=user_id, tenant_id=tenant_id, status=Presence.OFFLINE.value, last_seen=now, metadata_={})
        .on_conflict_do_nothing()
    )
    was = Presence(
        session.scalars(select(UserPresence.status).where(UserPresence.user_id == user_id).with_for_update()).one()
    )
    alive = session.execute(
        select(PresenceSocket.sid, PresenceSocket.status)
        .where(PresenceSocket.user_id == user_id, PresenceSocket.seen_at >= now - SOCKET_LIFE)
        .order_by(PresenceSocket.connected_at.desc())
    ).all()
    status = summary(row.status for row in alive) if alive or wanted is None else wanted
    values: dict[str, Any] = {"status": status.value, "socket_id": alive[0].sid if alive else None, "last_seen": now}
    if status is not Presence.OFFLINE:
        values["last_online"] = now
    session.execute(update(UserPresence).where(UserPresence.user_id == user_id).values(**values))
    return None if status is was else Change(user_id, tenant_id, was, status, now)
