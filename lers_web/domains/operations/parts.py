"""The state of each part of LERS, as far as a web process can tell: what it asks itself, and what others left in Redis.

The database is asked in the caller's transaction; the others after it, side by side, each with a short patience.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any

from redis import Redis, RedisError
from sqlalchemy import text

from lers_web.domains.operations import jobs
from lers_web.domains.operations.states import NEEDED, SILENCE, Part, PartState
from lers_web.kernel import clock, heartbeat
from lers_web.kernel.errors import Unavailable
from lers_web.kernel.ports import Ports
from lers_web.kernel.queues import QueueName
from lers_web.kernel.realtime import HINT_CHANNEL
from lers_web.kernel.uow import UnitOfWork

STARTED_AT = clock.now()
_WORKER_SILENCE = dt.timedelta(minutes=10)  # a fork's longest job keeps its worker's heartbeats coming meanwhile


@dataclass(frozen=True, slots=True)
class Finding:
    """One part: how it is, since when it runs, when it was last seen, and a word for the operator."""

    name: Part
    state: PartState
    since: dt.datetime | None = None
    last_seen_at: dt.datetime | None = None
    detail: str | None = None


def look(ports: Ports, database: Finding, release: str) -> dict[str, Any]:
    """Look at every part; the database was asked before, so that no transaction waits for the others."""
    with ThreadPoolExecutor(max_workers=4, thread_name_prefix="parts") as pool:
        asked = [pool.submit(look_at, ports) for look_at in (_behind_redis, _storage, _scanner, _mail)]
        others = [finding for each in asked for finding in each.result()]
    now = clock.now()
    web = Finding(Part.WEB, PartState.OK, STARTED_AT, now, f"release {release}")
    found = {finding.name: finding for finding in (web, database, *others)}
    return {
        "status": overall(list(found.values())),
        "checked_at": now,
        "parts": [asdict(found[part]) for part in Part],
    }


def overall(findings: Sequence[Finding]) -> PartState:
    """Sum up: down without what is needed, degraded without anything else."""
    bad = [finding for finding in findings if finding.state not in {PartState.OK, PartState.OFF}]
    if any(finding.name in NEEDED and finding.state is PartState.DOWN for finding in bad):
        return PartState.DOWN
    return PartState.DEGRADED if bad else PartState.OK


def ask_database(uow: UnitOfWork) -> Finding:
    """Whoever gets here has been read from it: what can be told is since when it runs, and its schema."""
    since, schema = uow.session.execute(
        text("SELECT pg_postmaster_start_time(), (SELECT version_num FROM app.alembic_version)")
    ).one()
    return Finding(Part.DATABASE, PartState.OK, since, clock.now(), f"schema {schema}")


def _behind_redis(ports: Ports) -> list[Finding]:
    """Redis, and those that are seen through it."""
    try:
        return [_redis(ports.redis), _hub(ports.redis), *_rounds(ports.redis), _workers(ports.redis)]
    except (RedisError, Unavailable) as error:
        detail = "seen through Redis, which does not answer"
        silent = (Part.HUB, Part.RELAY, Part.SCHEDULER, Part.WORKERS)
        down = Finding(Part.REDIS, PartState.DOWN, detail=type(error).__name__)
        return [down, *(Finding(part, PartState.UNKNOWN, detail=detail) for part in silent)]


def _redis(redis: Redis) -> Finding:
    now = clock.now()
    server: dict[str, Any] = redis.info("server")
    since = now - dt.timedelta(seconds=int(server.get("uptime_in_seconds", 0)))
    return Finding(Part.REDIS, PartState.OK, since, now, f"version {server.get('redis_version', '?')}")


def _hub(redis: Redis) -> Finding:
    """Each node of the hub keeps one subscription to the hints; Redis drops it with the node's connection."""
    ((_, nodes),) = redis.pubsub_numsub(HINT_CHANNEL)
    if not nodes:
        return Finding(Part.HUB, PartState.DOWN, detail="no node listens to hints")
    return Finding(Part.HUB, PartState.OK, None, clock.now(), _counted(nodes, "node"))


def _rounds(redis: Redis) -> list[Finding]:
    """Those that leave a sign each time they go round."""
    signs = heartbeat.signs(redis)
    return [_round(part, [sign for sign in signs if sign.service == part.value]) for part in SILENCE]


def _round(part: Part, signs: Sequence[heartbeat.Sign]) -> Finding:
    if not signs:
        return Finding(part, PartState.DOWN, detail="not seen since yesterday, or since Redis was emptied")
    living = [sign for sign in signs if clock.now() - sign.seen <= SILENCE[part]]
    if not living:
        return Finding(part, PartState.DOWN, signs[0].since, signs[0].seen, f"silent: {signs[0].instance}")
    since = min(sign.since for sign in living)
    return Finding(part, PartState.OK, since, living[0].seen, ", ".join(sign.instance for sign in living))


def _workers(redis: Redis) -> Finding:
    found = jobs.workers(redis)
    now = clock.now()
    living = [each for each in found if each["last_heartbeat_at"] and now - each["last_heartbeat_at"] < _WORKER_SILENCE]
    seen = max((each["last_heartbeat_at"] for each in found if each["last_heartbeat_at"]), default=None)
    if not living:
        return Finding(Part.WORKERS, PartState.DOWN, None, seen, "nobody takes jobs from the queues")
    unwatched = sorted({name.value for name in QueueName} - {name for each in living for name in each["queues"]})
    since = min((each["started_at"] for each in living if each["started_at"]), default=None)
    if unwatched:
        return Finding(Part.WORKERS, PartState.DEGRADED, since, seen, f"nobody watches {', '.join(unwatched)}")
    return Finding(Part.WORKERS, PartState.OK, since, seen, _counted(len(living), "worker"))


def _storage(ports: Ports) -> list[Finding]:
    return [_pinged(Part.STORAGE, ports.storage.ping)]


def _scanner(ports: Ports) -> list[Finding]:
    if ports.scanner is None:
        return [Finding(Part.SCANNER, PartState.OFF, detail="files are not scanned: no scanner is set")]
    return [_pinged(Part.SCANNER, ports.scanner.ping)]


def _mail(ports: Ports) -> list[Finding]:
    return [_pinged(Part.MAIL, ports.mailer.ping)]


def _pinged(part: Part, ping: Callable[[], bool]) -> Finding:
    begun = time.monotonic()
    if not ping():
        return Finding(part, PartState.DOWN, detail="does not answer")
    return Finding(part, PartState.OK, None, clock.now(), f"answered in {(time.monotonic() - begun) * 1000:.0f} ms")


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
