"""The clock of periodic jobs: ``python -m lers_jobs.schedule [-i 5]``.

What runs when is the table ``PERIODIC``. It is written into Redis at the start, jobs that left the table are dropped,
and what Redis lost is written again while it runs. Truth is in PostgreSQL: each job looks for itself what is due.
"""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import threading
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from redis import Redis, RedisError
from rq_scheduler.scheduler import Scheduler

from lers_jobs import queues, runtime
from lers_jobs.queues import JobSpec, JsonJob, JsonQueue
from lers_web.config import Settings
from lers_web.kernel import clock, logs
from lers_web.kernel.heartbeat import Heartbeat
from lers_web.kernel.queues import PERIODIC_PREFIX

LOG = logging.getLogger(__name__)

LONGEST_PAUSE = 10.0


@dataclass(frozen=True, slots=True)
class Periodic:
    """A job and when it runs: every so many seconds, or by a cron string in UTC."""

    job: JobSpec
    seconds: int | None = None
    cron: str | None = None

    @property
    def id(self) -> str:
        return PERIODIC_PREFIX + self.job.name


PERIODIC = (
    Periodic(queues.SLA_MONITOR, cron="*/15 * * * *"),
    Periodic(queues.SCAN_SWEEP, seconds=60),
    Periodic(queues.MAIL_SWEEP, seconds=60),
    Periodic(queues.EVENT_SWEEP, seconds=30),
    Periodic(queues.PRESENCE_SWEEP, seconds=60),
    Periodic(queues.CHECKPOINT, seconds=60),
    Periodic(queues.CLEANING, cron="40 20 * * *"),  # 02:10 in India, when few work
)


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Silence two libraries' talk of local time: this process runs in UTC, where both readings are the same."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Version 0.22.0", category=FutureWarning)
        warnings.filterwarnings("ignore", message=r"datetime\.datetime\.utc", category=DeprecationWarning)
        yield


class LersScheduler(Scheduler):  # type: ignore[misc]  # rq-scheduler ships no types
    """rq-scheduler, JSON only, that keeps its table in Redis complete."""

    job_class = JsonJob
    queue_class = JsonQueue

    def __init__(self, redis: Redis, *, interval: float, table: Iterable[Periodic] = PERIODIC) -> None:
        super().__init__(connection=redis, interval=interval, job_class=JsonJob, queue_class=JsonQueue)
        self._table = tuple(table)
        self._heart = Heartbeat(redis, "scheduler")

    def reconcile(self) -> None:
        """Write the whole table, replacing what stood there, and drop jobs that are no longer in it."""
        known = {periodic.id for periodic in self._table}
        for raw in self.connection.zrange(self.scheduled_jobs_key, 0, -1):
            job_id = raw.decode()
            if job_id.startswith(PERIODIC_PREFIX) and job_id not in known:
                LOG.info("dropping the periodic job %s", job_id)
                self.cancel(job_id)
                self.connection.delete(self.job_class.key_for(job_id))
        for periodic in self._table:
            self._write(periodic)

    def restore(self) -> None:
        """Write again what Redis has lost, schedule or job."""
        for periodic in self._table:
            scheduled = self.connection.zscore(self.scheduled_jobs_key, periodic.id) is not None
            if not scheduled or not self.connection.exists(self.job_class.key_for(periodic.id)):
                LOG.warning("the periodic job %s was lost: writing it again", periodic.id)
                self._write(periodic)

    def _write(self, periodic: Periodic) -> None:
        common: dict[str, Any] = {
            "func": periodic.job.function,
            "id": periodic.id,
            "queue_name": periodic.job.queue.value,
            "timeout": periodic.job.timeout,
            "result_ttl": -1,  # the job is the schedule's own, and used again
            "description": periodic.job.name,
        }
        if periodic.cron is not None:
            with _without_warnings():
                self.cron(periodic.cron, **common)
        else:
            self.schedule(scheduled_time=clock.now().replace(tzinfo=None), interval=periodic.seconds, **common)

    def enqueue_job(self, job: JsonJob) -> None:
        """Queue a job that is due. One that failed the last time is no failure any more: it is tried again here."""
        JsonQueue(job.origin, connection=self.connection).failed_job_registry.remove(job)
        super().enqueue_job(job)

    def tick(self) -> None:
        """Enqueue what is due, unless another scheduler is at it."""
        if not self.acquire_lock():
            return
        try:
            self.restore()
            with _without_warnings():
                self.enqueue_jobs()
            self.heartbeat()
        finally:
            self.remove_lock()

    def run_until(self, stop: threading.Event) -> None:
        """Tick for ever; while Redis is away, wait for it and then write the table again."""
        pause = 0.5
        registered = False
        while not stop.is_set():
            try:
                if not registered:
                    self.register_birth()
                    self.reconcile()
                    registered = True
                    LOG.info("the scheduler keeps %d periodic jobs", len(self._table))
                self.tick()
                self._heart.beat()
                pause = 0.5
                stop.wait(self._interval)
            except RedisError as error:
                LOG.warning("the scheduler waits %.1f s for Redis: %s", pause, type(error).__name__)
                stop.wait(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        try:
            self.register_death()
            self._heart.leave()
        except RedisError:
            LOG.info("Redis is away: the scheduler leaves without a word")
        LOG.info("the scheduler has stopped")


def main(argv: list[str] | None = None) -> int:
    """Run a scheduler until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(
        prog="python -m lers_jobs.schedule", description="Keep LERS's periodic jobs going."
    )
    parser.add_argument("-i", "--interval", type=float, default=5.0, help="seconds between two looks (default 5)")
    arguments = parser.parse_args(argv)
    settings = Settings.from_env()
    logs.configure("scheduler", settings.log_level)
    runtime.run_in_utc()
    stop = threading.Event()

    def ask_to_stop(_signal: int, _frame: Any) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    redis = Redis.from_url(settings.redis_url, **runtime.redis_options())
    LersScheduler(redis, interval=arguments.interval).run_until(stop)
    return 0


if __name__ == "__main__":
    sys.exit(main())
