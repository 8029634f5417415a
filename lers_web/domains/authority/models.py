"""Tables of authority: rules (who approves what, at how many levels) and delegations."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from lers_web.kernel.db import Base, Identified, SoftDeleted, Timestamped, Versioned

_PERSON = ["app.authentication_user.id", "app.authentication_user.tenant_id"]


class AuthorityRule(Identified, Timestamped, SoftDeleted, Versioned, Base):
    """For requests of one agency that match: the levels of approval, each with its minimum rank.

    An empty ``request_type``, ``legal_mandate_type`` or ``priority`` matches any; the most specific rule wins.
    """

    __tablename__ = "authority_rule"
    __table_args__ = (Index("ix_authority_rule_tenant_id", "tenant_id"),)

    tenant_id: Mapped[UUID] = mapped_column(ForeignKey("app.tenants.id", ondelete="RESTRICT"))
    request_type: Mapped[str | None]
    legal_mandate_type: Mapped[str | None]
    priority: Mapped[str | None]
    levels: Mapped[list[Any]]  # [{"level": 1, "min_rank": "SHO"}, …]
    note: Mapped[str | None]


class Delegation(Identified, Timestamped, SoftDeleted, Versioned, Base):
    """An absent approver's deputy may act for a time; both names stand on the decision."""

    __tablename__ = "delegation"
    __table_args__ = (
        CheckConstraint("valid_until > valid_from", name="period"),
        CheckConstraint("from_user_id <> to_user_id", name="two_people"),
        ForeignKeyConstraint(["from_user_id", "tenant_id"], _PERSON, ondelete="RESTRICT"),
        ForeignKeyConstraint(["to_user_id", "tenant_id"], _PERSON, ondelete="RESTRICT"),
        Index("ix_delegation_to_user_id", "to_user_id"),
    )

    tenant_id: Mapped[UUID] = mapped_column(ForeignKey("app.tenants.id", ondelete="RESTRICT"))
    from_user_id: Mapped[UUID]
    to_user_id: Mapped[UUID]
    request_type: Mapped[str | None]
    valid_from: Mapped[dt.datetime]
    valid_until: Mapped[dt.datetime]
    reason: Mapped[str | None]
