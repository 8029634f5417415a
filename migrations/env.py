"""How Alembic reaches the database: as the migrator, acting as the owner, one migration run at a time."""

from __future__ import annotations

from pathlib import Path

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text
from sqlalchemy.engine import create_engine
from sqlalchemy.pool import NullPool

from lers_web.tables import METADATA

LOCK_KEY = 5_377_201
HEAD_FILE = Path(__file__).parent / ".current-head"
SCHEMAS = {"app", "audit"}


def include_name(name: str | None, kind: str, parents: dict[str, str | None]) -> bool:  # noqa: ARG001 - Alembic's signature
    """Compare only the two schemas that LERS owns."""
    return kind != "schema" or name in SCHEMAS


def include_object(item: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:  # noqa: ARG001, FBT001
    """Leave Alembic's own table out of the comparison."""
    return not (kind == "table" and name == "alembic_version")


def run(connection: Connection) -> None:
    """Run the migrations on one connection, alone, with a short patience for locks."""
    connection.execute(text("SET lock_timeout = '5s'"))
    connection.execute(text("SET statement_timeout = '15min'"))
    connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": LOCK_KEY})
    connection.execute(text("SET ROLE lers_owner"))
    connection.commit()
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        include_schemas=True,
        include_name=include_name,
        include_object=include_object,
        version_table_schema="app",
        compare_type=True,
        compare_server_default=False,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def main() -> None:
    """Connect with the migrator's URL, and only with that."""
    url = current_app.config["LERS_SETTINGS"].migrate_database_url
    if not url:
        raise SystemExit("LERS_MIGRATE_DATABASE_URL is not set: migrations run as the role lers_migrate.")
    if url.startswith("postgresql://"):
        url = "postgresql+psycopg://" + url.removeprefix("postgresql://")
    engine = create_engine(url, poolclass=NullPool, connect_args={"options": "-c timezone=UTC"})
    with engine.connect() as connection:
        run(connection)
    engine.dispose()


main()
