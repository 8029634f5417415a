"""Who reads the audit trail: each tenant its own chain, the platform's administrators every chain."""

from __future__ import annotations

from sqlalchemy import ColumnElement, true

from lers_web.kernel.actor import Actor
from lers_web.kernel.audit import AuditEntry, AuditHead
from lers_web.kernel.permissions import Role


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The row filter of every list of entries."""
    return true() if actor.role is Role.SUPER_ADMIN else AuditEntry.tenant_id == actor.tenant_id


def heads_visible_to(actor: Actor) -> ColumnElement[bool]:
    """The same for the chain heads."""
    return true() if actor.role is Role.SUPER_ADMIN else AuditHead.tenant_id == actor.tenant_id
