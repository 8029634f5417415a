"""Who sees a response, and who judges it: whoever sees the case; the officer who asked."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement

from lers_web.domains.requests import policy as requests
from lers_web.domains.responses.models import Response
from lers_web.domains.responses.states import SOURCES, ResponseStatus
from lers_web.kernel.actor import Actor
from lers_web.kernel.errors import Forbidden
from lers_web.kernel.permissions import Permission


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The row filter of every query on responses: those of requests whose case content the actor sees."""
    return Response.request_id.in_(requests.content_seen_by(actor))


def may_review(actor: Actor, creator_id: Any) -> bool:
    """Whether the actor judges the responses to this request: its officer does."""
    return bool(actor.can(Permission.RESPONSE_REVIEW) and creator_id == actor.user_id)


def require_review(actor: Actor, creator_id: Any) -> None:
    """Raise ``Forbidden`` unless the actor judges the responses to this request."""
    actor.require(Permission.RESPONSE_REVIEW)
    if not may_review(actor, creator_id):
        raise Forbidden("Only the officer who made the request judges its responses.")


def abilities(actor: Actor, status: str, creator_id: Any) -> dict[str, bool]:
    """What the caller may do with a response now."""
    reviews, current = may_review(actor, creator_id), ResponseStatus(status)
    return {
        "verify": True,
        "accept": reviews and current in SOURCES[ResponseStatus.ACCEPTED],
        "reject": reviews and current in SOURCES[ResponseStatus.REJECTED],
        "rate": reviews,
    }
