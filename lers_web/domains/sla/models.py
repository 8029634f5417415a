"""Tables of the clock: calendars by version, and the ledger that every due date is a pure function of."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from lers_web.kernel import clock
from lers_web.kernel.db import Base, Identified


class SlaCalendar(Base):
    """A provider's opening hours at one version. Never changed: a new one is added."""

    __tablename__ = "sla_calendar"

    tenant_id: Mapped[UUID] = mapped_column(ForeignKey("app.tenants.id", ondelete="RESTRICT"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    time_zone: Mapped[str]
    hours: Mapped[str]
    country: Mapped[str | None]
    subdivision: Mapped[str | None]
    own_dates: Mapped[list[Any]]
    holidays_affect: Mapped[bool]
    created_at: Mapped[dt.datetime] = mapped_column(default=clock.now)


class SlaEvent(Identified, Base):
    """One line of the ledger of a request's clock."""

    __tablename__ = "sla_event"
    __table_args__ = (
        ForeignKeyConstraint(
            ["request_id", "agency_tenant_id", "provider_tenant_id"],
            ["app.lers_requests.id", "app.lers_requests.agency_tenant_id", "app.lers_requests.provider_tenant_id"],
            onupdate="CASCADE",
            ondelete="RESTRICT",
        ),
        CheckConstraint("kind IN ('START','PAUSE','RESUME','EXTEND','RECALCULATED')", name="kind"),
        Index("ix_sla_event_request_id", "request_id", "at"),
    )

    request_id: Mapped[UUID]
    agency_tenant_id: Mapped[UUID]
    provider_tenant_id: Mapped[UUID]
    kind: Mapped[str]
    at: Mapped[dt.datetime]
    hours: Mapped[Decimal | None]
    actor_id: Mapped[UUID]
    reason: Mapped[str | None]
    created_at: Mapped[dt.datetime] = mapped_column(default=clock.now)


class SlaExtension(Identified, Base):
    """A provider's wish for more hours. One at a time; only a granted one changes the ledger."""

    __tablename__ = "sla_extension"
    __table_args__ = (
        ForeignKeyConstraint(
            ["request_id", "agency_tenant_id", "provider_tenant_id"],
            ["app.lers_requests.id", "app.lers_requests.agency_tenant_id", "app.lers_requests.provider_tenant_id"],
            onupdate="CASCADE",
            ondelete="RESTRICT",
        ),
        CheckConstraint("hours > 0", name="hours"),
        Index("uq_sla_extension_open", "request_id", unique=True, postgresql_where=text("granted IS NULL")),
    )

    request_id: Mapped[UUID]
    agency_tenant_id: Mapped[UUID]
    provider_tenant_id: Mapped[UUID]
    hours: Mapped[Decimal]
    reason: Mapped[str]
    asked_by_id: Mapped[UUID]
    asked_at: Mapped[dt.datetime] = mapped_column(default=clock.now)
    granted: Mapped[bool | None]
    comments: Mapped[str | None]
    decided_by_id: Mapped[UUID | None]
    decided_at: Mapped[dt.datetime | None]


class SlaNotice(Base):
    """A warning, breach or escalation that was given: the key makes each of them happen once."""

    __tablename__ = "sla_notice"
    __table_args__ = (
        ForeignKeyConstraint(
            ["request_id", "agency_tenant_id", "provider_tenant_id"],
            ["app.lers_requests.id", "app.lers_requests.agency_tenant_id", "app.lers_requests.provider_tenant_id"],
            onupdate="CASCADE",
            ondelete="RESTRICT",
        ),
        CheckConstraint("kind IN ('WARNING','LAST_HOURS','BREACH','ESCALATION_24','ESCALATION_72')", name="kind"),
    )

    request_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    due_at: Mapped[dt.datetime] = mapped_column(primary_key=True)
    agency_tenant_id: Mapped[UUID]
    provider_tenant_id: Mapped[UUID]
    given_at: Mapped[dt.datetime] = mapped_column(default=clock.now)
