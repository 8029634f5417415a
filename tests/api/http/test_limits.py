"""The allowance of one person: what is over it is refused, and told when to come back."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest

from lers_web.config import Settings
from tests.factories.callers import Callers, callers_of
from tests.factories.cast import cast_in


@pytest.fixture
def people(database: Settings) -> Iterator[Callers]:
    with cast_in(database) as cast, callers_of(cast, rate_limit_user="3/minute") as callers:
        yield callers


def test_who_is_over_the_allowance_is_told_when_to_come_back_and_others_are_served(people: Callers) -> None:
    served = [people.call("io", "GET", "/auth/me/") for _ in range(3)]
    assert [answer.status_code for answer in served] == [200, 200, 200]
    assert all("Retry-After" not in answer.headers for answer in served)

    refused = people.call("io", "GET", "/auth/me/")
    assert refused.status_code == 429
    assert refused.json is not None
    assert refused.json["code"] == "rate_limited"
    assert 1 <= int(refused.headers["Retry-After"]) <= 61

    assert people.call("io2", "GET", "/auth/me/").status_code == 200


def test_without_redis_the_allowance_is_counted_in_memory(database: Settings) -> None:
    away = dataclasses.replace(database, redis_url="redis://127.0.0.1:1/0")
    with cast_in(away) as cast, callers_of(cast, rate_limit_user="2/minute") as people:
        codes = [people.call("io", "GET", "/auth/me/").status_code for _ in range(3)]
        refused = people.call("io", "GET", "/auth/me/")
    assert codes == [200, 200, 429]
    assert int(refused.headers["Retry-After"]) >= 1
