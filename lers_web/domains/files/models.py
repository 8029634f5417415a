"""Tables of files."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lers_web.kernel import clock
from lers_web.kernel.db import Base, Identified, SoftDeleted, Timestamped, Versioned


class File(Identified, Timestamped, SoftDeleted, Versioned, Base):
    """A file of one tenant. Its bytes never change after the upload; no client names its place in the store."""

    __tablename__ = "lers_files"
    __table_args__ = (
        CheckConstraint("purpose IN ('MANDATE','RESPONSE','EVIDENCE','CHAT','SAMPLE','EXPORT')", name="purpose"),
        CheckConstraint(
            "scan_status IN ('AWAITING_UPLOAD','PENDING','CLEAN','SUSPICIOUS','INFECTED','ERROR','UNSCANNED')",
            name="scan_status",
        ),
        CheckConstraint("size >= 1 AND size <= 52428800", name="size"),
        Index("ix_lers_files_pending", "created_at", postgresql_where=text("scan_status = 'PENDING'")),
        Index("ix_lers_files_tenant_id", "tenant_id", "created_at"),
        UniqueConstraint("id", "tenant_id"),  # target of the composite keys of whatever names a file
        ForeignKeyConstraint(
            ["uploaded_by_id", "tenant_id"],
            ["app.authentication_user.id", "app.authentication_user.tenant_id"],
            ondelete="RESTRICT",
        ),
    )

    tenant_id: Mapped[UUID] = mapped_column(ForeignKey("app.tenants.id", ondelete="RESTRICT"))
    uploaded_by_id: Mapped[UUID]
    purpose: Mapped[str]
    filename: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    declared_media_type: Mapped[str]
    media_type: Mapped[str | None]
    declared_sha256: Mapped[str | None]
    sha256: Mapped[str | None]
    sha512: Mapped[str | None]
    scan_status: Mapped[str] = mapped_column(default="AWAITING_UPLOAD")
    scan_findings: Mapped[list[Any]] = mapped_column(default=list, server_default=text("'[]'::jsonb"))
    scanned_at: Mapped[dt.datetime | None]
    uploaded_at: Mapped[dt.datetime | None]
    object_key: Mapped[str]
    sealed_key: Mapped[str]  # the file's own key, sealed under the tenant's (kernel/crypto)


class FileShare(Base):
    """A file shown to the other side of a request: the only way across the wall."""

    __tablename__ = "file_share"
    __table_args__ = (
        ForeignKeyConstraint(
            ["file_id", "owner_tenant_id"], ["app.lers_files.id", "app.lers_files.tenant_id"], ondelete="RESTRICT"
        ),
        Index("ix_file_share_request_id", "request_id"),
    )

    file_id: Mapped[UUID] = mapped_column(primary_key=True)
    request_id: Mapped[UUID] = mapped_column(ForeignKey("app.lers_requests.id", ondelete="RESTRICT"), primary_key=True)
    owner_tenant_id: Mapped[UUID]
    # The tenant that is shown the file; the owner's own rows name the owner, and only link file and request.
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    shared_at: Mapped[dt.datetime] = mapped_column(default=clock.now)
