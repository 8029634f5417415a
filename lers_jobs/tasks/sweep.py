"""Periodic work: send lost events again, forget dead connections, and clean what is kept only for a time."""

from __future__ import annotations

import datetime as dt
import logging
from uuid import UUID

from sqlalchemy import ColumnElement, delete
from sqlalchemy.orm import DeclarativeBase

from lers_jobs import runtime, settling
from lers_web.domains.files import orphans
from lers_web.domains.files import service as files
from lers_web.domains.identity import directory
from lers_web.domains.presence import service as presence
from lers_web.domains.presence.events import PresenceChanged
from lers_web.kernel import clock, idempotency
from lers_web.kernel.actor import system_actor
from lers_web.kernel.idempotency import IdempotencyKey
from lers_web.kernel.outbox import Effect, OutboxMessage
from lers_web.kernel.ports import Backend
from lers_web.kernel.uow import UnitOfWork, unit_of_work

LOG = logging.getLogger(__name__)

EVENTS_KEPT = dt.timedelta(days=7)
EFFECTS_KEPT = dt.timedelta(days=30)
"""Longer than events: an effect must outlive every repetition of its event."""


def resend_lost_events() -> dict[str, int]:
    """Send events again whose jobs left no effect."""
    with unit_of_work(runtime.backend(), system_actor(source=runtime.source())) as uow:
        return settling.settle(uow)


def forget_dead_connections() -> int:
    """Bring presence in line after a hub died; the hub that lives tells those who should know."""
    changed = 0
    for tenant_id in _tenants(runtime.backend()):
        with unit_of_work(runtime.backend(), system_actor(tenant_id, runtime.source())) as uow:
            for change in presence.sweep(uow):
                changed += 1
                uow.emit(
                    PresenceChanged(
                        user_id=change.user_id,
                        status=change.status.value,
                        was=change.was.value,
                        last_seen=clock.iso(change.last_seen),
                        tenants=(change.tenant_id,),
                    )
                )
    return changed


def clean() -> dict[str, int]:
    """Remove kept answers, settled events, old effects and lost objects; let announcements without bytes lapse."""
    now = clock.now()
    counts = dict.fromkeys(("answers", "events", "effects", "announcements"), 0)
    with unit_of_work(runtime.backend(), system_actor()) as uow:
        settled = OutboxMessage.settled_at < now - EVENTS_KEPT
        counts["events"] = _remove(uow, OutboxMessage, settled)
    tenants = _tenants(runtime.backend())
    for tenant_id in tenants:
        with unit_of_work(runtime.backend(), system_actor(tenant_id)) as uow:
            old = IdempotencyKey.created_at < now - idempotency.KEPT
            counts["answers"] += _remove(uow, IdempotencyKey, old)
            counts["effects"] += _remove(uow, Effect, Effect.created_at < now - EFFECTS_KEPT)
            counts["announcements"] += files.expire_announcements(uow)
    counts["objects"] = orphans.remove_orphans(runtime.backend(), tenants)
    LOG.info("cleaned: %s", counts)
    return counts


def _remove(uow: UnitOfWork, table: type[DeclarativeBase], condition: ColumnElement[bool]) -> int:
    """Delete rows; row-level security leaves other tenants' alone."""
    done = uow.session.execute(delete(table).where(condition).execution_options(synchronize_session=False))
    return int(getattr(done, "rowcount", 0))


def _tenants(backend: Backend) -> list[UUID]:
    with unit_of_work(backend, system_actor()) as uow:
        return directory.all_tenants(uow)
