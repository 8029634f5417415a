"""Notifications as the API and the hub show them: plain dicts whose keys are exactly the JSON answer's."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from lers_web.domains.notifications import policy
from lers_web.domains.notifications.models import Notification
from lers_web.kernel.errors import NotFound
from lers_web.kernel.paging import Page, close_page, paginate
from lers_web.kernel.uow import UnitOfWork

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
    Notification.created_at,
)
_SORTS = {"created_at": Notification.created_at}


def one(uow: UnitOfWork, notification_id: UUID) -> dict[str, Any]:
    """Return one notification of the actor's, or in a system context one of the tenant's."""
    query = select(*_COLUMNS).where(Notification.id == notification_id, policy.visible_to(uow.actor))
    row = uow.session.execute(query).mappings().first()
    if row is None:
        raise NotFound("notification")
    return {str(key): value for key, value in row.items()}


def page(uow: UnitOfWork, asked: Page, *, unread: bool | None = None) -> dict[str, Any]:
    """Return a page of the actor's notifications, newest first unless asked otherwise."""
    mine = policy.visible_to(uow.actor)
    if unread is not None:
        mine &= Notification.read.is_not(unread)
    query: Select[Any] = select(*_COLUMNS).where(mine)
    rows = uow.session.execute(paginate(query, asked, _SORTS, Notification.id)).mappings()
    kept, next_cursor = close_page([dict(row) for row in rows], asked, "created_at")
    total = uow.session.scalar(select(func.count()).select_from(Notification).where(mine))
    return {"items": kept, "next_cursor": next_cursor, "total": total}


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
