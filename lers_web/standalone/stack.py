"""The inner servers of one home, and the settings that tell LERS how to reach them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from lers_web.standalone import provision
from lers_web.standalone.clamav import Clamd
from lers_web.standalone.environment import caller_environ
from lers_web.standalone.home import Home
from lers_web.standalone.mail import MailSink
from lers_web.standalone.postgres import Postgres
from lers_web.standalone.seaweed import BUCKET, REGION, SeaweedFS
from lers_web.standalone.server import Server
from lers_web.standalone.valkey import Valkey

ROOT = Path(__file__).resolve().parents[2]
BOOTSTRAP = ROOT / "migrations" / "bootstrap.sql"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where people and browsers reach the system."""

    web_port: int
    hub_port: int

    @property
    def web(self) -> str:
        return f"http://localhost:{self.web_port}"

    @property
    def hub(self) -> str:
        return f"http://localhost:{self.hub_port}"


class Stack:
    """PostgreSQL, Valkey, SeaweedFS, ClamAV and the mail sink of a home. Build it in the main thread."""

    def __init__(self, home: Home, *, durable: bool = True, cache: Path | None = None) -> None:
        self.home = home
        self.postgres = Postgres(home, durable=durable)
        self.valkey = Valkey(home)
        self.seaweed = SeaweedFS(home)
        self.clamd = Clamd(home, cache or default_cache(home))
        self.mail = MailSink(home, ROOT)
        self.passwords = provision.role_passwords(home)
        self._evidence_key = home.hex_secret("evidence")

    def servers(self, *, scanner: bool) -> list[Server]:
        always: list[Server] = [self.postgres, self.valkey, self.seaweed, self.mail]
        return [*always, self.clamd] if scanner else always

    def create_database(self, database: str = provision.DATABASE) -> None:
        provision.create_database(self.postgres, database, BOOTSTRAP, self.passwords)

    def settings(
        self, addresses: Addresses, *, env: str, scanner: bool, database: str = provision.DATABASE
    ) -> dict[str, str]:
        """Return every setting that follows from this home, as environment variables."""
        values = {
            "LERS_ENV": env,
            **provision.database_settings(self.postgres, database, self.passwords),
            "LERS_REDIS_URL": self.valkey.url,
            "EVIDENCE_ENCRYPTION_KEY": self._evidence_key,
            "LERS_KEY_DIR": str(self.home.key_dir),
            "LERS_CHECKPOINT_DIR": str(self.home.path / "checkpoints"),
            "LERS_S3_ENDPOINT": self.seaweed.endpoint,
            "LERS_S3_ACCESS_KEY": self.seaweed.access_key,
            "LERS_S3_SECRET_KEY": self.seaweed.secret_key,
            "LERS_S3_BUCKET": BUCKET,
            "LERS_S3_REGION": REGION,
            "LERS_S3_SECURE": "false",
            "LERS_SMTP_HOST": "127.0.0.1",
            "LERS_SMTP_PORT": str(self.mail.port),
            "LERS_MAIL_DIR": str(self.mail.maildir),
            "LERS_SCAN_REQUIRED": "true" if scanner else "false",
            "LERS_MFA_REQUIRED": "true" if env == "production" else "false",  # a laptop has no authenticator at hand
            "LERS_BASE_URL": addresses.web,
            "LERS_HUB_URL": addresses.hub,
            "LERS_HUB_HOST": "127.0.0.1",
            "LERS_HUB_PORT": str(addresses.hub_port),
            "LERS_CORS_ORIGINS": ",".join(_origins(addresses)),
            "LERS_FRONTEND_DIR": str(ROOT / "frontend" / "dist"),
            "LERS_HOME": str(self.home.path),
        }
        if scanner:
            values["LERS_CLAMD_SOCKET"] = str(self.clamd.socket_path)
        return values


def _origins(addresses: Addresses) -> list[str]:
    """The portals' own origins, and those the caller names: a development server of the portals has one of its own."""
    named = caller_environ().get("LERS_CORS_ORIGINS", "")
    return [addresses.web, f"http://127.0.0.1:{addresses.web_port}", *filter(None, named.split(","))]


def default_cache(home: Home) -> Path:
    """Where unpacked packages are kept: with the checkout, for all its homes, or in the home of a read-only one."""
    return ROOT / ".lers-cache" if os.access(ROOT, os.W_OK) else home.path / "cache"
