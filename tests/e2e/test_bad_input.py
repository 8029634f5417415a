"""Bad input gets its own clear answer, and changes nothing. Over HTTP, against the running system."""

from __future__ import annotations

import http.client
import uuid
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from tests import samples
from tests.e2e.people import Person

RAW = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def io(live_system: Any) -> Person:
    return Person(live_system.base_url, "io@cyber-mumbai.example")


@pytest.fixture(scope="module")
def stranger(live_system: Any) -> Person:
    return Person(live_system.base_url, "io@cid-bengaluru.example")


@pytest.fixture(scope="module")
def nodal(live_system: Any) -> Person:
    return Person(live_system.base_url, "nodal@bharat-telecom.example")


@pytest.fixture(scope="module")
def provider_id(nodal: Person) -> str:
    return str(nodal.user["tenant"]["id"])


@pytest.fixture
def draft(io: Person, provider_id: str) -> dict[str, Any]:
    made: dict[str, Any] = io.post(
        "/lers/requests/", {"provider_tenant_id": provider_id, "request_type": "CDR"}, expect=201
    )
    return made


def raw(io: Person, body: bytes, expect: int, path: str = "/lers/requests/") -> dict[str, Any]:
    answer: dict[str, Any] = io.call("POST", path, expect=expect, data=body, headers=RAW).json()
    return answer


@pytest.mark.parametrize(
    "body",
    [b"{", b"[1,", b"\xff\xfe", b'{"a": NaN}', b'{"request_type": "CDR", "request_type": "KYC"}', b"nonsense",
     b"[" * 3000, b'{"a":' * 50 + b"1" + b"}" * 50],
)  # fmt: skip
def test_an_unreadable_body_is_400(io: Person, body: bytes) -> None:
    assert raw(io, body, 400)["code"] == "bad_request"


def test_a_body_that_is_no_object_is_422(io: Person) -> None:
    assert raw(io, b"[1]", 422)["code"] == "invalid"


def test_a_body_of_another_type_is_415(io: Person) -> None:
    answer = io.call("POST", "/lers/requests/", expect=415, data=b"<a/>", headers={"Content-Type": "text/xml"})
    assert answer.json()["code"] == "unsupported_media_type"


def test_an_unknown_field_is_named(io: Person, provider_id: str) -> None:
    body = {"provider_tenant_id": provider_id, "request_type": "CDR", "status": "APPROVED", "colour": "red"}
    assert {"status", "colour"} <= set(io.post("/lers/requests/", body, expect=422)["errors"])


def test_an_unknown_query_parameter_is_named(io: Person) -> None:
    assert "colour" in io.get("/lers/requests/?colour=red", expect=422)["errors"]


@pytest.mark.parametrize("limit", ["-1", "0", "201", "x", "9223372036854775808"])
def test_a_page_limit_outside_its_range_is_422(io: Person, limit: str) -> None:
    assert "limit" in io.get(f"/lers/requests/?limit={limit}", expect=422)["errors"]


@pytest.mark.parametrize("cursor", ["x", "bnVsbA", "W10", "%00", "eyJhIjoxfQ"])
def test_a_damaged_cursor_is_422(io: Person, cursor: str) -> None:
    assert "cursor" in io.get(f"/lers/requests/?cursor={cursor}", expect=422)["errors"]


@pytest.mark.parametrize(
    "query", ["status=NOPE", "created_from=yesterday", "sort=notes", "provider_tenant_id=1", "q=%00"]
)
def test_a_bad_filter_is_422(io: Person, query: str) -> None:
    named = {name.partition(".")[0] for name in io.get(f"/lers/requests/?{query}", expect=422)["errors"]}
    assert query.partition("=")[0] in named


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("description", "a\u0000b"),
        ("description", "\ud800"),
        ("description", "x" * 200_000),
        ("description", 7),
        ("date_range_from", "10000-01-01"),
        ("date_range_from", "infinity"),
        ("date_range_from", "2026-02-30"),
        ("priority", "WHENEVER"),
        ("legal_mandate_type", "TRUST_ME"),
        ("identifiers", [{"type": "MSISDN"}]),
        ("identifiers", "98200"),
        ("metadata", {"k": float(2**60)}),
        ("answers", []),
        ("catalog_item_id", "1"),
    ],
)
def test_a_bad_value_names_its_field_and_changes_nothing(
    io: Person, draft: dict[str, Any], field: str, value: Any
) -> None:
    if field == "metadata":
        io.call("PATCH", f"/lers/requests/{draft['id']}/", {field: value}, expect=(200, 422), headers={"If-Match": "*"})
        return
    answer = io.call(
        "PATCH", f"/lers/requests/{draft['id']}/", {field: value}, expect=422, headers={"If-Match": "*"}
    ).json()
    assert any(name.split(".")[0] == field for name in answer["errors"]), answer
    assert io.get(f"/lers/requests/{draft['id']}/")["version"] == draft["version"]


def test_a_stranger_is_told_that_there_is_no_such_thing(stranger: Person, draft: dict[str, Any]) -> None:
    path = f"/lers/requests/{draft['id']}/"
    stranger.get(path, expect=404)
    stranger.call("PATCH", path, {"description": "mine"}, expect=404, headers={"If-Match": '"1"'})
    stranger.call("DELETE", path, expect=404, headers={"If-Match": '"1"'})
    stranger.act(draft["id"], "submit-for-approval", expect=404)
    for below in ("identifiers", "approvals", "timeline", "sla", "files", "responses", "messages", "participants"):
        stranger.get(f"{path}{below}/", expect=404)


def test_an_id_that_is_none_is_404(io: Person) -> None:
    io.get("/lers/requests/not-an-id/", expect=404)
    io.get(f"/lers/requests/{uuid.uuid4()}/", expect=404)


def test_versions_guard_a_change(io: Person, draft: dict[str, Any]) -> None:
    path = f"/lers/requests/{draft['id']}/"
    tag = io.call("GET", path).headers["ETag"]
    assert io.call("PATCH", path, {"description": "a"}, expect=428).json()["code"] == "precondition_required"
    io.call("PATCH", path, {"description": "a"}, headers={"If-Match": tag})
    stale = io.call("PATCH", path, {"description": "b"}, expect=412, headers={"If-Match": tag}).json()
    assert stale["code"] == "stale_version"
    io.call("DELETE", path, expect=412, headers={"If-Match": tag})
    io.call("DELETE", path, expect=428)
    io.act(draft["id"], "submit-for-approval", expect=412, headers={"If-Match": tag})
    assert io.get(path)["description"] == "a"


def test_a_repeated_post_is_done_once(io: Person, provider_id: str) -> None:
    key, body = {"Idempotency-Key": str(uuid.uuid4())}, {"provider_tenant_id": provider_id, "request_type": "KYC"}
    first = io.call("POST", "/lers/requests/", body, 201, headers=key)
    again = io.call("POST", "/lers/requests/", body, 201, headers=key)
    assert again.json() == first.json()
    assert again.headers["ETag"] == first.headers["ETag"]
    other = io.call("POST", "/lers/requests/", {**body, "request_type": "CDR"}, 422, headers=key).json()
    assert other["code"] == "idempotency_key_reused"


def test_a_step_that_is_not_possible_says_what_is(io: Person, draft: dict[str, Any]) -> None:
    refused = io.act(draft["id"], "withdraw", {"reason": "no"}, expect=409)
    assert refused["code"] == "illegal_transition"
    assert refused["current_status"] == "DRAFT"
    assert "submit-for-approval" in refused["allowed"] or "cancel" in refused["allowed"]


def test_an_incomplete_draft_is_told_everything_at_once(io: Person, draft: dict[str, Any]) -> None:
    refused = io.act(draft["id"], "submit-for-approval", expect=422)
    assert len(refused["errors"]) >= 2
    assert io.get(f"/lers/requests/{draft['id']}/")["status"] == "DRAFT"


def test_a_file_of_51_mib_is_refused_before_a_byte_is_sent(io: Person) -> None:
    body = {"filename": "a.pdf", "size": 51 * 1024 * 1024, "media_type": "application/pdf", "purpose": "MANDATE"}
    assert io.post("/lers/files/", body, expect=413)["code"] == "too_large"


def announced(io: Person, size: int, **more: Any) -> str:
    body = {"filename": "a.pdf", "size": size, "media_type": "application/pdf", "purpose": "MANDATE", **more}
    return str(io.post("/lers/files/", body, expect=201)["id"])


def test_a_body_of_51_mib_is_refused_by_its_length_alone(io: Person) -> None:
    file_id = announced(io, 50 * 1024 * 1024)
    parts = urlsplit(io.base)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    connection.putrequest("PUT", f"{parts.path}/lers/files/{file_id}/content/")
    connection.putheader("Authorization", f"Bearer {io.token}")
    connection.putheader("Content-Length", str(51 * 1024 * 1024))
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


def test_a_body_without_a_length_is_411(io: Person) -> None:
    file_id = announced(io, 4)

    def chunks() -> Any:
        yield b"%PDF"

    answer = requests.put(
        f"{io.base}/lers/files/{file_id}/content/",
        data=chunks(), headers={"Authorization": f"Bearer {io.token}"}, timeout=30,
    )  # fmt: skip
    assert (answer.status_code, answer.json()["code"]) == (411, "length_required")


def put(io: Person, file_id: str, data: bytes, expect: int) -> dict[str, Any]:
    answer: dict[str, Any] = io.call("PUT", f"/lers/files/{file_id}/content/", expect=expect, data=data).json()
    return answer


def test_bytes_that_are_not_what_was_announced_are_refused_and_can_be_sent_again(io: Person) -> None:
    pdf = samples.pdf_mandate()
    file_id = announced(io, len(pdf))
    put(io, file_id, pdf[:-1], 422)
    put(io, file_id, b"PK\x03\x04" + pdf[4:], 422)
    assert io.get(f"/lers/files/{file_id}/")["scan_status"] == "AWAITING_UPLOAD"
    put(io, file_id, pdf, 200)
    put(io, file_id, pdf, 409)
    wrong_hash = announced(io, len(pdf), sha256="0" * 64)
    assert "sha256" in put(io, wrong_hash, pdf, 422)["errors"]


def test_a_purpose_is_for_its_role(io: Person, nodal: Person) -> None:
    body = {"filename": "a.pdf", "size": 9, "media_type": "application/pdf", "purpose": "RESPONSE"}
    io.post("/lers/files/", body, expect=403)
    nodal.post("/lers/files/", {**body, "purpose": "MANDATE"}, expect=403)
    io.post("/lers/files/", {**body, "purpose": "MANDATE", "filename": "a.exe"}, expect=422)
    io.post("/lers/files/", {**body, "purpose": "MANDATE", "media_type": "application/x-msdownload"}, expect=422)


def test_a_bad_token_is_401_everywhere(io: Person) -> None:
    for header in ("", "Bearer", "Bearer x", "Basic abc", f"Bearer {io.token}x", "Bearer " + io.token[:-20]):
        answer = requests.get(f"{io.base}/lers/requests/", headers={"Authorization": header}, timeout=30)
        assert answer.status_code == 401, header
        assert answer.json()["code"] in {"not_authenticated", "token_expired"}


def test_a_cookie_alone_opens_nothing(io: Person) -> None:
    session = requests.Session()
    session.cookies.update(io.http.cookies)
    assert session.get(f"{io.base}/lers/requests/", timeout=30).status_code == 401


def test_every_answer_carries_its_headers(io: Person) -> None:
    answer = io.call("GET", "/lers/requests/counts/", headers={"X-Request-ID": "walk-1"})
    assert answer.headers["X-Request-ID"] == "walk-1"
    for name in ("X-Content-Type-Options", "Content-Security-Policy", "Referrer-Policy", "X-Frame-Options", "Date"):
        assert name in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
