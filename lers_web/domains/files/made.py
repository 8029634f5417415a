"""Files that LERS makes for a person (exports): announced when asked for, filled by a job, downloaded like others."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import UUID

from sqlalchemy import select, update

from lers_web.config import MAX_FILE_BYTES
from lers_web.domains.files.models import File
from lers_web.domains.files.states import ScanStatus
from lers_web.kernel import clock
from lers_web.kernel.actor import Actor
from lers_web.kernel.crypto import KEY_BYTES
from lers_web.kernel.errors import TooLarge
from lers_web.kernel.ids import new_id
from lers_web.kernel.ports import Backend
from lers_web.kernel.uow import UnitOfWork, unit_of_work

__all__ = ["ScanStatus", "announce", "give_up", "keep", "state"]

PURPOSE = "EXPORT"


def announce(uow: UnitOfWork, file_id: UUID, *, filename: str, media_type: str) -> None:
    """Say that a file will be made for the actor, who alone will see it."""
    uow.session.add(
        File(
            id=file_id,
            tenant_id=uow.actor.tenant_id,
            uploaded_by_id=uow.actor.user_id,
            purpose=PURPOSE,
            filename=filename,
            size=1,  # until it is made
            declared_media_type=media_type,
            scan_status=ScanStatus.AWAITING_UPLOAD.value,
            scan_findings=[],
            object_key="",
            sealed_key="",
        )
    )


def state(uow: UnitOfWork, file_id: UUID) -> ScanStatus | None:
    """How far a file is that is made for the actor: AWAITING_UPLOAD, CLEAN or ERROR; None when it is not theirs."""
    found = uow.session.scalar(
        select(File.scan_status).where(
            File.id == file_id,
            File.purpose == PURPOSE,
            File.tenant_id == uow.actor.tenant_id,
            File.uploaded_by_id == uow.actor.user_id,
            ~File.is_deleted,
        )
    )
    return None if found is None else ScanStatus(found)


def keep(backend: Backend, actor: Actor, file_id: UUID, path: Path) -> bool:
    """Put what was made into the store, encrypted, and let it be downloaded; False when it was there already.

    It is ours, so nobody scans it. Raises ``TooLarge`` for what no file may be.
    """
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise TooLarge(f"The file that was made has {size} bytes, {MAX_FILE_BYTES} are possible. Ask for less.")
    object_key, key = f"{actor.tenant_id}/{file_id}/{new_id()}", os.urandom(KEY_BYTES)
    with path.open("rb") as file:
        written = backend.ports.storage.put(object_key, file_id, key, file.read, size)
    with unit_of_work(backend, actor) as uow:
        place = (File.__tablename__, "sealed_key", file_id)
        sealed = uow.ports.vault.seal(uow.session, actor.tenant_id, place, key.hex())
        values = {
            "scan_status": ScanStatus.CLEAN.value,
            "size": size,
            "media_type": File.declared_media_type,
            "sha256": written.sha256,
            "sha512": written.sha512,
            "object_key": object_key,
            "sealed_key": sealed,
            "uploaded_at": clock.now(),
        }
        won = _settle(uow, file_id, values)
        if won:
            uow.audit("file:made", "file", file_id, change={"sha256": written.sha256, "size": size})
    if not won:
        backend.ports.storage.remove(object_key)
    return won


def give_up(uow: UnitOfWork, file_id: UUID) -> None:
    """Say that the file will not come."""
    _settle(uow, file_id, {"scan_status": ScanStatus.ERROR.value})


def _settle(uow: UnitOfWork, file_id: UUID, values: dict[str, object]) -> bool:
    """Change a file that still waits to be made; False when it does no more."""
    waiting = (
        File.id == file_id,
        File.purpose == PURPOSE,
        File.tenant_id == uow.actor.tenant_id,
        File.scan_status == ScanStatus.AWAITING_UPLOAD.value,
    )
    changed = {**values, "updated_at": clock.now(), "version": File.version + 1}
    done = uow.session.execute(update(File).where(*waiting).values(changed).returning(File.id)).first()
    return done is not None
