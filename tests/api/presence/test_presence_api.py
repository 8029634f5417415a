"""Presence over HTTP: of those with whom one shares a request, and of nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from lers_web.domains.presence.schemas import PresenceOut
from lers_web.kernel.ids import new_id
from tests.factories.callers import Callers
from tests.factories.cast import Cast
from tests.factories.talk import make_request

PATH = "/lers/presence/"


def test_a_status_is_set_and_seen_by_the_other_side(people: Callers, cast: Cast) -> None:
    request_id = make_request(cast)
    mine = people.call("io", "POST", PATH, json={"status": "AWAY"})
    assert mine.status_code == 200, mine.json
    assert set(mine.json) == set(PresenceOut().fields)
    assert (mine.json["status"], mine.json["user"]["name"]) == ("AWAY", "Io")
    assert mine.json["last_seen"].endswith("Z")
    assert people.call("io", "GET", PATH).json["items"] == [mine.json]
    seen = people.call("nodal", "GET", f"{PATH}?user_id={cast['io'].user_id}").json
    assert seen == {"items": [mine.json], "next_cursor": None, "total": 1}
    everybody = people.call("nodal", "GET", f"{PATH}?request_id={request_id}").json["items"]
    assert {each["user"]["name"]: each["status"] for each in everybody} == {
        "Io": "AWAY",
        "Sho": "OFFLINE",
        "Dsp": "OFFLINE",
        "Nodal": "OFFLINE",
        "Desk": "OFFLINE",
    }


@pytest.mark.parametrize("name", ["foreign_io", "banker", "io2", "admin"])
def test_without_a_common_request_a_person_does_not_exist(people: Callers, cast: Cast, name: str) -> None:
    make_request(cast)
    answer = people.call(name, "GET", f"{PATH}?user_id={cast['io'].user_id}")
    assert (answer.status_code, answer.json["code"]) == (404, "not_found")
    unknown = people.call(name, "GET", f"{PATH}?user_id={new_id()}")
    assert unknown.status_code == 404
    assert unknown.json["detail"] == answer.json["detail"]


def test_another_tenants_request_shows_nobody(people: Callers, cast: Cast) -> None:
    request_id = make_request(cast)
    assert people.call("banker", "GET", f"{PATH}?request_id={request_id}").status_code == 404


@pytest.mark.parametrize("body", [{}, {"status": "GONE"}, {"status": "ONLINE", "user_id": "x"}, {"status": None}])
def test_a_status_that_is_none_is_refused(people: Callers, body: dict[str, Any]) -> None:
    assert people.call("io", "POST", PATH, json=body).status_code == 422


def test_two_questions_at_once_are_refused(people: Callers) -> None:
    assert people.call("io", "GET", f"{PATH}?user_id={new_id()}&request_id={new_id()}").status_code == 422
