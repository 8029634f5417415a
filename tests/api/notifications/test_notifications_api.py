"""Notifications over HTTP: one's own list, unread ones, marking some or all."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from lers_web.domains.notifications import service
from lers_web.domains.notifications.schemas import NotificationOut, NotificationPage
from lers_web.kernel.actor import SYSTEM_USER_ID, system_actor
from lers_web.kernel.ids import new_id
from lers_web.kernel.ports import Backend
from lers_web.kernel.uow import unit_of_work
from tests.factories.callers import Callers
from tests.factories.rows import insert_request, rows
from tests.factories.shapes import differences

PATH = "/lers/notifications/"


@pytest.fixture
def three(people: Callers) -> list[str]:
    """Three new requests for the provider's desk; the ids of its notifications, newest first."""
    cast = people.cast
    rows(cast, "DELETE FROM app.lers_notifications RETURNING 1")
    worker = Backend.connect(cast.settings, cast.settings.worker_database_url, application="lers-test-worker")
    for _ in range(3):
        payload = {"request_id": str(insert_request(cast)), "action": "submit", "old": "APPROVED", "new": "SUBMITTED"}
        happening = service.Happening(
            id=new_id(), type="request.status_changed", payload=payload, actor_id=SYSTEM_USER_ID
        )
        with unit_of_work(worker, system_actor(cast.tenants["telecom"])) as uow:
            service.tell(uow, happening)
    worker.engine.dispose()
    found: list[tuple[UUID]] = rows(
        cast,
        "SELECT id FROM app.lers_notifications WHERE user_id = %s ORDER BY created_at DESC",
        cast["desk"].user_id,
    )
    return [str(row[0]) for row in found]


def ids(response: Any) -> list[str]:
    return [each["id"] for each in response.json["items"]]


def test_the_list_is_ones_own_newest_first_and_as_its_schema_says(people: Callers, three: list[str]) -> None:
    response = people.call("desk", "GET", PATH)
    assert ids(response) == three
    assert (response.json["total"], response.json["next_cursor"]) == (3, None)
    shown = response.json["items"][0]
    assert set(shown) == set(NotificationOut().fields)
    assert (shown["type"], shown["read"], shown["priority"]) == ("NEW_REQUEST", False, "URGENT")
    assert shown["link"] == f"/provider/requests/{shown['request_id']}"
    assert people.call("io", "GET", PATH).json["total"] == 0
    assert people.call("admin", "GET", PATH).json["total"] == 0


def test_pages_follow_one_another(people: Callers, three: list[str]) -> None:
    first = people.call("desk", "GET", f"{PATH}?limit=2")
    second = people.call("desk", "GET", f"{PATH}?limit=2&cursor={first.json['next_cursor']}")
    assert ids(first) + ids(second) == three
    oldest = people.call("desk", "GET", f"{PATH}?sort=created_at&limit=1")
    assert ids(oldest) == three[-1:]


def test_some_then_all_are_marked_as_read(people: Callers, three: list[str]) -> None:
    marked = people.call("desk", "POST", PATH, json={"ids": three[:1]})
    assert marked.json == {"marked": 1, "unread_count": 2}
    assert ids(people.call("desk", "GET", f"{PATH}?unread=true")) == three[1:]
    assert ids(people.call("desk", "GET", f"{PATH}?unread=false")) == three[:1]
    assert people.call("desk", "POST", PATH, json={"all": True}).json == {"marked": 2, "unread_count": 0}
    assert people.call("desk", "POST", PATH, json={"all": True}).json == {"marked": 0, "unread_count": 0}


def test_a_page_says_how_many_are_unread_whatever_it_holds(people: Callers, three: list[str]) -> None:
    people.call("desk", "POST", PATH, json={"ids": three[:1]})
    for query, total in (("", 3), ("?unread=false", 1), ("?limit=1", 3), ("?type=COMPLETED", 0)):
        found = people.call("desk", "GET", f"{PATH}{query}")
        assert not differences(NotificationPage, found.json)
        assert (found.json["total"], found.json["unread_count"]) == (total, 2)


def test_those_of_a_type_or_of_a_request_are_found_and_marked(people: Callers, three: list[str]) -> None:
    with people.cast.superuser() as connection:
        connection.execute("UPDATE app.lers_notifications SET type = 'NEW_MESSAGE' WHERE id = %s", (three[0],))
    assert ids(people.call("desk", "GET", f"{PATH}?type=NEW_MESSAGE")) == three[:1]
    assert ids(people.call("desk", "GET", f"{PATH}?type=NEW_MESSAGE&type=NEW_REQUEST")) == three
    last = people.call("desk", "GET", PATH).json["items"][2]
    number = people.call("desk", "GET", f"/lers/requests/{last['request_id']}/").json["request_number"]
    assert last["request_number"] == number
    of_one = {"request_id": last["request_id"]}
    assert ids(people.call("desk", "GET", f"{PATH}?request_id={last['request_id']}")) == three[2:]
    assert people.call("nodal", "POST", PATH, json=of_one).json["marked"] == 1  # their own
    assert people.call("desk", "POST", PATH, json=of_one).json == {"marked": 1, "unread_count": 2}
    assert people.call("desk", "POST", PATH, json={"request_id": str(new_id())}).json["marked"] == 0


def test_others_notifications_are_not_touched(people: Callers, three: list[str]) -> None:
    assert people.call("nodal", "POST", PATH, json={"ids": three}).json["marked"] == 0
    assert people.call("desk", "GET", f"{PATH}?unread=true").json["total"] == 3


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"all": False},
        {"ids": []},
        {"ids": ["x"]},
        {"ids": [str(new_id())], "all": True},
        {"read": True},
        {"request_id": str(new_id()), "all": True},
        {"request_id": "x"},
    ],
)
def test_what_is_unclear_is_refused(people: Callers, body: dict[str, Any]) -> None:
    response = people.call("desk", "POST", PATH, json=body)
    assert (response.status_code, response.json["code"]) == (422, "invalid")


@pytest.mark.parametrize("query", ["unread=maybe", "limit=0", "limit=201", "cursor=xx", "sort=title", "other=1"])
def test_a_query_that_is_not_understood_is_refused(people: Callers, query: str) -> None:
    assert people.call("desk", "GET", f"{PATH}?{query}").status_code == 422
