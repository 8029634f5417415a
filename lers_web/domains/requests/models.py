"""Tables of requests: the request, its identifiers, its participants, and the counter of its number."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from lers_web.kernel import clock
from lers_web.kernel.db import Base, Identified, SoftDeleted, Timestamped, Versioned

_SEARCH = (
    "to_tsvector('simple', coalesce(request_number,'') || ' ' || coalesce(court_order_number,''))"
    " || to_tsvector('english', coalesce(description,''))"
)


_ASKED_OF_AGENCIES = [
    "provider_tenant_id",
    "created_by_id",
    "submitted_at",
    "first_sent_for_approval_at",
    "is_deleted",
]
_ASKED_OF_PROVIDERS = ["agency_tenant_id", "submitted_at", "is_deleted"]
"""What ``policy.visible_to`` and row-level security ask of a row."""
_PERSON = ["app.authentication_user.id", "app.authentication_user.tenant_id"]


class Request(Identified, Timestamped, SoftDeleted, Versioned, Base):
    """A request for data: the agency asks, the provider answers. ``service.transition`` alone writes ``status``."""

    __tablename__ = "lers_requests"
    __table_args__ = (
        UniqueConstraint("id", "agency_tenant_id", "provider_tenant_id"),  # target of the children's composite keys
        UniqueConstraint("request_number"),
        CheckConstraint(
            "status IN ('DRAFT','PENDING_APPROVAL','APPROVED','SUBMITTED','ACKNOWLEDGED','IN_PROGRESS',"
            "'RESPONSE_UPLOADED','COMPLETED','CANCELLED','REJECTED')",
            name="status",
        ),
        CheckConstraint("priority IN ('NORMAL','URGENT','CRITICAL')", name="priority"),
        ForeignKeyConstraint(
            ["created_by_id", "agency_tenant_id"],
            ["app.authentication_user.id", "app.authentication_user.tenant_id"],
            ondelete="RESTRICT",
        ),
        ForeignKeyConstraint(["approved_by_id", "agency_tenant_id"], _PERSON, ondelete="RESTRICT"),
        ForeignKeyConstraint(["assigned_to_company_id", "provider_tenant_id"], _PERSON, ondelete="RESTRICT"),
        ForeignKeyConstraint(
            ["legal_mandate_file_id", "agency_tenant_id"],
            ["app.lers_files.id", "app.lers_files.tenant_id"],
            ondelete="RESTRICT",
        ),
        # Composite list indexes for both sides: with single-column ones the list falls to an eighth (performance.md).
        # What is included lets a list's total be counted from the index alone (docs/adr/0056-lists-from-indexes.md).
        Index("ix_lers_requests_agency", "agency_tenant_id", "created_at", "id", postgresql_include=_ASKED_OF_AGENCIES),
        Index(
            "ix_lers_requests_agency_status",
            "agency_tenant_id",
            "status",
            "created_at",
            postgresql_include=_ASKED_OF_AGENCIES,
        ),
        Index("ix_lers_requests_created", "created_at", "id"),
        Index("ix_lers_requests_creator", "created_by_id", "created_at", "id"),
        Index(
            "ix_lers_requests_provider",
            "provider_tenant_id",
            "created_at",
            "id",
            postgresql_include=_ASKED_OF_PROVIDERS,
        ),
        Index(
            "ix_lers_requests_provider_status",
            "provider_tenant_id",
            "status",
            "created_at",
            postgresql_include=_ASKED_OF_PROVIDERS,
        ),
        Index("ix_lers_requests_running_number", text('"right"(request_number, 6)')),
        Index("ix_lers_requests_updated", "updated_at", "id"),
        Index(
            "ix_lers_requests_sla_due",
            "sla_due_date",
            postgresql_where=text("status IN ('SUBMITTED','ACKNOWLEDGED','IN_PROGRESS','RESPONSE_UPLOADED')"),
        ),
        Index(
            "ix_lers_requests_sla_warn",
            "sla_warn_at",
            postgresql_where=text("status IN ('SUBMITTED','ACKNOWLEDGED','IN_PROGRESS','RESPONSE_UPLOADED')"),
        ),
        Index("ix_lers_requests_search", "search_vector", postgresql_using="gin"),
        Index("ix_lers_requests_search_agency", "search_vector_agency", postgresql_using="gin"),
    )

    request_number: Mapped[str]
    request_type: Mapped[str]
    provider: Mapped[str | None]  # the provider's name as it was when the request was made
    agency_tenant_id: Mapped[UUID] = mapped_column(ForeignKey("app.tenants.id", ondelete="RESTRICT"))
    provider_tenant_id: Mapped[UUID] = mapped_column(ForeignKey("app.tenants.id", ondelete="RESTRICT"))
    catalog_item_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("app.lers_provider_data_catalog.id", ondelete="RESTRICT")
    )
    catalog_item_version: Mapped[int | None]
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'::jsonb"))
    description: Mapped[str | None]
    date_range_from: Mapped[dt.date | None]
    date_range_to: Mapped[dt.date | None]
    legal_mandate_type: Mapped[str | None]
    legal_mandate_file_id: Mapped[UUID | None]
    court_order_number: Mapped[str | None]
    case_reference: Mapped[str | None]
    parent_request_id: Mapped[UUID | None] = mapped_column(ForeignKey("app.lers_requests.id", ondelete="RESTRICT"))
    status: Mapped[str] = mapped_column(default="DRAFT")
    priority: Mapped[str] = mapped_column(default="NORMAL")
    created_by_id: Mapped[UUID] = mapped_column(ForeignKey("app.authentication_user.id", ondelete="RESTRICT"))
    approved_by_id: Mapped[UUID | None]
    assigned_to_company_id: Mapped[UUID | None]  # the provider's colleague; ``assigned_to`` outside
    approval_level: Mapped[int] = mapped_column(default=0, server_default=text("0"))  # levels already given
    approval_route: Mapped[list[Any]] = mapped_column(default=list, server_default=text("'[]'::jsonb"))
    sent_version: Mapped[int | None]  # the version that was last sent for approval: each sending is decided anew
    content_hash: Mapped[str | None]  # of what was sent for approval; a change voids what was approved
    clarifications: Mapped[int] = mapped_column(default=0, server_default=text("0"))  # how often the provider asked
    sla_hours: Mapped[float | None]  # the promise as it was when the clock started
    sla_business: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    sla_statutory: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    sla_calendar_version: Mapped[int | None]
    sla_due_date: Mapped[dt.datetime | None]
    sla_warn_at: Mapped[dt.datetime | None]
    sla_paused_at: Mapped[dt.datetime | None]
    sla_breached: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    sla_breached_at: Mapped[dt.datetime | None]
    sla_met: Mapped[bool | None]
    first_sent_for_approval_at: Mapped[dt.datetime | None]
    approved_at: Mapped[dt.datetime | None]
    submitted_at: Mapped[dt.datetime | None]
    acknowledged_at: Mapped[dt.datetime | None]
    started_at: Mapped[dt.datetime | None]
    response_uploaded_at: Mapped[dt.datetime | None]
    completed_at: Mapped[dt.datetime | None]
    closed_at: Mapped[dt.datetime | None]
    notes: Mapped[str | None]  # the agency's own, never the provider's
    rejection_reason: Mapped[str | None]
    rejection_reason_code: Mapped[str | None]
    metadata_: Mapped[dict[str, Any]] = mapped_column(
        "metadata", default=dict, server_default=text("'{}'::jsonb")
    )  # the agency's own, never the provider's
    search_vector: Mapped[str] = mapped_column(TSVECTOR, Computed(_SEARCH, persisted=True), deferred=True)
    search_vector_agency: Mapped[str] = mapped_column(
        TSVECTOR,
        Computed(_SEARCH + " || to_tsvector('english', coalesce(notes,''))", persisted=True),
        deferred=True,
    )


_PARENT = ["app.lers_requests.id", "app.lers_requests.agency_tenant_id", "app.lers_requests.provider_tenant_id"]


class RequestIdentifier(Identified, Base):
    """One identifier that data is asked about. The value is sealed; equal values are found by the blind indexes."""

    __tablename__ = "request_identifier"
    __table_args__ = (
        ForeignKeyConstraint(
            ["request_id", "agency_tenant_id", "provider_tenant_id"], _PARENT, onupdate="CASCADE", ondelete="RESTRICT"
        ),
        CheckConstraint("outcome IN ('PENDING','DISCLOSED','PARTIAL','NO_DATA','REJECTED','INVALID')", name="outcome"),
        UniqueConstraint("request_id", "position"),
        Index("ix_request_identifier_agency", "agency_tenant_id", "index_agency"),
        Index("ix_request_identifier_provider", "provider_tenant_id", "index_provider"),
    )

    request_id: Mapped[UUID]
    agency_tenant_id: Mapped[UUID]
    provider_tenant_id: Mapped[UUID]
    position: Mapped[int]
    type: Mapped[str]
    sealed: Mapped[str]  # {"value", "from", "to", "port", "note", …} under the agency's key (kernel/crypto)
    masked: Mapped[str]
    index_agency: Mapped[bytes] = mapped_column(LargeBinary)
    index_provider: Mapped[bytes] = mapped_column(LargeBinary)
    outcome: Mapped[str] = mapped_column(default="PENDING", server_default="PENDING")
    reason_code: Mapped[str | None]
    created_at: Mapped[dt.datetime] = mapped_column(default=clock.now)


class RequestParticipant(Base):
    """A colleague of the same tenant who sees the request too."""

    __tablename__ = "request_participant"
    __table_args__ = (
        ForeignKeyConstraint(
            ["request_id", "agency_tenant_id", "provider_tenant_id"], _PARENT, onupdate="CASCADE", ondelete="RESTRICT"
        ),
        ForeignKeyConstraint(["user_id", "agency_tenant_id"], _PERSON, ondelete="RESTRICT"),
        Index("ix_request_participant_user_id", "user_id"),
    )

    request_id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_tenant_id: Mapped[UUID]
    provider_tenant_id: Mapped[UUID]
    added_by_id: Mapped[UUID]
    created_at: Mapped[dt.datetime] = mapped_column(default=clock.now)


class RequestCounter(Base):
    """The last number given out, by agency and year."""

    __tablename__ = "request_counter"

    tenant_id: Mapped[UUID] = mapped_column(ForeignKey("app.tenants.id", ondelete="RESTRICT"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
