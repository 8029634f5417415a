"""Break-glass: row-level security hides case content from administrators, but for the requests that they have opened.

Beside it: an administrator may let a challenged clock run again, and the figures of responses are counted without them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

T = "(SELECT app.tenant())"
ADMIN = "(SELECT app.is_admin())"
# The cast makes it an array that is worked out once a query, and only for rows that no party may see.
OPENED = "ANY ((SELECT app.opened_requests())::uuid[])"

_TABLE = f"""
ALTER TABLE app.break_glass ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.break_glass FORCE ROW LEVEL SECURITY;
CREATE POLICY shown ON app.break_glass FOR SELECT USING ({ADMIN});
CREATE POLICY asked ON app.break_glass FOR INSERT WITH CHECK (
    {ADMIN} AND asked_by_id = (SELECT app.person()) AND confirmed_by_id IS NULL
    AND (two_person OR NOT coalesce(
        (SELECT (t.policy ->> 'break_glass_two_person')::boolean
           FROM app.tenants t JOIN app.lers_requests r ON r.agency_tenant_id = t.id
          WHERE r.id = break_glass.request_id), false)));
CREATE POLICY changed ON app.break_glass FOR UPDATE USING ({ADMIN}) WITH CHECK ({ADMIN});
CREATE POLICY definer ON app.break_glass FOR SELECT TO lers_owner USING (true);
GRANT SELECT, INSERT, UPDATE ON app.break_glass TO lers_app;
GRANT SELECT ON app.break_glass TO lers_hub, lers_worker, lers_ops;

CREATE FUNCTION app.guard_break_glass() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.request_id, NEW.asked_by_id, NEW.reason, NEW.two_person, NEW.created_at)
       IS DISTINCT FROM (OLD.id, OLD.request_id, OLD.asked_by_id, OLD.reason, OLD.two_person, OLD.created_at) THEN
        RAISE EXCEPTION 'who asked to see which case, and why, never changes' USING errcode = 'check_violation';
    END IF;
    IF OLD.opened_at IS NOT NULL AND (
        (NEW.opened_at, NEW.confirmed_by_id) IS DISTINCT FROM (OLD.opened_at, OLD.confirmed_by_id)
        OR NEW.expires_at > OLD.expires_at) THEN
        RAISE EXCEPTION 'a session is opened once, and never prolonged' USING errcode = 'check_violation';
    END IF;
    IF OLD.ended_at IS NOT NULL
       OR (OLD.opened_at IS NULL AND NEW.opened_at IS NOT NULL AND OLD.expires_at <= now()) THEN
        RAISE EXCEPTION 'what has ended stays ended' USING errcode = 'check_violation';
    END IF;
    IF NEW.confirmed_by_id IS DISTINCT FROM OLD.confirmed_by_id
       AND NEW.confirmed_by_id IS DISTINCT FROM app.person() THEN
        RAISE EXCEPTION 'a person confirms in their own name' USING errcode = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON app.break_glass FOR EACH ROW EXECUTE FUNCTION app.guard_break_glass();

CREATE FUNCTION app.opened_requests() RETURNS uuid[]
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, app AS $$
    SELECT coalesce(array_agg(g.request_id), '{{}}') FROM app.break_glass g
     WHERE app.is_admin() AND g.asked_by_id = app.person()
       AND g.opened_at IS NOT NULL AND g.ended_at IS NULL AND g.expires_at > now()
$$;
-- What figures are counted from: nothing that was answered.
CREATE FUNCTION app.response_figures() RETURNS TABLE (request_id uuid, status text, rating integer)
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, app AS $$
    SELECT r.request_id, r.status, r.rating FROM app.lers_responses r WHERE app.is_admin()
$$;
CREATE POLICY definer ON app.lers_responses FOR SELECT TO lers_owner USING (true);
REVOKE ALL ON FUNCTION app.opened_requests(), app.response_figures() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.opened_requests() TO lers_app, lers_hub, lers_worker, lers_ops;
GRANT EXECUTE ON FUNCTION app.response_figures() TO lers_app;
"""

_FILES = f"""
CREATE POLICY break_glass ON app.file_share FOR SELECT USING (request_id = {OPENED});
CREATE POLICY break_glass ON app.lers_files FOR SELECT USING ({ADMIN} AND EXISTS (
    SELECT FROM app.file_share s WHERE s.file_id = lers_files.id AND s.request_id = {OPENED}));
"""

_CHALLENGE = f"""
CREATE POLICY platform_resumes ON app.sla_event FOR INSERT WITH CHECK (
    {ADMIN} AND kind = 'RESUME' AND reason = 'CHALLENGE' AND actor_id = (SELECT app.person()));
CREATE POLICY platform_resumes ON app.lers_requests FOR UPDATE USING ({ADMIN}) WITH CHECK ({ADMIN});
CREATE FUNCTION app.guard_platform() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moved CONSTANT text[] := ARRAY['version', 'updated_at', 'sla_paused_at', 'sla_due_date', 'sla_warn_at',
                                   'search_vector', 'search_vector_agency'];
BEGIN
    IF OLD.sla_paused_at IS NULL OR to_jsonb(NEW) - moved IS DISTINCT FROM to_jsonb(OLD) - moved THEN
        RAISE EXCEPTION 'the platform lets a clock that stands run again, and changes nothing else of a request'
            USING errcode = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard_platform BEFORE UPDATE ON app.lers_requests FOR EACH ROW
    WHEN (app.is_admin()) EXECUTE FUNCTION app.guard_platform();
"""

# As in 0004; what differs is from when on one side reads named events of the other chains.
_TIMELINE = r"""
CREATE OR REPLACE FUNCTION audit.request_timeline(p_request uuid, p_shared text[], p_limit integer)
RETURNS TABLE (tenant_id uuid, seq bigint, at timestamptz, event text, actor_id uuid, object_type text, object_id uuid,
               canonical text, own boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, audit, app AS $$
    WITH seen AS (
        SELECT r.id, r.submitted_at, app.is_admin() AS admin:agency
          FROM app.lers_requests r
         WHERE r.id = p_request
           AND (app.is_admin() OR r.agency_tenant_id = app.tenant()
                OR (r.provider_tenant_id = app.tenant() AND r.submitted_at IS NOT NULL))
    )
    SELECT e.tenant_id, e.seq, e.at, e.event, e.actor_id, e.object_type, e.object_id,
           CASE WHEN s.admin OR e.tenant_id = app.tenant() THEN e.canonical END, e.tenant_id = app.tenant()
      FROM audit.entry e JOIN seen s ON s.id = e.request_id
     WHERE s.admin OR e.tenant_id = app.tenant()
        OR (e.event = ANY (p_shared) AND :since)
     ORDER BY e.at, e.seq LIMIT p_limit
$$;
"""
_SINCE_SUBMISSION = {":agency": "", ":since": "e.at >= s.submitted_at"}
# An agency hears of a look into a request that has not left it.
_AGENCY_ALWAYS = {
    ":agency": ", r.agency_tenant_id = app.tenant() AS agency",
    ":since": "(s.agency OR e.at >= s.submitted_at)",
}

_CONTENT = ("request_identifier", "lers_messages", "message_read", "lers_responses")
"""Tables of case content that name their request."""


def _see_content(administrators: str) -> None:
    """Set who reads case content beside the parties."""
    for table in _CONTENT:
        seen = (
            f"agency_tenant_id = {T} OR (provider_tenant_id = {T} AND EXISTS ("
            f"SELECT FROM app.lers_requests r WHERE r.id = {table}.request_id))"
        )
        op.execute(f"ALTER POLICY shared ON app.{table} USING ({seen} OR {administrators})")


def _timeline(words: dict[str, str]) -> None:
    statement = _TIMELINE
    for mark, text in words.items():
        statement = statement.replace(mark, text)
    op.execute("SET LOCAL ROLE lers_audit")
    op.execute(statement)
    op.execute("SET LOCAL ROLE lers_owner")


def upgrade() -> None:
    op.create_table(
        "break_glass",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("two_person", sa.Boolean(), nullable=False),
        sa.Column("confirmed_by_id", sa.Uuid(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_break_glass_reason")),
        sa.CheckConstraint("confirmed_by_id <> asked_by_id", name=op.f("ck_break_glass_two_people")),
        sa.CheckConstraint(
            "opened_at IS NULL OR NOT two_person OR confirmed_by_id IS NOT NULL",
            name=op.f("ck_break_glass_confirmed"),
        ),
        sa.CheckConstraint(
            "expires_at <= coalesce(opened_at, created_at) + interval '60 minutes'",
            name=op.f("ck_break_glass_lifetime"),
        ),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name=op.f("ck_break_glass_ended")),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"app.{parent}.id"], name=op.f(f"fk_break_glass_{column}"), ondelete="RESTRICT"
            )
            for column, parent in (
                ("request_id", "lers_requests"),
                ("asked_by_id", "authentication_user"),
                ("confirmed_by_id", "authentication_user"),
                ("ended_by_id", "authentication_user"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_break_glass")),
        schema="app",
    )
    op.create_index("ix_break_glass_asked_by_id", "break_glass", ["asked_by_id", "request_id"], schema="app")
    op.create_index("ix_break_glass_request_id", "break_glass", ["request_id"], schema="app")
    op.execute(_TABLE)
    _see_content(f"request_id = {OPENED}")
    op.execute(f"ALTER POLICY shared ON app.message_key_wrap USING ({T} IN (agency_tenant_id, provider_tenant_id))")
    op.execute(
        f"ALTER POLICY shared ON app.response_file USING ({T} IN (agency_tenant_id, provider_tenant_id) OR EXISTS ("
        f"SELECT FROM app.lers_responses r WHERE r.id = response_file.response_id AND r.request_id = {OPENED}))"
    )
    # Kept answers hold case content as well.
    op.execute(f"ALTER POLICY own ON app.idempotency_key USING (tenant_id = {T}) WITH CHECK (tenant_id = {T})")
    op.execute(_FILES)
    op.execute(_CHALLENGE)
    _timeline(_AGENCY_ALWAYS)


def downgrade() -> None:
    _timeline(_SINCE_SUBMISSION)
    op.execute(
        """
        DROP TRIGGER guard_platform ON app.lers_requests;
        DROP FUNCTION app.guard_platform();
        DROP POLICY platform_resumes ON app.lers_requests;
        DROP POLICY platform_resumes ON app.sla_event;
        DROP POLICY break_glass ON app.lers_files;
        DROP POLICY break_glass ON app.file_share;
        """
    )
    rule = f"tenant_id = {T} OR {ADMIN}"
    op.execute(f"ALTER POLICY own ON app.idempotency_key USING ({rule}) WITH CHECK ({rule})")
    for table in ("message_key_wrap", "response_file"):
        op.execute(
            f"ALTER POLICY shared ON app.{table} USING ("
            f"agency_tenant_id = {T} OR {ADMIN} OR (provider_tenant_id = {T}))"
        )
    _see_content(ADMIN)
    op.execute(
        """
        DROP POLICY definer ON app.lers_responses;
        DROP FUNCTION app.response_figures();
        DROP FUNCTION app.opened_requests();
        """
    )
    op.drop_table("break_glass", schema="app")
    op.execute("DROP FUNCTION app.guard_break_glass()")
