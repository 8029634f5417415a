"""One hub node: aiohttp and Socket.IO in front, the hint channel behind, and what ticks in between."""

from __future__ import annotations

import asyncio
import logging
import os
import random
import socket
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit
from zlib import crc32

from aiohttp import web
from socketio.exceptions import ConnectionRefusedError as Refused
from sqlalchemy.exc import SQLAlchemyError

from lers_hub.bus import Bus, Hint
from lers_hub.connections import Connection, Connections
from lers_hub.database import Database
from lers_hub.gatekeeper import Gatekeeper
from lers_hub.handlers import ClientEvents
from lers_hub.health import Health
from lers_hub.hints import Broadcaster
from lers_hub.metrics import CONNECTIONS, HANDSHAKES, HINTS
from lers_hub.presence import PresenceKeeper
from lers_hub.server import HubServer
from lers_web import tables as _tables  # noqa: F401 - every mapper is needed before the first query
from lers_web.config import Settings
from lers_web.kernel.actor import Source
from lers_web.kernel.errors import LersError, Unavailable
from lers_web.kernel.ids import new_id

log = logging.getLogger(__name__)

LANES = 8
LANE_LENGTH = 5_000
ATTEMPTS = 4
SESSION_SECONDS = 5.0
BEAT_SECONDS = 15.0
SIGN_IN_SECONDS = 30.0
SPREAD_SECONDS = 3.0
SOCKETS_PER_USER = 5
SOCKETS_PER_USER_STANDALONE = 10  # one person tries all the portals on one machine


def allowed_origins(settings: Settings) -> list[str]:
    """Return the web origins that may open a connection: the portals', the hub's own, and those the settings name.

    On one's own machine ``localhost`` and ``127.0.0.1`` are the same place.
    """
    found = set(settings.cors_origins)
    for url in (settings.base_url, settings.hub_url, f"http://{settings.hub_host}:{settings.hub_port}"):
        parts = urlsplit(url)
        hosts = {parts.hostname}
        if parts.hostname in _THIS_MACHINE:
            hosts = set(_THIS_MACHINE)
        port = f":{parts.port}" if parts.port else ""
        found |= {f"{parts.scheme}://{host}{port}" for host in hosts}
    return sorted(found)


_THIS_MACHINE = ("localhost", "127.0.0.1")


class Hub:
    """The node: build it, ``start`` it, ``stop`` it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.database = Database(settings)
        self.connections = Connections()
        self.server = HubServer(allowed_origins(settings))
        self.bus = Bus(settings.redis_url, str(new_id()), self._enqueue, self._fill_gap)
        self.gatekeeper = Gatekeeper(settings, self.database, self.server, self.connections)
        self.presence = PresenceKeeper(
            node=f"{socket.gethostname()}:{settings.hub_port}",  # an address: only one hub can have it
            max_sockets=SOCKETS_PER_USER if settings.production else SOCKETS_PER_USER_STANDALONE,
            database=self.database,
            bus=self.bus,
            server=self.server,
            connections=self.connections,
        )
        self.broadcaster = Broadcaster(
            database=self.database,
            server=self.server,
            connections=self.connections,
            gatekeeper=self.gatekeeper,
            presence=self.presence,
        )
        self.events = ClientEvents(
            database=self.database,
            server=self.server,
            connections=self.connections,
            bus=self.bus,
            gatekeeper=self.gatekeeper,
            presence=self.presence,
        )
        self.server.gate = self.events.gate
        self.server.on("connect", self._connect)
        self.server.on("disconnect", self._disconnect)
        self.draining = False
        self._lanes: list[asyncio.Queue[Hint]] = [asyncio.Queue(LANE_LENGTH) for _ in range(LANES)]
        self._tasks: list[asyncio.Task[None]] = []
        self._dropping: set[asyncio.Task[None]] = set()
        self._unsigned: dict[str, float] = {}
        self._runner: web.AppRunner | None = None

    # --- life -------------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Serve. Redis and the database may be away; a database that would show too much stops the start."""
        await self.database.insist_on_walls()
        app = web.Application()
        app.add_routes(Health(self.settings, self.database, self.bus, lambda: self.draining).routes())
        app.on_response_prepare.append(_headers)
        self.server.attach(app, socketio_path="socket.io")
        self._runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=5)
        await self._runner.setup()
        await web.TCPSite(self._runner, self.settings.hub_host, self.settings.hub_port).start()
        try:
            await self.presence.started()
        except SQLAlchemyError as error:
            log.warning("the database does not answer yet (%s)", type(error).__name__)
        self._tasks = [
            asyncio.ensure_future(self.bus.listen_for_ever()),
            asyncio.ensure_future(self.bus.publish_for_ever()),
            asyncio.ensure_future(_every(SESSION_SECONDS, self._check_sessions)),
            asyncio.ensure_future(_every(BEAT_SECONDS, self._beat)),
            *(asyncio.ensure_future(self._work(lane)) for lane in self._lanes),
        ]
        for task in self._tasks:
            task.add_done_callback(_must_not_end)

    async def stop(self) -> None:
        """Refuse newcomers, let everybody reconnect elsewhere, and leave nothing behind."""
        self.draining = True
        for task in self._tasks:
            task.remove_done_callback(_must_not_end)
        try:
            await self.presence.leave()
        except SQLAlchemyError:
            log.warning("presence could not be cleared; another node's sweep will find it")
        for connection in self.connections:
            await self.server.drop(connection)
        if self._runner is not None:
            await self._runner.cleanup()
        await self.server.shutdown()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.database.close()

    # --- connections ------------------------------------------------------------------------------------------------

    async def _connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        try:
            if self.draining:
                raise Unavailable("The hub is restarting. Try again in a moment.")  # noqa: TRY301 - one way to refuse
            token = auth.get("token") if isinstance(auth, dict) else None
            eio_sid = self.server.manager.eio_sid_from_sid(sid, "/")
            connection = await self.gatekeeper.admit(sid, eio_sid, token, self._source(environ))
            await self.presence.opened(connection)
        except LersError as error:
            HANDSHAKES.labels(error.error_code).inc()
            raise Refused(error.detail, {"code": error.error_code, "detail": error.detail}) from error
        except SQLAlchemyError as error:
            HANDSHAKES.labels("unavailable").inc()
            log.exception("a handshake failed: the database does not answer")
            detail = "The database does not answer. Try again in a moment."
            raise Refused(detail, {"code": "unavailable", "detail": detail}) from error
        except Exception as error:
            HANDSHAKES.labels("error").inc()
            log.exception("a handshake failed")
            detail = "This failed on our side. It is in the log."
            raise Refused(detail, {"code": "error", "detail": detail}) from error
        self.connections.add(connection)
        self.gatekeeper.start_clock(connection)
        HANDSHAKES.labels("ok").inc()
        CONNECTIONS.set(len(self.connections))

    async def _disconnect(self, sid: str, _reason: str = "") -> None:
        connection = self.connections.by_sid.get(sid)
        if connection is None:
            return
        for request_id in list(connection.rooms):
            await self.events.left(connection, request_id)
        self.connections.remove(sid)
        CONNECTIONS.set(len(self.connections))
        if not self.draining:
            self.presence.closed(connection)

    def _source(self, environ: dict[str, Any]) -> Source:
        """Return where a connection comes from, behind exactly as many proxies as the settings say."""
        request = environ.get("aiohttp.request")
        address = request.remote if request is not None else None
        hops = self.settings.trusted_proxies
        chain = [part.strip() for part in environ.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
        if hops and len(chain) >= hops:
            address = chain[-hops]
        agent = str(environ.get("HTTP_USER_AGENT", ""))[:300]
        return Source(ip=address, user_agent=agent.encode("ascii", "replace").decode() or None)

    # --- hints ------------------------------------------------------------------------------------------------------

    async def _enqueue(self, hint: Hint) -> None:
        """Put a hint into the lane of what it is about: in order there, beside each other otherwise."""
        payload = hint.payload
        about = payload.get("request_id") or payload.get("user_id") or payload.get("file_id") or hint.type
        await self._lanes[crc32(str(about).encode()) % LANES].put(hint)

    async def _work(self, lane: asyncio.Queue[Hint]) -> None:
        while True:
            hint = await lane.get()
            await self._deliver(hint)

    async def _deliver(self, hint: Hint) -> None:
        """Handle one hint; when it cannot be, make those whom it may concern reconnect and read for themselves."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                await self.broadcaster.handle(hint)
            except SQLAlchemyError:
                log.warning("a hint waits for the database", extra={"event": hint.type})
                await asyncio.sleep(0.2 * 2**attempt)
            except Exception:
                log.exception("a hint could not be handled", extra={"event": hint.type})
                break
            else:
                HINTS.labels(hint.type, "ok").inc()
                return
        HINTS.labels(hint.type, "failed").inc()
        for connection in self.connections.of_tenants(hint.tenants):
            await self.server.drop(connection)

    def _fill_gap(self) -> None:
        """After hints were missed, let every client reconnect, a little spread out, and read what it missed."""
        loop = asyncio.get_running_loop()
        log.warning("hints were missed: clients reconnect", extra={"count": len(self.connections)})
        for connection in self.connections:
            loop.call_later(
                random.uniform(0, SPREAD_SECONDS),
                self._drop_later,
                connection,
            )

    def _drop_later(self, connection: Connection) -> None:
        task = asyncio.ensure_future(self.server.drop(connection))
        self._dropping.add(task)
        task.add_done_callback(self._dropping.discard)

    # --- what ticks -------------------------------------------------------------------------------------------------

    async def _check_sessions(self) -> None:
        connections = list(self.connections)
        if connections:
            await self.gatekeeper.recheck(connections)

    async def _beat(self) -> None:
        await self._clear_dead()
        await self.presence.beat()

    async def _clear_dead(self) -> None:
        """Let go of connections whose transport is gone, and of transports on which nobody signs in."""
        alive = {sid for sid, each in self.server.eio.sockets.items() if not each.closed}
        for connection in self.connections:
            if connection.eio_sid not in alive:
                await self._disconnect(connection.sid)
        signed = {connection.eio_sid for connection in self.connections}
        now = asyncio.get_running_loop().time()
        self._unsigned = {sid: self._unsigned.get(sid, now) for sid in alive - signed}
        for sid, since in self._unsigned.items():
            if now - since > SIGN_IN_SECONDS:
                await self.server.close_transport(sid)


async def _headers(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers["Server"] = "lers-hub"
    response.headers["X-Content-Type-Options"] = "nosniff"


async def _every(seconds: float, work: Callable[[], Awaitable[None]]) -> None:
    """Do something again and again; a failure is logged and the next turn comes."""
    while True:
        await asyncio.sleep(seconds)
        try:
            await work()
        except SQLAlchemyError as error:
            log.warning("a periodic check waits for the database (%s)", type(error).__name__)
        except Exception:
            log.exception("a periodic check failed")


def _must_not_end(task: asyncio.Task[None]) -> None:
    """A background task that ends is a bug that must not pass unseen: the process stops, its keeper restarts it."""
    if not task.cancelled():
        log.critical("a background task of the hub ended", exc_info=task.exception())
        os.kill(os.getpid(), 15)
