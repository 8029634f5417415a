"""The chat over HTTP: shapes, codes, cursors, repeated keys, and the same JSON as the schema promises."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from lers_web.domains.chat.schemas import MessageOut
from lers_web.kernel.ids import new_id
from tests.factories.callers import Callers
from tests.factories.cast import Cast
from tests.factories.talk import make_file, make_request, set_status

ENCRYPTED = {
    "encrypted_content": "Y2lwaGVy",
    "encrypted_key": "a2V5",
    "encryption_algorithm": "RSA-OAEP-256+A256GCM",
    "encryption_iv": "aXY=",
    "encryption_auth_tag": "dGFn",
    "sender_key_fingerprint": "12345-67890",
}


def path(request_id: UUID, tail: str = "messages/") -> str:
    return f"/lers/requests/{request_id}/{tail}"


def write(people: Callers, name: str, request_id: UUID, text: str = "Good morning.") -> dict[str, Any]:
    answer = people.call(name, "POST", path(request_id), json={"message_text": text})
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def test_a_message_is_written_and_read_by_both_sides(people: Callers, cast: Cast) -> None:
    request_id = make_request(cast)
    written = write(people, "io", request_id, "  नमस्ते, please confirm. ")
    assert written["message_text"] == "नमस्ते, please confirm."
    assert written["created_at"].endswith("Z")
    for name in ("io", "nodal", "sho"):
        page = people.call(name, "GET", path(request_id)).json
        assert page == {"items": [written], "next_cursor": None, "total": 1, "read_up_to": None}
    assert set(written) == set(MessageOut().fields)


def test_the_cursors_lead_through_the_whole_chat(people: Callers, cast: Cast) -> None:
    request_id = make_request(cast)
    ids = [write(people, "io", request_id, f"{n}")["id"] for n in range(5)]

    def page(query: str) -> dict[str, Any]:
        return dict(people.call("io", "GET", path(request_id) + query).json)

    back: list[str] = []
    query = "?limit=2"
    while query:
        found = page(query)
        back = [item["id"] for item in found["items"]] + back
        query = f"?limit=2&before={found['next_cursor']}" if found["next_cursor"] else ""
    assert back == ids
    gap = page(f"?after={ids[1]}&limit=2")
    assert [item["id"] for item in gap["items"]] == ids[2:4]
    assert page(f"?after={gap['next_cursor']}")["items"][0]["id"] == ids[4]


@pytest.mark.parametrize(
    "query",
    ["?limit=0", "?limit=201", "?after=x", "?cursor=x", "?after={id}&before={id}", "?after={id}&after={id}"],
)
def test_a_query_that_makes_no_sense_is_refused(people: Callers, cast: Cast, query: str) -> None:
    request_id = make_request(cast)
    answer = people.call("io", "GET", path(request_id) + query.format(id=new_id()))
    assert answer.status_code == 422, answer.json
    assert answer.json["code"] == "invalid"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "message_text"),
        ({"message_text": ""}, "message_text"),
        ({"message_text": "   "}, "message_text"),
        ({"message_text": 7}, "message_text"),
        ({"message_text": "x" * 10_001}, "message_text"),
        ({"message_text": "bell \x07"}, "message_text"),
        ({"message_text": "nul \0"}, "message_text"),
        ({"message_text": "x", "message_type": "SYSTEM"}, "message_type"),
        ({"message_text": "x", "sender_id": "x"}, "sender_id"),
        ({"message_text": "x", "file_ids": ["x"]}, "file_ids"),
        ({"message_text": "x", "file_ids": [str(UUID(int=1))] * 2}, "file_ids"),
        ({"message_text": "x", "file_ids": [str(UUID(int=n)) for n in range(11)]}, "file_ids"),
        ({"message_text": "x", "file_ids": [str(UUID(int=1))]}, "file_ids"),
        ({**ENCRYPTED, "message_text": "x"}, "message_text"),
        ({key: value for key, value in ENCRYPTED.items() if key != "encryption_iv"}, "encryption_iv"),
        ({**ENCRYPTED, "encrypted_key": "<script>"}, "encrypted_key"),
    ],
)
def test_a_message_that_is_none_is_refused_with_the_field(
    people: Callers, cast: Cast, body: dict[str, Any], field: str
) -> None:
    request_id = make_request(cast)
    answer = people.call("io", "POST", path(request_id), json=body)
    assert answer.status_code == 422, answer.json
    assert {name.partition(".")[0] for name in answer.json["errors"]} == {field}
    assert people.call("io", "GET", path(request_id)).json["total"] == 0


def test_an_encrypted_message_and_one_with_a_file(people: Callers, cast: Cast) -> None:
    request_id = make_request(cast)
    secret = people.call("io", "POST", path(request_id), json=ENCRYPTED).json
    assert secret["is_encrypted"] is True
    assert {key: secret[key] for key in ENCRYPTED} == ENCRYPTED
    file_id = make_file(cast, "nodal")
    sent = people.call("nodal", "POST", path(request_id), json={"file_ids": [str(file_id)]}).json
    assert (sent["message_type"], sent["message_text"]) == ("FILE", None)
    assert sent["attachments"][0]["id"] == str(file_id)
    assert people.call("io", "GET", f"/lers/files/{file_id}/").status_code == 200
    assert people.call("foreign_io", "GET", f"/lers/files/{file_id}/").status_code == 404


def test_the_same_key_gives_the_same_message_once(people: Callers, cast: Cast) -> None:
    request_id = make_request(cast)
    headers = {"Idempotency-Key": str(new_id())}

    def send(text: str) -> Any:
        return people.call("io", "POST", path(request_id), json={"message_text": text}, headers=headers)

    first, again, other = send("Once."), send("Once."), send("Twice.")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json == again.json
    assert (other.status_code, other.json["code"]) == (422, "idempotency_key_reused")
    assert people.call("io", "GET", path(request_id)).json["total"] == 1


def test_who_may_not_and_when_it_is_closed(people: Callers, cast: Cast) -> None:
    request_id = make_request(cast)
    body = {"message_text": "x"}
    codes = {name: people.call(name, "POST", path(request_id), json=body).status_code for name in ("sho", "admin")}
    assert codes == {"sho": 403, "admin": 403}
    for name in ("io2", "foreign_io", "banker"):
        assert people.call(name, "GET", path(request_id)).status_code == 404
        assert people.call(name, "POST", path(request_id), json=body).status_code == (404)
    set_status(cast, request_id, "RESPONSE_UPLOADED")
    set_status(cast, request_id, "COMPLETED")
    closed = people.call("io", "POST", path(request_id), json=body)
    assert (closed.status_code, closed.json["code"], closed.json["current_status"]) == (
        409,
        "request_closed",
        "COMPLETED",
    )
    assert people.call("io", "GET", path(request_id)).status_code == 200
    draft = people.call("io", "POST", path(make_request(cast, status="DRAFT")), json=body)
    assert (draft.status_code, draft.json["code"]) == (409, "chat_not_open")


def test_a_read_receipt(people: Callers, cast: Cast) -> None:
    request_id = make_request(cast)
    message = write(people, "io", request_id)
    read = people.call("nodal", "POST", path(request_id, "messages/read/"), json={"up_to": message["id"]})
    assert read.status_code == 200, read.json
    assert (read.json["up_to"], read.json["user_id"]) == (message["id"], str(cast["nodal"].user_id))
    shown = people.call("io", "GET", path(request_id)).json["items"][0]
    assert shown["read_by_receiver"] is True
    assert shown["read_at"].endswith("Z")
    assert people.call("nodal", "GET", path(request_id)).json["read_up_to"] == message["id"]
    for body, status in (({}, 422), ({"up_to": "x"}, 422), ({"up_to": str(new_id())}, 404)):
        assert people.call("nodal", "POST", path(request_id, "messages/read/"), json=body).status_code == status
    stranger = people.call("banker", "POST", path(request_id, "messages/read/"), json={"up_to": message["id"]})
    assert stranger.status_code == 404


def test_the_provider_asks_for_information(people: Callers, cast: Cast) -> None:
    request_id = make_request(cast)
    asked = people.call("nodal", "POST", path(request_id, "request-info/"), json={"message": "Which circle?"})
    assert (asked.status_code, asked.json["status"]) == (200, "IN_PROGRESS"), asked.json
    (question,) = people.call("io", "GET", path(request_id)).json["items"]
    assert (question["message_type"], question["message_text"]) == ("CLARIFICATION", "Which circle?")
    for body in ({}, {"message": " "}, {"message": "x", "pause": False}):
        assert people.call("nodal", "POST", path(request_id, "request-info/"), json=body).status_code == 422
    assert people.call("io", "POST", path(request_id, "request-info/"), json={"message": "x"}).status_code == 403
    stale = people.call(
        "nodal", "POST", path(request_id, "request-info/"), json={"message": "x"}, headers={"If-Match": '"77"'}
    )
    assert stale.status_code == 412
    set_status(cast, request_id, "RESPONSE_UPLOADED")
    late = people.call("nodal", "POST", path(request_id, "request-info/"), json={"message": "x"})
    assert (late.status_code, late.json["code"], late.json["current_status"]) == (
        409,
        "illegal_transition",
        "RESPONSE_UPLOADED",
    )
