"""Use cases of notifications: tell people of an event, each once; mark as read and as delivered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert

from lers_web.domains.chat.events import MessageCreated
from lers_web.domains.identity import directory
from lers_web.domains.identity.directory import Addressee
from lers_web.domains.notifications import policy
from lers_web.domains.notifications.audiences import Scene
from lers_web.domains.notifications.events import NotificationCreated, NotificationsRead
from lers_web.domains.notifications.kinds import KINDS
from lers_web.domains.notifications.models import Notification
from lers_web.domains.notifications.rules import Rule, Side, rules_for
from lers_web.domains.requests import parties as requests
from lers_web.domains.requests.parties import Parties, RequestCard
from lers_web.kernel import clock
from lers_web.kernel.actor import PLATFORM_TENANT_ID
from lers_web.kernel.ids import new_id
from lers_web.kernel.uow import UnitOfWork

MAIL_PREFERENCE = "email_notifications"
_COUNTS = ("left",)  # numbers of an event that its words may name
_PORTAL = {Side.AGENCY: "le", Side.PROVIDER: "provider"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """An event as it stands in the outbox."""

    id: UUID
    type: str
    payload: Mapping[str, Any]
    actor_id: UUID


def tell(uow: UnitOfWork, happening: Happening) -> int:
    """Make the notifications of one event for the people of the actor's tenant; return how many are new.

    Runs in the context of that tenant alone. Repeating it is harmless: person, event and type are a unique key.
    Nobody is told of what they did themselves in a request.
    """
    rules = rules_for(happening.type, happening.payload)
    if not rules:
        return 0
    request_id = _request_id(happening.payload)
    parties = requests.parties(uow, request_id) if request_id else None
    card = requests.card(uow, request_id) if request_id and parties is None else None
    side = _side(uow.actor.tenant_id, parties, card, has_request=request_id is not None)
    wanted = [rule for rule in rules if rule.side is side]
    if not wanted:
        return 0
    people = {person.id: person for person in directory.addressees(uow)}
    if _among_own(happening, side, people):
        return 0
    scene = Scene(uow, people, happening.payload, parties)
    words = _names(uow, parties or card) | {name: str(happening.payload.get(name, "")) for name in _COUNTS}
    rows: dict[tuple[UUID, str], dict[str, Any]] = {}
    for rule in wanted:
        for person in scene.audience(rule.audience):
            if person.id != happening.actor_id or rule.side is Side.OWN:
                rows.setdefault((person.id, rule.type), _shown(rule, person, words, request_id))
    common = {"tenant_id": uow.actor.tenant_id, "event_id": happening.id, "created_at": clock.now()}
    return _insert(uow, [{"id": new_id(), **common, **row} for row in rows.values()])


def _request_id(payload: Mapping[str, Any]) -> UUID | None:
    found = payload.get("request_id")
    return UUID(found) if found else None


def _side(tenant_id: UUID, parties: Parties | None, card: RequestCard | None, *, has_request: bool) -> Side | None:
    """Say from where this tenant looks at the event; None when it has no part in it."""
    if not has_request:
        return Side.OWN
    if parties is not None:
        return Side.AGENCY if tenant_id == parties.agency_tenant_id else Side.PROVIDER
    return Side.PLATFORM if tenant_id == PLATFORM_TENANT_ID and card is not None else None


def _among_own(happening: Happening, side: Side | None, people: Mapping[UUID, Addressee]) -> bool:
    """Whether this is a provider's colleague writing: the desk is not told of its own messages."""
    return happening.type == MessageCreated.type and side is Side.PROVIDER and happening.actor_id in people


def _names(uow: UnitOfWork, request: Parties | RequestCard | None) -> dict[str, str]:
    """Return what texts may name: the request's number and its two sides."""
    if request is None:
        return {}
    names = directory.tenant_names(uow, {request.agency_tenant_id, request.provider_tenant_id})
    return {
        "number": request.number,
        "agency": names.get(request.agency_tenant_id, ""),
        "provider": names.get(request.provider_tenant_id, ""),
    }


def _shown(rule: Rule, person: Addressee, words: Mapping[str, str], request_id: UUID | None) -> dict[str, Any]:
    """Return what a person is told, in their language."""
    kind = KINDS[rule.type]
    text = kind.words(rule.variant).in_language(person.language)
    portal = _PORTAL.get(rule.side)
    return {
        "user_id": person.id,
        "request_id": request_id,
        "type": rule.type.value,
        "title": text.title.format_map(words),
        "message": text.message.format_map(words),
        "icon": kind.icon,
        "link": f"/{portal}/requests/{request_id}" if portal and request_id else None,
        "priority": kind.priority,
        "email_wanted": kind.mail and person.preferences.get(MAIL_PREFERENCE, True) is not False,
        "metadata": {"language": person.language},
    }


def _insert(uow: UnitOfWork, rows: Sequence[Mapping[str, Any]]) -> int:
    if not rows:
        return 0
    table = Notification.__table__
    added = uow.session.execute(
        pg_insert(table)  # type: ignore[arg-type]
        .values(list(rows))
        .on_conflict_do_nothing(index_elements=["user_id", "event_id", "type"])
        .returning(table.c.id, table.c.user_id, table.c.email_wanted)
    ).all()
    for row in added:
        uow.emit(NotificationCreated(notification_id=row.id, user_id=row.user_id, mail=row.email_wanted))
    return len(added)


def mark_read(uow: UnitOfWork, ids: Iterable[UUID] | None, *, request_id: UUID | None = None) -> int:
    """Mark the actor's notifications as read: these, a request's, or all. Others' and unknown ones are left."""
    query = update(Notification).where(policy.visible_to(uow.actor), Notification.read.is_(False))
    if ids is not None:
        query = query.where(Notification.id.in_(list(ids)))
    if request_id is not None:
        query = query.where(Notification.request_id == request_id)
    marked = uow.session.execute(query.values(read=True, read_at=clock.now()).returning(Notification.id)).all()
    if marked:
        uow.emit(NotificationsRead(user_id=uow.actor.user_id))
    return len(marked)


def mark_delivered(uow: UnitOfWork, ids: Iterable[UUID]) -> None:
    """Remember that the hub has shown notifications on a screen."""
    uow.session.execute(
        update(Notification)
        .where(Notification.id.in_(list(ids)), Notification.delivered.is_(False), policy.visible_to(uow.actor))
        .values(delivered=True, delivered_at=clock.now())
    )


def load_for_mail(uow: UnitOfWork, notification_id: UUID) -> Notification | None:
    """Lock a notification that is still to be mailed; None when it was, or when somebody is about to."""
    return uow.session.scalar(
        select(Notification)
        .where(
            Notification.id == notification_id,
            Notification.tenant_id == uow.actor.tenant_id,
            Notification.email_wanted,
            Notification.email_sent.is_(False),
        )
        .with_for_update(skip_locked=True)
    )
