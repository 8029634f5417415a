"""The request's one transaction: opened when the caller is recognised, shared by the view, ended with the answer.

``authenticate`` runs before every view that is not public. It binds a session to the token's tenant, loads the actor
from the database in it, and the view's ``current_uow`` goes on in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from flask import g, request

from lers_web.http import idempotency
from lers_web.http.json import add_receipt
from lers_web.http.runtime import runtime, token_keys
from lers_web.kernel.actor import Actor, Source, system_actor
from lers_web.kernel.db import ActorSession
from lers_web.kernel.errors import NotAuthenticated
from lers_web.kernel.ids import new_id
from lers_web.kernel.permissions import Role
from lers_web.kernel.tokens import AUDIENCE_API
from lers_web.kernel.uow import UnitOfWork, transaction, unit_of_work

MAX_REQUEST_ID = 128


def current_source() -> Source:
    """Return where the current call came from."""
    source: Source = g.source
    return source


def note_source() -> None:
    """Remember the caller's address, agent and request id for this request. A bad id is replaced, not refused."""
    given = request.headers.get("X-Request-ID", "")
    good = 0 < len(given) <= MAX_REQUEST_ID and given.isascii() and given.isprintable()
    agent = request.headers.get("User-Agent", "")[:300]
    g.source = Source(
        ip=request.remote_addr,
        user_agent=agent.encode("ascii", "replace").decode() or None,
        request_id=given if good else str(new_id()),
    )


def bearer_token() -> str:
    """Return the token of the Authorization header. Cookies never authenticate here."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise NotAuthenticated("Send an access token: Authorization: Bearer <token>.")
    return token.strip()


def authenticate() -> None:
    """Recognise the caller, or raise ``NotAuthenticated``."""
    claims = token_keys().read(bearer_token(), AUDIENCE_API)
    source = current_source()
    # The signed token names the tenant whose rows may be looked at; whether the session lives, the database says.
    provisional = replace(system_actor(claims.tenant_id, source), user_id=claims.user_id)
    session = ActorSession(runtime().backend.engine, provisional)
    g.session = session
    actor = runtime().load_actor(session, claims, source)
    if actor.role is Role.SUPER_ADMIN:
        # Another context: the row-level security of an administrator holds from the next transaction on.
        session.commit()
    session.info["actor"] = actor
    g.actor = actor


def recognise(token: str) -> Actor:
    """Return whom a token stands for, outside the API's own hook: for pages that get it in a cookie of their own."""
    claims, source = token_keys().read(token, AUDIENCE_API), current_source()
    provisional = replace(system_actor(claims.tenant_id, source), user_id=claims.user_id)
    with unit_of_work(runtime().backend, provisional) as uow:
        return runtime().load_actor(uow.session, claims, source)


def current_actor() -> Actor:
    """Return who calls."""
    actor: Actor = g.actor
    return actor


@contextmanager
def current_uow() -> Iterator[UnitOfWork]:
    """The unit of work of this request, bound to the caller. Build the answer inside it."""
    with transaction(g.session, current_actor(), runtime().backend.ports) as uow:
        idempotency.begin(uow)
        yield uow
        if g.get("wants_receipt"):
            uow.finish()  # the entries are written now, so that the answer can name the last one of them
            add_receipt(uow.receipts[-1] if uow.receipts else None)
        idempotency.complete(uow)


def release_session() -> None:
    """End the request's transaction now, before bytes flow for minutes. The next ``current_uow`` begins another."""
    session: ActorSession | None = g.get("session")
    if session is not None:
        session.commit()


def close_session(_error: BaseException | None = None) -> None:
    """Give the connection back, whatever happened."""
    session: ActorSession | None = g.pop("session", None)
    if session is not None:
        session.close()
