"""Entries of one transaction are appended together, and stand in the chain as if each had come alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import event

from lers_web.config import Settings
from lers_web.kernel import audit, clock
from lers_web.kernel.ids import new_id
from tests.factories.cast import Cast, cast_in
from tests.factories.rows import rows

MOMENT = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
COLUMNS = "seq, at, event, actor_id, object_type, object_id, request_id, canonical, prev_hash, hash, tenant_id"


@pytest.fixture(scope="module")
def cast(module_database: Settings) -> Iterator[Cast]:
    with cast_in(module_database) as found:
        yield found


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MOMENT)


def some(number: int) -> list[audit.AuditEvent]:
    return [
        audit.AuditEvent(
            event="request:approve" if nth % 2 else "file:downloaded",
            object_type="request",
            object_id=new_id() if nth % 3 else None,
            request_id=new_id() if nth % 5 else None,
            version=nth or None,
            change={"nth": nth, "old": "DRAFT", "line": 'a "quoted"\\\n\u0001 line'} if nth % 4 else None,
            why="नमस्ते 🚔" if nth % 7 else None,
        )
        for nth in range(number)
    ]


def chain(cast: Cast, tenant: str) -> list[tuple[object, ...]]:
    return rows(cast, f"SELECT {COLUMNS} FROM audit.entry WHERE chain = %s ORDER BY seq", str(cast.tenants[tenant]))


def erase(cast: Cast, tenant: str) -> None:
    with cast.superuser() as connection:
        connection.execute("ALTER TABLE audit.entry DISABLE TRIGGER no_upd")
        for table in ("entry", "head"):
            connection.execute(f"DELETE FROM audit.{table} WHERE chain = %s", (str(cast.tenants[tenant]),))
        connection.execute("ALTER TABLE audit.entry ENABLE ALWAYS TRIGGER no_upd")


def test_together_or_one_by_one_makes_the_same_chain(cast: Cast, still: None) -> None:
    entries = some(23)
    with cast.acting("nodal") as uow:
        singly = [receipt for entry in entries for receipt in audit.append(uow.session, uow.actor, [entry])]
    expected = chain(cast, "telecom")
    erase(cast, "telecom")
    with cast.acting("nodal") as uow:
        first = audit.append(uow.session, uow.actor, entries[:1])
        together = first + audit.append(uow.session, uow.actor, entries[1:])
    assert together == singly
    assert chain(cast, "telecom") == expected
    assert len(expected) == 23
    head = rows(cast, "SELECT seq, hash FROM audit.head WHERE chain = %s", str(cast.tenants["telecom"]))
    assert head == [(23, expected[-1][9])]


def test_every_link_is_what_a_verifier_computes(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "_AT_ONCE", 4)  # also across the statements of one transaction
    with cast.acting("banker") as uow:
        for entry in some(10):
            uow.audit(entry.event, entry.object_type, entry.object_id, change=entry.change, why=entry.why)
    assert [receipt.seq for receipt in uow.receipts] == list(range(1, 11))
    previous = audit.GENESIS
    for seq, *_, canonical, prev_hash, hash_, tenant_id in chain(cast, "bank"):
        assert f'"seq":{seq},' in canonical
        assert tenant_id == cast.tenants["bank"]
        assert prev_hash == previous
        previous = audit.link(previous, canonical)
        assert hash_ == previous
    assert uow.receipts[-1].hash == previous.hex()


def test_what_one_transaction_says_is_one_statement(cast: Cast) -> None:
    seen: list[str] = []
    with cast.acting("sp") as uow:
        for entry in some(50):
            uow.audit(entry.event, entry.object_type, entry.object_id)
        connection = uow.session.connection()
        event.listen(connection, "before_cursor_execute", lambda *about: seen.append(about[2]))
        uow.finish()
    assert len([statement for statement in seen if "audit.append" in statement]) == 1


def test_nobody_appends_without_a_tenant(cast: Cast) -> None:
    with (
        psycopg.connect(cast.settings.database_url) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="no tenant context"),
    ):
        connection.execute("SELECT * FROM audit.append_many(now(), '[]')")
