"""An export of the audit trail that proves itself: a ZIP that `offline/verify.py` checks without LERS.

The log records the export before it is proved: that entry names the SHA-256 of what the export holds, and stands in the
export with a proof like the others. So the signed root answers for its completeness too, and one key for all of it.
"""

from __future__ import annotations

import bisect
import datetime as dt
import hashlib
import shutil
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any
from uuid import UUID

from sqlalchemy import Select, select, text

from lers_web.domains.audit import log, policy, tree
from lers_web.domains.audit.offline import verify as offline
from lers_web.kernel import clock
from lers_web.kernel.actor import Actor
from lers_web.kernel.audit import AuditEntry, Receipt
from lers_web.kernel.errors import Conflict, Invalid
from lers_web.kernel.ids import new_id
from lers_web.kernel.merkle import WIDTH, Prover
from lers_web.kernel.permissions import Permission
from lers_web.kernel.ports import Backend
from lers_web.kernel.uow import UnitOfWork, unit_of_work

Progress = Callable[[int, int], None]
"""Told how many more leaves were read, and of how many in all."""
MOST_ENTRIES = 200_000
"""Entries of one export: their proofs are held in memory, some 20 nodes each at worst."""
EVENT = "audit:export"
TRAVELS = ("README.txt", "verify.py")
_OFFLINE = Path(offline.__file__).parent
_CHUNK = 2_000
_ENTRY = AuditEntry.__table__.c
_RANGES = text("SELECT first_leaf, first_seq FROM audit.leaf_range WHERE chain = :chain ORDER BY first_seq")


class ExportRefused(Conflict):
    """The log does not prove what would be exported."""

    code = "audit_not_intact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What to export: one request's entries, or those of a period, the end not included."""

    request_id: UUID | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None

    def __post_init__(self) -> None:
        by_period = self.since is not None and self.until is not None
        if (self.request_id is not None) == by_period or (self.since is None) != (self.until is None):
            raise Invalid(errors={"request_id": ["Name a request, or a period by from and to."]})
        if self.since is not None and self.until is not None and self.since >= self.until:
            raise Invalid(errors={"to": ["The period must end after it begins."]})

    def told(self) -> dict[str, str]:
        """Return the scope as the log and the export write it."""
        if self.request_id is not None:
            return {"request_id": str(self.request_id)}
        return {"from": clock.iso(self.since or clock.now()), "to": clock.iso(self.until or clock.now())}

    def query(self, actor: Actor) -> Select[Any]:
        """Return the entries that the actor may see of it, in the order of the chains."""
        found = select(_ENTRY.chain, _ENTRY.seq, _ENTRY.canonical, _ENTRY.prev_hash, _ENTRY.hash)
        found = found.where(policy.visible_to(actor)).order_by(_ENTRY.chain, _ENTRY.seq).limit(MOST_ENTRIES + 1)
        if self.request_id is not None:
            return found.where(_ENTRY.request_id == self.request_id)
        return found.where(_ENTRY.at >= self.since, _ENTRY.at < self.until)


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export holds, and where the log records it."""

    entries: int
    size: int
    root: str
    vkey: str
    receipt: Receipt


def export(backend: Backend, actor: Actor, scope: Scope, target: Path, progress: Progress | None = None) -> Exported:
    """Write an export to ``target``, whole or not at all; it has passed its own verifier by then.

    Raises ``Invalid`` when nothing or too much lies within the scope, ``CheckpointRefused`` and ``ExportRefused`` when
    the log is not intact. ``progress`` is told the leaves of the log as they are read for the proofs.
    """
    actor.require(Permission.AUDIT_READ)
    with TemporaryDirectory(prefix="lers-export-", dir=target.parent) as made:
        place = Path(made)
        vkey = _write_texts(backend, place)
        with unit_of_work(backend, actor) as uow:
            entries = _write_entries(uow, scope, place / "entries.jsonl")
            export_id = new_id()
            change = {"entries": len(entries), "scope": scope.told(), "sha256": _hashes(place, offline.STATED)}
            uow.audit(EVENT, "export", export_id, request_id=scope.request_id, change=change)
        receipt = uow.receipts[-1]
        checkpoint = log.make_checkpoint(backend, actor.source)
        (place / "checkpoint.txt").write_text(checkpoint.note, encoding="utf-8")
        with unit_of_work(backend, actor) as uow:
            statement = _statement(uow, receipt)
            _write_proofs(uow, entries, statement, checkpoint, place=place, progress=progress)
        _write_manifest(place, len(entries), scope, statement)
        whole = place / "whole.zip"
        _pack(place, whole)
        _try(whole, vkey)
        shutil.move(whole, target)
    return Exported(len(entries), checkpoint.size, checkpoint.root, vkey, receipt)


def _write_texts(backend: Backend, place: Path) -> str:
    for name in TRAVELS:
        (place / name).write_bytes((_OFFLINE / name).read_bytes())
    keys = backend.ports.note_keys.public
    vkey = keys[0].vkey if keys else ""
    (place / "vkey.txt").write_text(vkey + "\n", encoding="ascii")
    return vkey


def _line(file: IO[str], value: dict[str, Any]) -> None:
    file.write(offline.written(value) + "\n")


def _as_entry(row: Any) -> dict[str, Any]:
    return {
        "chain": row.chain,
        "seq": row.seq,
        "canonical": row.canonical,
        "prev_hash": bytes(row.prev_hash).hex(),
        "hash": bytes(row.hash).hex(),
    }


def _write_entries(uow: UnitOfWork, scope: Scope, path: Path) -> list[tuple[str, int]]:
    """Write the entries, and return their chains and numbers."""
    found: list[tuple[str, int]] = []
    rows = uow.session.execute(scope.query(uow.actor).execution_options(yield_per=_CHUNK))
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            found.append((row.chain, row.seq))
            _line(file, _as_entry(row))
    if not found:
        raise Invalid(errors={"request_id" if scope.request_id else "from": ["There is no entry here to export."]})
    if len(found) > MOST_ENTRIES:
        raise Invalid(errors={"from": [f"More than {MOST_ENTRIES} entries: choose a shorter period."]})
    return found


def _statement(uow: UnitOfWork, receipt: Receipt) -> dict[str, Any]:
    columns = (_ENTRY.chain, _ENTRY.seq, _ENTRY.canonical, _ENTRY.prev_hash, _ENTRY.hash, _ENTRY.at)
    row = uow.session.execute(select(*columns).where(_ENTRY.chain == receipt.chain, _ENTRY.seq == receipt.seq)).one()
    return {**_as_entry(row), "at": clock.iso(row.at)}


def _write_proofs(
    uow: UnitOfWork,
    entries: list[tuple[str, int]],
    statement: dict[str, Any],
    checkpoint: log.NewCheckpoint,
    *,
    place: Path,
    progress: Progress | None,
) -> None:
    """Read the whole log once, and write the way of each entry to its root."""
    leaf_of = _places(uow, {chain for chain, _ in entries} | {statement["chain"]})
    leaves = [leaf_of(chain, seq) for chain, seq in entries]
    own = leaf_of(statement["chain"], statement["seq"])
    prover = Prover(checkpoint.size, [*leaves, own])
    for hashes in tree.read_leaves(uow.session, 0, checkpoint.size, _refuse):
        prover.extend(hashes)
        if progress is not None:
            progress(len(hashes) // WIDTH, checkpoint.size)
    if prover.root().hex() != checkpoint.root:
        _refuse(0, "root_differs", "The entries are not those that were signed.")
    with (place / "proofs.jsonl").open("w", encoding="utf-8", newline="\n") as file:
        for leaf in leaves:
            _line(file, {"leaf": leaf, "proof": [step.hex() for step in prover.proof(leaf)]})
    proved = {name: statement[name] for name in offline.ENTRY}
    proved |= {"leaf": own, "proof": [step.hex() for step in prover.proof(own)]}
    (place / "export.json").write_text(offline.written(proved), encoding="utf-8", newline="\n")


def _places(uow: UnitOfWork, chains: Iterable[str]) -> Callable[[str, int], int]:
    """Return a function that knows each entry's leaf."""
    ranges = {chain: uow.session.execute(_RANGES, {"chain": chain}).all() for chain in chains}
    begins = {chain: [row.first_seq for row in rows] for chain, rows in ranges.items()}

    def leaf_of(chain: str, seq: int) -> int:
        nth = bisect.bisect_right(begins[chain], seq) - 1
        if nth < 0:
            _refuse(0, "leaves_missing", f"Entry {seq} of chain {chain} has no leaf.")
        return int(ranges[chain][nth].first_leaf) + seq - int(begins[chain][nth])

    return leaf_of


def _refuse(_leaf: int, _code: str, message: str) -> None:
    raise ExportRefused(f"Nothing was exported. {message} Run `flask audit verify` to see all that is wrong.")


def _hashes(place: Path, names: Iterable[str]) -> dict[str, str]:
    found = {}
    for name in names:
        with (place / name).open("rb") as file:
            found[name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def _write_manifest(place: Path, count: int, scope: Scope, statement: dict[str, Any]) -> None:
    hashes = _hashes(place, offline.MEMBERS)
    manifest = {
        "entries": count,
        "format": offline.FORMAT,
        "made_at": statement["at"],
        "members": {name: {"sha256": hashes[name], "size": (place / name).stat().st_size} for name in hashes},
        "scope": scope.told(),
    }
    (place / "manifest.json").write_text(offline.written(manifest) + "\n", encoding="utf-8", newline="\n")


def _pack(place: Path, whole: Path) -> None:
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("README.txt", "verify.py", "manifest.json", *sorted(offline.MEMBERS)):
            if name not in archive.namelist():
                archive.write(place / name, name)


def _try(whole: Path, vkey: str) -> None:
    """Have the verifier that travels along judge the export before anybody else does."""
    try:
        offline.verify(whole, vkey)
    except offline.Wrong as error:
        raise ExportRefused(
            f"Nothing was exported: {error}. Run `flask audit verify` to see all that is wrong."
        ) from error
