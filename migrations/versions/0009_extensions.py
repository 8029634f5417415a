"""The clock: a provider's wishes for more time, and what the agency answered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

T = "(SELECT app.tenant())"
_POLICIES = f"""
ALTER TABLE app.sla_extension ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.sla_extension FORCE ROW LEVEL SECURITY;
CREATE POLICY shared ON app.sla_extension FOR SELECT USING (
    agency_tenant_id = {T} OR (SELECT app.is_admin()) OR provider_tenant_id = {T});
CREATE POLICY added ON app.sla_extension FOR INSERT WITH CHECK (provider_tenant_id = {T});
CREATE POLICY changed ON app.sla_extension FOR UPDATE
    USING (agency_tenant_id = {T}) WITH CHECK (agency_tenant_id = {T});
GRANT SELECT, INSERT, UPDATE ON app.sla_extension TO lers_app, lers_ops;
GRANT SELECT ON app.sla_extension TO lers_hub, lers_worker;
"""


def upgrade() -> None:
    op.create_table(
        "sla_extension",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("agency_tenant_id", sa.Uuid(), nullable=False),
        sa.Column("provider_tenant_id", sa.Uuid(), nullable=False),
        sa.Column("hours", sa.Numeric(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("comments", sa.Text(), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("hours > 0", name=op.f("ck_sla_extension_hours")),
        sa.ForeignKeyConstraint(
            ["request_id", "agency_tenant_id", "provider_tenant_id"],
            ["app.lers_requests.id", "app.lers_requests.agency_tenant_id", "app.lers_requests.provider_tenant_id"],
            name=op.f("fk_sla_extension_request_id_agency_tenant_id_provider_tenant_id"),
            onupdate="CASCADE",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sla_extension")),
        schema="app",
    )
    op.create_index(
        "uq_sla_extension_open",
        "sla_extension",
        ["request_id"],
        unique=True,
        schema="app",
        postgresql_where=sa.text("granted IS NULL"),
    )
    op.execute(_POLICIES)


def downgrade() -> None:
    op.drop_table("sla_extension", schema="app")
