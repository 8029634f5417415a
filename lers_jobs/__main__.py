"""The worker: ``python -m lers_jobs [--queues notify,mail] [--burst]``. Stops after the job in hand on SIGTERM.

Small jobs run in this process, at hundreds a second; those that parse strangers' files or run for minutes run in a
fork of their own, which a timeout kills and whose memory goes with it (ADR 0036).
"""

from __future__ import annotations

import argparse
import logging
import sys
from typing import Any

from redis import Redis
from rq import worker_registration
from rq.job import Job
from rq.queue import Queue
from rq.serializers import JSONSerializer
from rq.worker import Worker
from rq.worker.base import WorkerStatus

from lers_jobs import runtime
from lers_jobs.queues import FORKED, JOBS, JsonJob, JsonQueue
from lers_web.config import Settings
from lers_web.kernel import logs, walls
from lers_web.kernel.queues import CORRELATION, QueueName

LOG = logging.getLogger(__name__)

WORKER_TTL = 60
MAINTENANCE_SECONDS = 30
LONGEST_IN_PROCESS = max((job.timeout for job in JOBS if job.queue not in FORKED), default=60)


class LersWorker(Worker):
    """Forks only where a fork is worth its price."""

    log_result_lifespan = False

    @property
    def was_told_to_stop(self) -> bool:
        """Whether a signal ended the work."""
        return self._shutdown_requested_date is not None

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Run a job, in this process or in a fork, under the id of the request that caused it."""
        token = logs.correlation_id.set(job.get_meta(refresh=False).get(CORRELATION))
        try:
            if queue.name in FORKED:
                super().execute_job(job, queue)
            else:
                self.prepare_execution(job)
                self.perform_job(job, queue)
                self.set_state(WorkerStatus.IDLE)
        finally:
            logs.correlation_id.reset(token)

    def get_heartbeat_ttl(self, job: Job) -> int:
        """Outlive a job that runs in this process and keeps it from sending heartbeats."""
        return max(int(super().get_heartbeat_ttl(job)), LONGEST_IN_PROCESS + WORKER_TTL)

    def run_maintenance_tasks(self) -> None:
        """Clean up after dead workers, and enter the register again when Redis was emptied."""
        if not self.connection.sismember(worker_registration.REDIS_WORKER_KEYS, self.key):
            LOG.warning("the register of workers was emptied: entering it again")
            self.register_birth()  # type: ignore[no-untyped-call]
        super().run_maintenance_tasks()  # type: ignore[no-untyped-call]

    def procline(self, message: str) -> None:
        """Leave the process title alone: it costs more than a small job."""


def make_worker(redis: Redis, queues: list[str]) -> LersWorker:
    """Return a worker for these queues, in this order."""
    return LersWorker(
        [JsonQueue(name, connection=redis) for name in queues],
        connection=redis,
        worker_ttl=WORKER_TTL,
        maintenance_interval=MAINTENANCE_SECONDS,
        job_class=JsonJob,
        queue_class=JsonQueue,
        serializer=JSONSerializer,
        log_job_description=False,
    )


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m lers_jobs", description="Run LERS's background jobs.")
    names = [name.value for name in QueueName]
    parser.add_argument("--queues", default=",".join(names), help="comma-separated, in order of urgency")
    parser.add_argument("--burst", action="store_true", help="stop when the queues are empty")
    arguments = parser.parse_args(argv)
    arguments.queues = [name.strip() for name in arguments.queues.split(",") if name.strip()]
    unknown = sorted(set(arguments.queues) - set(names))
    if unknown or not arguments.queues:
        parser.error(f"there is no queue {', '.join(unknown) or 'named'}; the queues are {', '.join(names)}")
    return arguments


def main(argv: list[str] | None = None) -> int:
    """Work until told to stop; 1 when the worker gave up by itself, so that its keeper starts it again."""
    arguments = _arguments(argv)
    settings = Settings.from_env()
    logs.configure("worker", settings.log_level)
    runtime.run_in_utc()
    try:
        walls.insist(runtime.configure(settings))
    except walls.WallsOpenError as error:
        LOG.critical("the worker does not start: %s", error)
        return 1
    options: dict[str, Any] = {"socket_connect_timeout": 3, "health_check_interval": 15}
    worker = make_worker(Redis.from_url(settings.redis_url, **options), arguments.queues)
    worker.work(burst=arguments.burst, logging_level=None)
    return 0 if arguments.burst or worker.was_told_to_stop else 1


if __name__ == "__main__":
    sys.exit(main())
