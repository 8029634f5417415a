"""Break-glass in the database: what row-level security shows an administrator, whatever a query asks for."""

from __future__ import annotations

import threading
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError

from lers_web.domains.access import service
from lers_web.domains.chat import service as chat
from lers_web.domains.files import service as files
from lers_web.domains.requests.service import Status
from lers_web.domains.responses import service as responses
from lers_web.kernel.errors import Duplicate
from lers_web.kernel.ids import new_id
from tests.factories import cases
from tests.factories.cast import Cast
from tests.factories.rows import rows

REASON = "Complaint 42: forged mandate"
BY_REQUEST = ("request_identifier", "lers_messages", "message_read", "lers_responses", "file_share")


@pytest.fixture
def case(cast: Cast, item: UUID) -> UUID:
    """A request with a row in every table of case content."""
    request_id = cases.make_request(cast, item, Status.IN_PROGRESS)
    with cast.acting("io") as uow:
        message_id = chat.post(uow, request_id, {"message_text": "SECRET-WORD"})
    with cast.acting("nodal") as uow:
        chat.mark_read(uow, request_id, message_id)
    file_id = cases.make_mandate(cast, "nodal", purpose="RESPONSE")
    with cast.acting("nodal") as uow:
        body = {
            "response_text": "All of it.", "remarks": None, "file_ids": [file_id], "outcomes": [], "is_partial": False
        }  # fmt: skip
        responses.create(uow, request_id, body, signature=None)
    return request_id


def shown(cast: Cast, request_id: UUID, who: str = "admin") -> dict[str, int]:
    """Count what a person's context is shown of a request, table by table, with no filter of the application's."""
    counted = {}
    with cast.acting(who) as uow:
        for table in BY_REQUEST:
            counted[table] = uow.session.scalar(
                text(f"SELECT count(*) FROM app.{table} WHERE request_id = :id"), {"id": request_id}
            )
        counted["response_file"] = uow.session.scalar(
            text("SELECT count(*) FROM app.response_file f JOIN app.lers_responses r ON r.id = f.response_id"
                 " WHERE r.request_id = :id"), {"id": request_id},
        )  # fmt: skip
    with cast.superuser() as connection:
        file_ids = connection.execute(
            "SELECT DISTINCT file_id FROM app.file_share WHERE request_id = %s", (request_id,)
        ).fetchall()
    with cast.acting(who) as uow:
        counted["lers_files"] = uow.session.scalar(
            text("SELECT count(*) FROM app.lers_files WHERE id = ANY(:ids)"), {"ids": [row[0] for row in file_ids]}
        )
    return counted


def opened(cast: Cast, request_id: UUID, who: str = "admin") -> UUID:
    with cast.acting(who) as uow:
        return service.ask(uow, request_id, REASON)


def change(cast: Cast, who: str, assignment: str, session_id: UUID) -> None:
    with cast.acting(who) as uow:
        uow.session.execute(text(f"UPDATE app.break_glass SET {assignment} WHERE id = :id"), {"id": session_id})


def test_the_database_shows_an_administrator_no_content_but_of_what_they_opened(
    cast: Cast, item: UUID, case: UUID
) -> None:
    parties = shown(cast, case, "io")
    assert all(parties.values()), "the test would prove nothing of an empty table"
    nothing = dict.fromkeys(parties, 0)
    other = cases.make_request(cast, item, Status.SUBMITTED)
    assert shown(cast, case) == nothing
    session_id = opened(cast, case)
    assert all(shown(cast, case).values())
    assert shown(cast, case, "admin2") == nothing
    assert shown(cast, other) == nothing
    assert shown(cast, case, "foreign_io") == nothing
    with cast.acting("admin") as uow:
        service.end(uow, session_id)
    assert shown(cast, case) == nothing


def test_the_databases_clock_ends_it(cast: Cast, case: UUID) -> None:
    session_id = opened(cast, case)
    assert all(shown(cast, case).values())
    with cast.superuser() as connection:
        connection.execute("UPDATE app.break_glass SET expires_at = now() WHERE id = %s", (session_id,))
    assert not any(shown(cast, case).values())


def test_what_waits_opens_nothing(cast: Cast, case: UUID) -> None:
    cases.set_policy(cast, "io", break_glass_two_person=True)
    try:
        session_id = opened(cast, case)
    finally:
        cases.set_policy(cast, "io", break_glass_two_person=False)
    assert not any(shown(cast, case).values())
    with cast.acting("admin2") as uow:
        service.confirm(uow, session_id)
    assert all(shown(cast, case).values())
    assert not any(shown(cast, case, "admin2").values())


def test_the_table_is_the_administrators_alone(cast: Cast, case: UUID) -> None:
    opened(cast, case)
    for who in ("io", "sho", "nodal"):
        with cast.acting(who) as uow:
            assert uow.session.scalar(text("SELECT count(*) FROM app.break_glass")) == 0
            assert uow.session.scalar(text("SELECT app.opened_requests()")) == []


@pytest.mark.parametrize(
    ("columns", "policy"),
    [
        ({"asked_by_id": "admin2"}, False),
        ({"two_person": False}, True),
        ({"two_person": True, "confirmed_by_id": "admin2"}, True),
    ],
)
def test_nobody_opens_in_anothers_name_or_past_the_agencys_policy(
    cast: Cast, case: UUID, columns: dict[str, object], policy: bool
) -> None:
    values = {"two_person": False, "asked_by_id": "admin", "confirmed_by_id": None, **columns}
    people = {name: cast[values[name]].user_id for name in ("asked_by_id", "confirmed_by_id") if values[name]}
    statement = text(
        "INSERT INTO app.break_glass (id, request_id, asked_by_id, reason, two_person, confirmed_by_id, opened_at,"
        " expires_at, created_at) VALUES (:id, :request, :asked_by_id, 'x', :two_person, :confirmed_by_id, now(),"
        " now() + interval '1 minute', now())"
    )
    cases.set_policy(cast, "io", break_glass_two_person=policy)
    try:
        with pytest.raises(ProgrammingError, match="row-level security"), cast.acting("admin") as uow:
            uow.session.execute(statement, {**values, **people, "id": new_id(), "request": case})
    finally:
        cases.set_policy(cast, "io", break_glass_two_person=False)


@pytest.mark.parametrize(
    "assignment",
    [
        "expires_at = expires_at + interval '1 minute'",
        "opened_at = now()",
        "reason = 'another'",
        "two_person = true",
        "asked_by_id = confirmed_by_id",
        "confirmed_by_id = asked_by_id",
        "ended_at = now()",
    ],
)
def test_a_session_is_not_prolonged_nor_rewritten(cast: Cast, case: UUID, assignment: str) -> None:
    session_id = opened(cast, case)
    with pytest.raises(IntegrityError):
        change(cast, "admin", assignment, session_id)


def test_what_has_ended_stays_ended(cast: Cast, case: UUID) -> None:
    session_id = opened(cast, case)
    with cast.acting("admin") as uow:
        service.end(uow, session_id)
    with pytest.raises(IntegrityError, match="stays ended"):
        change(cast, "admin", "ended_at = NULL, ended_by_id = NULL", session_id)


def test_rows_of_content_are_not_written_through_it(cast: Cast, case: UUID) -> None:
    opened(cast, case)
    for table, assignment in (
        ("lers_messages", "message_text = 'x'"),
        ("lers_responses", "response_text = 'x'"),
        ("request_identifier", "masked = 'x'"),
        ("lers_files", "filename = 'x'"),
    ):
        with cast.acting("admin") as uow:
            touched = uow.session.execute(text(f"UPDATE app.{table} SET {assignment}"))
            assert touched.rowcount == 0, table
    with pytest.raises(DBAPIError), cast.acting("admin") as uow:
        uow.session.execute(text("UPDATE app.lers_requests SET notes = 'x' WHERE id = :id"), {"id": case})
    assert rows(cast, "SELECT notes FROM app.lers_requests WHERE id = %s", case) == [("SECRET-AGENCY-NOTE",)]


def test_files_of_others_stay_away_from_one_who_opened_a_request(cast: Cast, case: UUID) -> None:
    opened(cast, case)
    foreign = cases.make_mandate(cast, "foreign_io")
    with cast.acting("admin") as uow:
        assert files.facts(uow, [foreign]) == {}


def test_kept_answers_of_others_are_not_the_administrators_to_read(cast: Cast) -> None:
    with cast.superuser() as connection:
        connection.execute(
            "INSERT INTO app.idempotency_key (user_id, key, tenant_id, fingerprint, body, created_at)"
            " VALUES (%s,'k',%s,'','SECRET',now())",
            (cast["io"].user_id, cast["io"].tenant_id),
        )
    with cast.acting("admin") as uow:
        assert uow.session.scalar(text("SELECT count(*) FROM app.idempotency_key WHERE body = 'SECRET'")) == 0


def test_of_two_that_ask_at_once_one_gets_it(cast: Cast, case: UUID) -> None:
    outcomes: list[str] = []
    together = threading.Barrier(4)

    def run() -> None:
        together.wait()
        try:
            opened(cast, case)
            outcomes.append("opened")
        except Duplicate:
            outcomes.append("duplicate")

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["duplicate"] * 3 + ["opened"]
