"""What may go past the walls, name by name. Whoever adds to it writes here why, and somebody reads that."""

from __future__ import annotations

import psycopg
import pytest

from lers_web.config import Settings

APP, HUB, WORKER, OPS = "lers_app", "lers_hub", "lers_worker", "lers_ops"
EVERYBODY = {APP, HUB, WORKER, OPS}
OWNERS = {"app": "lers_owner", "audit": "lers_audit"}

DEFINERS = {
    # The only way into the trail: the chain and its head are nobody's to write.
    "audit.append(timestamp with time zone,text,uuid,text,uuid,uuid,text,text)": EVERYBODY,
    "audit.append_many(timestamp with time zone,jsonb)": EVERYBODY,
    # The tree over all chains: a place for each entry, its hashes (of which nothing can be read), and what was signed.
    "audit.sequence()": {WORKER, OPS},
    "audit.add_checkpoint(bigint,bytea,bytea,text,text,timestamp with time zone)": {WORKER, OPS},
    "audit.leaf_hashes(bigint,bigint)": {APP, WORKER, OPS},
    "audit.log_size()": {APP, WORKER, OPS},
    # Both sides' entries of one request; it asks for the context's tenant itself.
    "audit.request_timeline(uuid,text[],integer)": {APP, OPS},
    # Nobody is known yet: one row by an e-mail, or by the hash of a secret.
    "app.login_lookup(text)": {APP},
    "app.refresh_lookup(bytea)": {APP},
    "app.invitation_lookup(bytea)": {APP},
    # Full text is not leakproof; it asks for the context's tenant itself.
    "app.search_requests(text)": {APP},
    # What an outage left over, and whether an effect is there: ids alone, of all tenants.
    "app.pending_files(integer)": {WORKER, OPS},
    "app.unmailed_notifications(integer)": {WORKER, OPS},
    "app.effects_there(text[])": {WORKER, OPS},
    "app.request_card(uuid)": {WORKER, OPS},
    # That a session lives and as what, for connections of all tenants.
    "app.living_sessions(uuid[])": {HUB},
    # Names and ranks for the other side; a trigger, called by nobody.
    "app.keep_user_card()": set(),
    # Break-glass: what the asking administrator has opened, and figures without content.
    "app.opened_requests()": EVERYBODY,
    "app.response_figures()": {APP},
}
"""Functions that run with their owner's rights, and who may call them."""

WITHOUT_A_TENANT = {
    # What the definer functions above read and write, as their owner, who cannot log in.
    *((f"app.{table}", "definer", "lers_owner") for table in (
        "auth_invitation", "auth_refresh", "auth_session", "authentication_user", "break_glass", "effect",
        "lers_files", "lers_notifications", "lers_requests", "lers_responses", "tenants", "user_card")),
    ("app.user_card", "kept", "lers_owner"),
    ("app.user_card", "kept_up", "lers_owner"),
    ("audit.entry", "own", "lers_audit"),
    ("audit.head", "own", "lers_audit"),
    ("audit.checkpoint", "own", "lers_audit"),
    ("audit.leaf_range", "own", "lers_audit"),
    # The SLA monitor finds the agencies with a clock, by the columns that it is granted.
    ("app.lers_requests", "monitor", "lers_sla"),
    ("app.sla_notice", "monitor", "lers_sla"),
    # Hashes alone: the sign-in needs them before anybody is known.
    ("app.login_counter", "counted", "lers_app,lers_ops"),
    # Ids alone, of all tenants: who hands on, who keeps connections.
    ("app.outbox", "relayed", "lers_ops,lers_worker"),
    ("app.presence_socket", "hub", "lers_hub,lers_ops,lers_worker"),
    ("app.user_presence", "hub", "lers_hub,lers_ops,lers_worker"),
    # Wrapped keys, which the operator retires.
    ("app.tenant_key", "retired", "lers_ops"),
    # What an administrator has opened; the function asks who that is.
    ("app.file_share", "break_glass", "public"),
}  # fmt: skip
"""Policies that name neither the tenant nor the person: table, policy, roles."""

BY_ONE_COLUMN = {
    # Administrators alone write it, in their own name.
    *(("app.break_glass", column) for column in ("asked_by_id", "confirmed_by_id", "ended_by_id", "request_id")),
    # Its policy asks the request for its parties.
    ("app.file_share", "request_id"),
    # The policy `sample` holds the file's tenant against the item's.
    ("app.lers_provider_data_catalog", "sample_output_file_id"),
    # Everybody reads the catalog.
    ("app.lers_requests", "catalog_item_id"),
    ("app.lers_templates", "catalog_item_id"),
    # Shows nothing of the parent, and would need one more index on the largest table.
    ("app.lers_requests", "parent_request_id"),
    # A reader may be of either party.
    ("app.message_read", "user_id"),
    # Written by a trigger of the parent itself.
    ("app.user_card", "id"),
}
"""Foreign keys to a tenant's rows that do not hold the tenant as well: table, column (ADR 0068)."""


@pytest.fixture
def admin(module_database: Settings) -> psycopg.Connection:
    with psycopg.connect(module_database.admin_database_url) as connection:
        connection.execute("SET search_path = pg_catalog")  # so that every name is told with its schema
        yield connection


def test_definer_functions_are_these_and_called_by_these(admin: psycopg.Connection) -> None:
    found = admin.execute(
        """
        SELECT p.oid::regprocedure::text, ARRAY(
                   SELECT r.rolname::text FROM pg_roles r
                    WHERE r.rolname LIKE 'lers%' AND r.rolname NOT IN ('lers_migrate', pg_get_userbyid(p.proowner))
                      AND has_function_privilege(r.oid, p.oid, 'EXECUTE'))
          FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
         WHERE n.nspname IN ('app','audit') AND p.prosecdef
        """
    ).fetchall()
    assert {name: set(callers) for name, callers in found} == DEFINERS


def test_everything_belongs_to_the_owner_of_its_schema(admin: psycopg.Connection) -> None:
    found = admin.execute(
        """
        SELECT n.nspname::text, 'function ' || p.proname, pg_get_userbyid(p.proowner)::text
          FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        UNION ALL
        SELECT n.nspname, 'relation ' || c.relname, pg_get_userbyid(c.relowner)
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        UNION ALL
        SELECT n.nspname, 'type ' || t.typname, pg_get_userbyid(t.typowner)
          FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
        UNION ALL
        SELECT n.nspname, 'schema', pg_get_userbyid(n.nspowner) FROM pg_namespace n
        """
    ).fetchall()
    ours = [(schema, what, owner) for schema, what, owner in found if schema in OWNERS]
    assert len(ours) > len(DEFINERS)
    assert [(schema, what, owner) for schema, what, owner in ours if owner != OWNERS[schema]] == []


def test_nothing_is_kept_that_row_level_security_does_not_reach(admin: psycopg.Connection) -> None:
    found = admin.execute(
        """
        SELECT n.nspname || '.' || c.relname, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname NOT IN ('pg_catalog','information_schema','pg_toast') AND n.nspname NOT LIKE 'pg_temp%'
           AND (c.relkind IN ('m','f') OR (n.nspname NOT IN ('app','audit') AND c.relkind IN ('r','p','v')))
        """
    ).fetchall()
    assert found == []


def test_a_policy_names_the_tenant_or_the_person_but_for_these(admin: psycopg.Connection) -> None:
    found = admin.execute(
        r"""
        SELECT schemaname || '.' || tablename, policyname::text,
               array_to_string(ARRAY(SELECT unnest(roles) ORDER BY 1), ',')
          FROM pg_policies
         WHERE schemaname IN ('app','audit')
           AND (coalesce(qual, with_check) !~ 'app\.(tenant|person|is_admin)\(\)'
                OR coalesce(with_check, qual) !~ 'app\.(tenant|person|is_admin)\(\)')
        """
    ).fetchall()
    assert set(found) == WITHOUT_A_TENANT


def test_a_key_to_a_tenants_row_holds_the_tenant_but_for_these(admin: psycopg.Connection) -> None:
    """A parent of a tenant is one with a unique key that holds its tenant: ``(id, tenant_id)`` and the like."""
    found = admin.execute(
        """
        WITH parents AS (
            SELECT u.conrelid FROM pg_constraint u
             WHERE u.contype = 'u' AND u.connamespace = 'app'::regnamespace AND EXISTS (
                SELECT FROM pg_attribute a WHERE a.attrelid = u.conrelid AND a.attnum = ANY (u.conkey)
                   AND a.attname IN ('tenant_id','agency_tenant_id','provider_tenant_id')) AND cardinality(u.conkey) > 1
        )
        SELECT DISTINCT c.conrelid::regclass::text, a.attname::text
          FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
         WHERE c.contype = 'f' AND cardinality(c.conkey) = 1 AND c.confrelid IN (SELECT conrelid FROM parents)
           AND NOT EXISTS (SELECT FROM pg_constraint o
                            WHERE o.contype = 'f' AND o.conrelid = c.conrelid AND o.confrelid = c.confrelid
                              AND cardinality(o.conkey) > 1 AND c.conkey[1] = ANY (o.conkey))
        """
    ).fetchall()
    assert set(found) == BY_ONE_COLUMN
