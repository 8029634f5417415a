"""Which jobs follow from which event: one table. The hub hears of every event, whatever stands here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from lers_jobs import queues
from lers_jobs.queues import JobSpec
from lers_web.domains.access.events import BreakGlassAsked, BreakGlassOpened
from lers_web.domains.audit.events import AuditExportAsked
from lers_web.domains.chat.events import MessageCreated, MessagesRead
from lers_web.domains.files.events import FileScanned, FileUploaded
from lers_web.domains.identity.events import SecondFactorChanged, SessionEnded, UserChanged
from lers_web.domains.notifications.events import NotificationCreated, NotificationsRead
from lers_web.domains.presence.events import PresenceChanged
from lers_web.domains.requests.events import (
    RequestAssigned,
    RequestChanged,
    RequestStatusChanged,
    SlaBreached,
    SlaEscalated,
    SlaWarning,
)
from lers_web.domains.responses.events import ResponseCreated, ResponseDecided, ResponseRated


class Message(Protocol):
    """An outbox row, as far as finding its jobs needs it."""

    @property
    def id(self) -> Any: ...
    @property
    def type(self) -> Any: ...
    @property
    def payload(self) -> Any: ...
    @property
    def tenants(self) -> Any: ...
    @property
    def correlation_id(self) -> Any: ...


Arguments = Callable[[Message, UUID], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Subscription:
    """A job that follows from an event, once in the context of each tenant that the event concerns.

    ``leaves_effect``: the job marks ``effect`` with its id in the transaction that does the work, and the sweep sends
    the event again until it is there. The others have a sweep of their own that looks at the state of their rows.
    ``owner_only``: runs for the first tenant alone, the one whose row it is about.
    """

    job: JobSpec
    arguments: Arguments
    leaves_effect: bool = False
    owner_only: bool = False
    wanted: Callable[[Mapping[str, Any]], bool] = lambda _: True


@dataclass(frozen=True, slots=True)
class PlannedJob:
    """One job to be put into a queue. ``id`` names event, job and tenant: putting it twice is putting it once."""

    id: str
    job: JobSpec
    arguments: tuple[str, ...]
    leaves_effect: bool
    tenant_id: UUID


def _event(message: Message, tenant_id: UUID) -> tuple[str, ...]:
    return (str(message.id), str(tenant_id))


def _named(field: str) -> Arguments:
    return lambda message, tenant_id: (str(message.payload[field]), str(tenant_id))


_NOTIFY = (Subscription(queues.NOTIFY, _event, leaves_effect=True),)
_MAIL = (Subscription(queues.MAIL, _named("notification_id"), owner_only=True, wanted=lambda p: bool(p["mail"])),)
_SCAN = (Subscription(queues.SCAN, _named("file_id"), owner_only=True),)
_EXPORT = (Subscription(queues.AUDIT_EXPORT, _event, leaves_effect=True, owner_only=True),)
_HUB_ONLY: tuple[Subscription, ...] = ()

SUBSCRIPTIONS: Mapping[str, tuple[Subscription, ...]] = {
    RequestStatusChanged.type: _NOTIFY,
    RequestAssigned.type: _NOTIFY,
    RequestChanged.type: _HUB_ONLY,
    SlaWarning.type: _NOTIFY,
    SlaBreached.type: _NOTIFY,
    SlaEscalated.type: _NOTIFY,
    MessageCreated.type: _NOTIFY,
    MessagesRead.type: _HUB_ONLY,
    ResponseCreated.type: _NOTIFY,
    ResponseDecided.type: _NOTIFY,
    ResponseRated.type: _HUB_ONLY,
    FileUploaded.type: _SCAN,
    FileScanned.type: _NOTIFY,
    NotificationCreated.type: _MAIL,
    NotificationsRead.type: _HUB_ONLY,
    SessionEnded.type: _NOTIFY,
    SecondFactorChanged.type: _NOTIFY,
    BreakGlassAsked.type: _NOTIFY,
    BreakGlassOpened.type: _NOTIFY,
    AuditExportAsked.type: _EXPORT,
    UserChanged.type: _HUB_ONLY,
    PresenceChanged.type: _HUB_ONLY,
}


def jobs_of(message: Message) -> list[PlannedJob]:
    """Return the jobs that follow from an event. One of an unknown type has none: it must not stop the others."""
    planned: list[PlannedJob] = []
    for subscription in SUBSCRIPTIONS.get(message.type, ()):
        if not subscription.wanted(message.payload):
            continue
        tenants: Sequence[UUID] = message.tenants[:1] if subscription.owner_only else message.tenants
        planned.extend(
            PlannedJob(
                id=job_id(message.id, subscription.job, tenant_id),
                job=subscription.job,
                arguments=subscription.arguments(message, tenant_id),
                leaves_effect=subscription.leaves_effect,
                tenant_id=tenant_id,
            )
            for tenant_id in tenants
        )
    return planned


def job_id(event_id: object, job: JobSpec, tenant_id: object) -> str:
    """Return the id of a job, which is also the key of its effect."""
    return f"{event_id}-{job.name}-{tenant_id}"


def effects_of(message: Message) -> list[str]:
    """Return the keys of the effects that an event must have before it counts as settled."""
    return [job.id for job in jobs_of(message) if job.leaves_effect]
