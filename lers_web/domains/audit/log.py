"""The audit log's signer: give every committed entry its leaf, and sign a checkpoint over all of them.

Three transactions: the heartbeat, the leaves, the signature. Each can be killed: entries that have no leaf get one the
next time, leaves that nobody signed are signed the next time. What was signed is remembered before it is stored, so a
signer that is killed in between still knows what it has promised.
"""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from lers_web.domains.audit import tree as log_tree
from lers_web.domains.audit.tree import HEARTBEAT, Signed
from lers_web.kernel import clock
from lers_web.kernel.actor import PLATFORM_TENANT_ID, Source, system_actor
from lers_web.kernel.errors import Conflict
from lers_web.kernel.merkle import Tree
from lers_web.kernel.notes import Memory, NoteError, NoteKeys
from lers_web.kernel.ports import Backend
from lers_web.kernel.uow import unit_of_work

LOG = logging.getLogger(__name__)

LOOK_BACK = 50_000
"""Leaves that the signer hashes again before each signature, besides the new ones; `audit verify` hashes them all."""

_NEWEST = text("SELECT size, root, peaks, note, kid, at FROM audit.checkpoint ORDER BY size DESC LIMIT 1")
_BASE = text("SELECT size, root, peaks, note FROM audit.checkpoint WHERE size <= :most ORDER BY size DESC LIMIT 1")
_ONE_SIGNER = text("SELECT pg_advisory_xact_lock(hashtextextended('lers.audit.checkpoint', 0))")
_SEQUENCE = text("SELECT audit.sequence()")
_ADD = text("SELECT audit.add_checkpoint(:size, :root, :peaks, :note, :kid, :at)")


class CheckpointRefused(Conflict):
    """The log is not the one that was signed before: the signer signs nothing over it."""

    code = "checkpoint_refused"


@dataclass(frozen=True, slots=True)
class NewCheckpoint:
    """A checkpoint that was just signed and stored."""

    size: int
    root: str
    note: str
    kid: str
    at: dt.datetime


def _refuse(_leaf: int, _code: str, message: str) -> None:
    raise CheckpointRefused(f"No checkpoint was signed. {message} Run `flask audit verify` to see all that is wrong.")


def make_checkpoint(backend: Backend, source: Source | None = None) -> NewCheckpoint:
    """Sign a checkpoint over every entry that is committed now; raise ``CheckpointRefused`` over a log that lies."""
    actor = system_actor(PLATFORM_TENANT_ID, source)
    with unit_of_work(backend, actor) as uow:
        newest = uow.session.execute(_NEWEST).one_or_none()
        named = {"size": newest.size, "root": bytes(newest.root).hex()} if newest else None
        uow.audit(HEARTBEAT, "checkpoint", None, change=named)
    with unit_of_work(backend, actor) as uow:
        uow.session.execute(_SEQUENCE)
    with unit_of_work(backend, actor) as uow:
        uow.session.execute(_ONE_SIGNER)
        memory = uow.ports.signer_memory(str(backend.engine.url.database))
        try:
            return _sign(uow.session, uow.ports.note_keys, memory)
        except CheckpointRefused as error:
            LOG.critical("the audit log is not the one that was signed: %s", error.detail)
            raise


def _sign(session: Session, keys: NoteKeys, memory: Memory | None) -> NewCheckpoint:
    size = log_tree.log_size(session)
    newest = session.execute(_NEWEST).one_or_none()
    if newest is not None and newest.size == size:  # another signer was at it while this one waited
        _held(keys, newest)
        return NewCheckpoint(size, bytes(newest.root).hex(), newest.note, newest.kid, newest.at)
    tree = _grown(session, keys, size, _promises(session, keys, memory))
    root = tree.root()
    note, kid = keys.sign(size, root)
    at = clock.now()
    if memory is not None:
        memory.write(note)
    session.execute(_ADD, {"size": size, "root": root, "peaks": tree.dump(), "note": note, "kid": kid, "at": at})
    return NewCheckpoint(size, root.hex(), note, kid, at)


def _promises(session: Session, keys: NoteKeys, memory: Memory | None) -> list[Signed]:
    """Return what was signed last, as the database says and as the signer remembers: the log must go on from both."""
    newest = session.execute(_NEWEST).one_or_none()
    promised = [_held(keys, newest)] if newest else []
    note = memory.read() if memory is not None else None
    if note is not None:
        try:
            told, _ = keys.open(note)
        except NoteError as error:
            raise CheckpointRefused(f"What the signer remembers does not hold: {error}.") from error
        promised.append(Signed(told.size, told.root, None))
    return sorted(promised, key=lambda signed: signed.size)


def _held(keys: NoteKeys, row: Any) -> Signed:
    signed = log_tree.check_signed(keys, row, _refuse)
    if signed is None:
        raise CheckpointRefused("No checkpoint was signed: the one before does not hold.")
    return signed


def _grown(session: Session, keys: NoteKeys, size: int, promises: list[Signed]) -> Tree:
    """Return the tree over the whole log; refuse unless it goes on from everything that was signed before."""
    if promises and promises[-1].size > size:
        _refuse(size, "log_cut", f"The log has {size} leaves, {promises[-1].size} were signed: its end was cut off.")
    least = promises[0].size if promises else 0
    base = session.execute(_BASE, {"most": least - LOOK_BACK}).one_or_none()
    tree = (_held(keys, base).tree() if base else None) or Tree()
    for signed in promises:
        for hashes in log_tree.read_leaves(session, tree.size, signed.size, _refuse):
            tree.extend(hashes)
        if (tree.size, tree.root()) != (signed.size, signed.root):
            _refuse(signed.size, "root_differs", f"The first {signed.size} entries are not those that were signed.")
    for hashes in log_tree.read_leaves(session, tree.size, size, _refuse):
        tree.extend(hashes)
    return tree
