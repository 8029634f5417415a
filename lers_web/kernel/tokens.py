"""Access tokens: EdDSA, short, one set of reading rules for web and hub. The hub holds public keys only.

A key directory holds ``<kid>.pem`` (private, mode 0600) and ``public/<kid>.pem``; the newest kid signs, every public
key still there verifies, so that rotation overlaps (security.md, b).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from lers_web.kernel import clock
from lers_web.kernel.errors import NotAuthenticated
from lers_web.kernel.ids import new_id

ALGORITHM = "EdDSA"
ISSUER = "lers"
AUDIENCE_API = "lers-api"
AUDIENCE_HUB = "lers-hub"
TYPE_ACCESS = "access"
LEEWAY_SECONDS = 5
_REQUIRED = ["exp", "iat", "nbf", "iss", "aud", "sub", "jti", "sid", "typ", "user_id", "tenant_id", "role"]


@dataclass(frozen=True, slots=True)
class Claims:
    """What a good access token says. Rights are a hint: whoever reads it asks the database."""

    user_id: UUID
    tenant_id: UUID
    session_id: UUID
    role: str
    expires_at: dt.datetime
    auth_time: dt.datetime | None


class TokenKeys:
    """The keys of one directory: verifies always, signs where a private key is there."""

    def __init__(self, public: dict[str, Ed25519PublicKey], private: tuple[str, Ed25519PrivateKey] | None) -> None:
        self._public = public
        self._private = private

    @classmethod
    def load(cls, key_dir: Path, *, signing: bool) -> TokenKeys:
        """Read a key directory. ``signing=False`` (the hub) never opens a private key."""
        public: dict[str, Ed25519PublicKey] = {}
        for path in sorted((key_dir / "public").glob("access-*.pem")):
            key = serialization.load_pem_public_key(path.read_bytes())
            if isinstance(key, Ed25519PublicKey):
                public[path.stem] = key
        if not public:
            raise RuntimeError(f"no token keys in {key_dir}: run `flask keys generate`")
        private = None
        if signing:
            newest = max(key_dir.glob("access-*.pem"))
            loaded = serialization.load_pem_private_key(newest.read_bytes(), password=None)
            if not isinstance(loaded, Ed25519PrivateKey):
                raise TypeError(f"{newest} is not an Ed25519 key")
            private = (newest.stem, loaded)
        return cls(public, private)

    @property
    def kid(self) -> str:
        """Return the id of the signing key."""
        if self._private is None:
            raise RuntimeError("this process holds no signing key")
        return self._private[0]

    @property
    def kids(self) -> tuple[str, ...]:
        """Return the ids of all keys that verify."""
        return tuple(self._public)

    @property
    def signing_key(self) -> Ed25519PrivateKey:
        """Return the signing key."""
        if self._private is None:
            raise RuntimeError("this process holds no signing key")
        return self._private[1]

    def sign(self, claims: dict[str, Any], lifetime: dt.timedelta) -> str:
        """Return a signed token with the standard claims added."""
        moment = clock.now()
        whole = {
            **claims,
            "iss": ISSUER,
            "aud": [AUDIENCE_API, AUDIENCE_HUB],
            "iat": moment,
            "nbf": moment,
            "exp": moment + lifetime,
            "jti": str(new_id()),
            "typ": TYPE_ACCESS,
        }
        return jwt.encode(whole, self.signing_key, algorithm=ALGORITHM, headers={"kid": self.kid})

    def read(self, token: str, audience: str) -> Claims:
        """Check a token's signature, times, audience and type; raise ``NotAuthenticated`` on anything odd."""
        try:
            kid = jwt.get_unverified_header(token).get("kid")
            key = self._public.get(kid) if isinstance(kid, str) else None
            if key is None:
                raise NotAuthenticated("The access token is signed by an unknown key.")
            claims = jwt.decode(
                token,
                key,
                algorithms=[ALGORITHM],
                audience=audience,
                issuer=ISSUER,
                leeway=LEEWAY_SECONDS,
                options={"require": _REQUIRED},
            )
            if claims["typ"] != TYPE_ACCESS:
                raise NotAuthenticated("This is not an access token.")
            auth_time = claims.get("auth_time")
            return Claims(
                user_id=UUID(claims["user_id"]),
                tenant_id=UUID(claims["tenant_id"]),
                session_id=UUID(claims["sid"]),
                role=str(claims["role"]),
                expires_at=dt.datetime.fromtimestamp(claims["exp"], dt.UTC),
                auth_time=dt.datetime.fromtimestamp(auth_time, dt.UTC) if auth_time is not None else None,
            )
        except jwt.ExpiredSignatureError as error:
            raise NotAuthenticated("The access token has expired.", code="token_expired") from error
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            raise NotAuthenticated("The access token is not valid.") from error


def generate_key_dir(key_dir: Path, purpose: str = "access") -> str:
    """Make a new Ed25519 key pair in ``key_dir`` and return its kid. Older keys stay for the overlap."""
    public_dir = key_dir / "public"
    public_dir.mkdir(parents=True, exist_ok=True)
    key_dir.chmod(0o700)
    kid = f"{purpose}-{clock.now().strftime('%Y%m%dT%H%M%S%f')}"
    key = Ed25519PrivateKey.generate()
    private_path = key_dir / f"{kid}.pem"
    private_path.touch(mode=0o600)
    private_path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    (public_dir / f"{kid}.pem").write_bytes(
        key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    return kid
