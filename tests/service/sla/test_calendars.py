"""Calendars by version: added, never changed, and refused with a sentence where they make no sense."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy.exc import ProgrammingError

from lers_web.domains.sla import service
from lers_web.domains.sla.calendar import parse_hours
from lers_web.kernel.errors import Invalid
from tests.factories.cast import Cast
from tests.factories.rows import rows


def test_a_provider_that_never_said_anything_is_always_open(cast: Cast):
    with cast.acting("io") as uow:
        found = service.current_calendar(uow, cast.tenants["telecom"])
    assert found.version is None
    assert found.calendar.openings == parse_hours("24x7")


def test_each_change_is_a_version_and_a_repetition_is_none(cast: Cast):
    bank = cast.tenants["bank"]
    holiday = dt.date(2026, 12, 31)
    wanted = {"hours": "Mon-Fri 09:30-18:00", "country": "IN", "subdivision": "MH", "own_dates": [holiday]}
    for expected, changes in ((1, {}), (1, {}), (2, {"hours": "24x7"}), (3, {})):
        with cast.acting("banker") as uow:
            assert service.save_calendar(uow, bank, **{**wanted, **changes}) == expected
    with cast.acting("io") as uow:
        current = service.current_calendar(uow, bank)
        second = service.calendar_of(uow, bank, 2)
    assert current.version == 3
    assert current.calendar.holiday(holiday) == "Closed by the provider"
    assert second.openings == parse_hours("24x7")
    assert rows(cast, "SELECT count(*) FROM audit.entry WHERE event = 'sla:calendar_saved'") == [(3,)]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"hours": "whenever"}, "service_hours"),
        ({"hours": ""}, "service_hours"),
        ({"hours": "24x7", "time_zone": "Mars/Base"}, "time_zone"),
        ({"hours": "24x7", "country": "ZZ"}, "country"),
        ({"hours": "24x7", "subdivision": "MH"}, "country"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_field(cast: Cast, changes: dict[str, Any], field: str):
    with pytest.raises(Invalid) as refused, cast.acting("nodal") as uow:
        service.save_calendar(uow, cast.tenants["telecom"], **changes)
    assert set(refused.value.errors) == {field}


def test_another_provider_may_not_write_it(cast: Cast):
    with pytest.raises(ProgrammingError, match="row-level security"), cast.acting("banker") as uow:
        service.save_calendar(uow, cast.tenants["telecom"], hours="24x7")


@pytest.mark.parametrize("hours", [0, -1, 10**9])
def test_hours_that_cannot_be_promised_are_refused(hours: int):
    with pytest.raises(Invalid):
        service.check_hours(hours)
