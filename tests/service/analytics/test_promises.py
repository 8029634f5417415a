"""How promises are kept, and by whom: every figure counted by hand over a story whose times are told."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import marshmallow as ma
import pytest
from marshmallow import fields

from lers_web.domains.analytics import providers, schemas, sla
from lers_web.domains.requests.service import Action, Status
from lers_web.domains.responses import service as responses
from lers_web.kernel import clock
from tests.factories import cases
from tests.factories.cast import Cast
from tests.factories.past import retell

ANSWER = {"response_text": "All of it.", "remarks": None, "file_ids": [], "outcomes": [], "is_partial": False}
NOW = dt.datetime(2026, 9, 16, 6, 30, tzinfo=dt.UTC)
"""A Wednesday, at noon in India."""


def at(month: int, day: int, hour: int = 4, minute: int = 30, *, year: int = 2026) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, tzinfo=dt.UTC)


def rated(cast: Cast, item: UUID, score: int) -> UUID:
    """A completed request whose response has a rating."""
    request_id = cases.make_request(cast, item, Status.IN_PROGRESS)
    with cast.acting("desk") as uow:
        response_id = responses.create(uow, request_id, ANSWER)
    cases.step(cast, "desk", request_id, Action.COMPLETE)
    with cast.acting("io") as uow:
        responses.accept(uow, response_id)
        responses.rate(uow, response_id, score=score, comment=None)
    return request_id


@pytest.fixture(scope="module")
def other_item(cast: Cast) -> UUID:
    return cases.make_item(
        cast, name="Subscriber of a number", request_type="SUBSCRIBER_INFO", sla_turnaround_hours=48,
        requires_court_order=False,
    )  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def story(cast: Cast, item: UUID, other_item: UUID) -> None:
    """Five completed, six open, one declined in time; one draft and one of long ago that no figure counts."""
    make = cases.make_request
    in_time = rated(cast, item, 4)
    retell(cast, in_time, at(8, 3), acknowledged_at=2, completed_at=12, sla_due_date=24)
    late = make(cast, item, Status.COMPLETED)
    retell(cast, late, at(8, 4), acknowledged_at=4, completed_at=36, sla_due_date=24)
    # Half past eleven at night in India on the last of July; acknowledged half an hour into August.
    by_night = make(cast, other_item, Status.COMPLETED, officer="io2")
    retell(cast, by_night, at(7, 31, 18, 0), acknowledged_at=1, completed_at=6, sla_due_date=24)
    just = make(cast, item, Status.IN_PROGRESS)
    cases.step(cast, "nodal", just, Action.ASSIGN, user_id=cast["desk"].user_id)
    with cast.acting("desk") as uow:
        responses.create(uow, just, ANSWER)
    cases.step(cast, "desk", just, Action.COMPLETE)
    retell(cast, just, at(9, 1), acknowledged_at=1, completed_at=24, sla_due_date=24)
    long_ago = make(cast, item, Status.COMPLETED)
    retell(cast, long_ago, at(8, 1, year=2025), acknowledged_at=1, completed_at=99, sla_due_date=24)

    overdue = make(cast, item, Status.SUBMITTED)  # and the monitor has not been round
    retell(cast, overdue, NOW - dt.timedelta(hours=48), sla_due_date=24)
    in_3_hours = make(cast, item, Status.SUBMITTED)
    retell(cast, in_3_hours, NOW - dt.timedelta(hours=21), sla_due_date=24)
    before_midnight = make(cast, item, Status.ACKNOWLEDGED)
    cases.step(cast, "nodal", before_midnight, Action.ASSIGN, user_id=cast["desk"].user_id)
    retell(cast, before_midnight, NOW - dt.timedelta(hours=12), acknowledged_at=3, sla_due_date=23.5)
    after_midnight = make(cast, item, Status.SUBMITTED)
    retell(cast, after_midnight, NOW - dt.timedelta(hours=11), sla_due_date=23.5)
    later = make(cast, item, Status.SUBMITTED)
    retell(cast, later, NOW, sla_due_date=100, sla_warn_at=90)
    paused = make(cast, item, Status.IN_PROGRESS)
    retell(cast, paused, NOW - dt.timedelta(hours=5), acknowledged_at=1, sla_due_date=None, sla_paused_at=2)
    with cast.superuser() as connection:
        connection.execute("UPDATE app.lers_requests SET clarifications = 2 WHERE id = %s", (paused,))

    declined = make(cast, item, Status.SUBMITTED)
    cases.step(cast, "nodal", declined, Action.DECLINE, reason_code="OVERBROAD", reason="Too broad")
    retell(cast, declined, at(9, 2), sla_due_date=24)
    make(cast, item, Status.DRAFT)


def of_promises(cast: Cast, who: str) -> dict[str, Any]:
    with clock.at(NOW, cast.settings), cast.acting(who) as uow:
        return sla.sla(uow)


def of_providers(cast: Cast, who: str) -> dict[str, Any]:
    with clock.at(NOW, cast.settings), cast.acting(who) as uow:
        return providers.providers(uow)


def test_each_month_has_what_came_due_in_it(cast: Cast) -> None:
    found = of_promises(cast, "nodal")
    months = {row["month"]: row for row in found["by_month"]}
    assert list(months) == [*(f"2025-{n}" for n in (10, 11, 12)), *(f"2026-{n:02}" for n in range(1, 10))]
    assert months["2026-08"] == {
        "month": "2026-08", "due": 3, "met": 2, "missed": 1, "compliance_rate": 66.67,
        "completed": 3, "turnaround_median_hours": 12.0, "turnaround_p90_hours": 31.2,
        "acknowledged": 3, "acknowledgement_median_hours": 2.0,
    }  # fmt: skip
    # Declined in time is no promise any more; what is not due yet is neither met nor missed.
    september = months["2026-09"]
    assert (september["due"], september["met"], september["missed"]) == (6, 1, 1)
    assert september["compliance_rate"] == 50.0
    assert (months["2026-07"]["due"], months["2026-07"]["compliance_rate"]) == (0, None)
    assert months["2026-07"]["turnaround_median_hours"] is None


def test_types_and_items_stand_beside_their_promise(cast: Cast, item: UUID, other_item: UUID) -> None:
    found = of_promises(cast, "nodal")
    assert found["by_request_type"] == [
        {"request_type": "CDR", "n": 3, "compliance_rate": 66.67, "median_hours": 24.0, "p90_hours": 33.6},
        {"request_type": "SUBSCRIBER_INFO", "n": 1, "compliance_rate": 100.0, "median_hours": 6.0, "p90_hours": 6.0},
    ]
    first, second = found["by_catalog_item"]
    assert (first["item"]["id"], first["promised_hours"], first["n"]) == (item, 24, 3)
    assert (second["item"]["name"], second["promised_hours"]) == ("Subscriber of a number", 48)
    assert second["item"]["id"] == other_item
    assert second["item"]["provider_tenant"] == {"id": cast["nodal"].tenant_id, "name": "Bharat Telecom"}


def test_a_provider_compares_the_agencies_that_ask(cast: Cast) -> None:
    assert of_promises(cast, "nodal")["by_agency"] == [
        {
            "agency_tenant": {"id": cast["io"].tenant_id, "name": "Cyber Police Station, Mumbai"},
            "n": 4, "compliance_rate": 75.0, "median_hours": 18.0, "p90_hours": 32.4,
        }
    ]  # fmt: skip


def test_a_share_of_exactly_all_the_time_was_in_time(cast: Cast) -> None:
    found = of_promises(cast, "nodal")["histogram"]
    assert [(row["from_percent"], row["to_percent"]) for row in found] == [
        (0, 25), (25, 50), (50, 75), (75, 100), (100, 125), (125, 150), (150, 200), (200, None),
    ]  # fmt: skip
    assert [row["count"] for row in found] == [1, 1, 0, 1, 0, 1, 0, 0]


def test_submissions_are_counted_by_the_readers_clock(cast: Cast) -> None:
    found = {row["weekday"]: row["hours"] for row in of_promises(cast, "nodal")["submissions"]}
    assert list(found) == list(sla.WEEKDAYS)
    assert found["FRI"][23] == 1  # 18:00 UTC
    assert found["MON"][10] == 1
    assert sum(map(sum, found.values())) == 11  # the one of long ago is outside the period


def test_what_is_due_next_is_counted_once_each(cast: Cast) -> None:
    found = of_promises(cast, "nodal")
    assert found["due_next"] == {
        "breached": 1, "next_4_hours": 1, "next_24_hours": 2, "next_72_hours": 0, "later": 1, "paused": 1,
    }  # fmt: skip
    assert found["forecast"] == {
        "until": at(9, 16, 18, 30), "will_breach": 2, "unacknowledged": 1, "next_due_date": at(9, 16, 9, 30),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("who", "completed", "due_next"),
    [("io", 3, 6), ("io2", 1, 0), ("sho", 4, 6), ("foreign_io", 0, 0), ("admin", 4, 6)],
)
def test_each_reader_is_counted_what_they_see(cast: Cast, who: str, completed: int, due_next: int) -> None:
    found = of_promises(cast, who)
    assert sum(row["n"] for row in found["by_request_type"]) == completed
    assert sum(row["count"] for row in found["histogram"]) == completed
    assert sum(found["due_next"].values()) == due_next


def test_the_row_of_a_provider(cast: Cast) -> None:
    found = of_providers(cast, "sho")
    (row,) = found["providers"]
    series = row.pop("completed_per_month")
    assert row == {
        "provider_tenant": {"id": cast["nodal"].tenant_id, "name": "Bharat Telecom"},
        "n": 11, "open": 6, "breached": 1, "completed": 4, "compliance_rate": 75.0, "median_hours": 18.0,
        "acknowledged": 6, "acknowledgement_median_hours": 1.5, "declined_rate": 9.09, "clarification_rate": 18.18,
        "rating_average": 4.0, "rating_count": 1,
    }  # fmt: skip
    assert dict(zip(found["months"], series, strict=True)) == dict.fromkeys(found["months"], 0) | {
        "2026-08": 3, "2026-09": 1,
    }  # fmt: skip
    assert found["team"] is None


def test_who_is_compared_depends_on_who_asks(cast: Cast) -> None:
    assert [row["n"] for row in of_providers(cast, "io2")["providers"]] == [1]
    assert of_providers(cast, "foreign_io")["providers"] == []
    everyone = of_providers(cast, "admin")["providers"]
    assert [(row["provider_tenant"]["name"], row["n"]) for row in everyone] == [
        ("Bharat Telecom", 11),
        ("Rupee Bank", 0),
    ]
    (bank,) = of_providers(cast, "banker")["providers"]
    assert bank["compliance_rate"] is None
    assert bank["completed_per_month"] == [0] * 12


def test_a_provider_sees_how_its_own_people_do(cast: Cast) -> None:
    team = {(row["user"] or {}).get("name"): row for row in of_providers(cast, "nodal")["team"]}
    assert set(team) == {"Desk", "Nodal", None}
    desk, nobody = team["Desk"], team[None]
    assert (desk["open"], desk["overdue"], desk["completed_30_days"], desk["median_hours"]) == (1, 0, 1, 24.0)
    assert (nobody["open"], nobody["overdue"], nobody["completed_30_days"]) == (5, 1, 0)
    assert team["Nodal"]["open"] == 0
    assert team["Nodal"]["median_hours"] is None
    assert [row["user"]["name"] for row in of_providers(cast, "banker")["team"] if row["user"]] == ["Banker"]


def figures_of(schema: ma.Schema, place: str = "") -> set[str]:
    """The places of a document that hold a number or a moment."""
    found = set()
    for name, field in schema.fields.items():
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, fields.Nested):
            found |= figures_of(inner.schema, f"{place}{name}.")
        elif isinstance(inner, (fields.Integer, fields.Float)):
            found.add(f"{place}{name}")
    return found


@pytest.mark.parametrize(
    ("schema", "definitions"),
    [(schemas.SlaFiguresOut, sla.DEFINITIONS), (schemas.ProvidersFiguresOut, providers.DEFINITIONS)],
)
def test_each_figure_says_what_it_is(schema: type[ma.Schema], definitions: dict[str, str]) -> None:
    """A figure is defined under its place, under its own name where rows share it, or with its whole group."""
    undefined = {
        place
        for place in figures_of(schema())
        if not {place, place.rpartition(".")[2], place.partition(".")[0]} & set(definitions)
    }
    assert not undefined
