"""Who sees which job."""

from __future__ import annotations

from lers_web.kernel.actor import Actor
from lers_web.kernel.permissions import Permission


def sees_job(actor: Actor, tenant_id: object) -> bool:
    """Whether the caller may ask how a job goes: one of their own tenant's, or any as who runs LERS."""
    return actor.can(Permission.OPS_READ) or tenant_id == str(actor.tenant_id)
