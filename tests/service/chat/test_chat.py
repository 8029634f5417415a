"""The chat's rules on PostgreSQL: who reads, who writes, when, and what follows from a message."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from uuid import UUID

import pytest

from lers_web.config import Settings
from lers_web.domains.chat import reads, service
from lers_web.domains.files.service import load_file
from lers_web.kernel.errors import Conflict, Forbidden, IllegalTransition, Invalid, LersError, NotFound, RequestClosed
from lers_web.kernel.ids import new_id
from lers_web.kernel.permissions import Permission, Role
from tests.factories.cast import Cast, cast_in
from tests.factories.talk import make_file, make_request, set_status

STATUSES = (
    "DRAFT",
    "PENDING_APPROVAL",
    "APPROVED",
    "SUBMITTED",
    "ACKNOWLEDGED",
    "IN_PROGRESS",
    "RESPONSE_UPLOADED",
    "COMPLETED",
    "CANCELLED",
    "REJECTED",
)
OPEN = ("SUBMITTED", "ACKNOWLEDGED", "IN_PROGRESS", "RESPONSE_UPLOADED")
ENDED = ("COMPLETED", "CANCELLED", "REJECTED")


@pytest.fixture(scope="module")
def cast(module_database: Settings) -> Iterator[Cast]:
    with cast_in(module_database) as cast:
        yield cast


def say(cast: Cast, name: str, request_id: UUID, text: str = "Good morning.") -> UUID:
    with cast.acting(name) as uow:
        return service.post(uow, request_id, {"message_text": text})


def read(cast: Cast, name: str, request_id: UUID, **window: object) -> dict[str, object]:
    with cast.acting(name) as uow:
        return service.messages(uow, request_id, reads.Window(**{"limit": 50, **window}))  # type: ignore[arg-type]


def outbox(cast: Cast, kind: str) -> list[tuple[dict[str, object], list[UUID]]]:
    with cast.superuser() as connection:
        rows = connection.execute(
            "SELECT payload, tenants FROM app.outbox WHERE type = %s ORDER BY id", (kind,)
        ).fetchall()
    return [(row[0], row[1]) for row in rows]


# Who reads and who writes: every role against every state, from one table.
SEES = {
    "io": set(STATUSES),
    "io2": set(),
    "sho": set(STATUSES) - {"DRAFT"},
    "nodal": set(OPEN) | set(ENDED),
    "desk": set(OPEN) | set(ENDED),
    "foreign_io": set(),
    "banker": set(),
}
WRITES = {"io", "nodal", "desk"}


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("name", [*SEES, "admin"])
def test_who_reads_and_who_writes_in_which_state(cast: Cast, name: str, status: str) -> None:
    request_id = make_request(cast, status=status)
    if name == "admin":  # without break-glass; with it see tests/api/access
        with pytest.raises(NotFound):
            read(cast, name, request_id)
        with pytest.raises(Forbidden):
            say(cast, name, request_id)
        return
    if status not in SEES[name]:
        for attempt in (read, say):
            with pytest.raises(NotFound):
                attempt(cast, name, request_id)
        return
    assert read(cast, name, request_id)["items"] == []
    if name not in WRITES:
        with pytest.raises(Forbidden):
            say(cast, name, request_id)
    elif status in OPEN:
        message_id = say(cast, name, request_id)
        assert [item["id"] for item in read(cast, name, request_id)["items"]] == [message_id]  # type: ignore[index,attr-defined]
    elif status in ENDED:
        with pytest.raises(RequestClosed):
            say(cast, name, request_id)
    else:
        with pytest.raises(Conflict) as refused:
            say(cast, name, request_id)
        assert refused.value.error_code == "chat_not_open"
        assert refused.value.extra == {"current_status": status}
    with cast.acting(name) as uow:
        assert service.require_readable(uow, request_id).id == request_id
        assert service.may_write(uow, request_id) is (name in WRITES and status in OPEN)


def test_a_participant_reads_and_does_not_write(cast: Cast) -> None:
    request_id = make_request(cast, participants=("io2",))
    say(cast, "nodal", request_id)
    assert read(cast, "io2", request_id)["total"] == 1
    with pytest.raises(Forbidden):
        say(cast, "io2", request_id)


def test_a_message_is_the_same_for_both_sides_and_names_its_sender(cast: Cast) -> None:
    request_id = make_request(cast)
    message_id = say(cast, "io", request_id, "Please confirm the period.")
    seen = []
    for name in ("io", "nodal", "sho"):
        with cast.acting(name) as uow:
            seen.append(service.message_for(uow, message_id))
    assert seen[0] == seen[1] == seen[2]
    assert seen[0]["sender"] == {"id": cast["io"].user_id, "name": cast["io"].name, "rank": "PSI"}
    assert (seen[0]["sender_type"], seen[0]["message_type"], seen[0]["is_encrypted"]) == ("IO", "TEXT", False)
    for name in ("io2", "foreign_io", "banker"):
        with cast.acting(name) as uow, pytest.raises(NotFound):
            service.message_for(uow, message_id)


def test_a_message_leaves_one_event_for_both_sides_and_no_word_of_itself(cast: Cast) -> None:
    request_id = make_request(cast)
    message_id = say(cast, "nodal", request_id, "A secret word: zanzibar.")
    payload, tenants = outbox(cast, "chat.message_created")[-1]
    assert payload == {
        "message_id": str(message_id),
        "request_id": str(request_id),
        "sender_id": str(cast["nodal"].user_id),
        "message_type": "TEXT",
    }
    assert set(tenants) == {cast["io"].tenant_id, cast["nodal"].tenant_id}
    with cast.superuser() as connection:
        entry = connection.execute(
            "SELECT canonical FROM audit.entry WHERE event = 'chat:post' AND object_id = %s", (message_id,)
        ).fetchone()
    assert entry is not None
    assert "zanzibar" not in entry[0]


def test_pages_run_from_the_newest_back_and_from_a_message_on(cast: Cast) -> None:
    request_id = make_request(cast)
    ids = [say(cast, "io" if n % 2 else "nodal", request_id, f"message {n}") for n in range(7)]
    newest = read(cast, "io", request_id, limit=3)
    assert [item["id"] for item in newest["items"]] == ids[4:]  # type: ignore[index,attr-defined]
    assert newest["next_cursor"] == str(ids[4])
    assert newest["total"] == 7
    older = read(cast, "io", request_id, limit=3, before=ids[4])
    assert [item["id"] for item in older["items"]] == ids[1:4]  # type: ignore[index,attr-defined]
    oldest = read(cast, "io", request_id, limit=3, before=UUID(str(older["next_cursor"])))
    assert ([item["id"] for item in oldest["items"]], oldest["next_cursor"]) == (ids[:1], None)  # type: ignore[index,attr-defined]
    gap = read(cast, "io", request_id, limit=3, after=ids[1])
    assert ([item["id"] for item in gap["items"]], gap["next_cursor"]) == (ids[2:5], str(ids[4]))  # type: ignore[index,attr-defined]
    rest = read(cast, "io", request_id, limit=3, after=ids[4])
    assert ([item["id"] for item in rest["items"]], rest["next_cursor"]) == (ids[5:], None)  # type: ignore[index,attr-defined]


def test_writers_at_the_same_time_commit_in_the_order_of_their_ids(cast: Cast) -> None:
    """Whoever has read up to a message misses none by asking for what came after it."""
    request_id = make_request(cast)
    seen_by_poll: list[UUID] = []
    failures: list[BaseException] = []
    done = threading.Event()

    def write(name: str) -> None:
        try:
            for n in range(10):
                say(cast, name, request_id, f"{name} {n}")
        except BaseException as error:  # noqa: BLE001 - shown to the test
            failures.append(error)

    def poll() -> None:
        last = UUID(int=0)
        while True:
            finished = done.is_set()
            items = read(cast, "sho", request_id, after=last, limit=200)["items"]
            for item in items:  # type: ignore[attr-defined]
                seen_by_poll.append(item["id"])
                last = item["id"]
            if finished:
                return

    reader = threading.Thread(target=poll)
    writers = [threading.Thread(target=write, args=(name,)) for name in ("io", "nodal", "desk")]
    reader.start()
    for thread in writers:
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    reader.join()
    assert not failures
    assert len(seen_by_poll) == len(set(seen_by_poll)) == 30
    everything = read(cast, "io", request_id, limit=200)["items"]
    assert seen_by_poll == [item["id"] for item in everything]  # type: ignore[attr-defined]


def test_a_message_never_slips_in_after_the_end(cast: Cast) -> None:
    """The end waits for the message that is being written, and the next message finds the end."""
    request_id = make_request(cast, status="RESPONSE_UPLOADED")
    ending = threading.Thread(target=set_status, args=(cast, request_id, "COMPLETED"))
    with cast.acting("io") as uow:
        service.post(uow, request_id, {"message_text": "One last thing."})
        uow.session.flush()
        ending.start()
        ending.join(0.3)
        assert ending.is_alive()  # held by the request's row lock
    ending.join(5)
    assert not ending.is_alive()
    with pytest.raises(RequestClosed):
        say(cast, "io", request_id)
    assert read(cast, "io", request_id)["total"] == 1


def test_files_are_shown_to_the_other_side_with_the_message(cast: Cast) -> None:
    request_id = make_request(cast)
    file_id = make_file(cast, "io")
    with cast.acting("nodal") as uow, pytest.raises(NotFound):
        load_file(uow, file_id)
    with cast.acting("io") as uow:
        message_id = service.post(uow, request_id, {"message_text": "Attached.", "file_ids": [file_id]})
    with cast.acting("nodal") as uow:
        message = service.message_for(uow, message_id)
        assert load_file(uow, file_id).id == file_id
    assert message["message_type"] == "FILE"
    assert message["attachments"] == [
        {
            "id": str(file_id),
            "filename": "note.pdf",
            "size": 1200,
            "media_type": "application/pdf",
            "sha256": "ab" * 32,
        }
    ]


@pytest.mark.parametrize(
    ("owner", "purpose", "scan_status"),
    [
        ("nodal", "CHAT", "CLEAN"),  # another's
        ("io", "MANDATE", "CLEAN"),
        ("io", "CHAT", "PENDING"),
        ("io", "CHAT", "INFECTED"),
        ("io", "CHAT", "AWAITING_UPLOAD"),
    ],
)
def test_a_file_that_may_not_be_used_stops_the_message(cast: Cast, owner: str, purpose: str, scan_status: str) -> None:
    request_id = make_request(cast)
    file_id = make_file(cast, owner, purpose=purpose, scan_status=scan_status)
    with pytest.raises(Invalid), cast.acting("io") as uow:
        service.post(uow, request_id, {"message_text": "Attached.", "file_ids": [file_id]})
    assert read(cast, "io", request_id)["total"] == 0


def test_encrypted_fields_are_kept_as_they_come(cast: Cast) -> None:
    request_id = make_request(cast)
    body = {
        "encrypted_content": "Y2lwaGVy",
        "encrypted_key": "a2V5",
        "encryption_algorithm": "RSA-OAEP-256+A256GCM",
        "encryption_iv": "aXY=",
        "encryption_auth_tag": "dGFn",
        "sender_key_fingerprint": "12345-67890",
    }
    with cast.acting("io") as uow:
        message_id = service.post(uow, request_id, body)
    with cast.acting("nodal") as uow:
        message = service.message_for(uow, message_id)
    assert {name: message[name] for name in body} == body
    assert (message["is_encrypted"], message["message_text"]) == (True, None)


def test_a_question_pauses_the_clock_and_the_officers_answer_lets_it_run(cast: Cast) -> None:
    request_id = make_request(cast)
    with cast.acting("nodal") as uow:
        question = service.request_info(uow, request_id, "Which circle?")
    assert paused(cast, request_id)
    with cast.acting("io") as uow:
        message = service.message_for(uow, question)
    assert (message["message_type"], message["sender_type"], message["message_text"]) == (
        "CLARIFICATION",
        "PROVIDER",
        "Which circle?",
    )
    assert outbox(cast, "chat.message_created")[-1][0]["message_type"] == "CLARIFICATION"
    say(cast, "desk", request_id, "As I said: which circle?")  # the provider's own words do not let it run
    assert paused(cast, request_id)
    say(cast, "io", request_id, "Mumbai.")
    assert not paused(cast, request_id)


def test_a_critical_clock_runs_on(cast: Cast) -> None:
    request_id = make_request(cast, priority="CRITICAL")
    with cast.acting("nodal") as uow:
        service.request_info(uow, request_id, "Which circle?")
    assert not paused(cast, request_id)
    assert read(cast, "io", request_id)["total"] == 1


@pytest.mark.parametrize("status", ["RESPONSE_UPLOADED", "COMPLETED", "REJECTED"])
def test_a_question_needs_a_request_that_is_being_worked_on(cast: Cast, status: str) -> None:
    request_id = make_request(cast, status=status)
    with pytest.raises(IllegalTransition), cast.acting("nodal") as uow:
        service.request_info(uow, request_id, "Which circle?")
    assert read(cast, "io", request_id)["total"] == 0


@pytest.mark.parametrize(("name", "error"), [("io", Forbidden), ("banker", NotFound), ("sho", Forbidden)])
def test_only_the_addressed_provider_asks(cast: Cast, name: str, error: type[LersError]) -> None:
    request_id = make_request(cast)
    with pytest.raises(error), cast.acting(name) as uow:
        service.request_info(uow, request_id, "Which circle?")


def paused(cast: Cast, request_id: UUID) -> bool:
    with cast.superuser() as connection:
        row = connection.execute("SELECT sla_paused_at FROM app.lers_requests WHERE id = %s", (request_id,)).fetchone()
    assert row is not None
    return row[0] is not None


def flags(cast: Cast, request_id: UUID) -> list[bool]:
    return [item["read_by_receiver"] for item in read(cast, "io", request_id)["items"]]  # type: ignore[attr-defined]


def test_reading_marks_the_other_sides_messages_up_to_one_and_never_goes_back(cast: Cast) -> None:
    request_id = make_request(cast)
    ids = [say(cast, name, request_id) for name in ("io", "io", "nodal", "io")]
    with cast.acting("nodal") as uow:
        mark = service.mark_read(uow, request_id, ids[1])
    assert (mark["user_id"], mark["up_to"]) == (cast["nodal"].user_id, ids[1])
    assert flags(cast, request_id) == [True, True, False, False]
    payload, tenants = outbox(cast, "chat.messages_read")[-1]
    assert payload == {
        "request_id": str(request_id),
        "user_id": str(cast["nodal"].user_id),
        "up_to": str(ids[1]),
    }
    assert set(tenants) == {cast["io"].tenant_id, cast["nodal"].tenant_id}
    told = len(outbox(cast, "chat.messages_read"))
    with cast.acting("nodal") as uow:
        assert service.mark_read(uow, request_id, ids[0])["up_to"] == ids[1]
    assert len(outbox(cast, "chat.messages_read")) == told  # nothing new to tell


def test_an_approvers_reading_is_the_agencys_own_matter(cast: Cast) -> None:
    request_id = make_request(cast)
    message_id = say(cast, "nodal", request_id)
    with cast.acting("sho") as uow:
        service.mark_read(uow, request_id, message_id)
    assert flags(cast, request_id) == [False]
    assert outbox(cast, "chat.messages_read")[-1][1] == [cast["sho"].tenant_id]


def test_each_reader_is_told_how_far_they_have_read_themselves(cast: Cast) -> None:
    request_id = make_request(cast)
    ids = [say(cast, "nodal", request_id) for _ in range(3)]
    assert read(cast, "io", request_id)["read_up_to"] is None
    with cast.acting("io") as uow:
        service.mark_read(uow, request_id, ids[1])
    assert read(cast, "io", request_id)["read_up_to"] == ids[1]
    assert read(cast, "io", request_id, after=ids[2])["read_up_to"] == ids[1]
    assert read(cast, "sho", request_id)["read_up_to"] is None


def test_only_messages_of_the_request_can_be_marked(cast: Cast) -> None:
    request_id, other = make_request(cast), make_request(cast)
    elsewhere = say(cast, "nodal", other)
    for up_to in (elsewhere, new_id()):
        with pytest.raises(NotFound), cast.acting("io") as uow:
            service.mark_read(uow, request_id, up_to)
    with pytest.raises(NotFound), cast.acting("foreign_io") as uow:
        service.mark_read(uow, other, elsewhere)


def test_reading_stays_possible_after_the_end(cast: Cast) -> None:
    request_id = make_request(cast, status="RESPONSE_UPLOADED")
    message_id = say(cast, "nodal", request_id)
    set_status(cast, request_id, "COMPLETED")
    with cast.acting("io") as uow:
        assert service.mark_read(uow, request_id, message_id)["up_to"] == message_id
    assert flags(cast, request_id) == [True]


def test_only_its_sender_has_a_message_sent(cast: Cast) -> None:
    request_id = make_request(cast)
    message_id = say(cast, "io", request_id)
    with cast.acting("io") as uow:
        assert service.own_message(uow, message_id).request_id == request_id
    for name, error in (("nodal", Forbidden), ("foreign_io", NotFound), ("admin", Forbidden)):
        with cast.acting(name) as uow, pytest.raises(error):
            service.own_message(uow, message_id)


def test_an_administrator_has_no_place_in_a_room(cast: Cast) -> None:
    request_id = make_request(cast)
    with cast.acting("admin") as uow:
        with pytest.raises(Forbidden):
            service.require_readable(uow, request_id)
        assert not service.may_write(uow, request_id)


def test_the_permissions_of_the_chat_stand_in_the_table_of_roles(cast: Cast) -> None:
    readers = {name for name in ("io", "sho", "nodal", "admin") if cast[name].can(Permission.CHAT_READ)}
    assert readers == {"io", "sho", "nodal", "admin"}
    assert not cast["admin"].can(Permission.CHAT_WRITE)
    assert cast["sho"].role is Role.APPROVER
    assert not cast["sho"].can(Permission.CHAT_WRITE)
