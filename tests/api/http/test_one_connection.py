"""No request waits for a second connection while it holds one: a few together would wait for each other."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator

import pytest

from lers_web.config import Settings
from lers_web.http.guard import GATED_BLUEPRINTS, PUBLIC_ENDPOINTS
from tests.factories.callers import Callers, callers_of
from tests.factories.cast import cast_in

SECONDS = 5.0  # the pool gives up after ten
LAST = ("identity.Logout",)  # ends the session that the others need


@pytest.fixture
def people(database: Settings) -> Iterator[Callers]:
    with cast_in(dataclasses.replace(database, database_pool_size=1)) as cast, callers_of(cast) as callers:
        yield callers


@pytest.mark.parametrize("who", ["io", "sho", "nodal", "admin"])
def test_every_operation_gets_by_with_one(people: Callers, who: str) -> None:
    waited = []
    rules = [
        rule
        for rule in people.app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
        and rule.endpoint not in PUBLIC_ENDPOINTS
        and not rule.endpoint.startswith(GATED_BLUEPRINTS)
    ]
    for rule in sorted(rules, key=lambda rule: (rule.endpoint in LAST, rule.rule)):
        path = rule.rule.removeprefix("/api/v1")
        for name in rule.arguments:
            path = path.replace(f"<uuid:{name}>", "019fa7a2-0000-7000-8000-00000000dead")
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            started = time.perf_counter()
            body = {"password": "x"} if "step-up" in path else {}
            answer = people.call(who, method, path, json=body, headers={"If-Match": "*"})
            if time.perf_counter() - started > SECONDS or answer.status_code >= 500:
                waited.append(f"{method} {path}: {answer.status_code}")
    assert not waited


def test_a_refusal_is_recorded_with_one(people: Callers) -> None:
    assert people.call("io", "GET", "/users/").status_code == 403
    with people.cast.superuser() as connection:
        events = connection.execute("SELECT event FROM audit.entry WHERE event LIKE 'refused:%'").fetchall()
    assert events == [("refused:forbidden",)]
