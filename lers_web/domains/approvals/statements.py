"""What an approver decides on, as a statement: everything that the seal and a personal signature stand for."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Text, Uuid, column, select, table

from lers_web.domains.approvals.states import Decision
from lers_web.domains.requests.service import Request
from lers_web.kernel import clock
from lers_web.kernel.actor import Actor
from lers_web.kernel.uow import UnitOfWork

TYPE = "lers.approval.v1"
_TENANT = table("tenants", column("id", Uuid()), column("name", Text()), schema="app")


def snapshot_of(uow: UnitOfWork, actor: Actor) -> dict[str, Any]:
    """Return who the actor is at this moment: names and ranks change, a decision stands as it was made."""
    tenant = uow.session.scalar(select(_TENANT.c.name).where(_TENANT.c.id == actor.tenant_id))
    return {
        "id": str(actor.user_id),
        "name": actor.name,
        "rank": actor.rank,
        "badge_number": actor.badge_number,
        "unit": actor.unit,
        "tenant": {"id": str(actor.tenant_id), "name": tenant},
    }


def members_of(
    uow: UnitOfWork,
    request: Request,
    decision: Decision,
    level: Mapping[str, Any],
    *,
    on_behalf_of: Mapping[str, Any] | None = None,
    comments: str | None = None,
) -> dict[str, Any]:
    """Write down a decision on a request as it is now."""
    return {
        "type": TYPE,
        "request_id": str(request.id),
        "request_number": request.request_number,
        "version": str(request.version),
        "content_hash": request.content_hash,
        "decision": decision.value,
        "level": str(level["level"]),
        "signer": snapshot_of(uow, uow.actor),
        "on_behalf_of": dict(on_behalf_of) if on_behalf_of else None,
        "comments_sha256": comments_digest(comments),
        "time": clock.iso(clock.now()),
    }


def comments_digest(comments: str | None) -> str | None:
    """Bind comments to a statement without showing them: the provider reads the statement."""
    return hashlib.sha256(comments.encode()).hexdigest() if comments else None
