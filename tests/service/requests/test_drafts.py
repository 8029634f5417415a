"""Drafts: numbers, what is kept of them, and every reason why one cannot be sent, told at once."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any
from uuid import UUID

import pytest

from lers_web.domains.authority import service as authority
from lers_web.domains.requests import reads, service
from lers_web.domains.requests.service import Action, Status
from lers_web.kernel import clock
from lers_web.kernel.errors import Invalid
from tests.factories import cases
from tests.factories.cast import Cast
from tests.factories.rows import rows


def problems(cast: Cast, item: UUID, **changes: Any) -> set[tuple[str, str]]:
    """Make a draft that is complete but for the changes, and return its problems as (field, code)."""
    request_id = cases.make_draft(cast, item, **changes)
    with cast.acting("io") as uow:
        return {(each["field"], each["code"]) for each in reads.one(uow, request_id)["problems"]}


def warnings(cast: Cast, item: UUID, **changes: Any) -> set[tuple[str, str]]:
    request_id = cases.make_draft(cast, item, **changes)
    with cast.acting("io") as uow:
        return {(each["field"], each["code"]) for each in reads.one(uow, request_id)["warnings"]}


def test_numbers_are_given_out_without_a_gap_or_a_twin(cast: Cast, item: UUID):
    made: list[str] = []
    lock = threading.Lock()

    def make(who: str) -> None:
        for _ in range(8):
            with cast.acting(who) as uow:
                number = service.create(uow, {"catalog_item_id": item}).request_number
            with lock:
                made.append(number)

    threads = [threading.Thread(target=make, args=(who,)) for who in ("io", "io2", "io", "io2", "foreign_io")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    year = clock.now().year
    mumbai = sorted(number for number in made if "-MUM-" in number)
    bengaluru = sorted(number for number in made if "-BLR-" in number)
    assert bengaluru == [f"LERS-{year}-BLR-{place:06d}" for place in range(1, 9)]
    first = int(mumbai[0][-6:])
    assert mumbai == [f"LERS-{year}-MUM-{place:06d}" for place in range(first, first + 32)]


def test_a_refused_draft_takes_no_number(cast: Cast, item: UUID):
    before = rows(cast, "SELECT last FROM app.request_counter WHERE tenant_id = %s", cast.tenants["bengaluru"])
    with pytest.raises(Invalid), cast.acting("foreign_io") as uow:
        service.create(uow, {"catalog_item_id": item, "identifiers": [{"type": "CARD", "value": "4111111111111111"}]})
    assert rows(cast, "SELECT last FROM app.request_counter WHERE tenant_id = %s", cast.tenants["bengaluru"]) == before


def test_a_complete_draft_has_no_problem(cast: Cast, item: UUID):
    assert problems(cast, item) == set()


TODAY = clock.now().date()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"identifiers": []}, ("identifiers", "identifier_missing")),
        ({"identifiers": [{"type": "MSISDN", "value": "12345"}]}, ("identifiers.0.value", "identifier_format")),
        ({"identifiers": [{"type": "MSISDN", "value": cases.PHONE}] * 2}, ("identifiers.1.value", "duplicate")),
        (
            {"identifiers": [{"type": "MSISDN", "value": cases.PHONE}, {"type": "EMAIL", "value": "a@example.com"}]},
            ("identifiers.1.type", "identifier_type_not_taken"),
        ),
        ({"date_range_from": None, "date_range_to": None}, ("date_range_from", "period_missing")),
        ({"date_range_to": None}, ("date_range_from", "period_missing")),
        ({"date_range_to": TODAY - dt.timedelta(days=90)}, ("date_range_to", "period_reversed")),
        (
            {"date_range_from": TODAY + dt.timedelta(days=3), "date_range_to": TODAY + dt.timedelta(days=9)},
            ("date_range_from", "period_in_future"),
        ),
        ({"date_range_from": TODAY - dt.timedelta(days=800)}, ("date_range_to", "period_too_long")),
        ({"legal_mandate_type": "LETTER"}, ("legal_mandate_type", "mandate_type_insufficient")),
        ({"legal_mandate_file_id": None}, ("legal_mandate_file_id", "mandate_file_missing")),
        ({"court_order_number": None}, ("court_order_number", "court_order_missing")),
        ({"answers": {"favourite_colour": "blue"}}, ("answers.favourite_colour", "answer_unknown")),
    ],
)
def test_each_thing_that_is_missing_is_told(cast: Cast, item: UUID, changes: dict[str, Any], expected: tuple[str, str]):
    assert problems(cast, item, **changes) == {expected}


@pytest.mark.parametrize("status", ["AWAITING_UPLOAD", "PENDING", "SUSPICIOUS", "INFECTED", "ERROR"])
def test_a_mandate_that_is_not_clean_may_stand_in_a_draft_only(cast: Cast, item: UUID, status: str):
    file_id = cases.make_mandate(cast, scan_status=status)
    request_id = cases.make_draft(cast, item, legal_mandate_file_id=file_id)
    with pytest.raises(Invalid) as refused, cast.acting("io") as uow:
        service.transition(uow, request_id, Action.SUBMIT_FOR_APPROVAL)
    assert [each["code"] for each in refused.value.extra["problems"]] == ["file_not_clean"]
    with cast.superuser() as connection:
        connection.execute("UPDATE app.lers_files SET scan_status = 'CLEAN' WHERE id = %s", (file_id,))
    cases.step(cast, "io", request_id, Action.SUBMIT_FOR_APPROVAL)


def test_all_reasons_come_at_once(cast: Cast, item: UUID):
    with cast.acting("io") as uow:
        request_id = service.create(uow, {"catalog_item_id": item, "legal_mandate_type": "LETTER"}).id
    with pytest.raises(Invalid) as refused, cast.acting("io") as uow:
        service.transition(uow, request_id, Action.SUBMIT_FOR_APPROVAL)
    assert {each["code"] for each in refused.value.extra["problems"]} == {
        "identifier_missing", "period_missing", "mandate_type_insufficient", "mandate_file_missing",
        "court_order_missing",
    }  # fmt: skip
    assert cases.status_of(cast, request_id) == "DRAFT"


ANSWERED = [
    {"name": "branch", "label": {"en": "Branch"}, "kind": "TEXT", "required": True},
    {"name": "amount", "label": {"en": "Amount"}, "kind": "NUMBER", "required": False},
    {"name": "day", "label": {"en": "Day"}, "kind": "DATE", "required": False},
    {"name": "channel", "label": {"en": "Channel"}, "kind": "CHOICE", "required": True, "choices": ["ATM", "UPI"]},
]


def test_answers_are_held_to_their_kind(cast: Cast):
    item = cases.make_item(
        cast, "banker", name="Statement", request_type="BANK_STATEMENT", required_fields=ANSWERED,
        requires_mandate_file=False, requires_court_order=False, required_legal_mandate=None,
    )  # fmt: skip
    assert problems(cast, item, answers={}) == {
        ("answers.branch", "answer_missing"), ("answers.channel", "answer_missing"),
    }  # fmt: skip
    wrong = {"branch": 7, "amount": "much", "day": "yesterday", "channel": "pigeon"}
    assert problems(cast, item, answers=wrong) == {
        ("answers.branch", "answer_not_text"), ("answers.amount", "answer_not_number"),
        ("answers.day", "answer_not_date"), ("answers.channel", "answer_not_choice"),
    }  # fmt: skip
    right = {"branch": "Fort", "amount": "12.50", "day": "2026-10-01", "channel": "UPI"}
    assert problems(cast, item, answers=right) == set()


def test_warnings_do_not_stop_a_draft(cast: Cast, item: UUID):
    found = warnings(
        cast, item, notes="He showed 2341 2341 2346", legal_mandate_type="COURT_ORDER",
        date_range_from=TODAY - dt.timedelta(days=500), date_range_to=TODAY + dt.timedelta(days=2),
    )  # fmt: skip
    assert {("notes", "aadhaar_in_text"), ("date_range_to", "period_ends_in_future")} <= found
    assert ("legal_mandate_type", "mandate_type_outdated") in warnings(cast, item, legal_mandate_type="CRPC_91")


def test_a_request_on_its_way_about_the_same_is_told(cast: Cast, item: UUID):
    number = [{"type": "MSISDN", "value": "+919000000777"}]
    assert ("identifiers", "duplicate_request") not in warnings(cast, item, identifiers=number)
    cases.make_request(cast, item, Status.SUBMITTED, identifiers=number)
    assert ("identifiers", "duplicate_request") in warnings(cast, item, identifiers=number)


def test_a_unit_without_the_rank_is_warned(cast: Cast, item: UUID):
    with cast.acting("sho") as uow:
        rule = authority.create_rule(
            uow, {"request_type": "CDR", "priority": "CRITICAL", "levels": [{"level": 1, "min_rank": "DIG"}]}
        )
        rule_id = rule.id
    request_id = cases.make_draft(cast, item, priority="CRITICAL")
    with cast.acting("io") as uow:
        row = reads.one(uow, request_id)
    assert row["approval_route"] == [{"level": 1, "min_rank": "DIG"}]
    assert ("approval_route", "approver_missing") in {(each["field"], each["code"]) for each in row["warnings"]}
    with cast.acting("sho") as uow:
        authority.delete_rule(uow, rule_id, expected_version=None)


def test_an_item_that_changed_or_went_is_told_and_the_request_keeps_its_terms(cast: Cast):
    from lers_web.domains.catalog import service as catalog

    item = cases.make_item(cast)
    request_id = cases.make_draft(cast, item)
    with cast.acting("nodal") as uow:
        catalog.update_item(
            uow, item, {"required_legal_mandate": "COURT_ORDER", "sla_turnaround_hours": 99}, expected_version=None
        )
    with cast.acting("io") as uow:
        row = reads.one(uow, request_id)
    assert row["problems"] == []
    assert "catalog_item_changed" in {each["code"] for each in row["warnings"]}
    with cast.acting("nodal") as uow:
        catalog.delete_item(uow, item, expected_version=None)
    with cast.acting("io") as uow:
        row = reads.one(uow, request_id)
    assert [each["code"] for each in row["problems"]] == ["catalog_item_inactive"]


def test_without_a_catalog_item_what_is_asked_must_be_described(cast: Cast):
    with cast.acting("io") as uow:
        request_id = service.create(uow, {"provider_tenant_id": cast.tenants["bank"], "request_type": "KYC"}).id
    with cast.acting("io") as uow:
        codes = {each["code"] for each in reads.one(uow, request_id)["problems"]}
    assert codes == {"description_missing", "mandate_type_missing", "mandate_file_missing"}


def test_another_provider_takes_over_the_identifiers(cast: Cast, item: UUID):
    request_id = cases.make_draft(
        cast, item, identifiers=[{"type": "MSISDN", "value": cases.PHONE, "note": "Prime suspect"}]
    )
    elsewhere = cases.make_item(cast, "banker", request_type="CDR")
    sealed = "SELECT id, sealed, index_agency, index_provider, provider_tenant_id FROM app.request_identifier WHERE request_id = %s"  # noqa: E501 # fmt: skip
    (old,) = rows(cast, sealed, request_id)
    with cast.acting("io") as uow:
        service.update(uow, request_id, {"catalog_item_id": elsewhere}, expected_version=1)
    (new,) = rows(cast, sealed, request_id)
    assert new[4] == cast.tenants["bank"]
    assert new[2] == old[2], "the agency finds it under the same key"
    assert new[3] != old[3], "and the new provider under its own"
    with cast.acting("io") as uow:
        (opened,) = service.read_identifiers(uow, request_id)
        assert (opened.fields["value"], opened.fields["note"], opened.problems) == (cases.PHONE, "Prime suspect", [])
        assert reads.one(uow, request_id)["provider_tenant"]["name"] == "Rupee Bank"


def test_an_aadhaar_is_kept_by_its_end_only_and_asked_for_again(cast: Cast):
    common = {
        "name": "Account by Aadhaar", "request_type": "KYC", "required_fields": [], "required_legal_mandate": None,
        "requires_court_order": True,
    }  # fmt: skip
    item = cases.make_item(cast, **common)
    aadhaar = [{"type": "AADHAAR", "value": "234123412346"}]
    with pytest.raises(Invalid):
        cases.make_draft(cast, item, identifiers=aadhaar, legal_mandate_type="BNSS_94")
    request_id = cases.make_draft(cast, item, identifiers=aadhaar, legal_mandate_type="COURT_ORDER")
    with cast.acting("io") as uow:
        (opened,) = service.read_identifiers(uow, request_id)
        assert "23412341" not in str(opened.fields).replace(" ", "")
        service.update(uow, request_id, {"legal_mandate_type": "BNSS_94"}, expected_version=None)
        assert {each["code"] for each in reads.one(uow, request_id)["problems"]} == {"aadhaar_needs_court_order"}
    elsewhere = cases.make_item(cast, "banker", **common)
    with cast.acting("io") as uow:
        service.update(
            uow, request_id, {"catalog_item_id": elsewhere, "legal_mandate_type": "COURT_ORDER"}, expected_version=None
        )
        assert {each["code"] for each in reads.one(uow, request_id)["problems"]} == {"enter_again"}


def test_values_are_sealed_and_stand_nowhere_in_clear(cast: Cast, item: UUID):
    value = "+919000009999"
    cases.make_request(cast, item, Status.SUBMITTED, identifiers=[{"type": "MSISDN", "value": value}])
    for table in ("app.lers_requests", "app.request_identifier", "app.outbox", "audit.entry"):
        found = rows(cast, f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", "%9000009999%")
        assert found == [(0,)], table


def test_a_sealed_value_that_was_moved_does_not_open(cast: Cast, item: UUID):
    from lers_web.kernel.crypto import CipherError

    first, second = cases.make_draft(cast, item), cases.make_draft(cast, item)
    with cast.superuser() as connection:
        connection.execute(
            "UPDATE app.request_identifier SET sealed ="
            " (SELECT sealed FROM app.request_identifier WHERE request_id = %s) WHERE request_id = %s",
            (first, second),
        )
    with pytest.raises(CipherError), cast.acting("io") as uow:
        service.read_identifiers(uow, second)


def test_a_sixth_participant_is_one_too_many(cast: Cast, item: UUID):
    request_id = cases.make_draft(cast, item)
    from lers_web.kernel.ids import new_id

    people = [new_id() for _ in range(6)]
    with cast.superuser() as connection:
        for person in people:
            connection.execute(
                "INSERT INTO app.authentication_user (id, email, full_name, role, tenant_id)"
                " VALUES (%s,%s,'X','IO',%s)",
                (person, f"{person}@mumbai.example", cast.tenants["mumbai"]),
            )
    for person in people[:5]:
        with cast.acting("io") as uow:
            service.add_participant(uow, request_id, person)
    with pytest.raises(Invalid), cast.acting("io") as uow:
        service.add_participant(uow, request_id, people[5])
