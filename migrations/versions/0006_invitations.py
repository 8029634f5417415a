"""Invitations: a person who was added sets their first password by a link; and an index to sweep old login counters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_T = "(SELECT app.tenant())"
_ISOLATION = f"""
ALTER TABLE app.auth_invitation ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.auth_invitation FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON app.auth_invitation FOR ALL
    USING (tenant_id = {_T} OR (SELECT app.is_admin())) WITH CHECK (tenant_id = {_T} OR (SELECT app.is_admin()));
CREATE POLICY definer ON app.auth_invitation FOR SELECT TO lers_owner USING (true);
GRANT SELECT, INSERT, UPDATE ON app.auth_invitation TO lers_app, lers_ops;

-- Whoever opens the link is not known yet: this looks one row up by the hash of its secret.
CREATE FUNCTION app.invitation_lookup(p_hash bytea) RETURNS TABLE (user_id uuid, tenant_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, app AS $$
    SELECT i.user_id, i.tenant_id FROM app.auth_invitation i
     WHERE i.hash = p_hash AND i.used_at IS NULL AND i.expires_at > now()
$$;
REVOKE ALL ON FUNCTION app.invitation_lookup(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.invitation_lookup(bytea) TO lers_app;
"""


def upgrade() -> None:
    op.create_table(
        "auth_invitation",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id", "tenant_id"],
            ["app.authentication_user.id", "app.authentication_user.tenant_id"],
            name=op.f("fk_auth_invitation_user_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_auth_invitation")),
        schema="app",
    )
    op.create_index("ix_auth_invitation_user_id", "auth_invitation", ["user_id"], unique=False, schema="app")
    op.create_index(
        "ix_login_counter_first_failed_at", "login_counter", ["first_failed_at"], unique=False, schema="app"
    )
    op.execute(_ISOLATION)


def downgrade() -> None:
    op.execute("DROP FUNCTION app.invitation_lookup(bytea)")
    op.drop_index("ix_login_counter_first_failed_at", table_name="login_counter", schema="app")
    op.drop_table("auth_invitation", schema="app")
