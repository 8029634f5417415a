"""Queues, jobs and workers as they stand in Redis. Nothing of a job's arguments, results or messages is read out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from redis import Redis, RedisError
from rq.exceptions import DeserializationError, InvalidJobOperation, NoSuchJobError
from rq.job import Job
from rq.queue import Queue
from rq.registry import FailedJobRegistry
from rq.serializers import JSONSerializer
from rq.worker import Worker

from lers_web.domains.operations.states import JobState, job_state
from lers_web.kernel import clock
from lers_web.kernel.errors import Conflict, NotFound, Unavailable
from lers_web.kernel.queues import PERIODIC_PREFIX, SCHEDULED_JOBS, TENANT, QueueName

FAILED_SHOWN = 50
_JOB_ID = re.compile(r"[A-Za-z0-9_.:-]{1,200}")
_CLASS = re.compile(r"[A-Za-z_][\w.]{0,200}")
_LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)
_TRACEBACK = "Traceback (most recent call last):"


@contextmanager
def reading() -> Iterator[None]:
    """Tell a Redis that is away from a fault of ours: 503, and try again."""
    try:
        yield
    except RedisError as error:
        raise Unavailable(f"Redis does not answer ({type(error).__name__}). Try again in a moment.", 5) from error


def board(redis: Redis) -> dict[str, Any]:
    """Return all that is known of queues, workers, periodic jobs and the newest failures."""
    with reading():
        names = list(dict.fromkeys([*(name.value for name in QueueName), *_others(redis)]))
        return {
            "queues": [_queue(redis, name) for name in names],
            "workers": workers(redis),
            "periodic": _periodic(redis),
            "failed": _failed(redis, names),
            "checked_at": clock.now(),
        }


def _others(redis: Redis) -> list[str]:
    """Return queues that nobody watches: what lies in one waits for ever, so it must be seen."""
    return sorted(queue.name for queue in Queue.all(connection=redis, serializer=JSONSerializer))


def _queue(redis: Redis, name: str) -> dict[str, Any]:
    queue = Queue(name, connection=redis, serializer=JSONSerializer)
    registries = {
        "started": queue.started_job_registry,
        "failed": queue.failed_job_registry,
        "scheduled": queue.scheduled_job_registry,
        "deferred": queue.deferred_job_registry,
    }
    with redis.pipeline(transaction=False) as pipeline:  # counted as they stand: RQ's own counting cleans up on the way
        pipeline.llen(queue.key)
        pipeline.lindex(queue.key, 0)
        for registry in registries.values():
            pipeline.zcard(registry.key)
        queued, oldest, *counts = pipeline.execute()
    return {
        "name": name,
        "queued": queued,
        **dict(zip(registries, counts, strict=True)),
        "oldest_waiting_seconds": _waiting(redis, oldest),
    }


def _waiting(redis: Redis, job_id: bytes | None) -> int | None:
    if job_id is None:
        return None
    job = Job.fetch_many([job_id.decode()], connection=redis, serializer=JSONSerializer)[0]
    if job is None or job.enqueued_at is None:
        return None
    return max(0, int((clock.now() - job.enqueued_at).total_seconds()))


def workers(redis: Redis) -> list[dict[str, Any]]:
    """Return the workers that are in the register; one that died stays until it is missed, a minute or two."""
    found = Worker.all(connection=redis, serializer=JSONSerializer)
    return sorted(
        (
            {
                "name": worker.name,
                "state": str(worker.get_state()).upper(),
                "queues": worker.queue_names(),
                "current_job_id": worker.get_current_job_id(),
                "started_at": worker.birth_date,
                "last_heartbeat_at": worker.last_heartbeat,
                "jobs_done": worker.successful_job_count,
                "jobs_failed": worker.failed_job_count,
            }
            for worker in found
        ),
        key=lambda worker: str(worker["name"]),
    )


def _periodic(redis: Redis) -> list[dict[str, Any]]:
    scheduled: list[tuple[bytes, float]] = redis.zrange(SCHEDULED_JOBS, 0, -1, withscores=True)  # type: ignore[assignment]
    due = {raw.decode(): at for raw, at in scheduled if raw.startswith(PERIODIC_PREFIX.encode())}
    return sorted(
        (
            {
                "id": job.id,
                "name": job.id.removeprefix(PERIODIC_PREFIX),
                "queue": job.origin,
                "every_seconds": job.meta.get("interval"),
                "cron": job.meta.get("cron_string"),
                "last_run_at": job.ended_at or job.started_at,
                "last_state": job_state(job.get_status(refresh=False)) if job.started_at else None,
                "next_run_at": dt.datetime.fromtimestamp(due[job.id], dt.UTC),
            }
            for job in _fetch(redis, due)
        ),
        key=lambda job: str(job["name"]),
    )


def _failed(redis: Redis, queues: Iterable[str]) -> list[dict[str, Any]]:
    newest: list[str] = []
    for name in queues:
        key = FailedJobRegistry(name, connection=redis, serializer=JSONSerializer).key
        newest += [raw.decode() for raw in redis.zrevrange(key, 0, FAILED_SHOWN - 1)]  # type: ignore[union-attr]
    jobs = sorted(_fetch(redis, newest), key=lambda job: job.ended_at or _LONG_AGO, reverse=True)
    return [
        {
            "id": job.id,
            "queue": job.origin,
            "function": _function(job),
            "failed_at": job.ended_at,
            "error": _error(job),
        }
        for job in jobs[:FAILED_SHOWN]
    ]


def _fetch(redis: Redis, job_ids: Iterable[str]) -> list[Job]:
    found = Job.fetch_many(list(job_ids), connection=redis, serializer=JSONSerializer)
    return [job for job in found if job is not None]


def _function(job: Job) -> str | None:
    try:
        return job.func_name
    except DeserializationError:
        return None  # written by somebody else, in another way


def _error(job: Job) -> str | None:
    """Return the class of what a job failed with, and no more: messages of exceptions quote rows and addresses."""
    result = job.latest_result()
    return error_class(result.exc_string) if result is not None and result.exc_string else None


def error_class(text: str) -> str:
    """Find the class in a traceback's text: what stands before the colon on the first line after the last frame."""
    _, mark, last = text.rpartition(_TRACEBACK)
    line = next((each for each in last.splitlines() if each and not each[0].isspace()), "") if mark else ""
    name = line.partition(":")[0]
    return name if _CLASS.fullmatch(name) else "unknown"


def find(redis: Redis, job_id: str) -> Job:
    """Return a job, or raise ``NotFound``."""
    if not _JOB_ID.fullmatch(job_id):
        raise NotFound("job")
    try:
        return Job.fetch(job_id, connection=redis, serializer=JSONSerializer)
    except (NoSuchJobError, DeserializationError) as error:
        raise NotFound("job") from error


def tenant_of(job: Job) -> object:
    """Return in whose context a job runs; None of one that runs for all."""
    return job.meta.get(TENANT)


def shown(job: Job) -> dict[str, Any]:
    """Return how a job goes, as whoever waits for it is told."""
    state = job_state(job.get_status(refresh=False))
    progress = job.meta.get("progress")
    return {
        "id": job.id,
        "state": state,
        "progress": 100 if state is JobState.FINISHED else progress,
        "file_id": job.meta.get("file_id"),
        "error": _error(job) if state is JobState.FAILED else None,
    }


def requeue(redis: Redis, job: Job) -> None:
    """Put a failed job into its queue again; of two who try, one does."""
    registry = FailedJobRegistry(job.origin, connection=redis, serializer=JSONSerializer)
    try:
        registry.requeue(job)
    except InvalidJobOperation as error:
        state = job_state(job.get_status())
        raise Conflict(f"Only a failed job is tried again, this one is {state}.", current_status=state.value) from error
