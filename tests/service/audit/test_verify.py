"""The walk over the audit chains: true ones pass, and every kind of tampering is found and named."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from lers_web.config import Settings
from lers_web.domains.audit import service, verify
from lers_web.kernel.errors import Forbidden
from lers_web.kernel.ids import new_id
from tests.factories.cast import Cast, cast_in

SEVENTH = "(SELECT hash FROM audit.entry WHERE chain=:chain AND seq=7)"


@pytest.fixture
def cast(database: Settings) -> Iterator[Cast]:
    with cast_in(database) as found:
        for number in range(8):
            for name in ("sho", "nodal"):
                with found.acting(name) as uow:
                    uow.audit("request:approve", "request", new_id(), request_id=new_id(), change={"n": number})
        with found.acting("nodal") as uow:
            uow.audit("catalog:create", "catalog_item", None, why='a "quoted" reason, मुंबई')
        yield found


def tamper(cast: Cast, *statements: str) -> None:
    """Do what an administrator of the database could do: the triggers stop mistakes, not him."""
    with cast.superuser() as connection:
        connection.execute("ALTER TABLE audit.entry DISABLE TRIGGER USER")
        for statement in statements:
            connection.execute(statement.replace(":seventh", SEVENTH).replace(":chain", f"'{cast.tenants['telecom']}'"))
        connection.execute("ALTER TABLE audit.entry ENABLE ALWAYS TRIGGER no_upd")
        connection.execute("ALTER TABLE audit.entry ENABLE ALWAYS TRIGGER no_trunc")


def codes(cast: Cast, name: str = "admin") -> list[tuple[str, int]]:
    with cast.acting(name) as uow:
        report = service.verify_chains(uow)
        assert report.ok is not bool(report.problems)
        return [(problem.code, problem.seq) for problem in report.problems]


def test_true_chains_pass_and_progress_is_told(cast: Cast) -> None:
    pieces: list[int] = []
    with cast.acting("admin") as uow:
        report = service.verify_chains(uow, progress=pieces.append)
        assert service.expected_entries(uow) == 17
    assert (report.ok, report.complete, report.entries, report.chains) == (True, True, 17, 2)
    assert sum(pieces) == 17


def test_each_tenant_verifies_its_own_chain_and_an_officer_none(cast: Cast) -> None:
    with cast.acting("nodal") as uow:
        assert service.verify_chains(uow).entries == 9
    with cast.acting("nodal") as uow:
        assert service.verify_chains(uow, chain=str(cast.tenants["mumbai"])).entries == 0
    with pytest.raises(Forbidden), cast.acting("io") as uow:
        service.verify_chains(uow)


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE audit.entry SET canonical = replace(canonical, 'approve', 'refuses') WHERE chain=:chain AND seq=3",
         [("changed", 3)]),
        ("UPDATE audit.entry SET event = 'request:reject' WHERE chain=:chain AND seq=3", [("columns_changed", 3)]),
        ("UPDATE audit.entry SET at = at - interval '1 day' WHERE chain=:chain AND seq=3", [("columns_changed", 3)]),
        ("UPDATE audit.entry SET actor_id = object_id WHERE chain=:chain AND seq=3", [("columns_changed", 3)]),
        ("UPDATE audit.entry SET request_id = NULL WHERE chain=:chain AND seq=3", [("columns_changed", 3)]),
        ("DELETE FROM audit.entry WHERE chain=:chain AND seq=4", [("entries_missing", 4 + 1)]),
        ("DELETE FROM audit.entry WHERE chain=:chain AND seq=1", [("entries_missing", 2)]),
        ("DELETE FROM audit.entry WHERE chain=:chain AND seq BETWEEN 4 AND 6", [("entries_missing", 7)]),
        ("DELETE FROM audit.entry WHERE chain=:chain AND seq=9", [("tail_missing", 9)]),
        ("DELETE FROM audit.entry WHERE chain=:chain", [("tail_missing", 9)]),
        ("DELETE FROM audit.head WHERE chain=:chain", [("head_missing", 0)]),
        ("UPDATE audit.head SET seq = 7, hash = :seventh WHERE chain=:chain", [("head_behind", 9)]),
        ("UPDATE audit.head SET hash = :seventh WHERE chain=:chain", [("head_differs", 9)]),
        ("UPDATE audit.entry SET prev_hash = hash WHERE chain=:chain AND seq=5", [("wrong_link", 5), ("changed", 5)]),
    ],
)  # fmt: skip
def test_tampering_is_found(cast: Cast, statement: str, expected: list[tuple[str, int]]) -> None:
    tamper(cast, statement)
    assert codes(cast) == expected


def test_an_entry_rewritten_with_a_fitting_hash_breaks_the_next_link(cast: Cast) -> None:
    tamper(
        cast,
        'UPDATE audit.entry SET canonical = replace(canonical, \'"n":"2"\', \'"n":"7"\') WHERE chain=:chain AND seq=3',
        "UPDATE audit.entry SET hash = sha256(convert_to('LERS-AUDIT-v1','UTF8') || '\\x00'::bytea || prev_hash"
        " || convert_to(canonical,'UTF8')) WHERE chain=:chain AND seq=3",
    )
    assert codes(cast) == [("wrong_link", 4)]


def test_two_entries_that_changed_places_are_found(cast: Cast) -> None:
    tamper(
        cast,
        "UPDATE audit.entry SET seq = 100 WHERE chain=:chain AND seq=3",
        "UPDATE audit.entry SET seq = 3 WHERE chain=:chain AND seq=4",
        "UPDATE audit.entry SET seq = 4 WHERE chain=:chain AND seq=100",
    )
    found = codes(cast)
    assert ("wrong_link", 3) in found
    assert ("columns_changed", 3) in found  # the number stands in the hashed text as well


def test_a_tail_forged_on_top_of_the_true_head_is_found(cast: Cast) -> None:
    """An entry appended past the function: the head does not know it."""
    tamper(
        cast,
        "INSERT INTO audit.entry SELECT chain, 10, tenant_id, at, event, actor_id, object_type, object_id, request_id,"
        " canonical, hash, hash FROM audit.entry WHERE chain=:chain AND seq=9",
    )
    assert ("head_behind", 10) in codes(cast)


def test_the_trigger_stops_whoever_does_not_disable_it(cast: Cast) -> None:
    with cast.superuser() as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("UPDATE audit.entry SET event = 'x:y'")


def test_a_walk_that_runs_out_of_time_goes_on_where_it_stopped(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "BATCH", 2)
    tamper(cast, "UPDATE audit.entry SET event = 'request:reject' WHERE chain=:chain AND seq=8")
    seen = entries = calls = 0
    resume_at = None
    with cast.acting("admin") as uow:
        while True:
            report = verify.walk(uow.session, resume_at=resume_at, seconds=0)
            seen, entries, calls = seen + report.problem_count, entries + report.entries, calls + 1
            if report.complete:
                break
            resume_at = report.resume_at
            assert calls < 50
    assert (seen, entries) == (1, 17)
    assert calls > 4


def test_only_the_first_hundred_problems_are_told_but_all_are_counted(cast: Cast) -> None:
    for _ in range(15):
        with cast.acting("nodal") as uow:
            for _ in range(10):
                uow.audit("catalog:update", "catalog_item", new_id())
    tamper(cast, "UPDATE audit.entry SET event = 'x:y' WHERE chain=:chain")
    with cast.acting("admin") as uow:
        report = service.verify_chains(uow)
    assert (report.problem_count, len(report.problems)) == (159, 100)
