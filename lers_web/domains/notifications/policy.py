"""Whose notifications one sees: one's own, and nobody else's."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, true

from lers_web.domains.notifications.models import Notification
from lers_web.kernel.actor import Actor


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The row filter of every read. The system sees those of the tenant that it works for."""
    return and_(
        Notification.tenant_id == actor.tenant_id,
        true() if actor.is_system else Notification.user_id == actor.user_id,
    )
