"""How long a connection lives: its token's clock, sessions that end elsewhere, rights that change, a fresh token."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from lers_web.domains.identity import service as identity
from lers_web.domains.identity.states import EndReason
from tests.factories.talk import make_request
from tests.hub.conftest import Stage
from tests.hub.nodes import Client, HubNode, Refused, eventually

Connect = Callable[..., Client]


def test_a_token_that_ends_is_announced_and_then_ends_the_connection(stage: Stage, connect: Connect) -> None:
    started = time.monotonic()
    client = connect("io", token=stage.token("io", seconds=4))
    warning = client.wait("session_expiring")
    assert 0 < warning["seconds"] <= 4
    assert warning["expires_at"].endswith("Z")
    assert client.wait("session_ended") == {"reason": "token_expired"}
    client.gone(3)
    assert 3 <= time.monotonic() - started <= 7


def test_a_fresh_token_keeps_the_connection_and_its_rooms(stage: Stage, connect: Connect) -> None:
    request_id, sid = make_request(stage.cast), stage.session("io")
    client = connect("io", token=stage.token("io", sid=sid, seconds=4))
    client.join(request_id)
    client.wait("session_expiring")
    answer = client.ask("reauthenticate", {"token": stage.token("io", sid=sid, seconds=900)})
    assert answer["ok"]
    assert answer["expires_at"].endswith("Z")
    old_end = time.monotonic() + 5
    eventually(lambda: time.monotonic() > old_end, "the end of the old token", 10)
    assert client.sio.connected
    stage.say("nodal", request_id, "Still with us?")
    stage.relay()
    assert client.wait("new_message")["message_text"] == "Still with us?"
    assert client.all("session_ended") == []


def test_a_bad_or_foreign_token_changes_nothing(stage: Stage, connect: Connect) -> None:
    client = connect("io")
    assert client.ask("reauthenticate", {"token": "x.y.z"})["code"] == "not_authenticated"
    assert client.ask("reauthenticate", {"token": stage.token("io2")})["code"] == "forbidden"
    ended = stage.session("io")
    token = stage.token("io", sid=ended)
    with stage.cast.superuser() as connection:
        connection.execute("UPDATE app.auth_session SET revoked_at = now() WHERE sid = %s", (ended,))
    assert client.ask("reauthenticate", {"token": token})["code"] == "session_ended"
    client.settle()


def test_a_session_that_ends_elsewhere_ends_its_connections_and_no_other(stage: Stage, connect: Connect) -> None:
    ending = stage.session("io")
    tabs = [connect("io", token=stage.token("io", sid=ending)) for _ in range(2)]
    other_device, somebody = connect("io"), connect("sho")
    with stage.cast.acting("io") as uow:
        assert identity.end_sessions(uow, uow.actor.user_id, EndReason.LOGOUT, only=ending) == 1
    stage.relay()
    for tab in tabs:
        assert tab.wait("session_ended", seconds=5) == {"reason": "session_ended"}
        tab.gone(3)
    other_device.settle()
    somebody.settle()


def test_without_a_hint_an_ended_session_is_found_within_five_seconds_or_so(stage: Stage, connect: Connect) -> None:
    sid = stage.session("io")
    client = connect("io", token=stage.token("io", sid=sid))
    with stage.cast.superuser() as connection:
        connection.execute("UPDATE app.auth_session SET revoked_at = now() WHERE sid = %s", (sid,))
    client.wait("session_ended", seconds=8)
    client.gone(3)


@pytest.mark.parametrize("table", ["authentication_user", "tenants"])
def test_a_person_or_tenant_that_is_switched_off_loses_its_connections(
    stage: Stage, connect: Connect, table: str
) -> None:
    actor = stage.cast["banker"]
    key = actor.user_id if table == "authentication_user" else actor.tenant_id
    client = connect("banker")
    try:
        with stage.cast.superuser() as connection:
            connection.execute(f"UPDATE app.{table} SET is_active = false WHERE id = %s", (key,))
        stage.hint("identity.user_changed", [actor.tenant_id], user_id=actor.user_id, version=2)
        client.wait("session_ended", seconds=8)
        client.gone(3)
    finally:
        with stage.cast.superuser() as connection:
            connection.execute(f"UPDATE app.{table} SET is_active = true WHERE id = %s", (key,))


def test_another_role_counts_at_once(stage: Stage, hub: HubNode) -> None:
    """An officer who becomes an approver reconnects, and may type no more."""
    request_id, actor = make_request(stage.cast, officer="io2"), stage.cast["io2"]
    client = Client(hub.url, stage.token("io2"), reconnection=True)
    try:
        client.join(request_id)
        with stage.cast.superuser() as connection:
            connection.execute("UPDATE app.authentication_user SET role = 'APPROVER' WHERE id = %s", (actor.user_id,))
        eventually(lambda: client.connects == 2, "the reconnection", 15)
        client.join(request_id)
        answer = client.ask("typing", {"request_id": str(request_id), "is_typing": True})
        assert answer["code"] == "forbidden"
    finally:
        with stage.cast.superuser() as connection:
            connection.execute("UPDATE app.authentication_user SET role = 'IO' WHERE id = %s", (actor.user_id,))
        client.close()


def test_a_transport_on_which_nobody_signs_in_gets_nothing(stage: Stage, hub: HubNode, connect: Connect) -> None:
    """An event before the sign-in is neither answered nor heard."""
    import websocket

    request_id = make_request(stage.cast)
    raw = websocket.create_connection(
        hub.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket", timeout=3
    )
    assert raw.recv().startswith("0{")
    raw.send(f'421["join_chat",{{"request_id":"{request_id}"}}]')
    nodal = connect("nodal")
    nodal.join(request_id)
    stage.say("io", request_id, "For members.")
    stage.relay()
    nodal.wait("new_message")
    raw.settimeout(0.5)
    with pytest.raises(websocket.WebSocketTimeoutException):
        raw.recv()
    raw.close()
    with pytest.raises(Refused):
        Client(hub.url, None)
