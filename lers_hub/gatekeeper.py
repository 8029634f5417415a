"""Who comes in and who has to go: the handshake, the clock of each token, and sessions that end elsewhere."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from lers_hub.connections import Connection, Connections
from lers_hub.database import Database
from lers_hub.server import HubServer
from lers_web.config import Settings
from lers_web.kernel import clock
from lers_web.kernel.actor import Actor, Source
from lers_web.kernel.errors import EnrolmentRequired, Forbidden, NotAuthenticated
from lers_web.kernel.realtime import ServerEvent
from lers_web.kernel.tokens import AUDIENCE_HUB, Claims, TokenKeys

log = logging.getLogger(__name__)

WARN_SECONDS = 60
LINGER_SECONDS = 1.0
KEY_RELOAD_SECONDS = 1.0


class Gatekeeper:
    """Checks tokens as the API does, with public keys only, and asks the database whether the session lives."""

    def __init__(self, settings: Settings, database: Database, server: HubServer, connections: Connections) -> None:
        self._settings = settings
        self._database, self._server, self._connections = database, server, connections
        self._keys = TokenKeys.load(settings.key_dir, signing=False)
        self._keys_read_at = 0.0
        self._tasks: set[asyncio.Future[None]] = set()

    def read_token(self, token: Any) -> Claims:
        """Return what a good token says; raise ``NotAuthenticated`` for any other."""
        if not isinstance(token, str) or not token:
            raise NotAuthenticated("Connect with your access token: auth: {token}.")
        try:
            return self._keys.read(token, AUDIENCE_HUB)
        except NotAuthenticated:
            # The API may sign with a key that was made after this process started.
            if not self._reload_keys():
                raise
            return self._keys.read(token, AUDIENCE_HUB)

    def _reload_keys(self) -> bool:
        """Read the key directory again, now and then; whether it holds other keys than before."""
        now = asyncio.get_running_loop().time()
        if now - self._keys_read_at < KEY_RELOAD_SECONDS:
            return False
        self._keys_read_at = now
        before, self._keys = self._keys.kids, TokenKeys.load(self._settings.key_dir, signing=False)
        return before != self._keys.kids

    async def admit(self, sid: str, eio_sid: str, token: Any, source: Source) -> Connection:
        """Return a connection for a good token of a living session; its place in the house is the caller's matter."""
        claims = self.read_token(token)
        actor = await self._load(claims, source)
        return Connection(sid=sid, eio_sid=eio_sid, actor=actor, claims=claims, source=source)

    async def _load(self, claims: Claims, source: Source) -> Actor:
        """Return whom a token stands for; refuse who has to set up a second factor before anything else."""
        actor = await self._database.actor(claims, source)
        if actor.mfa_enrolment_required:
            raise EnrolmentRequired
        return actor

    async def renew(self, connection: Connection, token: Any) -> dt.datetime:
        """Take a fresh token on a living connection. It must be the same person's."""
        claims = self.read_token(token)
        if (claims.user_id, claims.tenant_id) != (connection.claims.user_id, connection.claims.tenant_id):
            raise Forbidden("This token is another person's. Open a connection of its own for it.")
        actor = await self._load(claims, connection.source)
        connection.actor, connection.claims = actor, claims
        self.start_clock(connection)
        return claims.expires_at

    def start_clock(self, connection: Connection) -> None:
        """Plan the warning before the token ends, and its end."""
        connection.cancel_timers()
        loop = asyncio.get_running_loop()
        left = (connection.expires_at - clock.now()).total_seconds()
        connection.timers = [
            loop.call_later(max(0.0, left - WARN_SECONDS), self._spawn, connection, self._warn),
            loop.call_later(max(0.0, left), self._spawn, connection, self._expire),
        ]

    def _spawn(self, connection: Connection, work: Callable[[Connection], Awaitable[None]]) -> None:
        self._tasks.add(task := asyncio.ensure_future(work(connection)))
        task.add_done_callback(self._tasks.discard)

    async def _warn(self, connection: Connection) -> None:
        left = (connection.expires_at - clock.now()).total_seconds()
        await self._server.send_to(
            [connection],
            ServerEvent.SESSION_EXPIRING,
            {"expires_at": connection.expires_at, "seconds": max(0, round(left))},
        )

    async def _expire(self, connection: Connection) -> None:
        await self.end(connection, "token_expired")

    async def end(self, connection: Connection, reason: str) -> None:
        """Tell a client that its session is over, and close: it does not come back by itself."""
        if connection.sid not in self._connections.by_sid:
            return
        await self._server.send_to([connection], ServerEvent.SESSION_ENDED, {"reason": reason})
        await self._server.disconnect(connection.sid)
        # A client that hangs on to its transport is cut off a moment later.
        asyncio.get_running_loop().call_later(
            LINGER_SECONDS, self._spawn, connection, lambda each: self._server.close_transport(each.eio_sid)
        )

    async def recheck(self, suspects: list[Connection]) -> None:
        """Look at sessions again: end what is over, and reload people whose rights have changed."""
        living = await self._database.living(list({each.claims.session_id for each in suspects}))
        for connection in suspects:
            now = living.get(connection.claims.session_id)
            if now is None:
                await self.end(connection, "session_ended")
            elif now.mfa_enrolment_required:
                await self.end(connection, EnrolmentRequired.code)
            elif now != (connection.actor.role.value, connection.actor.is_tenant_admin, False):
                await self.reload(connection)

    async def reload(self, connection: Connection) -> None:
        """Read a person again. One with another role connects again, so that every room is asked for anew."""
        try:
            actor = await self._load(connection.claims, connection.source)
        except NotAuthenticated:
            await self.end(connection, "session_ended")
            return
        except EnrolmentRequired as error:
            await self.end(connection, error.error_code)
            return
        changed = actor.role is not connection.actor.role
        connection.actor = actor
        if changed:
            await self._server.drop(connection)
