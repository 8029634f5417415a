"""Second factors: enrolling an authenticator, its recovery codes, and taking each code once (ADR 0063).

Everything here works as the person themselves: row-level security shows nobody else's secret or codes.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from lers_web.domains.identity import reads, recovery_codes, totp
from lers_web.domains.identity.events import SecondFactorChanged, UserChanged
from lers_web.domains.identity.models import AuthSession, RecoveryCode, TotpSecret, User
from lers_web.domains.identity.people import load_user
from lers_web.domains.identity.policy import require_administers
from lers_web.domains.identity.sessions import end_sessions
from lers_web.domains.identity.states import BY_PASSWORD_AND_CODE, EndReason, MfaChange
from lers_web.kernel import clock
from lers_web.kernel.actor import Actor
from lers_web.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from lers_web.kernel.ids import new_id
from lers_web.kernel.ports import Backend
from lers_web.kernel.uow import UnitOfWork, unit_of_work

PENDING = dt.timedelta(minutes=10)
_WRONG = (
    "This is not the code that the app shows now. Check that the clock of your phone is right, and type the next one."
)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an authenticator app needs, told this once."""

    secret: str
    otpauth_uri: str
    qr: list[str]
    expires_at: dt.datetime


def _place(row_id: UUID) -> tuple[str, str, UUID]:
    return (TotpSecret.__tablename__, "secret", row_id)


def enrol(uow: UnitOfWork) -> Enrolment:
    """Make a secret that waits ten minutes for its first code. One that waited before is gone, a confirmed one stays.

    The caller has asked for a fresh proof of identity: a stolen token sets up nobody else's phone (ASVS 7.5.1).
    """
    actor, now = uow.actor, clock.now()
    load_user(uow, actor.user_id, lock=True)  # one after the other: each person has one pending secret
    uow.session.execute(
        delete(TotpSecret)
        .where(TotpSecret.user_id == actor.user_id, TotpSecret.confirmed_at.is_(None))
        .execution_options(synchronize_session=False)
    )
    secret, row_id, expires_at = totp.make_secret(), new_id(), now + PENDING
    uow.session.add(
        TotpSecret(
            id=row_id,
            user_id=actor.user_id,
            tenant_id=actor.tenant_id,
            secret=uow.ports.vault.seal(uow.session, actor.tenant_id, _place(row_id), secret),
            created_at=now,
            expires_at=expires_at,
        )
    )
    uow.audit("auth:mfa_enrol", "user", actor.user_id, change={"expires_at": expires_at})
    uri = totp.otpauth_uri(secret, actor.email)
    return Enrolment(secret, uri, totp.qr_rows(uri), expires_at)


def confirm(backend: Backend, actor: Actor, code: str) -> list[str]:
    """Make the pending secret the second factor by its first code. Return ten recovery codes, shown this once.

    Every other session of the person ends: what was opened by a password alone goes on nowhere.
    """
    with unit_of_work(backend, actor) as uow:
        user = load_user(uow, actor.user_id, lock=True)
        codes = _confirm(uow, user, code)
        if codes is None:
            uow.audit("auth:mfa_refused", "user", user.id, change={"at": "confirm"})
    if codes is None:  # raised out here, so that the refusal stays on record
        raise Invalid(_WRONG, {"code": [_WRONG]}, code="mfa_code_invalid")
    return codes


def _confirm(uow: UnitOfWork, user: User, code: str) -> list[str] | None:
    now = clock.now()
    pending = uow.session.scalar(
        select(TotpSecret).where(
            TotpSecret.user_id == user.id, TotpSecret.confirmed_at.is_(None), TotpSecret.expires_at > now
        )
    )
    if pending is None:
        raise Conflict(
            "No authenticator app waits for its first code: its ten minutes are over, or it is confirmed. Start again.",
            code="mfa_not_pending",
        )
    secret = uow.ports.vault.open(uow.session, pending.tenant_id, _place(pending.id), pending.secret)
    digits = totp.plain_code(code)
    step = totp.matching_step(secret, digits, totp.step_at(now)) if digits else None
    if step is None:
        return None
    replaced = uow.session.execute(
        delete(TotpSecret)
        .where(TotpSecret.user_id == user.id, TotpSecret.confirmed_at.is_not(None))
        .returning(TotpSecret.id)
        .execution_options(synchronize_session=False)
    ).all()
    pending.confirmed_at, pending.expires_at, pending.last_step = now, None, step
    uow.session.execute(
        update(AuthSession)
        .where(AuthSession.sid == uow.actor.session_id)
        .values(mfa_at=now, amr=list(BY_PASSWORD_AND_CODE))
        .execution_options(synchronize_session=False)
    )
    codes = recovery_codes.replace(uow)
    uow.audit("auth:mfa_confirm", "user", user.id, change={"replaced": bool(replaced), "codes": len(codes)})
    _changed(uow, user, MfaChange.ENROLLED, enrolled_at=now, left=len(codes))
    return codes


def _changed(uow: UnitOfWork, user: User, change: MfaChange, *, enrolled_at: dt.datetime | None, left: int) -> None:
    """Note on the person that they have a second factor, or none, end their other sessions, and tell of it."""
    user.mfa_enrolled_at = enrolled_at
    user.version += 1
    reason = EndReason.MFA_RESET if change is MfaChange.RESET else EndReason.MFA_CHANGED
    end_sessions(uow, user.id, reason, but=uow.actor.session_id)
    uow.emit(UserChanged(user_id=user.id, version=user.version, tenants=(user.tenant_id,)))
    _tell(uow, user, change, left)


def _tell(uow: UnitOfWork, user: User, change: MfaChange, left: int) -> None:
    uow.emit(SecondFactorChanged(user_id=user.id, change=change.value, left=left, tenants=(user.tenant_id,)))


def take(uow: UnitOfWork, code: str) -> bool:
    """Take a code of the actor's authenticator, or one of their recovery codes: whether it was good. Each is good once.

    A code is taken by one conditional update of its step: of rivals one wins, and no earlier code is good any more.
    """
    digits = totp.plain_code(code)
    if digits is not None:
        return _take_step(uow, digits)
    if not recovery_codes.use(uow, code):
        return False
    left = recovery_codes.left(uow)
    uow.audit("auth:mfa_recovery_used", "user", uow.actor.user_id, change={"left": left})
    _tell(uow, load_user(uow, uow.actor.user_id), MfaChange.RECOVERY_CODE_USED, left)
    return True


def _take_step(uow: UnitOfWork, digits: str) -> bool:
    confirmed = (TotpSecret.user_id == uow.actor.user_id, TotpSecret.confirmed_at.is_not(None))
    row = uow.session.execute(
        select(TotpSecret.id, TotpSecret.tenant_id, TotpSecret.secret, TotpSecret.last_step).where(*confirmed)
    ).one_or_none()
    if row is None:
        return False
    secret = uow.ports.vault.open(uow.session, row.tenant_id, _place(row.id), row.secret)
    step = totp.matching_step(secret, digits, totp.step_at(clock.now()), after=row.last_step)
    if step is None:
        return False
    taken = uow.session.execute(
        update(TotpSecret)
        .where(TotpSecret.id == row.id, TotpSecret.last_step < step)
        .values(last_step=step)
        .returning(TotpSecret.id)
        .execution_options(synchronize_session=False)
    ).first()
    return taken is not None


def renew_recovery_codes(uow: UnitOfWork) -> list[str]:
    """Give the actor ten new recovery codes; the old ones are dead."""
    user = load_user(uow, uow.actor.user_id, lock=True)
    if user.mfa_enrolled_at is None:
        raise Conflict(
            "Recovery codes belong to a second factor. Set up an authenticator app first.", code="mfa_absent"
        )
    codes = recovery_codes.replace(uow)
    uow.audit("auth:mfa_codes_renewed", "user", user.id, change={"codes": len(codes)})
    _tell(uow, user, MfaChange.CODES_RENEWED, len(codes))
    return codes


def disable(uow: UnitOfWork) -> None:
    """Remove the actor's own second factor, unless their tenant demands one."""
    user = load_user(uow, uow.actor.user_id, lock=True)
    if user.mfa_enrolled_at is None:
        raise NotFound("second factor")
    if reads.tenant_policy(uow, user.tenant_id).mfa_required:
        raise Forbidden(
            "Your organisation demands a second factor, so it cannot be removed. To change your phone, set up the new"
            " one: it replaces the old one.",
            code="mfa_required_by_policy",
        )
    _remove(uow, user.id)
    uow.audit("auth:mfa_disable", "user", user.id)
    _changed(uow, user, MfaChange.REMOVED, enrolled_at=None, left=0)


def reset(uow: UnitOfWork, user_id: UUID) -> bool:
    """Remove the second factor of a person who lost it, as the operator, and end all their sessions.

    Return whether there was one. Only the operator's database role sees another person's rows.
    """
    user = load_user(uow, user_id, lock=True)
    require_administers(uow.actor, user.tenant_id)
    removed = _remove(uow, user.id)
    if not removed and user.mfa_enrolled_at is None:
        return False
    uow.audit("auth:mfa_reset", "user", user.id, change={"tenant": user.tenant_id})
    _changed(uow, user, MfaChange.RESET, enrolled_at=None, left=0)
    return True


def _remove(uow: UnitOfWork, user_id: UUID) -> int:
    uow.session.execute(
        delete(RecoveryCode).where(RecoveryCode.user_id == user_id).execution_options(synchronize_session=False)
    )
    gone = uow.session.execute(
        delete(TotpSecret)
        .where(TotpSecret.user_id == user_id)
        .returning(TotpSecret.id)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())


def status(uow: UnitOfWork) -> dict[str, Any]:
    """Return what the actor's own page shows: whether and since when, how many codes are left, what waits."""
    actor, now = uow.actor, clock.now()
    enrolled_at = uow.session.scalar(select(User.mfa_enrolled_at).where(User.id == actor.user_id))
    pending_until = uow.session.scalar(
        select(TotpSecret.expires_at).where(
            TotpSecret.user_id == actor.user_id, TotpSecret.confirmed_at.is_(None), TotpSecret.expires_at > now
        )
    )
    required = reads.tenant_policy(uow, actor.tenant_id).mfa_required
    return {
        "enrolled": enrolled_at is not None,
        "enrolled_at": enrolled_at,
        "pending_until": pending_until,
        "recovery_codes_left": recovery_codes.left(uow),
        "required": required,
        "abilities": {
            "enrol": True,
            "renew": enrolled_at is not None,
            "remove": enrolled_at is not None and not required,
        },
    }
