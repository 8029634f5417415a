"""Use cases of the audit trail: reading is in ``reads``, signing in ``log``; here chains and tree are verified."""

from __future__ import annotations

import time
from uuid import UUID

from lers_web.domains.audit import tree, verify
from lers_web.domains.audit.export import Exported, ExportRefused, Scope, export
from lers_web.domains.audit.log import CheckpointRefused, NewCheckpoint, make_checkpoint
from lers_web.domains.audit.verify import LOG, Problem, Progress, Report
from lers_web.kernel.permissions import Permission
from lers_web.kernel.uow import UnitOfWork

ONLINE_SECONDS = 8.0

__all__ = [
    "LOG",
    "CheckpointRefused",
    "ExportRefused",
    "Exported",
    "NewCheckpoint",
    "Problem",
    "Progress",
    "Report",
    "Scope",
    "expected_entries",
    "export",
    "make_checkpoint",
    "verify_chains",
    "verify_online",
]


def verify_chains(uow: UnitOfWork, chain: str | None = None, progress: Progress | None = None) -> Report:
    """Walk every chain that the actor may see, and the tree over all, to their ends; or one chain alone.

    ``progress`` is told the entries of each piece, and the leaves of the tree.
    """
    uow.actor.require(Permission.AUDIT_READ)
    report = verify.walk(uow.session, chain=chain, progress=progress)
    if chain is None:
        _walk_log(uow, report, progress=progress)
    return report


def expected_entries(uow: UnitOfWork, chain: str | None = None) -> int:
    """How many entries and leaves a verification will walk over, as the chain heads promise."""
    leaves = 0 if chain else tree.log_size(uow.session)
    return verify.expected_entries(uow.session, chain) + leaves


def verify_online(uow: UnitOfWork, chain: UUID | None, resume_at: tuple[str, int] | None) -> Report:
    """Walk for a few seconds, for a screen: an unfinished report says where the next call goes on."""
    uow.actor.require(Permission.AUDIT_READ)
    deadline = time.monotonic() + ONLINE_SECONDS
    report = verify.walk(uow.session, chain=str(chain) if chain else None, resume_at=resume_at, seconds=ONLINE_SECONDS)
    if chain is None and report.complete:
        _walk_log(uow, report, resume_at=resume_at, deadline=deadline)
    return report


def _walk_log(
    uow: UnitOfWork,
    report: Report,
    *,
    progress: Progress | None = None,
    resume_at: tuple[str, int] | None = None,
    deadline: float | None = None,
) -> None:
    memory = uow.ports.signer_memory(str(uow.session.get_bind().engine.url.database))
    note = memory.read() if memory is not None else None
    start = resume_at[1] if resume_at is not None and resume_at[0] == LOG else 0
    walk = tree.LogWalk(uow.session, uow.ports.note_keys, report, progress)
    report.complete = walk.run(resume_at=start, memory=note, deadline=deadline)
