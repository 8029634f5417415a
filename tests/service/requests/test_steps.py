"""Every step by everybody from every state, on PostgreSQL; rivals; and what a refused step leaves behind: nothing."""

from __future__ import annotations

import threading
from collections import Counter
from uuid import UUID

import pytest

from lers_web.domains.requests import service
from lers_web.domains.requests.service import Action, Status
from lers_web.domains.requests.states import TRANSITIONS
from lers_web.kernel.errors import Forbidden, IllegalTransition, Invalid, LersError, NotFound, StaleVersion
from lers_web.kernel.permissions import Role
from tests.factories import cases
from tests.factories.cast import Cast
from tests.factories.rows import rows

A = Action
STEPS = (A.SUBMIT_FOR_APPROVAL, A.SUBMIT, A.ACKNOWLEDGE, A.START, A.ASSIGN, A.DECLINE, A.COMPLETE, A.CANCEL, A.WITHDRAW)
OFFICER = {A.SUBMIT_FOR_APPROVAL, A.SUBMIT, A.CANCEL, A.WITHDRAW}
SHOWN = {
    Status.SUBMITTED, Status.ACKNOWLEDGED, Status.IN_PROGRESS, Status.RESPONSE_UPLOADED, Status.COMPLETED,
}  # fmt: skip
PEOPLE = ("io", "io2", "sho", "dsp", "foreign_io", "sp", "nodal", "banker", "admin")


def expected(cast: Cast, who: str, action: Action, status: Status) -> type[LersError] | None:
    """Say what the contract asks for in this cell."""
    role = cast[who].role
    if role is not (Role.IO if action in OFFICER else Role.PROVIDER):
        return Forbidden
    seen = who == "io" if role is Role.IO else who == "nodal" and status in SHOWN
    if not seen:
        return NotFound
    return None if status in TRANSITIONS[action].sources else IllegalTransition


@pytest.fixture(scope="module")
def in_state(cast: Cast, item: UUID) -> dict[Status, UUID]:
    return {status: cases.make_request(cast, item, status) for status in Status}


@pytest.mark.parametrize("status", list(Status))
def test_every_refused_cell(cast: Cast, in_state: dict[Status, UUID], status: Status):
    request_id = in_state[status]
    before = rows(cast, "SELECT version, status FROM app.lers_requests WHERE id = %s", request_id)
    for who in PEOPLE:
        for action in STEPS:
            error = expected(cast, who, action, status)
            if error is None:
                continue
            with pytest.raises(error), cast.acting(who) as uow:
                service.transition(uow, request_id, action, **_details(cast))
    assert rows(cast, "SELECT version, status FROM app.lers_requests WHERE id = %s", request_id) == before


@pytest.mark.parametrize(
    ("status", "action"),
    [(status, action) for action in STEPS for status in Status if status in TRANSITIONS[action].sources],
)
def test_every_allowed_cell_leaves_one_entry_and_one_event(cast: Cast, item: UUID, status: Status, action: Action):
    request_id = cases.make_request(cast, item, status)
    who = "io" if action in OFFICER else "nodal"
    assert expected(cast, who, action, status) is None
    audit = "SELECT event, actor_id FROM audit.entry WHERE request_id = %s ORDER BY at DESC, seq DESC LIMIT 1"
    told = "SELECT count(*) FROM app.outbox WHERE payload->>'request_id' = %s"
    (before,) = rows(cast, told, str(request_id))[0]
    cases.step(cast, who, request_id, action, **_details(cast))
    assert cases.status_of(cast, request_id) == (TRANSITIONS[action].target or status)
    assert rows(cast, audit, request_id) == [(f"request:{action.value}", cast[who].user_id)]
    assert rows(cast, told, str(request_id)) == [(before + 1,)]


def _details(cast: Cast) -> dict[str, object]:
    return {"reason": "A reason", "reason_code": "OVERBROAD", "user_id": cast["desk"].user_id}


def test_the_events_name_the_provider_only_after_the_submission(cast: Cast, item: UUID):
    request_id = cases.make_request(cast, item, Status.SUBMITTED)
    found = rows(
        cast,
        "SELECT payload->>'action', tenants FROM app.outbox WHERE type = 'request.status_changed'"
        " AND payload->>'request_id' = %s ORDER BY id",
        str(request_id),
    )
    mumbai, telecom = cast.tenants["mumbai"], cast.tenants["telecom"]
    assert found == [("submit_for_approval", [mumbai]), ("approve", [mumbai]), ("submit", [mumbai, telecom])]


def test_rivals_have_one_winner(cast: Cast, item: UUID):
    """Fifty requests, each withdrawn by the officer and declined by the provider at the same moment."""
    ids = [cases.make_request(cast, item, Status.SUBMITTED) for _ in range(50)]
    outcomes: Counter[str] = Counter()
    lock, start = threading.Lock(), threading.Barrier(2)

    def run(who: str, action: Action) -> None:
        for request_id in ids:
            start.wait()
            try:
                with cast.acting(who) as uow:
                    service.transition(uow, request_id, action, **_details(cast))
                result = "won"
            except IllegalTransition:
                result = "lost"
            with lock:
                outcomes[result] += 1

    threads = [
        threading.Thread(target=run, args=("io", A.WITHDRAW)), threading.Thread(target=run, args=("nodal", A.DECLINE))
    ]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert outcomes == {"won": 50, "lost": 50}
    events = rows(
        cast,
        "SELECT count(*) FROM audit.entry WHERE event IN ('request:withdraw', 'request:decline')"
        " AND request_id = ANY(%s)",
        ids,
    )
    assert events == [(50,)]


def test_a_stale_version_is_refused_before_the_state_is_looked_at(cast: Cast, item: UUID):
    request_id = cases.make_request(cast, item, Status.SUBMITTED)
    with pytest.raises(StaleVersion), cast.acting("nodal") as uow:
        service.transition(uow, request_id, A.COMPLETE, expected_version=1)


def test_content_is_fixed_once_sent(cast: Cast, item: UUID):
    request_id = cases.make_request(cast, item, Status.PENDING_APPROVAL)
    with pytest.raises(IllegalTransition), cast.acting("io") as uow:
        service.update(uow, request_id, {"description": "Something else"}, expected_version=None)
    with cast.acting("sho") as uow:
        request = service.load_request(uow, request_id)
        assert request.content_hash == service.content_hash(uow, request)


CHANGES = {
    "description": "'other'",
    "date_range_to": "'2020-01-01'",
    "court_order_number": "'X'",
    "priority": "'URGENT'",
    "legal_mandate_type": "'LETTER'",
    "case_reference": "'X'",
    "answers": "'{\"a\": 1}'::jsonb",
    "sent_version": "99",
}


@pytest.mark.parametrize("column", list(CHANGES))
def test_a_change_of_any_submitted_field_changes_the_hash(cast: Cast, item: UUID, column: str):
    request_id = cases.make_request(cast, item, Status.PENDING_APPROVAL)
    assert _hash_holds(cast, request_id)
    with cast.superuser() as connection:
        connection.execute(
            f"UPDATE app.lers_requests SET {column} = {CHANGES[column]} WHERE id = %s",
            (request_id,),
        )
    assert not _hash_holds(cast, request_id)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE app.request_identifier SET index_agency = '\\x00' WHERE request_id = %s",
        "UPDATE app.request_identifier SET type = 'IMEI' WHERE request_id = %s",
        "DELETE FROM app.request_identifier WHERE request_id = %s",
        (
            "UPDATE app.lers_files SET sha256 = 'cd' WHERE id ="
            " (SELECT legal_mandate_file_id FROM app.lers_requests WHERE id = %s)"
        ),
    ],
)
def test_so_does_another_identifier_or_another_mandate(cast: Cast, item: UUID, change: str):
    request_id = cases.make_request(cast, item, Status.PENDING_APPROVAL)
    with cast.superuser() as connection:
        connection.execute(change, (request_id,))  # type: ignore[arg-type]
    assert not _hash_holds(cast, request_id)


def _hash_holds(cast: Cast, request_id: UUID) -> bool:
    with cast.acting("sho") as uow:
        request = service.load_request(uow, request_id)
        return request.content_hash == service.content_hash(uow, request)


def test_changes_asked_for_void_what_was_approved(cast: Cast, item: UUID):
    request_id = cases.make_request(cast, item, Status.PENDING_APPROVAL)
    with cast.acting("sho") as uow:
        first = service.load_request(uow, request_id).content_hash
        service.request_changes(uow, service.locked_for(uow, request_id, A.REQUEST_CHANGES))
    assert cases.status_of(cast, request_id) == "DRAFT"
    with cast.acting("sho") as uow:
        assert service.load_request(uow, request_id).content_hash is None
    cases.step(cast, "io", request_id, A.SUBMIT_FOR_APPROVAL)
    with cast.acting("sho") as uow:
        again = service.load_request(uow, request_id).content_hash
    assert again != first, "the same words, sent again, are decided anew"


def test_without_auto_submit_the_officer_submits(cast: Cast, item: UUID):
    request_id = cases.make_request(cast, item, Status.APPROVED)
    assert cases.status_of(cast, request_id) == "APPROVED"
    cases.step(cast, "io", request_id, A.SUBMIT)
    assert cases.status_of(cast, request_id) == "SUBMITTED"


def test_the_mandate_is_shown_to_the_provider_with_the_submission(cast: Cast, item: UUID):
    pending = cases.make_request(cast, item, Status.PENDING_APPROVAL)
    shared = "SELECT count(*) FROM app.file_share WHERE request_id = %s AND tenant_id = %s"
    assert rows(cast, shared, pending, cast.tenants["telecom"]) == [(0,)]
    cases.approve(cast, pending)
    assert rows(cast, shared, pending, cast.tenants["telecom"]) == [(1,)]


def test_only_an_active_colleague_is_assigned(cast: Cast, item: UUID):
    request_id = cases.make_request(cast, item, Status.SUBMITTED)
    for who in ("io", "banker"):
        with pytest.raises(Invalid), cast.acting("nodal") as uow:
            service.transition(uow, request_id, A.ASSIGN, user_id=cast[who].user_id)


def test_a_rejected_response_reopens_and_a_partial_one_stays(cast: Cast, item: UUID):
    request_id = cases.make_request(cast, item, Status.IN_PROGRESS)
    with cast.acting("nodal") as uow:
        service.response_uploaded(uow, request_id, partial=True)
    assert cases.status_of(cast, request_id) == "IN_PROGRESS"
    with cast.acting("nodal") as uow:
        service.response_uploaded(uow, request_id, partial=False)
    assert cases.status_of(cast, request_id) == "RESPONSE_UPLOADED"
    with cast.acting("io") as uow:
        service.reopen(uow, request_id)
    assert cases.status_of(cast, request_id) == "IN_PROGRESS"


def test_outcomes_are_of_this_request_and_the_rest_is_disclosed(cast: Cast, item: UUID):
    request_id = cases.make_request(
        cast, item, Status.IN_PROGRESS,
        identifiers=[{"type": "MSISDN", "value": f"+91900000000{digit}"} for digit in range(1, 4)],
    )  # fmt: skip
    with cast.acting("nodal") as uow:
        first, second, _ = service.identifier_ids(uow, request_id)
        request = service.load_request(uow, request_id, lock=True)
        with pytest.raises(Invalid):
            service.set_outcomes(uow, request, [{"identifier_id": request_id, "outcome": "NO_DATA"}], final=True)
        with pytest.raises(Invalid):
            service.set_outcomes(uow, request, [{"identifier_id": first, "outcome": "NO_DATA"}] * 2, final=True)
        service.set_outcomes(
            uow, request, [{"identifier_id": second, "outcome": "REJECTED", "reason_code": "DATA_EXPIRED"}], final=True
        )
        assert list(service.identifier_ids(uow, request_id).values()) == ["DISCLOSED", "REJECTED", "DISCLOSED"]


def test_a_providers_figures_follow_each_step(cast: Cast, item: UUID):
    figures = (
        "SELECT total_requests_received, total_requests_completed, total_requests_rejected, total_clarifications"
        " FROM app.lers_provider_service_profile WHERE provider_tenant_id = %s"
    )
    done, declined = cases.make_request(cast, item, Status.COMPLETED), cases.make_request(cast, item, Status.SUBMITTED)
    with cast.acting("nodal") as uow:
        service.request_info(uow, declined)
    cases.step(cast, "nodal", declined, A.DECLINE, reason_code="OVERBROAD", reason="Too much")
    before = rows(cast, figures, cast.tenants["telecom"])
    assert before[0][1] >= 1
    assert before[0][2] >= 1
    assert before[0][3] >= 1
    assert cases.status_of(cast, done) == "COMPLETED"
    service.recompute_metrics(cast.backend)
    assert rows(cast, figures, cast.tenants["telecom"]) == before
