"""The hub as browsers meet it: socket.io-client 4.8 for JavaScript."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from lers_web.domains.identity import service as identity
from lers_web.domains.identity.states import EndReason
from tests.factories.talk import make_request
from tests.hub.browser import Browser
from tests.hub.conftest import Stage
from tests.hub.nodes import HubNode


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    browser = Browser()
    yield browser
    browser.close()


def unique(name: str) -> str:
    return f"{name}-{uuid.uuid4().hex[:6]}"


@pytest.mark.parametrize("transports", [("websocket",), ("polling", "websocket")])
def test_join_message_typing_and_presence(
    stage: Stage, hub: HubNode, browser: Browser, transports: tuple[str, ...]
) -> None:
    request_id = str(make_request(stage.cast))
    io, nodal = unique("io"), unique("nodal")
    browser.connect(nodal, hub.url, stage.token("nodal"), transports)
    browser.wait(nodal, "connect")
    browser.connect(io, hub.url, stage.token("io"), transports)
    browser.wait(io, "connect")
    for name in (io, nodal):
        assert browser.ask(name, "join_chat", {"request_id": request_id}) == {
            "ok": True,
            "request_id": request_id,
            "can_write": True,
        }
    assert browser.ask(io, "typing", {"request_id": request_id, "is_typing": True}) == {"ok": True}
    assert browser.wait(nodal, "user_typing")["is_typing"] is True
    message_id = str(stage.say("io", uuid.UUID(request_id), "नमस्ते"))
    assert browser.ask(io, "send_message", {"message_id": message_id})["ok"]
    stage.relay()
    for name in (io, nodal):
        message = browser.wait(name, "new_message")
        assert (message["id"], message["message_text"]) == (message_id, "नमस्ते")
    assert browser.ask(io, "update_presence", {"status": "AWAY"})["ok"]
    browser.wait(nodal, "presence_updated", lambda data: data["status"] == "AWAY")
    assert browser.ask(nodal, "get_unread_count", {})["ok"]
    assert len(browser.all(nodal, "new_message")) == 1
    for name in (io, nodal):
        browser.order("close", name=name)


def test_a_bad_token_is_a_connect_error_with_a_code(stage: Stage, hub: HubNode, browser: Browser) -> None:
    name = unique("bad")
    browser.connect(name, hub.url, "x.y.z")
    error = browser.wait(name, "connect_error")
    assert error["data"] == {"code": "not_authenticated", "detail": "The access token is not valid."}
    assert error["message"] == "The access token is not valid."
    browser.order("close", name=name)


def test_a_session_that_ended_does_not_come_back_by_itself(stage: Stage, hub: HubNode, browser: Browser) -> None:
    name, sid = unique("io"), stage.session("io")
    browser.connect(name, hub.url, stage.token("io", sid=sid))
    browser.wait(name, "connect")
    with stage.cast.acting("io") as uow:
        identity.end_sessions(uow, uow.actor.user_id, EndReason.LOGOUT, only=sid)
    stage.relay()
    assert browser.wait(name, "session_ended") == {"reason": "session_ended"}
    assert browser.wait(name, "disconnect") == "io server disconnect"
    assert len(browser.all(name, "connect")) == 1
    browser.order("close", name=name)


@pytest.mark.parametrize("how", ["kill", "stop"])
def test_a_hub_that_is_gone_for_a_while_gets_its_clients_back(
    stage: Stage, browser: Browser, tmp_path: Path, how: str
) -> None:
    request_id = make_request(stage.cast)
    node = HubNode(stage.settings, tmp_path / "hub.log").start()
    name, sid = unique("nodal"), stage.session("nodal")
    try:
        browser.connect(name, node.url, stage.token("nodal", sid=sid))
        browser.wait(name, "connect")
        assert browser.ask(name, "join_chat", {"request_id": str(request_id)})["ok"]
        node.kill() if how == "kill" else node.stop()
        assert browser.wait(name, "disconnect") in {"transport close", "transport error"}
        browser.order("token", name=name, token=stage.token("nodal", sid=sid))
        node.start()
        browser.wait(name, "connect", times=2)
        assert browser.ask(name, "join_chat", {"request_id": str(request_id)})["ok"]
        message_id = stage.say("io", request_id, "Welcome back.")
        stage.relay()
        assert browser.wait(name, "new_message")["id"] == str(message_id)
    finally:
        browser.order("close", name=name)
        node.kill()
