"""What audit tells the jobs: ids and times only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from lers_web.kernel.outbox import DomainEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditExportAsked(DomainEvent):
    """Somebody wants an export; ``since`` and ``until`` are RFC 3339. Concerns the asker's tenant alone."""

    type: ClassVar[str] = "audit.export_asked"
    file_id: UUID
    asked_by_id: UUID
    request_id: UUID | None = None
    since: str | None = None
    until: str | None = None
