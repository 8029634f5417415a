"""Use cases of the audit trail: reading is in ``reads``; here the chains are verified."""

from __future__ import annotations

from uuid import UUID

from lers_web.domains.audit import verify
from lers_web.domains.audit.verify import Problem, Progress, Report
from lers_web.kernel.permissions import Permission
from lers_web.kernel.uow import UnitOfWork

ONLINE_SECONDS = 8.0

__all__ = ["Problem", "Progress", "Report", "expected_entries", "verify_chains", "verify_online"]


def verify_chains(uow: UnitOfWork, chain: str | None = None, progress: Progress | None = None) -> Report:
    """Walk every chain that the actor may see (or one) to its end. ``progress`` is told the entries of each piece."""
    uow.actor.require(Permission.AUDIT_READ)
    return verify.walk(uow.session, chain=chain, progress=progress)


def expected_entries(uow: UnitOfWork, chain: str | None = None) -> int:
    """How many entries the chain heads promise."""
    return verify.expected_entries(uow.session, chain)


def verify_online(uow: UnitOfWork, chain: UUID | None, resume_at: tuple[str, int] | None) -> Report:
    """Walk for a few seconds, for a screen: an unfinished report says where the next call goes on."""
    uow.actor.require(Permission.AUDIT_READ)
    return verify.walk(uow.session, chain=str(chain) if chain else None, resume_at=resume_at, seconds=ONLINE_SECONDS)
