"""Recovery codes: ten secrets of 120 bits for the day when the authenticator is lost, each good once.

They are shown once and kept as SHA-256: so many bits need no slow hash (ASVS 6.5.2 asks for 112).
"""

from __future__ import annotations

import base64
import hashlib
import secrets

from sqlalchemy import delete, func, insert, select, update

from lers_web.domains.identity.models import RecoveryCode
from lers_web.kernel import clock
from lers_web.kernel.uow import UnitOfWork

HOW_MANY = 10
CODE_BYTES = 15
GROUP = 4
_LENGTH = 24  # letters of CODE_BYTES in base32
_ALPHABET = frozenset("abcdefghijklmnopqrstuvwxyz234567")


def _make() -> str:
    letters = base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode().lower()
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))


def _plain(text: str) -> str | None:
    """Return the letters that were typed, however they were grouped; None when no code looks like that."""
    letters = "".join(text.split()).replace("-", "").lower()
    return letters if len(letters) == _LENGTH and set(letters) <= _ALPHABET else None


def _hash(letters: str) -> bytes:
    return hashlib.sha256(letters.encode()).digest()


def replace(uow: UnitOfWork) -> list[str]:
    """Give the actor ten new codes; older ones are dead. They are readable here and never again."""
    actor, now = uow.actor, clock.now()
    uow.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == actor.user_id))
    codes = [_make() for _ in range(HOW_MANY)]
    uow.session.execute(
        insert(RecoveryCode),
        [
            {
                "hash": _hash(code.replace("-", "")),
                "user_id": actor.user_id,
                "tenant_id": actor.tenant_id,
                "created_at": now,
            }
            for code in codes
        ],
    )
    return codes


def use(uow: UnitOfWork, text: str) -> bool:
    """Use one of the actor's codes: whether it was one, and unused. One statement, so of two rivals one wins."""
    letters = _plain(text)
    if letters is None:
        return False
    used = uow.session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.user_id == uow.actor.user_id,
            RecoveryCode.hash == _hash(letters),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=clock.now())
        .returning(RecoveryCode.user_id)
        .execution_options(synchronize_session=False)
    ).first()
    return used is not None


def left(uow: UnitOfWork) -> int:
    """Return how many codes the actor has left."""
    query = select(func.count()).where(RecoveryCode.user_id == uow.actor.user_id, RecoveryCode.used_at.is_(None))
    return uow.session.scalar(query) or 0
