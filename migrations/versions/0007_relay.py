"""What relay, jobs and hub need: events settled by their effects, deliveries marked, sweeps across tenants."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_FUNCTIONS = """
-- The relay's sweep asks which effects of sent events have happened, in whichever tenant: keys in, keys out.
CREATE FUNCTION app.effects_there(p_keys text[]) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, app AS $$
    SELECT e.key FROM app.effect e WHERE e.key = ANY (p_keys)
$$;
-- The platform is told of requests that went without an answer for days: number and sides, nothing of the case.
CREATE FUNCTION app.request_card(p_request uuid)
RETURNS TABLE (request_number text, agency_tenant_id uuid, provider_tenant_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, app AS $$
    SELECT r.request_number, r.agency_tenant_id, r.provider_tenant_id FROM app.lers_requests r
     WHERE r.id = p_request AND r.submitted_at IS NOT NULL
$$;
CREATE POLICY definer ON app.effect FOR SELECT TO lers_owner USING (true);
REVOKE ALL ON FUNCTION app.effects_there(text[]), app.request_card(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.effects_there(text[]), app.request_card(uuid) TO lers_worker, lers_ops;
-- The hub says what it has shown; the cleaning job looks at the age of kept answers, not at what they say.
GRANT UPDATE (delivered, delivered_at) ON app.lers_notifications TO lers_hub;
GRANT SELECT (tenant_id, created_at) ON app.idempotency_key TO lers_worker;
"""


def upgrade() -> None:
    op.add_column("outbox", sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True), schema="app")
    op.create_index(
        "ix_outbox_unsettled",
        "outbox",
        ["sent_at"],
        schema="app",
        postgresql_where=sa.text("sent_at IS NOT NULL AND settled_at IS NULL"),
    )
    op.execute(_FUNCTIONS)


def downgrade() -> None:
    op.execute(
        """
        REVOKE SELECT (tenant_id, created_at) ON app.idempotency_key FROM lers_worker;
        REVOKE UPDATE (delivered, delivered_at) ON app.lers_notifications FROM lers_hub;
        DROP POLICY definer ON app.effect;
        DROP FUNCTION app.request_card(uuid);
        DROP FUNCTION app.effects_there(text[]);
        """
    )
    op.drop_index("ix_outbox_unsettled", table_name="outbox", schema="app")
    op.drop_column("outbox", "settled_at", schema="app")
