"""Whether a provider is open now: by its hours, its holidays, its own wall clock."""

from __future__ import annotations

import datetime as dt

import pytest

from lers_web.domains.sla.calendar import Calendar, parse_hours
from lers_web.domains.sla.opening import opening_at

WEEKDAYS = Calendar("Asia/Kolkata", parse_hours("Mon-Fri 10:00-13:00,14:00-18:00"), country="IN", subdivision="MH")


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{text}+05:30")


@pytest.mark.parametrize(
    ("moment", "is_open", "changes_at"),
    [
        ("2026-12-22T12:00", True, "2026-12-22T13:00"),
        ("2026-12-22T13:00", False, "2026-12-22T14:00"),  # closes when the interval ends, not after
        ("2026-12-22T18:30", False, "2026-12-23T10:00"),
        ("2026-12-24T18:00", False, "2026-12-28T10:00"),  # past Christmas and the weekend
    ],
)
def test_it_says_until_when(moment: str, is_open: bool, changes_at: str) -> None:
    assert opening_at(WEEKDAYS, at(moment)) == {"is_open": is_open, "changes_at": at(changes_at), "holiday": None}


def test_a_holiday_closes_and_is_named() -> None:
    found = opening_at(WEEKDAYS, at("2026-12-25T11:00"))
    assert found == {"is_open": False, "changes_at": at("2026-12-28T10:00"), "holiday": "Christmas"}


def test_the_day_is_the_providers_own() -> None:
    late = dt.datetime(2026, 12, 24, 19, 0, tzinfo=dt.UTC)  # Christmas has begun in India
    assert opening_at(WEEKDAYS, late)["holiday"] == "Christmas"


def test_open_around_the_clock_nothing_changes() -> None:
    always = Calendar("Asia/Kolkata", parse_hours("24x7"))
    assert opening_at(always, at("2026-12-25T11:00")) == {"is_open": True, "changes_at": None, "holiday": None}
