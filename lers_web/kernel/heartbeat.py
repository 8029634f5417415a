"""Signs of life of processes that nobody can ask: each writes when it was last seen into Redis.

A sign says something while it is there; that it is gone, as after a flush, says no more than "not seen".
"""

from __future__ import annotations

import datetime as dt
import os
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from redis import Redis

from lers_web.kernel import clock

KEY = "lers:heartbeats"
SECONDS_BETWEEN = 1.0
KEPT = dt.timedelta(days=1)
"""How long one who is gone is remembered: long enough to say since when."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One process, since when it runs, and when it was last seen."""

    service: str
    instance: str
    since: dt.datetime
    seen: dt.datetime


class Heartbeat:
    """The signs of one process."""

    def __init__(self, redis: Redis, service: str) -> None:
        self._redis, self._service = redis, service
        self._instance = f"{socket.gethostname()}:{os.getpid()}"
        self._since = clock.now()
        self._next = 0.0

    def beat(self) -> None:
        """Say that this process has just gone round, once a second at most. Raises ``RedisError``."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + SECONDS_BETWEEN
        sign = {"service": self._service, "since": self._since, "seen": clock.now()}
        self._redis.hset(KEY, f"{self._service}@{self._instance}", orjson.dumps(sign).decode())

    def leave(self) -> None:
        """Say that it stops by itself."""
        self._redis.hdel(KEY, f"{self._service}@{self._instance}")


def signs(redis: Redis) -> list[Sign]:
    """Return the signs of all processes, the freshest first, and forget those of long ago."""
    found: list[Sign] = []
    stored: Mapping[bytes, bytes] = redis.hgetall(KEY)  # type: ignore[assignment]
    for field, value in stored.items():
        sign = _read(field.decode(errors="replace"), value)
        if sign is None or clock.now() - sign.seen > KEPT:
            redis.hdel(KEY, field)
        else:
            found.append(sign)
    return sorted(found, key=lambda sign: sign.seen, reverse=True)


def _read(field: str, value: bytes) -> Sign | None:
    try:
        body: dict[str, Any] = orjson.loads(value)
        moments = (dt.datetime.fromisoformat(body[name]) for name in ("since", "seen"))
        return Sign(str(body["service"]), field.partition("@")[2], *moments)
    except (ValueError, KeyError, TypeError):
        return None
