"""The outside world as use cases see it: keys, files, scanner, mail; made on first use, one set a process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from sqlalchemy import Engine

from lers_web.config import Settings
from lers_web.kernel.crypto import Vault
from lers_web.kernel.db import make_engine
from lers_web.kernel.mail import SmtpMailer
from lers_web.kernel.notes import Memory, NoteKeys
from lers_web.kernel.scan import Scanner, scanner_from
from lers_web.kernel.seal import Sealer
from lers_web.kernel.storage import Storage


class Ports:
    """Everything outside the database. Nothing is opened before it is asked for."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def vault(self) -> Vault:
        """Field encryption and blind indexes."""
        return Vault(self.settings.evidence_key)

    @cached_property
    def sealer(self) -> Sealer:
        """The server's seal."""
        return Sealer(self.settings.key_dir)

    @property
    def note_keys(self) -> NoteKeys:
        """The keys of the audit log's checkpoints; read anew each time, so that a rotation needs no restart."""
        return NoteKeys(self.settings.key_dir, self.settings.log_origin)

    def signer_memory(self, database: str) -> Memory | None:
        """What the signer of a database's log remembers by itself, where the settings give it a place."""
        place = self.settings.checkpoint_dir
        return None if place is None else Memory(place / f"{database}.note")

    @cached_property
    def storage(self) -> Storage:
        """The file store."""
        return Storage(self.settings)

    @cached_property
    def scanner(self) -> Scanner | None:
        """The virus scanner, or None where the settings name none."""
        return scanner_from(self.settings.clamd_socket)

    @cached_property
    def redis(self) -> Redis:
        """The way to the queues, for looking at them: whoever answers a person does not wait long for them."""
        impatient = Retry(NoBackoff(), 0)
        return Redis.from_url(self.settings.redis_url, socket_connect_timeout=1, socket_timeout=2, retry=impatient)

    @cached_property
    def mailer(self) -> SmtpMailer:
        """The mail relay."""
        return SmtpMailer(self.settings)


@dataclass(frozen=True, slots=True)
class Backend:
    """One process's way to its data: the engine of its database role, and the ports."""

    engine: Engine
    ports: Ports

    @classmethod
    def connect(cls, settings: Settings, url: str, *, application: str, pool_size: int = 2) -> Backend:
        """Open a backend for one database role. Connects on first use."""
        if not url:
            raise RuntimeError(f"the database URL of {application} is not set")
        return cls(make_engine(url, pool_size=pool_size, application=application), Ports(settings))
