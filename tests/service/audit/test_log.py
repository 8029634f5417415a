"""The signer: every committed entry has one leaf, whatever dies or runs beside it, and nothing is signed over a lie."""

from __future__ import annotations

import base64
import dataclasses
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from lers_jobs import runtime
from lers_jobs.tasks import trail
from lers_web.config import Settings
from lers_web.domains.audit import log as signer
from lers_web.domains.audit.service import CheckpointRefused
from lers_web.kernel import merkle
from lers_web.kernel.errors import Unavailable
from lers_web.kernel.ports import Backend, Ports
from lers_web.kernel.tokens import generate_key_dir
from lers_web.standalone.environment import clean_environ
from tests.architecture.test_database import ROOT, environ
from tests.factories.rows import rows
from tests.service.audit.logs import Log, log_in

PLACES = """
SELECT l.first_leaf + e.seq - l.first_seq AS leaf, e.chain, e.seq, e.hash FROM audit.leaf_range l JOIN audit.entry e
    ON e.chain = l.chain AND e.seq >= l.first_seq AND e.seq < l.first_seq + l.entries ORDER BY leaf
"""


@pytest.fixture
def log(database: Settings, tmp_path: Path) -> Iterator[Log]:
    with log_in(database, tmp_path) as found:
        yield found


def places(log: Log) -> list[tuple[int, str, int, bytes]]:
    return rows(log.cast, PLACES)


def check_places(log: Log) -> None:
    """Every leaf once, every entry that has one once, each chain in its order, from its first entry on."""
    found = places(log)
    assert [leaf for leaf, *_ in found] == list(range(len(found)))
    chains: dict[str, int] = {}
    for _, chain, seq, _ in found:
        assert seq == chains.get(chain, 0) + 1
        chains[chain] = seq


def test_every_entry_gets_a_leaf_and_the_root_is_that_of_rfc_6962(log: Log) -> None:
    log.act("sho", "nodal", times=5)
    made = log.sign()
    check_places(log)
    found = places(log)
    tree = merkle.Tree()
    tree.extend(b"".join(hash_ for *_, hash_ in found))
    assert (made.size, made.root) == (len(found), tree.root().hex()) == (11, made.root)
    lines = made.note.split("\n")
    assert lines[:3] == ["localhost/lers/audit", "11", base64.b64encode(tree.root()).decode()]
    assert rows(log.cast, "SELECT size, root, peaks, note, kid FROM audit.checkpoint") == [
        (11, tree.root(), tree.dump(), made.note, made.kid)
    ]


def test_an_idle_log_grows_by_a_heartbeat_that_names_the_checkpoint_before(log: Log) -> None:
    first, second = log.sign(), log.sign()
    assert (first.size, second.size) == (1, 2)
    beats = rows(
        log.cast, "SELECT canonical::jsonb -> 'change' FROM audit.entry WHERE event = 'log:heartbeat' ORDER BY seq"
    )
    assert beats == [(None,), ({"size": "1", "root": first.root},)]


def test_the_job_signs(log: Log) -> None:
    runtime.configure(log.cast.settings)
    try:
        assert trail.checkpoint() == 1
        assert trail.checkpoint() == 2
    finally:
        runtime.forget()
    assert log.verify().ok


def test_long_chains_are_cut_into_ranges_that_follow_each_other(log: Log) -> None:
    with log.cast.acting("nodal") as uow:
        for _ in range(9_000):
            uow.audit("catalog:update", "catalog_item", None)
    log.act("sho")
    assert log.sign().size == 9_002
    check_places(log)
    assert max(rows(log.cast, "SELECT entries FROM audit.leaf_range")) == (4096,)
    assert log.verify().ok


def test_an_entry_that_is_not_committed_yet_is_not_skipped_but_waits(log: Log) -> None:
    log.act("nodal")
    with log.cast.acting("sho") as uow:
        uow.audit("request:approve", "request", None)
        uow.finish()  # written, its chain locked, not committed
        assert log.sign().size == 2
    assert log.sign().size == 4
    check_places(log)
    assert log.verify().ok


def test_writers_and_signers_at_the_same_time_leave_no_gap(log: Log) -> None:
    failures: list[BaseException] = []

    def noted(work: object) -> threading.Thread:
        def run() -> None:
            try:
                work()  # type: ignore[operator]
            except BaseException as error:  # noqa: BLE001 - told by the test's own thread
                failures.append(error)

        return threading.Thread(target=run)

    threads = [noted(lambda name=name: log.act(name, times=15)) for name in ("sho", "dsp", "nodal", "desk", "banker")]
    threads += [noted(lambda: [log.sign() for _ in range(6)]) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    last = log.sign()
    check_places(log)
    assert rows(log.cast, "SELECT count(*) FROM audit.entry") == [(last.size,)]
    report = log.verify()
    assert (report.ok, report.leaves, report.unsigned) == (True, last.size, 0)


KILLED = """
import os, signal, sys
from lers_web import tables
from lers_web.config import Settings
from lers_web.domains.audit import log, service
from lers_web.kernel.notes import Memory
from lers_web.kernel.ports import Backend
where = sys.argv[1]
def die(*_args, **_kwargs):
    os.kill(os.getpid(), signal.SIGKILL)
if where == "heartbeat":
    original = log.unit_of_work
    calls = []
    def counted(*args, **kwargs):
        calls.append(1)
        if len(calls) == 2: die()
        return original(*args, **kwargs)
    log.unit_of_work = counted
elif where == "leaves":
    log._sign = die
elif where == "signed":
    Memory.write = die
elif where == "remembered":
    write = Memory.write
    def then_die(self, note):
        write(self, note); die()
    Memory.write = then_die
settings = Settings.from_env()
service.make_checkpoint(Backend.connect(settings, settings.worker_database_url, application="killed"))
"""


@pytest.mark.parametrize("where", ["heartbeat", "leaves", "signed", "remembered"])
def test_a_signer_that_is_killed_loses_nothing_and_goes_on(log: Log, where: str) -> None:
    log.act("sho", "nodal")
    log.sign()
    log.act("sho", "nodal")
    done = subprocess.run(
        [sys.executable, "-c", KILLED, where],
        cwd=ROOT, env=clean_environ(environ(log.cast.settings)), check=False, capture_output=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert rows(log.cast, "SELECT count(*) FROM audit.checkpoint") == [(1,)]
    assert log.codes() == set()
    log.act("nodal")
    assert log.sign().size == 3 + 2 + 1 + 1 + 1  # the killed signer's heartbeat is an entry as any
    check_places(log)
    assert log.verify().ok


# --- what it refuses -------------------------------------------------------------------------------------------------


def refused(log: Log) -> str:
    before = rows(log.cast, "SELECT count(*) FROM audit.checkpoint")
    with pytest.raises(CheckpointRefused) as caught:
        log.sign()
    assert rows(log.cast, "SELECT count(*) FROM audit.checkpoint") == before
    assert caught.value.code == "checkpoint_refused"
    return caught.value.detail


CUT = (
    """DELETE FROM audit.entry e USING audit.leaf_range l
        WHERE l.chain = e.chain AND l.first_leaf >= 3 AND e.seq >= l.first_seq""",
    "DELETE FROM audit.leaf_range WHERE first_leaf >= 3",
    """UPDATE audit.head h SET (seq, hash) =
        (SELECT e.seq, e.hash FROM audit.entry e WHERE e.chain = h.chain ORDER BY e.seq DESC LIMIT 1)""",
)


def test_a_smaller_tree(log: Log) -> None:
    log.act("sho", "nodal")
    log.sign()
    log.act("sho", "nodal", times=20)
    log.sign()
    log.tamper(*CUT)
    assert "cut off" in refused(log)
    assert "log_cut" in log.codes()


def test_a_database_that_was_rolled_back_altogether(log: Log) -> None:
    """Entries, heads, leaves and checkpoints are those of a while ago: only the signer's own memory knows better."""
    log.act("sho", "nodal")
    log.sign()
    log.act("sho", "nodal", times=20)
    log.sign()
    log.tamper(*CUT, "DELETE FROM audit.checkpoint WHERE size > 3")
    assert "cut off" in refused(log)
    assert log.codes() == {"log_cut"}
    forgetful = dataclasses.replace(log.cast.settings, checkpoint_dir=None)
    log.worker = Backend(log.worker.engine, Ports(forgetful))
    log.act("sho", times=50)
    log.sign()  # nobody remembers: what publication elsewhere is for


@pytest.mark.parametrize("seq", [1, 4, 6])
def test_a_perfect_forgery_of_what_was_signed(log: Log, seq: int) -> None:
    log.act("sho", "nodal", times=3)
    log.sign()
    log.act("sho", "nodal", times=3)
    log.sign()
    log.rewrite(seq)
    assert "not those that were signed" in refused(log)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit.entry WHERE chain = :chain AND seq = 2",
        "DELETE FROM audit.leaf_range WHERE first_leaf = 0",
        "UPDATE audit.leaf_range SET first_seq = first_seq + 1, entries = entries - 1 WHERE first_leaf = 0",
        "UPDATE audit.checkpoint SET root = decode(repeat('00', 32), 'hex')",
        "UPDATE audit.checkpoint SET size = size - 1",
        "UPDATE audit.checkpoint SET note = replace(note, E'\\n7\\n', E'\\n6\\n')",
        "UPDATE audit.checkpoint SET peaks = decode(repeat('00', 96), 'hex')",
        "UPDATE audit.checkpoint SET peaks = ''",
    ],
)
def test_anything_that_is_not_as_it_was_signed(log: Log, statement: str) -> None:
    log.act("sho", "nodal", times=3)
    assert log.sign().size == 7
    log.tamper(statement)
    assert "No checkpoint was signed" in refused(log)


def test_a_memory_that_was_tampered_with(log: Log) -> None:
    log.sign()
    (path,) = (log.cast.settings.checkpoint_dir or Path()).iterdir()
    path.write_text(path.read_text().replace("\n1\n", "\n2\n"))
    assert "remembers does not hold" in refused(log)
    assert log.codes() == {"checkpoint_invalid"}


def test_without_a_key_nothing_is_signed_and_everything_keeps_its_leaf(log: Log) -> None:
    key_dir = log.cast.settings.key_dir
    for path in key_dir.glob("checkpoint-*.pem"):
        path.unlink()
    with pytest.raises(Unavailable, match="keys generate"):
        log.sign()
    generate_key_dir(key_dir, "checkpoint")
    assert log.sign().size == 2
    assert log.verify().ok


def test_it_looks_back_behind_the_last_checkpoint(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    """It starts from an older checkpoint that is signed, not from the beginning; what lies before is for `verify`."""
    monkeypatch.setattr(signer, "LOOK_BACK", 3)
    for _ in range(4):
        log.act("sho", "nodal")
        log.sign()
    log.rewrite(1)
    assert "not those that were signed" in refused(log)  # the forgery runs to the end of the chain
    assert "root_differs" in log.codes()


def test_the_tables_take_nothing_but_what_the_functions_write(log: Log) -> None:
    log.sign()
    for statement in (
        "DELETE FROM audit.checkpoint",
        "UPDATE audit.checkpoint SET size = 9",
        "TRUNCATE audit.checkpoint",
        "UPDATE audit.leaf_range SET entries = 9",
        "DELETE FROM audit.leaf_range",
        "TRUNCATE audit.leaf_range",
    ):
        with log.cast.superuser() as connection:
            connection.execute("SET session_replication_role = replica")
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
                connection.execute(statement)
    with psycopg.connect(log.cast.settings.worker_database_url) as connection:
        again = "SELECT audit.add_checkpoint(1, ''::bytea, ''::bytea, '', '', now())"
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="only grows"):
            connection.execute(again)
