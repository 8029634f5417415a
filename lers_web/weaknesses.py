"""What production does not start with: secrets that are guessed, ways that are not encrypted, doors that stand open.

Each finding is a sentence that says what to do. None repeats a value.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lers_web.config import Settings

SHORTEST_SECRET = 16
SHORTEST_ACCESS_KEY = 12
FEWEST_CHARACTERS = 6
LEAST_ARGON2_KIB = 19_456  # OWASP's smallest, for which it asks two passes
LEAST_ARGON2_ONCE_KIB = 47_104
MAKE_ONE = "make one with `openssl rand -hex 20`"
DATABASES = ("database_url", "hub_database_url", "worker_database_url", "ops_database_url", "migrate_database_url")
ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")

_WORDS = ("changeme", "change-me", "secret", "password", "minioadmin", "postgres", "example", "letmein", "12345678")


def weak(secret: str, shortest: int = SHORTEST_SECRET) -> bool:
    """Whether a secret is short, has few different characters, or holds a word that everybody tries."""
    lowered = secret.lower()
    return len(secret) < shortest or len(set(secret)) < FEWEST_CHARACTERS or any(word in lowered for word in _WORDS)


def bad_origins(origins: tuple[str, ...]) -> Iterator[str]:
    """Say which origins may not call the API from a browser: patterns, ``null`` and paths, in every environment."""
    for origin in origins:
        if not ORIGIN.fullmatch(origin):
            yield (
                f"LERS_CORS_ORIGINS names {origin!r}: name each origin as https://host or https://host:port, in small "
                "letters and without a path; a pattern would let any site read with a user's cookies"
            )


def weaknesses(settings: Settings) -> list[str]:
    """Return everything that keeps these settings from production."""
    kinds = (_stores, _optional_secrets, _people, _ways, _keys, _scanner)
    return [sentence for kind in kinds for sentence in kind(settings)]


def _name(attribute: str) -> str:
    return f"LERS_{attribute.upper()}"


def _stores(settings: Settings) -> Iterator[str]:
    for attribute in DATABASES:
        # A URL without a password is a certificate's, a socket's, or opens nothing at all.
        password = urlsplit(getattr(settings, attribute)).password
        if password is not None and weak(password):
            yield f"the password in {_name(attribute)} is weak: {MAKE_ONE} and give it to the role with ALTER ROLE"
    if settings.admin_database_url:
        yield "LERS_ADMIN_DATABASE_URL is a superuser's, and no process of LERS needs it in production: leave it out"
    redis = urlsplit(settings.redis_url)
    if redis.scheme != "unix" and weak(redis.password or ""):
        yield f"the password in LERS_REDIS_URL is missing or weak: {MAKE_ONE} and set it as requirepass in Redis"
    for attribute, shortest in (("s3_access_key", SHORTEST_ACCESS_KEY), ("s3_secret_key", SHORTEST_SECRET)):
        if weak(getattr(settings, attribute), shortest):
            yield f"{_name(attribute)} is missing or weak: {MAKE_ONE}, at least {shortest} characters"


def _optional_secrets(settings: Settings) -> Iterator[str]:
    if settings.metrics_token and weak(settings.metrics_token):
        yield f"LERS_METRICS_TOKEN is weak: {MAKE_ONE}, or leave it empty: metrics are for loopback then"
    if settings.smtp_user and not settings.smtp_starttls:
        yield "LERS_SMTP_STARTTLS must be on where LERS_SMTP_USER signs in: its password would cross the net in clear"
    if settings.argon2_memory_kib < (LEAST_ARGON2_ONCE_KIB if settings.argon2_time_cost < 2 else LEAST_ARGON2_KIB):  # noqa: PLR2004
        yield (
            f"LERS_ARGON2_MEMORY_KIB is too small: {LEAST_ARGON2_ONCE_KIB} with one pass, or {LEAST_ARGON2_KIB} and "
            "LERS_ARGON2_TIME_COST=2"
        )


def _people(settings: Settings) -> Iterator[str]:
    if not settings.mfa_required:
        yield "LERS_MFA_REQUIRED must stay on: production demands a second factor of everybody"


def _ways(settings: Settings) -> Iterator[str]:
    for attribute in ("base_url", "hub_url"):
        if not getattr(settings, attribute).startswith("https://"):
            yield f"{_name(attribute)} must be https: tokens and cookies travel on it"
    for origin in settings.cors_origins:
        if origin.startswith("http://"):
            yield f"LERS_CORS_ORIGINS names {origin!r}: it must be https, whoever is on the way could act as its users"


def _keys(settings: Settings) -> Iterator[str]:
    """Look at who else on this machine may read the keys that sign tokens and seals."""
    for path in sorted(settings.key_dir.glob("*.pem")):
        if path.stat().st_mode & 0o077:
            yield f"{path} may be read by others: chmod 600 it, and make new keys if others have accounts here"
    if settings.key_dir.is_dir() and settings.key_dir.stat().st_mode & 0o022:
        yield f"{settings.key_dir} may be written by others, who could add keys of their own: chmod 700 it"


def _scanner(settings: Settings) -> Iterator[str]:
    if not settings.scan_required:
        yield "LERS_SCAN_REQUIRED must stay on: files that nobody has scanned would be opened"
    if not settings.clamd_socket:
        yield "LERS_CLAMD_SOCKET is missing: production does not run without a virus scanner"
