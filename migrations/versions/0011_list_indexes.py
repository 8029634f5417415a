"""Requests: indexes from which a list's total is counted alone, and one for the lists of administrators."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_AGENCIES = ["provider_tenant_id", "created_by_id", "submitted_at", "first_sent_for_approval_at", "is_deleted"]
_PROVIDERS = ["agency_tenant_id", "submitted_at", "is_deleted"]
_INDEXES = {
    "ix_lers_requests_agency": (["agency_tenant_id", "created_at", "id"], _AGENCIES),
    "ix_lers_requests_agency_status": (["agency_tenant_id", "status", "created_at"], _AGENCIES),
    "ix_lers_requests_provider": (["provider_tenant_id", "created_at", "id"], _PROVIDERS),
    "ix_lers_requests_provider_status": (["provider_tenant_id", "status", "created_at"], _PROVIDERS),
}


def upgrade() -> None:
    for name, (columns, include) in _INDEXES.items():
        op.drop_index(name, table_name="lers_requests", schema="app")
        op.create_index(name, "lers_requests", columns, schema="app", postgresql_include=include)
    op.create_index("ix_lers_requests_created", "lers_requests", ["created_at", "id"], schema="app")


def downgrade() -> None:
    op.drop_index("ix_lers_requests_created", table_name="lers_requests", schema="app")
    for name, (columns, _) in _INDEXES.items():
        op.drop_index(name, table_name="lers_requests", schema="app")
        op.create_index(name, "lers_requests", columns, schema="app")
