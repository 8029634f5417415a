"""The settings of every process: one frozen object, read once from the environment.

Nothing else in the code base reads ``os.environ``. A missing or weak value stops the start with a sentence that
says what to set; ``.env.example`` lists every name.
"""

from __future__ import annotations

import base64
import binascii
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lers_web.weaknesses import bad_origins, weaknesses

ENVIRONMENTS = ("standalone", "test", "production")
EVIDENCE_KEY_BYTES = 32
MAX_FILE_BYTES = 52_428_800
CHECKOUT = Path(__file__).resolve().parent.parent


class SettingsError(ValueError):
    """A setting is missing, malformed or too weak to start with."""


def _flag(text: str) -> bool:
    lowered = text.strip().lower()
    if lowered in {"1", "true", "yes", "on"}:
        return True
    if lowered in {"0", "false", "no", "off", ""}:
        return False
    raise SettingsError(f"{text!r} is neither true nor false")


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _evidence_key(text: str) -> bytes:
    """Read 32 bytes written as 64 hex digits or as base64."""
    text = text.strip()
    try:
        raw = bytes.fromhex(text) if len(text) == 2 * EVIDENCE_KEY_BYTES else base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error) as error:
        raise SettingsError("EVIDENCE_ENCRYPTION_KEY must be 64 hex digits or base64") from error
    if len(raw) != EVIDENCE_KEY_BYTES:
        raise SettingsError(f"EVIDENCE_ENCRYPTION_KEY must hold {EVIDENCE_KEY_BYTES} bytes, it holds {len(raw)}")
    if len(set(raw)) < 8:  # noqa: PLR2004 - a repeated byte is a placeholder, not a key
        raise SettingsError("EVIDENCE_ENCRYPTION_KEY is not random: make one with `openssl rand -hex 32`")
    return raw


def read_env_file(text: str) -> dict[str, str]:
    """Read shell-quoted ``NAME=value`` lines, as the standalone system writes them."""
    return dict(line.partition("=")[::2] for line in shlex.split(text, comments=True) if "=" in line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a process needs to know about its surroundings. Secrets never show in ``repr``."""

    env: str
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    evidence_key: bytes = field(repr=False)
    key_dir: Path

    # One database role a service (security.md, a). Empty: that service does not run in this process.
    hub_database_url: str = field(default="", repr=False)
    worker_database_url: str = field(default="", repr=False)
    ops_database_url: str = field(default="", repr=False)
    migrate_database_url: str = field(default="", repr=False)
    admin_database_url: str = field(default="", repr=False)
    database_pool_size: int = 2

    s3_endpoint: str = "127.0.0.1:9000"
    s3_access_key: str = field(default="", repr=False)
    s3_secret_key: str = field(default="", repr=False)
    s3_bucket: str = "lers-files"
    s3_region: str = "us-east-1"
    s3_secure: bool = False

    smtp_host: str = "127.0.0.1"
    smtp_port: int = 25
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    smtp_starttls: bool = False
    mail_from: str = "LERS <no-reply@lers.example>"
    mail_dir: Path | None = None  # the standalone sink's Maildir, shown at /ops/mail/

    clamd_socket: str = ""  # a path, or tcp://host:port; empty: no scanner
    scan_required: bool = True

    audit_origin: str = ""  # the audit log's name in its checkpoints; empty: the host of base_url, /lers/audit
    checkpoint_dir: Path | None = None  # where the signer remembers its last checkpoint, beside the database

    base_url: str = "http://localhost:8080"
    hub_url: str = "http://localhost:8081"
    hub_host: str = "127.0.0.1"
    hub_port: int = 8081
    cors_origins: tuple[str, ...] = ()
    trusted_proxies: int = 0  # exact number of reverse proxies in front (ProxyFix)

    rate_limit_user: str = "100/minute"
    rate_limit_login: str = "30/minute"
    access_token_seconds: int = 900
    refresh_token_seconds: int = 7 * 24 * 3600
    mfa_required: bool = True  # whether a new tenant demands a second factor, until its policy says otherwise
    session_idle_seconds: int = 12 * 3600
    step_up_seconds: int = 300
    argon2_memory_kib: int = 47_104
    argon2_time_cost: int = 1
    argon2_parallelism: int = 1

    metrics_token: str = field(default="", repr=False)
    log_level: str = "INFO"
    frontend_dir: Path | None = None
    home: Path | None = None  # the standalone run's LERS_HOME

    def __post_init__(self) -> None:
        if self.env not in ENVIRONMENTS:
            raise SettingsError(f"LERS_ENV must be one of {', '.join(ENVIRONMENTS)}, not {self.env!r}")
        problems = [*bad_origins(self.cors_origins), *(weaknesses(self) if self.production else ())]
        if problems:
            raise SettingsError("; ".join(problems))

    @property
    def production(self) -> bool:
        return self.env == "production"

    @property
    def demo(self) -> bool:
        """Whether demo accounts may exist here."""
        return not self.production

    @property
    def log_origin(self) -> str:
        """The name of this system's audit log: the first line of each checkpoint."""
        return self.audit_origin or f"{urlsplit(self.base_url).hostname or 'lers'}/lers/audit"

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read ``LERS_*`` and ``EVIDENCE_ENCRYPTION_KEY``; say every problem in one sentence."""
        if environ is None:
            import os  # noqa: PLC0415 - the one place that reads the environment

            environ = os.environ  # noqa: TID251
        values: dict[str, Any] = {}
        for item in fields(cls):
            name = "EVIDENCE_ENCRYPTION_KEY" if item.name == "evidence_key" else f"LERS_{item.name.upper()}"
            text = environ.get(name, "")
            if text == "":
                continue
            values[item.name] = cls._parse(name, item.name, str(item.type), text)
        missing = [
            name
            for name, key in (
                ("LERS_ENV", "env"),
                ("LERS_DATABASE_URL", "database_url"),
                ("LERS_REDIS_URL", "redis_url"),
                ("EVIDENCE_ENCRYPTION_KEY", "evidence_key"),
                ("LERS_KEY_DIR", "key_dir"),
            )
            if key not in values
        ]
        if missing:
            raise SettingsError(
                f"missing settings: {', '.join(missing)}. `make up` writes them to .lers/standalone.env: "
                "load it with `set -a; . .lers/standalone.env`."
            )
        return cls(**values)

    @classmethod
    def for_command(cls) -> Settings | None:
        """Return the settings for a command: the environment's, else those of the standalone system of this checkout.

        None when neither says anything: commands that need no running system still work.
        """
        import os  # noqa: PLC0415 - as in from_env

        environ: Mapping[str, str] = os.environ  # noqa: TID251
        if not environ.get("LERS_ENV"):
            home = Path(environ.get("LERS_HOME") or CHECKOUT / ".lers")
            try:
                text = (home / "standalone.env").read_text(encoding="utf-8")
            except OSError:
                return None
            environ = read_env_file(text)
        return cls.from_env(environ)

    @classmethod
    def for_documents(cls) -> Settings:
        """Return settings that reach nothing: enough to describe the API and to print help."""
        return cls(env="test", database_url="postgresql://", redis_url="memory://", evidence_key=b"", key_dir=Path())

    @staticmethod
    def _parse(name: str, attribute: str, annotation: str, text: str) -> object:
        try:
            if attribute == "evidence_key":
                return _evidence_key(text)
            if annotation == "bool":
                return _flag(text)
            if annotation == "int":
                return int(text)
            if annotation.startswith("Path"):
                return Path(text)
            if annotation.startswith("tuple"):
                return _list(text)
        except ValueError as error:
            raise SettingsError(f"{name}: {error}") from error
        return text
