"""The audit trail: append-only tables of ``lers_audit``, and the one function that appends."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_FUNCTIONS = """
CREATE FUNCTION app.tenant() RETURNS uuid LANGUAGE sql STABLE AS
  $$ SELECT nullif(current_setting('app.tenant_id', true), '')::uuid $$;
CREATE FUNCTION app.person() RETURNS uuid LANGUAGE sql STABLE AS
  $$ SELECT nullif(current_setting('app.user_id', true), '')::uuid $$;
CREATE FUNCTION app.is_admin() RETURNS boolean LANGUAGE sql STABLE AS
  $$ SELECT coalesce(current_setting('app.role', true), '') = 'SUPER_ADMIN' $$;
"""

_AUDIT = r"""
CREATE FUNCTION audit.deny() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only' USING errcode = 'insufficient_privilege';
END $$;

CREATE TRIGGER no_upd BEFORE UPDATE OR DELETE ON audit.entry FOR EACH ROW EXECUTE FUNCTION audit.deny();
CREATE TRIGGER no_trunc BEFORE TRUNCATE ON audit.entry FOR EACH STATEMENT EXECUTE FUNCTION audit.deny();
ALTER TABLE audit.entry ENABLE ALWAYS TRIGGER no_upd;
ALTER TABLE audit.entry ENABLE ALWAYS TRIGGER no_trunc;

ALTER TABLE audit.entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.entry FORCE ROW LEVEL SECURITY;
ALTER TABLE audit.head ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.head FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON audit.entry FOR ALL TO lers_audit USING (true) WITH CHECK (true);
CREATE POLICY own ON audit.head FOR ALL TO lers_audit USING (true) WITH CHECK (true);
CREATE POLICY readers ON audit.entry FOR SELECT
    USING (tenant_id = (SELECT app.tenant()) OR (SELECT app.is_admin()));
CREATE POLICY readers ON audit.head FOR SELECT
    USING (tenant_id = (SELECT app.tenant()) OR (SELECT app.is_admin()));
GRANT SELECT ON audit.entry, audit.head TO lers_app, lers_hub, lers_worker, lers_ops;

-- The chain is the context's own: nobody names another tenant's. The head row is the lock.
CREATE FUNCTION audit.append(
    p_at timestamptz, p_event text, p_actor uuid, p_object_type text, p_object uuid, p_request uuid,
    p_head text, p_tail text
) RETURNS TABLE (seq bigint, hash bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, audit AS $$
DECLARE
    v_tenant uuid := app.tenant();
    v_chain text := v_tenant::text;
    v_prev bytea;
    v_seq bigint;
    v_canonical text;
    v_hash bytea;
BEGIN
    IF v_tenant IS NULL THEN
        RAISE EXCEPTION 'no tenant context for the audit trail' USING errcode = 'insufficient_privilege';
    END IF;
    INSERT INTO audit.head AS h (chain, tenant_id, seq, hash, updated_at)
        VALUES (v_chain, v_tenant, 0, decode(repeat('00', 32), 'hex'), p_at)
        ON CONFLICT (chain) DO NOTHING;
    SELECT h.seq, h.hash INTO v_seq, v_prev FROM audit.head h WHERE h.chain = v_chain FOR UPDATE;
    v_seq := v_seq + 1;
    v_canonical := p_head || v_seq::text || p_tail;
    v_hash := sha256(convert_to('LERS-AUDIT-v1', 'UTF8') || '\x00'::bytea || v_prev || convert_to(v_canonical, 'UTF8'));
    INSERT INTO audit.entry
        (chain, seq, tenant_id, at, event, actor_id, object_type, object_id, request_id, canonical, prev_hash, hash)
        VALUES (v_chain, v_seq, v_tenant, p_at, p_event, p_actor, p_object_type, p_object, p_request,
                v_canonical, v_prev, v_hash);
    UPDATE audit.head h SET seq = v_seq, hash = v_hash, updated_at = p_at WHERE h.chain = v_chain;
    RETURN QUERY SELECT v_seq, v_hash;
END $$;
REVOKE ALL ON FUNCTION audit.append(timestamptz, text, uuid, text, uuid, uuid, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.append(timestamptz, text, uuid, text, uuid, uuid, text, text)
    TO lers_app, lers_hub, lers_worker, lers_ops;
"""


def upgrade() -> None:
    op.execute(_FUNCTIONS)
    op.execute("SET LOCAL ROLE lers_audit")
    op.create_table(
        "entry",
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("object_type", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=True),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("canonical", sa.Text(), nullable=False),
        sa.Column("prev_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("chain", "seq", name=op.f("pk_entry")),
        schema="audit",
    )
    op.create_index("ix_entry_request", "entry", ["request_id", "at"], unique=False, schema="audit")
    op.create_index("ix_entry_tenant_at", "entry", ["tenant_id", "at"], unique=False, schema="audit")
    op.create_table(
        "head",
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("chain", name=op.f("pk_head")),
        schema="audit",
    )
    op.execute(_AUDIT)
    op.execute("SET LOCAL ROLE lers_owner")


def downgrade() -> None:
    op.execute("SET LOCAL ROLE lers_audit")
    op.execute("DROP FUNCTION audit.append(timestamptz, text, uuid, text, uuid, uuid, text, text)")
    op.drop_table("head", schema="audit")
    op.drop_table("entry", schema="audit")
    op.execute("DROP FUNCTION audit.deny()")
    op.execute("SET LOCAL ROLE lers_owner")
    op.execute("DROP FUNCTION app.is_admin(); DROP FUNCTION app.person(); DROP FUNCTION app.tenant()")
