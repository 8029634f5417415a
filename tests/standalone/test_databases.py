"""The databases the other tests stand on: migrated, one's own, and with the roles' walls up."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from lers_web.config import Settings


def test_a_cloned_database_is_migrated_and_its_own(database: Settings, clone_database: Callable[[], Settings]) -> None:
    other = clone_database()
    assert other.database_url != database.database_url
    with psycopg.connect(database.admin_database_url) as admin:
        found = admin.execute("SELECT to_regclass('app.lers_requests')::text").fetchone()
    assert found is not None
    assert found[0] is not None


def test_no_service_may_call_set_config(database: Settings) -> None:
    with psycopg.connect(database.database_url) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("SELECT set_config('app.tenant_id', 'x', true)")


def test_names_are_looked_for_in_the_schema_of_the_product(database: Settings) -> None:
    with psycopg.connect(database.database_url) as app:
        assert app.execute("SHOW search_path").fetchone() == ("app, public",)


def test_a_wrong_password_is_refused(database: Settings) -> None:
    parts = psycopg.conninfo.conninfo_to_dict(database.database_url) | {"password": "guess"}
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(**parts)
