"""What goes wrong on our side is logged without the values that were at hand."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from lers_web.config import Settings
from lers_web.kernel.logs import JsonFormatter
from tests.factories.callers import callers_of
from tests.factories.cast import cast_in

EMAIL = "secret.person@mumbai.example"
PASSWORD = "Secret-words-9"
TELLS = """
CREATE OR REPLACE FUNCTION app.login_lookup(p_email text)
RETURNS TABLE (user_id uuid, tenant_id uuid, password_hash text, is_active boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, app AS $$
BEGIN
    RAISE EXCEPTION 'no % here', p_email USING detail = p_email;
END $$
"""


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What the processes write, with the same formatter."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter("test"))
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


@pytest.mark.parametrize(
    "damage",
    [
        "REVOKE EXECUTE ON FUNCTION app.login_lookup(text) FROM lers_app",
        TELLS,
    ],
    ids=["refused", "told-by-the-database"],
)
def test_a_failed_statement_is_logged_without_its_values(database: Settings, logged: io.StringIO, damage: str) -> None:
    with cast_in(database) as cast, callers_of(cast) as people:
        with cast.superuser() as connection:
            connection.execute(damage)
        answer = people.app.test_client().post("/api/v1/auth/login/", json={"email": EMAIL, "password": PASSWORD})
    assert answer.status_code == 500
    assert EMAIL not in answer.text
    text = logged.getvalue()
    assert "unexpected error on POST /api/v1/auth/login/" in text
    assert "SQLSTATE" in text
    assert "secret.person" not in text
    assert PASSWORD not in text


def test_the_text_of_a_database_error_has_no_values_wherever_it_goes(database: Settings) -> None:
    with cast_in(database) as cast, cast.acting("io") as uow, pytest.raises(Exception, match="hidden") as failed:
        uow.session.connection().exec_driver_sql("SELECT %(email)s::integer / 0, nonsense", {"email": EMAIL})
    assert EMAIL not in str(failed.value)
