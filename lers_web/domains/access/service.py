"""Break-glass: an administrator sees one request's case content for an hour; both sides hear of it, nothing changes.

``is_open`` and ``note_read`` are for the domains that show case content: what an administrator reads is in the trail.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, DateTime, Uuid, column, func, select, table

from lers_web.domains.access import policy, reads
from lers_web.domains.access.events import BreakGlassAsked, BreakGlassOpened
from lers_web.domains.access.models import BreakGlass
from lers_web.domains.access.states import LIFETIME, LIVING, State
from lers_web.domains.identity import reads as identity
from lers_web.kernel import clock
from lers_web.kernel.actor import PLATFORM_TENANT_ID
from lers_web.kernel.errors import Conflict, Duplicate, Forbidden, NotFound, StaleVersion
from lers_web.kernel.ids import new_id
from lers_web.kernel.permissions import Permission, Role
from lers_web.kernel.uow import UnitOfWork

# ``requests`` stands above and cannot be asked: what is needed of a request is read by its columns.
_REQUEST = table(
    "lers_requests",
    column("id", Uuid()),
    column("agency_tenant_id", Uuid()),
    column("provider_tenant_id", Uuid()),
    column("submitted_at", DateTime(timezone=True)),
    column("is_deleted", Boolean()),
    schema="app",
)


def is_open(uow: UnitOfWork, request_id: UUID) -> bool:
    """Whether the actor has opened this request's case content by break-glass, and it has not ended."""
    if uow.actor.role is not Role.SUPER_ADMIN:
        return False
    opened = policy.opened_to(uow.actor).where(BreakGlass.request_id == request_id)
    return uow.session.scalar(select(opened.exists())) is True


def note_read(uow: UnitOfWork, request_id: UUID, part: str) -> None:
    """Write into the trail that an administrator was shown a part of a case. Of all others it is their own case."""
    if uow.actor.role is Role.SUPER_ADMIN:
        uow.audit("break_glass:read", "request", request_id, request_id=request_id, change={"part": part})


def ask(uow: UnitOfWork, request_id: UUID, reason: str) -> UUID:
    """Open a request's case content, or ask a second administrator to confirm it, as the agency's policy says."""
    uow.actor.require(Permission.BREAK_GLASS)
    request = _request(uow, request_id)
    _refuse_second(uow, request_id)
    two_person = identity.tenant_policy(uow, request.agency_tenant_id).break_glass_two_person
    now = clock.now()
    session = BreakGlass(
        id=new_id(),
        request_id=request_id,
        asked_by_id=uow.actor.user_id,
        reason=reason,
        two_person=two_person,
        opened_at=None if two_person else now,
        expires_at=now + LIFETIME,
        created_at=now,
    )
    uow.session.add(session)
    if two_person:
        _tell_trail(uow, session, "break_glass:ask")
        uow.emit(
            BreakGlassAsked(tenants=(PLATFORM_TENANT_ID,), break_glass_id=session.id, asked_by_id=session.asked_by_id)
        )
    else:
        _opened(uow, session, request)
    return session.id


def confirm(uow: UnitOfWork, session_id: UUID, *, expected_version: int | None = None) -> None:
    """Open what another administrator has asked for. Nobody confirms their own."""
    session, state = _locked(uow, session_id)
    if session.asked_by_id == uow.actor.user_id:
        raise Forbidden("Another administrator must confirm it: nobody is the second person of their own request.")
    _require_version(session, expected_version)
    if state is not State.WAITING:
        raise _over(state, "confirm")
    request = _request(uow, session.request_id)
    now = clock.now()
    session.confirmed_by_id, session.opened_at, session.expires_at = uow.actor.user_id, now, now + LIFETIME
    session.version += 1
    _opened(uow, session, request)


def end(uow: UnitOfWork, session_id: UUID, *, expected_version: int | None = None) -> None:
    """End a session, or decline one that waits: from the next statement on nothing is shown any more."""
    session, state = _locked(uow, session_id)
    _require_version(session, expected_version)
    if state not in LIVING:
        raise _over(state, "end")
    session.ended_at, session.ended_by_id = clock.now(), uow.actor.user_id
    session.version += 1
    _tell_trail(uow, session, "break_glass:end")


def _request(uow: UnitOfWork, request_id: UUID) -> Any:
    row = uow.session.execute(select(_REQUEST).where(_REQUEST.c.id == request_id, ~_REQUEST.c.is_deleted)).one_or_none()
    if row is None:
        raise NotFound("request")
    return row


def _refuse_second(uow: UnitOfWork, request_id: UUID) -> None:
    """Refuse a session beside a living one of the same person. Two that race for one wait for each other here."""
    rivals = f"break_glass:{uow.actor.user_id}:{request_id}"
    uow.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(rivals, 0))))
    living = uow.session.scalar(
        select(BreakGlass.id).where(
            BreakGlass.request_id == request_id,
            BreakGlass.asked_by_id == uow.actor.user_id,
            policy.in_state(*LIVING),
        )
    )
    if living is not None:
        raise Duplicate("You have opened this request already, or asked for it.", break_glass_id=str(living))


def _locked(uow: UnitOfWork, session_id: UUID) -> tuple[BreakGlass, State]:
    uow.actor.require(Permission.BREAK_GLASS)
    query = select(BreakGlass).where(BreakGlass.id == session_id, policy.visible_to(uow.actor)).with_for_update()
    session = uow.session.scalar(query.execution_options(populate_existing=True))
    if session is None:
        raise NotFound("break-glass session")
    return session, State(reads.one(uow, session_id)["state"])


def _require_version(session: BreakGlass, expected: int | None) -> None:
    if expected not in {None, session.version}:
        raise StaleVersion("The session has changed since you read it: read it again.")


def _over(state: State, action: str) -> Conflict:
    return Conflict(
        f"You cannot {action} it now: the session is {state}.", code="illegal_transition", current_status=state.value
    )


def _opened(uow: UnitOfWork, session: BreakGlass, request: Any) -> None:
    """Say in the trail, and to both sides, that it is open. A provider does not hear of what it has not been sent."""
    _tell_trail(uow, session, "break_glass:open")
    sides = (request.agency_tenant_id, request.provider_tenant_id)
    uow.emit(
        BreakGlassOpened(
            tenants=sides if request.submitted_at is not None else sides[:1],
            break_glass_id=session.id,
            request_id=session.request_id,
        )
    )


def _tell_trail(uow: UnitOfWork, session: BreakGlass, event: str) -> None:
    """The reason stands in the session's row, as it may name people; the entry names the row."""
    uow.audit(
        event,
        "break_glass",
        session.id,
        request_id=session.request_id,
        version=session.version or 1,
        change={"asked_by": session.asked_by_id, "expires_at": session.expires_at, "two_person": session.two_person},
    )
