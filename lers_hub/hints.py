"""From a hint to the screens: load what it names as the reader's side sees it, and send it to this node's sockets."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Any
from uuid import UUID

from lers_hub.bus import Hint
from lers_hub.connections import Connection, Connections
from lers_hub.database import Database
from lers_hub.gatekeeper import Gatekeeper
from lers_hub.presence import PresenceKeeper
from lers_hub.server import HubServer
from lers_web.domains.chat import service as chat
from lers_web.domains.chat.events import MessageCreated, MessagesRead
from lers_web.domains.files import service as files
from lers_web.domains.identity.events import SessionEnded, UserChanged
from lers_web.domains.notifications import reads as notification_reads
from lers_web.domains.notifications import service as notifications
from lers_web.domains.notifications.events import NotificationCreated, NotificationsRead
from lers_web.domains.presence import reads as presence_reads
from lers_web.domains.presence.events import PresenceChanged
from lers_web.domains.requests import service as requests
from lers_web.kernel.actor import system_actor
from lers_web.kernel.errors import NotFound
from lers_web.kernel.permissions import Role
from lers_web.kernel.realtime import ServerEvent
from lers_web.kernel.uow import UnitOfWork

log = logging.getLogger(__name__)

# What hub nodes tell each other; the relay knows nothing of these.
CHAT_JOINED = "hub.chat_joined"
CHAT_LEFT = "hub.chat_left"
TYPING = "hub.typing"

Handler = Callable[[Hint], Awaitable[None]]
_ROOM_EVENTS = {
    CHAT_JOINED: ServerEvent.USER_JOINED_CHAT,
    CHAT_LEFT: ServerEvent.USER_LEFT_CHAT,
    TYPING: ServerEvent.USER_TYPING,
}


class Broadcaster:
    """Turns hints into events for the connections of this node that may see them."""

    def __init__(
        self,
        *,
        database: Database,
        server: HubServer,
        connections: Connections,
        gatekeeper: Gatekeeper,
        presence: PresenceKeeper,
    ) -> None:
        self._database, self._server, self._connections = database, server, connections
        self._gatekeeper, self._presence = gatekeeper, presence
        self._exact: dict[str, Handler] = {
            MessageCreated.type: self._message_created,
            MessagesRead.type: self._messages_read,
            NotificationCreated.type: self._notification_created,
            NotificationsRead.type: self._notifications_read,
            SessionEnded.type: self._session_ended,
            UserChanged.type: self._user_changed,
            PresenceChanged.type: self._presence_changed,
            CHAT_JOINED: self._room_event,
            CHAT_LEFT: self._room_event,
            TYPING: self._room_event,
        }
        self._families: dict[str, Handler] = {
            "request": self._request_changed,
            "sla": self._request_changed,
            "file": self._file_changed,
            "job": self._job_changed,
        }

    async def handle(self, hint: Hint) -> None:
        """Send what follows from one hint. Hints of other kinds concern no screen."""
        if not len(self._connections):
            return
        handler = self._exact.get(hint.type) or self._families.get(hint.type.partition(".")[0])
        if handler is not None:
            await handler(hint)

    async def _message_created(self, hint: Hint) -> None:
        message_id, request_id = hint.uuid("message_id"), hint.uuid("request_id")
        if message_id is None or request_id is None:
            return
        members = [each for each in self._connections.in_room(request_id) if each.actor.tenant_id in hint.tenants]
        if not members:
            return
        message = await self._load_message(message_id, {each.actor.tenant_id for each in members})
        if message is None or message["request_id"] != request_id:
            return
        # Asked again after the load: who left meanwhile is not told, and nobody is told twice.
        still = set(self._connections.in_room(request_id))
        new = [each for each in members if each in still and each.recent.first_time(f"message:{message_id}")]
        await self._server.send_to(new, ServerEvent.NEW_MESSAGE, message)

    async def _load_message(self, message_id: UUID, tenants: set[UUID]) -> dict[str, Any] | None:
        for tenant in tenants:
            try:
                return await self._database.run(system_actor(tenant), chat.message_for, message_id)
            except NotFound:
                continue
        return None

    async def _messages_read(self, hint: Hint) -> None:
        request_id, user_id, up_to = hint.uuid("request_id"), hint.uuid("user_id"), hint.uuid("up_to")
        if request_id is None:
            return
        members = [each for each in self._connections.in_room(request_id) if each.actor.tenant_id in hint.tenants]
        await self._server.send_to(
            members, ServerEvent.MESSAGE_READ, {"request_id": request_id, "user_id": user_id, "up_to": up_to}
        )

    async def _notification_created(self, hint: Hint) -> None:
        notification_id, user_id = hint.uuid("notification_id"), hint.uuid("user_id")
        if notification_id is None or user_id is None:
            return
        key = f"notification:{notification_id}"
        mine = [each for each in self._connections.of_user(user_id) if not each.recent.knows(key)]
        if not mine:
            return
        shown, unread = await self._database.run(mine[0].actor, _deliver, notification_id)
        mine = [each for each in mine if each.recent.first_time(key)]
        await self._server.send_to(mine, ServerEvent.NEW_NOTIFICATION, shown)
        await self._server.send_to(mine, ServerEvent.UNREAD_COUNT, {"count": unread})

    async def _notifications_read(self, hint: Hint) -> None:
        user_id = hint.uuid("user_id")
        mine = self._connections.of_user(user_id) if user_id is not None else []
        if mine:
            unread = await self._database.run(mine[0].actor, notification_reads.unread_count, mine[0].user_id)
            await self._server.send_to(mine, ServerEvent.UNREAD_COUNT, {"count": unread})

    async def _request_changed(self, hint: Hint) -> None:
        """Tell a request's new state to those who may see it, and show those out who may not any more."""
        request_id = hint.uuid("request_id")
        if request_id is None:
            return
        self._connections.next_epoch(request_id)
        candidates = self._connections.of_tenants(hint.tenants)
        members = self._connections.in_room(request_id)
        if not candidates and not members:
            return
        contexts = dict.fromkeys([*hint.tenants, *(each.actor.tenant_id for each in members)])
        seen_by, state = await self._look_at(request_id, contexts)
        for member in members:
            if member.user_id not in seen_by:
                self._connections.leave(member, request_id)
                await self._server.send_to(
                    [member], ServerEvent.USER_LEFT_CHAT, {"user_id": member.user_id, "request_id": request_id}
                )
        if state is not None:
            audience = [each for each in candidates if each.user_id in seen_by or each.actor.role is Role.SUPER_ADMIN]
            await self._server.send_to(audience, ServerEvent.REQUEST_UPDATED, state)

    async def _look_at(self, request_id: UUID, tenants: Iterable[UUID]) -> tuple[set[UUID], dict[str, Any] | None]:
        """Return who may see a request, and its state as both sides know it, read in the first context that has it."""
        for tenant in tenants:
            try:
                return await self._database.run(system_actor(tenant), _look, request_id)
            except NotFound:
                continue
        return set(), None

    async def _file_changed(self, hint: Hint) -> None:
        file_id = hint.uuid("file_id")
        if file_id is None:
            return
        people: dict[UUID, Connection] = {
            each.user_id: each
            for each in self._connections.of_tenants(hint.tenants)
            if each.actor.role is not Role.SUPER_ADMIN
        }
        for person in people.values():
            known = (await self._database.run(person.actor, files.facts, [file_id])).get(file_id)
            if known is not None:
                await self._server.send_to(
                    self._connections.of_user(person.user_id),
                    ServerEvent.FILE_UPDATED,
                    {"id": file_id, "scan_status": known.scan_status},
                )

    async def _job_changed(self, hint: Hint) -> None:
        """Tell a long job's progress to whoever started it."""
        user_id = hint.uuid("user_id")
        if user_id is not None:
            payload = {
                "id": hint.payload.get("job_id"),
                **{key: hint.payload.get(key) for key in ("state", "progress")},
            }
            await self._server.send_to(self._connections.of_user(user_id), ServerEvent.JOB_UPDATED, payload)

    async def _session_ended(self, hint: Hint) -> None:
        session_id, user_id = hint.uuid("session_id"), hint.uuid("user_id")
        for connection in self._connections.of_user(user_id) if user_id is not None else []:
            if connection.claims.session_id == session_id:
                await self._gatekeeper.end(connection, "session_ended")

    async def _user_changed(self, hint: Hint) -> None:
        user_id = hint.uuid("user_id")
        for connection in self._connections.of_user(user_id) if user_id is not None else []:
            await self._gatekeeper.reload(connection)

    async def _presence_changed(self, hint: Hint) -> None:
        await self._presence.broadcast(hint)

    async def _room_event(self, hint: Hint) -> None:
        request_id, user_id = hint.uuid("request_id"), hint.uuid("user_id")
        if request_id is None or user_id is None:
            return
        payload: dict[str, Any] = {"user_id": user_id, "request_id": request_id}
        if hint.type == TYPING:
            payload["is_typing"] = bool(hint.payload.get("is_typing"))
        others = [each for each in self._connections.in_room(request_id) if each.user_id != user_id]
        await self._server.send_to(others, _ROOM_EVENTS[hint.type], payload)


def _deliver(uow: UnitOfWork, notification_id: UUID) -> tuple[dict[str, Any], int]:
    """Note that a notification reached a screen; return it and how many are unread."""
    notifications.mark_delivered(uow, [notification_id])
    shown = notification_reads.one(uow, notification_id)
    return shown, notification_reads.unread_count(uow, uow.actor.user_id)


def _look(uow: UnitOfWork, request_id: UUID) -> tuple[set[UUID], dict[str, Any]]:
    request = requests.load_request(uow, request_id)
    state = {"id": request.id, "status": request.status, "version": request.version}
    return set(presence_reads.involved(uow, request_id)), state
