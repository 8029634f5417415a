"""Who sees which request, and who may take which step with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, true

from lers_web.domains.access import policy as access
from lers_web.domains.requests.models import Request, RequestParticipant
from lers_web.domains.requests.states import DECISIONS, INTERNAL, SHOWN_TO_PROVIDER, TRANSITIONS, Action, Status
from lers_web.kernel.actor import Actor
from lers_web.kernel.errors import Forbidden
from lers_web.kernel.permissions import Permission, Role


class RequestFacts(Protocol):
    """What the rules look at; a row, an entity or a test's record will do."""

    @property
    def agency_tenant_id(self) -> Any: ...
    @property
    def provider_tenant_id(self) -> Any: ...
    @property
    def created_by_id(self) -> Any: ...
    @property
    def status(self) -> Any: ...
    @property
    def first_sent_for_approval_at(self) -> Any: ...
    @property
    def submitted_at(self) -> Any: ...
    @property
    def is_deleted(self) -> Any: ...


def participates(user_id: UUID) -> ColumnElement[bool]:
    """Whether a person was added to the request of the row."""
    return exists(
        select(RequestParticipant.user_id).where(
            RequestParticipant.request_id == Request.id, RequestParticipant.user_id == user_id
        )
    )


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The row filter every query on requests starts from. Lists what is seen, not what is hidden."""
    ours = Request.agency_tenant_id == actor.tenant_id
    theirs = and_(Request.provider_tenant_id == actor.tenant_id, Request.submitted_at.is_not(None))
    match actor.role:
        case Role.SUPER_ADMIN:
            seen: ColumnElement[bool] = true()
        case Role.IO:  # an investigating officer sees his own and those he takes part in
            seen = and_(ours, or_(Request.created_by_id == actor.user_id, participates(actor.user_id)))
        case Role.APPROVER:
            seen = and_(ours, Request.first_sent_for_approval_at.is_not(None))
        case Role.PROVIDER:
            seen = theirs
        case Role.SYSTEM:
            seen = or_(ours, theirs)
    return and_(~Request.is_deleted, seen)


def sees_content(actor: Actor) -> bool:
    """Whether the role is shown case content: an administrator's is not, unless break-glass holds the request open."""
    return actor.role is not Role.SUPER_ADMIN


def content_seen_by(actor: Actor) -> Select[UUID]:
    """Select the ids of the requests whose case content the actor sees: what ``files`` asks before it opens one."""
    query = select(Request.id).where(visible_to(actor))
    return query if sees_content(actor) else query.where(Request.id.in_(access.opened_to(actor)))


def on_agency_side(actor: Actor, request: RequestFacts) -> bool:
    """Whether the caller belongs to the side that asks."""
    return bool(request.agency_tenant_id == actor.tenant_id)


class _Standing(NamedTuple):
    """How a person stands to a request: all that the rules look at, beside their rights and its state."""

    agency: bool
    provider: bool
    creator: bool
    submitted: bool
    content: bool


def _standing(actor: Actor, request: RequestFacts, *, opened: bool = False) -> _Standing:
    return _Standing(
        agency=on_agency_side(actor, request),
        provider=request.provider_tenant_id == actor.tenant_id,
        creator=request.created_by_id == actor.user_id,
        submitted=request.submitted_at is not None,
        content=opened or sees_content(actor),
    )


def refusal(actor: Actor, action: Action, request: RequestFacts) -> str | None:
    """Say why this person may not take a step with this request, or None when they may. The state is not looked at."""
    return _objection(actor.permissions, _standing(actor, request), action)


def _objection(rights: frozenset[Permission], stands: _Standing, action: Action) -> str | None:
    step = TRANSITIONS[action]
    if step.permission not in rights:
        return f"Your role may not do this: it needs {step.permission}."
    if step.permission in _AGENCY and not stands.agency:
        return "Only the unit that made the request may do this."
    if step.permission in _PROVIDER and not stands.provider:
        return "Only the provider that the request is addressed to may do this."
    if step.creator_only and not stands.creator:
        return "Only the officer who made the request may do this."
    if action in DECISIONS and stands.creator:
        return "Nobody decides on a request of their own."
    return None


_AGENCY = frozenset({Permission.REQUEST_CREATE, Permission.REQUEST_APPROVE, Permission.RESPONSE_REVIEW})
_PROVIDER = frozenset({Permission.REQUEST_FULFIL, Permission.RESPONSE_CREATE})


def require_confirmer(actor: Actor) -> None:
    """Raise unless the caller is one of those who confirm doubted requests, before anything is looked up."""
    if not (actor.is_tenant_admin or actor.role is Role.SUPER_ADMIN):
        raise Forbidden("The unit's tenant admin or the platform's administrator confirms a doubted request.")


def may_confirm(actor: Actor, request: RequestFacts) -> bool:
    """Whether the caller confirms this request when it is doubted: nobody does one of their own."""
    if actor.role is Role.SUPER_ADMIN:
        return True
    ours = on_agency_side(actor, request) and request.created_by_id != actor.user_id
    return ours and actor.is_tenant_admin


def require_confirmation(actor: Actor, request: RequestFacts) -> None:
    """Raise unless the caller confirms this request: nobody does one of their own, nor a provider its own doubt."""
    if not may_confirm(actor, request):
        raise Forbidden("The unit's tenant admin confirms it, and nobody a request of their own.")


def require_role(actor: Actor, action: Action) -> None:
    """Raise ``Forbidden`` when the caller's role never takes this step, before anything is looked up."""
    actor.require(TRANSITIONS[action].permission)


def require(actor: Actor, action: Action, request: RequestFacts) -> None:
    """Raise ``Forbidden`` unless this person may take this step with this request."""
    reason = refusal(actor, action, request)
    if reason is not None:
        raise Forbidden(reason)


def abilities(
    actor: Actor, request: RequestFacts, *, may_approve: bool = True, opened: bool = False, doubted: bool = False
) -> dict[str, bool]:
    """Say for every step whether the caller could take it now.

    ``may_approve``: their rank fills the next level. ``opened``: break-glass holds the request open to them.
    ``doubted``: the provider's doubt holds the clock.
    """
    can = dict(_abilities(actor.permissions, _standing(actor, request, opened=opened), request.status))
    if not may_approve:
        can[Action.APPROVE.value] = False
    can["confirm_challenge"] = doubted and may_confirm(actor, request)
    return can


@lru_cache(maxsize=4096)
def _abilities(rights: frozenset[Permission], stands: _Standing, status: str) -> Mapping[str, bool]:
    """Work out a row of the table once: a list asks for the same few again and again. Callers copy it."""
    now = Status(status)
    can = {
        action.value: now in step.sources and _objection(rights, stands, action) is None
        for action, step in TRANSITIONS.items()
        if action not in INTERNAL
    }
    creator = stands.agency and stands.creator
    talking = now in SHOWN_TO_PROVIDER and Permission.CHAT_WRITE in rights
    can["read_identifiers"] = stands.content
    can["chat_read"] = Permission.CHAT_READ in rights and stands.submitted and stands.content
    can["chat_write"] = talking and (creator or stands.provider)
    can["manage_participants"] = creator and Permission.REQUEST_CREATE in rights
    can["review_response"] = creator and Permission.RESPONSE_REVIEW in rights and stands.submitted
    return can


def next_level(route: Collection[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the lowest level of a route that nobody has filled yet."""
    return next((level for level in route if not level.get("approver_id")), None)
