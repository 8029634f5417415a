"""States of jobs and of parts, and how long a part may be silent."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from rq.job import JobStatus


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "QUEUED"
    SCHEDULED = "SCHEDULED"
    DEFERRED = "DEFERRED"
    STARTED = "STARTED"
    FINISHED = "FINISHED"
    FAILED = "FAILED"
    CANCELED = "CANCELED"


_OF_RQ = {
    JobStatus.CREATED: JobState.QUEUED,
    JobStatus.QUEUED: JobState.QUEUED,
    JobStatus.SCHEDULED: JobState.SCHEDULED,
    JobStatus.DEFERRED: JobState.DEFERRED,
    JobStatus.STARTED: JobState.STARTED,
    JobStatus.FINISHED: JobState.FINISHED,
    JobStatus.FAILED: JobState.FAILED,
    JobStatus.STOPPED: JobState.FAILED,
    JobStatus.CANCELED: JobState.CANCELED,
}


def job_state(status: JobStatus | None) -> JobState:
    """Return our word for RQ's. A job without one has been written and not yet put into its queue."""
    return JobState.QUEUED if status is None else _OF_RQ[status]


class PartState(StrEnum):
    """How a part of LERS is. ``UNKNOWN``: what would tell is down itself. ``OFF``: the settings name none."""

    OK = "OK"
    DEGRADED = "DEGRADED"
    DOWN = "DOWN"
    UNKNOWN = "UNKNOWN"
    OFF = "OFF"


class Part(StrEnum):
    """What LERS is made of."""

    WEB = "web"
    HUB = "hub"
    RELAY = "relay"
    WORKERS = "workers"
    SCHEDULER = "scheduler"
    DATABASE = "database"
    REDIS = "redis"
    STORAGE = "storage"
    SCANNER = "scanner"
    MAIL = "mail"


NEEDED = frozenset({Part.WEB, Part.DATABASE})
"""Without these nothing is answered; without the others LERS is degraded."""

SILENCE = {Part.RELAY: dt.timedelta(seconds=30), Part.SCHEDULER: dt.timedelta(seconds=60)}
"""How long ago a living one was seen at most: several rounds of its loop, and a pause for a store that was away."""
