"""Sign the audit log, and make the exports that people ask for."""

from __future__ import annotations

from uuid import UUID

from rq import get_current_job

from lers_jobs import queues, runtime, subscribers
from lers_web.domains.audit import asked, service
from lers_web.kernel.actor import system_actor
from lers_web.kernel.outbox import OutboxMessage
from lers_web.kernel.uow import unit_of_work


def checkpoint() -> int:
    """Sign a checkpoint over every committed entry; return how many there are. Fails loudly over a log that lies."""
    return service.make_checkpoint(runtime.backend(), runtime.source()).size


def export(event_id: str, tenant_id: str) -> bool:
    """Make one export that was asked for, once; False when there is nothing (more) to do."""
    backend, system = runtime.backend(), system_actor(UUID(tenant_id), runtime.source())
    with unit_of_work(backend, system) as uow:
        message = uow.session.get(OutboxMessage, UUID(event_id))
    if message is None:
        return False
    done = asked.make(backend, message.payload, UUID(tenant_id), runtime.source(), _Told().leaves)
    with unit_of_work(backend, system) as uow:
        uow.once(subscribers.job_id(event_id, queues.AUDIT_EXPORT, tenant_id))
    return done


class _Told:
    """Writes a running job's progress where whoever waits for it looks, at each new percent."""

    def __init__(self) -> None:
        self._read, self._percent = 0, -1

    def leaves(self, more: int, size: int) -> None:
        """Take note of leaves that were read."""
        self._read += more
        percent = min(99, 100 * self._read // size)
        job = get_current_job()
        if job is not None and percent > self._percent:
            self._percent = percent
            job.meta["progress"] = percent
            job.save_meta()  # type: ignore[no-untyped-call]
