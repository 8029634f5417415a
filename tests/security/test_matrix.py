"""The permission matrix against the running application: one test of every operation, caller and case of its object.

What is allowed shows in an answer that only somebody allowed gets: 2xx, or 409 and 412, which come after rights were
looked at. Changes are sent with an ``If-Match`` that no version has, so that whoever may make them is told 412 and the
objects stay as they are for the tests that follow; what is changed all the same is set right again (``UNDO``).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from werkzeug.test import TestResponse

from lers_web.config import Settings
from lers_web.kernel.ids import new_id
from lers_web.kernel.matrix import ALLOWED, FORBIDDEN, NOBODY, NOT_FOUND, NOT_SIGNED_IN, Row, read_matrix
from tests.security.said import ALSO, API, BODIES, REQUEST, example
from tests.security.world import PEOPLE, World, world_in

MATRIX = read_matrix()
REDIS_DATABASE = "/9"
LAST = "POST /api/v1/auth/logout/"  # ends the session that the others need
NO_VERSION = {"If-Match": '"999999999"'}
REFUSED = {NOT_SIGNED_IN: "not_authenticated", FORBIDDEN: "forbidden", NOT_FOUND: "not_found"}
CASES = sorted(MATRIX.answers(), key=lambda each: each[0].name == LAST)


@pytest.fixture(scope="module")
def world(module_database: Settings) -> Iterator[World]:
    url = urlunsplit(urlsplit(module_database.redis_url)._replace(path=REDIS_DATABASE))
    with world_in(dataclasses.replace(module_database, redis_url=url)) as world:
        yield world


def call(world: World, row: Row, caller: str, object_id: str | None) -> TestResponse:
    """Send the operation's example about an object, or about none."""
    method, path = row.name.split(" ")
    body, said = example(row.name), dict[str, Any]()
    if row.object and row.where == "path":
        parameter = path.split("{")[1].split("}")[0]
        path = path.replace(f"{{{parameter}}}", str(object_id))
    elif row.object and row.where == "query":
        path += f"?{row.object}_id={object_id}"
    elif row.object:
        body = {**(body or {}), f"{row.object}_id": object_id}
    path = path.replace("{user_id}", str(world.cast["io2"].user_id)).replace("{number}", "1")
    assert "{" not in path, f"say what goes into {path}"
    if body is not None:
        if "up_to" in body:
            body["up_to"] = world.messages.get(str(object_id), body["up_to"])
        said["json"] = {**body, **BODIES.get(row.name, lambda _, __: {})(world, caller)}
        said["json"] = {name: value for name, value in said["json"].items() if value is not None}
    elif method == "PUT":
        said["data"] = b"x"
    if row.lists:
        path += "?limit=200" if method == "GET" and row.lists not in {"key", "session"} else ""
    if caller == NOBODY:
        return world.callers.app.test_client().open(path, method=method, headers=NO_VERSION, **said)
    return world.callers.call(PEOPLE[caller], method, path.removeprefix("/api/v1"), headers=NO_VERSION, **said)


def test_the_matrix_has_every_operation_of_the_document_and_no_other() -> None:
    operations = {
        f"{method.upper()} {path}": told
        for path, item in API["paths"].items()
        for method, told in item.items()
        if method != "parameters"
    }
    assert set(MATRIX.rows) == set(operations), "say in lers_web/permissions.toml who may use it"
    for name, told in operations.items():
        undeclared = "public" if told.get("security") == [] else "signed-in"
        assert MATRIX.rows[name].permission == (told["x-permission"] or undeclared), name


def _end_break_glass(world: World, got: TestResponse, _object_id: str) -> None:
    path = f"/auth/break-glass/{got.json['id']}/"
    assert world.callers.call("admin", "DELETE", path, headers={"If-Match": "*"}).status_code == 204


def _add_again(world: World, _got: TestResponse, object_id: str) -> None:
    path, body = f"/lers/requests/{object_id}/participants/", {"user_id": str(world.cast["io2"].user_id)}
    assert world.callers.call("io", "POST", path, json=body).status_code == 201


UNDO: dict[str, Callable[[World, TestResponse, str], None]] = {
    "POST /api/v1/auth/break-glass/": _end_break_glass,
    f"DELETE {REQUEST}participants/{{user_id}}/": _add_again,
}


@pytest.mark.parametrize(
    ("row", "caller", "case", "answer"),
    [pytest.param(*each, id=f"{each[0].name}-{each[1]}-{each[2] or 'none'}") for each in CASES],
)
def test_matrix(world: World, row: Row, caller: str, case: str | None, answer: int) -> None:
    who = PEOPLE.get(caller, "io")
    object_id = world.id_of(row.object, case, who) if row.object and case else None
    got = call(world, row, caller, object_id)
    if answer != ALLOWED:
        assert got.status_code == answer, got.text
        assert got.json["code"] == REFUSED[answer], got.text
        if answer == NOT_FOUND:
            _tells_nothing(world, row, caller, got)
        return
    if got.status_code >= 300 and got.status_code not in {409, 412}:
        assert (got.status_code, got.json["code"]) in ALSO.get(row.name, ()), got.text
    elif got.status_code < 300:
        if row.lists:
            _lists_what_is_seen(world, row.lists, caller, got.text)
        if row.name in UNDO and object_id is not None:
            UNDO[row.name](world, got, object_id)


def _tells_nothing(world: World, row: Row, caller: str, got: TestResponse) -> None:
    """The answer is that about an object which there is not, but for the id of the call."""
    nothing = f"{new_id()}-notify-{new_id()}" if row.object == "job" else str(new_id())
    missing = call(world, row, caller, nothing)
    assert missing.status_code == NOT_FOUND
    assert {**missing.json, "request_id": None} == {**got.json, "request_id": None}


def _lists_what_is_seen(world: World, kind: str, caller: str, text: str) -> None:
    """A list has every object that is seen, and none of the others."""
    for case, object_id in world.ids[kind].items():
        if isinstance(object_id, str):
            assert (object_id in text) is (case in MATRIX.kinds[kind].sees[caller]), case
