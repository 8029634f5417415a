"""How bytes come in and go out: streamed, hashed and encrypted on the way, with no transaction open while they flow.

``receive`` is one use case in three steps: a short transaction that checks who sends what, the stream into the store,
and a short transaction that makes it count. Each attempt has an object and a key of its own, so two that race cannot
mix their bytes: one wins, the other removes what it wrote.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import update

from lers_web.config import MAX_FILE_BYTES
from lers_web.domains.files import content, policy, reads, service
from lers_web.domains.files.events import FileUploaded
from lers_web.domains.files.models import File
from lers_web.domains.files.states import READABLE, ScanStatus
from lers_web.kernel import clock
from lers_web.kernel.crypto import KEY_BYTES
from lers_web.kernel.errors import (
    Conflict,
    FileNotClean,
    Forbidden,
    Invalid,
    LengthRequired,
    LersError,
    TooLarge,
    Unavailable,
)
from lers_web.kernel.ids import new_id
from lers_web.kernel.storage import BodyEndedEarly, Read, Storage, StoredFileDamaged, Written
from lers_web.kernel.uow import UnitOfWork

LOG = logging.getLogger(__name__)

OpenUnitOfWork = Callable[[], AbstractContextManager[UnitOfWork]]


@dataclass(frozen=True, slots=True)
class Ticket:
    """Leave to send one announced file's bytes, to a place and under a key that only this attempt has."""

    file_id: UUID
    tenant_id: UUID
    purpose: str
    filename: str
    size: int
    media_type: str
    sha256: str | None
    object_key: str
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Arrived:
    """Bytes that are in the store and are what was announced."""

    written: Written
    media_type: str


def receive(open_uow: OpenUnitOfWork, file_id: UUID, length: int | None, read: Read) -> dict[str, Any]:
    """Take the bytes of an announced file from ``read(n)`` and return the file as the API shows it.

    ``open_uow`` opens a unit of work of the sender; it is called twice, and nothing is open in between.
    """
    with open_uow() as uow:
        ticket = begin(uow, file_id, length)
        storage = uow.ports.storage
    arrived = _store(storage, ticket, read)
    try:
        with open_uow() as uow:
            finish(uow, ticket, arrived)
            return reads.one(uow, file_id)
    except LersError:
        # Nothing was committed. After any other failure that is not known: an orphan is better than a lost file.
        _discard(storage, ticket)
        raise


def begin(uow: UnitOfWork, file_id: UUID, length: int | None) -> Ticket:
    """Check everything that can be checked before a byte is read."""
    if length is None:
        raise LengthRequired("Say how long the file is: send Content-Length, not a chunked body.")
    file = service.load_file(uow, file_id)
    if file.uploaded_by_id != uow.actor.user_id:
        raise Forbidden("Only the person who announced a file may send its bytes.")
    if file.scan_status != ScanStatus.AWAITING_UPLOAD:
        raise _already_there()
    if length > MAX_FILE_BYTES:
        raise TooLarge(f"A file may have {MAX_FILE_BYTES} bytes, this body has {length}.")
    if length != file.size:
        message = f"The file was announced with {file.size} bytes, the body has {length}. Announce it again."
        raise Invalid(message, errors={"content": [message]}, code="size_mismatch")
    return Ticket(
        file_id=file.id,
        tenant_id=file.tenant_id,
        purpose=file.purpose,
        filename=file.filename,
        size=file.size,
        media_type=file.declared_media_type,
        sha256=file.declared_sha256,
        object_key=f"{file.tenant_id}/{file.id}/{new_id()}",
        key=os.urandom(KEY_BYTES),
    )


def _already_there() -> Conflict:
    return Conflict(
        "This file's bytes are there already, and bytes never change. Announce a new file.", code="already_uploaded"
    )


def _store(storage: Storage, ticket: Ticket, read: Read) -> Arrived:
    """Stream into the store and check what came; whatever is refused is removed again."""
    try:
        written = storage.put(ticket.object_key, ticket.file_id, ticket.key, read, ticket.size)
    except BodyEndedEarly as error:
        message = f"The body ended before {ticket.size} bytes had come. Send the file again."
        raise Invalid(message, errors={"content": [message]}, code="size_mismatch") from error
    try:
        return Arrived(written, _checked_type(ticket, written))
    except LersError:
        _discard(storage, ticket)
        raise


def _checked_type(ticket: Ticket, written: Written) -> str:
    sniffed = content.sniff(written.head)
    mismatch = content.matches(ticket.media_type, ticket.filename, sniffed, ticket.purpose)
    if mismatch is not None:
        raise Invalid(mismatch.message, errors={mismatch.field: [mismatch.message]}, code=mismatch.code)
    if ticket.sha256 is not None and ticket.sha256 != written.sha256:
        message = "The bytes that came do not have the SHA-256 that was announced. Send the file again."
        raise Invalid(message, errors={"sha256": [message]}, code="sha256_mismatch")
    return content.settled_media_type(ticket.media_type, ticket.filename, sniffed)


def _discard(storage: Storage, ticket: Ticket) -> None:
    try:
        storage.remove(ticket.object_key)
    except (Unavailable, StoredFileDamaged):
        LOG.warning("an object of a refused upload could not be removed: %s", ticket.object_key)


def finish(uow: UnitOfWork, ticket: Ticket, arrived: Arrived) -> None:
    """Make an upload count. Of two that race for one file exactly one gets here first, the other gets 409."""
    place = (File.__tablename__, "sealed_key", ticket.file_id)
    sealed = uow.ports.vault.seal(uow.session, ticket.tenant_id, place, ticket.key.hex())
    won = uow.session.execute(
        update(File)
        .where(
            File.id == ticket.file_id,
            File.tenant_id == ticket.tenant_id,
            File.scan_status == ScanStatus.AWAITING_UPLOAD.value,
            ~File.is_deleted,
        )
        .values(
            scan_status=ScanStatus.PENDING.value,
            media_type=arrived.media_type,
            sha256=arrived.written.sha256,
            sha512=arrived.written.sha512,
            object_key=ticket.object_key,
            sealed_key=sealed,
            uploaded_at=clock.now(),
            updated_at=clock.now(),
            version=File.version + 1,
        )
        .returning(File.version)
    ).first()
    if won is None:
        raise _already_there()
    uow.audit(
        "file:upload",
        "file",
        ticket.file_id,
        request_id=_request_of(uow, ticket.file_id),
        version=won.version,
        change={"sha256": arrived.written.sha256, "size": ticket.size},
    )
    uow.emit(FileUploaded(file_id=ticket.file_id, scan_status=ScanStatus.PENDING.value))


def _request_of(uow: UnitOfWork, file_id: UUID) -> UUID | None:
    """Return a request that the file is linked to, so that the audit trail of that request tells of it."""
    return uow.session.scalar(policy.request_of(uow.actor, file_id))


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file's place and key, for reading it after the transaction has ended."""

    id: UUID
    filename: str
    size: int
    media_type: str
    sha256: str
    sha512: str
    object_key: str
    key: bytes = field(repr=False)

    def chunks(self, storage: Storage, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Yield the plaintext from ``start`` up to ``end``; raise ``StoredFileDamaged`` when it was changed."""
        return storage.read(self.object_key, self.id, self.key, self.size, start=start, end=end)


def stored(uow: UnitOfWork, file_id: UUID) -> StoredFile:
    """Return the way to the bytes of a file that the actor sees, whatever its state: for scans and verifications."""
    file = service.load_file(uow, file_id)
    if file.sha256 is None or file.sha512 is None:
        raise FileNotClean("The bytes of this file have not been uploaded yet.")
    place = (File.__tablename__, "sealed_key", file.id)
    key = bytes.fromhex(uow.ports.vault.open(uow.session, file.tenant_id, place, file.sealed_key))
    return StoredFile(
        id=file.id,
        filename=file.filename,
        size=file.size,
        media_type=file.media_type or file.declared_media_type,
        sha256=file.sha256,
        sha512=file.sha512,
        object_key=file.object_key,
        key=key,
    )


def open_download(uow: UnitOfWork, file_id: UUID) -> StoredFile:
    """Give a person the way to a clean file's bytes; each time is an audit entry."""
    file = service.load_file(uow, file_id)
    if file.scan_status not in READABLE:
        raise FileNotClean(
            f"This file may not be read: it is {file.scan_status}, not CLEAN.", scan_status=file.scan_status
        )
    found = stored(uow, file_id)
    uow.audit(
        "file:download",
        "file",
        file_id,
        request_id=_request_of(uow, file_id),
        version=file.version,
        change={"sha256": found.sha256},
    )
    return found
