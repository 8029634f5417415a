"""The allowance of one person: what is over it is refused, and told when to come back."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Iterator

import pytest

from lers_web.config import Settings
from lers_web.domains.identity.service import make_hash
from lers_web.http.limits import APART
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


def test_file_status_file_bodies_and_presence_are_counted_apart(people: Callers) -> None:
    none = "019fa7a2-0000-7000-8000-00000000dead"
    paths = [f"/lers/files/{none}/", f"/lers/files/{none}/content/", "/lers/presence/"]
    seen = {people.call("io", "GET", path).status_code for path in paths * 3}  # nine of thirty, and none of the three
    assert 429 not in seen
    assert [people.call("io", "GET", "/auth/me/").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert people.call("io", "GET", paths[0]).status_code == 404  # what is over one allowance leaves the other


def test_what_is_counted_apart_is_there(people: Callers) -> None:
    assert set(people.app.view_functions) >= APART


PASSWORD = "Harbour-lantern-47"
ADDRESSES = (f"203.0.113.{number}" for number in itertools.count(1))
SignIn = Callable[..., int]


@pytest.fixture(params=["redis", "memory"])
def sign_in(request: pytest.FixtureRequest, database: Settings) -> Iterator[SignIn]:
    """Sign in as one of the cast from an address, and return the status; three times a minute are allowed."""
    changes = {"redis_url": "redis://127.0.0.1:1/0"} if request.param == "memory" else {}
    settings = dataclasses.replace(database, rate_limit_login="3/minute", **changes)
    with cast_in(settings) as cast, callers_of(cast) as people:
        with cast.superuser() as connection:
            hashed = make_hash(settings, PASSWORD)
            connection.execute("UPDATE app.authentication_user SET password_hash = %s", (hashed,))

        def post(who: str, address: str, password: str = PASSWORD) -> int:
            answer = people.app.test_client().post(
                "/api/v1/auth/login/",
                json={"email": cast[who].email, "password": password},
                environ_overrides={"REMOTE_ADDR": address},
            )
            return answer.status_code

        yield post


def test_a_stranger_who_knows_the_address_does_not_keep_an_officer_out(sign_in: SignIn) -> None:
    stranger, desk = next(ADDRESSES), next(ADDRESSES)
    assert [sign_in("io", stranger, "wrong") for _ in range(5)] == [401, 401, 401, 429, 429]
    assert sign_in("io", desk) == 200


def test_an_address_that_tries_many_accounts_is_held_up(sign_in: SignIn) -> None:
    address = next(ADDRESSES)
    assert [sign_in(who, address) for who in ("io", "io2", "sho", "dsp")] == [200, 200, 200, 429]
    assert sign_in("dsp", next(ADDRESSES)) == 200
