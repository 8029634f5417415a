# ruff: noqa: INP001 - a program, started by its path
"""Say by exit status whether this container's process does its work: ``python docker/health.py NAME [port]``.

For the containers' health checks. What it sees goes to stderr, where ``docker inspect`` shows it.
"""

from __future__ import annotations

import datetime as dt
import http.client
import socket
import sys
import time
from collections.abc import Callable

import psycopg
import redis

from lers_web.config import Settings, SettingsError

WEB_PORT = 8080
WAIT_SECONDS = 5
LATE_SECONDS = 180
"""A worker that runs a long job in its own process is silent for as long as the job may take."""


def web(_settings: Settings, port: int | None) -> str:
    """Ready to serve."""
    return _answers(port or WEB_PORT)


def hub(settings: Settings, port: int | None) -> str:
    """Ready to serve."""
    return _answers(port or settings.hub_port)


def worker(settings: Settings, _port: int | None) -> str:
    """In the queue's register under this container's name, with a recent sign of life."""
    with _redis(settings) as client:
        for key in client.smembers("rq:workers"):
            host, beat = client.hmget(key, "hostname", "last_heartbeat")
            if (host or b"").decode() == socket.gethostname():
                return "" if _age(beat) < LATE_SECONDS else "the worker has given no sign of life for three minutes"
    return "the worker is not in the queue's register"


def scheduler(settings: Settings, _port: int | None) -> str:
    """Registered, and not dead: its key in Redis expires seconds after the last look."""
    with _redis(settings) as client:
        for key in client.scan_iter(match="rq:scheduler_instance:*"):
            if client.hexists(key, "birth") and not client.hexists(key, "death"):
                return ""
    return "no scheduler is registered with the queue"


def relay(settings: Settings, _port: int | None) -> str:
    """Holds the connection on which it listens for new events."""
    query = (
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'lers-relay' "
        "AND client_addr IS NOT DISTINCT FROM inet_client_addr()"
    )
    with psycopg.connect(settings.worker_database_url, connect_timeout=WAIT_SECONDS) as connection:
        found = connection.execute(query).fetchone()
    return "" if found and found[0] else "the relay does not listen to the database"


def _answers(port: int) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT_SECONDS)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        return "" if answer.status == http.client.OK else f"/readyz answers {answer.status}: {answer.read(500)!r}"
    finally:
        connection.close()


def _redis(settings: Settings) -> redis.Redis:
    return redis.Redis.from_url(settings.redis_url, socket_timeout=WAIT_SECONDS, socket_connect_timeout=WAIT_SECONDS)


def _age(beat: bytes | None) -> float:
    """Return the seconds since RQ's timestamp (``2026-01-31T12:00:00.000000Z``)."""
    if not beat:
        return float("inf")
    return time.time() - dt.datetime.fromisoformat(beat.decode()).timestamp()


CHECKS: dict[str, Callable[[Settings, int | None], str]] = {
    "web": web,
    "hub": hub,
    "worker": worker,
    "scheduler": scheduler,
    "relay": relay,
}


def main(arguments: list[str]) -> int:
    """0 when healthy, 1 when not, 2 when asked for something else."""
    name, *rest = arguments or [""]
    if name not in CHECKS or len(rest) > 1 or not all(each.isdecimal() for each in rest):
        sys.stderr.write(f"usage: python docker/health.py {'|'.join(CHECKS)}\n")
        return 2
    try:
        problem = CHECKS[name](Settings.from_env(), int(rest[0]) if rest else None)
    except (OSError, http.client.HTTPException, redis.RedisError, psycopg.Error, SettingsError) as error:
        problem = f"{type(error).__name__}: {error}"
    if problem:
        sys.stderr.write(f"{name}: {problem}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
