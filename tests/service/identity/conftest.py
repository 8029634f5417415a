"""The cast with a password, the keys of tokens, and what the trail and the outbox say of second factors."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lers_web.config import Settings
from lers_web.domains.identity import service
from lers_web.kernel.tokens import TokenKeys
from tests.factories.authenticator import PASSWORD
from tests.factories.cast import Cast, cast_in


@pytest.fixture(scope="module")
def keys(servers: Settings) -> TokenKeys:
    return TokenKeys.load(servers.key_dir, signing=True)


@pytest.fixture(scope="module")
def hashed(servers: Settings) -> str:
    return service.make_hash(servers, PASSWORD)


@pytest.fixture
def cast(database: Settings, hashed: str) -> Iterator[Cast]:
    with cast_in(database) as cast:
        with cast.superuser() as connection:
            connection.execute("UPDATE app.authentication_user SET password_hash = %s", (hashed,))
        yield cast
