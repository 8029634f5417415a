"""An export asked for over the API, made by a real worker, downloaded by the one who asked and by nobody else."""

from __future__ import annotations

import dataclasses
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from lers_jobs import relay
from lers_jobs.tasks import trail
from lers_web.config import Settings
from lers_web.domains.audit import schemas, service
from lers_web.domains.operations.schemas import JobOut
from lers_web.kernel.errors import Unavailable
from lers_web.kernel.ids import new_id
from lers_web.kernel.ports import Backend, Ports
from tests.factories.callers import Callers, callers_of
from tests.factories.cast import Cast
from tests.factories.rows import rows
from tests.factories.shapes import differences

CASE = new_id()
PERIOD = {"from": "2020-01-01T00:00:00Z", "to": "2100-01-01T00:00:00Z"}


@pytest.fixture
def people(cast: Cast) -> Iterator[Callers]:
    for number in range(3):
        for name in ("sho", "nodal"):
            with cast.acting(name) as uow:
                uow.audit("request:approve", "request", CASE, request_id=CASE, change={"n": number})
    with callers_of(cast) as callers:
        yield callers
    for (key,) in rows(cast, "SELECT object_key FROM app.lers_files WHERE object_key <> ''"):
        Ports(cast.settings).storage.remove(key)  # the platform has one id in all databases, and they share the store


@pytest.fixture
def hand_on(redis: Redis, worker_backend: Backend) -> Callable[[], int]:
    """Have the relay put what was asked for into the queues."""
    return lambda: relay.relay_once(worker_backend, redis)


def asked(people: Callers, who: str = "nodal", **body: Any) -> dict[str, Any]:
    answer = people.call(who, "POST", "/lers/audit/export/", json=body or {"request_id": str(CASE)})
    assert answer.status_code == 202, answer.json
    assert not differences(schemas.ExportOut, answer.json)
    return answer.json


def job(people: Callers, job_id: str, who: str = "nodal") -> dict[str, Any]:
    answer = people.call(who, "GET", f"/lers/jobs/{job_id}/")
    assert answer.status_code == 200, answer.json
    assert not differences(JobOut, answer.json)
    return answer.json


def verified(people: Callers, file_id: str, who: str, tmp_path: Path, settings: Settings) -> list[dict[str, Any]]:
    """Download an export, run its own verifier over it, and return its entries."""
    whole = people.call(who, "GET", f"/lers/files/{file_id}/content/")
    assert whole.status_code == 200
    (tmp_path / "export.zip").write_bytes(whole.data)
    with zipfile.ZipFile(io.BytesIO(whole.data)) as archive:
        (tmp_path / "verify.py").write_bytes(archive.read("verify.py"))
        lines = archive.read("entries.jsonl").splitlines()
    key = Ports(settings).note_keys.public[0].vkey
    done = subprocess.run(
        [sys.executable, "-I", str(tmp_path / "verify.py"), str(tmp_path / "export.zip"), "--vkey", key],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.stdout.endswith("TRUE.\n"), done.stdout + done.stderr
    return [json.loads(line) for line in lines]


def test_from_the_question_to_the_file(
    people: Callers, cast: Cast, work: Any, hand_on: Callable[[], int], tmp_path: Path
) -> None:
    told = asked(people)
    assert job(people, told["job_id"])["state"] == "QUEUED"  # before the relay has handed it on
    assert people.call("nodal", "GET", f"/lers/files/{told['file_id']}/content/").status_code == 409
    hand_on()
    assert job(people, told["job_id"])["state"] == "QUEUED"
    work()
    done = job(people, told["job_id"])
    assert (done["state"], done["progress"], done["file_id"], done["error"]) == ("FINISHED", 100, told["file_id"], None)
    Ports(cast.settings).redis.flushdb()
    assert job(people, told["job_id"]) == done  # PostgreSQL remembers
    entries = verified(people, told["file_id"], "nodal", tmp_path, cast.settings)
    assert [(entry["chain"], json.loads(entry["canonical"])["request"]) for entry in entries] == [
        (str(cast.tenants["telecom"]), str(CASE))
    ] * 3
    for other in ("desk", "sho", "admin", "banker"):
        assert people.call(other, "GET", f"/lers/files/{told['file_id']}/content/").status_code == 404, other
    assert people.call("banker", "GET", f"/lers/jobs/{told['job_id']}/").status_code == 404
    events = {event for (event,) in rows(cast, "SELECT event FROM audit.entry WHERE chain = %s", entries[0]["chain"])}
    assert {"audit:export", "file:made", "file:download"} <= events
    with cast.acting("admin") as uow:
        assert service.verify_chains(uow).ok


def test_an_administrator_exports_all_chains(
    people: Callers, cast: Cast, work: Any, hand_on: Callable[[], int], tmp_path: Path
) -> None:
    told = asked(people, "admin", **PERIOD)
    hand_on()
    work()
    entries = verified(people, told["file_id"], "admin", tmp_path, cast.settings)
    assert len({entry["chain"] for entry in entries}) >= 2


def test_a_job_that_comes_twice_makes_one_file(
    people: Callers, cast: Cast, work: Any, hand_on: Callable[[], int]
) -> None:
    told = asked(people)
    hand_on()
    work()
    assert trail.export(told["file_id"], str(cast.tenants["telecom"])) is False
    assert trail.export(str(new_id()), str(cast.tenants["telecom"])) is False
    made = "SELECT count(*) FROM audit.entry WHERE event = 'audit:export'"
    assert rows(cast, made) == [(1,)]


def test_while_the_store_is_away_it_waits_and_is_made_later(
    people: Callers, cast: Cast, worker_backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, tenant = asked(people), str(cast.tenants["telecom"])
    away = dataclasses.replace(worker_backend.ports.settings, s3_endpoint="127.0.0.1:1")
    with monkeypatch.context() as patch:
        patch.setattr(trail.runtime, "backend", lambda: Backend(worker_backend.engine, Ports(away)))
        with pytest.raises(Unavailable):
            trail.export(told["file_id"], tenant)
    assert job(people, told["job_id"])["state"] == "QUEUED"
    assert rows(cast, "SELECT count(*) FROM app.effect WHERE key = %s", told["job_id"]) == [(0,)]
    assert trail.export(told["file_id"], tenant) is True
    assert job(people, told["job_id"])["state"] == "FINISHED"
    assert rows(cast, "SELECT count(*) FROM app.effect WHERE key = %s", told["job_id"]) == [(1,)]


def test_a_log_that_is_not_intact_ends_in_a_job_that_failed(
    people: Callers, cast: Cast, work: Any, hand_on: Callable[[], int]
) -> None:
    told = asked(people)
    with cast.superuser() as connection:
        connection.execute("ALTER TABLE audit.entry DISABLE TRIGGER USER")
        connection.execute("UPDATE audit.entry SET canonical = replace(canonical, 'app', 'opp') WHERE seq = 2")
    hand_on()
    work()
    failed = job(people, told["job_id"])
    assert (failed["state"], failed["file_id"], failed["error"]) == ("FAILED", None, "not_made")
    assert people.call("nodal", "GET", f"/lers/files/{told['file_id']}/content/").status_code == 409
    # It is not tried for ever: the effect is marked.
    assert rows(cast, "SELECT count(*) FROM app.effect WHERE key = %s", told["job_id"]) == [(1,)]


def test_who_may_not_and_what_is_refused(people: Callers, cast: Cast) -> None:
    path = "/lers/audit/export/"
    assert people.call("io", "POST", path, json={"request_id": str(CASE)}).status_code == 403
    for body in (
        {}, PERIOD | {"request_id": str(CASE)}, {"from": PERIOD["from"]}, {"from": PERIOD["to"], "to": PERIOD["from"]},
        {"request_id": str(new_id())}, {"request_id": "x"}, PERIOD | {"colour": "red"},
    ):  # fmt: skip
        assert people.call("sho", "POST", path, json=body).status_code == 422, body
    assert people.call("banker", "POST", path, json={"request_id": str(CASE)}).status_code == 422  # nothing of theirs
    assert rows(cast, "SELECT count(*) FROM app.lers_files") == [(0,)]
    assert people.call("sho", "GET", f"/lers/jobs/{new_id()}-audit-export-x/").status_code == 404
