"""Who sees and who changes rules of authority and delegations."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, and_, true

from lers_web.domains.authority.models import AuthorityRule, Delegation
from lers_web.kernel.actor import Actor
from lers_web.kernel.errors import Forbidden
from lers_web.kernel.permissions import Permission, Role


def rules_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Show the rules of one's own unit; an administrator sees all."""
    own = true() if actor.role is Role.SUPER_ADMIN else AuthorityRule.tenant_id == actor.tenant_id
    return and_(~AuthorityRule.is_deleted, own)


def delegations_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Show the delegations of one's own unit; an administrator sees all."""
    own = true() if actor.role is Role.SUPER_ADMIN else Delegation.tenant_id == actor.tenant_id
    return and_(~Delegation.is_deleted, own)


def may_write_rules(actor: Actor, tenant_id: UUID) -> bool:
    """Let an administrator write every unit's rules, and a tenant admin those of their own."""
    own = actor.tenant_id == tenant_id and actor.role is not Role.PROVIDER  # nobody approves at a provider
    return (own or actor.role is Role.SUPER_ADMIN) and actor.can(Permission.AUTHORITY_WRITE)


def require_rules(actor: Actor, tenant_id: UUID) -> None:
    """Raise ``Forbidden`` unless the caller writes the rules of this unit."""
    if not may_write_rules(actor, tenant_id):
        raise Forbidden("Only an administrator, or the unit's tenant admin, changes who may approve what.")


def may_write_delegation(actor: Actor, tenant_id: UUID, from_user_id: UUID) -> bool:
    """Let an approver hand over and take back what is theirs; administrators what is the unit's."""
    own = actor.can(Permission.REQUEST_APPROVE) and actor.user_id == from_user_id and actor.tenant_id == tenant_id
    return own or may_write_rules(actor, tenant_id)


def require_delegation(actor: Actor, tenant_id: UUID, from_user_id: UUID) -> None:
    """Raise ``Forbidden`` unless the caller may write this person's delegation."""
    if not may_write_delegation(actor, tenant_id, from_user_id):
        raise Forbidden("An approver delegates their own authority; only the tenant admin does it for others.")
