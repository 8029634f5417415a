"""Refresh tokens: opaque, used once, each replaced by its successor; one that comes back too late ends the session.

A client that lost the answer may repeat the very same call within a few seconds, under the ``Idempotency-Key`` of the
first: it gets the same successor, which is kept sealed under a key derived from both. Anything else that sends a used
token is a second holder of it.
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

from cryptography.exceptions import InvalidTag
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


def _seal_key(token: str, retry_key: str) -> AESGCM:
    secret = f"{token}\0{retry_key}".encode()
    return AESGCM(HKDF(hashes.SHA256(), 32, salt=None, info=b"LERS-REFRESH-SUCCESSOR-v1").derive(secret))


def _seal(token: str, retry_key: str, successor: RefreshPair) -> str:
    nonce = os.urandom(_NONCE_BYTES)
    body = json.dumps([successor.token, successor.csrf]).encode()
    return (nonce + _seal_key(token, retry_key).encrypt(nonce, body, None)).hex()


def _unseal(token: str, retry_key: str, sealed: str, expires_at: dt.datetime) -> RefreshPair | None:
    """Return the kept successor; None when the call is not the repetition of the one that made it."""
    raw = bytes.fromhex(sealed)
    try:
        opened = _seal_key(token, retry_key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], None)
    except InvalidTag:
        return None
    successor, csrf = json.loads(opened)
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


def refresh(
    backend: Backend, keys: TokenKeys, token: str, csrf: str, source: Source, *, retry_key: str | None = None
) -> Refreshed:
    """Exchange a refresh token for a new access token and the token's successor.

    A token that comes back after its use ends the whole session: either its owner or a thief holds a copy, and nobody
    can tell which. Only a repetition under the first call's ``retry_key`` within the grace is taken for a lost answer.
    """
    sid, user_id, tenant_id = _find(backend, token, source)
    with unit_of_work(backend, system_actor(tenant_id, source)) as uow:
        actor = sessions.actor_of(uow.session, user_id, source, sid)
        state = _living_session(uow, sid)
    with unit_of_work(backend, actor) as uow:
        pair = _rotate(uow, token, csrf, state, retry_key)
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


def _rotate(uow: UnitOfWork, token: str, csrf: str, state: Any, retry_key: str | None) -> RefreshPair | None:
    """Use the token and return its successor; None when it was used before and nothing excuses that."""
    now, sid = clock.now(), uow.actor.session_id
    successor = make_pair(state.expires_at)
    csrf_hash = uow.session.scalar(select(RefreshToken.csrf_hash).where(RefreshToken.hash == _sha256(token)))
    _check_csrf(csrf_hash or b"", csrf)
    used = uow.session.execute(
        update(RefreshToken)
        .where(RefreshToken.hash == _sha256(token), RefreshToken.used_at.is_(None))
        .values(used_at=now, successor=_seal(token, retry_key, successor) if retry_key else None)
        .returning(RefreshToken.sid)
        .execution_options(synchronize_session=False)
    ).first()
    if used is None:
        return _same_successor(uow, token, retry_key, state.expires_at)
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


def _same_successor(uow: UnitOfWork, token: str, retry_key: str | None, expires_at: dt.datetime) -> RefreshPair | None:
    """Return the successor that a just-used token already has, as long as nobody has used that one."""
    row = uow.session.execute(
        select(RefreshToken.used_at, RefreshToken.successor).where(RefreshToken.hash == _sha256(token))
    ).one()
    if not retry_key or row.used_at is None or row.successor is None or clock.now() - row.used_at > GRACE:
        return None
    pair = _unseal(token, retry_key, row.successor, expires_at)
    if pair is None:
        return None
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
