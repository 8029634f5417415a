"""Hints between processes: what the relay tells every hub node, and what one node tells the others. Ids only.

One subscription and one publishing connection a node. A node hears its own hints at once, without the way over Redis,
so that a hub alone goes on while Redis is away. Whenever the subscription was lost, hints may have been missed: then
``on_gap`` is called, and the clients are made to reconnect and to fill the gap through REST.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from redis.asyncio import Redis
from redis.exceptions import RedisError

from lers_hub.wire import uuid_or_none
from lers_web.kernel.ids import new_id
from lers_web.kernel.realtime import HINT_CHANNEL

log = logging.getLogger(__name__)

QUEUE = 10_000
BATCH = 200
FIRST_WAIT, LONGEST_WAIT = 0.1, 3.0


@dataclass(frozen=True, slots=True)
class Hint:
    """A fact that a connection may have to hear of."""

    id: str
    type: str
    payload: Mapping[str, Any]
    tenants: tuple[UUID, ...]

    def uuid(self, name: str) -> UUID | None:
        """Return an id of the payload, or None."""
        return uuid_or_none(self.payload.get(name))


def _redis(url: str) -> Redis:
    # No read timeout: the subscription rightly waits. A dead peer is found by the health check.
    return Redis.from_url(url, socket_timeout=None, socket_connect_timeout=3, health_check_interval=10)


class Bus:
    """This node's ear and voice on the hint channel."""

    def __init__(
        self, url: str, node: str, on_hint: Callable[[Hint], Awaitable[None]], on_gap: Callable[[], None]
    ) -> None:
        self._url, self._node = url, node
        self._on_hint, self._on_gap = on_hint, on_gap
        self._outgoing: asyncio.Queue[bytes] = asyncio.Queue(QUEUE)
        self.subscribed = False
        self.lost = 0

    async def tell(self, kind: str, payload: Mapping[str, Any], tenants: Iterable[UUID]) -> None:
        """Tell every node, this one first. While Redis is away the other nodes miss it."""
        hint = Hint(str(new_id()), kind, payload, tuple(tenants))
        with contextlib.suppress(asyncio.QueueFull):
            self._outgoing.put_nowait(
                orjson.dumps(
                    {
                        "id": hint.id,
                        "type": kind,
                        "payload": dict(payload),
                        "tenants": [str(each) for each in hint.tenants],
                        "node": self._node,
                    }
                )
            )
        await self._on_hint(hint)

    async def publish_for_ever(self) -> None:
        """Send what ``tell`` queued, many at a time, over one connection."""
        while True:
            async with _redis(self._url) as client:
                try:
                    await self._publish(client)
                except (RedisError, OSError) as error:
                    log.warning("hints to other nodes are lost: Redis does not answer (%s)", type(error).__name__)
                    await asyncio.sleep(1)

    async def _publish(self, client: Redis) -> None:
        while True:
            batch = [await self._outgoing.get()]
            while len(batch) < BATCH and not self._outgoing.empty():
                batch.append(self._outgoing.get_nowait())
            pipeline = client.pipeline(transaction=False)
            for body in batch:
                pipeline.publish(HINT_CHANNEL, body)
            await pipeline.execute()

    async def listen_for_ever(self) -> None:
        """Hear the channel; after a loss, subscribe again for ever and say that there was a gap."""
        wait, first = FIRST_WAIT, True
        while True:
            try:
                async with _redis(self._url) as client, client.pubsub(ignore_subscribe_messages=True) as channel:
                    await channel.subscribe(HINT_CHANNEL)
                    self.subscribed, wait = True, FIRST_WAIT
                    if not first:
                        self._on_gap()
                    first = False
                    await self._listen(channel)
            except (RedisError, OSError) as error:
                if self.subscribed or first:
                    log.warning("the hint channel is lost (%s); subscribing again", type(error).__name__)
                first = False
                self.subscribed = False
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)

    async def _listen(self, channel: Any) -> None:
        while True:
            message = await channel.get_message(timeout=5.0)
            if message is not None:
                hint = self._read(message["data"])
                if hint is not None:
                    await self._on_hint(hint)

    def _read(self, data: bytes) -> Hint | None:
        """Read a hint; one's own was heard already, and one that is no hint is logged and left."""
        try:
            body = orjson.loads(data)
            if body.get("node") == self._node:
                return None
            return Hint(
                str(body["id"]), str(body["type"]), dict(body["payload"]), tuple(UUID(each) for each in body["tenants"])
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            self.lost += 1
            log.warning("an unreadable hint was left out")
            return None
