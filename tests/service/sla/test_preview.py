"""A profile tried before it is saved: the same sums as the clock's, and nothing stored."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from lers_web.domains.sla import service
from lers_web.domains.sla.clock import due, explain_json
from lers_web.domains.sla.preview import preview
from lers_web.domains.sla.profile import save_profile
from lers_web.domains.sla.schemas import ProfileIn
from lers_web.kernel import clock
from lers_web.kernel.errors import Forbidden, Invalid, NotFound
from lers_web.kernel.ids import new_id
from tests.factories.cast import Cast
from tests.factories.rows import rows

FRIDAY = dt.datetime(2026, 12, 25, 10, 30, tzinfo=dt.UTC)
"""16:00 in India on Christmas Day, a holiday there."""

WEEKDAYS = {"service_hours": "Mon-Fri 10:00-18:00", "country": "IN", "state": "MH", "own_holidays": ["2026-12-28"]}


def profile(**changes: Any) -> dict[str, Any]:
    loaded: dict[str, Any] = ProfileIn().load(WEEKDAYS | changes)
    return loaded


def tried(cast: Cast, who: str = "nodal", hours: tuple[float, ...] = (4, 24), **changes: Any) -> dict[str, Any]:
    with cast.acting(who) as uow:
        return preview(uow, cast.tenants["telecom"], profile(**changes), hours=hours, start=FRIDAY)


def test_it_counts_as_the_clock_would_and_says_how(cast: Cast) -> None:
    four, day = tried(cast)["promises"]
    # Christmas and the provider's own Monday do not count, so work begins on Tuesday at 10:00 in India.
    assert four["elapsed"]["due"] == "2026-12-25T14:30:00Z"
    assert four["business"]["due"] == "2026-12-29T08:30:00Z"
    assert day["business"]["due"] == "2026-12-31T12:30:00Z"
    assert four["business"]["steps"][0]["kind"] == "HOLIDAY"
    assert {step["note"] for step in four["business"]["steps"] if step["kind"] == "HOLIDAY"} == {
        "Christmas", "Closed by the provider",
    }  # fmt: skip
    calendar = service.make_calendar(**service.hours_of_profile(profile()))
    assert day["business"] == explain_json(due(FRIDAY, 24, calendar))


def test_it_stands_beside_what_holds_now(cast: Cast) -> None:
    before = tried(cast)["promises"][0]
    assert before["business_now"] == before["elapsed"]["due"]  # nothing was said yet: open around the clock
    with cast.acting("nodal") as uow:
        save_profile(uow, cast.tenants["telecom"], profile(), expected_version=None)
    longer = tried(cast, service_hours="Mon-Fri 08:00-20:00")["promises"][0]
    assert longer["business_now"] == before["business"]["due"]
    assert longer["business"]["due"] == "2026-12-29T06:30:00Z"


def test_the_holidays_of_a_year_say_whether_they_count(cast: Cast) -> None:
    found = {day["date"]: day for day in tried(cast)["holidays"]}
    assert found[dt.date(2026, 12, 28)] == {
        "date": dt.date(2026, 12, 28), "name": "Closed by the provider", "counts": True,
    }  # fmt: skip
    assert found[dt.date(2027, 8, 15)]["counts"] is False  # Independence Day is a Sunday
    assert min(found) == dt.date(2026, 12, 25)
    assert dt.date(2026, 12, 25) <= max(found) <= dt.date(2027, 12, 25)
    assert tried(cast, holidays_affect_sla=False)["holidays"] == []


def test_nothing_is_stored(cast: Cast) -> None:
    counted = (
        "SELECT (SELECT count(*) FROM app.sla_calendar), (SELECT count(*) FROM audit.entry),"
        " (SELECT max(version) FROM app.lers_provider_service_profile)"
    )
    before = rows(cast, counted)
    tried(cast, service_hours="24x7", nodal_officer_name="Somebody else")
    assert rows(cast, counted) == before


def test_it_starts_now_when_nothing_is_said(cast: Cast) -> None:
    with clock.at(FRIDAY, cast.settings), cast.acting("nodal") as uow:
        assert preview(uow, cast.tenants["telecom"], profile(), hours=[1])["start"] == FRIDAY


@pytest.mark.parametrize("who", ["banker", "io"])
def test_who_may_not_save_may_not_try(cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        tried(cast, who)


def test_only_a_provider_has_a_profile_to_try(cast: Cast) -> None:
    for tenant_id in (cast.tenants["mumbai"], new_id()):
        with pytest.raises(NotFound), cast.acting("admin") as uow:
            preview(uow, tenant_id, profile(), hours=[1])


@pytest.mark.parametrize(
    ("changes", "hours", "field"),
    [
        ({"service_hours": "whenever"}, (4,), "service_hours"),
        ({"time_zone": "Mars/Base"}, (4,), "time_zone"),
        ({"service_hours": "Mon 09:00-09:01"}, (4, 24), "hours.1"),
    ],
)
def test_what_cannot_be_counted_is_told_with_its_field(
    cast: Cast, changes: dict[str, Any], hours: tuple[float, ...], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        tried(cast, hours=hours, **changes)
    assert set(refused.value.errors) == {field}
