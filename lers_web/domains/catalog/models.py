"""Tables of the catalog: items with their versions, and the provider's service profile."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lers_web.kernel import clock
from lers_web.kernel.db import Base, Identified, SoftDeleted, Timestamped, Versioned


class CatalogItem(Identified, Timestamped, SoftDeleted, Versioned, Base):
    """One kind of data that a provider gives out, on which authority, how fast."""

    __tablename__ = "lers_provider_data_catalog"
    __table_args__ = (
        UniqueConstraint("id", "provider_tenant_id"),  # target of the composite key of its versions
        CheckConstraint("sla_turnaround_hours > 0", name="sla"),
        Index("ix_catalog_provider_category", "provider_tenant_id", "category"),
        Index("ix_catalog_sla", "sla_turnaround_hours"),
        Index(
            "ix_catalog_sample",
            "sample_output_file_id",
            postgresql_where=text("sample_output_file_id IS NOT NULL"),
        ),
    )

    provider_tenant_id: Mapped[UUID] = mapped_column(ForeignKey("app.tenants.id", ondelete="RESTRICT"))
    name: Mapped[str]
    description: Mapped[str | None]
    category: Mapped[str]
    request_type: Mapped[str]
    sla_turnaround_hours: Mapped[int]
    sla_turnaround_hours_urgent: Mapped[int | None]
    sla_turnaround_hours_critical: Mapped[int | None]
    sla_business_hours_only: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    sla_statutory: Mapped[bool] = mapped_column(default=False, server_default=text("false"))  # elapsed, never pauses
    actual_avg_turnaround: Mapped[float | None]
    actual_median_turnaround_hours: Mapped[float | None]
    sla_compliance_rate: Mapped[float | None]
    total_requests_fulfilled: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    required_fields: Mapped[list[Any]] = mapped_column(default=list, server_default=text("'[]'::jsonb"))
    required_legal_mandate: Mapped[str | None]
    requires_mandate_file: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    requires_court_order: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    output_format: Mapped[str | None]
    output_description: Mapped[str | None]
    sample_output_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("app.lers_files.id", ondelete="RESTRICT"))
    is_active: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    is_featured: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    notes_for_law_enforcement: Mapped[str | None]


class CatalogVersion(Base):
    """What an item asked for at one version: requests made from it keep theirs."""

    __tablename__ = "catalog_version"
    __table_args__ = (
        ForeignKeyConstraint(
            ["item_id", "provider_tenant_id"],
            ["app.lers_provider_data_catalog.id", "app.lers_provider_data_catalog.provider_tenant_id"],
            ondelete="RESTRICT",
        ),
    )

    item_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    provider_tenant_id: Mapped[UUID]
    snapshot: Mapped[dict[str, Any]]
    created_at: Mapped[dt.datetime] = mapped_column(default=clock.now)


class ServiceProfile(Identified, Timestamped, Versioned, Base):
    """How a provider works: hours, holidays, nodal officer, promises; and the figures of how it kept them."""

    __tablename__ = "lers_provider_service_profile"

    provider_tenant_id: Mapped[UUID] = mapped_column(ForeignKey("app.tenants.id", ondelete="RESTRICT"), unique=True)
    service_hours: Mapped[str] = mapped_column(default="24x7")
    time_zone: Mapped[str] = mapped_column(default="Asia/Kolkata", server_default="Asia/Kolkata")
    country: Mapped[str | None]
    state: Mapped[str | None]
    own_holidays: Mapped[list[Any]] = mapped_column(default=list, server_default=text("'[]'::jsonb"))
    holidays_affect_sla: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    nodal_officer_name: Mapped[str | None]
    nodal_officer_email: Mapped[str | None]
    nodal_officer_phone: Mapped[str | None]
    emergency_contact: Mapped[str | None]
    overall_sla_compliance_rate: Mapped[float | None]
    total_requests_received: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    total_requests_completed: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    total_requests_rejected: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    total_clarifications: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    avg_response_time_hours: Mapped[float | None]
    rejection_rate: Mapped[float | None]
    clarification_request_rate: Mapped[float | None]
    iso_certified: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    data_security_certified: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    service_commitment: Mapped[str | None]
    metrics_last_updated: Mapped[dt.datetime | None]
