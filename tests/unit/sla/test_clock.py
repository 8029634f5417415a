"""The due date follows the promise, the calendar and the ledger, to the minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lers_web.domains.sla.calendar import Calendar, parse_hours
from lers_web.domains.sla.clock import (
    EventKind,
    Hours,
    LedgerEvent,
    StepKind,
    WarningRules,
    due,
    due_by_ledger,
    duration,
    escalations,
    explain_json,
    may_pause,
    warning_at,
)

IST = ZoneInfo("Asia/Kolkata")
WEEK = parse_hours("Mon-Fri 09:30-18:00")
BUSINESS = Calendar("Asia/Kolkata", WEEK, "IN", "MH")
NO_HOLIDAYS = Calendar("Asia/Kolkata", WEEK, "IN", "MH", holidays_affect=False)


def ist(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=IST)


def pause(at: datetime, until: datetime | None = None, cause: str = "") -> list[LedgerEvent]:
    events = [LedgerEvent(EventKind.PAUSE, at, cause=cause, note="Asked for the period")]
    return events if until is None else [*events, LedgerEvent(EventKind.RESUME, until, cause=cause)]


@pytest.mark.parametrize(
    ("start", "hours", "calendar", "ledger", "expected"),
    [
        (ist(1, 16), 24, None, [], ist(2, 16)),
        (ist(1, 16), 4, BUSINESS, [], ist(5, 11, 30)),
        (ist(1, 16), 4, NO_HOLIDAYS, [], ist(2, 11, 30)),
        (ist(3, 12), Decimal("8.5"), BUSINESS, [], ist(5, 18)),
        (ist(5, 8), 1, BUSINESS, [], ist(5, 10, 30)),
        (ist(5, 17, 30), 2, BUSINESS, pause(ist(5, 17, 45), ist(6, 10, 30)), ist(6, 12, 15)),
    ],
)
def test_worked_examples(
    start: datetime, hours: Hours, calendar: Calendar | None, ledger: list[LedgerEvent], expected: datetime
) -> None:
    assert due(start, hours, calendar, ledger).due == expected


def test_the_explanation_names_what_was_counted_and_what_was_skipped() -> None:
    assert explain_json(due(ist(1, 16), 4, BUSINESS)) == {
        "due": "2026-10-05T06:00:00Z",
        "steps": [
            {
                "kind": "COUNTED",
                "from": "2026-10-01T10:30:00Z",
                "to": "2026-10-01T12:30:00Z",
                "seconds": 7200,
                "note": "",
            },
            {
                "kind": "CLOSED",
                "from": "2026-10-01T12:30:00Z",
                "to": "2026-10-02T04:00:00Z",
                "seconds": 55800,
                "note": "",
            },
            {
                "kind": "HOLIDAY",
                "from": "2026-10-02T04:00:00Z",
                "to": "2026-10-02T12:30:00Z",
                "seconds": 30600,
                "note": "Mahatma Gandhi's Birthday",
            },
            {
                "kind": "CLOSED",
                "from": "2026-10-02T12:30:00Z",
                "to": "2026-10-05T04:00:00Z",
                "seconds": 228600,
                "note": "",
            },
            {
                "kind": "COUNTED",
                "from": "2026-10-05T04:00:00Z",
                "to": "2026-10-05T06:00:00Z",
                "seconds": 7200,
                "note": "",
            },
        ],
    }


def test_a_pause_that_has_not_ended_leaves_the_due_date_open() -> None:
    explained = due(ist(5, 10), 4, BUSINESS, pause(ist(5, 11)))
    assert explained.due is None
    assert explained.remaining == timedelta(hours=3)
    assert explained.steps[-1].kind is StepKind.PAUSED
    assert explain_json(explained)["due"] is None
    assert explain_json(explained)["steps"][-1] == {
        "kind": "PAUSED",
        "from": "2026-10-05T05:30:00Z",
        "to": None,
        "seconds": None,
        "note": "Asked for the period",
    }


def test_a_pause_after_the_due_date_changes_nothing() -> None:
    assert due(ist(5, 10), 1, BUSINESS, pause(ist(5, 11))).due == ist(5, 11)
    assert due(ist(5, 10), 1, None, pause(ist(6, 11), ist(7, 11))).due == ist(5, 11)


def test_overlapping_pauses_hold_the_clock_until_the_last_cause_is_gone() -> None:
    ledger = pause(ist(5, 11), ist(5, 13), "info") + pause(ist(5, 12), ist(5, 15), "challenge")
    assert due(ist(5, 10), 2, None, ledger).due == ist(5, 16)


def test_a_repeated_pause_and_a_stray_resume_are_harmless() -> None:
    ledger = [
        *pause(ist(5, 11), ist(5, 12)),
        LedgerEvent(EventKind.RESUME, ist(5, 12, 30)),
        LedgerEvent(EventKind.PAUSE, ist(5, 11, 30)),
    ]
    assert due(ist(5, 10), 2, None, ledger).due == ist(5, 13)


def test_a_pause_from_before_the_start_counts_from_the_start() -> None:
    assert due(ist(5, 10), 1, None, pause(ist(5, 9), ist(5, 11))).due == ist(5, 12)
    assert due(ist(5, 10), 1, None, pause(ist(5, 8), ist(5, 9))).due == ist(5, 11)


def test_an_extension_adds_hours_of_the_same_kind() -> None:
    ledger = [LedgerEvent(EventKind.EXTEND, ist(5, 12), hours=2, note="Archive on tape")]
    explained = due(ist(5, 16), 2, BUSINESS, ledger)
    assert explained.due == ist(6, 11, 30)
    assert [(step.kind, step.seconds, step.note) for step in explained.steps if step.kind is StepKind.EXTENDED] == [
        (StepKind.EXTENDED, 7200, "Archive on tape")
    ]


def test_a_recalculation_replaces_promise_and_earlier_extensions() -> None:
    ledger = [
        LedgerEvent(EventKind.EXTEND, ist(5, 11), hours=10),
        LedgerEvent(EventKind.RECALCULATED, ist(5, 12), hours=4, note="Now URGENT"),
        LedgerEvent(EventKind.EXTEND, ist(5, 13), hours=1),
    ]
    explained = due(ist(5, 10), 24, None, ledger)
    assert explained.due == ist(5, 15)
    assert StepKind.RECALCULATED in {step.kind for step in explained.steps}


def test_the_ledger_alone_tells_the_due_date() -> None:
    ledger = [LedgerEvent(EventKind.START, ist(1, 16), hours=4)]
    assert due_by_ledger(ledger, BUSINESS).due == ist(5, 11, 30)
    with pytest.raises(ValueError, match="exactly one START"):
        due_by_ledger([], BUSINESS)
    with pytest.raises(ValueError, match="exactly one START"):
        due_by_ledger(ledger * 2, BUSINESS)


def test_a_ledger_entry_without_hours_is_refused() -> None:
    with pytest.raises(ValueError, match="lacks its hours"):
        due(ist(5, 10), 1, None, [LedgerEvent(EventKind.EXTEND, ist(5, 11))])


@pytest.mark.parametrize(
    "hours", [0, -1, "-0.5", Decimal(0), "nan", "inf", 10**9, "many", 5 * 366 * 24 + 1, timedelta(0)]
)
def test_impossible_promises_are_refused(hours: Hours) -> None:
    with pytest.raises(ValueError, match=r"promise|number of hours"):
        due(ist(5, 10), hours)


def test_fractions_of_an_hour_are_exact() -> None:
    assert duration("0.1") == timedelta(minutes=6)
    assert duration(8.5) == timedelta(hours=8, minutes=30)


def test_a_promise_that_never_comes_due_is_refused_and_not_searched_for_ever() -> None:
    rare = Calendar("Asia/Kolkata", parse_hours("Mon 09:00-09:01"))
    with pytest.raises(ValueError, match="five years"):
        due(ist(5, 10), 24, rare)
    always_holiday = Calendar(
        "Asia/Kolkata",
        parse_hours("Mon 09:00-18:00"),
        own_dates=frozenset(date(2026, 1, 1) + timedelta(days=offset) for offset in range(366 * 7)),
    )
    with pytest.raises(ValueError, match="five years"):
        due(ist(5, 10), 1, always_holiday)


def test_times_need_a_zone() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        due(datetime(2026, 10, 5, 10), 1)  # noqa: DTZ001 - that is the point


def test_round_the_clock_with_holidays_skips_the_whole_local_day() -> None:
    always = Calendar("Asia/Kolkata", parse_hours("24x7"), "IN", "MH")
    assert due(ist(1, 16), 24, always).due == ist(3, 16)


@pytest.mark.parametrize(
    ("priority", "statutory", "expected"),
    [("NORMAL", False, True), ("CRITICAL", False, False), ("URGENT", True, False)],
)
def test_what_may_pause(priority: str, statutory: bool, expected: bool) -> None:
    assert may_pause(priority, statutory=statutory) is expected


@pytest.mark.parametrize(
    ("hours", "priority", "expected_hours_after_start"),
    [
        (72, "NORMAL", [48]),
        (48, "NORMAL", [24]),
        (24, "NORMAL", [12]),
        (72, "CRITICAL", [48, 70]),
        (24, "CRITICAL", [12, 22]),
        (3, "CRITICAL", [1.5]),
    ],
)
def test_warnings_of_elapsed_promises(hours: int, priority: str, expected_hours_after_start: list[float]) -> None:
    start = ist(5, 10)
    expected = tuple(start + timedelta(hours=each) for each in expected_hours_after_start)
    assert warning_at(due(start, hours).due, hours, start, priority) == expected


def test_half_a_business_promise_is_counted_in_business_hours() -> None:
    start = ist(1, 16)
    due_at = due(start, 6, BUSINESS).due
    assert warning_at(due_at, 6, start, "NORMAL", calendar=BUSINESS) == (ist(5, 10, 30),)


def test_no_warning_while_the_clock_stands_still() -> None:
    ledger = pause(ist(5, 11))
    assert warning_at(due(ist(5, 10), 24, None, ledger).due, 24, ist(5, 10), "NORMAL", ledger=ledger) == ()
    assert warning_at(ist(6, 10), 24, ist(5, 10), "NORMAL", ledger=ledger) == ()


def test_an_extension_moves_the_warning() -> None:
    ledger = [LedgerEvent(EventKind.EXTEND, ist(5, 12), hours=48)]
    due_at = due(ist(5, 10), 24, None, ledger).due
    assert warning_at(due_at, 24, ist(5, 10), "NORMAL", ledger=ledger) == (ist(7, 10),)


def test_escalations_come_at_0_24_and_72_hours() -> None:
    assert [(each.level, each.at) for each in escalations(ist(5, 10))] == [
        (1, ist(5, 10)),
        (2, ist(6, 10)),
        (3, ist(8, 10)),
    ]
    rules = WarningRules(escalate_after=(timedelta(hours=1),))
    assert [each.at for each in escalations(ist(5, 10), rules)] == [ist(5, 11)]


instants = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
promises = st.integers(1, 400).map(lambda quarters: Decimal(quarters) / 4)
pauses_after = st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 5000)), max_size=4)


@given(instants, promises, pauses_after, st.sampled_from([None, BUSINESS]))
def test_counted_time_is_the_promise_and_steps_leave_no_gap(
    start: datetime, hours: Decimal, gaps: list[tuple[int, int]], calendar: Calendar | None
) -> None:
    ledger: list[LedgerEvent] = []
    for number, (after, length) in enumerate(gaps):
        at = start + timedelta(minutes=after)
        ledger += pause(at, at + timedelta(minutes=length), str(number))
    explained = due(start, hours, calendar, ledger)
    counted = [step.seconds or 0 for step in explained.steps if step.kind is StepKind.COUNTED]
    assert abs(sum(counted) - hours * 3600) <= len(counted), "each step is rounded to the second"
    assert (explained.steps[0].start, explained.steps[-1].end) == (start, explained.due)
    assert all(before.end == after.start for before, after in pairwise(explained.steps))


@given(instants, promises, promises, st.sampled_from([None, BUSINESS]))
def test_more_hours_never_come_due_earlier(
    start: datetime, one: Decimal, other: Decimal, calendar: Calendar | None
) -> None:
    shorter, longer = sorted([one, other])
    first, second = due(start, shorter, calendar).due, due(start, longer, calendar).due
    assert first is not None
    assert second is not None
    assert first <= second


@given(instants, promises)
def test_the_order_of_the_ledger_does_not_matter(start: datetime, hours: Decimal) -> None:
    ledger = pause(start + timedelta(hours=1), start + timedelta(hours=2))
    ledger.append(LedgerEvent(EventKind.EXTEND, start + timedelta(hours=3), hours=2))
    assert due(start, hours, BUSINESS, ledger) == due(start, hours, BUSINESS, reversed(ledger))
