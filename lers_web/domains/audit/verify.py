"""Walk the audit chains: recompute every link, and say what was changed, removed, reordered or cut off.

Rows stream from the server in pieces while Python hashes, so memory stays small whatever the length of a chain. The
columns that lists and filters use are checked against the hashed text too: they stand outside the hash.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from psycopg.sql import SQL, Literal
from sqlalchemy import text
from sqlalchemy.orm import Session

from lers_web.kernel import audit as trail

PIECE = 2_000
BATCH = 200_000  # entries of one statement: each stays far below the statement timeout
MOST_PROBLEMS = 100
LOG = "ffffffff-ffff-ffff-ffff-ffffffffffff"
"""What stands for the tree over all chains where a chain's name stands: it sorts behind every one of them."""

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a chain, at one entry, in words."""

    chain: str
    seq: int
    code: str
    message: str


@dataclass(slots=True)
class Report:
    """What a walk found. ``problems`` keeps the first hundred; ``problem_count`` counts all.

    ``leaves`` and ``checkpoints`` were held to each other; ``unsigned`` entries wait for the next checkpoint.
    """

    entries: int = 0
    chains: int = 0
    leaves: int = 0
    checkpoints: int = 0
    unsigned: int = 0
    complete: bool = True
    resume_at: tuple[str, int] | None = None
    problem_count: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing wrong was found in what was walked."""
        return self.problem_count == 0

    def add(self, chain: str, seq: int, code: str, message: str) -> None:
        """Note a problem; the first hundred are kept word for word."""
        self.problem_count += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(chain, seq, code, message))


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain should end."""

    seq: int
    hash: bytes


@dataclass(slots=True)
class _Walk:
    """How far a chain has been walked, and the hash that the next entry must name."""

    chain: str
    seq: int = 0
    hash: bytes = trail.GENESIS


# Index columns against the text that the hash covers: a changed column would otherwise lie in every list. Written
# with || and casts (half the cost of concat and to_char); a time is a prefix, as PostgreSQL drops its last zeros.
_AGREES = """
    chain = tenant_id::text
    AND strpos(canonical, '","id":"' || actor_id || '","name":') > 0
    AND strpos(canonical, '"}},"at":"' || replace((at AT TIME ZONE 'UTC')::text, ' ', 'T')) > 0
    AND strpos(canonical, '"event":"' || event || '","obj":{{"id":' || CASE WHEN object_id IS NULL THEN 'null'
        ELSE '"' || object_id || '"' END || ',"type":"' || object_type || '"') > 0
    AND strpos(canonical, '"request":' || CASE WHEN request_id IS NULL THEN 'null' ELSE '"' || request_id || '"' END
        || ',"seq":' || seq || ',') > 0
"""
_ENTRIES = SQL(
    "SELECT seq, convert_to(canonical, 'UTF8'), prev_hash, hash, "  # noqa: S608 - constants of this module
    + _AGREES
    + " FROM audit.entry WHERE chain = {chain} AND seq > {after} ORDER BY seq LIMIT {limit}"
)
_HEADS = "SELECT chain, seq, hash FROM audit.head"
_JUMP = """
    WITH RECURSIVE names AS (
        (SELECT chain FROM audit.entry ORDER BY chain LIMIT 1)
        UNION ALL
        SELECT (SELECT e.chain FROM audit.entry e WHERE e.chain > n.chain ORDER BY e.chain LIMIT 1)
          FROM names n WHERE n.chain IS NOT NULL
    ) SELECT chain FROM names WHERE chain IS NOT NULL
"""


def walk(
    session: Session,
    *,
    chain: str | None = None,
    resume_at: tuple[str, int] | None = None,
    seconds: float | None = None,
    progress: Progress | None = None,
) -> Report:
    """Verify one chain, or every chain that the session may see; stop early after ``seconds`` and say where."""
    deadline = None if seconds is None else time.monotonic() + seconds
    report = Report()
    heads = _heads(session, chain)
    for name in sorted(heads.keys() | _chains(session, chain)):
        if resume_at is not None and name < resume_at[0]:
            continue
        start = _Walk(name)
        if resume_at is not None and name == resume_at[0]:
            start = _resumed(session, name, resume_at[1])
        if not _walk_chain(session, start, heads.get(name), report, deadline=deadline, progress=progress):
            report.complete, report.resume_at = False, (name, start.seq)
            return report
        report.chains += 1
    return report


def expected_entries(session: Session, chain: str | None = None) -> int:
    """How many entries the heads promise: the length of a progress bar."""
    return sum(head.seq for head in _heads(session, chain).values())


def _heads(session: Session, chain: str | None) -> dict[str, Head]:
    query = _HEADS + " WHERE chain = :chain" if chain else _HEADS
    rows = session.execute(text(query), {"chain": chain} if chain else {})
    return {row.chain: Head(row.seq, bytes(row.hash)) for row in rows}


def _chains(session: Session, chain: str | None) -> set[str]:
    """The chains that have entries, found by jumping through the key, not by reading every entry."""
    if chain is None:
        return set(session.scalars(text(_JUMP)))
    return set(session.scalars(text("SELECT chain FROM audit.entry WHERE chain = :c LIMIT 1"), {"c": chain}))


def _resumed(session: Session, chain: str, seq: int) -> _Walk:
    stored = session.scalar(
        text("SELECT hash FROM audit.entry WHERE chain = :chain AND seq = :seq"), {"chain": chain, "seq": seq}
    )
    return _Walk(chain, seq, bytes(stored)) if stored is not None else _Walk(chain)


def _walk_chain(
    session: Session, at: _Walk, head: Head | None, report: Report, *, deadline: float | None, progress: Progress | None
) -> bool:
    """Walk a chain to its end; return False when time ran out. ``at`` says how far it came."""
    if head is None:
        report.add(at.chain, 0, "head_missing", "The chain has entries, but its head is gone: its end cannot be told.")
    seen_head = head is None or head.seq <= at.seq
    while True:
        found = 0
        for rows in _pieces(session, at):
            found += len(rows)
            if head is not None and rows[0][0] <= head.seq <= rows[-1][0]:
                seen_head = _head_agrees(rows, head, at.chain, report)
            _check(rows, at, report)
            if progress is not None:
                progress(len(rows))
        report.entries += found
        if found < BATCH:
            break
        if deadline is not None and time.monotonic() > deadline:
            return False
    if head is not None:
        _check_end(session, at, head, report, seen_head=seen_head)
    return True


def _pieces(session: Session, at: _Walk) -> Iterator[list[tuple[Any, ...]]]:
    connection = session.connection().connection.driver_connection
    if connection is None:
        raise RuntimeError("the session has no connection")
    query = _ENTRIES.format(chain=Literal(at.chain), after=Literal(at.seq), limit=Literal(BATCH))
    cursor = connection.cursor(binary=True)
    # Chunked rows: the server goes on sending while the piece before is hashed.
    rows = cursor.stream(query.as_string(connection), binary=True, size=PIECE)
    try:
        while piece := list(islice(rows, PIECE)):
            yield piece
    finally:
        rows.close()
        cursor.close()


def _check(rows: list[tuple[Any, ...]], at: _Walk, report: Report) -> None:
    """Check the links of one piece. The hot loop: nothing in it is called that the good case does not need."""
    domain, sha256 = trail.DOMAIN, hashlib.sha256
    last, previous = at.seq, at.hash
    for seq, canonical, prev_hash, stored, agrees in rows:
        if (
            seq != last + 1
            or prev_hash != previous
            or not agrees
            or sha256(domain + prev_hash + canonical).digest() != stored
        ):
            _explain((seq, canonical, prev_hash, stored, agrees), _Walk(at.chain, last, previous), report)
        last, previous = seq, stored
    at.seq, at.hash = last, previous


def _explain(row: tuple[Any, ...], before: _Walk, report: Report) -> None:
    """Say what is wrong with one entry; go on behind it, so that one change is told once."""
    seq, canonical, prev_hash, stored, agrees = row
    chain = before.chain
    if seq > before.seq + 1:
        gap = f"entry {before.seq + 1}" if seq == before.seq + 2 else f"entries {before.seq + 1} to {seq - 1}"
        report.add(chain, seq, "entries_missing", f"{gap} before entry {seq} are missing: they were removed.")
    elif prev_hash != before.hash:
        report.add(
            chain, seq, "wrong_link", f"Entry {seq} does not follow entry {before.seq}: one was changed or reordered."
        )
    if hashlib.sha256(trail.DOMAIN + prev_hash + canonical).digest() != stored:
        report.add(chain, seq, "changed", f"Entry {seq} was changed: its text does not give its hash.")
    elif not agrees:
        report.add(
            chain, seq, "columns_changed", f"Entry {seq}: its columns say something else than the text that was hashed."
        )


def _head_agrees(rows: list[tuple[Any, ...]], head: Head, chain: str, report: Report) -> bool:
    for seq, _, _, stored, _ in rows:
        if seq == head.seq:
            if stored != head.hash:
                report.add(chain, seq, "head_differs", f"Entry {seq} is not the one that the chain's head names.")
            return True
    return False


def _check_end(session: Session, at: _Walk, head: Head, report: Report, *, seen_head: bool) -> None:
    """Measure the end against the head as it was before the walk, and as it is now (others may have written on)."""
    if at.seq < head.seq:
        report.add(
            at.chain,
            head.seq,
            "tail_missing",
            f"The chain ends at entry {at.seq}, its head says {head.seq}: {head.seq - at.seq} at the end are missing.",
        )
    elif not seen_head:
        report.add(at.chain, head.seq, "entries_missing", f"Entry {head.seq}, which the head names, is missing.")
    now = _heads(session, at.chain).get(at.chain)
    if now is None or now.seq < at.seq:
        seq = now.seq if now else 0
        report.add(at.chain, at.seq, "head_behind", f"The head says {seq}, but the chain goes to {at.seq}.")
