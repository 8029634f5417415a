"""The audit trail: append many entries of one transaction with one statement."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# The head is read, locked and written once for all entries: as many appends to one head in one transaction are
# quadratic, since each leaves a dead version of the head behind that the next has to step over.
_APPEND_MANY = r"""
CREATE FUNCTION audit.append_many(p_at timestamptz, p_entries jsonb) RETURNS TABLE (seq bigint, hash bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, audit AS $$
DECLARE
    v_tenant uuid := app.tenant();
    v_chain text := v_tenant::text;
    v_domain bytea := convert_to('LERS-AUDIT-v1', 'UTF8') || '\x00'::bytea;
    v_seq bigint;
    v_prev bytea;
    v_hash bytea;
    v_canonical text;
    v_entry record;
BEGIN
    IF v_tenant IS NULL THEN
        RAISE EXCEPTION 'no tenant context for the audit trail' USING errcode = 'insufficient_privilege';
    END IF;
    INSERT INTO audit.head AS h (chain, tenant_id, seq, hash, updated_at)
        VALUES (v_chain, v_tenant, 0, decode(repeat('00', 32), 'hex'), p_at)
        ON CONFLICT (chain) DO NOTHING;
    SELECT h.seq, h.hash INTO v_seq, v_hash FROM audit.head h WHERE h.chain = v_chain FOR UPDATE;
    FOR v_entry IN
        SELECT e.* FROM ROWS FROM (
            jsonb_to_recordset(p_entries) AS
                (event text, actor uuid, object_type text, object uuid, request uuid, head text, tail text)
        ) WITH ORDINALITY AS e (event, actor, object_type, object, request, head, tail, nth) ORDER BY e.nth
    LOOP
        v_seq := v_seq + 1;
        v_prev := v_hash;
        v_canonical := v_entry.head || v_seq::text || v_entry.tail;
        v_hash := sha256(v_domain || v_prev || convert_to(v_canonical, 'UTF8'));
        INSERT INTO audit.entry
            (chain, seq, tenant_id, at, event, actor_id, object_type, object_id, request_id, canonical, prev_hash,
             hash)
            VALUES (v_chain, v_seq, v_tenant, p_at, v_entry.event, v_entry.actor, v_entry.object_type, v_entry.object,
                    v_entry.request, v_canonical, v_prev, v_hash);
        seq := v_seq;
        hash := v_hash;
        RETURN NEXT;
    END LOOP;
    UPDATE audit.head h SET seq = v_seq, hash = v_hash, updated_at = p_at WHERE h.chain = v_chain;
END $$;
REVOKE ALL ON FUNCTION audit.append_many(timestamptz, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.append_many(timestamptz, jsonb) TO lers_app, lers_hub, lers_worker, lers_ops;
"""


def upgrade() -> None:
    op.execute("SET LOCAL ROLE lers_audit")
    op.execute(_APPEND_MANY)
    op.execute("SET LOCAL ROLE lers_owner")


def downgrade() -> None:
    op.execute("SET LOCAL ROLE lers_audit")
    op.execute("DROP FUNCTION audit.append_many(timestamptz, jsonb)")
    op.execute("SET LOCAL ROLE lers_owner")
