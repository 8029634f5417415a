"""Second factors: an authenticator's secret (sealed), recovery codes (hashed), and when a sign-in was proved by one.

A person's rows are theirs alone: not even their administrators see them. The operator may remove them, and cannot read
a secret or a code. ``authentication_user.totp_secret``, which nothing ever wrote, goes.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_MINE = "tenant_id = (SELECT app.tenant()) AND user_id = (SELECT app.person())"
_TABLES = ("auth_totp", "auth_recovery_code")

_GRANTS = """
GRANT SELECT, INSERT, DELETE ON app.auth_totp, app.auth_recovery_code TO lers_app;
GRANT UPDATE (confirmed_at, expires_at, last_step) ON app.auth_totp TO lers_app;
GRANT UPDATE (used_at) ON app.auth_recovery_code TO lers_app;
GRANT SELECT (id, user_id, tenant_id, confirmed_at), DELETE ON app.auth_totp TO lers_ops;
GRANT SELECT (user_id, tenant_id, used_at), DELETE ON app.auth_recovery_code TO lers_ops;
"""

_GUARDS = """
CREATE FUNCTION app.guard_totp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.last_step IS NOT NULL AND (NEW.last_step IS NULL OR NEW.last_step < OLD.last_step) THEN
        RAISE EXCEPTION 'a code that was taken stays taken' USING errcode = 'check_violation';
    END IF;
    IF OLD.confirmed_at IS NOT NULL AND NEW.confirmed_at IS DISTINCT FROM OLD.confirmed_at THEN
        RAISE EXCEPTION 'a second factor is confirmed once' USING errcode = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON app.auth_totp FOR EACH ROW EXECUTE FUNCTION app.guard_totp();

CREATE FUNCTION app.guard_recovery_code() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.used_at IS NOT NULL AND NEW.used_at IS DISTINCT FROM OLD.used_at THEN
        RAISE EXCEPTION 'a recovery code that was used stays used' USING errcode = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON app.auth_recovery_code
    FOR EACH ROW EXECUTE FUNCTION app.guard_recovery_code();
"""

# As in 0005, and: a session that was opened by a password alone is over once its person has a second factor; and
# whether the person has to enrol one first.
_LIVING = """
DROP FUNCTION app.living_sessions(uuid[]);
CREATE FUNCTION app.living_sessions(p_sids uuid[])
RETURNS TABLE (sid uuid, role text, is_tenant_admin boolean, mfa_enrolment_required boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, app AS $$
    SELECT s.sid, u.role, u.is_tenant_admin,
           u.mfa_enrolled_at IS NULL AND coalesce((t.policy ->> 'mfa_required')::boolean, true)
      FROM app.auth_session s
      JOIN app.authentication_user u ON u.id = s.user_id
      JOIN app.tenants t ON t.id = u.tenant_id
     WHERE s.sid = ANY (p_sids) AND s.revoked_at IS NULL AND least(s.expires_at, s.idle_expires_at) > now()
       AND u.is_active AND NOT u.is_deleted AND t.is_active AND NOT t.is_deleted
       AND (u.mfa_enrolled_at IS NULL OR s.mfa_at IS NOT NULL)
$$;
REVOKE ALL ON FUNCTION app.living_sessions(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.living_sessions(uuid[]) TO lers_hub;
"""

_LIVING_BEFORE = """
DROP FUNCTION app.living_sessions(uuid[]);
CREATE FUNCTION app.living_sessions(p_sids uuid[]) RETURNS TABLE (sid uuid, role text, is_tenant_admin boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, app AS $$
    SELECT s.sid, u.role, u.is_tenant_admin
      FROM app.auth_session s
      JOIN app.authentication_user u ON u.id = s.user_id
      JOIN app.tenants t ON t.id = u.tenant_id
     WHERE s.sid = ANY (p_sids) AND s.revoked_at IS NULL AND least(s.expires_at, s.idle_expires_at) > now()
       AND u.is_active AND NOT u.is_deleted AND t.is_active AND NOT t.is_deleted
$$;
REVOKE ALL ON FUNCTION app.living_sessions(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.living_sessions(uuid[]) TO lers_hub;
"""


def _person_key(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["user_id", "tenant_id"],
        ["app.authentication_user.id", "app.authentication_user.tenant_id"],
        name=op.f(f"fk_{table}_user_id_tenant_id"),
        ondelete="RESTRICT",
    )


def _tables() -> None:
    op.create_table(
        "auth_totp",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (expires_at IS NOT NULL) AND (confirmed_at IS NULL) = (last_step IS NULL)",
            name=op.f("ck_auth_totp_confirmed"),
        ),
        _person_key("auth_totp"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_auth_totp")),
        schema="app",
    )
    for name, state in (("pending", "IS NULL"), ("confirmed", "IS NOT NULL")):
        op.create_index(
            f"uq_auth_totp_{name}", "auth_totp", ["user_id"], unique=True, schema="app",
            postgresql_where=sa.text(f"confirmed_at {state}"),
        )  # fmt: skip
    op.create_table(
        "auth_recovery_code",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        _person_key("auth_recovery_code"),
        sa.PrimaryKeyConstraint("user_id", "hash", name=op.f("pk_auth_recovery_code")),
        schema="app",
    )


def upgrade() -> None:
    op.drop_column("authentication_user", "totp_secret", schema="app")
    op.add_column(
        "authentication_user", sa.Column("mfa_enrolled_at", sa.DateTime(timezone=True), nullable=True), schema="app"
    )
    op.add_column("auth_session", sa.Column("mfa_at", sa.DateTime(timezone=True), nullable=True), schema="app")
    _tables()
    for table in _TABLES:
        op.execute(f"ALTER TABLE app.{table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE app.{table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own ON app.{table} FOR ALL USING ({_MINE}) WITH CHECK ({_MINE})")
        seen = "(SELECT app.is_admin())"
        op.execute(f"CREATE POLICY operator_sees ON app.{table} FOR SELECT TO lers_ops USING ({seen})")
        op.execute(f"CREATE POLICY operator_removes ON app.{table} FOR DELETE TO lers_ops USING ({seen})")
    op.execute(_GRANTS)
    op.execute(_GUARDS)
    op.execute(_LIVING)


def downgrade() -> None:
    op.execute(_LIVING_BEFORE)
    for table in _TABLES:
        op.drop_table(table, schema="app")
    op.execute("DROP FUNCTION app.guard_totp()")
    op.execute("DROP FUNCTION app.guard_recovery_code()")
    op.drop_column("auth_session", "mfa_at", schema="app")
    op.drop_column("authentication_user", "mfa_enrolled_at", schema="app")
    op.add_column("authentication_user", sa.Column("totp_secret", sa.Text(), nullable=True), schema="app")
