"""Invitations and passwords: how a person who was added comes in, and how they change their password."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, text, update

from lers_web.domains.identity import lockout, passwords
from lers_web.domains.identity.models import Invitation, Tenant, User
from lers_web.domains.identity.people import load_user
from lers_web.domains.identity.policy import require_administers
from lers_web.domains.identity.sessions import actor_of, end_sessions
from lers_web.domains.identity.states import EndReason
from lers_web.kernel import clock
from lers_web.kernel.actor import Actor, Source, system_actor
from lers_web.kernel.errors import Conflict, Invalid, InvalidCredentials
from lers_web.kernel.permissions import TenantType
from lers_web.kernel.ports import Backend
from lers_web.kernel.uow import UnitOfWork, unit_of_work

LIFETIME = dt.timedelta(hours=72)
MAX_TOKEN_LENGTH = 100
_LOOKUP = text("SELECT user_id, tenant_id FROM app.invitation_lookup(:hash)")
_PORTAL = {TenantType.PROVIDER: "provider"}
_GONE = "This invitation is not valid: it was used, replaced by a newer one, or is older than three days."


@dataclass(frozen=True, slots=True)
class Invited:
    """A link that lets one person set their first password, once."""

    link: str
    email: str
    name: str
    language: str
    expires_at: dt.datetime


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def invite(uow: UnitOfWork, user_id: UUID) -> Invited:
    """Make an invitation for a person who has no password yet. Older ones of theirs stop working.

    The token stands behind ``#`` in the link, so that no server and no proxy writes it into a log.
    """
    user = load_user(uow, user_id, lock=True)
    require_administers(uow.actor, user.tenant_id)
    if user.password_hash is not None:
        raise Conflict("This person has a password already. They can have it reset, or change it themselves.")
    if not user.is_active:
        raise Conflict("This person is deactivated. Reactivate them first.")
    now = clock.now()
    uow.session.execute(
        update(Invitation)
        .where(Invitation.user_id == user_id, Invitation.used_at.is_(None), Invitation.expires_at > now)
        .values(expires_at=now)
        .execution_options(synchronize_session=False)
    )
    token = secrets.token_urlsafe(32)
    expires_at = now + LIFETIME
    uow.session.add(
        Invitation(
            hash=_hash(token),
            user_id=user_id,
            tenant_id=user.tenant_id,
            created_by_id=uow.actor.user_id,
            created_at=now,
            expires_at=expires_at,
        )
    )
    kind = TenantType(uow.session.get_one(Tenant, user.tenant_id).type)
    link = f"{uow.ports.settings.base_url.rstrip('/')}/{_PORTAL.get(kind, 'le')}/invitation#token={token}"
    uow.audit("user:invite", "user", user_id, change={"expires_at": expires_at})
    return Invited(link, user.email, user.full_name, user.language, expires_at)


def accept_invitation(backend: Backend, token: str, password: str, source: Source) -> str:
    """Set the first password of the person who was invited. Return their e-mail address."""
    gone = Invalid(_GONE, {"token": [_GONE]}, code="invitation_invalid")
    if len(token) > MAX_TOKEN_LENGTH:
        raise gone
    with unit_of_work(backend, system_actor(source=source)) as uow:
        row = uow.session.execute(_LOOKUP, {"hash": _hash(token)}).one_or_none()
    if row is None:
        raise gone
    with unit_of_work(backend, system_actor(row.tenant_id, source)) as uow:
        actor = actor_of(uow.session, row.user_id, source)
        context = _context(uow, actor)
    passwords.check_new(password, context, field="password")
    hashed = passwords.make_hash(backend.ports.settings, password)
    with unit_of_work(backend, actor) as uow:
        now = clock.now()
        used = uow.session.execute(
            update(Invitation)
            .where(Invitation.hash == _hash(token), Invitation.used_at.is_(None), Invitation.expires_at > now)
            .values(used_at=now)
            .returning(Invitation.user_id)
            .execution_options(synchronize_session=False)
        ).first()
        user = load_user(uow, actor.user_id, lock=True)
        if used is None or user.password_hash is not None:
            raise gone
        user.password_hash, user.password_changed_at = hashed, now
        user.version += 1
        uow.audit("user:invitation_accepted", "user", user.id, version=user.version)
    return actor.email


def _context(uow: UnitOfWork, actor: Actor) -> tuple[str, ...]:
    """Return the words that a person's password may not be made of."""
    tenant = uow.session.scalar(select(Tenant.name).where(Tenant.id == actor.tenant_id))
    return (actor.email, actor.name, tenant or "", "lers")


def change_password(backend: Backend, actor: Actor, current: str, new: str) -> None:
    """Change one's own password, after proving the present one; every other session of the person ends."""
    settings = backend.ports.settings
    with unit_of_work(backend, actor) as uow:
        stored = uow.session.scalar(select(User.password_hash).where(User.id == actor.user_id))
        context = _context(uow, actor)
        locks = lockout.read(uow.session, actor.email.lower(), actor.source.ip)
    if not passwords.verify(settings, None if locks.pair else stored, current):
        with unit_of_work(backend, actor) as uow:
            lockout.failed(uow.session, actor.email.lower(), actor.source.ip)
            uow.audit("auth:password_change_refused", "user", actor.user_id)
        raise InvalidCredentials("The present password is not right.")
    passwords.check_new(new, context)
    if passwords.normalise(new) == passwords.normalise(current):
        raise Invalid("The new password cannot be used.", {"new_password": ["It is the present one."]})
    hashed = passwords.make_hash(settings, new)
    with unit_of_work(backend, actor) as uow:
        user = load_user(uow, actor.user_id, lock=True)
        user.password_hash, user.password_changed_at = hashed, clock.now()
        user.version += 1
        end_sessions(uow, user.id, EndReason.PASSWORD_CHANGED, but=actor.session_id)
        uow.audit("auth:password_changed", "user", user.id, version=user.version)


def set_demo_password(uow: UnitOfWork, user_id: UUID, hashed: str) -> None:
    """Give a demo person their published password. Refused in production, where no such person may be."""
    if not uow.ports.settings.demo:
        raise RuntimeError("demo passwords do not exist in production")
    user = load_user(uow, user_id, lock=True)
    user.password_hash, user.password_changed_at = hashed, clock.now()
