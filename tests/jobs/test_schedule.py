"""The scheduler: its table in Redis is complete, exact, and comes back after a flush."""

from __future__ import annotations

import datetime as dt

import pytest
from redis import Redis

from lers_jobs import queues
from lers_jobs.queues import JsonJob, JsonQueue, QueueName
from lers_jobs.schedule import PERIODIC, LersScheduler, Periodic
from lers_web.kernel import clock, heartbeat
from tests.jobs.processes import eventually, running

IDS = {periodic.id for periodic in PERIODIC}


@pytest.fixture
def scheduler(redis: Redis) -> LersScheduler:
    return LersScheduler(redis, interval=1)


def scheduled(redis: Redis) -> dict[str, float]:
    return {key.decode(): at for key, at in redis.zrange("rq:scheduler:scheduled_jobs", 0, -1, withscores=True)}


def test_the_table_is_written_with_fixed_ids_and_as_json(redis: Redis, scheduler: LersScheduler) -> None:
    scheduler.reconcile()
    scheduler.reconcile()
    assert set(scheduled(redis)) == IDS
    job = JsonJob.fetch("periodic-sla-monitor", connection=redis)
    assert (job.func_name, job.origin, job.timeout) == ("lers_jobs.tasks.sla.monitor", "sweep", 600)
    assert job.meta["cron_string"] == "*/15 * * * *"
    assert JsonJob.fetch("periodic-scan-sweep", connection=redis).meta["interval"] == 60


def test_a_cron_job_is_due_at_its_next_time_in_utc(redis: Redis, scheduler: LersScheduler) -> None:
    scheduler.reconcile()
    at = dt.datetime.fromtimestamp(scheduled(redis)["periodic-sla-monitor"], dt.UTC)
    assert at.minute % 15 == 0
    assert dt.timedelta() < at - clock.now() <= dt.timedelta(minutes=15)
    cleaning = dt.datetime.fromtimestamp(scheduled(redis)["periodic-cleaning"], dt.UTC)
    assert (cleaning.hour, cleaning.minute) == (20, 40)


def test_a_job_that_left_the_table_is_dropped_and_others_jobs_are_not(redis: Redis, scheduler: LersScheduler) -> None:
    gone = LersScheduler(
        redis, interval=1, table=[Periodic(queues.JobSpec("gone", "x.y", QueueName.SWEEP, 5), seconds=5)]
    )
    gone.reconcile()
    scheduler.enqueue_in(dt.timedelta(hours=1), "x.y", job_id="somebody-elses")
    scheduler.reconcile()
    assert set(scheduled(redis)) == IDS | {"somebody-elses"}
    assert not JsonJob.exists("periodic-gone", connection=redis)


def test_what_is_due_is_queued_and_comes_again(redis: Redis, scheduler: LersScheduler) -> None:
    scheduler.reconcile()
    scheduler.tick()
    assert set(JsonQueue("sweep", connection=redis).job_ids) == {
        "periodic-audit-checkpoint",
        "periodic-mail-sweep",
        "periodic-event-sweep",
        "periodic-presence-sweep",
    }
    assert JsonQueue("scan", connection=redis).job_ids == ["periodic-scan-sweep"]
    assert set(scheduled(redis)) == IDS
    assert all(at > clock.now().timestamp() for at in scheduled(redis).values())
    scheduler.tick()
    assert len(JsonQueue("scan", connection=redis).job_ids) == 1


def test_a_periodic_job_that_is_tried_again_is_no_failure_any_more(redis: Redis, scheduler: LersScheduler) -> None:
    scheduler.reconcile()
    job = JsonJob.fetch("periodic-mail-sweep", connection=redis)
    failures = JsonQueue("sweep", connection=redis).failed_job_registry
    failures.add(job, ttl=60)
    scheduler.tick()
    assert failures.get_job_ids() == []
    assert job.id in JsonQueue("sweep", connection=redis).job_ids


def test_two_schedulers_do_not_fire_twice(redis: Redis, scheduler: LersScheduler) -> None:
    scheduler.reconcile()
    assert scheduler.acquire_lock()
    LersScheduler(redis, interval=1).tick()
    assert JsonQueue("sweep", connection=redis).job_ids == []
    scheduler.remove_lock()
    LersScheduler(redis, interval=1).tick()
    assert len(JsonQueue("sweep", connection=redis).job_ids) == 4


def test_the_table_comes_back_after_a_flush_while_the_process_runs(redis: Redis, environ: dict[str, str]) -> None:
    with running(["-m", "lers_jobs.schedule", "-i", "0.2"], environ, until="keeps") as process:
        eventually(lambda: set(scheduled(redis)) == IDS, what="the table is written")
        redis.flushdb()
        eventually(lambda: set(scheduled(redis)) == IDS, what="the table is back")
        eventually(lambda: heartbeat.signs(redis), what="its sign of life is back")
        assert process.stop() == 0
        assert process.said("the scheduler has stopped")
    assert heartbeat.signs(redis) == []
