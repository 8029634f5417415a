"""Signing in and proving again who one is. Unknown, wrong, locked and disabled get one answer, after the same work.

Each step opens its own short transaction: no connection is held while Argon2 works, and a failure stays counted.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select, text, update

from lers_web.domains.identity import lockout, mfa, passwords, reads, sessions
from lers_web.domains.identity.events import SecondFactorChanged
from lers_web.domains.identity.models import AuthSession, RefreshToken, User
from lers_web.domains.identity.rotation import RefreshPair, make_pair
from lers_web.domains.identity.states import BY_PASSWORD, BY_PASSWORD_AND_CODE, MfaChange
from lers_web.kernel import clock
from lers_web.kernel.actor import Actor, Source, system_actor
from lers_web.kernel.errors import InvalidCredentials, TooManyRequests
from lers_web.kernel.ids import new_id
from lers_web.kernel.ports import Backend
from lers_web.kernel.tokens import TokenKeys
from lers_web.kernel.uow import UnitOfWork, unit_of_work

WRONG = "The e-mail address or the password is not right, or the account cannot be used."
WRONG_WITH_CODE = (
    "The e-mail address, the password or the code is not right, or the account cannot be used. A code is good once:"
    " after a mistake, wait for the next one."
)
_KNOWN_ADDRESS_DAYS = 30
_LOOKUP = text("SELECT user_id, tenant_id, password_hash, is_active FROM app.login_lookup(:email)")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What a sign-in hands out: the access token, the user as the portal shows them, and the cookies' values."""

    access_token: str
    expires_in: int
    user: dict[str, Any]
    refresh: RefreshPair


@dataclass(frozen=True, slots=True)
class _Account:
    user_id: UUID
    tenant_id: UUID


@dataclass(frozen=True, slots=True)
class _Attempt:
    email: str
    account: _Account | None
    stored: str | None  # None: unknown, locked, disabled, or without a password; the hash is compared all the same


def login(
    backend: Backend, keys: TokenKeys, source: Source, *, email: str, password: str, totp_code: str | None = None
) -> SignedIn:
    """Sign a person in, or raise ``InvalidCredentials`` (401), ``TooManyRequests`` or ``Unavailable``."""
    attempt = _look_up(backend, email.strip().lower(), source)
    settings = backend.ports.settings
    right = passwords.verify(settings, attempt.stored, password)
    wrong = WRONG_WITH_CODE if totp_code else WRONG  # one sentence, whichever of them was wrong
    if not right or attempt.account is None or attempt.stored is None:
        _refuse(backend, attempt, source)
        raise InvalidCredentials(wrong)
    by_code = _prove_second_factor(backend, attempt, attempt.account, totp_code, source, wrong)
    fresh = passwords.make_hash(settings, password) if passwords.is_outdated(settings, attempt.stored) else None
    return _open_session(backend, keys, attempt, attempt.account, fresh, source, by_code=by_code)


def _look_up(backend: Backend, email: str, source: Source) -> _Attempt:
    with unit_of_work(backend, system_actor(source=source)) as uow:
        locks = lockout.read(uow.session, email, source.ip)
        row = uow.session.execute(_LOOKUP, {"email": email}).one_or_none()
    if locks.address is not None:
        wait = int((locks.address - clock.now()).total_seconds()) + 1
        raise TooManyRequests("Too many failed sign-ins from this address. Try again later.", max(1, wait))
    if row is None:
        return _Attempt(email, None, None)
    account = _Account(row.user_id, row.tenant_id)
    known = locks.account is not None and _has_signed_in_from(backend, account, source)
    usable = row.is_active and not locks.refuses(known_address=known)
    return _Attempt(email, account, row.password_hash if usable else None)


def _has_signed_in_from(backend: Backend, account: _Account, source: Source) -> bool:
    since = clock.now() - dt.timedelta(days=_KNOWN_ADDRESS_DAYS)
    with unit_of_work(backend, system_actor(account.tenant_id, source)) as uow:
        found = uow.session.scalar(
            select(
                exists().where(
                    AuthSession.user_id == account.user_id, AuthSession.ip == source.ip, AuthSession.created_at > since
                )
            )
        )
    return bool(found)


def _refuse(backend: Backend, attempt: _Attempt, source: Source, *, at_code: bool = False) -> None:
    """Count and record a failure: in the tenant's trail, or in the platform's when nobody has this address.

    ``at_code``: the password was right, so somebody else may know it; the person is told when that locks the account.
    """
    account = attempt.account
    actor = system_actor(account.tenant_id, source) if account else system_actor(source=source)
    with unit_of_work(backend, actor) as uow:
        locked = lockout.failed(uow.session, attempt.email, source.ip)
        uow.audit(
            "auth:mfa_refused" if at_code else "auth:login_failed",
            "user",
            account.user_id if account else None,
            change={"account": lockout.account_hash(attempt.email), "locked": locked},
        )
        if at_code and locked and account:
            uow.emit(SecondFactorChanged(user_id=account.user_id, change=MfaChange.GUESSED.value, left=0))


def _prove_second_factor(  # noqa: PLR0917 - each is one fact of the attempt
    backend: Backend, attempt: _Attempt, account: _Account, totp_code: str | None, source: Source, wrong: str
) -> bool:
    """Take the code of an account with a second factor, or stop here. Return whether there was one to prove."""
    with unit_of_work(backend, system_actor(account.tenant_id, source)) as uow:
        enrolled = uow.session.scalar(select(User.mfa_enrolled_at.is_not(None)).where(User.id == account.user_id))
        person = sessions.actor_of(uow.session, account.user_id, source)
    if not enrolled:
        return False
    if not totp_code or not totp_code.strip():
        raise InvalidCredentials(
            "Enter the six digits of your authenticator app, or a recovery code.", code="mfa_required"
        )
    with unit_of_work(backend, person) as uow:
        good = mfa.take(uow, totp_code)
    if not good:
        _refuse(backend, attempt, source, at_code=True)
        raise InvalidCredentials(wrong)
    return True


def _open_session(  # noqa: PLR0917 - each is one fact of the sign-in
    backend: Backend,
    keys: TokenKeys,
    attempt: _Attempt,
    account: _Account,
    fresh_hash: str | None,
    source: Source,
    *,
    by_code: bool,
) -> SignedIn:
    settings, sid = backend.ports.settings, new_id()
    with unit_of_work(backend, system_actor(account.tenant_id, source)) as before:
        person = sessions.actor_of(before.session, account.user_id, source, sid)
    now = clock.now()
    actor, amr = replace(person, proved_at=now), _amr(by_code=by_code)
    with unit_of_work(backend, actor) as uow:
        pair = _record(uow, sid, now, fresh_hash, amr)
        lockout.succeeded(uow.session, attempt.email, source.ip)
        user = reads.me(uow)
        uow.audit("auth:login", "session", sid, change={"amr": amr})
    token = sessions.access_token(keys, settings, actor, auth_time=now, amr=amr)
    return SignedIn(token, settings.access_token_seconds, user, pair)


def _amr(*, by_code: bool) -> list[str]:
    return list(BY_PASSWORD_AND_CODE if by_code else BY_PASSWORD)


def _record(uow: UnitOfWork, sid: UUID, now: dt.datetime, fresh_hash: str | None, amr: list[str]) -> RefreshPair:
    """Write the session, its first refresh token, and when the person last came."""
    settings, actor = uow.ports.settings, uow.actor
    uow.session.add(
        AuthSession(
            sid=sid,
            user_id=actor.user_id,
            tenant_id=actor.tenant_id,
            created_at=now,
            last_seen_at=now,
            idle_expires_at=now + dt.timedelta(seconds=settings.session_idle_seconds),
            expires_at=now + dt.timedelta(seconds=settings.refresh_token_seconds),
            proved_at=now,
            mfa_at=now if "mfa" in amr else None,
            amr=amr,
            device=actor.source.user_agent,
            ip=actor.source.ip,
        )
    )
    uow.session.flush()  # the refresh token's foreign key needs the session's row
    pair = make_pair(now + dt.timedelta(seconds=settings.refresh_token_seconds))
    uow.session.add(
        RefreshToken(
            hash=pair.hash,
            sid=sid,
            user_id=actor.user_id,
            tenant_id=actor.tenant_id,
            csrf_hash=pair.csrf_hash,
            expires_at=pair.expires_at,
        )
    )
    values: dict[str, Any] = {"last_login_at": now}
    if fresh_hash is not None:
        values["password_hash"] = fresh_hash
    uow.session.execute(
        update(User)
        .where(User.id == actor.user_id)
        .values(**values, updated_at=User.updated_at)  # coming in is no change of the person: their ETag stays
        .execution_options(synchronize_session=False)
    )
    return pair


def step_up(backend: Backend, keys: TokenKeys, actor: Actor, password: str, totp_code: str | None) -> tuple[str, int]:
    """Prove again who one is: return a fresh access token and its seconds. Failures count as failed sign-ins."""
    attempt = _look_up(backend, actor.email.lower(), actor.source)
    settings = backend.ports.settings
    wrong = "The password or the code is not right. A code is good once." if totp_code else "The password is not right."
    if not passwords.verify(settings, attempt.stored, password) or attempt.account is None:
        _refuse(backend, attempt, actor.source)
        raise InvalidCredentials(wrong)
    by_code = _prove_second_factor(backend, attempt, attempt.account, totp_code, actor.source, wrong)
    now, amr = clock.now(), _amr(by_code=by_code)
    proved: dict[str, Any] = {"proved_at": now, "last_seen_at": now, "amr": amr}
    if by_code:
        proved["mfa_at"] = now
    with unit_of_work(backend, actor) as uow:
        uow.session.execute(
            update(AuthSession)
            .where(AuthSession.sid == actor.session_id)
            .values(**proved)
            .execution_options(synchronize_session=False)
        )
        lockout.succeeded(uow.session, attempt.email, actor.source.ip)
        uow.audit("auth:step_up", "session", actor.session_id, change={"amr": amr})
    return sessions.access_token(keys, settings, actor, auth_time=now, amr=amr), settings.access_token_seconds
