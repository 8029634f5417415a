"""Use cases of operations: look at the queues and the parts, ask how a job goes, try a failed one again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from lers_web.domains.files import made
from lers_web.domains.operations import jobs, parts, policy
from lers_web.domains.operations.states import JobState
from lers_web.kernel.errors import NotFound
from lers_web.kernel.permissions import Permission
from lers_web.kernel.uow import UnitOfWork

_ID_LENGTH = 36
_OF_FILE = {
    made.ScanStatus.AWAITING_UPLOAD: JobState.QUEUED,
    made.ScanStatus.CLEAN: JobState.FINISHED,
    made.ScanStatus.ERROR: JobState.FAILED,
}


def board(uow: UnitOfWork) -> dict[str, Any]:
    """Return queues, workers, periodic jobs and the newest failures."""
    uow.actor.require(Permission.OPS_READ)
    return jobs.board(uow.ports.redis)


def begin_health(uow: UnitOfWork) -> parts.Finding:
    """Return what the database says of itself, for one who may hear of all parts: ``parts.look`` asks the others."""
    uow.actor.require(Permission.OPS_READ)
    return parts.ask_database(uow)


def job(uow: UnitOfWork, job_id: str) -> dict[str, Any]:
    """Return how a job of the caller's tenant goes; whoever runs LERS asks of any."""
    try:
        with jobs.reading():
            found = jobs.find(uow.ports.redis, job_id)
    except NotFound:
        return _by_file(uow, job_id)
    if not policy.sees_job(uow.actor, jobs.tenant_of(found)):
        raise NotFound("job")
    shown = jobs.shown(found)
    if shown["state"] is JobState.FINISHED and shown["file_id"] is None:
        return _by_file(uow, job_id, otherwise=shown)
    return shown


def _by_file(uow: UnitOfWork, job_id: str, otherwise: dict[str, Any] | None = None) -> dict[str, Any]:
    """Tell of a job that makes a file by its file: before it is queued, and when Redis has forgotten it."""
    try:
        file_id = UUID(job_id[:_ID_LENGTH])
    except ValueError:
        file_id = UUID(int=0)
    reached = made.state(uow, file_id)
    if reached is None:
        if otherwise is None:
            raise NotFound("job")
        return otherwise
    state = _OF_FILE[reached]
    done = state is JobState.FINISHED
    return {
        "id": job_id,
        "state": state,
        "progress": 100 if done else None,
        "file_id": file_id if done else None,
        "error": "not_made" if state is JobState.FAILED else None,
    }


def retry(uow: UnitOfWork, job_id: str) -> dict[str, Any]:
    """Put a failed job into its queue again. Jobs are harmless when repeated: an entry that is lost costs no more."""
    uow.actor.require(Permission.OPS_WRITE)
    redis = uow.ports.redis
    with jobs.reading():
        found = jobs.find(redis, job_id)
        jobs.requeue(redis, found)
        uow.audit("job:retry", "job", None, change={"job": found.id, "queue": found.origin})
        return jobs.shown(jobs.find(redis, job_id))
