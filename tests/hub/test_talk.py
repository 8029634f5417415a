"""Chat over the hub: rooms, messages exactly once, typing, receipts, limits, and an answer to every event."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from lers_web.domains.chat import service as chat
from lers_web.kernel.ids import new_id
from lers_web.kernel.realtime import ClientEvent
from tests.factories.talk import make_file, make_request, set_status
from tests.hub.conftest import Stage
from tests.hub.nodes import Client, HubNode, eventually

Connect = Callable[..., Client]
MAX_FRAME = 65_536


def both(stage: Stage) -> list[UUID]:
    return [stage.cast.tenants["mumbai"], stage.cast.tenants["telecom"]]


# --- rooms ----------------------------------------------------------------------------------------------------------

ANSWERS = {  # who may join the chat of a submitted request of io's with io2 not taking part
    "io": None,
    "sho": None,
    "nodal": None,
    "desk": None,
    "io2": "not_found",
    "foreign_io": "not_found",
    "banker": "not_found",
    "admin": "forbidden",
}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_room_is_open_to_those_to_whom_rest_shows_the_chat(stage: Stage, connect: Connect, name: str) -> None:
    request_id = make_request(stage.cast)
    answer = connect(name).ask("join_chat", {"request_id": str(request_id)})
    if ANSWERS[name] is None:
        assert answer == {"ok": True, "request_id": str(request_id), "can_write": name != "sho"}
    else:
        assert (answer["ok"], answer["code"]) == (False, ANSWERS[name])
        assert answer["detail"]


def test_a_draft_has_a_room_for_nobody_but_its_maker(stage: Stage, connect: Connect) -> None:
    request_id = make_request(stage.cast, status="DRAFT")
    answers = {name: connect(name).ask("join_chat", {"request_id": str(request_id)}) for name in ("io", "sho", "nodal")}
    assert {name: answer["ok"] for name, answer in answers.items()} == {"io": True, "sho": False, "nodal": False}
    assert answers["io"]["can_write"] is False


def test_those_in_the_room_see_who_comes_and_goes(stage: Stage, connect: Connect) -> None:
    request_id = make_request(stage.cast)
    io, nodal = connect("io"), connect("nodal")
    io.join(request_id)
    nodal.join(request_id)
    who = {"user_id": str(stage.cast["nodal"].user_id), "request_id": str(request_id)}
    assert io.wait("user_joined_chat") == who
    nodal.join(request_id)  # once more is not another person
    assert nodal.ask("leave_chat", {"request_id": str(request_id)})["ok"]
    assert io.wait("user_left_chat") == who
    nodal.join(request_id)
    nodal.close()
    io.wait("user_left_chat", lambda _: len(io.all("user_left_chat")) >= 1)
    assert len(io.all("user_joined_chat")) == 2


# --- messages -------------------------------------------------------------------------------------------------------


def test_a_message_reaches_the_room_as_rest_shows_it_and_nobody_else(stage: Stage, connect: Connect) -> None:
    request_id = make_request(stage.cast)
    inside = {name: connect(name) for name in ("io", "sho", "nodal", "desk")}
    for client in inside.values():
        client.join(request_id)
    not_joined, outsider = connect("nodal"), connect("foreign_io")
    outsider.ask("join_chat", {"request_id": str(request_id)})
    message_id = stage.say("io", request_id, "नमस्ते, the period is 1 to 7 March.")
    stage.relay()
    heard = [client.wait("new_message") for client in inside.values()]
    assert all(message == heard[0] for message in heard)
    assert heard[0]["id"] == str(message_id)
    assert heard[0]["message_text"] == "नमस्ते, the period is 1 to 7 March."
    assert heard[0]["sender"] == {"id": str(stage.cast["io"].user_id), "name": "Io", "rank": "PSI"}
    assert heard[0]["created_at"].endswith("Z")
    for client in (not_joined, outsider):
        client.settle()
        assert client.all("new_message") == []


@pytest.mark.parametrize("first", ["relay", "send_message"])
def test_a_message_comes_once_whoever_tells_it_first_and_however_often(
    stage: Stage, connect: Connect, first: str
) -> None:
    request_id = make_request(stage.cast)
    io, second_tab, nodal = connect("io"), connect("io"), connect("nodal")
    for client in (io, second_tab, nodal):
        client.join(request_id)
    message_id = stage.say("io", request_id)

    def tell(how: str) -> None:
        if how == "relay":
            stage.relay()
        else:
            answer = io.ask("send_message", {"message_id": str(message_id)})
            assert answer == {"ok": True, "message_id": str(message_id)}

    tell(first)
    for client in (io, second_tab, nodal):
        assert client.wait("new_message")["id"] == str(message_id)
    tell("send_message" if first == "relay" else "relay")
    tell("send_message")
    for _ in range(3):  # the relay may hand an event on again
        stage.hint("chat.message_created", both(stage), message_id=message_id, request_id=request_id)
    last = stage.say("nodal", request_id, "Understood.")
    stage.relay()
    for client in (io, second_tab, nodal):
        client.wait("new_message", lambda data: data["id"] == str(last))
        assert [data["id"] for data in client.all("new_message")] == [str(message_id), str(last)]


def test_many_messages_come_in_their_order(stage: Stage, connect: Connect) -> None:
    request_id = make_request(stage.cast)
    io, nodal = connect("io"), connect("nodal")
    io.join(request_id)
    nodal.join(request_id)
    ids = [str(stage.say("io" if n % 2 else "nodal", request_id, f"{n}")) for n in range(30)]
    stage.relay()
    for client in (io, nodal):
        client.wait("new_message", lambda data: data["id"] == ids[-1])
        assert [data["id"] for data in client.all("new_message")] == ids


def test_only_its_sender_has_a_message_sent(stage: Stage, connect: Connect) -> None:
    request_id = make_request(stage.cast)
    message_id = stage.say("io", request_id)
    clients = {name: connect(name) for name in ("nodal", "foreign_io", "admin")}
    codes = {name: c.ask("send_message", {"message_id": str(message_id)})["code"] for name, c in clients.items()}
    assert codes == {"nodal": "forbidden", "foreign_io": "not_found", "admin": "forbidden"}
    assert connect("io").ask("send_message", {"message_id": str(new_id())})["code"] == "not_found"


def test_a_forged_hint_shows_no_message_to_a_room_of_another_request(stage: Stage, connect: Connect) -> None:
    mine, others = make_request(stage.cast), make_request(stage.cast, officer="foreign_io")
    nodal = connect("nodal")
    nodal.join(mine)
    secret = stage.say("foreign_io", others, "Not for this room.")
    stage.hint("chat.message_created", both(stage), message_id=secret, request_id=mine)
    stage.say("io", mine, "For this one.")
    stage.relay()
    assert nodal.wait("new_message")["message_text"] == "For this one."
    assert len(nodal.all("new_message")) == 1


def test_receipts_reach_the_room_and_an_approvers_only_the_agency(stage: Stage, connect: Connect) -> None:
    request_id = make_request(stage.cast)
    io, nodal = connect("io"), connect("nodal")
    io.join(request_id)
    nodal.join(request_id)
    message_id = stage.say("io", request_id)
    for name in ("sho", "nodal"):
        with stage.cast.acting(name) as uow:
            chat.mark_read(uow, request_id, message_id)
    stage.relay()
    told = {
        name: {"request_id": str(request_id), "user_id": str(stage.cast[name].user_id), "up_to": str(message_id)}
        for name in ("sho", "nodal")
    }
    assert io.wait("message_read", lambda data: data == told["nodal"])
    assert nodal.wait("message_read") == told["nodal"]
    assert nodal.all("message_read") == [told["nodal"]]
    assert told["sho"] in io.all("message_read")


def test_typing_is_shown_to_the_others_in_the_room(stage: Stage, connect: Connect) -> None:
    request_id = make_request(stage.cast)
    io, tab, nodal, outside = connect("io"), connect("io"), connect("nodal"), connect("desk")
    for client in (io, tab, nodal):
        client.join(request_id)
    assert io.ask("typing", {"request_id": str(request_id), "is_typing": True}) == {"ok": True}
    expected = {"user_id": str(stage.cast["io"].user_id), "request_id": str(request_id), "is_typing": True}
    assert nodal.wait("user_typing") == expected
    io.ask("typing", {"request_id": str(request_id), "is_typing": False})
    assert nodal.wait("user_typing", lambda data: not data["is_typing"])
    for client in (io, tab, outside):
        client.settle()
        assert client.all("user_typing") == []
    assert outside.ask("typing", {"request_id": str(request_id), "is_typing": True})["code"] == "not_joined"
    sho = connect("sho")
    sho.join(request_id)
    assert sho.ask("typing", {"request_id": str(request_id), "is_typing": True})["code"] == "forbidden"


# --- access that changes ----------------------------------------------------------------------------------------------


def test_whoever_loses_sight_of_a_request_is_shown_out(stage: Stage, connect: Connect) -> None:
    request_id = make_request(stage.cast, participants=("io2",))
    io2, nodal = connect("io2"), connect("nodal")
    io2.join(request_id)
    nodal.join(request_id)
    with stage.cast.superuser() as connection:
        connection.execute("DELETE FROM app.request_participant WHERE request_id = %s", (request_id,))
    stage.hint("request.changed", [stage.cast.tenants["mumbai"]], request_id=request_id, version=2)
    assert io2.wait("user_left_chat") == {
        "user_id": str(stage.cast["io2"].user_id),
        "request_id": str(request_id),
    }
    stage.say("io", request_id, "Among ourselves.")
    stage.relay()
    nodal.wait("new_message")
    io2.settle()
    assert io2.all("new_message") == []
    assert io2.ask("join_chat", {"request_id": str(request_id)})["code"] == "not_found"


def test_a_changed_request_is_told_to_those_who_may_see_it(stage: Stage, connect: Connect) -> None:
    request_id = make_request(stage.cast, participants=("io2",))
    seeing = {name: connect(name) for name in ("io", "io2", "sho", "nodal", "admin")}
    blind = {name: connect(name) for name in ("foreign_io", "banker")}
    set_status(stage.cast, request_id, "RESPONSE_UPLOADED")
    stage.hint("request.status_changed", both(stage), request_id=request_id, old="IN_PROGRESS", new="X", version=9)
    expected = {"id": str(request_id), "status": "RESPONSE_UPLOADED", "version": 2}
    for client in seeing.values():
        assert client.wait("request_updated") == expected
    for client in blind.values():
        client.settle()
        assert client.all("request_updated") == []


def test_a_draft_that_changes_is_its_makers_matter(stage: Stage, connect: Connect) -> None:
    request_id = make_request(stage.cast, status="DRAFT")
    io, others = connect("io"), [connect(name) for name in ("io2", "sho", "nodal")]
    stage.hint("request.changed", both(stage), request_id=request_id, version=1)
    assert io.wait("request_updated")["status"] == "DRAFT"
    for client in others:
        client.settle()
        assert client.all("request_updated") == []


# --- notifications, files, jobs ---------------------------------------------------------------------------------------


def notify(stage: Stage, name: str) -> UUID:
    notification_id, actor = new_id(), stage.cast[name]
    with stage.cast.superuser() as connection:
        connection.execute(
            "INSERT INTO app.lers_notifications (id, user_id, tenant_id, event_id, type, title, message, priority,"
            " created_at) VALUES (%s,%s,%s,%s,'NEW_MESSAGE','A message','Somebody wrote.','NORMAL',now())",
            (notification_id, actor.user_id, actor.tenant_id, new_id()),
        )
    return notification_id


def test_a_notification_comes_once_to_all_windows_of_its_person(stage: Stage, connect: Connect) -> None:
    tabs, other = [connect("io"), connect("io")], connect("sho")
    notification_id, io = notify(stage, "io"), stage.cast["io"]
    for _ in range(3):
        stage.hint(
            "notification.created", [io.tenant_id], notification_id=notification_id, user_id=io.user_id, mail=False
        )
    for tab in tabs:
        shown = tab.wait("new_notification")
        assert (shown["id"], shown["title"], shown["read"], shown["delivered"]) == (
            str(notification_id),
            "A message",
            False,
            True,
        )
        unread = tab.wait("unread_count")["count"]
        assert tab.ask("get_unread_count", {}) == {"ok": True, "count": unread}
        assert len(tab.all("new_notification")) == 1
    other.settle()
    assert other.all("new_notification") == []
    with stage.cast.superuser() as connection:
        row = connection.execute(
            "SELECT delivered, delivered_at IS NOT NULL FROM app.lers_notifications WHERE id = %s", (notification_id,)
        ).fetchone()
        assert row == (True, True)
        connection.execute("UPDATE app.lers_notifications SET read = true WHERE user_id = %s", (io.user_id,))
    stage.hint("notification.read", [io.tenant_id], user_id=io.user_id)
    for tab in tabs:
        tab.wait("unread_count", lambda data: data["count"] == 0)


def test_a_scanned_file_is_told_to_those_who_see_it(stage: Stage, connect: Connect) -> None:
    io, io2, sho = connect("io"), connect("io2"), connect("sho")
    file_id = make_file(stage.cast, "io", scan_status="INFECTED")
    stage.hint("file.scanned", [stage.cast.tenants["mumbai"]], file_id=file_id, scan_status="CLEAN")
    assert io.wait("file_updated") == {"id": str(file_id), "scan_status": "INFECTED"}  # the row, not the hint
    for client in (io2, sho):
        client.settle()
        assert client.all("file_updated") == []


def test_a_jobs_progress_is_told_to_whoever_started_it(stage: Stage, connect: Connect) -> None:
    io, sho = connect("io"), connect("sho")
    job = new_id()
    stage.hint(
        "job.changed",
        [stage.cast.tenants["mumbai"]],
        job_id=job,
        user_id=stage.cast["sho"].user_id,
        state="RUNNING",
        progress=40,
    )
    assert sho.wait("job_updated") == {"id": str(job), "state": "RUNNING", "progress": 40}
    io.settle()
    assert io.all("job_updated") == []


def test_hints_that_are_none_and_of_unknown_kinds_are_left_out(stage: Stage, connect: Connect) -> None:
    request_id = make_request(stage.cast)
    io = connect("io")
    io.join(request_id)
    for rubbish in (b"\xff\xfe", b"[]", b"{}", b'{"id":1,"type":"x","payload":{},"tenants":["nobody"]}'):
        stage.redis.publish("lers:hints", rubbish)
    for kind in ("chat.message_created", "notification.created", "request.changed", "file.scanned", "presence.changed"):
        stage.hint(kind, both(stage), message_id="not-an-id", request_id=7, user_id=None, file_id=[])
        stage.hint(kind, [], request_id=request_id)
    stage.hint("something.else", both(stage), request_id=request_id)
    stage.say("nodal", request_id, "Still there?")
    stage.relay()
    assert io.wait("new_message")["message_text"] == "Still there?"


# --- an answer to everything ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("event", [event.value for event in ClientEvent if event is not ClientEvent.GET_UNREAD_COUNT])
@pytest.mark.parametrize(
    "payload",
    [None, {}, [], "text", 7, {"request_id": "x", "message_id": "x", "status": "x", "is_typing": "x", "token": 7}],
)
def test_a_badly_shaped_event_is_answered(connect: Connect, event: str, payload: object) -> None:
    answer = connect("io").ask(event, payload)
    assert answer["ok"] is False
    assert answer["code"] == "invalid"


def test_unknown_fields_are_refused_as_in_rest(stage: Stage, connect: Connect) -> None:
    request_id = make_request(stage.cast)
    answer = connect("io").ask("join_chat", {"request_id": str(request_id), "as_admin": True})
    assert (answer["code"], list(answer["errors"])) == ("invalid", ["as_admin"])
    assert connect("io").ask("get_unread_count", {"user_id": str(new_id())})["code"] == "invalid"
    assert connect("io").ask("get_unread_count")["ok"]


@pytest.mark.parametrize("event", ["connect", "disconnect", "connect_error", "new_message", "join_room", "*", "gate"])
def test_unknown_and_reserved_events_are_refused_and_do_nothing(stage: Stage, connect: Connect, event: str) -> None:
    io = connect("io")
    io.settle()
    # python-socketio's client does not send reserved names: put the packet on the wire as another client would.
    packet = io.sio.packet_class(2, namespace="/", data=[event, {"token": "x"}], id=999)
    answered: list[object] = []
    io.sio.callbacks.setdefault("/", {})[999] = answered.append
    io.sio._send_packet(packet)
    io.settle()
    assert [answer["code"] for answer in answered] == ["unknown_event"]  # type: ignore[index]
    assert io.sio.connected


def test_a_flood_is_refused_and_whoever_goes_on_is_cut_off(stage: Stage, connect: Connect) -> None:
    request_id = make_request(stage.cast)
    flooder, neighbour = connect("io"), connect("nodal")
    neighbour.join(request_id)
    answers: list[dict[str, object]] = []
    for _ in range(80):
        flooder.sio.emit("get_unread_count", {}, callback=answers.append)
    neighbour.settle()
    flooded = eventually(lambda: len(answers) == 80 and answers, "80 answers")
    assert {answer["code"] for answer in flooded if not answer["ok"]} == {"rate_limited"}
    assert 20 <= sum(not answer["ok"] for answer in flooded) < 80
    for _ in range(600):
        if not flooder.sio.connected:
            break
        flooder.sio.emit("typing", {"request_id": str(request_id), "is_typing": True})
    assert flooder.wait("session_ended")["reason"] == "rate_limited"
    flooder.gone()
    neighbour.settle()  # others are served as before


def test_a_frame_that_is_too_large_ends_the_connection_and_nothing_else(
    stage: Stage, hub: HubNode, connect: Connect
) -> None:
    io, nodal = connect("io"), connect("nodal")
    io.emit("join_chat", {"request_id": "x" * (MAX_FRAME + 1)})
    io.gone()
    nodal.settle()
    assert hub.get("/healthz")[0] == 200


@pytest.mark.parametrize(
    "frame", ['42["', "42{}", "42[]", "42[7]", "4", "49", "4x", "451-[]", '42["typing",{"_placeholder":1}]']
)
def test_unreadable_packets_harm_nobody(stage: Stage, hub: HubNode, connect: Connect, frame: str) -> None:
    io, nodal = connect("io"), connect("nodal")
    io.sio.eio.ws.send(frame)
    nodal.settle()
    assert connect("io").ask("get_unread_count", {})["ok"]
