"""Signs of life: one a process, at most one a second, and forgotten after a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import orjson

from lers_web.kernel import clock, heartbeat
from lers_web.kernel.heartbeat import Heartbeat


class Hash:
    """A Redis of one hash."""

    def __init__(self) -> None:
        self.fields: dict[bytes, bytes] = {}
        self.writes = 0

    def hset(self, _key: str, field: str, value: str) -> None:
        self.fields[field.encode()] = value.encode()
        self.writes += 1

    def hdel(self, _key: str, field: Any) -> None:
        self.fields.pop(field if isinstance(field, bytes) else field.encode(), None)

    def hgetall(self, _key: str) -> dict[bytes, bytes]:
        return dict(self.fields)


def sign(seen: dt.datetime) -> bytes:
    return orjson.dumps({"service": "relay", "since": seen, "seen": seen})


def test_a_busy_process_writes_once_a_second() -> None:
    store = Hash()
    heart = Heartbeat(store, "relay")  # type: ignore[arg-type]
    for _ in range(100):
        heart.beat()
    assert store.writes == 1
    (found,) = heartbeat.signs(store)  # type: ignore[arg-type]
    assert found.service == "relay"
    assert found.since <= found.seen <= clock.now()
    heart.leave()
    assert heartbeat.signs(store) == []  # type: ignore[arg-type]


def test_the_freshest_comes_first_and_the_dead_and_damaged_are_forgotten() -> None:
    store, now = Hash(), clock.now()
    store.fields = {
        b"relay@old": sign(now - dt.timedelta(hours=2)),
        b"relay@new": sign(now),
        b"relay@dead": sign(now - dt.timedelta(days=2)),
        b"relay@odd": b"{",
        b"relay@naked": b'{"service": "relay"}',
    }
    assert [found.instance for found in heartbeat.signs(store)] == ["new", "old"]  # type: ignore[arg-type]
    assert set(store.fields) == {b"relay@new", b"relay@old"}
