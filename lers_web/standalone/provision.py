"""Make the database of LERS in a running PostgreSQL: roles, passwords, the database; and the keys that sign tokens."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import psycopg
from psycopg import sql

from lers_web.standalone.errors import StandaloneError
from lers_web.standalone.home import Home
from lers_web.standalone.postgres import Postgres

DATABASE = "lers"
OWNER = "lers_owner"
KEY_PURPOSES = ("access", "seal", "checkpoint")
# login role -> the setting that holds its address
LOGINS = {
    "lers_app": "LERS_DATABASE_URL",
    "lers_hub": "LERS_HUB_DATABASE_URL",
    "lers_worker": "LERS_WORKER_DATABASE_URL",
    "lers_ops": "LERS_OPS_DATABASE_URL",
    "lers_migrate": "LERS_MIGRATE_DATABASE_URL",
}


def create_database(server: Postgres, database: str, bootstrap: Path, passwords: Mapping[str, str]) -> None:
    """Make ``database`` with its roles and their passwords. Harmless to repeat."""
    if not bootstrap.is_file():
        raise StandaloneError(f"{bootstrap} is missing: this checkout is not complete")
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        found = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,)).fetchone()
        if found is None:
            admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
    with psycopg.connect(server.url(database), autocommit=True) as admin:
        admin.execute(bootstrap.read_bytes())
        for role, password in passwords.items():
            # Hashed here, so that the password itself is in no statement and no log.
            hashed = admin.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
            admin.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(hashed)))
        admin.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(sql.Identifier(database), sql.Identifier(OWNER)))


def database_settings(server: Postgres, database: str, passwords: Mapping[str, str]) -> dict[str, str]:
    """Return the address of ``database`` for each role."""
    urls = {setting: server.url(database, role, passwords[role]) for role, setting in LOGINS.items()}
    return urls | {"LERS_ADMIN_DATABASE_URL": server.url(database)}


def role_passwords(home: Home) -> dict[str, str]:
    """Return the random password of each login role of this home."""
    return {role: home.secret(f"role:{role}") for role in LOGINS}


def make_keys(key_dir: Path) -> None:
    """Make the keys that sign access tokens, seal statements and sign the audit log's checkpoints, once.

    Before any process starts: several started together would each make their own.
    """
    from lers_web.kernel.tokens import generate_key_dir  # noqa: PLC0415 - brings cryptography, 0.1 s

    for purpose in KEY_PURPOSES:
        if not any(key_dir.glob(f"{purpose}-*.pem")):
            generate_key_dir(key_dir, purpose)
