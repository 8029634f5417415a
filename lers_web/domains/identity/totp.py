"""Time-based one-time passwords (RFC 6238): SHA-1, 30 seconds, six digits, as every authenticator app knows them.

Pure functions: no database, no clock of their own. A *step* is the number of a half minute since 1970.
"""

from __future__ import annotations

import base64
import datetime as dt
import hmac
import secrets
from urllib.parse import quote, urlencode

import segno
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

STEP_SECONDS = 30
DIGITS = 6
SKEW_STEPS = 1
SECRET_BYTES = 20  # RFC 4226 recommends the length of the hash
ISSUER = "LERS"


def make_secret() -> str:
    """Return a new secret of 160 bits in base32 (32 letters, no padding)."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def step_at(moment: dt.datetime) -> int:
    """Return the step that a moment falls into."""
    return int(moment.timestamp()) // STEP_SECONDS


def code_at(secret: str, step: int) -> str:
    """Return the code of a step: six digits."""
    return HOTP(base64.b32decode(secret), DIGITS, SHA1()).generate(step).decode()  # noqa: S303 - RFC 6238's default


def plain_code(text: str) -> str | None:
    """Return the six digits that were typed, without the spaces that apps show; None when they are none."""
    digits = "".join(text.split())
    return digits if len(digits) == DIGITS and digits.isascii() and digits.isdigit() else None


def matching_step(secret: str, code: str, now: int, *, after: int = -1) -> int | None:
    """Return the step whose code this is, of the present one and its neighbours, if it is later than ``after``.

    All of them are compared, so that time does not tell which one it was.
    """
    found: int | None = None
    for step in range(now - SKEW_STEPS, now + SKEW_STEPS + 1):
        same = hmac.compare_digest(code_at(secret, step), code)
        if same and step > after and found is None:
            found = step
    return found


def otpauth_uri(secret: str, account: str) -> str:
    """Return what an authenticator app reads from the picture: issuer, account, secret and the three parameters."""
    label = quote(f"{ISSUER}:{account}", safe="")
    facts = {
        "secret": secret, "issuer": ISSUER, "algorithm": "SHA1", "digits": str(DIGITS), "period": str(STEP_SECONDS)
    }  # fmt: skip
    return f"otpauth://totp/{label}?{urlencode(facts)}"


def qr_rows(text: str) -> list[str]:
    """Return the QR code of a text: one string of 0 and 1 (dark) a row, without the quiet zone around it."""
    return ["".join("1" if cell else "0" for cell in row) for row in segno.make_qr(text, error="m").matrix]
