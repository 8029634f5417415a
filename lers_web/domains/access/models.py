"""The table of break-glass sessions. Rows are never removed: who looked into which case, and why, stays provable."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from lers_web.kernel import clock
from lers_web.kernel.db import Base, Identified, Versioned


class BreakGlass(Identified, Versioned, Base):
    """One administrator's look into one request's case content.

    ``two_person`` is what the agency's policy said when it was asked for. Row-level security reads this table to decide
    what an administrator sees, so that a flushed Redis or a restarted process opens nothing again.
    """

    __tablename__ = "break_glass"
    __table_args__ = (
        CheckConstraint("length(reason) > 0", name="reason"),
        CheckConstraint("confirmed_by_id <> asked_by_id", name="two_people"),
        CheckConstraint("opened_at IS NULL OR NOT two_person OR confirmed_by_id IS NOT NULL", name="confirmed"),
        CheckConstraint("expires_at <= coalesce(opened_at, created_at) + interval '60 minutes'", name="lifetime"),
        CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended"),
        Index("ix_break_glass_asked_by_id", "asked_by_id", "request_id"),
        Index("ix_break_glass_request_id", "request_id"),
    )

    request_id: Mapped[UUID] = mapped_column(ForeignKey("app.lers_requests.id", ondelete="RESTRICT"))
    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey("app.authentication_user.id", ondelete="RESTRICT"))
    reason: Mapped[str]
    two_person: Mapped[bool]
    confirmed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app.authentication_user.id", ondelete="RESTRICT"))
    opened_at: Mapped[dt.datetime | None]
    expires_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    ended_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app.authentication_user.id", ondelete="RESTRICT"))
    created_at: Mapped[dt.datetime] = mapped_column(default=clock.now)
