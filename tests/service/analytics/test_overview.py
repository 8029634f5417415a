"""The overview: its figures are those that a reader would count, over what they see and nothing else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from lers_web.domains.analytics import reads
from lers_web.domains.requests import reads as requests
from lers_web.domains.requests.service import Action, Status
from lers_web.domains.responses import service as responses
from lers_web.kernel import clock
from lers_web.kernel.paging import Page
from tests.factories import cases
from tests.factories.cast import Cast

ANSWER = {"response_text": "All of it.", "remarks": None, "file_ids": [], "outcomes": [], "is_partial": False}


@pytest.fixture(scope="module")
def story(cast: Cast, item: UUID) -> None:
    """Requests of two officers in several states, one completed late, one rated."""
    cases.make_request(cast, item, Status.DRAFT)
    cases.make_request(cast, item, Status.DRAFT, officer="io2")
    cases.make_request(cast, item, Status.SUBMITTED, priority="URGENT")
    declined = cases.make_request(cast, item, Status.SUBMITTED)
    cases.step(cast, "nodal", declined, Action.DECLINE, reason_code="OVERBROAD", reason="Too broad")
    for hours in (2, 48):
        request_id = cases.make_request(cast, item, Status.IN_PROGRESS, officer="io2" if hours == 48 else "io")
        with cast.superuser() as connection:
            for statement in (
                "UPDATE app.lers_requests SET submitted_at = now() - make_interval(hours => %s) WHERE id = %s",
                "UPDATE app.sla_event SET at = now() - make_interval(hours => %s) WHERE request_id = %s",
            ):
                connection.execute(statement, (hours, request_id))  # type: ignore[arg-type]
        with cast.acting("desk") as uow:
            response_id = responses.create(uow, request_id, ANSWER)
        cases.step(cast, "desk", request_id, Action.COMPLETE)
        if hours == 2:
            with cast.acting("io") as uow:
                responses.accept(uow, response_id)
                responses.rate(uow, response_id, score=4, comment=None)


def overview(cast: Cast, who: str) -> dict[str, Any]:
    with cast.acting(who) as uow:
        return reads.overview(uow)


@pytest.mark.usefixtures("story")
@pytest.mark.parametrize("who", ["io", "io2", "sho", "nodal", "banker", "foreign_io", "admin"])
def test_each_reader_is_counted_what_they_see(cast: Cast, who: str) -> None:
    found = overview(cast, who)
    with cast.acting(who) as uow:
        listed = requests.page(uow, {}, Page(limit=200))["items"]
    assert found["total"] == len(listed)
    for status, number in found["by_status"].items():
        assert number == sum(1 for row in listed if row["status"] == status)
    for priority, number in found["by_priority"].items():
        assert number == sum(1 for row in listed if row["priority"] == priority)
    assert sum(each["count"] for each in found["by_type"]) == len(listed)
    assert found["open"] == sum(1 for row in listed if row["status"] not in {"COMPLETED", "REJECTED", "CANCELLED"})
    figures = set(found) - {"scope", "as_of", "definitions"}
    assert figures == set(found["definitions"])  # each figure says what it is


@pytest.mark.usefixtures("story")
def test_the_figures_of_the_provider(cast: Cast) -> None:
    found = overview(cast, "nodal")
    assert found["scope"] == "TENANT"
    assert found["sla_compliance_rate"] == 50.0
    assert found["average_hours_to_complete"] == pytest.approx(25, abs=0.05)
    assert found["median_hours_to_complete"] == pytest.approx(25, abs=0.05)
    assert found["declined_rate"] == 25.0
    assert found["sla"]["BREACHED"] == 1
    assert found["responses"] == {"total": 2, "accepted": 1, "rejected": 0, "average_rating": 4.0}
    assert len(found["per_month"]) == 12
    assert found["per_month"][-1]["month"] == clock.now().strftime("%Y-%m") or found["per_month"][-1]["month"] > "2026"
    assert sum(month["completed"] for month in found["per_month"]) == 2
    assert sum(month["created"] for month in found["per_month"]) == 4  # drafts are not the provider's to know


@pytest.mark.usefixtures("story")
def test_an_administrator_is_shown_figures_of_responses_and_no_response(cast: Cast) -> None:
    agencies = overview(cast, "io")["responses"]["total"] + overview(cast, "io2")["responses"]["total"]
    found = overview(cast, "admin")["responses"]
    assert (found["total"], found["accepted"], found["average_rating"]) == (agencies, 1, 4.0)
    assert agencies > 1
    with cast.acting("admin") as uow:
        assert uow.session.scalar(text("SELECT count(*) FROM app.lers_responses")) == 0
    with cast.acting("nodal") as uow:
        assert uow.session.scalar(text("SELECT count(*) FROM app.response_figures()")) == 0, "for administrators alone"


@pytest.mark.usefixtures("story")
def test_an_officer_is_counted_their_own(cast: Cast) -> None:
    found = overview(cast, "io2")
    assert found["scope"] == "OWN_REQUESTS"
    assert (found["total"], found["by_status"]["DRAFT"], found["by_status"]["COMPLETED"]) == (2, 1, 1)
    assert found["responses"]["total"] == 1


def test_who_has_nothing_is_shown_noughts_and_no_errors(cast: Cast) -> None:
    found = overview(cast, "banker")
    assert found["total"] == 0
    assert found["sla_compliance_rate"] is None
    assert found["average_hours_to_complete"] is None
