"""Jobs on real servers: a database of each test's own, and one logical database of Valkey for them alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from redis import Redis

from lers_jobs import runtime
from lers_jobs.__main__ import make_worker
from lers_jobs.queues import QueueName
from lers_web.config import Settings
from lers_web.kernel.ports import Backend
from tests.factories.cast import Cast, cast_in

REDIS_DATABASE = "/9"


@pytest.fixture
def settings(database: Settings) -> Settings:
    url = urlunsplit(urlsplit(database.redis_url)._replace(path=REDIS_DATABASE))
    return dataclasses.replace(database, redis_url=url)


@pytest.fixture
def redis(settings: Settings) -> Iterator[Redis]:
    with Redis.from_url(settings.redis_url) as client:
        client.flushdb()
        yield client
        client.flushdb()


@pytest.fixture
def cast(settings: Settings) -> Iterator[Cast]:
    with cast_in(settings) as cast:
        yield cast


@pytest.fixture
def worker_backend(settings: Settings) -> Iterator[Backend]:
    """What the jobs of this process work with."""
    yield runtime.configure(settings)
    runtime.forget()


@pytest.fixture
def work(redis: Redis, worker_backend: Backend) -> Any:
    """Run whatever is queued, in this process, until the queues are empty."""

    def run(*names: QueueName) -> None:
        worker = make_worker(redis, [name.value for name in names or QueueName])
        worker.work(burst=True, logging_level=None)

    return run


@pytest.fixture
def environ(settings: Settings) -> dict[str, str]:
    """The settings as a process of its own reads them."""
    return environ_of(settings)


def environ_of(settings: Settings) -> dict[str, str]:
    written = {}
    for field in dataclasses.fields(settings):
        value = getattr(settings, field.name)
        if value is None:
            continue
        name = "EVIDENCE_ENCRYPTION_KEY" if field.name == "evidence_key" else f"LERS_{field.name.upper()}"
        written[name] = _text(value)
    return written


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, bool):
        return "true" if value else "false"
    return ",".join(value) if isinstance(value, tuple) else str(value)


def with_changes(environ: Mapping[str, str], **changes: str) -> dict[str, str]:
    return {**environ, **changes}
