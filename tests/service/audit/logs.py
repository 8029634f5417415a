"""A log of its own for each test: a cast that has acted, the worker that signs, and the hand of an administrator."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lers_web.config import Settings
from lers_web.domains.audit import service
from lers_web.domains.audit.service import NewCheckpoint, Report
from lers_web.kernel.ids import new_id
from lers_web.kernel.ports import Backend
from lers_web.kernel.tokens import generate_key_dir
from tests.factories.cast import Cast, cast_in

TABLES = ("entry", "leaf_range", "checkpoint")


@dataclass
class Log:
    """One database's audit log."""

    cast: Cast
    worker: Backend
    operator: Backend

    @property
    def chain(self) -> str:
        """The chain of Bharat Telecom."""
        return str(self.cast.tenants["telecom"])

    def act(self, *names: str, times: int = 1) -> None:
        """Have people do something, each in a transaction of their own."""
        for number in range(times):
            for name in names:
                with self.cast.acting(name) as uow:
                    uow.audit("request:approve", "request", new_id(), request_id=new_id(), change={"n": number})

    def sign(self) -> NewCheckpoint:
        """Sign a checkpoint, as the job does."""
        return service.make_checkpoint(self.worker)

    def verify(self, name: str = "admin") -> Report:
        """Verify as one of the people."""
        with self.cast.acting(name) as uow:
            return service.verify_chains(uow)

    def codes(self, name: str = "admin") -> set[str]:
        """What is wrong with the log as a whole; what is wrong in the chains is tested beside the walk over them."""
        return {problem.code for problem in self.verify(name).problems if problem.chain == service.LOG}

    def tamper(self, *statements: str) -> None:
        """Do what an administrator of the database could do: the triggers stop mistakes, not him."""
        with self.cast.superuser() as connection:
            for table in TABLES:
                connection.execute(f"ALTER TABLE audit.{table} DISABLE TRIGGER USER")
            for statement in statements:
                connection.execute(statement.replace(":chain", f"'{self.chain}'"))
            for table in TABLES:
                connection.execute(f"ALTER TABLE audit.{table} ENABLE ALWAYS TRIGGER no_upd")
                connection.execute(f"ALTER TABLE audit.{table} ENABLE ALWAYS TRIGGER no_trunc")

    def rewrite(self, seq: int) -> None:
        """Change an entry of the telecom's chain and hash all behind it anew, its head too: a perfect forgery."""
        self.tamper(
            f"UPDATE audit.entry SET canonical = replace(canonical, '\"n\":', '\"m\":')"
            f" WHERE chain = :chain AND seq = {seq}",
            f"""
            DO $$ DECLARE e record; v_prev bytea; v_hash bytea; BEGIN
                FOR e IN SELECT * FROM audit.entry WHERE chain = :chain AND seq >= {seq} ORDER BY seq LOOP
                    v_prev := coalesce(v_hash, e.prev_hash);
                    v_hash := sha256(convert_to('LERS-AUDIT-v1', 'UTF8') || '\\x00'::bytea || v_prev
                                     || convert_to(e.canonical, 'UTF8'));
                    UPDATE audit.entry SET prev_hash = v_prev, hash = v_hash WHERE chain = e.chain AND seq = e.seq;
                    UPDATE audit.head SET hash = v_hash WHERE chain = e.chain;
                END LOOP; END $$
            """,
        )


@contextmanager
def log_in(database: Settings, place: Path) -> Iterator[Log]:
    """Open a log with keys and a signer's memory of its own."""
    settings = dataclasses.replace(database, key_dir=place / "keys", checkpoint_dir=place / "memory")
    generate_key_dir(settings.key_dir, "checkpoint")
    worker = Backend.connect(settings, settings.worker_database_url, application="lers-test", pool_size=6)
    operator = Backend.connect(settings, settings.ops_database_url, application="lers-test")
    try:
        with cast_in(settings) as cast:
            yield Log(cast, worker, operator)
    finally:
        worker.engine.dispose()
        operator.engine.dispose()
