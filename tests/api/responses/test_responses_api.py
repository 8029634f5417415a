"""Responses over HTTP: shapes, codes, and the walk from sending to rating."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from lers_web.domains.requests.service import Status
from lers_web.domains.responses import schemas
from lers_web.http.schemas import page_of
from lers_web.kernel.ids import new_id
from tests import samples
from tests.factories import cases, uploads
from tests.factories.callers import Callers
from tests.factories.cast import Cast
from tests.factories.shapes import differences

BASE = "/lers/responses/"


@pytest.fixture
def working(cast: Cast, item: UUID) -> str:
    return str(cases.make_request(cast, item, Status.IN_PROGRESS))


def send(people: Callers, request_id: str, **more: Any) -> dict[str, Any]:
    answer = people.call("desk", "POST", BASE, json={"request_id": request_id, "response_text": "All of it.", **more})
    assert answer.status_code == 201, answer.text
    return dict(answer.json)


def test_from_sending_to_rating(people: Callers, cast: Cast, working: str) -> None:
    file_id = uploads.upload_clean(
        cast, "desk", samples.cdr_vi(), filename="vi.csv", media_type="text/csv", purpose="RESPONSE"
    )
    sent = people.call(
        "desk",
        "POST",
        BASE,
        json={"request_id": working, "response_text": "All.", "file_ids": [str(file_id)]},
        headers={"Idempotency-Key": f"send-{working}"},
    )
    assert (sent.status_code, sent.headers["ETag"]) == (201, '"1"')
    assert not differences(schemas.ResponseMadeOut, sent.json)
    again = people.call(
        "desk",
        "POST",
        BASE,
        json={"request_id": working, "response_text": "All.", "file_ids": [str(file_id)]},
        headers={"Idempotency-Key": f"send-{working}"},
    )
    assert again.json["id"] == sent.json["id"]
    path = f"{BASE}{sent.json['id']}/"
    assert people.call("io", "GET", path).json["files"][0]["filename"] == "vi.csv"
    manifest = people.call("io", "GET", f"{path}manifest/")
    assert not differences(schemas.ManifestOut, manifest.json)
    verified = people.call("io", "POST", f"{path}verify/", json={})
    assert (verified.status_code, verified.json["verdict"]) == (200, "VALID")
    assert not differences(schemas.VerificationOut, verified.json)
    assert people.call("nodal", "POST", f"{path}accept/", json={}).status_code == 403
    assert people.call("io", "POST", f"{path}accept/", json={}, headers={"If-Match": '"9"'}).status_code == 412
    accepted = people.call("io", "POST", f"{path}accept/", json={})
    assert (accepted.status_code, accepted.json["status"]) == (200, "ACCEPTED")
    twice = people.call("io", "POST", f"{path}accept/", json={})
    assert (twice.status_code, twice.json["code"]) == (409, "illegal_transition")
    assert people.call("desk", "POST", f"/lers/requests/{working}/complete/", json={}).json["sla_met"] is True
    rated = people.call("io", "POST", f"{path}rate/", json={"score": 5, "comment": "Fast."})
    assert (rated.status_code, rated.json["rating"]) == (200, 5)
    for wrong in ({}, {"score": 0}, {"score": 6}, {"score": "5"}, {"score": 4.5}, {"score": True}):
        assert people.call("io", "POST", f"{path}rate/", json=wrong).status_code == 422, wrong


def test_rejecting_gives_the_request_back(people: Callers, working: str) -> None:
    sent = send(people, working)
    path = f"{BASE}{sent['id']}/"
    assert people.call("io", "POST", f"{path}reject/", json={}).status_code == 422
    rejected = people.call("io", "POST", f"{path}reject/", json={"reason": "Incomplete"})
    assert (rejected.json["status"], rejected.json["rejection_reason"]) == ("REJECTED", "Incomplete")
    assert people.call("io", "GET", f"/lers/requests/{working}/").json["status"] == "IN_PROGRESS"


def test_lists(people: Callers, working: str) -> None:
    sent = send(people, working)
    listed = people.call("io", "GET", f"{BASE}?request_id={working}")
    assert not differences(page_of(schemas.ResponseOut), listed.json)
    assert [row["id"] for row in listed.json["items"]] == [sent["id"]]
    of_request = people.call("sho", "GET", f"/lers/requests/{working}/responses/")
    assert [row["id"] for row in of_request.json["items"]] == [sent["id"]]
    assert people.call("banker", "GET", f"{BASE}?request_id={working}").json["total"] == 0
    assert people.call("banker", "GET", f"/lers/requests/{working}/responses/").status_code == 404
    assert people.call("io", "GET", f"{BASE}?status=SOME").status_code == 422


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({}, "request_id"),
        ({"request_id": "x"}, "request_id"),
        ({"outcomes": [{"identifier_id": str(new_id()), "outcome": "PENDING"}]}, "outcomes"),
        ({"outcomes": [{"identifier_id": str(new_id()), "outcome": "NO_DATA", "reason_code": "WHIM"}]}, "outcomes"),
        ({"file_ids": "x"}, "file_ids"),
        ({"status": "ACCEPTED"}, "status"),
        ({"response_text": "x" * 20_001}, "response_text"),
    ],
)
def test_what_is_not_valid_is_named(people: Callers, working: str, body: dict[str, Any], place: str) -> None:
    whole = body if not body or "request_id" in body else {"request_id": working, "response_text": "x", **body}
    answer = people.call("desk", "POST", BASE, json=whole)
    assert answer.status_code == 422
    assert any(key.startswith(place) for key in answer.json["errors"]), answer.json


@pytest.mark.parametrize(("who", "code"), [("banker", 404), ("io", 403), ("sho", 403), ("admin", 403)])
def test_who_may_not_answer(people: Callers, working: str, who: str, code: int) -> None:
    body = {"response_text": "x"}
    assert people.call(who, "POST", BASE, json={"request_id": working, **body}).status_code == code
    assert people.call(who, "POST", f"/lers/requests/{working}/response-statement/", json=body).status_code == code


def test_the_manifest_to_sign(people: Callers, working: str) -> None:
    shown = people.call(
        "desk", "POST", f"/lers/requests/{working}/response-statement/", json={"response_text": "All of it."}
    )
    assert shown.status_code == 200
    assert not differences(schemas.ResponseStatementOut, shown.json)


def test_who_sees_no_case_sees_no_response(people: Callers, working: str) -> None:
    path = f"{BASE}{send(people, working)['id']}/"
    for who in ("banker", "foreign_io", "io2", "admin"):
        assert people.call(who, "GET", path).status_code == 404
        assert people.call(who, "GET", f"{path}manifest/").status_code == 404
        assert people.call(who, "POST", f"{path}verify/", json={}).status_code == 404
