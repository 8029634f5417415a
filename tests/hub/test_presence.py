"""Presence over the hub: who hears of whom, two tabs, the grace, and hubs that die."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from lers_hub.database import Database
from lers_web.domains.presence import service
from lers_web.domains.presence.states import Presence
from lers_web.kernel.actor import system_actor
from lers_web.kernel.uow import unit_of_work
from tests.factories.talk import make_request
from tests.hub.conftest import Stage
from tests.hub.nodes import Client, HubNode, eventually

Connect = Callable[..., Client]


def status_of(stage: Stage, name: str) -> str | None:
    with stage.cast.superuser() as connection:
        row = connection.execute(
            "SELECT status FROM app.user_presence WHERE user_id = %s", (stage.cast[name].user_id,)
        ).fetchone()
    return None if row is None else row[0]


def sockets_of(stage: Stage, name: str) -> int:
    with stage.cast.superuser() as connection:
        row = connection.execute(
            "SELECT count(*) FROM app.presence_socket WHERE user_id = %s", (stage.cast[name].user_id,)
        ).fetchone()
    assert row is not None
    return row[0]


def about(stage: Stage, name: str) -> Callable[[dict[str, str]], bool]:
    return lambda data: data["user_id"] == str(stage.cast[name].user_id)


def offline(stage: Stage, name: str) -> None:
    eventually(lambda: status_of(stage, name) in (None, "OFFLINE"), f"{name} being offline")


def test_those_who_share_a_request_hear_and_nobody_else(stage: Stage, connect: Connect) -> None:
    make_request(stage.cast)
    hearing = {name: connect(name) for name in ("nodal", "desk", "sho")}
    deaf = {name: connect(name) for name in ("foreign_io", "banker", "io2", "admin")}
    offline(stage, "io")
    io = connect("io")
    for client in hearing.values():
        online = client.wait("user_online", about(stage, "io"))
        assert set(online) == {"user_id", "last_seen"}
        assert client.wait("presence_updated", about(stage, "io"))["status"] == "ONLINE"
    assert status_of(stage, "io") == "ONLINE"
    assert io.ask("update_presence", {"status": "AWAY"}) == {"ok": True, "status": "AWAY"}
    for client in [*hearing.values(), io]:
        away = client.wait("presence_updated", lambda data: data["status"] == "AWAY")
        assert away["user_id"] == str(stage.cast["io"].user_id)
        assert away["last_seen"].endswith("Z")
    io.close()
    for client in hearing.values():
        client.wait("user_offline", about(stage, "io"))
        client.wait("presence_updated", lambda data: about(stage, "io")(data) and data["status"] == "OFFLINE")
    for client in deaf.values():
        client.settle()
        for event in ("user_online", "user_offline", "presence_updated"):
            assert not [data for data in client.all(event) if about(stage, "io")(data)]


def test_two_tabs_are_one_person(stage: Stage, connect: Connect) -> None:
    make_request(stage.cast)
    nodal = connect("nodal")
    offline(stage, "io")
    first = connect("io")
    nodal.wait("user_online", about(stage, "io"))
    second = connect("io")
    assert sockets_of(stage, "io") == 2
    second.ask("update_presence", {"status": "AWAY"})
    assert status_of(stage, "io") == "ONLINE"  # the other tab is looked at
    first.ask("update_presence", {"status": "AWAY"})
    nodal.wait("presence_updated", lambda data: about(stage, "io")(data) and data["status"] == "AWAY")
    first.close()
    eventually(lambda: sockets_of(stage, "io") == 1, "the end of one tab")
    deadline = time.monotonic() + 3
    eventually(lambda: time.monotonic() > deadline, "the grace", 5)
    assert status_of(stage, "io") == "AWAY"
    assert len([1 for data in nodal.all("user_online") if about(stage, "io")(data)]) == 1
    assert not [1 for data in nodal.all("user_offline") if about(stage, "io")(data)]


def test_a_page_that_is_loaded_again_is_no_absence(stage: Stage, connect: Connect) -> None:
    make_request(stage.cast)
    nodal = connect("nodal")
    offline(stage, "io")
    nodal.settle()
    nodal.forget()
    first = connect("io")
    nodal.wait("user_online", about(stage, "io"))
    nodal.forget()
    first.close()
    again = connect("io")
    deadline = time.monotonic() + 3.5
    eventually(lambda: time.monotonic() > deadline, "the grace", 6)
    again.settle()
    assert not [1 for data in nodal.all("user_offline") if about(stage, "io")(data)]
    assert status_of(stage, "io") == "ONLINE"


def test_a_status_set_through_rest_is_told_by_the_hub(stage: Stage, connect: Connect) -> None:
    make_request(stage.cast)
    nodal, io = connect("nodal"), connect("io")
    io.settle()
    with stage.cast.acting("io") as uow:
        assert service.set_status(uow, Presence.AWAY)["status"] == "AWAY"
    stage.relay()
    for client in (nodal, io):
        client.wait("presence_updated", lambda data: about(stage, "io")(data) and data["status"] == "AWAY")


def test_the_sockets_of_a_hub_that_was_killed_are_swept(stage: Stage, hub: HubNode, tmp_path: Path) -> None:
    make_request(stage.cast)
    doomed = HubNode(stage.settings, tmp_path / "doomed.log").start()
    database = Database(stage.settings)
    nodal = Client(hub.url, stage.token("nodal"))
    offline(stage, "io")
    io = Client(doomed.url, stage.token("io"))
    try:
        nodal.wait("user_online", about(stage, "io"))
        doomed.kill()
        assert sockets_of(stage, "io") == 1
        with stage.cast.superuser() as connection:  # a minute later
            connection.execute(
                "UPDATE app.presence_socket SET seen_at = now() - interval '61 seconds' WHERE user_id = %s",
                (stage.cast["io"].user_id,),
            )
        nodal.wait("user_offline", about(stage, "io"), seconds=25)
        eventually(lambda: sockets_of(stage, "io") == 0, "the rows of the killed hub to go")
        with unit_of_work(database.backend, system_actor()) as uow:
            assert service.sweep(uow) == []
    finally:
        doomed.kill()
        io.close()
        nodal.close()
        database.close()


def test_a_hub_that_stood_still_brings_its_people_back(stage: Stage, hub: HubNode, connect: Connect) -> None:
    """Rows that another node swept away, because this one was silent, come back with its next heartbeat."""
    connect("io").settle()
    with stage.cast.superuser() as connection:
        connection.execute("DELETE FROM app.presence_socket WHERE user_id = %s", (stage.cast["io"].user_id,))
        connection.execute(
            "UPDATE app.user_presence SET status = 'OFFLINE' WHERE user_id = %s", (stage.cast["io"].user_id,)
        )
    eventually(lambda: status_of(stage, "io") == "ONLINE" and sockets_of(stage, "io") == 1, "the heartbeat", 25)
