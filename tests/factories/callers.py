"""People with living sessions who call the API of an application in this process."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from lers_web.app import create_app
from lers_web.domains.identity.sessions import access_token
from lers_web.extensions import db
from lers_web.kernel import clock
from lers_web.kernel.tokens import TokenKeys
from tests.factories.cast import Cast


@dataclasses.dataclass
class Callers:
    """The application, and a token for each of the cast."""

    app: Flask
    cast: Cast
    tokens: dict[str, str]

    def call(self, who: str, method: str, path: str, **kwargs: Any) -> TestResponse:
        """Call as one person; ``path`` is what follows ``/api/v1``."""
        headers = {"Authorization": f"Bearer {self.tokens[who]}", **kwargs.pop("headers", {})}
        return self.app.test_client().open(f"/api/v1{path}", method=method, headers=headers, **kwargs)


@contextmanager
def callers_of(cast: Cast, *, rate_limit_user: str = "100000/minute") -> Iterator[Callers]:
    """Sign everybody in, and start the application."""
    settings = dataclasses.replace(cast.settings, rate_limit_user=rate_limit_user)
    app = create_app(settings)
    keys = TokenKeys.load(settings.key_dir, signing=True)
    now = clock.now()
    later = now + dt.timedelta(hours=1)
    with cast.superuser() as connection:
        for actor in cast.people.values():
            connection.execute(
                "INSERT INTO app.auth_session (sid, user_id, tenant_id, created_at, last_seen_at, idle_expires_at,"
                " expires_at, proved_at, amr) VALUES (%s,%s,%s,%s,%s,%s,%s,%s,'[\"pwd\"]')",
                (actor.session_id, actor.user_id, actor.tenant_id, now, now, later, later, now),
            )
    tokens = {
        name: access_token(keys, settings, actor, auth_time=now, amr=["pwd"]) for name, actor in cast.people.items()
    }
    try:
        yield Callers(app, cast, tokens)
    finally:
        with app.app_context():
            for engine in db.engines.values():
                engine.dispose()
        app.extensions["lers"].backend.engine.dispose()
