"""Hold the audit log to its signed checkpoints: recompute the tree over all entries and compare every root.

The tree is rebuilt from the entries' hashes; that each hash is the one of its text is the walk's part (``verify``). A
root that differs is told once, at the first checkpoint that sees it; the walk goes on from that checkpoint's own peaks,
which the signature covers, so that later changes are found as well.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from lers_web.domains.audit.verify import LOG, Progress, Report
from lers_web.kernel.actor import PLATFORM_TENANT_ID
from lers_web.kernel.audit import chain_of
from lers_web.kernel.merkle import WIDTH, Tree
from lers_web.kernel.notes import NoteError, NoteKeys

BATCH = 200_000
"""Leaves of one statement."""
CHECKPOINTS = 1_000
"""Checkpoints of one statement."""

HEARTBEAT = "log:heartbeat"
"""The event that each checkpoint begins with: the log grows also when nobody does anything."""
PLATFORM_CHAIN = chain_of(PLATFORM_TENANT_ID)

Tell = Callable[[int, str, str], None]

_LEAVES = text("SELECT first_leaf, entries, found, follows, hashes FROM audit.leaf_hashes(:start, :end)")
_SIZE = text("SELECT audit.log_size()")
_CHECKPOINTS = text(
    "SELECT size, root, peaks, note FROM audit.checkpoint WHERE size > :after ORDER BY size LIMIT :limit"
)
_AT = text("SELECT size, root, peaks, note FROM audit.checkpoint WHERE size = :size")
# Every heartbeat names the checkpoint before it. Who may not see the platform's chain sees none here.
_FORGOTTEN = text(
    """
    SELECT told.size FROM (
        SELECT (e.canonical::jsonb -> 'change' ->> 'size')::bigint AS size,
               e.canonical::jsonb -> 'change' ->> 'root' AS root
          FROM audit.entry e WHERE e.chain = :chain AND e.event = :event
    ) told LEFT JOIN audit.checkpoint c ON c.size = told.size
    WHERE told.size IS NOT NULL AND (c.size IS NULL OR encode(c.root, 'hex') <> told.root) ORDER BY told.size
    """
)


@dataclass(frozen=True, slots=True)
class Signed:
    """A checkpoint whose signature holds. ``peaks`` is None where they do not give its root, or nobody kept them."""

    size: int
    root: bytes
    peaks: bytes | None

    def tree(self) -> Tree | None:
        """Return the tree that was signed, to go on from."""
        return None if self.peaks is None else Tree.load(self.size, self.peaks)


def log_size(session: Session) -> int:
    """How many entries stand in the tree."""
    return int(session.scalar(_SIZE) or 0)


def read_leaves(session: Session, start: int, end: int, tell: Tell) -> Iterator[bytes]:
    """Yield the entry hashes of the leaves [start, end), range by range; what is missing comes as zeros and is told."""
    at = start
    while at < end:
        rows = session.execute(_LEAVES, {"start": at, "end": min(end, at + BATCH)})
        came = at
        for first, entries, found, follows, hashes in rows:
            if first != at:
                tell(at, "leaves_missing", f"Leaves {at} to {first - 1} are in no range: their place was removed.")
                yield bytes(WIDTH * max(0, first - at))
            if found != entries:
                tell(first, "leaf_missing", f"{entries - found} of the entries behind leaf {first} are gone.")
            elif not follows:
                tell(
                    first, "leaf_reordered", f"The entries of leaf {first} do not go on where their chain had come to."
                )
            yield (hashes or b"").ljust(WIDTH * entries, b"\x00")
            at = first + entries
        if at == came:
            at = min(end, at + BATCH)
            tell(came, "leaves_missing", f"Leaves {came} to {at - 1} are in no range: their place was removed.")
            yield bytes(WIDTH * (at - came))


def check_signed(keys: NoteKeys, row: Any, tell: Tell) -> Signed | None:
    """Check a stored checkpoint against its own signature; None, and told, when it does not hold."""
    size, root, peaks, note = row[:4]
    try:
        told, _ = keys.open(note)
    except NoteError as error:
        tell(size, "checkpoint_invalid", f"The checkpoint over {size} leaves does not hold: {error}.")
        return None
    if (told.size, told.root) != (size, bytes(root)):
        tell(size, "checkpoint_changed", f"The checkpoint over {size} leaves says something else than what was signed.")
        return None
    try:
        fits = Tree.load(size, bytes(peaks)).root() == told.root
    except ValueError:
        fits = False
    if not fits:
        tell(size, "checkpoint_changed", f"The peaks of the checkpoint over {size} leaves do not give its root.")
    return Signed(size, told.root, bytes(peaks) if fits else None)


def stored(session: Session, keys: NoteKeys, size: int, tell: Tell) -> Signed | None:
    """Return the checkpoint over exactly so many leaves, if there is one and it holds."""
    row = session.execute(_AT, {"size": size}).one_or_none()
    return None if row is None else check_signed(keys, row, tell)


class LogWalk:
    """One walk over the tree, from a checkpoint or from the start."""

    def __init__(self, session: Session, keys: NoteKeys, report: Report, progress: Progress | None = None) -> None:
        self._session, self._keys, self._report = session, keys, report
        self._progress = progress or (lambda _count: None)
        self._tree = Tree()
        self._size = log_size(session)
        self._leaves: Iterator[bytes] = iter(())
        self._read = -1  # where the leaves that are being read stand
        self._horizon = 0  # how far they go: many checkpoints lie within one statement

    def _tell(self, leaf: int, code: str, message: str) -> None:
        self._report.add(LOG, leaf, code, message)

    def run(self, *, resume_at: int = 0, memory: str | None = None, deadline: float | None = None) -> bool:
        """Walk to the end of the log; False, with ``report.resume_at``, when time ran out before.

        ``memory`` is the note that the signer remembers by itself: it is held to the tree like those that are stored.
        """
        if resume_at and (base := stored(self._session, self._keys, resume_at, self._tell)):
            self._tree = base.tree() or self._tree
        kept = self._remembered(memory)
        for batch in self._batches(self._tree.size):
            self._horizon = batch[-1][0]
            for signed in _merged(batch, kept, self._tree.size):
                if not self._hold(signed):
                    return True
            if deadline is not None and time.monotonic() > deadline and len(batch) == CHECKPOINTS:
                self._report.resume_at = (LOG, batch[-1][0])
                return False
        for signed in kept:
            if signed.size > self._tree.size and not self._hold(signed):
                return True
        self._report.unsigned = self._size - self._tree.size
        self._grow(self._size)
        self._forgotten()
        return True

    def _remembered(self, note: str | None) -> list[Signed]:
        if note is None:
            return []
        try:
            told, _ = self._keys.open(note)
        except NoteError as error:
            self._tell(0, "checkpoint_invalid", f"What the signer remembers does not hold: {error}.")
            return []
        return [Signed(told.size, told.root, None)]

    def _batches(self, after: int) -> Iterator[list[Any]]:
        while True:
            rows = self._session.execute(_CHECKPOINTS, {"after": after, "limit": CHECKPOINTS}).all()
            if rows:
                yield [(row.size, check_signed(self._keys, row, self._tell)) for row in rows]
                after = rows[-1].size
            if len(rows) < CHECKPOINTS:
                return

    def _hold(self, signed: Signed) -> bool:
        """Compare one checkpoint with the tree; False when the log ends before it."""
        self._report.checkpoints += 1
        if signed.size > self._size:
            missing = signed.size - self._size
            self._tell(
                self._size,
                "log_cut",
                f"A signed checkpoint covers {signed.size} leaves, the log has {self._size}: {missing} were cut off.",
            )
            return False
        before = self._tree.size
        self._grow(signed.size)
        if self._tree.size != signed.size or self._tree.root() != signed.root:
            self._tell(
                before,
                "root_differs",
                f"The entries of leaves {before} to {signed.size - 1} are not those that were signed: some were"
                " changed, removed, added or put in another order.",
            )
            self._tree = signed.tree() or self._tree
        return True

    def _grow(self, to: int) -> None:
        if self._read != self._tree.size:
            self._leaves, self._read = iter(()), self._tree.size
        while self._tree.size < to:
            hashes = next(self._leaves, None)
            if hashes is None:
                end = min(self._size, max(to, self._horizon))
                self._leaves = read_leaves(self._session, self._tree.size, end, self._tell)
                continue
            self._tree.extend(hashes)
            self._read = self._tree.size
            self._report.leaves += len(hashes) // WIDTH
            self._progress(len(hashes) // WIDTH)

    def _forgotten(self) -> None:
        """Look for checkpoints that the log itself names, and that are gone or differ."""
        named = {"chain": PLATFORM_CHAIN, "event": HEARTBEAT}
        for (size,) in self._session.execute(_FORGOTTEN, named):
            self._tell(
                size, "checkpoint_missing", f"The log names a checkpoint over {size} leaves, which is gone or another."
            )


def _merged(batch: Sequence[tuple[int, Signed | None]], kept: list[Signed], after: int) -> list[Signed]:
    """Put what the signer remembers among the stored checkpoints, where its size falls into the batch."""
    found = [signed for _, signed in batch if signed is not None]
    found += [signed for signed in kept if after < signed.size <= batch[-1][0]]
    return sorted(found, key=lambda signed: signed.size)
