"""Queues and jobs as data: where each job runs, how long it may, and how its jobs are written into Redis.

Everything that goes through Redis is JSON and holds ids alone. RQ is a doorbell, not a store: what must not be lost is
in PostgreSQL, and sweeps ring again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rq.job import Job
from rq.queue import Queue
from rq.serializers import JSONSerializer

from lers_web.kernel.queues import QueueName

RESULT_TTL = 60
FAILURE_TTL = 7 * 24 * 3600


FORKED = frozenset({QueueName.SCAN, QueueName.SWEEP})
"""Jobs of these queues run in a process of their own: they parse what strangers sent, or run for minutes."""


@dataclass(frozen=True, slots=True)
class JobSpec:
    """A job: its function, its queue, and how many seconds it may run."""

    name: str
    function: str
    queue: QueueName
    timeout: int


NOTIFY = JobSpec("notify", "lers_jobs.tasks.notify.notify", QueueName.NOTIFY, 30)
MAIL = JobSpec("mail", "lers_jobs.tasks.mail.mail", QueueName.MAIL, 60)
SCAN = JobSpec("scan", "lers_jobs.tasks.scan.scan", QueueName.SCAN, 300)
SCAN_SWEEP = JobSpec("scan-sweep", "lers_jobs.tasks.scan.sweep", QueueName.SCAN, 900)
MAIL_SWEEP = JobSpec("mail-sweep", "lers_jobs.tasks.mail.sweep", QueueName.SWEEP, 600)
EVENT_SWEEP = JobSpec("event-sweep", "lers_jobs.tasks.sweep.resend_lost_events", QueueName.SWEEP, 120)
SLA_MONITOR = JobSpec("sla-monitor", "lers_jobs.tasks.sla.monitor", QueueName.SWEEP, 600)
PRESENCE_SWEEP = JobSpec("presence-sweep", "lers_jobs.tasks.sweep.forget_dead_connections", QueueName.SWEEP, 120)
CLEANING = JobSpec("cleaning", "lers_jobs.tasks.sweep.clean", QueueName.SWEEP, 1800)
AUDIT_EXPORT = JobSpec("audit-export", "lers_jobs.tasks.trail.export", QueueName.SWEEP, 900)
CHECKPOINT = JobSpec("audit-checkpoint", "lers_jobs.tasks.trail.checkpoint", QueueName.SWEEP, 600)

JOBS = (
    NOTIFY,
    MAIL,
    SCAN,
    SCAN_SWEEP,
    MAIL_SWEEP,
    EVENT_SWEEP,
    SLA_MONITOR,
    PRESENCE_SWEEP,
    CLEANING,
    CHECKPOINT,
    AUDIT_EXPORT,
)


class JsonJob(Job):
    """A job that is JSON wherever RQ or rq-scheduler makes one: their default, pickle, would run what it reads."""

    def __init__(self, id: str | None = None, connection: Any = None, serializer: Any = None) -> None:  # noqa: A002
        super().__init__(id=id, connection=connection, serializer=serializer or JSONSerializer)


class JsonQueue(Queue):
    """A queue of such jobs."""

    job_class = JsonJob

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["serializer"] = kwargs.get("serializer") or JSONSerializer
        kwargs["job_class"] = kwargs.get("job_class") or JsonJob
        super().__init__(*args, **kwargs)
