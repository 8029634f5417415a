"""Who may read and who may write a request's chat (contract, section 2)."""

from __future__ import annotations

from typing import Any, Protocol
from uuid import UUID

from lers_web.domains.chat.states import ENDED, SenderType
from lers_web.kernel.actor import Actor
from lers_web.kernel.errors import Conflict, Forbidden, RequestClosed
from lers_web.kernel.permissions import Permission, Role


class ChatRequest(Protocol):
    """What the rules of the chat need to know of a request."""

    @property
    def status(self) -> str: ...
    @property
    def submitted_at(self) -> Any: ...
    @property
    def created_by_id(self) -> UUID: ...
    @property
    def agency_tenant_id(self) -> UUID: ...
    @property
    def provider_tenant_id(self) -> UUID: ...


def speaks_for(actor: Actor, request: ChatRequest) -> SenderType | None:
    """Return the side for which this person may write, or None.

    The agency speaks through the officer who made the request: a participant is there to see, an approver to read.
    """
    if not actor.can(Permission.CHAT_WRITE):
        return None
    if actor.role is Role.IO and actor.user_id == request.created_by_id:
        return SenderType.IO
    if actor.role is Role.PROVIDER and actor.tenant_id == request.provider_tenant_id:
        return SenderType.PROVIDER
    return None


def require_place(actor: Actor) -> None:
    """Raise for an administrator: break-glass is for reading what was written, not for sitting in the room."""
    if actor.role is Role.SUPER_ADMIN:
        raise Forbidden("An administrator has no place in a chat.")


def is_receiver(actor: Actor, request: ChatRequest) -> bool:
    """Whether this person's reading counts as the side's having read. An approver looks over the shoulder."""
    if actor.role is Role.IO:
        return actor.tenant_id == request.agency_tenant_id
    return actor.role is Role.PROVIDER and actor.tenant_id == request.provider_tenant_id


def require_open(request: ChatRequest) -> None:
    """Raise unless a message can be written now."""
    if request.status in ENDED:
        raise RequestClosed(
            "The request has ended. Its messages can still be read; nothing more can be written.",
            current_status=request.status,
        )
    if request.submitted_at is None:
        raise Conflict(
            "The chat opens when the request is submitted to the provider.",
            code="chat_not_open",
            current_status=request.status,
        )


def require_writable(actor: Actor, request: ChatRequest) -> SenderType:
    """Return the side this person writes for; raise when they may not write, or nobody may now."""
    side = speaks_for(actor, request)
    if side is None:
        raise Forbidden("Only the officer who made the request and the provider's people write in its chat.")
    require_open(request)
    return side
