"""Refresh tokens: opaque, used once, each replaced by its successor; one that comes back too late ends the session.

A browser that lost the answer, or two tabs that ask at once, may send a used token again within a few seconds: they
get the same successor, which is kept sealed under a key derived from the token itself (security.md, b).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import select, text, update

from lers_web.domains.identity import sessions
from lers_web.domains.identity.models import AuthSession, RefreshToken
from lers_web.domains.identity.states import EndReason
from lers_web.kernel import clock
from lers_web.kernel.actor import Actor, Source, system_actor
from lers_web.kernel.errors import Forbidden, NotAuthenticated
from lers_web.kernel.ports import Backend
from lers_web.kernel.tokens import TokenKeys
from lers_web.kernel.uow import UnitOfWork, unit_of_work

GRACE = dt.timedelta(seconds=10)
MAX_TOKEN_LENGTH = 100
_NONCE_BYTES = 12
_LOOKUP = text("SELECT sid, user_id, tenant_id FROM app.refresh_lookup(:hash)")


@dataclass(frozen=True, slots=True)
class RefreshPair:
    """The values of the two cookies: the token, which scripts never see, and the CSRF word, which they send back."""

    token: str
    csrf: str
    expires_at: dt.datetime

    @property
    def hash(self) -> bytes:
        return _sha256(self.token)

    @property
    def csrf_hash(self) -> bytes:
        return _sha256(self.csrf)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A new access token and the cookies that go with it."""

    access_token: str
    expires_in: int
    refresh: RefreshPair


def _sha256(value: str) -> bytes:
    return hashlib.sha256(value.encode()).digest()


def make_pair(expires_at: dt.datetime) -> RefreshPair:
    """Make a fresh pair; it ends with its session."""
    return RefreshPair(secrets.token_urlsafe(32), secrets.token_urlsafe(32), expires_at)


def _seal_key(token: str) -> AESGCM:
    derived = HKDF(hashes.SHA256(), 32, salt=None, info=b"LERS-REFRESH-SUCCESSOR-v1").derive(token.encode())
    return AESGCM(derived)


def _seal(token: str, successor: RefreshPair) -> str:
    nonce = os.urandom(_NONCE_BYTES)
    body = json.dumps([successor.token, successor.csrf]).encode()
    return (nonce + _seal_key(token).encrypt(nonce, body, None)).hex()


def _unseal(token: str, sealed: str, expires_at: dt.datetime) -> RefreshPair:
    raw = bytes.fromhex(sealed)
    successor, csrf = json.loads(_seal_key(token).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], None))
    return RefreshPair(successor, csrf, expires_at)


def _find(backend: Backend, token: str, source: Source) -> tuple[UUID, UUID, UUID]:
    """Return session, user and tenant of a refresh token."""
    if not token or len(token) > MAX_TOKEN_LENGTH:
        raise NotAuthenticated("There is no session to go on with. Sign in.")
    with unit_of_work(backend, system_actor(source=source)) as uow:
        row = uow.session.execute(_LOOKUP, {"hash": _sha256(token)}).one_or_none()
    if row is None:
        raise NotAuthenticated(sessions.ENDED, code="session_ended")
    return row.sid, row.user_id, row.tenant_id


def _check_csrf(stored: bytes, csrf: str) -> None:
    if not csrf or not hmac.compare_digest(bytes(stored), _sha256(csrf)):
        raise Forbidden("The X-CSRF-Token header does not carry the value of the lers_csrf cookie.", code="csrf_failed")


def refresh(backend: Backend, keys: TokenKeys, token: str, csrf: str, source: Source) -> Refreshed:
    """Exchange a refresh token for a new access token and the token's successor.

    A token that comes back after its use, beyond the grace of a lost answer, ends the whole session: either its owner
    or a thief holds a copy, and nobody can tell which.
    """
    sid, user_id, tenant_id = _find(backend, token, source)
    with unit_of_work(backend, system_actor(tenant_id, source)) as uow:
        actor = sessions.actor_of(uow.session, user_id, source, sid)
        state = _living_session(uow, sid)
    with unit_of_work(backend, actor) as uow:
        pair = _rotate(uow, token, csrf, sid, state)
        if pair is None:
            sessions.end_sessions(uow, user_id, EndReason.REFRESH_REUSED, only=sid)
            uow.audit("auth:refresh_reused", "session", sid)
    if pair is None:
        raise NotAuthenticated(
            "This sign-in was used in two places and has been ended for safety. Sign in again.",
            code="refresh_reused",
        )
    settings = backend.ports.settings
    access = sessions.access_token(keys, settings, actor, auth_time=state.proved_at, amr=state.amr)
    return Refreshed(access, settings.access_token_seconds, pair)


def _living_session(uow: UnitOfWork, sid: UUID) -> Any:
    row = uow.session.execute(
        select(
            AuthSession.expires_at,
            AuthSession.idle_expires_at,
            AuthSession.proved_at,
            AuthSession.amr,
            AuthSession.revoked_at,
        ).where(AuthSession.sid == sid)
    ).one_or_none()
    if row is None or row.revoked_at is not None or min(row.expires_at, row.idle_expires_at) <= clock.now():
        raise NotAuthenticated(sessions.ENDED, code="session_ended")
    return row


def _rotate(uow: UnitOfWork, token: str, csrf: str, sid: UUID, state: Any) -> RefreshPair | None:
    """Use the token and return its successor; None when it was used before and nothing excuses that."""
    now = clock.now()
    successor = make_pair(state.expires_at)
    csrf_hash = uow.session.scalar(select(RefreshToken.csrf_hash).where(RefreshToken.hash == _sha256(token)))
    _check_csrf(csrf_hash or b"", csrf)
    used = uow.session.execute(
        update(RefreshToken)
        .where(RefreshToken.hash == _sha256(token), RefreshToken.used_at.is_(None))
        .values(used_at=now, successor=_seal(token, successor))
        .returning(RefreshToken.sid)
        .execution_options(synchronize_session=False)
    ).first()
    if used is None:
        return _same_successor(uow, token, state.expires_at)
    uow.session.add(
        RefreshToken(
            hash=successor.hash,
            sid=sid,
            user_id=uow.actor.user_id,
            tenant_id=uow.actor.tenant_id,
            csrf_hash=successor.csrf_hash,
            expires_at=successor.expires_at,
        )
    )
    idle = dt.timedelta(seconds=uow.ports.settings.session_idle_seconds)
    uow.session.execute(
        update(AuthSession)
        .where(AuthSession.sid == sid)
        .values(last_seen_at=now, idle_expires_at=now + idle)
        .execution_options(synchronize_session=False)
    )
    return successor


def _same_successor(uow: UnitOfWork, token: str, expires_at: dt.datetime) -> RefreshPair | None:
    """Return the successor that a just-used token already has, as long as nobody has used that one."""
    row = uow.session.execute(
        select(RefreshToken.used_at, RefreshToken.successor).where(RefreshToken.hash == _sha256(token))
    ).one()
    if row.used_at is None or row.successor is None or clock.now() - row.used_at > GRACE:
        return None
    pair = _unseal(token, row.successor, expires_at)
    successor_used = uow.session.scalar(select(RefreshToken.used_at).where(RefreshToken.hash == pair.hash))
    return None if successor_used is not None else pair


def logout_by_cookie(backend: Backend, token: str, csrf: str, source: Source) -> None:
    """End the session of a refresh token. One that is over already is no error: the cookies go either way."""
    try:
        sid, user_id, tenant_id = _find(backend, token, source)
        with unit_of_work(backend, system_actor(tenant_id, source)) as uow:
            actor = sessions.actor_of(uow.session, user_id, source, sid)
            stored = uow.session.scalar(select(RefreshToken.csrf_hash).where(RefreshToken.hash == _sha256(token)))
    except NotAuthenticated:
        return
    _check_csrf(stored or b"", csrf)
    logout(backend, actor)


def logout(backend: Backend, actor: Actor) -> None:
    """End the actor's own session."""
    with unit_of_work(backend, actor) as uow:
        sessions.end_sessions(uow, actor.user_id, EndReason.LOGOUT, only=actor.session_id)
