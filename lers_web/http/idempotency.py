"""Idempotency-Key: a POST that is sent twice is done once and answered twice the same (contract, section 1).

The key is claimed and its answer kept in the transaction of the change itself: a rival waits for the first to commit,
a change that fails leaves no key behind.
"""

from __future__ import annotations

import hashlib
from typing import Any

from flask import Response, g, request
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from lers_web.kernel import clock
from lers_web.kernel.errors import Invalid
from lers_web.kernel.idempotency import KEPT, IdempotencyKey
from lers_web.kernel.uow import UnitOfWork

HEADER = "Idempotency-Key"
MAX_LENGTH = 255


class Replay(Exception):
    """The answer is known already; carries it to the operation's edge."""

    def __init__(self, response: Response) -> None:
        super().__init__("replayed")
        self.response = response


def expect() -> None:
    """Note the caller's key, when this operation takes one and one is given."""
    key = request.headers.get(HEADER)
    if key is None:
        return
    if not (0 < len(key) <= MAX_LENGTH and key.isascii() and key.isprintable()):
        raise Invalid(errors={HEADER: [f"Use 1 to {MAX_LENGTH} printable ASCII characters."]})
    g.idempotency_key = key


def _fingerprint() -> bytes:
    return hashlib.sha256(f"{request.method} {request.full_path}\n".encode() + request.get_data()).digest()


def begin(uow: UnitOfWork) -> None:
    """Claim the key in this transaction, or raise ``Replay`` with what was answered the first time."""
    key = g.get("idempotency_key")
    if key is None:
        return
    mine: dict[str, Any] = {"user_id": uow.actor.user_id, "key": key}
    claimed = uow.session.execute(
        insert(IdempotencyKey)
        .values(**mine, tenant_id=uow.actor.tenant_id, fingerprint=_fingerprint(), created_at=clock.now())
        .on_conflict_do_update(
            index_elements=["user_id", "key"],
            set_={"fingerprint": _fingerprint(), "created_at": clock.now(), "status": None, "body": None},
            where=IdempotencyKey.created_at < clock.now() - KEPT,
        )
        .returning(IdempotencyKey.key)
    ).first()
    if claimed is not None:
        return
    row = uow.session.execute(
        select(IdempotencyKey.fingerprint, IdempotencyKey.status, IdempotencyKey.body, IdempotencyKey.etag).filter_by(
            **mine
        )
    ).one()
    if bytes(row.fingerprint) != _fingerprint():
        raise Invalid(
            "This Idempotency-Key was used for another request. Take a new key for a new request.",
            code="idempotency_key_reused",
        )
    response = Response(row.body or "", status=row.status or 200, mimetype="application/json")
    response.headers["Idempotency-Replayed"] = "true"
    if row.etag:
        response.headers["ETag"] = row.etag
    raise Replay(response)


def complete(uow: UnitOfWork) -> None:
    """Keep the answer that ``http.json.answer`` built in this transaction."""
    key, response = g.get("idempotency_key"), g.get("answer")
    if key is None or response is None:
        return
    uow.session.execute(
        update(IdempotencyKey)
        .where(IdempotencyKey.user_id == uow.actor.user_id, IdempotencyKey.key == key)
        .values(
            status=response.status_code,
            body=response.get_data(as_text=True),
            etag=response.headers.get("ETag"),
        )
    )
