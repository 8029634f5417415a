"""Living sessions: who a token stands for, what a fresh access token says, and how a session ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, not_, or_, select, update

from lers_web.config import Settings
from lers_web.domains.identity.events import SessionEnded
from lers_web.domains.identity.models import AuthSession, Tenant, User
from lers_web.domains.identity.states import EndReason, TenantPolicy
from lers_web.kernel import clock
from lers_web.kernel.actor import Actor, Source
from lers_web.kernel.db import ActorSession
from lers_web.kernel.errors import NotAuthenticated, NotFound
from lers_web.kernel.permissions import Role, permissions_of
from lers_web.kernel.tokens import Claims, TokenKeys
from lers_web.kernel.uow import UnitOfWork

TOUCH_SECONDS = 60
ENDED = "This session has ended. Sign in again."

ENROLMENT_REQUIRED = and_(
    User.mfa_enrolled_at.is_(None),
    func.coalesce(Tenant.policy["mfa_required"].as_boolean(), TenantPolicy().mfa_required),
)
"""Whether a person has to set up a second factor before anything else; as ``app.living_sessions`` has it."""

# A sign-in by the password alone is over once its person has a second factor.
_PROVED = or_(User.mfa_enrolled_at.is_(None), AuthSession.mfa_at.is_not(None))
_USABLE = and_(User.is_active, not_(User.is_deleted), Tenant.is_active, not_(Tenant.is_deleted))
_PERSON = (
    User.id.label("user_id"),
    User.tenant_id,
    User.role,
    User.is_tenant_admin,
    User.email,
    User.full_name,
    User.rank,
    User.badge_number,
    User.unit,
    ENROLMENT_REQUIRED.label("mfa_enrolment_required"),
)
_LOAD = (
    select(
        *_PERSON,
        AuthSession.proved_at,
        AuthSession.last_seen_at,
        AuthSession.idle_expires_at,
        AuthSession.expires_at,
        AuthSession.revoked_at,
        and_(_USABLE, _PROVED).label("usable"),
    )
    .select_from(AuthSession)
    .join(User, and_(User.id == AuthSession.user_id, User.tenant_id == AuthSession.tenant_id))
    .join(Tenant, Tenant.id == User.tenant_id)
)
_LOAD_PERSON = select(*_PERSON, _USABLE.label("usable")).join(Tenant, Tenant.id == User.tenant_id)


def load_actor(session: ActorSession, claims: Claims, source: Source, *, touch: bool = True) -> Actor:
    """Return who calls, as the database knows them now; raise ``NotAuthenticated`` when their session is over.

    ``session`` is bound to the claims' tenant. ``touch`` notes once a minute that the session is in use (the caller
    commits it); the hub, which may only read sessions, passes False.
    """
    row = session.execute(
        _LOAD.where(
            AuthSession.sid == claims.session_id,
            AuthSession.user_id == claims.user_id,
            AuthSession.tenant_id == claims.tenant_id,
        )
    ).one_or_none()
    now = clock.now()
    if row is None or row.revoked_at is not None or not row.usable or min(row.expires_at, row.idle_expires_at) <= now:
        raise NotAuthenticated(ENDED, code="session_ended")
    if touch and (now - row.last_seen_at).total_seconds() >= TOUCH_SECONDS:
        _touch(session, claims.session_id, now, row.idle_expires_at - row.last_seen_at)
    return _actor(row, source, claims.session_id, row.proved_at)


def _touch(session: ActorSession, sid: UUID, now: dt.datetime, idle: dt.timedelta) -> None:
    """Move the idle limit. Never waits: whoever holds the row is writing the same thing."""
    free = select(AuthSession.sid).where(AuthSession.sid == sid).with_for_update(skip_locked=True)
    session.execute(
        update(AuthSession)
        .where(AuthSession.sid.in_(free), AuthSession.revoked_at.is_(None))
        .values(last_seen_at=now, idle_expires_at=now + idle)
        .execution_options(synchronize_session=False)
    )


def actor_of(session: ActorSession, user_id: UUID, source: Source, sid: UUID | None = None) -> Actor:
    """Return a person of the session's own tenant as an actor; raise ``NotAuthenticated`` when they may not act."""
    row = session.execute(_LOAD_PERSON.where(User.id == user_id)).one_or_none()
    if row is None or not row.usable:
        raise NotAuthenticated(ENDED, code="session_ended")
    return _actor(row, source, sid, None)


def _actor(row: Any, source: Source, sid: UUID | None, proved_at: dt.datetime | None) -> Actor:
    role = Role(row.role)
    return Actor(
        user_id=row.user_id,
        tenant_id=row.tenant_id,
        role=role,
        permissions=permissions_of(role, is_tenant_admin=row.is_tenant_admin),
        is_tenant_admin=row.is_tenant_admin,
        email=row.email,
        name=row.full_name,
        rank=row.rank,
        badge_number=row.badge_number,
        unit=row.unit,
        session_id=sid,
        proved_at=proved_at,
        mfa_enrolment_required=row.mfa_enrolment_required,
        source=source,
    )


def access_token(
    keys: TokenKeys, settings: Settings, actor: Actor, *, auth_time: dt.datetime, amr: Sequence[str]
) -> str:
    """Sign a fresh access token for a living session. Its rights are a hint for the portals."""
    return keys.sign(
        {
            "sub": str(actor.user_id),
            "user_id": str(actor.user_id),
            "tenant_id": str(actor.tenant_id),
            "role": actor.role.value,
            "permissions": sorted(actor.permissions),
            "sid": str(actor.session_id),
            "auth_time": int(auth_time.timestamp()),
            "amr": list(amr),
        },
        dt.timedelta(seconds=settings.access_token_seconds),
    )


def end_sessions(
    uow: UnitOfWork, user_id: UUID, reason: EndReason, *, only: UUID | None = None, but: UUID | None = None
) -> int:
    """End a person's living sessions: all, ``only`` one, or all ``but`` one. Return how many ended.

    From the commit on no token of them is good any more, and the hub closes their connections.
    """
    ended = update(AuthSession).where(AuthSession.user_id == user_id, AuthSession.revoked_at.is_(None))
    if only is not None:
        ended = ended.where(AuthSession.sid == only)
    if but is not None:
        ended = ended.where(AuthSession.sid != but)
    rows = uow.session.execute(
        ended.values(revoked_at=clock.now(), revoked_reason=reason.value)
        .returning(AuthSession.sid, AuthSession.tenant_id)
        .execution_options(synchronize_session=False)
    ).all()
    for row in rows:
        uow.audit("session:ended", "session", row.sid, change={"reason": reason, "user": user_id})
        uow.emit(SessionEnded(session_id=row.sid, user_id=user_id, reason=reason.value, tenants=(row.tenant_id,)))
    return len(rows)


def end_session(uow: UnitOfWork, session_id: UUID) -> None:
    """End one of the actor's own sessions."""
    if not end_sessions(uow, uow.actor.user_id, EndReason.ENDED_BY_USER, only=session_id):
        raise NotFound("session")
