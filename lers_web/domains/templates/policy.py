"""Who sees and who changes a template: the unit it belongs to; its maker and the unit's administrator."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, true

from lers_web.domains.templates.models import Template
from lers_web.kernel.actor import Actor
from lers_web.kernel.errors import Forbidden
from lers_web.kernel.permissions import Permission


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The row filter: templates of one's own unit that are shared, or one's own."""
    mine = Template.created_by_id == actor.user_id
    shared: ColumnElement[bool] = true() if actor.is_tenant_admin else or_(Template.is_shared, mine)
    return and_(Template.tenant_id == actor.tenant_id, ~Template.is_deleted, shared)


def may_change(actor: Actor, created_by_id: Any) -> bool:
    """Whether the caller may change or delete a template that they see."""
    return actor.can(Permission.TEMPLATE_WRITE) and (actor.is_tenant_admin or created_by_id == actor.user_id)


def require_change(actor: Actor, created_by_id: Any) -> None:
    """Raise ``Forbidden`` unless the caller may change this template."""
    actor.require(Permission.TEMPLATE_WRITE)
    if not may_change(actor, created_by_id):
        raise Forbidden("Only the maker of a template and the unit's administrator may change it.")


def abilities(actor: Actor, created_by_id: Any) -> dict[str, bool]:
    """What the caller may do with a template."""
    own = may_change(actor, created_by_id)
    return {"use": actor.can(Permission.REQUEST_CREATE), "update": own, "delete": own}
