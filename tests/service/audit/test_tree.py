"""The verification of the whole log: true ones pass, and what the walk over the chains cannot see is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lers_web.config import Settings
from lers_web.domains.audit import service, tree, verify
from lers_web.kernel.ports import Backend
from lers_web.kernel.tokens import generate_key_dir
from tests.service.audit.logs import Log, log_in


@pytest.fixture
def log(database: Settings, tmp_path: Path) -> Iterator[Log]:
    """Four checkpoints, over 5, 10, 15 and 20 leaves; two entries that wait for the next."""
    with log_in(database, tmp_path) as found:
        for _ in range(4):
            found.act("sho", "nodal", times=2)
            found.sign()
        found.act("sho", "nodal")
        yield found


def told(log: Log, name: str = "admin") -> list[tuple[str, int]]:
    return [(problem.code, problem.seq) for problem in log.verify(name).problems if problem.chain == service.LOG]


def test_a_true_log_passes_for_the_platform_and_for_each_tenant(log: Log) -> None:
    report = log.verify()
    assert (report.ok, report.entries, report.leaves, report.checkpoints, report.unsigned) == (True, 22, 20, 5, 0)
    report = log.verify("nodal")  # its own nine entries, and the tree over all
    assert (report.ok, report.entries, report.leaves, report.checkpoints) == (True, 9, 20, 5)


def test_progress_covers_entries_and_leaves(log: Log) -> None:
    pieces: list[int] = []
    with log.cast.acting("admin") as uow:
        expected = service.expected_entries(uow)
        service.verify_chains(uow, progress=pieces.append)
    assert sum(pieces) == expected == 22 + 20


def test_one_chain_alone_leaves_the_tree_out(log: Log) -> None:
    log.tamper("DELETE FROM audit.leaf_range")
    with log.cast.acting("nodal") as uow:
        assert service.verify_chains(uow, chain=log.chain).ok
        assert not service.verify_chains(uow).ok


# The chains themselves hold in each of these: only the signed tree knows better.
@pytest.mark.parametrize(("seq", "leaf"), [(1, 0), (3, 5), (6, 10), (8, 15)])
def test_a_perfect_forgery_is_found_where_it_begins(log: Log, seq: int, leaf: int) -> None:
    log.rewrite(seq)
    report = log.verify()
    assert {problem.chain for problem in report.problems} == {service.LOG}
    assert report.problems[0].code == "root_differs"
    assert report.problems[0].seq == leaf
    assert {problem.code for problem in report.problems} == {"root_differs"}


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        (("DELETE FROM audit.leaf_range WHERE first_leaf = 5",), "leaves_missing"),
        (("DELETE FROM audit.leaf_range",), "log_cut"),
        (("DELETE FROM audit.leaf_range WHERE first_leaf >= 15",), "log_cut"),
        (("DELETE FROM audit.entry WHERE chain = :chain AND seq = 3",), "leaf_missing"),
        (("DELETE FROM audit.entry WHERE chain = :chain",), "leaf_missing"),
        (("UPDATE audit.leaf_range SET first_seq = first_seq + 90 WHERE first_leaf = 5",), "leaf_missing"),
        (
            (
                "UPDATE audit.leaf_range SET first_leaf = 900 WHERE first_leaf = 5",
                "UPDATE audit.leaf_range SET first_leaf = 5 WHERE first_leaf = 7",
                "UPDATE audit.leaf_range SET first_leaf = 7 WHERE first_leaf = 900",
            ),
            "root_differs",
        ),
        (
            (
                "UPDATE audit.leaf_range SET first_seq = 900 WHERE chain = :chain AND first_seq = 3",
                "UPDATE audit.leaf_range SET first_seq = 3 WHERE chain = :chain AND first_seq = 5",
                "UPDATE audit.leaf_range SET first_seq = 5 WHERE chain = :chain AND first_seq = 900",
            ),
            "root_differs",
        ),
        (("UPDATE audit.checkpoint SET root = decode(repeat('00', 32), 'hex') WHERE size = 10",), "checkpoint_changed"),
        (
            ("UPDATE audit.checkpoint SET peaks = decode(repeat('00', 64), 'hex') WHERE size = 10",),
            "checkpoint_changed",
        ),
        (("UPDATE audit.checkpoint SET peaks = '' WHERE size = 10",), "checkpoint_changed"),
        (("UPDATE audit.checkpoint SET size = 11 WHERE size = 10",), "checkpoint_changed"),
        (("UPDATE audit.checkpoint SET note = '' WHERE size = 10",), "checkpoint_invalid"),
        (("UPDATE audit.checkpoint SET note = replace(note, E'\\n10\\n', E'\\n11\\n')",), "checkpoint_invalid"),
        (("DELETE FROM audit.checkpoint WHERE size = 10",), "checkpoint_missing"),
        (("DELETE FROM audit.checkpoint WHERE size < 20",), "checkpoint_missing"),
        (
            (
                "CREATE TEMPORARY TABLE c AS SELECT * FROM audit.checkpoint",
                "UPDATE audit.checkpoint t SET root = c.root, note = c.note FROM c WHERE c.size = 5 AND t.size = 10",
            ),
            "checkpoint_changed",
        ),
    ],
)
def test_what_was_done_to_the_tree_is_found(log: Log, statements: tuple[str, ...], expected: str) -> None:
    log.tamper(*statements)
    assert expected in {code for code, _ in told(log)}


def test_a_cut_tail_is_found_also_when_everything_but_the_checkpoints_was_cut(log: Log) -> None:
    log.tamper(
        "DELETE FROM audit.leaf_range WHERE first_leaf >= 15",
        "DELETE FROM audit.entry WHERE seq > 6",
        "DELETE FROM audit.entry e USING audit.head h WHERE h.chain = e.chain AND h.seq = 4 AND e.seq = 4",
        """UPDATE audit.head h SET (seq, hash) =
            (SELECT e.seq, e.hash FROM audit.entry e WHERE e.chain = h.chain ORDER BY e.seq DESC LIMIT 1)""",
    )
    report = log.verify()
    assert [(problem.chain, problem.code, problem.seq) for problem in report.problems] == [(service.LOG, "log_cut", 15)]
    assert "5 were cut off" in report.problems[0].message


def test_the_last_checkpoint_is_missed_by_the_signer_that_remembers_it(log: Log) -> None:
    log.tamper("DELETE FROM audit.checkpoint WHERE size = 20", "DELETE FROM audit.leaf_range WHERE first_leaf >= 15")
    assert [code for code, _ in told(log)] == ["log_cut"]


def test_a_checkpoint_of_a_key_that_is_not_ours_says_nothing(log: Log) -> None:
    key_dir = log.cast.settings.key_dir
    for path in [*key_dir.glob("*.pem"), *(key_dir / "public").glob("*.pem")]:
        path.unlink()
    generate_key_dir(key_dir, "checkpoint")
    assert {code for code, _ in told(log)} == {"checkpoint_invalid"}


def test_after_a_rotation_both_keys_hold(log: Log) -> None:
    generate_key_dir(log.cast.settings.key_dir, "checkpoint")
    made = log.sign()
    assert (log.verify().ok, made.size) == (True, 23)


def test_two_changes_are_told_at_their_two_places(log: Log) -> None:
    """The walk goes on from what was signed, so that the first change does not hide the second."""
    log.tamper(
        "UPDATE audit.entry SET hash = decode(repeat('00', 32), 'hex') WHERE chain = :chain AND seq = 1",
        "UPDATE audit.entry SET hash = decode(repeat('00', 32), 'hex') WHERE chain = :chain AND seq = 7",
    )
    assert told(log) == [("root_differs", 0), ("root_differs", 15)]


def test_a_log_that_is_long_for_a_screen_comes_in_several_calls(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "CHECKPOINTS", 1)
    monkeypatch.setattr(tree, "BATCH", 2)
    monkeypatch.setattr(service, "ONLINE_SECONDS", 0.0)
    log.rewrite(6)
    resume_at, calls, checkpoints, codes = None, 0, 0, []
    while True:
        with log.cast.acting("admin") as uow:
            report = service.verify_online(uow, None, resume_at)
        calls += 1
        checkpoints += report.checkpoints
        codes += [(problem.code, problem.seq) for problem in report.problems if problem.chain == service.LOG]
        if report.complete:
            break
        resume_at = report.resume_at
        assert calls < 30
    assert calls >= 4
    assert ("root_differs", 10) in codes
    assert resume_at is not None
    assert resume_at[0] == verify.LOG


def test_no_more_is_told_to_a_tenant_than_hashes(log: Log) -> None:
    """The function that shows all tenants' hashes names nobody, and answers nobody who is not somebody."""
    with log.cast.acting("nodal") as uow:
        connection = uow.session.connection()
        chains = set(connection.exec_driver_sql("SELECT chain FROM audit.leaf_range").scalars())
        columns = connection.exec_driver_sql("SELECT * FROM audit.leaf_hashes(0, 100)").keys()
    assert chains == {log.chain}
    assert set(columns) == {"first_leaf", "entries", "found", "follows", "hashes"}
    nobody = Backend.connect(log.cast.settings, log.cast.settings.database_url, application="lers-test")
    with nobody.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT * FROM audit.leaf_hashes(0, 100)").all() == []
        assert connection.exec_driver_sql("SELECT * FROM audit.checkpoint").all() == []
    nobody.engine.dispose()
