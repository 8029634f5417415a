"""Notifications as the API and the hub show them: plain dicts whose keys are exactly the JSON answer's."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, Uuid, and_, column, func, select, table

from lers_web.domains.notifications import policy
from lers_web.domains.notifications.models import Notification
from lers_web.kernel.errors import NotFound
from lers_web.kernel.paging import Page, close_page, paginate
from lers_web.kernel.uow import UnitOfWork

# Read by name, as a table of another domain is not imported: the number is what people call a request by.
_REQUEST = table("lers_requests", column("id", Uuid()), column("request_number", Text()), schema="app")
_COLUMNS: tuple[Any, ...] = (
    Notification.id,
    Notification.type,
    Notification.title,
    Notification.message,
    Notification.icon,
    Notification.link,
    Notification.priority,
    Notification.read,
    Notification.read_at,
    Notification.delivered,
    Notification.email_sent,
    Notification.request_id,
    _REQUEST.c.request_number,
    Notification.created_at,
)
_ROWS: Select[Any] = select(*_COLUMNS).outerjoin_from(Notification, _REQUEST, _REQUEST.c.id == Notification.request_id)
_SORTS = {"created_at": Notification.created_at}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which notifications to list; without any of it, all."""

    unread: bool | None = None
    types: Collection[str] = ()
    request_id: UUID | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """The conditions to add to a query on notifications."""
        found: list[ColumnElement[bool]] = []
        if self.unread is not None:
            found.append(Notification.read.is_not(self.unread))
        if self.types:
            found.append(Notification.type.in_(self.types))
        if self.request_id is not None:
            found.append(Notification.request_id == self.request_id)
        return found


def one(uow: UnitOfWork, notification_id: UUID) -> dict[str, Any]:
    """Return one notification of the actor's, or in a system context one of the tenant's."""
    query = _ROWS.where(Notification.id == notification_id, policy.visible_to(uow.actor))
    row = uow.session.execute(query).mappings().first()
    if row is None:
        raise NotFound("notification")
    return {str(key): value for key, value in row.items()}


def page(uow: UnitOfWork, asked: Page, wanted: Filter | None = None) -> dict[str, Any]:
    """Return a page of the actor's notifications, newest first unless asked otherwise, and how many are unread."""
    mine = and_(policy.visible_to(uow.actor), *(wanted or Filter()).conditions())
    rows = uow.session.execute(paginate(_ROWS.where(mine), asked, _SORTS, Notification.id)).mappings()
    kept, next_cursor = close_page([dict(row) for row in rows], asked, "created_at")
    total = uow.session.scalar(select(func.count()).select_from(Notification).where(mine))
    return {
        "items": kept,
        "next_cursor": next_cursor,
        "total": total,
        "unread_count": unread_count(uow, uow.actor.user_id),
    }


def unread_count(uow: UnitOfWork, user_id: UUID) -> int:
    """Return how many notifications a person of the actor's tenant has not read."""
    query = (
        select(func.count())
        .select_from(Notification)
        .where(
            Notification.tenant_id == uow.actor.tenant_id, Notification.user_id == user_id, Notification.read.is_(False)
        )
    )
    return uow.session.scalar(query) or 0
