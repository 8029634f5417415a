"""Service hours are read as people write them, and a calendar covers time without gap or overlap."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lers_web.domains.sla.calendar import Calendar, Opening, Span, SpanKind, parse_hours

WEEKDAYS = "Mon-Fri 09:30-18:00"


def minutes(hours: int, mins: int = 0) -> int:
    return hours * 60 + mins


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WEEKDAYS, [(day, minutes(9, 30), minutes(18)) for day in range(5)]),
        ("Sat 10:00-13:00,14:00-16:00", [(5, minutes(10), minutes(13)), (5, minutes(14), minutes(16))]),
        ("Fri 22:00-02:00", [(4, minutes(22), minutes(26))]),
        ("24x7", [(day, 0, 1440) for day in range(7)]),
        ("24/7", [(day, 0, 1440) for day in range(7)]),
        ("daily 00:00-24:00", [(day, 0, 1440) for day in range(7)]),
        ("Sun 22:00-24:00", [(6, minutes(22), 1440)]),
        ("sat-mon 9:00–17:00", [(0, 540, 1020), (5, 540, 1020), (6, 540, 1020)]),
        ("Monday, wed 09:00-10:00 ; ", [(0, 540, 600), (2, 540, 600)]),
        ("Mon 09:00-10:00; Mon 09:00-10:00", [(0, 540, 600)]),
    ],
)
def test_hours_are_read(text: str, expected: list[tuple[int, int, int]]) -> None:
    assert parse_hours(text) == tuple(Opening(*each) for each in expected)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("   ", "empty"),
        (";", "no opening"),
        ("always", "not understood"),
        ("09:00-17:00", "not understood"),
        ("Mon-Fri", "not understood"),
        ("Moon 09:00-17:00", "no day"),
        ("Mon-Wed-Fri 09:00-17:00", "no day"),
        ("Mon 9-17", "no interval"),
        ("Mon 09:00-17:00, Tue 09:00-17:00", "';' between days"),
        ("Mon 09:00-25:00", "does not exist"),
        ("Mon 09:60-17:00", "does not exist"),
        ("Mon 24:00-02:00", "does not exist"),
        ("Mon 09:00-09:00", "no length"),
    ],
)
def test_unreadable_hours_are_refused_with_a_sentence(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse_hours(text)


@pytest.mark.parametrize("opening", [(7, 0, 60), (0, -1, 60), (0, 60, 60), (0, 1440, 1500), (0, 0, 1441)])
def test_an_impossible_opening_cannot_be_made(opening: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match=r"opening|weekday"):
        Opening(*opening)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"openings": ()}, "no opening hours"),
        ({"time_zone": "Asia/Atlantis"}, "Asia/Atlantis"),
        ({"time_zone": "../etc/passwd"}, "not known"),
        ({"country": "ZZ"}, "No holidays are known for 'ZZ'"),
        ({"country": "IN", "subdivision": "XX"}, "IN/XX"),
        ({"subdivision": "MH"}, "needs its country"),
    ],
)
def test_a_calendar_that_cannot_work_is_refused(changes: dict[str, object], says: str) -> None:
    fields: dict[str, object] = {"time_zone": "Asia/Kolkata", "openings": parse_hours(WEEKDAYS)} | changes
    with pytest.raises(ValueError, match=says):
        Calendar(**fields)  # type: ignore[arg-type]


def test_holidays_come_from_the_state_and_the_provider() -> None:
    calendar = Calendar("Asia/Kolkata", parse_hours(WEEKDAYS), "IN", "MH", frozenset({date(2026, 10, 7)}))
    assert "Gandhi" in (calendar.holiday(date(2026, 10, 2)) or "")
    assert calendar.holiday(date(2026, 5, 1)) is not None, "Maharashtra Day"
    assert calendar.holiday(date(2026, 10, 7)) == "Closed by the provider"
    assert calendar.holiday(date(2026, 10, 6)) is None


def test_holidays_that_do_not_count_are_no_holidays() -> None:
    own = frozenset({date(2026, 10, 7)})
    calendar = Calendar("Asia/Kolkata", parse_hours(WEEKDAYS), "IN", "MH", own, holidays_affect=False)
    assert calendar.holiday(date(2026, 10, 2)) is None
    assert calendar.holiday(date(2026, 10, 7)) is None


def test_holidays_of_far_years_raise_no_warning() -> None:
    calendar = Calendar("Asia/Kolkata", parse_hours(WEEKDAYS), "IN", "MH")
    assert calendar.holiday(date(2045, 1, 26)) is not None


def open_seconds(calendar: Calendar, start: datetime, end: datetime) -> float:
    spans = calendar.spans(start, end)
    return sum((span.end - span.start).total_seconds() for span in spans if span.kind is SpanKind.OPEN)


@pytest.mark.parametrize(
    ("spec", "day", "expected_hours"),
    [
        ("Sun 00:00-06:00", date(2026, 3, 29), 5),  # the night that loses an hour
        ("Sun 00:00-06:00", date(2026, 10, 25), 7),  # the night that has one twice
        ("Sun 01:00-02:30", date(2026, 3, 29), 1),  # 02:30 does not exist: open until the clock jumps
        ("Sun 02:15-02:45", date(2026, 3, 29), 0),  # the whole opening does not exist
        ("Sun 01:00-02:30; Sun 03:00-04:00", date(2026, 3, 29), 2),
        (
            "Sat 22:00-06:00",
            date(2026, 3, 29),
            5,
        ),  # past midnight and over the jump: 8 h less one, 2 of them on Saturday
    ],
)
def test_daylight_saving_neither_loses_nor_invents_time(spec: str, day: date, expected_hours: float) -> None:
    calendar = Calendar("Europe/Berlin", parse_hours(spec))
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=2)
    if spec.startswith("Sun"):
        assert open_seconds(calendar, start, start + timedelta(hours=30)) == expected_hours * 3600
    else:
        assert open_seconds(calendar, start + timedelta(hours=1), start + timedelta(hours=30)) == expected_hours * 3600


def test_an_opening_past_midnight_belongs_to_the_day_it_starts_on() -> None:
    calendar = Calendar("UTC", parse_hours("Thu 22:00-02:00"), own_dates=frozenset({date(2026, 10, 1)}))
    spans = list(calendar.spans(datetime(2026, 10, 1, 12, tzinfo=UTC), datetime(2026, 10, 2, 12, tzinfo=UTC)))
    assert [(span.kind, span.start.hour, span.end.hour) for span in spans] == [
        (SpanKind.CLOSED, 12, 22),
        (SpanKind.HOLIDAY, 22, 2),
        (SpanKind.CLOSED, 2, 12),
    ]


openings = st.builds(
    lambda day, start, length: Opening(day, start, start + length),
    st.integers(0, 6),
    st.integers(0, 1439),
    st.integers(1, 1440),
)


@given(
    st.sets(openings, min_size=1, max_size=8),
    st.sampled_from(["Asia/Kolkata", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "UTC"]),
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.integers(1, 40),
)
def test_spans_cover_every_second_exactly_once(week: set[Opening], zone: str, start: datetime, days: int) -> None:
    end = start + timedelta(days=days)
    spans: list[Span] = list(Calendar(zone, tuple(sorted(week))).spans(start, end))
    assert (spans[0].start, spans[-1].end) == (start, end)
    assert all(span.start < span.end for span in spans)
    assert all(before.end == after.start for before, after in pairwise(spans))
