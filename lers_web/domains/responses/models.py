"""Tables of responses: the response with its signed manifest, and the files in it."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lers_web.kernel.db import Base, Identified, Timestamped, Versioned

_PERSON = ["app.authentication_user.id", "app.authentication_user.tenant_id"]
_PARENT = ["app.lers_requests.id", "app.lers_requests.agency_tenant_id", "app.lers_requests.provider_tenant_id"]


class Response(Identified, Timestamped, Versioned, Base):
    """What a provider answered at one time. The manifest is sealed; accepting and rating belong to the officer."""

    __tablename__ = "lers_responses"
    __table_args__ = (
        ForeignKeyConstraint(
            ["request_id", "agency_tenant_id", "provider_tenant_id"], _PARENT, onupdate="CASCADE", ondelete="RESTRICT"
        ),
        ForeignKeyConstraint(["submitted_by_id", "provider_tenant_id"], _PERSON, ondelete="RESTRICT"),
        ForeignKeyConstraint(["decided_by_id", "agency_tenant_id"], _PERSON, ondelete="RESTRICT"),
        UniqueConstraint("response_number"),
        UniqueConstraint("id", "agency_tenant_id", "provider_tenant_id"),
        CheckConstraint("status IN ('RECEIVED','PARSED','PARSE_FAILED','ACCEPTED','REJECTED')", name="status"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
        Index("ix_lers_responses_request_id", "request_id"),
        Index("ix_lers_responses_submitted_at", "submitted_at"),
        Index("ix_lers_responses_status", "status"),
    )

    request_id: Mapped[UUID]
    agency_tenant_id: Mapped[UUID]
    provider_tenant_id: Mapped[UUID]
    response_number: Mapped[str]
    submitted_by_id: Mapped[UUID]
    submitter_snapshot: Mapped[dict[str, Any]]
    submitted_at: Mapped[dt.datetime]
    status: Mapped[str] = mapped_column(default="RECEIVED")
    is_partial: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    parsed_data: Mapped[dict[str, Any] | None]
    outcomes: Mapped[list[Any]] = mapped_column(default=list, server_default=text("'[]'::jsonb"))
    manifest: Mapped[str]  # RFC 8785 text: each file's name, size, SHA-256, SHA-512
    seal_kid: Mapped[str]
    seal_value: Mapped[str]
    signature: Mapped[dict[str, Any] | None]  # the personal signature, where one was given
    signature_verified: Mapped[bool | None]  # of the last verification; a view recomputes it, nothing trusts it
    response_text: Mapped[str | None]
    remarks: Mapped[str | None]
    decided_by_id: Mapped[UUID | None]
    decided_at: Mapped[dt.datetime | None]
    rejection_reason: Mapped[str | None]
    rating: Mapped[int | None]
    rating_comment: Mapped[str | None]
    rated_at: Mapped[dt.datetime | None]
    metadata_: Mapped[dict[str, Any]] = mapped_column("metadata", default=dict, server_default=text("'{}'::jsonb"))


class ResponseFile(Base):
    """A file of a response, with its hashes as they stood in the manifest."""

    __tablename__ = "response_file"
    __table_args__ = (
        ForeignKeyConstraint(
            ["response_id", "agency_tenant_id", "provider_tenant_id"],
            ["app.lers_responses.id", "app.lers_responses.agency_tenant_id", "app.lers_responses.provider_tenant_id"],
            onupdate="CASCADE",
            ondelete="RESTRICT",
        ),
        ForeignKeyConstraint(
            ["file_id", "provider_tenant_id"], ["app.lers_files.id", "app.lers_files.tenant_id"], ondelete="RESTRICT"
        ),
        UniqueConstraint("file_id"),
    )

    response_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[UUID]
    agency_tenant_id: Mapped[UUID]
    provider_tenant_id: Mapped[UUID]
