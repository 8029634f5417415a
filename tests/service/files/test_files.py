"""Files on real servers: who may bring which, what a mismatch leaves behind, who sees what."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import threading
from functools import partial
from uuid import UUID

import pytest
from minio import Minio

from lers_web.config import MAX_FILE_BYTES
from lers_web.domains.files import reads, service, transfer
from lers_web.domains.files.media_types import Purpose
from lers_web.domains.files.orphans import remove_orphans
from lers_web.kernel import clock
from lers_web.kernel.errors import (
    Conflict,
    FileNotClean,
    Forbidden,
    Invalid,
    LengthRequired,
    NotFound,
    TooLarge,
    TooManyRequests,
)
from lers_web.kernel.ids import new_id
from lers_web.kernel.permissions import Role
from lers_web.kernel.ports import Backend
from tests import samples
from tests.factories.cast import Cast
from tests.factories.rows import insert_request, rows
from tests.factories.uploads import announce, send, text_file, upload, upload_clean

PDF = samples.pdf_mandate()


def objects_of(cast: Cast, file_id: UUID) -> list[str]:
    """What the store holds for a file."""
    settings = cast.settings
    client = Minio(
        settings.s3_endpoint,
        access_key=settings.s3_access_key,
        secret_key=settings.s3_secret_key,
        secure=False,
        region=settings.s3_region,
    )
    found = client.list_objects(settings.s3_bucket, recursive=True)
    return [each.object_name or "" for each in found if str(file_id) in (each.object_name or "")]


def status_of(cast: Cast, file_id: UUID) -> str:
    return str(rows(cast, "SELECT scan_status FROM app.lers_files WHERE id = %s", file_id)[0][0])


MAY_BRING = {
    ("io", "MANDATE"),
    ("io", "EVIDENCE"),
    ("io", "CHAT"),
    ("desk", "RESPONSE"),
    ("desk", "CHAT"),
    ("desk", "SAMPLE"),
}


@pytest.mark.parametrize("purpose", [each.value for each in Purpose])
@pytest.mark.parametrize("who", ["io", "sho", "desk", "admin"])
def test_each_role_brings_files_for_its_own_purposes(cast: Cast, who: str, purpose: str) -> None:
    if (who, purpose) in MAY_BRING:
        file_id = announce(cast, who, PDF, purpose=purpose)
        assert status_of(cast, file_id) == "AWAITING_UPLOAD"
        rows(cast, "UPDATE app.lers_files SET is_deleted = true WHERE id = %s RETURNING id", file_id)
    else:
        with pytest.raises(Forbidden):
            announce(cast, who, PDF, purpose=purpose)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"media_type": "application/x-msdownload", "filename": "a.exe"}, "media_type"),
        ({"media_type": "text/csv", "filename": "a.csv"}, "media_type"),
        ({"filename": "mandate.exe"}, "filename"),
    ],
)
def test_what_cannot_be_taken_is_refused_before_a_byte_is_sent(cast: Cast, fields: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        announce(cast, "io", PDF, **fields)
    assert list(caught.value.errors) == [field]


def test_a_file_of_one_byte_too_many_is_refused_and_one_of_the_limit_is_not(cast: Cast) -> None:
    with pytest.raises(TooLarge):
        announce(cast, "io", PDF, size=MAX_FILE_BYTES + 1)
    assert announce(cast, "io", PDF, size=MAX_FILE_BYTES)


def test_a_name_is_made_harmless(cast: Cast) -> None:
    file_id = announce(cast, "io", PDF, filename="../../etc/न्यायालय\x00 आदेश.pdf")
    with cast.acting("io") as uow:
        assert reads.one(uow, file_id)["filename"] == "न्यायालय आदेश.pdf"


def test_the_bytes_arrive_encrypted_hashed_and_told(cast: Cast) -> None:
    file_id = announce(cast, "io", PDF)
    row = send(cast, "io", file_id, PDF)
    assert (row["scan_status"], row["size"], row["media_type"]) == ("PENDING", len(PDF), "application/pdf")
    assert row["sha256"] == hashlib.sha256(PDF).hexdigest()
    assert row["sha512"] == hashlib.sha512(PDF).hexdigest()
    assert row["abilities"] == {"upload": False, "download": False}
    (key,) = objects_of(cast, file_id)
    assert key.startswith(f"{cast.tenants['mumbai']}/{file_id}/")
    events = rows(cast, "SELECT type, payload, tenants FROM app.outbox WHERE payload->>'file_id' = %s", str(file_id))
    assert events == [("file.uploaded", {"file_id": str(file_id), "scan_status": "PENDING"}, [cast.tenants["mumbai"]])]
    trail = rows(cast, "SELECT event FROM audit.entry WHERE object_id = %s ORDER BY seq", file_id)
    assert trail == [("file:announce",), ("file:upload",)]


def test_what_is_stored_is_not_readable_in_the_store(cast: Cast) -> None:
    text = b"the accused lives at a known address\n" * 50
    file_id = upload(cast, "io", text, **text_file())
    (key,) = objects_of(cast, file_id)
    settings = cast.settings
    client = Minio(
        settings.s3_endpoint, settings.s3_access_key, settings.s3_secret_key, secure=False, region=settings.s3_region
    )
    stored = client.get_object(settings.s3_bucket, key).read()
    assert b"accused" not in stored
    with cast.acting("io") as uow:
        found = transfer.stored(uow, file_id)
    assert b"".join(found.chunks(cast.backend.ports.storage)) == text


REFUSED = {
    "another type": ({}, b"PK\x03\x04" + b"x" * 500, "content", "content_mismatch"),
    "another hash": ({"sha256": "0" * 64}, PDF, "sha256", "sha256_mismatch"),
    "html for text": (text_file(), b"\x00\x01\x02\x03" * 100, "content", "content_mismatch"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bytes_that_are_not_what_was_announced_leave_nothing_behind(cast: Cast, case: str) -> None:
    fields, data, field, code = REFUSED[case]
    file_id = announce(cast, "io", data, **fields)
    with pytest.raises(Invalid) as caught:
        send(cast, "io", file_id, data)
    assert (list(caught.value.errors), caught.value.error_code) == ([field], code)
    assert status_of(cast, file_id) == "AWAITING_UPLOAD"
    assert objects_of(cast, file_id) == []


def test_a_refused_upload_may_be_sent_again(cast: Cast) -> None:
    file_id = announce(cast, "io", PDF)
    with pytest.raises(Invalid):
        send(cast, "io", file_id, b"%PNG" + PDF[4:])
    assert send(cast, "io", file_id, PDF)["scan_status"] == "PENDING"


def test_another_length_is_refused_before_and_after_the_body(cast: Cast) -> None:
    file_id = announce(cast, "io", PDF)
    with pytest.raises(Invalid) as before:
        send(cast, "io", file_id, PDF + b"x")
    assert before.value.error_code == "size_mismatch"
    with pytest.raises(Invalid) as after:  # announces its length rightly and stops early
        send(cast, "io", file_id, PDF[:-10], length=len(PDF))
    assert after.value.error_code == "size_mismatch"
    assert objects_of(cast, file_id) == []
    with pytest.raises(LengthRequired), cast.acting("io") as uow:
        transfer.begin(uow, file_id, None)


def test_bytes_never_change(cast: Cast) -> None:
    file_id = upload(cast, "io", PDF)
    before = objects_of(cast, file_id)
    with pytest.raises(Conflict) as caught:
        send(cast, "io", file_id, PDF)
    assert caught.value.error_code == "already_uploaded"
    assert objects_of(cast, file_id) == before


def test_of_two_uploads_that_race_one_wins_and_the_other_leaves_nothing(cast: Cast) -> None:
    file_id = announce(cast, "io", PDF)
    both_began = threading.Barrier(2, timeout=30)
    results: list[str] = []

    def one() -> None:
        body = io.BytesIO(PDF)
        waited = False

        def read(amount: int) -> bytes:
            nonlocal waited
            if not waited:  # both have their ticket before either has written
                waited = True
                both_began.wait()
            return body.read(amount)

        try:
            transfer.receive(partial(cast.acting, "io"), file_id, len(PDF), read)
            results.append("won")
        except Conflict as error:
            results.append(error.error_code)

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(results) == ["already_uploaded", "won"]
    assert len(objects_of(cast, file_id)) == 1
    with cast.acting("io") as uow:
        found = transfer.stored(uow, file_id)
    assert b"".join(found.chunks(cast.backend.ports.storage)) == PDF


def test_only_the_person_who_announced_sends_and_nobody_else_knows_of_it(cast: Cast) -> None:
    request_id = insert_request(cast)
    file_id = announce(cast, "io", PDF)
    for who in ("io2", "sho", "foreign_io", "desk", "banker"):
        with pytest.raises(NotFound):
            send(cast, who, file_id, PDF)
    with cast.acting("io") as uow:
        service.link(uow, file_id, request_id)
    with pytest.raises(Forbidden):  # sees the file now, and still may not send it
        send(cast, "sho", file_id, PDF)


@pytest.mark.parametrize(
    ("status", "seen_by"),
    [("DRAFT", {"io"}), ("PENDING_APPROVAL", {"io", "sho", "dsp"}), ("SUBMITTED", {"io", "sho", "dsp"})],
)
def test_a_linked_file_is_seen_by_those_of_the_own_side_who_see_the_request(
    cast: Cast, status: str, seen_by: set[str]
) -> None:
    request_id = insert_request(cast, status=status)
    file_id = upload(cast, "io", PDF, request_id=request_id)
    seen = set()
    for who in cast.people:
        with cast.acting(who) as uow:
            if reads.many(uow, [file_id]):
                seen.add(who)
    assert seen == seen_by


def test_a_shared_file_crosses_the_wall_to_the_addressed_provider_alone(cast: Cast) -> None:
    request_id = insert_request(cast)
    file_id = upload_clean(cast, "io", PDF)
    with cast.acting("io") as uow:
        service.share(uow, [file_id], request_id, cast.tenants["telecom"])
        service.share(uow, [file_id], request_id, cast.tenants["telecom"])
    seen = set()
    for who in cast.people:
        with cast.acting(who) as uow:
            if reads.many(uow, [file_id]):
                seen.add(who)
    assert seen == {"io", "sho", "dsp", "nodal", "desk"}
    with cast.acting("desk") as uow:
        assert [each["id"] for each in reads.of_request(uow, request_id)] == [file_id]
        found = transfer.open_download(uow, file_id)
    assert b"".join(found.chunks(cast.backend.ports.storage)) == PDF
    with cast.acting("banker") as uow, pytest.raises(NotFound):
        reads.of_request(uow, request_id)


def test_nobody_shares_a_file_of_another_tenant(cast: Cast) -> None:
    request_id = insert_request(cast)
    file_id = upload(cast, "io", PDF)
    with pytest.raises(NotFound), cast.acting("desk") as uow:
        service.share(uow, [file_id], request_id, cast.tenants["telecom"])


def test_a_file_is_not_announced_for_a_request_that_one_does_not_see(cast: Cast) -> None:
    request_id = insert_request(cast)
    with pytest.raises(NotFound):
        announce(cast, "foreign_io", PDF, request_id=request_id)


def test_unlinking_takes_the_colleagues_sight_away(cast: Cast) -> None:
    request_id = insert_request(cast)
    file_id = announce(cast, "io", PDF, request_id=request_id)
    with cast.acting("io") as uow:
        service.unlink(uow, file_id, request_id)
    with cast.acting("sho") as uow, pytest.raises(NotFound):
        reads.one(uow, file_id)


def test_only_clean_files_are_read_and_each_time_is_recorded(cast: Cast) -> None:
    waiting = upload(cast, "io", PDF)
    with pytest.raises(FileNotClean) as caught, cast.acting("io") as uow:
        transfer.open_download(uow, waiting)
    assert caught.value.extra == {"scan_status": "PENDING"}
    clean = upload_clean(cast, "io", PDF)
    for _ in range(2):
        with cast.acting("io") as uow:
            transfer.open_download(uow, clean)
    read = rows(cast, "SELECT count(*) FROM audit.entry WHERE object_id = %s AND event = 'file:download'", clean)
    assert read == [(2,)]


def test_usable_files_are_clean_ones_of_the_purpose_and_the_tenant(cast: Cast) -> None:
    clean, waiting = upload_clean(cast, "io", PDF), upload(cast, "io", PDF)
    evidence = upload_clean(cast, "io", b"words\n", **text_file())
    with cast.acting("io") as uow:
        assert [each.id for each in service.require_usable(uow, [clean], Purpose.MANDATE)] == [clean]
        with pytest.raises(Invalid) as caught:
            service.require_usable(uow, [clean, waiting, evidence, new_id()], "MANDATE", field="legal_mandate_file_id")
        assert len(caught.value.errors["legal_mandate_file_id"]) == 3
        assert caught.value.error_code == "file_not_clean"
        with pytest.raises(Invalid):
            service.require_usable(uow, [clean, clean], "MANDATE")
    with cast.acting("foreign_io") as uow, pytest.raises(Invalid):
        service.require_usable(uow, [clean], "MANDATE")


def test_a_person_cannot_announce_without_end_and_announcements_lapse(cast: Cast) -> None:
    for _ in range(service.MAX_UNFINISHED):
        announce(cast, "foreign_io", PDF)
    with pytest.raises(TooManyRequests):
        announce(cast, "foreign_io", PDF)
    rows(
        cast,
        "UPDATE app.lers_files SET created_at = created_at - interval '25 hours' WHERE uploaded_by_id = %s RETURNING 1",
        cast["foreign_io"].user_id,
    )
    with cast.acting("foreign_io") as uow:
        assert service.expire_announcements(uow) == service.MAX_UNFINISHED
        assert service.expire_announcements(uow) == 0
    assert announce(cast, "foreign_io", PDF)


def test_a_role_without_files_of_its_own_has_no_purposes() -> None:
    from lers_web.domains.files.policy import PURPOSES

    assert set(PURPOSES) == {Role.IO, Role.PROVIDER}


def test_an_object_that_no_file_names_is_removed_after_a_day_and_no_other(cast: Cast, worker: Backend) -> None:
    kept, lost = upload(cast, "io", PDF), upload(cast, "io", PDF)
    rows(cast, "UPDATE app.lers_files SET object_key = 'lost' WHERE id = %s RETURNING 1", lost)
    tenants = list(cast.tenants.values())
    assert remove_orphans(worker, tenants) == 0  # too young: its upload may still be on its way
    later = clock.now() + dt.timedelta(minutes=1)
    assert remove_orphans(worker, [cast.tenants["bank"]], before=later) == 0
    assert remove_orphans(worker, tenants, before=later) == 1
    assert len(objects_of(cast, kept)) == 1
    assert objects_of(cast, lost) == []
    assert remove_orphans(worker, tenants, before=later) == 0
