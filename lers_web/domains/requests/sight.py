"""Who is shown the case content of one request: its parties, and an administrator while break-glass holds it open."""

from __future__ import annotations

from uuid import UUID

from lers_web.domains.access import service as access
from lers_web.domains.requests import policy
from lers_web.domains.requests.lifecycle import load_request
from lers_web.domains.requests.models import Request
from lers_web.kernel.errors import NotFound
from lers_web.kernel.uow import UnitOfWork


def sees_content(uow: UnitOfWork, request_id: UUID) -> bool:
    """Whether the actor, who sees the request, is shown its case content now."""
    return policy.sees_content(uow.actor) or access.is_open(uow, request_id)


def load_to_show(uow: UnitOfWork, request_id: UUID, part: str) -> Request:
    """Load a request of whose content a part is about to be shown; what an administrator is shown is in the trail."""
    request = load_request(uow, request_id)
    if not sees_content(uow, request_id):
        raise NotFound("request")
    access.note_read(uow, request_id, part)
    return request
