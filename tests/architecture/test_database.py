"""What the database itself must guarantee: migrations in step with the models, and walls between tenants."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import psycopg
import pytest

from lers_web.config import Settings
from lers_web.standalone.environment import clean_environ

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ("lers_app", "lers_hub", "lers_worker", "lers_ops", "lers_migrate")


def environ(settings: Settings) -> dict[str, str]:
    values = {}
    for item in fields(settings):
        value = getattr(settings, item.name)
        name = "EVIDENCE_ENCRYPTION_KEY" if item.name == "evidence_key" else f"LERS_{item.name.upper()}"
        if value in {None, (), ""}:
            continue
        values[name] = (
            value.hex() if isinstance(value, bytes) else ",".join(value) if isinstance(value, tuple) else str(value)
        )
    return clean_environ(values)


def flask_db(settings: Settings, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flask", "db", *words],
        cwd=ROOT, env=environ(settings), capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def structure(settings: Settings) -> list[tuple[object, ...]]:
    with psycopg.connect(settings.admin_database_url) as connection:
        return connection.execute(
            """
            SELECT 'column', table_schema, table_name, column_name, data_type, is_nullable, coalesce(column_default,'')
              FROM information_schema.columns WHERE table_schema IN ('app','audit')
            UNION ALL
            SELECT 'index', schemaname, tablename, indexname, indexdef, '', '' FROM pg_indexes
             WHERE schemaname IN ('app','audit')
            UNION ALL
            SELECT 'policy', schemaname, tablename, policyname, coalesce(qual,''), coalesce(with_check,''), roles::text
              FROM pg_policies WHERE schemaname IN ('app','audit')
            UNION ALL
            SELECT 'function', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid), md5(p.prosrc), '', ''
              FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname IN ('app','audit')
            UNION ALL
            SELECT 'grant', table_schema, table_name, grantee, privilege_type, '', ''
              FROM information_schema.role_table_grants WHERE table_schema IN ('app','audit')
            ORDER BY 1, 2, 3, 4, 5, 6, 7
            """
        ).fetchall()


@pytest.fixture
def admin(module_database: Settings) -> psycopg.Connection:
    with psycopg.connect(module_database.admin_database_url) as connection:
        yield connection


def test_the_migrations_are_numbered_and_end_in_the_head_file() -> None:
    names = sorted(path.name for path in (ROOT / "migrations/versions").glob("*.py"))
    assert all(re.match(r"\d{4}_[a-z_]+\.py$", name) for name in names)
    numbers = [name[:4] for name in names]
    assert len(set(numbers)) == len(numbers)
    assert (ROOT / "migrations/.current-head").read_text().strip() == numbers[-1]


def test_the_models_and_the_migrations_agree(database: Settings) -> None:
    done = flask_db(database, "check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_migration_goes_down_and_up_again(database: Settings) -> None:
    before = structure(database)
    steps = len(list((ROOT / "migrations/versions").glob("*.py")))
    for _ in range(steps):
        down = flask_db(database, "downgrade")
        assert down.returncode == 0, down.stdout + down.stderr
    up = flask_db(database, "upgrade")
    assert up.returncode == 0, up.stdout + up.stderr
    assert structure(database) == before


def test_every_table_has_forced_row_level_security(admin: psycopg.Connection) -> None:
    bare = admin.execute(
        """
        SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname IN ('app','audit') AND c.relkind IN ('r','p') AND c.relname <> 'alembic_version'
           AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
        """
    ).fetchall()
    assert not bare


def test_no_service_is_above_the_walls(admin: psycopg.Connection) -> None:
    strong = admin.execute(
        "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) AND (rolsuper OR rolbypassrls OR rolcreaterole)",
        (list(SERVICES),),
    ).fetchall()
    assert not strong


def test_no_table_belongs_to_a_service_or_a_superuser(admin: psycopg.Connection) -> None:
    owners = admin.execute("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname IN ('app','audit')").fetchall()
    assert {owner for (owner,) in owners} == {"lers_owner", "lers_audit"}


def test_views_ask_as_the_caller(admin: psycopg.Connection) -> None:
    views = admin.execute(
        """
        SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname IN ('app','audit') AND c.relkind IN ('v','m')
           AND NOT coalesce(c.reloptions::text LIKE '%security_invoker=true%', false)
        """
    ).fetchall()
    assert not views


def test_definer_functions_have_a_fixed_path_and_are_not_for_everybody(admin: psycopg.Connection) -> None:
    loose = admin.execute(
        """
        SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
         WHERE n.nspname IN ('app','audit') AND p.prosecdef
           AND (p.proconfig IS NULL OR NOT p.proconfig::text LIKE '%search_path=pg_catalog%'
                OR has_function_privilege('public', p.oid, 'EXECUTE'))
        """
    ).fetchall()
    assert not loose


@pytest.mark.parametrize("role", ["lers_app", "lers_hub", "lers_worker", "lers_ops"])
def test_set_config_is_taken_away(admin: psycopg.Connection, role: str) -> None:
    (may,) = admin.execute(
        "SELECT has_function_privilege(%s, 'pg_catalog.set_config(text,text,boolean)', 'EXECUTE')", (role,)
    ).fetchone()
    assert may is False


@pytest.mark.parametrize("url", ["database_url", "hub_database_url", "worker_database_url", "ops_database_url"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit.entry SET canonical = ''",
        "DELETE FROM audit.entry",
        "TRUNCATE audit.entry",
        "INSERT INTO audit.entry SELECT * FROM audit.entry",
        "UPDATE audit.head SET seq = 0",
        "UPDATE audit.leaf_range SET entries = 0",
        "INSERT INTO audit.leaf_range SELECT * FROM audit.leaf_range",
        "DELETE FROM audit.checkpoint",
        "INSERT INTO audit.checkpoint SELECT * FROM audit.checkpoint",
        "ALTER TABLE audit.entry DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
    ],
)
def test_no_service_can_touch_the_trail(module_database: Settings, url: str, statement: str) -> None:
    with (
        psycopg.connect(getattr(module_database, url)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement)


def test_a_connection_without_a_context_sees_nothing(database: Settings) -> None:
    with psycopg.connect(database.admin_database_url) as admin:
        tables = [
            row[0] for row in admin.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'app'").fetchall()
        ]
        admin.execute("INSERT INTO app.tenants (id, name, type, code) VALUES (gen_random_uuid(), 'A', 'PROVIDER', 'A')")
        admin.commit()
    hidden = {"alembic_version", "outbox", "login_counter", "auth_refresh", "idempotency_key"}
    with psycopg.connect(database.database_url) as connection:
        for table in sorted(set(tables) - hidden):
            (count,) = connection.execute(f"SELECT count(*) FROM app.{table}").fetchone()
            assert count == 0, table
