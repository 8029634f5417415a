"""What happens to files, told to jobs and hub: ids and states only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from lers_web.kernel.outbox import DomainEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class FileUploaded(DomainEvent):
    """The bytes have arrived and match what was announced; nobody has looked through them yet."""

    type: ClassVar[str] = "file.uploaded"
    file_id: UUID
    scan_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileScanned(DomainEvent):
    """A file was looked through, or could not be."""

    type: ClassVar[str] = "file.scanned"
    file_id: UUID
    scan_status: str
