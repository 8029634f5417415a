"""Answers kept for repeated POSTs: the same key and body give the same answer for 24 hours (contract, section 1)."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from lers_web.kernel import clock
from lers_web.kernel.db import Base

KEPT = dt.timedelta(hours=24)


class IdempotencyKey(Base):
    """One keyed POST of one person: what was asked (as a hash) and, once it is done, what was answered."""

    __tablename__ = "idempotency_key"

    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    tenant_id: Mapped[UUID]
    fingerprint: Mapped[bytes]
    status: Mapped[int | None]
    body: Mapped[str | None]
    etag: Mapped[str | None]
    created_at: Mapped[dt.datetime] = mapped_column(default=clock.now)
