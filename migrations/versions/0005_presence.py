"""Presence and the hub: who shares a request with whom, which sessions live, and what the hub may write.

The hub keeps everybody's connections, so its role has no tenant wall in the two tables of presence; they hold ids,
statuses and times. Everything else it reads through the same walls as the API.
"""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_RIGHTS = """
CREATE POLICY hub ON app.presence_socket FOR ALL TO lers_hub, lers_worker, lers_ops USING (true) WITH CHECK (true);
CREATE POLICY hub ON app.user_presence FOR ALL TO lers_hub, lers_worker, lers_ops USING (true) WITH CHECK (true);
GRANT UPDATE (delivered, delivered_at) ON app.lers_notifications TO lers_hub;
"""

# The twin of ``requests.policy.visible_to`` for pairs of people: one statement for all who are connected. It runs with
# the caller's rights, so that row-level security cuts it to what the asking person's tenant may see.
_FUNCTIONS = """
CREATE FUNCTION app.companions(p_people uuid[]) RETURNS SETOF uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, app AS $$
    WITH me AS (SELECT c.id, c.tenant_id, c.role FROM app.user_card c WHERE c.id = app.person()),
         others AS (
             SELECT c.id, c.tenant_id, c.role FROM app.user_card c
              WHERE c.id = ANY (p_people) AND c.is_active AND c.id <> app.person()
         ),
         mine AS (
             SELECT r.id, r.agency_tenant_id, r.provider_tenant_id, r.created_by_id, r.submitted_at,
                    r.first_sent_for_approval_at
               FROM app.lers_requests r, me
              WHERE NOT r.is_deleted AND r.agency_tenant_id = me.tenant_id AND me.role = 'IO'
                AND (r.created_by_id = me.id OR EXISTS (
                        SELECT FROM app.request_participant p WHERE p.request_id = r.id AND p.user_id = me.id))
             UNION ALL
             SELECT r.id, r.agency_tenant_id, r.provider_tenant_id, r.created_by_id, r.submitted_at,
                    r.first_sent_for_approval_at
               FROM app.lers_requests r, me
              WHERE NOT r.is_deleted AND r.agency_tenant_id = me.tenant_id AND me.role = 'APPROVER'
                AND r.first_sent_for_approval_at IS NOT NULL
             UNION ALL
             SELECT r.id, r.agency_tenant_id, r.provider_tenant_id, r.created_by_id, r.submitted_at,
                    r.first_sent_for_approval_at
               FROM app.lers_requests r, me
              WHERE NOT r.is_deleted AND r.provider_tenant_id = me.tenant_id AND me.role = 'PROVIDER'
                AND r.submitted_at IS NOT NULL
         )
    SELECT o.id FROM others o
     WHERE CASE o.role
        WHEN 'PROVIDER' THEN EXISTS (
            SELECT FROM mine WHERE mine.provider_tenant_id = o.tenant_id AND mine.submitted_at IS NOT NULL)
        WHEN 'APPROVER' THEN EXISTS (
            SELECT FROM mine
             WHERE mine.agency_tenant_id = o.tenant_id AND mine.first_sent_for_approval_at IS NOT NULL)
        WHEN 'IO' THEN EXISTS (
            SELECT FROM mine WHERE mine.agency_tenant_id = o.tenant_id AND mine.created_by_id = o.id)
            OR EXISTS (
            SELECT FROM mine JOIN app.request_participant p ON p.request_id = mine.id
             WHERE mine.agency_tenant_id = o.tenant_id AND p.user_id = o.id)
        ELSE false END
$$;

CREATE FUNCTION app.involved(p_request uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, app AS $$
    SELECT c.id FROM app.lers_requests r JOIN app.user_card c ON c.tenant_id = r.agency_tenant_id
     WHERE r.id = p_request AND NOT r.is_deleted AND c.is_active
       AND ((c.role = 'IO' AND (c.id = r.created_by_id OR EXISTS (
                SELECT FROM app.request_participant p WHERE p.request_id = r.id AND p.user_id = c.id)))
            OR (c.role = 'APPROVER' AND r.first_sent_for_approval_at IS NOT NULL))
    UNION
    SELECT c.id FROM app.lers_requests r JOIN app.user_card c ON c.tenant_id = r.provider_tenant_id
     WHERE r.id = p_request AND NOT r.is_deleted AND c.is_active AND c.role = 'PROVIDER' AND r.submitted_at IS NOT NULL
$$;

-- The hub asks for all of its connections at once, whoever's they are: it learns that a session lives, and as what.
CREATE FUNCTION app.living_sessions(p_sids uuid[]) RETURNS TABLE (sid uuid, role text, is_tenant_admin boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, app AS $$
    SELECT s.sid, u.role, u.is_tenant_admin
      FROM app.auth_session s
      JOIN app.authentication_user u ON u.id = s.user_id
      JOIN app.tenants t ON t.id = u.tenant_id
     WHERE s.sid = ANY (p_sids) AND s.revoked_at IS NULL AND least(s.expires_at, s.idle_expires_at) > now()
       AND u.is_active AND NOT u.is_deleted AND t.is_active AND NOT t.is_deleted
$$;
REVOKE ALL ON FUNCTION app.companions(uuid[]), app.involved(uuid), app.living_sessions(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.companions(uuid[]), app.involved(uuid) TO lers_app, lers_hub, lers_ops;
GRANT EXECUTE ON FUNCTION app.living_sessions(uuid[]) TO lers_hub;
"""


def upgrade() -> None:
    op.execute(_RIGHTS)
    op.execute(_FUNCTIONS)


def downgrade() -> None:
    op.execute("DROP FUNCTION app.living_sessions(uuid[])")
    op.execute("DROP FUNCTION app.involved(uuid)")
    op.execute("DROP FUNCTION app.companions(uuid[])")
    op.execute("REVOKE UPDATE (delivered, delivered_at) ON app.lers_notifications FROM lers_hub")
    op.execute("DROP POLICY hub ON app.user_presence")
    op.execute("DROP POLICY hub ON app.presence_socket")
