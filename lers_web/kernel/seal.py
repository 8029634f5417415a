"""The server's seal: an Ed25519 signature over a canonical statement, made by the ``seal`` key of the key directory.

Every approval and every response manifest carries one, so that a later change of what was approved is seen.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from lers_web.kernel.tokens import generate_key_dir

DOMAIN = b"LERS-SEAL-v1\x00"


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal over one statement: base64url value, kid, and the statement's SHA-256 in hex."""

    kid: str
    value: str
    sha256: str


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key of the seal: base64 of its SubjectPublicKeyInfo, the SHA-256 of that in hex, and whether it seals now."""

    kid: str
    public_key: str
    fingerprint: str
    seals: bool


def canonical(statement: dict[str, Any]) -> str:
    """Write a statement as RFC 8785 text."""
    return rfc8785.dumps(statement).decode()


def digest(statement_text: str) -> str:
    """Return the SHA-256 of a canonical statement, in hex."""
    return hashlib.sha256(statement_text.encode()).hexdigest()


class Sealer:
    """Seals and checks statements with the keys of a key directory."""

    def __init__(self, key_dir: Path) -> None:
        if not list(key_dir.glob("seal-*.pem")):
            generate_key_dir(key_dir, "seal")
        newest = max(key_dir.glob("seal-*.pem"))
        key = serialization.load_pem_private_key(newest.read_bytes(), password=None)
        if not isinstance(key, Ed25519PrivateKey):
            raise TypeError(f"{newest} is not an Ed25519 key")
        self._kid, self._key = newest.stem, key
        self._public: dict[str, Ed25519PublicKey] = {}
        for path in (key_dir / "public").glob("seal-*.pem"):
            public = serialization.load_pem_public_key(path.read_bytes())
            if isinstance(public, Ed25519PublicKey):
                self._public[path.stem] = public

    def seal(self, statement_text: str) -> Seal:
        """Sign a canonical statement."""
        value = base64.urlsafe_b64encode(self._key.sign(DOMAIN + statement_text.encode())).decode()
        return Seal(self._kid, value, digest(statement_text))

    def public_keys(self) -> list[PublicKey]:
        """Return every key under which a seal may stand, the newest first: what others verify with."""
        found = []
        for kid, key in sorted(self._public.items(), reverse=True):
            spki = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
            fingerprint = hashlib.sha256(spki).hexdigest()
            found.append(PublicKey(kid, base64.b64encode(spki).decode(), fingerprint, seals=kid == self._kid))
        return found

    def knows(self, kid: str) -> bool:
        """Whether the public half of this key is at hand: a seal under another cannot be judged."""
        return kid in self._public

    def verify(self, statement_text: str, kid: str, value: str) -> bool:
        """Whether ``value`` is the seal of exactly this statement under a known key."""
        key = self._public.get(kid)
        if key is None:
            return False
        try:
            key.verify(base64.urlsafe_b64decode(value), DOMAIN + statement_text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True
