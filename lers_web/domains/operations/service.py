"""Use cases of operations: look at the queues and the parts, ask how a job goes, try a failed one again."""

from __future__ import annotations

from typing import Any

from lers_web.domains.operations import jobs, parts, policy
from lers_web.kernel.errors import NotFound
from lers_web.kernel.permissions import Permission
from lers_web.kernel.uow import UnitOfWork


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
    with jobs.reading():
        found = jobs.find(uow.ports.redis, job_id)
        if not policy.sees_job(uow.actor, jobs.tenant_of(found)):
            raise NotFound("job")
        return jobs.shown(found)


def retry(uow: UnitOfWork, job_id: str) -> dict[str, Any]:
    """Put a failed job into its queue again. Jobs are harmless when repeated: an entry that is lost costs no more."""
    uow.actor.require(Permission.OPS_WRITE)
    redis = uow.ports.redis
    with jobs.reading():
        found = jobs.find(redis, job_id)
        jobs.requeue(redis, found)
        uow.audit("job:retry", "job", None, change={"job": found.id, "queue": found.origin})
        return jobs.shown(jobs.find(redis, job_id))
