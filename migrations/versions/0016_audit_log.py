"""The audit log: which leaf of the tree each entry is, and the signed checkpoints over it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_GUARDS = "".join(
    f"""
CREATE TRIGGER no_upd BEFORE UPDATE OR DELETE ON audit.{table} FOR EACH ROW EXECUTE FUNCTION audit.deny();
CREATE TRIGGER no_trunc BEFORE TRUNCATE ON audit.{table} FOR EACH STATEMENT EXECUTE FUNCTION audit.deny();
ALTER TABLE audit.{table} ENABLE ALWAYS TRIGGER no_upd;
ALTER TABLE audit.{table} ENABLE ALWAYS TRIGGER no_trunc;
ALTER TABLE audit.{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.{table} FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON audit.{table} FOR ALL TO lers_audit USING (true) WITH CHECK (true);
GRANT SELECT ON audit.{table} TO lers_app, lers_worker, lers_ops;
"""
    for table in ("leaf_range", "checkpoint")
)

_FUNCTIONS = r"""
CREATE POLICY readers ON audit.leaf_range FOR SELECT
    USING (chain = (SELECT app.tenant())::text OR (SELECT app.is_admin()));
-- A root tells nothing of the entries below it: whoever is somebody may hold the log to its checkpoints.
CREATE POLICY readers ON audit.checkpoint FOR SELECT USING ((SELECT app.tenant()) IS NOT NULL);

-- Gives every committed entry the next leaf. A chain's head is locked until its writer commits, so what stands behind
-- a committed head is whole, and each chain goes on exactly where its last range ended: nothing is skipped or moved.
CREATE FUNCTION audit.sequence() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, audit AS $$
DECLARE
    v_most CONSTANT bigint := 4096;  -- leaves of a range: 128 KiB of hashes when it is read
    v_leaf bigint;
    v_seq bigint;
    v_entries bigint;
    v_chain record;
BEGIN
    LOCK TABLE audit.leaf_range IN SHARE ROW EXCLUSIVE MODE;
    SELECT coalesce((SELECT l.first_leaf + l.entries FROM audit.leaf_range l ORDER BY l.first_leaf DESC LIMIT 1), 0)
      INTO v_leaf;
    FOR v_chain IN
        SELECT h.chain, h.seq AS last, coalesce(m.last, 0) AS done
          FROM audit.head h LEFT JOIN LATERAL (
              SELECT l.first_seq + l.entries - 1 AS last FROM audit.leaf_range l
               WHERE l.chain = h.chain ORDER BY l.first_seq DESC LIMIT 1) m ON true
         WHERE h.seq > coalesce(m.last, 0) ORDER BY h.updated_at, h.chain
    LOOP
        v_seq := v_chain.done + 1;
        WHILE v_seq <= v_chain.last LOOP
            v_entries := least(v_most, v_chain.last - v_seq + 1);
            INSERT INTO audit.leaf_range (first_leaf, entries, chain, first_seq)
                VALUES (v_leaf, v_entries, v_chain.chain, v_seq);
            v_leaf := v_leaf + v_entries;
            v_seq := v_seq + v_entries;
        END LOOP;
    END LOOP;
    RETURN v_leaf;
END $$;

-- The hashes of the entries behind the leaves [p_from, p_to), and nothing that says whose they are. `found` is less
-- than `entries` where entries are gone; `follows` is false where a chain does not go on where its last range ended.
CREATE FUNCTION audit.leaf_hashes(p_from bigint, p_to bigint)
RETURNS TABLE (first_leaf bigint, entries bigint, found bigint, follows boolean, hashes bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, audit AS $$
    SELECT l.first_leaf, l.entries, e.found, l.first_seq = coalesce(p.next, 1), e.hashes
      FROM audit.leaf_range l
      LEFT JOIN LATERAL (
          SELECT b.first_seq + b.entries AS next FROM audit.leaf_range b
           WHERE b.chain = l.chain AND b.first_seq < l.first_seq ORDER BY b.first_seq DESC LIMIT 1) p ON true
      CROSS JOIN LATERAL (
          SELECT count(*) AS found, string_agg(s.hash, ''::bytea) AS hashes FROM (
              SELECT x.hash FROM audit.entry x
               WHERE x.chain = l.chain AND x.seq >= l.first_seq AND x.seq < l.first_seq + l.entries
               ORDER BY x.seq) s) e
     WHERE l.first_leaf >= p_from AND l.first_leaf < p_to AND app.tenant() IS NOT NULL
     ORDER BY l.first_leaf
$$;

CREATE FUNCTION audit.log_size() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, audit AS $$
    SELECT coalesce((SELECT l.first_leaf + l.entries FROM audit.leaf_range l ORDER BY l.first_leaf DESC LIMIT 1), 0)
$$;

CREATE FUNCTION audit.add_checkpoint(
    p_size bigint, p_root bytea, p_peaks bytea, p_note text, p_kid text, p_at timestamptz
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, audit AS $$
BEGIN
    LOCK TABLE audit.checkpoint IN SHARE ROW EXCLUSIVE MODE;
    IF EXISTS (SELECT 1 FROM audit.checkpoint c WHERE c.size >= p_size) THEN
        RAISE EXCEPTION 'the audit log only grows: a checkpoint over % or more leaves is there', p_size
            USING errcode = 'insufficient_privilege';
    END IF;
    INSERT INTO audit.checkpoint (size, root, peaks, note, kid, at)
        VALUES (p_size, p_root, p_peaks, p_note, p_kid, p_at);
END $$;

REVOKE ALL ON FUNCTION audit.sequence(), audit.leaf_hashes(bigint, bigint), audit.log_size(),
    audit.add_checkpoint(bigint, bytea, bytea, text, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.sequence(), audit.add_checkpoint(bigint, bytea, bytea, text, text, timestamptz)
    TO lers_worker, lers_ops;
GRANT EXECUTE ON FUNCTION audit.leaf_hashes(bigint, bigint), audit.log_size() TO lers_app, lers_worker, lers_ops;
"""


def upgrade() -> None:
    op.execute("SET LOCAL ROLE lers_audit")
    op.create_table(
        "leaf_range",
        sa.Column("first_leaf", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("first_seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("first_leaf", name=op.f("pk_leaf_range")),
        sa.UniqueConstraint("chain", "first_seq", name=op.f("uq_leaf_range_chain_first_seq")),
        schema="audit",
    )
    op.create_table(
        "checkpoint",
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("peaks", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("kid", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_checkpoint")),
        schema="audit",
    )
    op.execute(_GUARDS + _FUNCTIONS)
    op.execute("SET LOCAL ROLE lers_owner")


def downgrade() -> None:
    op.execute("SET LOCAL ROLE lers_audit")
    op.execute(
        "DROP FUNCTION audit.add_checkpoint(bigint, bytea, bytea, text, text, timestamptz);"
        "DROP FUNCTION audit.log_size(); DROP FUNCTION audit.leaf_hashes(bigint, bigint);"
        "DROP FUNCTION audit.sequence()"
    )
    op.drop_table("checkpoint", schema="audit")
    op.drop_table("leaf_range", schema="audit")
    op.execute("SET LOCAL ROLE lers_owner")
