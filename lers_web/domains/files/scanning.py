"""Looking through uploaded files: content checks and the virus scanner, outside any transaction, settled in one.

Only the scanner's exact OK together with an innocent content makes a file CLEAN. A scanner that is down leaves it
PENDING; a sweep comes back to it. A file that cannot be read back is an ERROR, and never opened to anybody.
"""

from __future__ import annotations

import hashlib
import logging
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO, cast
from uuid import UUID

from sqlalchemy import select, text, update

from lers_web.domains.files import content, transfer
from lers_web.domains.files.events import FileScanned
from lers_web.domains.files.models import File, FileShare
from lers_web.domains.files.states import ScanStatus
from lers_web.kernel import clock
from lers_web.kernel.actor import Source, system_actor
from lers_web.kernel.crypto import CipherError
from lers_web.kernel.errors import NotFound, Unavailable
from lers_web.kernel.ports import Backend, Ports
from lers_web.kernel.scan import Verdict
from lers_web.kernel.storage import StoredFileDamaged
from lers_web.kernel.uow import UnitOfWork, unit_of_work

LOG = logging.getLogger(__name__)

WAITING = frozenset({ScanStatus.PENDING})
RESCANNED = frozenset({ScanStatus.PENDING, ScanStatus.ERROR, ScanStatus.UNSCANNED})
"""What ``flask files rescan`` looks at again unless it is told to take all."""
UPLOADED = frozenset(ScanStatus) - {ScanStatus.AWAITING_UPLOAD}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a look through a file ended in."""

    status: ScanStatus
    findings: list[dict[str, Any]]


def scan(
    backend: Backend,
    file_id: UUID,
    tenant_id: UUID,
    *,
    source: Source | None = None,
    expected: Iterable[ScanStatus] = WAITING,
) -> ScanStatus | None:
    """Look through one file of a tenant and settle its state; None when there is nothing to do (any more).

    Raise ``Unavailable`` when store or scanner are down: the file waits, and the next call tries again.
    """
    actor = system_actor(tenant_id, source)
    try:
        with unit_of_work(backend, actor) as uow:
            before = _status(uow, file_id)
            if before not in set(expected):
                return None
            file = transfer.stored(uow, file_id)
    except CipherError:
        LOG.exception("the key of file %s does not open", file_id)
        outcome = _unreadable("The file's key does not open.")
    else:
        outcome = _look_through(backend.ports, file)
    with unit_of_work(backend, actor) as uow:
        return _settle(uow, file_id, before, outcome)


def _status(uow: UnitOfWork, file_id: UUID) -> ScanStatus:
    found = uow.session.scalar(select(File.scan_status).where(File.id == file_id, ~File.is_deleted))
    if found is None:
        raise NotFound("file")
    return ScanStatus(found)


def _look_through(ports: Ports, file: transfer.StoredFile) -> Outcome:
    # Unnamed, so the plaintext is gone with the process; bounded, as no stored file is larger than MAX_FILE_BYTES.
    with tempfile.TemporaryFile(prefix="lers-scan-") as temporary:
        plain = cast("BinaryIO", temporary)
        digest = hashlib.sha256()
        try:
            for chunk in file.chunks(ports.storage):
                digest.update(chunk)
                plain.write(chunk)
        except StoredFileDamaged:
            LOG.exception("the stored bytes of file %s do not open", file.id)
            return _unreadable("The stored bytes are gone or were changed.")
        if digest.hexdigest() != file.sha256:
            LOG.error("the stored bytes of file %s are not those that were uploaded", file.id)
            return _unreadable("The stored bytes are not those that were uploaded.")
        plain.seek(0)
        findings = [
            {"code": each.code, "message": each.message, "severity": str(each.severity)}
            for each in content.inspect(plain, file.media_type)
        ]
        plain.seek(0)
        return _with_verdict(ports, plain, findings)


def _unreadable(message: str) -> Outcome:
    return Outcome(ScanStatus.ERROR, [{"code": "unreadable", "message": message, "severity": "REFUSED"}])


def _with_verdict(ports: Ports, plain: BinaryIO, findings: list[dict[str, Any]]) -> Outcome:
    """Add the scanner's word to what the content checks found."""
    if ports.scanner is None:
        if ports.settings.scan_required:
            raise Unavailable("no virus scanner is configured: set LERS_CLAMD_SOCKET", retry_after=60)
        return Outcome(ScanStatus.SUSPICIOUS if findings else ScanStatus.UNSCANNED, findings)
    result = ports.scanner.scan(plain)
    if result.verdict is not Verdict.CLEAN:
        findings = [
            *findings,
            {
                "code": "malware" if result.verdict is Verdict.INFECTED else "scanner_policy",
                "message": f"The virus scanner reports {result.signature}.",
                "severity": "REFUSED" if result.verdict is Verdict.INFECTED else "SUSPICIOUS",
            },
        ]
    if result.verdict is Verdict.INFECTED:
        return Outcome(ScanStatus.INFECTED, findings)
    return Outcome(ScanStatus.SUSPICIOUS if findings else ScanStatus.CLEAN, findings)


def _settle(uow: UnitOfWork, file_id: UUID, before: ScanStatus, outcome: Outcome) -> ScanStatus | None:
    """Write what was found, once: a rival that settled first wins, and its word stands."""
    won = uow.session.execute(
        update(File)
        .where(File.id == file_id, File.scan_status == before.value)
        .values(
            scan_status=outcome.status.value,
            scan_findings=outcome.findings,
            scanned_at=clock.now(),
            updated_at=clock.now(),
            version=File.version + 1,
        )
        .returning(File.version)
    ).first()
    if won is None:
        return None
    uow.audit(
        "file:scan",
        "file",
        file_id,
        version=won.version,
        change={"old": before.value, "new": outcome.status.value, "findings": [f["code"] for f in outcome.findings]},
    )
    if outcome.status is not before:
        shown_to = uow.session.scalars(select(FileShare.tenant_id).where(FileShare.file_id == file_id).distinct())
        tenants = (uow.actor.tenant_id, *sorted(set(shown_to) - {uow.actor.tenant_id}))
        uow.emit(FileScanned(file_id=file_id, scan_status=outcome.status.value, tenants=tenants))
    return outcome.status


def scan_waiting(backend: Backend, *, limit: int = 50) -> dict[str, int]:
    """Look through the files that still wait, oldest first, until the scanner or the store is down again."""
    with unit_of_work(backend, system_actor()) as uow:
        waiting = uow.session.execute(text("SELECT file_id, tenant_id FROM app.pending_files(:n)"), {"n": limit}).all()
    counts = {"waiting": len(waiting), "settled": 0}
    for file_id, tenant_id in waiting:
        try:
            counts["settled"] += scan(backend, file_id, tenant_id) is not None
        except Unavailable as error:
            LOG.warning("files wait for their scan: %s", error.detail)
            break
    return counts


def rescan(
    backend: Backend, *, everything: bool = False, progress: Callable[[int, int], None] | None = None
) -> dict[str, int]:
    """Look again through files of all tenants (``flask files rescan``) and count what they were found to be.

    Takes those without a final word; with ``everything`` also the settled ones, as after new signatures.
    """
    expected = UPLOADED if everything else RESCANNED
    with unit_of_work(backend, system_actor()) as uow:
        tenants = uow.session.scalars(text("SELECT id FROM app.tenants ORDER BY id")).all()
    todo: list[tuple[UUID, UUID]] = []
    for tenant_id in tenants:
        with unit_of_work(backend, system_actor(tenant_id)) as uow:
            own = select(File.id).where(
                File.tenant_id == tenant_id, File.scan_status.in_([each.value for each in expected]), ~File.is_deleted
            )
            todo.extend((file_id, tenant_id) for file_id in uow.session.scalars(own.order_by(File.id)))
    counts: dict[str, int] = {}
    for done, (file_id, tenant_id) in enumerate(todo, start=1):
        status = scan(backend, file_id, tenant_id, expected=expected)
        if status is not None:
            counts[status.value] = counts.get(status.value, 0) + 1
        if progress is not None:
            progress(done, len(todo))
    return counts
