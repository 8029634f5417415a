"""Tables of templates."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from lers_web.kernel.db import Base, Identified, SoftDeleted, Timestamped, Versioned


class Template(Identified, Timestamped, SoftDeleted, Versioned, Base):
    """A prepared request of one agency: ``content`` holds fields of a draft, never an identifier's value."""

    __tablename__ = "lers_templates"
    __table_args__ = (
        ForeignKeyConstraint(
            ["created_by_id", "tenant_id"],
            ["app.authentication_user.id", "app.authentication_user.tenant_id"],
            ondelete="RESTRICT",
        ),
        Index("ix_lers_templates_tenant_id", "tenant_id", "name"),
    )

    tenant_id: Mapped[UUID] = mapped_column(ForeignKey("app.tenants.id", ondelete="RESTRICT"))
    created_by_id: Mapped[UUID]
    name: Mapped[str]
    description: Mapped[str | None]
    catalog_item_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("app.lers_provider_data_catalog.id", ondelete="RESTRICT")
    )
    provider_tenant_id: Mapped[UUID | None] = mapped_column(ForeignKey("app.tenants.id", ondelete="RESTRICT"))
    request_type: Mapped[str | None]
    content: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'::jsonb"))
    is_shared: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    usage_count: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    last_used_at: Mapped[dt.datetime | None]
