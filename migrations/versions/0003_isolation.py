"""Tenant isolation in the database: FORCE row-level security, grants by service, guards, and the few definer functions.

The second lock behind each domain's ``policy.visible_to`` (security.md, a). A table without a policy shows nothing.
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

T = "(SELECT app.tenant())"
ADMIN = "(SELECT app.is_admin())"
KNOWN = f"{T} IS NOT NULL"

# Rows of one tenant.
OWN = {
    "authentication_user": "tenant_id",
    "auth_session": "tenant_id",
    "auth_refresh": "tenant_id",
    "auth_key": "tenant_id",
    "idempotency_key": "tenant_id",
    "effect": "tenant_id",
    "lers_templates": "tenant_id",
    "authority_rule": "tenant_id",
    "delegation": "tenant_id",
    "lers_notifications": "tenant_id",
    "signing_statement": "tenant_id",
    "request_counter": "tenant_id",
}
# Everybody who is somebody reads; the owner writes.
SHOWN = {
    "tenants": "id",
    "lers_provider_data_catalog": "provider_tenant_id",
    "catalog_version": "provider_tenant_id",
    "lers_provider_service_profile": "provider_tenant_id",
    "sla_calendar": "tenant_id",
    "user_presence": "tenant_id",
    "presence_socket": "tenant_id",
}
# Rows of a request: both parties, the provider once the request itself is shown to it.
SHARED = (
    "request_identifier",
    "request_participant",
    "lers_approval_workflow",
    "lers_messages",
    "message_key_wrap",
    "message_read",
    "lers_responses",
    "response_file",
    "sla_event",
    "sla_notice",
)
# Rows with no tenant of their own, or read through a wall by a definer function.
OTHERS = ("lers_requests", "lers_files", "file_share", "user_card", "login_counter", "tenant_key", "outbox")
# What the owner's definer functions read (login, refresh, search, sweeps) or write (name cards).
OWNER_READS = ("authentication_user", "tenants", "auth_refresh", "auth_session", "lers_requests", "lers_files",
               "lers_notifications", "user_card")  # fmt: skip

TRANSITIONS = (
    ("DRAFT", "PENDING_APPROVAL"),
    ("DRAFT", "CANCELLED"),
    ("PENDING_APPROVAL", "DRAFT"),
    ("PENDING_APPROVAL", "APPROVED"),
    ("PENDING_APPROVAL", "REJECTED"),
    ("PENDING_APPROVAL", "CANCELLED"),
    ("APPROVED", "SUBMITTED"),
    ("APPROVED", "REJECTED"),
    ("APPROVED", "CANCELLED"),
    ("SUBMITTED", "ACKNOWLEDGED"),
    ("SUBMITTED", "REJECTED"),
    ("SUBMITTED", "CANCELLED"),
    ("ACKNOWLEDGED", "IN_PROGRESS"),
    ("ACKNOWLEDGED", "REJECTED"),
    ("ACKNOWLEDGED", "CANCELLED"),
    ("IN_PROGRESS", "RESPONSE_UPLOADED"),
    ("IN_PROGRESS", "REJECTED"),
    ("IN_PROGRESS", "CANCELLED"),
    ("RESPONSE_UPLOADED", "COMPLETED"),
    ("RESPONSE_UPLOADED", "IN_PROGRESS"),
)


def _policies() -> list[str]:
    out = []
    for table in (*OWN, *SHOWN, *SHARED, *OTHERS):
        out.append(f"ALTER TABLE app.{table} ENABLE ROW LEVEL SECURITY")
        out.append(f"ALTER TABLE app.{table} FORCE ROW LEVEL SECURITY")
    for table, column in OWN.items():
        rule = f"{column} = {T} OR {ADMIN}"
        out.append(f"CREATE POLICY own ON app.{table} FOR ALL USING ({rule}) WITH CHECK ({rule})")
    for table, column in SHOWN.items():
        rule = f"{column} = {T} OR {ADMIN}"
        out.append(f"CREATE POLICY shown ON app.{table} FOR SELECT USING ({KNOWN})")
        out.append(f"CREATE POLICY added ON app.{table} FOR INSERT WITH CHECK ({rule})")
        out.append(f"CREATE POLICY changed ON app.{table} FOR UPDATE USING ({rule}) WITH CHECK ({rule})")
        out.append(f"CREATE POLICY removed ON app.{table} FOR DELETE USING ({rule})")
    for table in SHARED:
        parties = f"{T} IN (agency_tenant_id, provider_tenant_id)"
        seen = f"agency_tenant_id = {T} OR {ADMIN} OR (provider_tenant_id = {T}"
        if table in ("message_key_wrap", "response_file"):
            seen += ")"  # written by a party, after the submission, to a parent that is itself shared
        else:
            seen += f" AND EXISTS (SELECT FROM app.lers_requests r WHERE r.id = {table}.request_id))"
        check = parties + (f" AND sender_tenant_id = {T}" if table == "lers_messages" else "")
        out.append(f"CREATE POLICY shared ON app.{table} FOR SELECT USING ({seen})")
        out.append(f"CREATE POLICY added ON app.{table} FOR INSERT WITH CHECK ({check})")
        out.append(f"CREATE POLICY changed ON app.{table} FOR UPDATE USING ({parties}) WITH CHECK ({parties})")
        out.append(f"CREATE POLICY removed ON app.{table} FOR DELETE USING (agency_tenant_id = {T})")
    out.extend(f"CREATE POLICY definer ON app.{table} FOR SELECT TO lers_owner USING (true)" for table in OWNER_READS)
    return out


_REST = f"""
CREATE POLICY seen ON app.lers_requests FOR SELECT USING (
    agency_tenant_id = {T} OR (provider_tenant_id = {T} AND submitted_at IS NOT NULL) OR {ADMIN});
CREATE POLICY added ON app.lers_requests FOR INSERT WITH CHECK (agency_tenant_id = {T});
CREATE POLICY agency_changes ON app.lers_requests FOR UPDATE
    USING (agency_tenant_id = {T}) WITH CHECK (agency_tenant_id = {T});
CREATE POLICY provider_changes ON app.lers_requests FOR UPDATE
    USING (provider_tenant_id = {T} AND submitted_at IS NOT NULL)
    WITH CHECK (provider_tenant_id = {T} AND submitted_at IS NOT NULL);
-- The monitor finds out which agencies have a clock to look at, and sees nothing else of a request.
CREATE POLICY monitor ON app.lers_requests FOR SELECT TO lers_sla USING (
    status IN ('SUBMITTED','ACKNOWLEDGED','IN_PROGRESS','RESPONSE_UPLOADED'));
GRANT SELECT (id, agency_tenant_id, provider_tenant_id, status, priority, sla_due_date, sla_warn_at, sla_breached,
    sla_breached_at, sla_paused_at) ON app.lers_requests TO lers_sla;

CREATE POLICY shown ON app.file_share FOR SELECT USING ({T} IN (tenant_id, owner_tenant_id));
CREATE POLICY added ON app.file_share FOR INSERT WITH CHECK (owner_tenant_id = {T});
CREATE POLICY removed ON app.file_share FOR DELETE USING (owner_tenant_id = {T});
CREATE POLICY seen ON app.lers_files FOR SELECT USING (
    tenant_id = {T} OR EXISTS (SELECT FROM app.file_share s WHERE s.file_id = lers_files.id AND s.tenant_id = {T}));
CREATE POLICY added ON app.lers_files FOR INSERT WITH CHECK (tenant_id = {T});
CREATE POLICY changed ON app.lers_files FOR UPDATE USING (tenant_id = {T}) WITH CHECK (tenant_id = {T});

CREATE POLICY shown ON app.user_card FOR SELECT USING ({KNOWN});
CREATE POLICY kept ON app.user_card FOR INSERT TO lers_owner WITH CHECK (true);
CREATE POLICY kept_up ON app.user_card FOR UPDATE TO lers_owner USING (true) WITH CHECK (true);

-- Counters hold no tenant and no person, only hashes: the login page needs them before anybody is known.
CREATE POLICY counted ON app.login_counter FOR ALL TO lers_app, lers_ops USING (true) WITH CHECK (true);

-- Wrapped keys: useless without the master key, needed by both parties of a request.
CREATE POLICY shown ON app.tenant_key FOR SELECT USING ({KNOWN});
CREATE POLICY added ON app.tenant_key FOR INSERT WITH CHECK ({KNOWN});
CREATE POLICY retired ON app.tenant_key FOR UPDATE TO lers_ops USING (true) WITH CHECK (true);

CREATE POLICY told ON app.outbox FOR INSERT WITH CHECK ({KNOWN});
CREATE POLICY relayed ON app.outbox FOR ALL TO lers_worker, lers_ops USING (true) WITH CHECK (true);
"""

_FUNCTIONS = """
-- Whoever signs in is not known yet: these look one row up, by a secret or an e-mail, and give out
-- no more than is needed.
CREATE FUNCTION app.login_lookup(p_email text)
RETURNS TABLE (user_id uuid, tenant_id uuid, password_hash text, is_active boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, app AS $$
    SELECT u.id, u.tenant_id, u.password_hash, u.is_active AND t.is_active AND NOT u.is_deleted
      FROM app.authentication_user u JOIN app.tenants t ON t.id = u.tenant_id
     WHERE lower(u.email) = lower(p_email)
$$;
CREATE FUNCTION app.refresh_lookup(p_hash bytea) RETURNS TABLE (sid uuid, user_id uuid, tenant_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, app AS $$
    SELECT r.sid, r.user_id, r.tenant_id FROM app.auth_refresh r WHERE r.hash = p_hash
$$;

-- Full text is not leakproof, so its index is not used under row-level security: this asks with the tenant itself.
CREATE FUNCTION app.search_requests(p_query text) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, app AS $$
    WITH q AS (
        SELECT websearch_to_tsquery('simple', p_query) || websearch_to_tsquery('english', p_query) AS words
    )
    SELECT r.id FROM app.lers_requests r, q
     WHERE r.agency_tenant_id = app.tenant() AND r.search_vector_agency @@ q.words
    UNION
    SELECT r.id FROM app.lers_requests r, q
     WHERE r.provider_tenant_id = app.tenant() AND r.submitted_at IS NOT NULL AND r.search_vector @@ q.words
    UNION
    SELECT r.id FROM app.lers_requests r
     WHERE starts_with(r.request_number, upper(p_query))
       AND (r.agency_tenant_id = app.tenant()
            OR (r.provider_tenant_id = app.tenant() AND r.submitted_at IS NOT NULL) OR app.is_admin())
$$;

-- Sweeps: which tenants have work that an event did not bring (a scanner or a mail relay that was down).
CREATE FUNCTION app.pending_files(p_limit integer) RETURNS TABLE (file_id uuid, tenant_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, app AS $$
    SELECT f.id, f.tenant_id FROM app.lers_files f
     WHERE f.scan_status = 'PENDING' ORDER BY f.created_at LIMIT p_limit
$$;
CREATE FUNCTION app.unmailed_notifications(p_limit integer) RETURNS TABLE (notification_id uuid, tenant_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, app AS $$
    SELECT n.id, n.tenant_id FROM app.lers_notifications n
     WHERE n.email_wanted AND NOT n.email_sent AND n.created_at > now() - interval '3 days'
     ORDER BY n.created_at LIMIT p_limit
$$;

CREATE FUNCTION app.keep_user_card() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, app AS $$
BEGIN
    INSERT INTO app.user_card (id, tenant_id, name, rank, role, is_active)
        VALUES (NEW.id, NEW.tenant_id, NEW.full_name, NEW.rank, NEW.role, NEW.is_active AND NOT NEW.is_deleted)
        ON CONFLICT (id) DO UPDATE SET tenant_id = EXCLUDED.tenant_id, name = EXCLUDED.name, rank = EXCLUDED.rank,
            role = EXCLUDED.role, is_active = EXCLUDED.is_active;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_user_card AFTER INSERT OR UPDATE OF full_name, rank, role, is_active, is_deleted, tenant_id
    ON app.authentication_user FOR EACH ROW EXECUTE FUNCTION app.keep_user_card();

CREATE FUNCTION app.announce_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('lers_outbox', '');
    RETURN NULL;
END $$;
CREATE TRIGGER announce AFTER INSERT ON app.outbox FOR EACH STATEMENT EXECUTE FUNCTION app.announce_outbox();
"""

_PEOPLE = "lers_app, lers_hub, lers_worker, lers_ops"
_GRANTS = f"""
GRANT EXECUTE ON FUNCTION app.tenant(), app.person(), app.is_admin() TO {_PEOPLE}, lers_sla, lers_audit;
REVOKE ALL ON FUNCTION app.login_lookup(text), app.refresh_lookup(bytea), app.search_requests(text),
    app.pending_files(integer), app.unmailed_notifications(integer), app.keep_user_card() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.login_lookup(text), app.refresh_lookup(bytea), app.search_requests(text) TO lers_app;
GRANT EXECUTE ON FUNCTION app.pending_files(integer), app.unmailed_notifications(integer) TO lers_worker, lers_ops;

GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA app TO lers_app, lers_ops;
GRANT SELECT ON ALL TABLES IN SCHEMA app TO lers_hub;
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA app TO lers_worker;
REVOKE INSERT, UPDATE ON app.authentication_user, app.tenants, app.auth_session, app.auth_refresh, app.auth_key,
    app.lers_approval_workflow, app.authority_rule, app.delegation FROM lers_worker;
REVOKE SELECT ON app.auth_refresh, app.login_counter, app.idempotency_key FROM lers_hub, lers_worker;
REVOKE UPDATE, SELECT ON app.outbox FROM lers_app;
REVOKE ALL ON app.alembic_version FROM lers_app, lers_hub, lers_worker, lers_ops;
GRANT SELECT ON app.alembic_version TO {_PEOPLE};
REVOKE INSERT, UPDATE ON app.user_card FROM {_PEOPLE};
GRANT INSERT ON app.outbox TO lers_hub;
GRANT INSERT, UPDATE ON app.user_presence TO lers_hub;
GRANT INSERT, UPDATE, DELETE ON app.presence_socket TO lers_hub;
GRANT DELETE ON app.request_identifier, app.request_participant, app.idempotency_key, app.login_counter TO lers_app;
GRANT DELETE ON app.file_share TO lers_app;
GRANT DELETE ON app.idempotency_key, app.outbox, app.presence_socket, app.login_counter, app.effect
    TO lers_worker, lers_ops;
"""

_GUARD = """
CREATE FUNCTION app.guard_request() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status IS DISTINCT FROM OLD.status THEN
        IF NOT ((OLD.status, NEW.status) IN (:pairs)) THEN
            RAISE EXCEPTION 'a request does not go from % to %', OLD.status, NEW.status
                USING errcode = 'check_violation';
        END IF;
        IF NEW.version <= OLD.version THEN
            RAISE EXCEPTION 'a step along the life cycle makes a new version' USING errcode = 'check_violation';
        END IF;
    END IF;
    IF NEW.agency_tenant_id <> OLD.agency_tenant_id OR NEW.created_by_id <> OLD.created_by_id
       OR NEW.request_number <> OLD.request_number THEN
        RAISE EXCEPTION 'who asked, and under which number, never changes' USING errcode = 'check_violation';
    END IF;
    IF OLD.submitted_at IS NOT NULL AND NEW.provider_tenant_id <> OLD.provider_tenant_id THEN
        RAISE EXCEPTION 'a submitted request stays with its provider' USING errcode = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON app.lers_requests FOR EACH ROW EXECUTE FUNCTION app.guard_request();
"""


def upgrade() -> None:
    for statement in _policies():
        op.execute(statement)
    op.execute(_REST)
    op.execute(_FUNCTIONS)
    pairs = ", ".join(f"('{old}', '{new}')" for old, new in TRANSITIONS)
    op.execute(_GUARD.replace(":pairs", pairs))
    op.execute(_GRANTS)


def downgrade() -> None:
    op.execute("DROP TRIGGER guard ON app.lers_requests; DROP FUNCTION app.guard_request()")
    op.execute("DROP TRIGGER announce ON app.outbox; DROP FUNCTION app.announce_outbox()")
    op.execute("DROP TRIGGER keep_user_card ON app.authentication_user; DROP FUNCTION app.keep_user_card()")
    for signature in (
        "unmailed_notifications(integer)",
        "pending_files(integer)",
        "search_requests(text)",
        "refresh_lookup(bytea)",
        "login_lookup(text)",
    ):
        op.execute(f"DROP FUNCTION app.{signature}")
    op.execute(
        """
        DO $$
        DECLARE
            p record;
        BEGIN
            FOR p IN SELECT policyname, tablename FROM pg_policies WHERE schemaname = 'app' LOOP
                EXECUTE format('DROP POLICY %I ON app.%I', p.policyname, p.tablename);
            END LOOP;
        END $$
        """
    )
    for table in (*OWN, *SHOWN, *SHARED, *OTHERS):
        op.execute(f"ALTER TABLE app.{table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE app.{table} DISABLE ROW LEVEL SECURITY")
    op.execute("REVOKE ALL ON ALL TABLES IN SCHEMA app FROM lers_app, lers_hub, lers_worker, lers_ops, lers_sla")
