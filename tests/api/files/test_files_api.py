"""Files over HTTP: announce, send, ask, read by ranges; every refusal with its code."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

import pytest

from lers_web.domains.files import scanning, service
from lers_web.domains.files.schemas import FileOut
from tests import samples
from tests.factories.callers import Callers
from tests.factories.rows import insert_request, rows

PDF = samples.pdf_mandate()
PATH = "/lers/files/"
ANNOUNCED = {
    "filename": "न्यायालय आदेश.pdf",
    "size": len(PDF),
    "media_type": "application/pdf",
    "purpose": "MANDATE",
    "sha256": hashlib.sha256(PDF).hexdigest(),
}


def announce(people: Callers, who: str = "io", **fields: Any) -> dict[str, Any]:
    response = people.call(who, "POST", PATH, json={**ANNOUNCED, **fields})
    assert response.status_code == 201, response.text
    return dict(response.json)


def put(people: Callers, file_id: str, data: bytes = PDF, who: str = "io", **kwargs: Any) -> Any:
    return people.call(who, "PUT", f"{PATH}{file_id}/content/", data=data, **kwargs)


def clean_file(people: Callers, who: str = "io") -> str:
    file_id = str(announce(people, who)["id"])
    assert put(people, file_id, who=who).status_code == 200
    cast = people.cast
    assert scanning.scan(cast.backend, UUID(file_id), cast[who].tenant_id) == "CLEAN"
    return file_id


def get(people: Callers, file_id: str, who: str = "io", **headers: str) -> Any:
    return people.call(who, "GET", f"{PATH}{file_id}/content/", headers=headers)


def test_a_file_is_announced_sent_scanned_and_read(people: Callers) -> None:
    announced = announce(people)
    assert announced["scan_status"] == "AWAITING_UPLOAD"
    assert announced["upload_url"] == f"/api/v1/lers/files/{announced['id']}/content/"
    assert announced["uploaded_by"] == {"id": str(people.cast["io"].user_id), "name": "Io", "rank": "PSI"}
    sent = put(people, announced["id"])
    assert sent.status_code == 200
    assert {key: sent.json[key] for key in ("scan_status", "size", "sha256", "media_type")} == {
        "scan_status": "PENDING",
        "size": len(PDF),
        "sha256": hashlib.sha256(PDF).hexdigest(),
        "media_type": "application/pdf",
    }
    waiting = get(people, announced["id"])
    assert (waiting.status_code, waiting.json["code"], waiting.json["scan_status"]) == (
        409,
        "file_not_clean",
        "PENDING",
    )
    scanning.scan(people.cast.backend, UUID(announced["id"]), people.cast["io"].tenant_id)
    status = people.call("io", "GET", f"{PATH}{announced['id']}/")
    assert status.json["scan_status"] == "CLEAN"
    assert status.json["abilities"] == {"upload": False, "download": True}
    assert status.headers["ETag"] == f'"{status.json["version"]}"'
    read = get(people, announced["id"])
    assert (read.status_code, read.data) == (200, PDF)


def test_the_answer_is_what_its_schema_says(people: Callers) -> None:
    file_id = clean_file(people)
    shown = people.call("io", "GET", f"{PATH}{file_id}/").json
    assert set(shown) == set(FileOut().fields)
    assert FileOut().dump(FileOut().load(shown))["sha512"] == shown["sha512"]


def test_a_download_cannot_run_in_the_browser(people: Callers) -> None:
    response = get(people, clean_file(people))
    headers = response.headers
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"].startswith("attachment; ")
    assert "filename*=UTF-8''%E0%A4%A8" in headers["Content-Disposition"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert headers["Accept-Ranges"] == "bytes"
    assert headers["Content-Length"] == str(len(PDF))


RANGES = {
    "bytes=0-9": (0, 10),
    "bytes=5-": (5, len(PDF)),
    "bytes=-7": (len(PDF) - 7, len(PDF)),
    f"bytes=10-{len(PDF) + 100}": (10, len(PDF)),
}


@pytest.mark.parametrize("asked", RANGES)
def test_one_range_is_answered_with_exactly_it(people: Callers, asked: str) -> None:
    start, end = RANGES[asked]
    response = get(people, clean_file(people), Range=asked)
    assert (response.status_code, response.data) == (206, PDF[start:end])
    assert response.headers["Content-Range"] == f"bytes {start}-{end - 1}/{len(PDF)}"


@pytest.mark.parametrize("asked", ["bytes=0-1,3-4", "lines=0-1", "bytes=x-y"])
def test_ranges_that_we_do_not_serve_are_answered_with_the_whole(people: Callers, asked: str) -> None:
    response = get(people, clean_file(people), Range=asked)
    assert (response.status_code, response.data) == (200, PDF)


def test_a_range_of_other_bytes_is_answered_with_the_whole(people: Callers) -> None:
    file_id = clean_file(people)
    tag = get(people, file_id).headers["ETag"]
    assert get(people, file_id, Range="bytes=0-3", **{"If-Range": tag}).status_code == 206
    assert get(people, file_id, Range="bytes=0-3", **{"If-Range": '"another"'}).status_code == 200


def test_a_range_outside_the_file_is_416(people: Callers) -> None:
    response = get(people, clean_file(people), Range=f"bytes={len(PDF)}-")
    assert response.status_code == 416
    assert response.headers["Content-Range"] == f"bytes */{len(PDF)}"
    assert response.json["code"] == "range_not_satisfiable"


def test_ranges_cross_the_segments_of_a_large_file(people: Callers) -> None:
    data = b"".join(b"%07d\n" % number for number in range(100_000))  # 800,000 bytes, four segments
    fields = {"filename": "a.txt", "media_type": "text/plain", "purpose": "EVIDENCE", "sha256": None}
    file_id = announce(people, size=len(data), **fields)["id"]
    put(people, file_id, data)
    scanning.scan(people.cast.backend, UUID(file_id), people.cast["io"].tenant_id)
    for start, end in ((262_140, 262_150), (0, 524_289), (786_430, 800_000)):
        assert get(people, file_id, Range=f"bytes={start}-{end - 1}").data == data[start:end]


def refused(response: Any) -> tuple[int, str]:
    return response.status_code, response.json["code"]


def test_what_cannot_be_announced(people: Callers) -> None:
    def post(who: str = "io", **fields: Any) -> tuple[int, str]:
        return refused(people.call(who, "POST", PATH, json={**ANNOUNCED, **fields}))

    assert post(size=52_428_801) == (413, "too_large")
    assert post(size=0) == (422, "invalid")
    assert post(size="12") == (422, "invalid")
    assert post(purpose="RESPONSE") == (403, "forbidden")
    assert post("sho") == (403, "forbidden")
    assert post(purpose="EXPORT") == (422, "invalid")
    assert post(sha256="xyz") == (422, "invalid")
    assert post(extra=1) == (422, "invalid")
    assert post(scan_status="CLEAN") == (422, "invalid")
    assert post(media_type="application/x-msdownload") == (422, "media_type_not_allowed")
    assert post(filename="mandate.docx") == (422, "extension_mismatch")


def test_what_cannot_be_sent(people: Callers) -> None:
    file_id = str(announce(people)["id"])
    assert refused(put(people, file_id, PDF + b"x")) == (422, "size_mismatch")
    assert refused(put(people, file_id, b"%PNG" + PDF[4:])) == (422, "content_mismatch")
    assert refused(put(people, file_id, PDF[:-1] + b"\x0b")) == (422, "sha256_mismatch")
    chunked = put(people, file_id, headers={"Transfer-Encoding": "chunked"})
    assert refused(chunked) == (411, "length_required")
    assert refused(put(people, file_id, who="foreign_io")) == (404, "not_found")
    assert refused(put(people, file_id, who="desk")) == (404, "not_found")
    assert put(people, file_id).status_code == 200
    assert refused(put(people, file_id)) == (409, "already_uploaded")


def test_51_mebibytes_are_refused_before_they_are_read(people: Callers) -> None:
    file_id = str(announce(people, size=52_428_800, sha256=None)["id"])
    response = put(people, file_id, b"x", environ_overrides={"CONTENT_LENGTH": str(51 * 1024 * 1024)})
    assert refused(response) == (413, "too_large")


def test_the_same_announcement_under_one_key_is_one_file(people: Callers) -> None:
    headers = {"Idempotency-Key": "announce-1"}
    first = people.call("io", "POST", PATH, json=ANNOUNCED, headers=headers)
    again = people.call("io", "POST", PATH, json=ANNOUNCED, headers=headers)
    assert first.json["id"] == again.json["id"]
    other = people.call("io", "POST", PATH, json={**ANNOUNCED, "size": 7}, headers=headers)
    assert refused(other) == (422, "idempotency_key_reused")


def test_another_tenants_file_is_not_there(people: Callers) -> None:
    file_id = clean_file(people)
    for who in ("io2", "sho", "foreign_io", "desk", "banker"):
        assert people.call(who, "GET", f"{PATH}{file_id}/").status_code == 404
        assert get(people, file_id, who).status_code == 404
    assert people.call("admin", "GET", f"{PATH}{file_id}/").status_code == 404


def test_the_files_of_a_request_are_listed_for_each_side(people: Callers) -> None:
    cast = people.cast
    request_id = insert_request(cast)
    mandate, internal = clean_file(people), clean_file(people)
    with cast.acting("io") as uow:
        service.share(uow, [UUID(mandate)], request_id, cast.tenants["telecom"])
        service.link(uow, UUID(internal), request_id)

    def listed(who: str) -> list[str]:
        response = people.call(who, "GET", f"/lers/requests/{request_id}/files/")
        return (
            [each["id"] for each in response.json["items"]] if response.status_code == 200 else [response.status_code]
        )

    assert listed("io") == [mandate, internal]
    assert listed("desk") == [mandate]
    assert listed("foreign_io") == [404]


def test_each_download_is_in_the_trail_with_its_request(people: Callers) -> None:
    cast = people.cast
    request_id = insert_request(cast)
    file_id = clean_file(people)
    with cast.acting("io") as uow:
        service.share(uow, [UUID(file_id)], request_id, cast.tenants["telecom"])
    assert get(people, file_id, "desk").data == PDF
    trail = rows(
        cast,
        "SELECT tenant_id, actor_id, request_id FROM audit.entry WHERE object_id = %s AND event = 'file:download'",
        UUID(file_id),
    )
    assert trail == [(cast.tenants["telecom"], cast["desk"].user_id, request_id)]


def test_damaged_bytes_are_not_given_out(people: Callers) -> None:
    file_id = clean_file(people)
    rows(
        people.cast,
        "UPDATE app.lers_files SET object_key = object_key || 'gone' WHERE id = %s RETURNING 1",
        UUID(file_id),
    )
    assert refused(get(people, file_id)) == (409, "file_damaged")
