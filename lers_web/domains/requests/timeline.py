"""The timeline of a request: both sides' audit chains, as far as each side may read the other's."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from sqlalchemy import select, text

from lers_web.domains.access import service as access
from lers_web.domains.requests.lifecycle import load_request
from lers_web.domains.requests.people import CARD, TENANT
from lers_web.kernel.uow import UnitOfWork

MOST = 500

SHARED_EVENTS = (
    "request:submit",
    "request:acknowledge",
    "request:start",
    "request:request_info",
    "request:request_extension",
    "request:grant_extension",
    "request:challenge",
    "request:challenge_confirmed",
    "request:decline",
    "request:withdraw",
    "request:respond",
    "request:respond_partially",
    "request:reopen",
    "request:complete",
    "request:identifiers_read",
    "response:create",
    "response:accept",
    "response:reject",
    "response:rate",
    "sla:resumed",
    "sla:breach",
    "break_glass:open",
    "break_glass:end",
)
"""What one side reads of the other's chain: what was done with the request. Preparation, approval, assignment and
comments stay at home; warnings and escalations reach people as notifications."""

_ENTRIES = text(
    "SELECT tenant_id, seq, at, event, actor_id, object_type, object_id, canonical, own"
    "  FROM audit.request_timeline(:request_id, :shared, :most)"
)


def timeline(uow: UnitOfWork, request_id: UUID) -> dict[str, Any]:
    """Return what happened to a request, oldest first, as its reader may know it."""
    load_request(uow, request_id)
    if access.is_open(uow, request_id):
        access.note_read(uow, request_id, "timeline")
    entries = uow.session.execute(
        _ENTRIES, {"request_id": request_id, "shared": list(SHARED_EVENTS), "most": MOST}
    ).all()
    names = _names(uow, {entry.actor_id for entry in entries}, {entry.tenant_id for entry in entries})
    items = [_item(entry, *names) for entry in entries]
    return {"items": items, "next_cursor": None, "total": len(items)}


def _item(entry: Any, people: dict[UUID, Any], tenants: dict[UUID, str]) -> dict[str, Any]:
    body = json.loads(entry.canonical) if entry.canonical is not None else {}
    person = people.get(entry.actor_id)
    return {
        "at": entry.at,
        "event": entry.event,
        "actor": {"id": person.id, "name": person.name, "rank": person.rank} if person is not None else None,
        "tenant": {"id": entry.tenant_id, "name": tenants.get(entry.tenant_id, "")},
        "object_type": entry.object_type,
        "object_id": entry.object_id,
        "change": body.get("change"),
    }


def _names(uow: UnitOfWork, people: set[UUID], tenants: set[UUID]) -> tuple[dict[UUID, Any], dict[UUID, str]]:
    cards = uow.session.execute(select(CARD.c.id, CARD.c.name, CARD.c.rank).where(CARD.c.id.in_(people)))
    names = uow.session.execute(select(TENANT.c.id, TENANT.c.name).where(TENANT.c.id.in_(tenants)))
    return {card.id: card for card in cards}, {row.id: row.name for row in names}
