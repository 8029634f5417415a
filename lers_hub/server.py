"""python-socketio's server with our edges: every client event goes through one gate, one packet is encoded once.

Stock handling starts a task for whatever a client sends, lets a client call the ``connect`` and ``disconnect``
handlers by sending events of these names, and answers nothing when a handler fails. Here an event that is not a list
with a name is dropped, reserved names are nothing special, and the gate answers every event (ADR 0040).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import socketio
from engineio import packet as engine_packet
from socketio import packet

from lers_hub.connections import Connection
from lers_hub.metrics import SENT
from lers_hub.wire import Json
from lers_web.kernel.realtime import ServerEvent

log = logging.getLogger(__name__)
_LIBRARY = logging.getLogger("lers_hub.socketio")
_LIBRARY.setLevel(logging.ERROR)  # below that the library writes what clients send


def _clients_fault(record: logging.LogRecord) -> bool:
    """Call what a client did wrong (a foreign origin, a stale session) information: it is no error of ours."""
    if "further occurrences" in record.getMessage():
        record.levelno, record.levelname = logging.INFO, "INFO"
    return True


_LIBRARY.addFilter(_clients_fault)

MAX_FRAME = 65_536
MAX_WAITING = 1_000
"""Packets that a slow reader may have waiting before it is cut off: it reconnects and reads what it missed."""

Gate = Callable[[str, str, list[Any]], Awaitable[dict[str, Any]]]


class HubServer(socketio.AsyncServer):  # type: ignore[misc]
    """The Socket.IO server of one hub node."""

    def __init__(self, origins: list[str]) -> None:
        super().__init__(
            async_mode="aiohttp",
            json=Json,
            logger=_LIBRARY,
            engineio_logger=_LIBRARY,
            cors_allowed_origins=origins,
            cors_credentials=False,
            max_http_buffer_size=MAX_FRAME,
            http_compression=False,
            compress=False,
            ping_interval=20,
            ping_timeout=20,
            always_connect=False,
            cookie=None,
        )
        self._tasks: set[asyncio.Task[None]] = set()
        self.gate: Gate | None = None

    async def _handle_eio_message(self, eio_sid: str, data: Any) -> None:
        """Read a packet; whoever sends what is none, or bytes, is not one of our clients."""
        try:
            if not isinstance(data, str):
                raise TypeError("binary packets are not used")  # noqa: TRY301 - one answer for all that is unreadable
            await super()._handle_eio_message(eio_sid, data)
        except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
            log.info("a connection that sent an unreadable packet is closed (%s)", type(error).__name__)
            await self.close_transport(eio_sid)

    async def _handle_event(self, eio_sid: str, namespace: str | None, id: int | None, data: Any) -> None:  # noqa: A002
        if not isinstance(data, list) or not data or not isinstance(data[0], str):
            return
        namespace = namespace or "/"
        sid = self.manager.sid_from_eio_sid(eio_sid, namespace)
        if sid is None or self.gate is None or not self.manager.is_connected(sid, namespace):
            return
        answering = self.gate(sid, data[0], data[1:])
        task = asyncio.ensure_future(self._answer(eio_sid, namespace, id, answering))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, eio_sid: str, namespace: str, id: int | None, answering: Awaitable[dict[str, Any]]) -> None:  # noqa: A002
        result = await answering
        if id is not None:
            await self._send_packet(eio_sid, self.packet_class(packet.ACK, namespace=namespace, id=id, data=[result]))

    async def send_to(self, connections: Iterable[Connection], event: ServerEvent, data: Any) -> int:
        """Send an event to these connections of this node, encoded once. Return how many were still there."""
        targets = list(connections)
        if not targets:
            return 0
        encoded = self.packet_class(packet.EVENT, namespace="/", data=[event.value, data]).encode()
        whole = engine_packet.Packet(engine_packet.MESSAGE, encoded)
        sent = 0
        for connection in targets:
            socket = self.eio.sockets.get(connection.eio_sid)
            if socket is None or socket.closed:
                continue
            if socket.queue.qsize() > MAX_WAITING:
                log.warning("a slow reader is cut off", extra={"user_id": str(connection.user_id)})
                await self.drop(connection)
                continue
            await socket.send(whole)
            sent += 1
        SENT.labels(event.value).inc(sent)
        return sent

    async def drop(self, connection: Connection) -> None:
        """Close the transport: the client reconnects by itself and reads through REST what it missed."""
        await self.close_transport(connection.eio_sid)

    async def close_transport(self, eio_sid: str) -> None:
        """Close an engine connection, whether or not somebody has signed in on it."""
        socket = self.eio.sockets.get(eio_sid)
        if socket is not None and not socket.closed:
            # No CLOSE packet: some clients take it for a goodbye and do not come back.
            await socket.close(wait=False, abort=True)
            await socket.queue.put(None)  # what is queued goes out, then the writer hangs up
