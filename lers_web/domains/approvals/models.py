"""Tables of approvals: decisions, each with what was decided, sealed and perhaps signed."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from lers_web.kernel import clock
from lers_web.kernel.db import Base, Identified

_PERSON = ["app.authentication_user.id", "app.authentication_user.tenant_id"]


class Approval(Identified, Base):
    """One decision of one person at one level, with a snapshot of who they were and the seal over what they saw."""

    __tablename__ = "lers_approval_workflow"
    __table_args__ = (
        ForeignKeyConstraint(
            ["request_id", "agency_tenant_id", "provider_tenant_id"],
            ["app.lers_requests.id", "app.lers_requests.agency_tenant_id", "app.lers_requests.provider_tenant_id"],
            onupdate="CASCADE",
            ondelete="RESTRICT",
        ),
        ForeignKeyConstraint(["approver_id", "agency_tenant_id"], _PERSON, ondelete="RESTRICT"),
        ForeignKeyConstraint(["on_behalf_of_id", "agency_tenant_id"], _PERSON, ondelete="RESTRICT"),
        CheckConstraint("action IN ('APPROVE','REJECT','REQUEST_CHANGES')", name="action"),
        Index(
            "uq_lers_approval_level",
            "request_id", "content_hash", "level",
            unique=True,
            postgresql_where=text("action = 'APPROVE'"),
        ),
        Index(
            "uq_lers_approval_person",
            "request_id", "content_hash", "approver_id",
            unique=True,
            postgresql_where=text("action = 'APPROVE'"),
        ),
        Index("ix_lers_approval_request_id", "request_id", "action_timestamp"),
    )  # fmt: skip

    request_id: Mapped[UUID]
    agency_tenant_id: Mapped[UUID]
    provider_tenant_id: Mapped[UUID]
    approver_id: Mapped[UUID]
    on_behalf_of_id: Mapped[UUID | None]
    approver_snapshot: Mapped[dict[str, Any]]  # name, rank, badge_number, unit, tenant at that moment
    level: Mapped[int]
    min_rank: Mapped[str | None]
    action: Mapped[str]
    comments: Mapped[str | None]  # the agency's own, never the provider's
    content_hash: Mapped[str]
    statement: Mapped[str]  # RFC 8785 text of what was decided
    signature_hash: Mapped[str]  # SHA-256 of the statement
    seal_kid: Mapped[str]
    seal_value: Mapped[str]
    signature: Mapped[dict[str, Any] | None]  # the personal signature, where one was given
    action_timestamp: Mapped[dt.datetime]
    created_at: Mapped[dt.datetime] = mapped_column(default=clock.now)
