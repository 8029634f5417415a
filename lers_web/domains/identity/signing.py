"""Personal signatures: a statement is shown to one person, signed with a key of theirs, and taken once.

The bytes that are signed are the statement's RFC 8785 text as UTF-8, nothing before and nothing after. ES256 is the raw
``r || s`` of WebCrypto, or DER; PS256 has a salt of 32 bytes.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from sqlalchemy import select

from lers_web.domains.identity.models import SigningStatement
from lers_web.domains.identity.public_keys import signing_key
from lers_web.kernel import clock
from lers_web.kernel.errors import Invalid
from lers_web.kernel.ids import new_id
from lers_web.kernel.seal import canonical, digest
from lers_web.kernel.uow import UnitOfWork

LIFETIME = dt.timedelta(minutes=10)
P256_BYTES = 32
PSS_SALT = 32


@dataclass(frozen=True, slots=True)
class Signed:
    """A statement that was really signed: its text, its members, and the record to keep beside it."""

    text: str
    members: dict[str, Any]
    record: dict[str, Any]


def issue(uow: UnitOfWork, *, request_id: UUID, action: str, members: Mapping[str, Any]) -> dict[str, Any]:
    """Keep a statement for the actor to sign: {statement_id, statement, sha256, expires_at}."""
    statement_id, now = new_id(), clock.now()
    text = canonical({**members, "statement_id": str(statement_id)})
    row = SigningStatement(
        id=statement_id,
        user_id=uow.actor.user_id,
        tenant_id=uow.actor.tenant_id,
        request_id=request_id,
        action=action,
        statement=text,
        sha256=digest(text),
        created_at=now,
        expires_at=now + LIFETIME,
    )
    uow.session.add(row)
    return {"statement_id": row.id, "statement": text, "sha256": row.sha256, "expires_at": row.expires_at}


def redeem(uow: UnitOfWork, signature: Mapping[str, Any], *, request_id: UUID, action: str) -> Signed:
    """Check a signature over a statement that was issued to the actor for this act, and use the statement up.

    The caller compares the statement's members with what holds now: signed is what was shown, nothing else.
    """
    if signature.get("webauthn") is not None or str(signature["algorithm"]).lower() == "webauthn":
        raise _refused("algorithm", "Security keys cannot sign here yet: sign with a key of Ed25519, ES256 or RSA.")
    row = uow.session.scalar(
        select(SigningStatement)
        .where(
            SigningStatement.id == signature["statement_id"],
            SigningStatement.user_id == uow.actor.user_id,
            SigningStatement.request_id == request_id,
            SigningStatement.action == action,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise _refused("statement_id", "This statement was not issued to you for this. Ask for a new one and sign it.")
    if row.used_at is not None or row.expires_at <= clock.now():
        raise _refused("statement_id", "This statement was used already or has expired. Ask for a new one and sign it.")
    key = signing_key(uow, signature["key_id"], uow.actor.user_id)
    if signature["algorithm"] != key.algorithm:
        raise _refused("algorithm", f"This key signs with {key.algorithm}.")
    if not verifies(key.algorithm, key.public_key, str(signature["value"]), row.statement):
        raise _refused("value", "The signature does not fit the statement: sign exactly the bytes that you were given.")
    row.used_at = clock.now()
    spki = key.public_key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    record = {
        "statement_id": str(row.id),
        "key_id": str(key.id),
        "algorithm": key.algorithm,
        "fingerprint": key.fingerprint,
        "public_key": base64.b64encode(spki).decode(),
        "value": str(signature["value"]),
        "signed_at": clock.iso(row.used_at),
    }
    return Signed(row.statement, json.loads(row.statement), record)


def recheck(record: Mapping[str, Any], statement: str) -> bool:
    """Whether a kept signature still fits a statement, by the public key that was kept with it."""
    try:
        key = serialization.load_der_public_key(base64.b64decode(record["public_key"], validate=True))
    except (ValueError, KeyError, binascii.Error):
        return False
    return verifies(str(record.get("algorithm")), key, str(record.get("value")), statement)


def verifies(algorithm: str, key: PublicKeyTypes, value: str, statement: str) -> bool:
    """Whether ``value`` (base64 or base64url) is a signature over exactly this statement."""
    try:
        raw, message = _decoded(value), statement.encode()
        match algorithm, key:
            case "Ed25519", ed25519.Ed25519PublicKey():
                key.verify(raw, message)
            case "ES256", ec.EllipticCurvePublicKey():
                key.verify(_as_der(raw), message, ec.ECDSA(hashes.SHA256()))
            case "RS256", rsa.RSAPublicKey():
                key.verify(raw, message, padding.PKCS1v15(), hashes.SHA256())
            case "PS256", rsa.RSAPublicKey():
                scheme = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=PSS_SALT)
                key.verify(raw, message, scheme, hashes.SHA256())
            case _:
                return False
    except (InvalidSignature, ValueError):
        return False
    return True


def _decoded(value: str) -> bytes:
    plain = value.strip().replace("-", "+").replace("_", "/").rstrip("=")
    return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)


def _as_der(raw: bytes) -> bytes:
    """Turn WebCrypto's ``r || s`` into DER; what has another length is DER already, or fails as such."""
    if len(raw) != 2 * P256_BYTES:
        return raw
    r, s = int.from_bytes(raw[:P256_BYTES], "big"), int.from_bytes(raw[P256_BYTES:], "big")
    return encode_dss_signature(r, s)


def _refused(field: str, sentence: str) -> Invalid:
    return Invalid(sentence, errors={f"signature.{field}": [sentence]}, code="signature_invalid")
