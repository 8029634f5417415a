"""What clients may ask: one handler an event, each a question to a service, never a decision of its own."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError

from lers_hub import wire
from lers_hub.bus import Bus
from lers_hub.connections import MAX_ROOMS, Connection, Connections
from lers_hub.database import Database
from lers_hub.gatekeeper import Gatekeeper
from lers_hub.hints import CHAT_JOINED, CHAT_LEFT, TYPING
from lers_hub.metrics import EVENTS
from lers_hub.presence import PresenceKeeper
from lers_hub.server import HubServer
from lers_web.domains.chat import service as chat
from lers_web.domains.chat.events import MessageCreated
from lers_web.domains.notifications import reads as notifications
from lers_web.domains.presence.states import Presence
from lers_web.kernel.errors import Conflict, Forbidden, LersError, TooManyRequests
from lers_web.kernel.permissions import Permission
from lers_web.kernel.realtime import ClientEvent, ServerEvent
from lers_web.kernel.uow import UnitOfWork

log = logging.getLogger(__name__)

MAX_IN_FLIGHT = 8

Answer = dict[str, Any]
Handler = Callable[[Connection, dict[str, Any]], Awaitable[Answer]]


def refusal(code: str, detail: str, **extra: Any) -> Answer:
    """Return the acknowledgement of something that was not done."""
    return {"ok": False, "code": code, "detail": detail, **extra}


class ClientEvents:
    """The gate of all client events: limits, shape, handler, and an answer in every case."""

    def __init__(
        self,
        *,
        database: Database,
        server: HubServer,
        connections: Connections,
        bus: Bus,
        gatekeeper: Gatekeeper,
        presence: PresenceKeeper,
    ) -> None:
        self._database, self._server, self._connections, self._bus = database, server, connections, bus
        self._gatekeeper, self._presence = gatekeeper, presence
        self.table: dict[ClientEvent, Handler] = {
            ClientEvent.JOIN_CHAT: self.join_chat,
            ClientEvent.LEAVE_CHAT: self.leave_chat,
            ClientEvent.SEND_MESSAGE: self.send_message,
            ClientEvent.TYPING: self.typing,
            ClientEvent.UPDATE_PRESENCE: self.update_presence,
            ClientEvent.GET_UNREAD_COUNT: self.get_unread_count,
            ClientEvent.REAUTHENTICATE: self.reauthenticate,
        }

    async def gate(self, sid: str, name: str, args: list[Any]) -> Answer:
        """Answer one client event. Nothing that goes wrong in here leaves a client without an answer."""
        connection = self._connections.by_sid.get(sid)
        if connection is None:
            return refusal("not_authenticated", "This connection has no session. Connect again.")
        if not connection.events.take() or (name == ClientEvent.TYPING and not connection.typing.take()):
            return await self._flooded(connection)
        if connection.in_flight >= MAX_IN_FLIGHT:
            return await self._flooded(connection)
        try:
            event = ClientEvent(name)
        except ValueError:
            EVENTS.labels("unknown", "refused").inc()
            return refusal("unknown_event", "There is no such event.")
        connection.in_flight += 1
        try:
            answer = await self._handle(connection, event, args)
        finally:
            connection.in_flight -= 1
        EVENTS.labels(event.value, "ok" if answer["ok"] else "refused").inc()
        return answer

    async def _handle(self, connection: Connection, event: ClientEvent, args: list[Any]) -> Answer:
        try:
            return {"ok": True, **await self.table[event](connection, wire.read(event, args))}
        except LersError as error:
            errors = getattr(error, "errors", None)
            return refusal(error.error_code, error.detail, **error.extra, **({"errors": errors} if errors else {}))
        except SQLAlchemyError:
            log.exception("the database did not serve a client event", extra={"event": event.value})
            return refusal("unavailable", "The database does not answer. Try again in a moment.", retry_after=5)
        except Exception:
            log.exception("a client event failed", extra={"event": event.value})
            return refusal("error", "This failed on our side. It is in the log.")

    async def _flooded(self, connection: Connection) -> Answer:
        """Refuse what is over the limit, and cut off whoever goes on regardless."""
        if not connection.refused.take():
            await self._gatekeeper.end(connection, "rate_limited")
        return refusal("rate_limited", "Too many events at once. Slow down.", retry_after=1)

    async def join_chat(self, connection: Connection, data: dict[str, Any]) -> Answer:
        """Let a person into a chat's room if REST would show them the chat."""
        request_id: UUID = data["request_id"]
        if len(connection.rooms) >= MAX_ROOMS and request_id not in connection.rooms:
            raise TooManyRequests("You are in too many chats at once. Leave some first.")
        while True:
            epoch = self._connections.epoch(request_id)
            can_write = await self._database.run(connection.actor, _readable, request_id)
            if epoch == self._connections.epoch(request_id):
                break  # nobody's access changed while we asked
        if connection.sid not in self._connections.by_sid:
            raise Conflict("The connection was closed.")
        known = any(each.user_id == connection.user_id for each in self._connections.in_room(request_id))
        self._connections.enter(connection, request_id)
        if not known:
            await self._tell_room(CHAT_JOINED, connection, request_id)
        return {"request_id": request_id, "can_write": can_write}

    async def leave_chat(self, connection: Connection, data: dict[str, Any]) -> Answer:
        """Take a connection out of a room; leaving a room one is not in is no error."""
        await self.left(connection, data["request_id"])
        return {"request_id": data["request_id"]}

    async def left(self, connection: Connection, request_id: UUID) -> None:
        """Take a connection out of a room and tell the others when it was its person's last one here."""
        was_in = self._connections.leave(connection, request_id)
        if was_in and not any(each.user_id == connection.user_id for each in self._connections.in_room(request_id)):
            await self._tell_room(CHAT_LEFT, connection, request_id)

    async def send_message(self, connection: Connection, data: dict[str, Any]) -> Answer:
        """Have a stored message told to its room, like the relay does; whoever has it already is not told twice."""
        message_id: UUID = data["message_id"]
        message = await self._database.run(connection.actor, chat.own_message, message_id)
        await self._bus.tell(
            MessageCreated.type,
            {"message_id": str(message_id), "request_id": str(message.request_id)},
            message.tenants,
        )
        return {"message_id": message_id}

    async def typing(self, connection: Connection, data: dict[str, Any]) -> Answer:
        """Tell the others in the room that somebody is typing, or has stopped."""
        request_id: UUID = data["request_id"]
        if request_id not in connection.rooms:
            raise Conflict("Join the chat first: join_chat.", code="not_joined")
        if not connection.actor.can(Permission.CHAT_WRITE):
            raise Forbidden("You read this chat and do not write in it.")
        await self._tell_room(TYPING, connection, request_id, is_typing=data["is_typing"])
        return {}

    async def update_presence(self, connection: Connection, data: dict[str, Any]) -> Answer:
        """Set the status of this connection; the person's summary follows from all of theirs."""
        await self._presence.set_status(connection, Presence(data["status"]))
        return {"status": data["status"]}

    async def get_unread_count(self, connection: Connection, _data: dict[str, Any]) -> Answer:
        """Answer how many notifications are unread, as an acknowledgement and as the event."""
        count = await self._database.run(connection.actor, notifications.unread_count, connection.user_id)
        await self._server.send_to([connection], ServerEvent.UNREAD_COUNT, {"count": count})
        return {"count": count}

    async def reauthenticate(self, connection: Connection, data: dict[str, Any]) -> Answer:
        """Go on with a fresh access token."""
        return {"expires_at": await self._gatekeeper.renew(connection, data["token"])}

    async def _tell_room(self, kind: str, connection: Connection, request_id: UUID, **more: Any) -> None:
        payload = {"request_id": str(request_id), "user_id": str(connection.user_id), **more}
        await self._bus.tell(kind, payload, [connection.actor.tenant_id])


def _readable(uow: UnitOfWork, request_id: UUID) -> bool:
    """Raise unless the actor may read the chat; say whether they may write in it now."""
    chat.require_readable(uow, request_id)
    return chat.may_write(uow, request_id)
