"""The clock of a request and the monitor, on PostgreSQL: each thing once, at its true time, also after a downtime."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from lers_web.domains.requests import reads, service
from lers_web.domains.requests.service import Action, Cause, Status
from lers_web.kernel import clock
from lers_web.kernel.errors import Conflict, Duplicate, Forbidden, NotFound, StaleVersion
from lers_web.kernel.ids import new_id
from lers_web.kernel.ports import Backend
from tests.factories import cases
from tests.factories.cast import Cast
from tests.factories.rows import rows

HOUR = dt.timedelta(hours=1)


@pytest.fixture(scope="module")
def worker(cast: Cast) -> Iterator[Backend]:
    backend = Backend.connect(cast.settings, cast.settings.worker_database_url, application="lers-test")
    yield backend
    backend.engine.dispose()


def columns(cast: Cast, request_id: UUID, *names: str) -> tuple[object, ...]:
    return rows(cast, f"SELECT {', '.join(names)} FROM app.lers_requests WHERE id = %s", request_id)[0]


def due_of(cast: Cast, request_id: UUID) -> dt.datetime:
    (due,) = columns(cast, request_id, "sla_due_date")
    assert isinstance(due, dt.datetime)
    return due


def told(cast: Cast, request_id: UUID) -> list[tuple[object, ...]]:
    """Return what was told of a clock: events in order, with their level."""
    return rows(
        cast,
        "SELECT type, (payload->>'level')::int FROM app.outbox WHERE type LIKE 'sla.%%'"
        " AND payload->>'request_id' = %s ORDER BY id",
        str(request_id),
    )


def test_the_promise_is_that_of_the_priority(cast: Cast, item: UUID):
    for priority, hours in (("NORMAL", 24), ("URGENT", 4), ("CRITICAL", 4)):
        request_id = cases.make_request(cast, item, Status.SUBMITTED, priority=priority)
        submitted, due, promise = columns(cast, request_id, "submitted_at", "sla_due_date", "sla_hours")
        assert promise == hours
        assert due - submitted == hours * HOUR  # type: ignore[operator]


def test_business_hours_follow_the_providers_calendar(cast: Cast):
    from lers_web.domains.sla import service as sla

    with cast.acting("banker") as uow:
        sla.save_calendar(uow, cast.tenants["bank"], hours="Mon-Fri 09:30-18:00", country="IN", subdivision="MH")
    item = cases.make_item(
        cast, "banker", sla_business_hours_only=True, sla_turnaround_hours=9, sla_turnaround_hours_urgent=None
    )
    request_id = cases.make_request(cast, item, Status.SUBMITTED)
    with cast.acting("banker") as uow:
        sla.save_calendar(uow, cast.tenants["bank"], hours="24x7")
        told_ = reads.sla_explanation(uow, request_id)
    assert told_["calendar"]["version"] == 1, "a running clock keeps the hours it started with"
    assert sum(step["seconds"] for step in told_["steps"] if step["kind"] == "COUNTED") == 9 * 3600
    assert any(step["kind"] == "CLOSED" for step in told_["steps"]), "nine hours do not fit into one day"


def test_a_warning_comes_once(cast: Cast, item: UUID, worker: Backend):
    request_id = cases.make_request(cast, item, Status.SUBMITTED)
    due = due_of(cast, request_id)
    service.run_sla_monitor(worker, at=due - 13 * HOUR)
    assert told(cast, request_id) == []
    for moment in (due - 12 * HOUR, due - 11 * HOUR, due - HOUR):
        service.run_sla_monitor(worker, at=moment)
    assert told(cast, request_id) == [("sla.warning", 1)]


def test_a_critical_one_is_warned_of_twice(cast: Cast, worker: Backend):
    item = cases.make_item(cast, sla_turnaround_hours=12, sla_turnaround_hours_urgent=None)
    request_id = cases.make_request(cast, item, Status.SUBMITTED, priority="CRITICAL")
    due = due_of(cast, request_id)
    for moment in (due - 6 * HOUR, due - 2 * HOUR, due - HOUR):
        service.run_sla_monitor(worker, at=moment)
    assert told(cast, request_id) == [("sla.warning", 1), ("sla.warning", 2)]


def test_a_breach_has_its_true_time_and_each_escalation_comes_once(cast: Cast, item: UUID, worker: Backend):
    request_id = cases.make_request(cast, item, Status.ACKNOWLEDGED)
    due = due_of(cast, request_id)
    for hours in (0, 1, 23, 24, 25, 71, 72, 200):
        service.run_sla_monitor(worker, at=due + hours * HOUR)
    assert columns(cast, request_id, "sla_breached", "sla_breached_at") == (True, due)
    assert told(cast, request_id) == [("sla.breached", 1), ("sla.escalated", 2), ("sla.escalated", 3)]
    events = rows(cast, "SELECT event FROM audit.entry WHERE request_id = %s AND event LIKE 'sla:%%'", request_id)
    assert sorted(events) == [("sla:breach",), ("sla:escalation_24",), ("sla:escalation_72",)]


def test_after_a_downtime_everything_is_made_up_for_once(cast: Cast, item: UUID, worker: Backend):
    request_id = cases.make_request(cast, item, Status.IN_PROGRESS)
    due = due_of(cast, request_id)
    counts = service.run_sla_monitor(worker, at=due + dt.timedelta(days=3, hours=1))
    assert counts["breach"] >= 1
    assert told(cast, request_id) == [("sla.breached", 1), ("sla.escalated", 2), ("sla.escalated", 3)]
    assert columns(cast, request_id, "sla_breached_at") == (due,)
    again = service.run_sla_monitor(worker, at=due + dt.timedelta(days=3, hours=2))
    assert len(told(cast, request_id)) == 3
    assert again["agencies"] == 0
    assert set(again.values()) == {0}


def test_many_are_told_of_with_as_few_statements_as_one(cast: Cast, item: UUID, worker: Backend):
    def statements(number: int) -> int:
        made = [cases.make_request(cast, item, Status.ACKNOWLEDGED) for _ in range(number)]
        seen: list[str] = []
        listener = lambda *about: seen.append(about[2])  # noqa: E731
        event.listen(worker.engine, "before_cursor_execute", listener)
        service.run_sla_monitor(worker, at=max(due_of(cast, each) for each in made) + HOUR)
        event.remove(worker.engine, "before_cursor_execute", listener)
        assert all(told(cast, each) == [("sla.breached", 1)] for each in made)
        return len(seen)

    service.run_sla_monitor(worker, at=clock.now() + dt.timedelta(days=40))  # what other tests left
    several, one = statements(6), statements(1)
    assert several <= one + 1  # one entry alone has a statement of its own, and no more


def test_the_operators_run_it_too(cast: Cast, item: UUID):
    request_id = cases.make_request(cast, item, Status.SUBMITTED)
    backend = Backend.connect(cast.settings, cast.settings.ops_database_url, application="lers-test")
    try:
        service.run_sla_monitor(backend, at=due_of(cast, request_id) + HOUR)
    finally:
        backend.engine.dispose()
    assert ("sla.breached", 1) in told(cast, request_id)


def test_the_first_look_sees_clocks_and_nothing_of_the_case(cast: Cast, worker: Backend):
    from sqlalchemy import text
    from sqlalchemy.exc import ProgrammingError

    from lers_web.domains.requests.monitor import ROLE
    from lers_web.kernel.actor import system_actor
    from lers_web.kernel.uow import unit_of_work

    with pytest.raises(ProgrammingError, match="permission denied"), unit_of_work(worker, system_actor(), role=ROLE) as uow:  # noqa: E501 # fmt: skip
        uow.session.execute(text("SELECT description FROM app.lers_requests"))


def test_who_has_answered_is_warned_of_nothing(cast: Cast, item: UUID, worker: Backend):
    for status in (Status.COMPLETED, Status.REJECTED, Status.CANCELLED, Status.DRAFT):
        request_id = cases.make_request(cast, item, status)
        service.run_sla_monitor(worker, at=clock.now() + dt.timedelta(days=30))
        assert told(cast, request_id) == []


def shift(cast: Cast, request_id: UUID, kind: str, hours: float) -> None:
    """Move a line of the ledger, and the pause beside it, back in time."""
    with cast.superuser() as connection:
        connection.execute(
            "UPDATE app.sla_event SET at = at - make_interval(secs => %s) WHERE request_id = %s AND kind = %s",
            (hours * 3600, request_id, kind),
        )
        if kind == "PAUSE":
            connection.execute(
                "UPDATE app.lers_requests SET sla_paused_at = sla_paused_at - make_interval(secs => %s) WHERE id = %s",
                (hours * 3600, request_id),
            )


def test_a_question_moves_the_due_date_by_the_time_it_took(cast: Cast, item: UUID, worker: Backend):
    request_id = cases.make_request(cast, item, Status.ACKNOWLEDGED)
    shift(cast, request_id, "START", 5)
    before = due_of(cast, request_id) - 5 * HOUR  # what the ledger says since its start was moved
    with cast.acting("nodal") as uow:
        service.request_info(uow, request_id)
    assert columns(cast, request_id, "sla_due_date", "sla_warn_at") == (None, None)
    shift(cast, request_id, "PAUSE", 3)
    with cast.acting("io") as uow:
        assert reads.one(uow, request_id)["sla_state"] == "PAUSED"
        explained = reads.sla_explanation(uow, request_id)
    assert explained["due"] is None
    assert explained["steps"][-1]["kind"] == "PAUSED"
    service.run_sla_monitor(worker, at=before + dt.timedelta(days=9))
    assert told(cast, request_id) == [], "a clock that stands is never late"
    with cast.acting("io") as uow:
        assert service.resume_clock(uow, request_id) is True
    with cast.acting("io") as uow:
        assert service.resume_clock(uow, request_id) is False, "the second answer changes nothing"
    moved = due_of(cast, request_id) - before
    (paused,) = columns(cast, request_id, "sla_paused_at")
    assert paused is None
    assert abs(moved - 3 * HOUR) < dt.timedelta(seconds=30)


def test_critical_and_statutory_clocks_never_stand(cast: Cast, item: UUID):
    statutory = cases.make_item(cast, sla_statutory=True, sla_business_hours_only=True)
    for request_id in (
        cases.make_request(cast, item, Status.ACKNOWLEDGED, priority="CRITICAL"),
        cases.make_request(cast, statutory, Status.ACKNOWLEDGED),
    ):
        with cast.acting("nodal") as uow:
            service.request_info(uow, request_id)
        assert columns(cast, request_id, "sla_paused_at", "clarifications", "sla_business") == (None, 1, False)


def test_two_causes_hold_a_clock_until_both_are_gone(cast: Cast, item: UUID):
    from lers_web.domains.requests import clocks

    request_id = cases.make_request(cast, item, Status.ACKNOWLEDGED)
    with cast.acting("nodal") as uow:
        request = service.load_request(uow, request_id, lock=True)
        assert clocks.pause(uow, request, Cause.REQUEST_INFO)
        assert clocks.pause(uow, request, Cause.CHALLENGE)
    for cause, held in ((Cause.REQUEST_INFO, True), (Cause.CHALLENGE, False)):
        with cast.acting("io") as uow:
            assert service.resume_clock(uow, request_id, cause) is True
        assert (columns(cast, request_id, "sla_paused_at")[0] is not None) is held


@pytest.mark.parametrize(("late", "met"), [(False, True), (True, False)])
def test_whether_the_promise_was_kept_is_decided_at_the_end(cast: Cast, item: UUID, late: bool, met: bool):
    request_id = cases.make_request(cast, item, Status.RESPONSE_UPLOADED)
    if late:
        shift(cast, request_id, "START", 30)
    cases.step(cast, "nodal", request_id, Action.COMPLETE)
    due, breached, breached_at, kept = columns(
        cast, request_id, "sla_due_date", "sla_breached", "sla_breached_at", "sla_met"
    )
    assert (kept, breached) == (met, not met)
    assert breached_at == (due if late else None)


def test_who_waits_for_an_answer_is_not_late(cast: Cast, item: UUID):
    request_id = cases.make_request(cast, item, Status.IN_PROGRESS)
    shift(cast, request_id, "START", 20)
    with cast.acting("nodal") as uow:
        service.request_info(uow, request_id)
    shift(cast, request_id, "PAUSE", 10)
    shift(cast, request_id, "START", 10)
    with cast.acting("nodal") as uow:
        service.response_uploaded(uow, request_id, partial=False)
    cases.step(cast, "nodal", request_id, Action.COMPLETE)
    assert columns(cast, request_id, "sla_met", "sla_paused_at") == (True, None)


def test_more_time_is_asked_for_once_and_counts_when_granted(cast: Cast, item: UUID):
    request_id = cases.make_request(cast, item, Status.ACKNOWLEDGED)
    before = due_of(cast, request_id)
    with pytest.raises(Conflict), cast.acting("io") as uow:
        service.transition(uow, request_id, Action.GRANT_EXTENSION, granted=True)
    cases.step(cast, "nodal", request_id, Action.REQUEST_EXTENSION, hours=12.5, reason="Archive")
    with pytest.raises(Duplicate), cast.acting("nodal") as uow:
        service.transition(uow, request_id, Action.REQUEST_EXTENSION, hours=1, reason="Again")
    assert due_of(cast, request_id) == before
    cases.step(cast, "io", request_id, Action.GRANT_EXTENSION, granted=False, comments="No")
    assert due_of(cast, request_id) == before
    cases.step(cast, "nodal", request_id, Action.REQUEST_EXTENSION, hours=12.5, reason="Please")
    cases.step(cast, "io", request_id, Action.GRANT_EXTENSION, granted=True)
    assert due_of(cast, request_id) == before + 12.5 * HOUR
    with cast.acting("nodal") as uow:
        explained = reads.sla_explanation(uow, request_id)
    assert [each["granted"] for each in explained["extensions"]] == [False, True]
    assert [each["kind"] for each in explained["ledger"]] == ["START", "EXTEND"]


def test_a_doubted_request_waits_for_the_tenant_admin(cast: Cast, item: UUID):
    request_id = cases.make_request(cast, item, Status.ACKNOWLEDGED)
    with pytest.raises(Conflict), cast.acting("sho") as uow:
        service.confirm_challenge(uow, request_id)
    cases.step(cast, "nodal", request_id, Action.CHALLENGE, reason="Nobody answers")
    with pytest.raises(Duplicate), cast.acting("nodal") as uow:
        service.transition(uow, request_id, Action.CHALLENGE, reason="Still nobody")
    with cast.acting("io") as uow:
        assert reads.one(uow, request_id)["sla_state"] == "PAUSED"
        assert service.resume_clock(uow, request_id) is False, "an answer in the chat confirms nothing"
    for who in ("io", "dsp", "nodal", "sp"):
        with pytest.raises((Forbidden, NotFound)), cast.acting(who) as uow:
            service.confirm_challenge(uow, request_id)
    with cast.acting("sho") as uow:
        service.confirm_challenge(uow, request_id)
    assert columns(cast, request_id, "sla_paused_at") == (None,)
    assert due_of(cast, request_id) is not None


def may_confirm(cast: Cast, request_id: UUID) -> list[str]:
    """Return who is told that they may confirm the request."""
    told = []
    for who in ("io", "sho", "dsp", "nodal", "admin"):
        with cast.acting(who) as uow:
            if reads.one(uow, request_id)["abilities"]["confirm_challenge"]:
                told.append(who)
    return told


def test_a_doubt_is_shown_to_those_who_may_confirm_it_and_a_question_to_nobody(cast: Cast, item: UUID):
    request_id = cases.make_request(cast, item, Status.ACKNOWLEDGED)
    with cast.acting("nodal") as uow:
        service.request_info(uow, request_id)
    assert may_confirm(cast, request_id) == []
    cases.step(cast, "nodal", request_id, Action.CHALLENGE, reason="Nobody answers")
    assert may_confirm(cast, request_id) == ["sho", "admin"]
    with cast.acting("sho") as uow:
        service.confirm_challenge(uow, request_id)
    assert may_confirm(cast, request_id) == [], "the question still holds the clock"


def test_an_administrator_confirms_a_doubted_request_and_the_clock_runs_again(cast: Cast, item: UUID):
    request_id = cases.make_request(cast, item, Status.ACKNOWLEDGED)
    with pytest.raises(Conflict, match="Nobody doubts"), cast.acting("admin") as uow:
        service.confirm_challenge(uow, request_id)
    cases.step(cast, "nodal", request_id, Action.CHALLENGE, reason="Nobody answers")
    assert columns(cast, request_id, "sla_due_date") == (None,)
    with pytest.raises(StaleVersion), cast.acting("admin") as uow:
        service.confirm_challenge(uow, request_id, expected_version=1)
    with cast.acting("admin") as uow:
        service.confirm_challenge(uow, request_id)
    assert columns(cast, request_id, "sla_paused_at") == (None,)
    assert due_of(cast, request_id) is not None
    told = rows(cast, "SELECT event, tenant_id FROM audit.entry WHERE request_id = %s", request_id)
    assert ("request:challenge_confirmed", cast["admin"].tenant_id) in told
    with cast.acting("io") as uow:
        explained = reads.sla_explanation(uow, request_id)
    assert [each["kind"] for each in explained["ledger"]] == ["START", "PAUSE", "RESUME"]


def test_the_database_lets_an_administrator_touch_a_clock_that_stands_and_nothing_else(cast: Cast, item: UUID):
    running = cases.make_request(cast, item, Status.ACKNOWLEDGED)
    standing = cases.make_request(cast, item, Status.ACKNOWLEDGED)
    cases.step(cast, "nodal", standing, Action.CHALLENGE, reason="Nobody answers")
    for request_id, change in (
        (running, "sla_due_date = now()"),
        (running, "description = 'x'"),
        (standing, "description = 'x', sla_paused_at = NULL"),
        (standing, "status = 'IN_PROGRESS', version = version + 1"),
        (standing, "sla_hours = 1000"),
    ):
        with pytest.raises(IntegrityError, match="changes nothing else"), cast.acting("admin") as uow:
            uow.session.execute(text(f"UPDATE app.lers_requests SET {change} WHERE id = :id"), {"id": request_id})
    ledger = text(
        "INSERT INTO app.sla_event (id, request_id, agency_tenant_id, provider_tenant_id, kind, at, actor_id, reason,"
        " created_at) SELECT :new, id, agency_tenant_id, provider_tenant_id, :kind, now(), :actor, :reason, now()"
        " FROM app.lers_requests WHERE id = :id"
    )
    me = cast["admin"].user_id
    for kind, reason, actor in (
        ("PAUSE", "CHALLENGE", me),
        ("RESUME", "REQUEST_INFO", me),
        ("EXTEND", "CHALLENGE", me),
        ("RESUME", "CHALLENGE", cast["sho"].user_id),
    ):
        values = {"new": new_id(), "id": standing, "kind": kind, "reason": reason, "actor": actor}
        with pytest.raises(ProgrammingError, match="row-level security"), cast.acting("admin") as uow:
            uow.session.execute(ledger, values)
