"""Presence on this node: sockets that open and close, their heartbeat, and who is told."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError

from lers_hub.bus import Bus, Hint
from lers_hub.connections import Connection, Connections
from lers_hub.database import Database
from lers_hub.server import HubServer
from lers_web.domains.presence import reads, service
from lers_web.domains.presence.events import PresenceChanged
from lers_web.domains.presence.service import Change
from lers_web.domains.presence.states import Presence
from lers_web.kernel import clock
from lers_web.kernel.actor import Actor, system_actor
from lers_web.kernel.errors import TooManyRequests
from lers_web.kernel.realtime import ServerEvent
from lers_web.kernel.uow import UnitOfWork

log = logging.getLogger(__name__)

GRACE_SECONDS = 2.0
"""How long a person may be without a connection before they are offline: a page that is loaded again is no absence."""


class PresenceKeeper:
    """Writes what this node's sockets say of their people, and tells it to those who share a request with them."""

    def __init__(
        self,
        *,
        node: str,
        max_sockets: int,
        database: Database,
        bus: Bus,
        server: HubServer,
        connections: Connections,
    ) -> None:
        self._node, self._max_sockets = node, max_sockets
        self._database, self._bus, self._server, self._connections = database, bus, server, connections
        self._tasks: set[asyncio.Task[None]] = set()

    async def started(self) -> None:
        """Clear away what a hub at this address left behind when it was killed."""
        await self._database.run(system_actor(), service.node_started, self._node)

    async def opened(self, connection: Connection) -> None:
        """Take a new connection in, unless its person has too many."""
        change = await self._database.run(connection.actor, _open, connection.sid, self._node, self._max_sockets)
        await self._tell(change)

    def closed(self, connection: Connection) -> None:
        """Let a connection go; after the grace its person may be offline."""
        task = asyncio.ensure_future(self._close(connection.sid, connection.actor))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _close(self, sid: str, actor: Actor) -> None:
        try:
            await self._database.run(actor, service.sockets_closed, [sid])
            await asyncio.sleep(GRACE_SECONDS)
            await self._tell(await self._database.run(actor, service.settle, actor.user_id, actor.tenant_id))
        except SQLAlchemyError:
            log.warning("a closed connection could not be noted; the sweep will find it", exc_info=True)

    async def set_status(self, connection: Connection, status: Presence) -> None:
        """Set the status of one connection."""
        await self._tell(await self._database.run(connection.actor, service.socket_status, connection.sid, status))

    async def beat(self) -> None:
        """Confirm this node's connections, and clear away those of nodes that died."""
        sids = [connection.sid for connection in self._connections]
        missing, changes = await self._database.run(system_actor(), _beat, sids)
        for sid in missing:  # swept away by another node, which did not hear of us for too long
            connection = self._connections.by_sid.get(sid)
            if connection is not None:
                changes.append(await self._database.run(connection.actor, service.socket_opened, sid, self._node))
        for change in changes:
            await self._tell(change)

    async def leave(self) -> None:
        """Forget all of this node's sockets at its end. Their people reconnect elsewhere, or a sweep sees them gone."""
        for task in self._tasks:
            task.cancel()
        sids = [connection.sid for connection in self._connections]
        if sids:
            await self._database.run(system_actor(), service.sockets_closed, sids)

    async def _tell(self, change: Change | None) -> None:
        if change is not None:
            await self._bus.tell(
                PresenceChanged.type,
                {
                    "user_id": str(change.user_id),
                    "status": change.status.value,
                    "was": change.was.value,
                    "last_seen": clock.iso(change.last_seen),
                },
                [change.tenant_id],
            )

    async def broadcast(self, hint: Hint) -> None:
        """Tell a person's status to their own other windows and to those connected here who share a request."""
        user_id = hint.uuid("user_id")
        if user_id is None or not hint.tenants:
            return
        audience = self._connections.of_user(user_id)
        others = self._connections.users() - {user_id}
        companions: set[UUID] = set()
        if others:
            companions = await self._database.run(_as(user_id, hint.tenants[0]), reads.companions_among, others)
        shared = [each for companion in companions for each in self._connections.of_user(companion)]
        status, was, last_seen = hint.payload.get("status"), hint.payload.get("was"), hint.payload.get("last_seen")
        if was == Presence.OFFLINE and status != Presence.OFFLINE:
            await self._server.send_to(shared, ServerEvent.USER_ONLINE, {"user_id": user_id, "last_seen": last_seen})
        elif status == Presence.OFFLINE and was != Presence.OFFLINE:
            await self._server.send_to(shared, ServerEvent.USER_OFFLINE, {"user_id": user_id, "last_seen": last_seen})
        await self._server.send_to(
            [*audience, *shared],
            ServerEvent.PRESENCE_UPDATED,
            {"user_id": user_id, "status": status, "last_seen": last_seen},
        )


def _as(user_id: UUID, tenant_id: UUID) -> Actor:
    """The system asking in a person's name with whom they share a request: the person may be connected elsewhere."""
    return replace(system_actor(tenant_id), user_id=user_id)


def _open(uow: UnitOfWork, sid: str, node: str, most: int) -> Change | None:
    if service.living_sockets(uow, uow.actor.user_id) >= most:
        raise TooManyRequests(f"You have {most} connections open. Close a window and try again.", retry_after=10)
    return service.socket_opened(uow, sid, node)


def _beat(uow: UnitOfWork, sids: list[str]) -> tuple[set[str], list[Change | None]]:
    confirmed = service.heartbeat(uow, sids)
    return set(sids) - confirmed, list(service.sweep(uow))
