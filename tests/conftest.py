"""The real servers under the tests. Nothing is started until a test asks for one of these fixtures."""

from __future__ import annotations

import dataclasses
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from lers_web.config import Settings
from lers_web.standalone import provision
from lers_web.standalone.account import unprivileged_account
from lers_web.standalone.home import Home, free_port
from lers_web.standalone.migrate import upgrade
from lers_web.standalone.server import RunningServers
from lers_web.standalone.stack import Addresses, Stack
from tests.launched import Launched

TEMPLATE = "lers_template"
URL_FIELDS = (
    "database_url",
    "hub_database_url",
    "worker_database_url",
    "ops_database_url",
    "migrate_database_url",
    "admin_database_url",
)


@contextmanager
def temporary_home() -> Iterator[Path]:
    """Yield a directory for a home: short, for Unix sockets, and one that an unprivileged account may walk into."""
    with tempfile.TemporaryDirectory(prefix="lers-t-") as directory:
        Path(directory).chmod(0o711)
        yield Path(directory) / "home"


@pytest.fixture(scope="session")
def servers() -> Iterator[Settings]:
    """PostgreSQL, Valkey, SeaweedFS, ClamAV and the mail sink, with a migrated, empty template database.

    Use the ``database`` fixture for a database of your own: this one's is the template, and must stay untouched.
    """
    with temporary_home() as path, ExitStack() as cleanup:
        home = Home(path, unprivileged_account())
        home.lock()
        cleanup.callback(home.unlock)
        stack = Stack(home, durable=False)
        scanner = stack.clamd.find()
        running = RunningServers(home, stack.servers(scanner=scanner))
        cleanup.callback(running.stop)
        running.start()
        stack.create_database(TEMPLATE)
        provision.make_keys(home.key_dir)
        addresses = Addresses(free_port(), free_port())
        environ = stack.settings(addresses, env="test", scanner=scanner, database=TEMPLATE)
        settings = Settings.from_env(environ)
        upgrade(settings)
        yield settings


@pytest.fixture(scope="session")
def clone_database(servers: Settings) -> Callable[[], Settings]:
    """A function that makes a new, migrated, empty database and returns the settings for it.

    For fixtures of a wider scope than one test. The database goes with the servers; ``database`` drops its own sooner.
    """

    def clone() -> Settings:
        name = f"lers_{secrets.token_hex(6)}"
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(
            *map(sql.Identifier, (name, TEMPLATE, provision.OWNER))
        )
        with psycopg.connect(_in_database(servers.admin_database_url, "postgres"), autocommit=True) as admin:
            admin.execute(statement)
            # The settings of a database are not part of its template.
            for (line,) in admin.execute(
                "SELECT unnest(setconfig) FROM pg_db_role_setting JOIN pg_database ON oid = setdatabase "
                "WHERE datname = %s AND setrole = 0",
                (TEMPLATE,),
            ).fetchall():
                setting, _, value = line.partition("=")
                admin.execute(
                    sql.SQL("ALTER DATABASE {} SET {} = {}").format(
                        sql.Identifier(name), sql.Identifier(setting), sql.SQL(value)
                    )
                )
        urls = {field: _in_database(getattr(servers, field), name) for field in URL_FIELDS}
        return dataclasses.replace(servers, **urls)

    return clone


@pytest.fixture
def database(servers: Settings, clone_database: Callable[[], Settings]) -> Iterator[Settings]:
    """Settings with a migrated, empty database for this test alone."""
    settings = clone_database()
    yield settings
    drop_database(servers, settings)


@pytest.fixture(scope="module")
def module_database(servers: Settings, clone_database: Callable[[], Settings]) -> Iterator[Settings]:
    """As ``database``, shared by the tests of one module."""
    settings = clone_database()
    yield settings
    drop_database(servers, settings)


def drop_database(servers: Settings, settings: Settings) -> None:
    """Drop a cloned database, and end whatever is still connected to it."""
    name = urlsplit(settings.admin_database_url).path.removeprefix("/")
    with psycopg.connect(_in_database(servers.admin_database_url, "postgres"), autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _in_database(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


@pytest.fixture(scope="session")
def live_system() -> Iterator[Launched]:
    """The whole system as `make up` starts it: web, hub, relay, workers, scheduler, with the demo data.

    It is shared by all end-to-end tests: make what you change your own. The limits are far away, so that one test's
    logins do not lock another one out.
    """
    roomy = {"LERS_RATE_LIMIT_USER": "10000/minute", "LERS_RATE_LIMIT_LOGIN": "10000/minute"}
    with temporary_home() as path, Launched(path, environ=roomy) as system:
        yield system.start(until="LERS is ready\n")
