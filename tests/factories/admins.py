"""A second administrator of the platform, for what takes two."""

from __future__ import annotations

import dataclasses

from lers_web.kernel.ids import new_id
from tests.factories.cast import Cast


def add_second_admin(cast: Cast) -> None:
    """Put ``admin2`` into the database and the cast. Sign everybody in (``callers_of``) afterwards."""
    first = cast["admin"]
    second = dataclasses.replace(
        first, user_id=new_id(), session_id=new_id(), email="admin2@platform.example", name="Admin2"
    )
    with cast.superuser() as connection:
        connection.execute(
            "INSERT INTO app.authentication_user (id, email, full_name, role, tenant_id) VALUES (%s,%s,%s,%s,%s)",
            (second.user_id, second.email, second.name, second.role.value, second.tenant_id),
        )
    cast.people["admin2"] = second
