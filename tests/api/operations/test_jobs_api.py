"""Jobs over HTTP: numbers, failures without a word of the case, whose job it is, and trying again."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from redis import Redis
from rq.job import Job

from lers_jobs import queues
from lers_jobs.__main__ import make_worker
from lers_jobs.queues import JsonJob, JsonQueue
from lers_jobs.schedule import PERIODIC, LersScheduler
from lers_web.domains.operations.schemas import JobBoardOut, JobOut
from lers_web.kernel.ids import new_id
from lers_web.kernel.queues import TENANT, QueueName
from lers_web.standalone.home import free_port
from tests.factories.callers import Callers, callers_of
from tests.factories.cast import Cast
from tests.factories.rows import rows
from tests.factories.shapes import differences

BASE = "/lers/jobs/"
FAILING = "tests.api.operations.failing.fail"


def put(redis: Redis, tenant_id: UUID | None, function: str = queues.NOTIFY.function, **options: Any) -> Job:
    meta = {TENANT: str(tenant_id)} if tenant_id else {}
    job_id = f"{new_id()}-notify-{new_id()}"
    queue = JsonQueue("notify", connection=redis)
    return queue.enqueue(function, "SECRET-ARGUMENT", job_id=job_id, meta=meta, **options)


def run(redis: Redis) -> None:
    make_worker(redis, [name.value for name in QueueName]).work(burst=True, logging_level=None)


@pytest.fixture
def failed(redis: Redis, cast: Cast) -> Job:
    job = put(redis, cast["io"].tenant_id, FAILING)
    run(redis)
    return job


def test_the_board_of_an_empty_redis_names_every_queue(people: Callers, redis: Redis) -> None:
    board = people.call("admin", "GET", BASE).json
    assert not differences(JobBoardOut, board)
    assert [queue["name"] for queue in board["queues"]] == [name.value for name in QueueName]
    assert {queue["queued"] for queue in board["queues"]} == {0}
    assert (board["workers"], board["periodic"], board["failed"]) == ([], [], [])


def test_what_waits_is_counted_with_its_age(people: Callers, redis: Redis, cast: Cast) -> None:
    first, _ = put(redis, cast["io"].tenant_id), put(redis, cast["io"].tenant_id)
    long_ago = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=5)
    redis.hset(first.key, "enqueued_at", long_ago.strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
    JsonQueue("forgotten", connection=redis).enqueue("a.b")
    numbers = {queue["name"]: queue for queue in people.call("admin", "GET", BASE).json["queues"]}
    assert numbers["notify"]["queued"] == 2
    assert 300 <= numbers["notify"]["oldest_waiting_seconds"] < 330
    assert numbers["forgotten"]["queued"] == 1, "a queue that nobody watches must be seen"


def test_workers_and_periodic_jobs(people: Callers, redis: Redis) -> None:
    worker = make_worker(redis, ["notify", "mail"])
    worker.register_birth()
    try:
        LersScheduler(redis, interval=1).reconcile()
        board = people.call("admin", "GET", BASE).json
    finally:
        worker.register_death()
    assert not differences(JobBoardOut, board)
    (shown,) = board["workers"]
    assert (shown["name"], shown["queues"], shown["current_job_id"]) == (worker.name, ["notify", "mail"], None)
    assert shown["last_heartbeat_at"]
    assert {job["id"] for job in board["periodic"]} == {periodic.id for periodic in PERIODIC}
    monitor = next(job for job in board["periodic"] if job["name"] == "sla-monitor")
    assert (monitor["cron"], monitor["every_seconds"], monitor["last_run_at"]) == ("*/15 * * * *", None, None)
    assert dt.datetime.fromisoformat(monitor["next_run_at"]) > dt.datetime.now(dt.UTC)


def test_a_periodic_job_tells_when_it_ran(people: Callers, redis: Redis) -> None:
    LersScheduler(redis, interval=1).reconcile()
    job = JsonJob.fetch("periodic-event-sweep", connection=redis)
    job.started_at = job.ended_at = dt.datetime(2026, 11, 24, 8, 0, tzinfo=dt.UTC)
    job.save()
    shown = {each["name"]: each for each in people.call("admin", "GET", BASE).json["periodic"]}["event-sweep"]
    assert (shown["every_seconds"], shown["last_run_at"]) == (30, "2026-11-24T08:00:00Z")


def test_a_failure_is_told_by_its_class_alone(people: Callers, redis: Redis, failed: Job) -> None:
    answer = people.call("admin", "GET", BASE)
    (shown,) = answer.json["failed"]
    assert not differences(JobBoardOut, answer.json)
    assert (shown["id"], shown["queue"], shown["function"]) == (failed.id, "notify", FAILING)
    assert shown["error"] == "tests.api.operations.failing.NoSuchNumber"
    assert shown["failed_at"]
    one = people.call("io", "GET", f"{BASE}{failed.id}/")
    assert not differences(JobOut, one.json)
    assert (one.json["state"], one.json["error"]) == ("FAILED", "tests.api.operations.failing.NoSuchNumber")
    for text in (answer.text, one.text):
        assert "SECRET" not in text
        assert "+919000000001" not in text


def test_a_job_is_its_own_tenants(people: Callers, redis: Redis, cast: Cast) -> None:
    job, common = put(redis, cast["io"].tenant_id), put(redis, None)
    seen = {
        who: people.call(who, "GET", f"{BASE}{job.id}/").status_code for who in ("io", "sho", "admin", "nodal", "sp")
    }
    assert seen == {"io": 200, "sho": 200, "admin": 200, "nodal": 404, "sp": 404}
    assert people.call("io", "GET", f"{BASE}{common.id}/").status_code == 404, "what runs for all is nobody's"
    for unknown in (str(new_id()), "x" * 300, "a*b"):
        assert people.call("admin", "GET", f"{BASE}{unknown}/").status_code == 404


def test_a_long_job_tells_its_progress_and_what_came_of_it(people: Callers, redis: Redis, cast: Cast) -> None:
    job, file_id = put(redis, cast["io"].tenant_id), str(new_id())
    job.meta["progress"] = 40
    job.save_meta()
    assert people.call("io", "GET", f"{BASE}{job.id}/").json == {
        "id": job.id, "state": "QUEUED", "progress": 40, "file_id": None, "error": None
    }  # fmt: skip
    job.meta["file_id"] = file_id
    job.save_meta()
    job.set_status("finished")
    done = people.call("io", "GET", f"{BASE}{job.id}/").json
    assert (done["state"], done["progress"], done["file_id"]) == ("FINISHED", 100, file_id)


def test_a_failed_job_is_tried_again_once_and_in_the_trail(
    people: Callers, redis: Redis, cast: Cast, failed: Job
) -> None:
    again = people.call("admin", "POST", f"{BASE}{failed.id}/retry/", json={})
    assert (again.status_code, again.json["state"]) == (200, "QUEUED")
    assert JsonQueue("notify", connection=redis).job_ids == [failed.id]
    twice = people.call("admin", "POST", f"{BASE}{failed.id}/retry/", json={})
    assert (twice.status_code, twice.json["code"], twice.json["current_status"]) == (409, "conflict", "QUEUED")
    told = rows(cast, "SELECT canonical FROM audit.entry WHERE event = 'job:retry'")
    assert len(told) == 1
    assert failed.id in told[0][0]
    run(redis)
    assert people.call("admin", "GET", f"{BASE}{failed.id}/").json["state"] == "FAILED"
    assert people.call("admin", "POST", f"{BASE}{new_id()}/retry/", json={}).status_code == 404


@pytest.mark.parametrize("who", ["io", "sho", "nodal"])
def test_the_board_and_the_second_try_are_for_administrators(
    people: Callers, redis: Redis, failed: Job, who: str
) -> None:
    assert people.call(who, "GET", BASE).status_code == 403
    assert people.call(who, "POST", f"{BASE}{failed.id}/retry/", json={}).status_code == 403
    assert redis.zcard("rq:failed:notify") == 1


def test_without_redis_the_answer_is_503_and_when_to_try_again(cast: Cast) -> None:
    away = dataclasses.replace(
        cast, settings=dataclasses.replace(cast.settings, redis_url=f"redis://127.0.0.1:{free_port()}/0")
    )
    with cast.superuser() as connection:
        connection.execute("DELETE FROM app.auth_session")
    with callers_of(away) as people:
        for method, path in (("GET", BASE), ("GET", f"{BASE}x/"), ("POST", f"{BASE}x/retry/")):
            answer = people.call("admin", method, path, **({"json": {}} if method == "POST" else {}))
            assert (answer.status_code, answer.json["code"]) == (503, "unavailable"), path
            assert int(answer.headers["Retry-After"]) > 0
        health = people.call("admin", "GET", "/lers/health/").json
        parts = {part["name"]: part["state"] for part in health["parts"]}
        assert health["status"] == "DEGRADED"
        assert parts["redis"] == "DOWN"
        assert {parts[name] for name in ("hub", "relay", "workers", "scheduler")} == {"UNKNOWN"}
        assert (parts["database"], parts["web"], parts["storage"]) == ("OK", "OK", "OK")
