"""Tell people what happened."""

from __future__ import annotations

from uuid import UUID

from lers_jobs import queues, runtime, subscribers
from lers_web.domains.notifications import service
from lers_web.kernel.actor import system_actor
from lers_web.kernel.outbox import OutboxMessage
from lers_web.kernel.uow import unit_of_work


def notify(event_id: str, tenant_id: str) -> int:
    """Make the notifications of one event for one tenant, once; return how many there are."""
    with unit_of_work(runtime.backend(), system_actor(UUID(tenant_id), runtime.source())) as uow:
        message = uow.session.get(OutboxMessage, UUID(event_id))
        if message is None or not uow.once(subscribers.job_id(event_id, queues.NOTIFY, tenant_id)):
            return 0
        return service.tell(
            uow,
            service.Happening(id=message.id, type=message.type, payload=message.payload, actor_id=message.actor_id),
        )
