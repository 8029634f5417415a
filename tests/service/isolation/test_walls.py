"""The self-test of the second lock: silent while it holds, and each way to open it is told and stops a start."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from lers_web.config import Settings
from lers_web.kernel import walls
from lers_web.kernel.ports import Backend
from tests.factories.callers import callers_of
from tests.factories.cast import Cast, cast_in
from tests.jobs.conftest import environ_of

ROOT = Path(__file__).resolve().parents[3]
URLS = ("database_url", "hub_database_url", "worker_database_url", "ops_database_url")
SEEN = "CREATE POLICY everything ON app.authentication_user FOR SELECT USING (true)"
HOLES = [
    ("ALTER TABLE app.lers_files DISABLE ROW LEVEL SECURITY", "not forced on app.lers_files"),
    ("ALTER TABLE app.lers_messages NO FORCE ROW LEVEL SECURITY", "not forced on app.lers_messages"),
    ("ALTER TABLE audit.entry NO FORCE ROW LEVEL SECURITY", "not forced on audit.entry"),
    ("GRANT EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) TO PUBLIC", "may call set_config"),
    (SEEN, "a stranger sees accounts"),
]
OF_THE_CLUSTER = [
    ("ALTER ROLE lers_app BYPASSRLS", "ALTER ROLE lers_app NOBYPASSRLS", "is above row-level security"),
    ("GRANT lers_owner TO lers_app", "REVOKE lers_owner FROM lers_app", "acts for the owner of app."),
]


@pytest.fixture
def cast(database: Settings) -> Iterator[Cast]:
    with cast_in(database) as cast:
        yield cast


@contextmanager
def connected(settings: Settings, url: str) -> Iterator[Backend]:
    backend = Backend.connect(settings, url, application="lers-test")
    yield backend
    backend.engine.dispose()


def damage(cast: Cast, statement: str) -> None:
    with psycopg.connect(cast.settings.admin_database_url, autocommit=True) as admin:
        admin.execute(statement)


@pytest.mark.parametrize("name", URLS)
def test_the_walls_hold_around_every_service(cast: Cast, name: str) -> None:
    with connected(cast.settings, getattr(cast.settings, name)) as backend:
        assert walls.findings(backend) == []
        walls.insist(backend)


@pytest.mark.parametrize(("statement", "sentence"), HOLES)
def test_each_hole_in_a_database_is_told(cast: Cast, statement: str, sentence: str) -> None:
    damage(cast, statement)
    (told,) = walls.findings(cast.backend)
    assert sentence in told
    with pytest.raises(walls.WallsOpenError, match=sentence):
        walls.insist(cast.backend)


@pytest.mark.parametrize(("statement", "cure", "sentence"), OF_THE_CLUSTER)
def test_a_role_that_may_too_much_is_told(cast: Cast, statement: str, cure: str, sentence: str) -> None:
    damage(cast, statement)
    try:
        told = walls.findings(cast.backend)
    finally:
        damage(cast, cure)
    assert any(sentence in each for each in told)
    assert walls.findings(cast.backend) == []


def test_a_superusers_url_is_told(cast: Cast) -> None:
    with connected(cast.settings, cast.settings.admin_database_url) as backend:
        told = " ".join(walls.findings(backend))
    assert "is above row-level security" in told
    assert "a stranger sees accounts" in told


def test_a_database_that_is_away_or_empty_stops_no_start(cast: Cast) -> None:
    away = dataclasses.replace(cast.settings, database_url="postgresql://lers_app:x@127.0.0.1:1/none")
    with connected(away, away.database_url) as backend:
        walls.insist(backend)
    damage(cast, "DROP SCHEMA app CASCADE")
    walls.insist(cast.backend)


def test_readiness_says_so_and_takes_no_requests(cast: Cast) -> None:
    with callers_of(cast) as people:
        client = people.app.test_client()
        assert client.get("/readyz").json["checks"]["database"] == "ok"
        damage(cast, SEEN)
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert answer.json["status"] == "down"
        assert answer.json["checks"]["database"] == "walls open"
        damage(cast, "DROP POLICY everything ON app.authentication_user")
        assert client.get("/readyz").json["checks"]["database"] == "ok"


@pytest.mark.parametrize(
    "arguments", [["-c", "import wsgi"], ["-m", "lers_hub"], ["-m", "lers_jobs", "--burst"], ["-m", "lers_jobs.relay"]]
)
def test_no_process_starts_in_front_of_open_walls(cast: Cast, arguments: list[str]) -> None:
    damage(cast, SEEN)
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environ_of(cast.settings), capture_output=True, text=True,
        check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert "a stranger sees accounts" in done.stdout + done.stderr


def test_the_web_process_starts_behind_walls_that_hold(cast: Cast) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import wsgi; print(wsgi.app.name)"], cwd=ROOT, env=environ_of(cast.settings),
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stdout.strip()) == (0, "lers_web"), done.stderr
