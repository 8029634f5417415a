"""Scans with a real clamd: what each finding ends in, and that nothing opens while the scanner is away."""

from __future__ import annotations

import dataclasses
import io
from uuid import UUID

import pytest
from minio import Minio

from lers_web.domains.files import scanning
from lers_web.domains.files.states import ScanStatus
from lers_web.kernel.errors import NotFound, Unavailable
from lers_web.kernel.ids import new_id
from lers_web.kernel.ports import Backend, Ports
from tests import samples
from tests.factories.cast import Cast
from tests.factories.rows import insert_request, rows
from tests.factories.uploads import announce, text_file, upload

PDF = samples.pdf_mandate()
TEXT = text_file()


def with_settings(cast: Cast, **changes: object) -> Backend:
    """The same database with other surroundings."""
    return Backend(cast.backend.engine, Ports(dataclasses.replace(cast.settings, **changes)))  # type: ignore[arg-type]


def without_scanner(cast: Cast) -> Backend:
    return with_settings(cast, clamd_socket="/nonexistent/clamd.sock", scan_required=True)


def scan(cast: Cast, file_id: UUID, backend: Backend | None = None) -> ScanStatus | None:
    return scanning.scan(backend or cast.backend, file_id, cast.tenants["mumbai"])


def state(cast: Cast, file_id: UUID) -> tuple[str, list[str]]:
    ((status, findings),) = rows(cast, "SELECT scan_status, scan_findings FROM app.lers_files WHERE id = %s", file_id)
    return status, [each["code"] for each in findings]


def events(cast: Cast, file_id: UUID) -> list[str]:
    found = rows(
        cast,
        "SELECT payload->>'scan_status' FROM app.outbox WHERE type = 'file.scanned' AND payload->>'file_id' = %s",
        str(file_id),
    )
    return [each[0] for each in found]


def test_an_innocent_file_is_clean_once(cast: Cast) -> None:
    file_id = upload(cast, "io", PDF)
    assert scan(cast, file_id) is ScanStatus.CLEAN
    assert scan(cast, file_id) is None
    assert state(cast, file_id) == ("CLEAN", [])
    assert events(cast, file_id) == ["CLEAN"]
    trail = rows(cast, "SELECT event FROM audit.entry WHERE object_id = %s ORDER BY seq", file_id)
    assert trail[-1] == ("file:scan",)


def test_the_test_virus_is_found(cast: Cast) -> None:
    file_id = upload(cast, "io", samples.eicar(), **TEXT)
    assert scan(cast, file_id) is ScanStatus.INFECTED
    assert state(cast, file_id) == ("INFECTED", ["malware"])
    assert events(cast, file_id) == ["INFECTED"]


def test_the_test_virus_is_found_in_an_archive(cast: Cast) -> None:
    packed = samples.zip_of({"a.txt": samples.eicar()})
    file_id = upload(
        cast, "io", packed, filename="a.zip", media_type="application/zip", purpose="EVIDENCE", sha256=None
    )
    assert scan(cast, file_id) is ScanStatus.INFECTED


def test_active_content_is_held_back(cast: Cast) -> None:
    active = samples.pdf(b"<< /S /JavaScript /JS (app.alert) >>", root=b"/OpenAction 4 0 R")
    file_id = upload(cast, "io", active)
    assert scan(cast, file_id) is ScanStatus.SUSPICIOUS
    status, codes = state(cast, file_id)
    assert status == "SUSPICIOUS"
    assert codes


def test_a_file_waits_while_the_scanner_is_down_and_the_sweep_comes_back(cast: Cast, worker: Backend) -> None:
    file_id = upload(cast, "io", PDF)
    with pytest.raises(Unavailable):
        scan(cast, file_id, without_scanner(cast))
    assert scanning.scan_waiting(Backend(worker.engine, without_scanner(cast).ports))["settled"] == 0
    assert state(cast, file_id) == ("PENDING", [])
    assert events(cast, file_id) == []
    assert scanning.scan_waiting(worker)["settled"] >= 1
    assert state(cast, file_id) == ("CLEAN", [])
    assert events(cast, file_id) == ["CLEAN"]


def test_a_file_waits_while_the_store_is_down(cast: Cast) -> None:
    file_id = upload(cast, "io", PDF)
    with pytest.raises(Unavailable):
        scan(cast, file_id, with_settings(cast, s3_endpoint="127.0.0.1:1"))
    assert state(cast, file_id) == ("PENDING", [])


def test_without_any_scanner_it_depends_on_the_setting(cast: Cast) -> None:
    file_id, active = upload(cast, "io", PDF), upload(cast, "io", samples.pdf(root=b"/AA << /O << /S /Launch >> >>"))
    with pytest.raises(Unavailable, match="LERS_CLAMD_SOCKET"):
        scan(cast, file_id, with_settings(cast, clamd_socket="", scan_required=True))
    lenient = with_settings(cast, clamd_socket="", scan_required=False)
    assert scan(cast, file_id, lenient) is ScanStatus.UNSCANNED
    assert scan(cast, active, lenient) is ScanStatus.SUSPICIOUS  # the content checks need no scanner


def _overwrite(cast: Cast, file_id: UUID, change: bool) -> None:
    settings = cast.settings
    client = Minio(
        settings.s3_endpoint, settings.s3_access_key, settings.s3_secret_key, secure=False, region=settings.s3_region
    )
    ((key,),) = rows(cast, "SELECT object_key FROM app.lers_files WHERE id = %s", file_id)
    if not change:
        client.remove_object(settings.s3_bucket, key)
        return
    raw = bytearray(client.get_object(settings.s3_bucket, key).read())
    raw[len(raw) // 2] ^= 1
    client.put_object(settings.s3_bucket, key, io.BytesIO(bytes(raw)), len(raw))


@pytest.mark.parametrize("change", [True, False], ids=["one bit changed", "removed"])
def test_bytes_that_were_changed_in_the_store_are_an_error(cast: Cast, change: bool) -> None:
    file_id = upload(cast, "io", PDF)
    _overwrite(cast, file_id, change)
    assert scan(cast, file_id) is ScanStatus.ERROR
    assert state(cast, file_id) == ("ERROR", ["unreadable"])


def test_a_key_that_was_moved_from_another_file_is_an_error(cast: Cast) -> None:
    one, other = upload(cast, "io", PDF), upload(cast, "io", PDF)
    rows(
        cast,
        "UPDATE app.lers_files f SET sealed_key = o.sealed_key FROM app.lers_files o"
        " WHERE f.id = %s AND o.id = %s RETURNING 1",
        one,
        other,
    )
    assert scan(cast, one) is ScanStatus.ERROR


def test_the_other_side_hears_of_a_shared_file(cast: Cast) -> None:
    request_id = insert_request(cast)
    file_id = upload(cast, "io", PDF)
    rows(
        cast,
        "INSERT INTO app.file_share (file_id, request_id, owner_tenant_id, tenant_id, shared_at)"
        " VALUES (%s,%s,%s,%s,now()) RETURNING 1",
        file_id,
        request_id,
        cast.tenants["mumbai"],
        cast.tenants["telecom"],
    )
    scan(cast, file_id)
    ((tenants,),) = rows(
        cast,
        "SELECT tenants FROM app.outbox WHERE type = 'file.scanned' AND payload->>'file_id' = %s",
        str(file_id),
    )
    assert tenants == [cast.tenants["mumbai"], cast.tenants["telecom"]]


def test_an_unknown_file_or_one_without_bytes_is_not_scanned(cast: Cast) -> None:
    with pytest.raises(NotFound):
        scan(cast, new_id())
    assert scan(cast, announce(cast, "io", PDF)) is None


def test_a_rescan_takes_those_without_a_final_word_and_all_when_told(cast: Cast) -> None:
    rows(cast, "UPDATE app.lers_files SET is_deleted = true RETURNING 1")
    file_id, virus = upload(cast, "io", PDF), upload(cast, "desk", samples.eicar(), **text_file("RESPONSE"))
    scan(cast, file_id, with_settings(cast, clamd_socket="", scan_required=False))
    ops = Backend.connect(cast.settings, cast.settings.ops_database_url, application="lers-test-ops")
    seen: list[tuple[int, int]] = []
    assert scanning.rescan(ops, progress=lambda done, total: seen.append((done, total))) == {
        "CLEAN": 1,
        "INFECTED": 1,
    }
    assert seen == [(1, 2), (2, 2)]
    assert scanning.rescan(ops) == {}
    assert scanning.rescan(ops, everything=True) == {"CLEAN": 1, "INFECTED": 1}
    assert events(cast, virus) == ["INFECTED"]  # the second look changed nothing, so it is told to nobody
    ops.engine.dispose()
