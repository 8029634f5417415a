"""Who is connected to this node: connections by person, tenant and chat room, with each one's limits."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from lers_web.kernel.actor import Actor, Source
from lers_web.kernel.permissions import Role
from lers_web.kernel.tokens import Claims

REMEMBERED = 512
MAX_ROOMS = 200


class Bucket:
    """A token bucket: ``rate`` a second, ``burst`` at once."""

    __slots__ = ("_at", "_burst", "_left", "_rate")

    def __init__(self, rate: float, burst: float) -> None:
        self._rate, self._burst, self._left, self._at = rate, burst, burst, time.monotonic()

    def take(self) -> bool:
        """Whether one more is allowed now."""
        now = time.monotonic()
        self._left = min(self._burst, self._left + (now - self._at) * self._rate)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Recent:
    """The last ids a connection was given: what is in here is not sent to it again."""

    __slots__ = ("_seen", "_size")

    def __init__(self, size: int = REMEMBERED) -> None:
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._size = size

    def knows(self, key: str) -> bool:
        """Whether this id was given already."""
        return key in self._seen

    def first_time(self, key: str) -> bool:
        """Whether this id is new; remembers it."""
        if key in self._seen:
            self._seen.move_to_end(key)
            return False
        self._seen[key] = None
        if len(self._seen) > self._size:
            self._seen.popitem(last=False)
        return True


@dataclass(slots=True, eq=False)
class Connection:
    """One open socket of one person."""

    sid: str
    eio_sid: str
    actor: Actor
    claims: Claims
    source: Source
    rooms: set[UUID] = field(default_factory=set)
    recent: Recent = field(default_factory=Recent)
    events: Bucket = field(default_factory=lambda: Bucket(20, 40))
    typing: Bucket = field(default_factory=lambda: Bucket(4, 10))
    refused: Bucket = field(default_factory=lambda: Bucket(5, 200))
    in_flight: int = 0
    timers: list[asyncio.TimerHandle] = field(default_factory=list)

    @property
    def user_id(self) -> UUID:
        """Whose socket this is."""
        return self.actor.user_id

    @property
    def expires_at(self) -> dt.datetime:
        """When its token ends."""
        return self.claims.expires_at

    def cancel_timers(self) -> None:
        """Forget what was planned for the old token."""
        for timer in self.timers:
            timer.cancel()
        self.timers.clear()


class Connections:
    """All connections of this node. Only the event loop touches it."""

    def __init__(self) -> None:
        self.by_sid: dict[str, Connection] = {}
        self._by_user: defaultdict[UUID, set[Connection]] = defaultdict(set)
        self._by_tenant: defaultdict[UUID, set[Connection]] = defaultdict(set)
        self._rooms: defaultdict[UUID, set[Connection]] = defaultdict(set)
        self._epochs: OrderedDict[UUID, int] = OrderedDict()

    def __len__(self) -> int:
        return len(self.by_sid)

    def __iter__(self) -> Iterator[Connection]:
        return iter(list(self.by_sid.values()))

    def add(self, connection: Connection) -> None:
        """Take a connection in."""
        self.by_sid[connection.sid] = connection
        self._by_user[connection.user_id].add(connection)
        self._by_tenant[connection.actor.tenant_id].add(connection)

    def remove(self, sid: str) -> Connection | None:
        """Let a connection go, out of its rooms too; None when it was gone already."""
        connection = self.by_sid.pop(sid, None)
        if connection is None:
            return None
        connection.cancel_timers()
        _discard(self._by_user, connection.user_id, connection)
        _discard(self._by_tenant, connection.actor.tenant_id, connection)
        for request_id in connection.rooms:
            _discard(self._rooms, request_id, connection)
        return connection

    def of_user(self, user_id: UUID) -> list[Connection]:
        """Return a person's connections here."""
        return list(self._by_user.get(user_id, ()))

    def of_tenants(self, tenants: Iterable[UUID]) -> list[Connection]:
        """Return the connections of these tenants' people, and of the platform's administrators."""
        found = {each for tenant in tenants for each in self._by_tenant.get(tenant, ())}
        found.update(each for each in self.by_sid.values() if each.actor.role is Role.SUPER_ADMIN)
        return list(found)

    def in_room(self, request_id: UUID) -> list[Connection]:
        """Return the members of a chat's room here."""
        return list(self._rooms.get(request_id, ()))

    def users(self) -> set[UUID]:
        """Return everybody who is connected here."""
        return set(self._by_user)

    def enter(self, connection: Connection, request_id: UUID) -> None:
        """Put a connection into a room. The caller has asked whether its person may read the chat."""
        connection.rooms.add(request_id)
        self._rooms[request_id].add(connection)

    def leave(self, connection: Connection, request_id: UUID) -> bool:
        """Take a connection out of a room; whether it was in there."""
        if request_id not in connection.rooms:
            return False
        connection.rooms.discard(request_id)
        _discard(self._rooms, request_id, connection)
        return True

    def epoch(self, request_id: UUID) -> int:
        """Return how often the access to a request was looked at again: a join that overlaps one asks once more."""
        return self._epochs.get(request_id, 0)

    def next_epoch(self, request_id: UUID) -> None:
        """Note that who may see a request has changed, or may have."""
        self._epochs[request_id] = self._epochs.pop(request_id, 0) + 1
        if len(self._epochs) > 10_000:  # noqa: PLR2004 - far more than can be joined within one database call
            self._epochs.popitem(last=False)


def _discard(index: defaultdict[UUID, set[Connection]], key: UUID, connection: Connection) -> None:
    members = index.get(key)
    if members is not None:
        members.discard(connection)
        if not members:
            del index[key]
