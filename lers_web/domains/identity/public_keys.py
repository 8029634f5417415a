"""Public keys of people: for end-to-end chat and for personal signatures. Added and revoked, never changed."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa, x25519
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert as pg_insert

from lers_web.domains.identity.models import UserKey
from lers_web.domains.identity.states import KeyUse
from lers_web.kernel import clock
from lers_web.kernel.errors import Conflict, Duplicate, Invalid, NotFound
from lers_web.kernel.ids import new_id
from lers_web.kernel.uow import UnitOfWork

MAX_LIVING_KEYS = 20
MIN_RSA_BITS = 2048
MAX_RSA_BITS = 8192
ALGORITHMS: dict[KeyUse, tuple[str, ...]] = {
    KeyUse.CHAT: ("RSA-OAEP-256", "X25519"),
    KeyUse.SIGNING: ("Ed25519", "ES256", "PS256", "RS256"),
}


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A living signing key, ready to verify with."""

    id: UUID
    user_id: UUID
    algorithm: str
    fingerprint: str
    public_key: PublicKeyTypes


def _read_spki(text: str) -> bytes:
    """Return the DER bytes of a key given as PEM or as base64 of its SubjectPublicKeyInfo."""
    lines = [line for line in text.strip().splitlines() if not line.startswith("-----")]
    try:
        return base64.b64decode("".join(lines), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Invalid(errors={"public_key": ["Send the key as PEM, or as base64 of its SPKI."]}) from error


def _load(der: bytes) -> PublicKeyTypes:
    try:
        return serialization.load_der_public_key(der)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise Invalid(errors={"public_key": ["This is not a public key that LERS can read (SPKI)."]}) from error


def _algorithms_of(key: PublicKeyTypes) -> tuple[str, ...]:
    """Return what a key can be used with, the preferred one first."""
    if isinstance(key, ed25519.Ed25519PublicKey):
        return ("Ed25519",)
    if isinstance(key, x25519.X25519PublicKey):
        return ("X25519",)
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return ("ES256",)
    if isinstance(key, rsa.RSAPublicKey) and MIN_RSA_BITS <= key.key_size <= MAX_RSA_BITS:
        return ("RSA-OAEP-256", "PS256", "RS256")
    return ()


def add_key(uow: UnitOfWork, *, use: str, public_key: str, algorithm: str | None, label: str | None) -> UUID:
    """Add a public key of the actor. Its fingerprint is the SHA-256 of the SPKI, in hex."""
    der = _read_spki(public_key)
    key = _load(der)
    possible = [name for name in _algorithms_of(key) if name in ALGORITHMS[KeyUse(use)]]
    if not possible:
        names = ", ".join(ALGORITHMS[KeyUse(use)])
        raise Invalid(errors={"public_key": [f"For {use} use a key for {names}; RSA of {MIN_RSA_BITS} bits or more."]})
    if algorithm is not None and algorithm not in possible:
        raise Invalid(errors={"algorithm": [f"This key is for {' or '.join(possible)}."]})
    living = uow.session.scalar(
        select(func.count())
        .select_from(UserKey)
        .where(UserKey.user_id == uow.actor.user_id, UserKey.use == use, UserKey.revoked_at.is_(None))
    )
    if (living or 0) >= MAX_LIVING_KEYS:
        raise Conflict(f"You have {MAX_LIVING_KEYS} keys of this use. Revoke one that you do not use any more.")
    canonical = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    fingerprint = hashlib.sha256(canonical).hexdigest()
    key_id = new_id()
    inserted = uow.session.execute(
        pg_insert(UserKey)
        .values(
            id=key_id,
            user_id=uow.actor.user_id,
            tenant_id=uow.actor.tenant_id,
            use=use,
            algorithm=algorithm or possible[0],
            public_key=base64.b64encode(canonical).decode(),
            fingerprint=fingerprint,
            label=label,
            created_at=clock.now(),
        )
        .on_conflict_do_nothing()
        .returning(UserKey.id)
    ).first()
    if inserted is None:
        raise Duplicate("This key is among yours already. A revoked key does not come back: make a new one.")
    uow.audit("key:add", "key", key_id, change={"use": use, "fingerprint": fingerprint})
    return key_id


def revoke_key(uow: UnitOfWork, key_id: UUID) -> None:
    """Revoke one of the actor's keys; what it signed stays verifiable, as the key stays in the history."""
    key = uow.session.scalar(
        select(UserKey).where(UserKey.id == key_id, UserKey.user_id == uow.actor.user_id).with_for_update()
    )
    if key is None:
        raise NotFound("key")
    if key.revoked_at is not None:
        raise Conflict("This key is revoked already.")
    key.revoked_at = clock.now()
    uow.audit("key:revoke", "key", key_id, change={"use": key.use, "fingerprint": key.fingerprint})


def signing_key(uow: UnitOfWork, key_id: UUID, user_id: UUID) -> SigningKey:
    """Return a person's living signing key to verify a new signature with; raise ``Invalid`` when there is none."""
    row: Any = uow.session.execute(
        select(UserKey.id, UserKey.user_id, UserKey.algorithm, UserKey.fingerprint, UserKey.public_key).where(
            UserKey.id == key_id,
            UserKey.user_id == user_id,
            UserKey.use == KeyUse.SIGNING,
            UserKey.revoked_at.is_(None),
        )
    ).one_or_none()
    if row is None:
        raise Invalid(errors={"signature.key_id": ["This is not one of your living signing keys."]})
    key = serialization.load_der_public_key(base64.b64decode(row.public_key))
    return SigningKey(row.id, row.user_id, row.algorithm, row.fingerprint, key)
