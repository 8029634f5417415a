"""A hub node, people with living sessions and tokens, and hints as the relay gives them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from redis import Redis

from lers_jobs.relay import relay_once
from lers_web.config import Settings
from lers_web.domains.chat import service as chat
from lers_web.kernel import clock
from lers_web.kernel.ids import new_id
from lers_web.kernel.ports import Backend
from lers_web.kernel.realtime import HINT_CHANNEL
from lers_web.kernel.tokens import TokenKeys
from tests.factories.cast import Cast, cast_in
from tests.hub.nodes import Client, HubNode


class Stage:
    """The cast with sessions, tokens, and the relay's work done by hand."""

    def __init__(self, cast: Cast, settings: Settings) -> None:
        self.cast, self.settings = cast, settings
        self.keys = TokenKeys.load(settings.key_dir, signing=True)
        self.redis = Redis.from_url(settings.redis_url)
        self._worker = Backend.connect(settings, settings.worker_database_url, application="lers-test-relay")

    def session(self, name: str, *, hours: float = 12) -> UUID:
        """Sign a person in once more and return the session."""
        sid, now = new_id(), clock.now()
        actor = self.cast[name]
        with self.cast.superuser() as connection:
            connection.execute(
                "INSERT INTO app.auth_session (sid, user_id, tenant_id, created_at, last_seen_at, idle_expires_at,"
                " expires_at, proved_at, amr) VALUES (%s,%s,%s,%s,%s,%s,%s,%s,'[]')",
                (sid, actor.user_id, actor.tenant_id, now, now, *[now + dt.timedelta(hours=hours)] * 2, now),
            )
        return sid

    def token(
        self, name: str, *, sid: UUID | None = None, seconds: float = 900, keys: TokenKeys | None = None, **claims: Any
    ) -> str:
        """Sign an access token as the API does."""
        actor = self.cast[name]
        whole = {
            "sub": str(actor.user_id),
            "user_id": str(actor.user_id),
            "tenant_id": str(actor.tenant_id),
            "role": actor.role.value,
            "permissions": sorted(actor.permissions),
            "sid": str(sid or self.session(name)),
            **claims,
        }
        return (keys or self.keys).sign(whole, dt.timedelta(seconds=seconds))

    def say(self, name: str, request_id: UUID, text: str = "Good morning.") -> UUID:
        """Write a message through the service that REST uses. Nothing is told before ``relay``."""
        with self.cast.acting(name) as uow:
            return chat.post(uow, request_id, {"message_text": text})

    def relay(self) -> None:
        """Hand on what is in the outbox, as the relay does."""
        while relay_once(self._worker, self.redis):
            pass

    def hint(self, kind: str, tenants: list[UUID], **payload: Any) -> None:
        """Tell the hubs of something."""
        body = {
            "id": str(new_id()),
            "type": kind,
            "payload": {key: str(value) if isinstance(value, UUID) else value for key, value in payload.items()},
            "tenants": [str(each) for each in tenants],
        }
        self.redis.publish(HINT_CHANNEL, json.dumps(body))

    def close(self) -> None:
        self.redis.close()
        self._worker.engine.dispose()


@pytest.fixture(scope="module")
def stage(module_database: Settings) -> Iterator[Stage]:
    # A logical database of its own: the jobs that the relay enqueues here are nobody else's business.
    redis_url = module_database.redis_url.rsplit("/", 1)[0] + "/9"
    settings = dataclasses.replace(module_database, redis_url=redis_url)
    with cast_in(settings) as cast:
        found = Stage(cast, settings)
        yield found
        found.redis.flushdb()
        found.close()


@pytest.fixture(scope="module")
def hub(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubNode]:
    log: Path = tmp_path_factory.mktemp("hub") / "hub.log"
    node = HubNode(stage.settings, log)
    try:
        yield node.start()
        assert node.stop() == 0, log.read_text()[-3000:]
    finally:
        node.kill()
    unexpected = [line for line in log.read_text().splitlines() if '"level": "ERROR"' in line or "Traceback" in line]
    assert not unexpected, unexpected


@pytest.fixture
def connect(stage: Stage, hub: HubNode) -> Iterator[Callable[..., Client]]:
    """Connect as somebody of the cast; every client is closed at the end."""
    clients: list[Client] = []

    def make(name: str, *, node: HubNode | None = None, token: Any = None, **kwargs: Any) -> Client:
        client = Client((node or hub).url, token or stage.token(name), **kwargs)
        clients.append(client)
        return client

    yield make
    for client in clients:
        client.close()
