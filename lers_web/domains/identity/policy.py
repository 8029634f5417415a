"""Who may see and change which people and tenants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, not_, true

from lers_web.domains.identity.models import User
from lers_web.kernel.actor import PLATFORM_TENANT_ID, Actor
from lers_web.kernel.errors import Forbidden
from lers_web.kernel.permissions import Permission, Role

OWN_RIGHTS = frozenset({"role", "rank", "is_tenant_admin", "is_active"})
"""What nobody changes about themselves."""


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The row filter of people: an administrator sees all, everybody else their own tenant's."""
    present = not_(User.is_deleted)
    if actor.role is Role.SUPER_ADMIN:
        return present & true()
    return present & (User.tenant_id == actor.tenant_id)


def administers(actor: Actor, tenant_id: object, permission: Permission = Permission.USER_WRITE) -> bool:
    """Whether the actor manages the people and settings of this tenant."""
    return actor.can(permission) and (actor.role is Role.SUPER_ADMIN or actor.tenant_id == tenant_id)


def require_administers(actor: Actor, tenant_id: object, permission: Permission = Permission.USER_WRITE) -> None:
    """Raise ``Forbidden`` unless the actor manages this tenant."""
    actor.require(permission)
    if not administers(actor, tenant_id, permission):
        raise Forbidden("You manage only your own tenant.")


def user_abilities(actor: Actor, row: Mapping[str, Any]) -> dict[str, bool]:
    """What the actor may do to this person."""
    manages = administers(actor, row["tenant_id"])
    other = row["id"] != actor.user_id
    return {
        "update": manages,
        "change_role": manages and other,
        "deactivate": manages and other and bool(row["is_active"]),
        "reactivate": manages and other and not row["is_active"],
    }


def tenant_abilities(actor: Actor, row: Mapping[str, Any]) -> dict[str, bool]:
    """What the actor may do to this tenant."""
    manages = administers(actor, row["id"], Permission.TENANT_WRITE)
    everything = manages and actor.role is Role.SUPER_ADMIN
    return {
        "update": everything,
        "change_policy": manages,
        "deactivate": everything and bool(row["is_active"]) and row["id"] != PLATFORM_TENANT_ID,
    }
