"""Answers that belong elsewhere: identifiers are sealed, a period becomes the request's own."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from lers_web.domains.requests import identifier_store, reads, service
from lers_web.kernel.errors import Invalid
from tests.factories import cases
from tests.factories.cast import Cast
from tests.factories.rows import rows

OTHER_PHONE = "+919000000002"


def opened(cast: Cast, request_id: UUID) -> list[tuple[str, Any]]:
    with cast.acting("io") as uow:
        request = service.load_request(uow, request_id)
        return [(item.type, item.fields["value"]) for item in identifier_store.open_all(uow, request)]


def stored_answers(cast: Cast, request_id: UUID) -> Any:
    ((answers,),) = rows(cast, "SELECT answers FROM app.lers_requests WHERE id = %s", request_id)
    return answers


def test_an_identifier_among_the_answers_is_sealed_with_the_others(cast: Cast, item: UUID):
    request_id = cases.make_draft(cast, item, answers={"msisdn": OTHER_PHONE})
    assert opened(cast, request_id) == [("MSISDN", cases.PHONE), ("MSISDN", OTHER_PHONE)]
    assert stored_answers(cast, request_id) == {}
    same = cases.make_draft(cast, item, answers={"msisdn": cases.PHONE})
    assert opened(cast, same) == [("MSISDN", cases.PHONE)]


def test_one_that_is_of_none_of_the_types_is_a_problem_of_the_draft(cast: Cast, item: UUID):
    request_id = cases.make_draft(cast, item, identifiers=[], answers={"msisdn": "12"})
    assert opened(cast, request_id) == [("MSISDN", "12")]
    with cast.acting("io") as uow:
        assert "identifiers.0.value" in {each["field"] for each in reads.one(uow, request_id)["problems"]}


def test_a_change_that_brings_no_identifiers_has_no_place_for_one(cast: Cast, item: UUID):
    request_id = cases.make_draft(cast, item)
    with pytest.raises(Invalid) as refused, cast.acting("io") as uow:
        service.update(uow, request_id, {"answers": {"msisdn": OTHER_PHONE}}, expected_version=None)
    assert set(refused.value.errors) == {"answers.msisdn"}
    with cast.acting("io") as uow:
        service.update(uow, request_id, {"answers": {"msisdn": OTHER_PHONE}, "identifiers": []}, expected_version=None)
    assert opened(cast, request_id) == [("MSISDN", OTHER_PHONE)]


def test_a_period_among_the_answers_becomes_the_requests_own(cast: Cast, item: UUID):
    answers = {"period": {"from": "2026-09-01", "to": "2026-09-30"}}
    request_id = cases.make_draft(cast, item, date_range_from=None, date_range_to=None, answers=answers)
    with cast.acting("io") as uow:
        row = reads.one(uow, request_id)
    assert (row["date_range_from"], row["date_range_to"]) == (dt.date(2026, 9, 1), dt.date(2026, 9, 30))
    assert "period_missing" not in {each["code"] for each in row["problems"]}


def test_two_periods_that_differ_are_a_problem(cast: Cast, item: UUID):
    answers = {"period": {"from": "2020-01-01", "to": "2020-01-02"}}
    request_id = cases.make_draft(cast, item, answers=answers)
    with cast.acting("io") as uow:
        assert ("answers.period", "period_differs") in {
            (each["field"], each["code"]) for each in reads.one(uow, request_id)["problems"]
        }
