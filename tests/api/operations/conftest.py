"""The application over a database of this module's own, and one logical database of Valkey for it alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import pytest
from redis import Redis

from lers_web.config import Settings
from tests.factories.callers import Callers, callers_of
from tests.factories.cast import Cast, cast_in

REDIS_DATABASE = "/8"


@pytest.fixture(scope="module")
def settings(module_database: Settings) -> Settings:
    url = urlunsplit(urlsplit(module_database.redis_url)._replace(path=REDIS_DATABASE))
    return dataclasses.replace(module_database, redis_url=url)


@pytest.fixture
def redis(settings: Settings) -> Iterator[Redis]:
    with Redis.from_url(settings.redis_url) as client:
        client.flushdb()
        yield client
        client.flushdb()


@pytest.fixture(scope="module")
def cast(settings: Settings) -> Iterator[Cast]:
    with cast_in(settings) as cast:
        yield cast


@pytest.fixture(scope="module")
def people(cast: Cast) -> Iterator[Callers]:
    with callers_of(cast) as callers:
        yield callers
