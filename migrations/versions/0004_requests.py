"""Requests: the version that was sent for approval, the clock's indexes, and the timeline over both sides' chains."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_OPEN = "status IN ('SUBMITTED','ACKNOWLEDGED','IN_PROGRESS','RESPONSE_UPLOADED')"

# Each side reads its own chain whole, and of the other side's only named events since the submission: what was done
# with the request, never who prepared it, nor why. The caller names the events; the wall is here.
_TIMELINE = r"""
CREATE FUNCTION audit.request_timeline(p_request uuid, p_shared text[], p_limit integer)
RETURNS TABLE (tenant_id uuid, seq bigint, at timestamptz, event text, actor_id uuid, object_type text, object_id uuid,
               canonical text, own boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, audit, app AS $$
    WITH seen AS (
        SELECT r.id, r.submitted_at, app.is_admin() AS admin
          FROM app.lers_requests r
         WHERE r.id = p_request
           AND (app.is_admin() OR r.agency_tenant_id = app.tenant()
                OR (r.provider_tenant_id = app.tenant() AND r.submitted_at IS NOT NULL))
    )
    SELECT e.tenant_id, e.seq, e.at, e.event, e.actor_id, e.object_type, e.object_id,
           CASE WHEN s.admin OR e.tenant_id = app.tenant() THEN e.canonical END, e.tenant_id = app.tenant()
      FROM audit.entry e JOIN seen s ON s.id = e.request_id
     WHERE s.admin OR e.tenant_id = app.tenant()
        OR (e.event = ANY (p_shared) AND e.at >= s.submitted_at)
     ORDER BY e.at, e.seq LIMIT p_limit
$$;
REVOKE ALL ON FUNCTION audit.request_timeline(uuid, text[], integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.request_timeline(uuid, text[], integer) TO lers_app, lers_ops;
"""


def upgrade() -> None:
    op.add_column("lers_requests", sa.Column("sent_version", sa.Integer(), nullable=True), schema="app")
    op.create_index(
        "ix_lers_requests_sla_warn",
        "lers_requests",
        ["sla_warn_at"],
        unique=False,
        schema="app",
        postgresql_where=sa.text(_OPEN),
    )
    op.execute("GRANT SELECT (request_id, kind, due_at) ON app.sla_notice TO lers_sla")
    op.execute("GRANT SELECT (sla_hours, is_deleted) ON app.lers_requests TO lers_sla")
    op.execute("CREATE POLICY monitor ON app.sla_notice FOR SELECT TO lers_sla USING (true)")
    op.execute(
        "GRANT SELECT (id, agency_tenant_id, provider_tenant_id, submitted_at) ON app.lers_requests TO lers_audit"
    )
    op.execute("SET LOCAL ROLE lers_audit")
    op.execute(_TIMELINE)
    op.execute("SET LOCAL ROLE lers_owner")


def downgrade() -> None:
    op.execute("SET LOCAL ROLE lers_audit")
    op.execute("DROP FUNCTION audit.request_timeline(uuid, text[], integer)")
    op.execute("SET LOCAL ROLE lers_owner")
    op.execute("REVOKE SELECT ON app.lers_requests FROM lers_audit")
    op.execute("DROP POLICY monitor ON app.sla_notice")
    op.execute("REVOKE SELECT ON app.sla_notice FROM lers_sla")
    op.execute("REVOKE SELECT (sla_hours, is_deleted) ON app.lers_requests FROM lers_sla")
    op.drop_index("ix_lers_requests_sla_warn", table_name="lers_requests", schema="app")
    op.drop_column("lers_requests", "sent_version", schema="app")
