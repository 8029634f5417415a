"""Use cases of files: announce one, receive its bytes, link it to a request, show it to the other side.

The bytes themselves flow outside any transaction: ``transfer.py`` moves them in and out, ``scanning.py`` looks
through them. Bytes never change after the upload, and no client names their place in the store.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert

from lers_web.config import MAX_FILE_BYTES
from lers_web.domains.files import content, policy
from lers_web.domains.files.media_types import Purpose, declared_type
from lers_web.domains.files.models import File, FileShare
from lers_web.domains.files.policy import register_visibility
from lers_web.domains.files.states import READABLE, ScanStatus
from lers_web.kernel import clock
from lers_web.kernel.errors import Invalid, NotFound, TooLarge, TooManyRequests
from lers_web.kernel.ids import new_id
from lers_web.kernel.uow import UnitOfWork

__all__ = [
    "FileFacts",
    "announce",
    "expire_announcements",
    "facts",
    "link",
    "load_file",
    "register_visibility",
    "require_usable",
    "share",
    "unlink",
    "usable_problems",
]

MAX_UNFINISHED = 20
UNFINISHED_KEPT = dt.timedelta(hours=24)
MAX_FILES_NAMED = 100


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What other domains may build on: what a file is and whether it may be used."""

    id: UUID
    filename: str
    size: int
    media_type: str
    purpose: str
    scan_status: str
    sha256: str | None
    sha512: str | None
    tenant_id: UUID
    uploaded_by_id: UUID

    @property
    def usable(self) -> bool:
        """Whether it was found clean (or may pass unscanned here)."""
        return self.scan_status in READABLE


def load_file(uow: UnitOfWork, file_id: UUID) -> File:
    """Load a file the actor may see. One they may not see does not exist for them."""
    row = uow.session.scalar(select(File).where(File.id == file_id, policy.visible_to(uow.actor)))
    if row is None:
        raise NotFound("file")
    return row


def announce(
    uow: UnitOfWork,
    *,
    filename: str,
    size: int,
    media_type: str,
    purpose: str,
    sha256: str | None = None,
    request_id: UUID | None = None,
) -> UUID:
    """Say that a file is coming: everything that can be refused is refused here, before a byte is sent."""
    kind = Purpose(purpose)
    policy.require_purpose(uow.actor, kind)
    if size > MAX_FILE_BYTES:
        raise TooLarge(f"A file may have {MAX_FILE_BYTES} bytes, this one has {size}. Split it, or compress it.")
    name = content.clean_filename(filename)
    mismatch = content.check_declared(media_type, name, kind)
    if mismatch is not None:
        raise Invalid(mismatch.message, errors={mismatch.field: [mismatch.message]}, code=mismatch.code)
    if request_id is not None and not uow.session.scalar(select(policy.request_visible(uow.actor, request_id))):
        raise NotFound("request")
    _hold_to_quota(uow)
    file_id = new_id()
    uow.session.add(
        File(
            id=file_id,
            tenant_id=uow.actor.tenant_id,
            uploaded_by_id=uow.actor.user_id,
            purpose=kind.value,
            filename=name,
            size=size,
            declared_media_type=declared_type(media_type, name),
            declared_sha256=sha256.lower() if sha256 else None,
            scan_status=ScanStatus.AWAITING_UPLOAD.value,
            scan_findings=[],
            object_key="",  # both are chosen by the upload that succeeds
            sealed_key="",
        )
    )
    uow.session.flush()  # the link's foreign key needs the row
    if request_id is not None:
        link(uow, file_id, request_id)
    uow.audit("file:announce", "file", file_id, request_id=request_id, change={"purpose": kind.value, "size": size})
    return file_id


def _hold_to_quota(uow: UnitOfWork) -> None:
    """Refuse more announcements than a person can be uploading at one time."""
    unfinished = uow.session.scalar(
        select(func.count())
        .select_from(File)
        .where(
            File.tenant_id == uow.actor.tenant_id,
            File.uploaded_by_id == uow.actor.user_id,
            File.scan_status == ScanStatus.AWAITING_UPLOAD,
            File.created_at > clock.now() - UNFINISHED_KEPT,
            ~File.is_deleted,
        )
    )
    if (unfinished or 0) >= MAX_UNFINISHED:
        raise TooManyRequests(
            f"You have announced {unfinished} files and not sent their bytes. Send them, or wait: "
            "announcements lapse after a day.",
            retry_after=3600,
        )


def link(uow: UnitOfWork, file_id: UUID, request_id: UUID) -> None:
    """Tie one of the own tenant's files to a request: colleagues who see the request then see the file."""
    share(uow, [file_id], request_id, uow.actor.tenant_id)


def unlink(uow: UnitOfWork, file_id: UUID, request_id: UUID) -> None:
    """Untie a file from a request again, for a draft that takes another one."""
    uow.session.execute(
        delete(FileShare).where(
            FileShare.file_id == file_id,
            FileShare.request_id == request_id,
            FileShare.owner_tenant_id == uow.actor.tenant_id,
        )
    )


def share(uow: UnitOfWork, file_ids: Iterable[UUID], request_id: UUID, tenant_id: UUID) -> None:
    """Show the own tenant's files to those people of ``tenant_id`` who see the request. Repeating it is harmless."""
    wanted = set(file_ids)
    if not wanted:
        return
    owned = set(
        uow.session.scalars(
            select(File.id).where(File.id.in_(wanted), File.tenant_id == uow.actor.tenant_id, ~File.is_deleted)
        )
    )
    if owned != wanted:
        raise NotFound("file")
    rows = [
        {
            "file_id": file_id,
            "request_id": request_id,
            "owner_tenant_id": uow.actor.tenant_id,
            "tenant_id": tenant,
            "shared_at": clock.now(),
        }
        for file_id in sorted(owned)
        for tenant in {uow.actor.tenant_id, tenant_id}
    ]
    uow.session.execute(pg_insert(FileShare).values(rows).on_conflict_do_nothing())


def facts(uow: UnitOfWork, file_ids: Iterable[UUID]) -> dict[UUID, FileFacts]:
    """Return what is known of those files that the actor sees."""
    columns: tuple[Any, ...] = (
        File.id,
        File.filename,
        File.size,
        func.coalesce(File.media_type, File.declared_media_type),
        File.purpose,
        File.scan_status,
        File.sha256,
        File.sha512,
        File.tenant_id,
        File.uploaded_by_id,
    )
    rows = uow.session.execute(select(*columns).where(File.id.in_(list(file_ids)), policy.visible_to(uow.actor)))
    return {row[0]: FileFacts(*row) for row in rows}


def usable_problems(
    known: dict[UUID, FileFacts], file_ids: Sequence[UUID], purposes: Iterable[Purpose | str], tenant_id: UUID
) -> list[str]:
    """Say in sentences why named files may not be used: unknown, another's, of another purpose, not clean."""
    problems = []
    taken = {Purpose(each) for each in purposes}
    for file_id in file_ids:
        file = known.get(file_id)
        if file is None or file.tenant_id != tenant_id:
            problems.append(f"There is no file {file_id}, or it is not yours to use.")
        elif file.purpose not in taken:
            problems.append(f"“{file.filename}” was uploaded for {file.purpose}, not for {' or '.join(sorted(taken))}.")
        elif not file.usable:
            problems.append(f"“{file.filename}” may not be used: {_WHY[ScanStatus(file.scan_status)]}")
    return problems


_WHY = {
    ScanStatus.AWAITING_UPLOAD: "its bytes have not been uploaded yet.",
    ScanStatus.PENDING: "it is still being scanned. Try again in a moment.",
    ScanStatus.SUSPICIOUS: "the content check holds it back. Export the document again without active content.",
    ScanStatus.INFECTED: "the scanner found malware in it. Upload a clean copy.",
    ScanStatus.ERROR: "it could not be read back. Upload it again.",
    ScanStatus.CLEAN: "",
    ScanStatus.UNSCANNED: "",
}


def require_usable(
    uow: UnitOfWork, file_ids: Sequence[UUID], purpose: Purpose | str, *, field: str = "file_ids"
) -> list[FileFacts]:
    """Return the facts of clean files of the own tenant and this purpose, in the order named, or raise ``Invalid``."""
    if len(file_ids) > MAX_FILES_NAMED or len(set(file_ids)) != len(file_ids):
        raise Invalid(errors={field: [f"Name each file once, and {MAX_FILES_NAMED} at most."]})
    known = facts(uow, file_ids)
    problems = usable_problems(known, file_ids, [purpose], uow.actor.tenant_id)
    if problems:
        unclean = any(file_id in known and not known[file_id].usable for file_id in file_ids)
        raise Invalid(" ".join(problems), errors={field: problems}, code="file_not_clean" if unclean else None)
    return [known[file_id] for file_id in file_ids]


def expire_announcements(uow: UnitOfWork) -> int:
    """Let the tenant's announcements lapse whose bytes never came; return how many."""
    lapsed = uow.session.execute(
        update(File)
        .where(
            File.tenant_id == uow.actor.tenant_id,
            File.scan_status == ScanStatus.AWAITING_UPLOAD.value,
            File.created_at < clock.now() - UNFINISHED_KEPT,
            ~File.is_deleted,
        )
        .values(is_deleted=True, updated_at=clock.now(), version=File.version + 1)
        .returning(File.id)
    )
    return len(lapsed.all())
