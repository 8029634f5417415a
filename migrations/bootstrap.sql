-- What a superuser does once per database before the first migration: roles, schemas, and the lock on set_config.
-- Idempotent. Passwords of the login roles are set by whoever runs it. See docs/adr/0003-database-roles.md.

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['lers_owner', 'lers_audit', 'lers_sla'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE', name);
        END IF;
    END LOOP;
    FOREACH name IN ARRAY ARRAY['lers_migrate', 'lers_app', 'lers_hub', 'lers_worker', 'lers_ops'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE', name);
        END IF;
    END LOOP;
END
$$;

-- The migrator acts as the owners, and owns nothing itself. The SLA monitor narrows a worker's or an operator's transaction.
GRANT lers_owner, lers_audit TO lers_migrate;
GRANT lers_sla TO lers_worker, lers_ops;

CREATE SCHEMA IF NOT EXISTS app AUTHORIZATION lers_owner;
CREATE SCHEMA IF NOT EXISTS audit AUTHORIZATION lers_audit;
GRANT USAGE ON SCHEMA app TO lers_app, lers_hub, lers_worker, lers_ops, lers_sla, lers_audit;
GRANT USAGE ON SCHEMA audit TO lers_app, lers_hub, lers_worker, lers_ops, lers_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;

-- Names without a schema are looked for in app: convenient in psql, and the code qualifies its own.
DO $$
BEGIN
    EXECUTE format('ALTER DATABASE %I SET search_path = app, public', current_database());
END
$$;

-- Row-level security reads app.tenant_id. SET LOCAL stays possible (a utility statement cannot be smuggled into a
-- query); the function form could be, inside an injected expression, and is taken away.
REVOKE EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) FROM PUBLIC;
