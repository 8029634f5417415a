"""The SLA clock: a due date is a pure function of the promise, the calendar and the ledger of what happened to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from lers_web.domains.sla.calendar import Calendar, Span, SpanKind

HORIZON = timedelta(days=5 * 366)
CRITICAL = "CRITICAL"

Hours = Decimal | int | float | str | timedelta


class EventKind(StrEnum):
    """What can happen to a promise."""

    START = "START"
    PAUSE = "PAUSE"
    RESUME = "RESUME"
    EXTEND = "EXTEND"
    RECALCULATED = "RECALCULATED"


@dataclass(frozen=True, slots=True)
class LedgerEvent:
    """One fact about a promise.

    ``hours`` is what EXTEND adds, and the whole new promise for START and RECALCULATED. ``cause`` tells pauses
    apart that overlap (a question and a challenge): the clock runs only while no cause holds it.
    """

    kind: EventKind
    at: datetime
    hours: Hours | None = None
    note: str = ""
    cause: str = ""


class StepKind(StrEnum):
    """What a line of the explanation tells."""

    COUNTED = "COUNTED"
    CLOSED = "CLOSED"
    HOLIDAY = "HOLIDAY"
    PAUSED = "PAUSED"
    EXTENDED = "EXTENDED"
    RECALCULATED = "RECALCULATED"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the explanation. ``end`` and ``seconds`` are None for a pause that has not ended."""

    kind: StepKind
    start: datetime
    end: datetime | None
    seconds: int | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A due date and the way to it. ``due`` is None while the clock stands still, with ``remaining`` left to run."""

    due: datetime | None
    steps: tuple[Step, ...]
    remaining: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class WarningRules:
    """When the provider is warned; a row of configuration with the defaults of the field."""

    before: timedelta = timedelta(hours=24)
    half_below: timedelta = timedelta(hours=48)
    critical_before: timedelta = timedelta(hours=2)
    escalate_after: tuple[timedelta, ...] = (timedelta(0), timedelta(hours=24), timedelta(hours=72))


DEFAULT_RULES = WarningRules()


@dataclass(frozen=True, slots=True)
class Escalation:
    """A level of escalation and when it is reached; level 1 is the breach itself."""

    level: int
    at: datetime


@dataclass(frozen=True, slots=True)
class _Pause:
    start: datetime
    end: datetime | None
    note: str


def duration(hours: Hours) -> timedelta:
    """Read a promise in hours (8.5 is eight and a half). Refuses nothing, negative, endless and over five years."""
    if isinstance(hours, timedelta):
        length = hours
    else:
        try:
            number = Decimal(str(hours))
            readable = number.is_finite() and abs(number) < 10**6
            length = timedelta(seconds=round(number * 3600)) if readable else HORIZON * 2
        except InvalidOperation as error:
            raise ValueError(f"{hours!r} is not a number of hours: write e.g. 24 or 8.5.") from error
    if length <= timedelta(0):
        raise ValueError(f"A promise must be more than 0 hours, not {hours}.")
    if length > HORIZON:
        raise ValueError(f"A promise of {hours} hours lies more than five years ahead: give fewer hours.")
    return length


def may_pause(priority: str, *, statutory: bool = False) -> bool:
    """A CRITICAL request and a deadline set by law run on, whatever is asked meanwhile."""
    return priority != CRITICAL and not statutory


def _utc(moment: datetime, what: str) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"The {what} {moment.isoformat()} has no time zone: write it with Z or an offset.")
    return moment.astimezone(UTC)


def _in_order(ledger: Iterable[LedgerEvent]) -> list[LedgerEvent]:
    return sorted(ledger, key=lambda event: _utc(event.at, "time of the ledger entry"))


def _promise(hours: Hours, ledger: Sequence[LedgerEvent]) -> timedelta:
    """Add extensions to the promise. A recalculation (say, a new priority) replaces all that was promised before it."""
    total = duration(hours)
    for event in ledger:
        if event.kind not in {EventKind.EXTEND, EventKind.RECALCULATED}:
            continue
        if event.hours is None:
            raise ValueError(f"The ledger entry {event.kind} at {event.at.isoformat()} lacks its hours.")
        total = total + duration(event.hours) if event.kind is EventKind.EXTEND else duration(event.hours)
    return total


def _pauses(start: datetime, ledger: Sequence[LedgerEvent]) -> list[_Pause]:
    """Join overlapping pauses: time stands still from the first cause until the last one is gone."""
    pauses: list[_Pause] = []
    causes: dict[str, LedgerEvent] = {}
    since: datetime | None = None
    note = ""
    for event in ledger:
        at = max(_utc(event.at, "time of the ledger entry"), start)
        if event.kind is EventKind.PAUSE:
            if since is None:
                since, note = at, event.note
            causes.setdefault(event.cause, event)
        elif event.kind is EventKind.RESUME:
            causes.pop(event.cause, None)
            if since is not None and not causes:
                if at > since:
                    pauses.append(_Pause(since, at, note))
                since = None
    if since is not None:
        pauses.append(_Pause(since, None, note))
    return pauses


def _cut(span: Span, pauses: Sequence[_Pause]) -> Iterator[tuple[Span, _Pause | None]]:
    """Cut a span where pauses begin and end."""
    cursor = span.start
    for pause in pauses:
        pause_end = pause.end or span.end
        if pause_end <= cursor or pause.start >= span.end:
            continue
        if pause.start > cursor:
            yield Span(span.kind, cursor, pause.start, span.note), None
            cursor = pause.start
        until = min(pause_end, span.end)
        yield Span(span.kind, cursor, until, span.note), pause
        cursor = until
        if pause.end is None:
            return
    if cursor < span.end:
        yield Span(span.kind, cursor, span.end, span.note), None


class _Trail:
    """Collects steps and joins neighbours that say the same."""

    def __init__(self) -> None:
        self.steps: list[Step] = []

    def add(self, kind: StepKind, start: datetime, end: datetime, note: str) -> None:
        last = self.steps[-1] if self.steps else None
        if last and last.end == start and (last.kind, last.note) == (kind, note):
            start = self.steps.pop().start
        self.steps.append(Step(kind, start, end, round((end - start).total_seconds()), note))


def _changes(ledger: Sequence[LedgerEvent]) -> list[Step]:
    kinds = {EventKind.EXTEND: StepKind.EXTENDED, EventKind.RECALCULATED: StepKind.RECALCULATED}
    return [
        Step(kinds[event.kind], at, at, round(duration(event.hours).total_seconds()), event.note)
        for event in ledger
        if event.kind in kinds and event.hours is not None
        for at in [_utc(event.at, "time of the ledger entry")]
    ]


def due(
    start: datetime, hours: Hours, calendar: Calendar | None = None, ledger: Iterable[LedgerEvent] = ()
) -> Explanation:
    """Count ``hours`` from ``start``: elapsed without a calendar, else while the calendar is open, never while paused.

    A pause that began before the hours were used up and has not ended leaves the due date open (None); one that
    begins after the due date changes nothing. A promise that finds no end within five years is a ValueError.
    """
    start = _utc(start, "start")
    entries = _in_order(ledger)
    remaining = _promise(hours, entries)
    pauses = _pauses(start, entries)
    horizon = start + HORIZON
    spans = calendar.spans(start, horizon) if calendar else iter([Span(SpanKind.OPEN, start, horizon)])
    trail = _Trail()
    for piece, pause in (cut for span in spans for cut in _cut(span, pauses)):
        if pause is not None and pause.end is None:
            open_pause = Step(StepKind.PAUSED, piece.start, None, None, pause.note)
            return Explanation(None, _merged([*trail.steps, open_pause], _changes(entries)), remaining)
        if pause is not None:
            trail.add(StepKind.PAUSED, piece.start, piece.end, pause.note)
        elif piece.kind is not SpanKind.OPEN:
            trail.add(StepKind(piece.kind.value), piece.start, piece.end, piece.note)
        else:
            end = min(piece.end, piece.start + remaining)
            trail.add(StepKind.COUNTED, piece.start, end, piece.note)
            remaining -= end - piece.start
            if not remaining:
                return Explanation(end, _merged(trail.steps, _changes(entries)))
    raise ValueError(
        "The promise does not come due within five years of its start: check the hours, the calendar and the pauses."
    )


def _merged(steps: Sequence[Step], changes: Sequence[Step]) -> tuple[Step, ...]:
    return tuple(sorted([*steps, *changes], key=lambda step: step.start))


def due_by_ledger(ledger: Iterable[LedgerEvent], calendar: Calendar | None = None) -> Explanation:
    """Work out the due date from the ledger alone: its one START entry carries the start and the promise."""
    entries = list(ledger)
    starts = [event for event in entries if event.kind is EventKind.START]
    if len(starts) != 1 or starts[0].hours is None:
        raise ValueError("The ledger needs exactly one START entry with its hours before a due date can be told.")
    return due(starts[0].at, starts[0].hours, calendar, entries)


def warning_at(
    due_at: datetime | None,
    promised_hours: Hours,
    start: datetime,
    priority: str,
    *,
    calendar: Calendar | None = None,
    ledger: Iterable[LedgerEvent] = (),
    rules: WarningRules = DEFAULT_RULES,
) -> tuple[datetime, ...]:
    """Tell when to warn: 24 h ahead, or at half of a promise below 48 h; CRITICAL once more 2 h ahead.

    Half a promise is counted as the promise itself is (business hours, pauses). No due date, no warning. The second
    warning is left out where it would not come after the first.
    """
    if due_at is None:
        return ()
    due_at = _utc(due_at, "due date")
    entries = _in_order(ledger)
    promise = _promise(promised_hours, entries)
    if promise >= rules.half_below:
        first = max(due_at - rules.before, _utc(start, "start"))
    else:
        unextended = [event for event in entries if event.kind in {EventKind.PAUSE, EventKind.RESUME}]
        half = due(start, promise / 2, calendar, unextended).due
        if half is None:
            return ()
        first = min(half, due_at)
    last = due_at - rules.critical_before
    return (first, last) if priority == CRITICAL and last > first else (first,)


def escalations(breached_at: datetime, rules: WarningRules = DEFAULT_RULES) -> tuple[Escalation, ...]:
    """List the instants of a breach's escalation, level 1 first: +0 h, +24 h and +72 h unless configured otherwise."""
    at = _utc(breached_at, "time of the breach")
    return tuple(Escalation(level, at + delay) for level, delay in enumerate(rules.escalate_after, start=1))


def to_json_time(moment: datetime) -> str:
    """Write an instant as RFC 3339 in UTC with Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def explain_json(explanation: Explanation) -> dict[str, Any]:
    """Shape an explanation for ``flask sla explain --json`` and ``GET …/sla/``; ``due`` is null while paused."""
    return {
        "due": explanation.due and to_json_time(explanation.due),
        "steps": [
            {
                "kind": step.kind.value,
                "from": to_json_time(step.start),
                "to": step.end and to_json_time(step.end),
                "seconds": step.seconds,
                "note": step.note,
            }
            for step in explanation.steps
        ],
    }
