"""When a provider is open: weekly hours in a time zone, less holidays. All sums are made on UTC instants."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays

DEFAULT_TIME_ZONE = "Asia/Kolkata"
MINUTES_A_DAY = 24 * 60
EXAMPLE_HOURS = "Mon-Fri 09:30-18:00; Sat 10:00-13:00,14:00-16:00"

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_NAMES = {name: index for index, name in enumerate(_DAYS)} | {
    name: index
    for index, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
_ALWAYS = frozenset({"24x7", "24×7", "24/7", "24*7"})
_EVERY_DAY = frozenset({"daily", "everyday"})
_SEGMENT = re.compile(r"^(?P<days>[a-z][a-z\s,\-]*?)\s+(?P<hours>\d.*)$")
_HOURS = re.compile(r"^(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})$")


@dataclass(frozen=True, slots=True, order=True)
class Opening:
    """One weekly interval in minutes of the local day it starts on; ``end`` exceeds 1,440 when it passes midnight."""

    weekday: int
    start: int
    end: int

    def __post_init__(self) -> None:
        if self.weekday not in range(7):
            raise ValueError(f"The weekday {self.weekday} does not exist: Monday is 0 and Sunday is 6.")
        if not 0 <= self.start < MINUTES_A_DAY or not self.start < self.end <= self.start + MINUTES_A_DAY:
            raise ValueError("An opening must start within its day and last more than no time and at most 24 hours.")


class SpanKind(StrEnum):
    """How a stretch of time counts."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"
    HOLIDAY = "HOLIDAY"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of UTC time in which the provider is open, closed, or would be open were it not a holiday."""

    kind: SpanKind
    start: datetime
    end: datetime
    note: str = ""


def _days(text: str, whole: str) -> list[int]:
    if text.replace(" ", "") in _EVERY_DAY:
        return list(range(7))
    found: list[int] = []
    for part in text.split(","):
        ends = [name.strip() for name in part.split("-")]
        unknown = [name for name in ends if name not in _DAY_NAMES]
        if unknown or len(ends) > 2:  # noqa: PLR2004 - from and to
            raise ValueError(f"{part.strip()!r} in {whole!r} is no day or days: write Mon, Mon-Fri or Mon,Wed.")
        first, last = _DAY_NAMES[ends[0]], _DAY_NAMES[ends[-1]]
        found.extend((first + step) % 7 for step in range((last - first) % 7 + 1))
    return found


def _interval(text: str, whole: str) -> tuple[int, int]:
    match = _HOURS.match(text.strip())
    if match is None:
        raise ValueError(f"{text.strip()!r} in {whole!r} is no interval: write 09:30-18:00, and ';' between days.")
    start_hour, start_minute, end_hour, end_minute = map(int, match.groups())
    start, end = start_hour * 60 + start_minute, end_hour * 60 + end_minute
    if start_minute > 59 or end_minute > 59 or start >= MINUTES_A_DAY or end > MINUTES_A_DAY:  # noqa: PLR2004
        raise ValueError(f"{text.strip()!r} in {whole!r} holds a time that does not exist: use 00:00 to 24:00.")
    if start == end:
        raise ValueError(f"{text.strip()!r} in {whole!r} has no length: write 00:00-24:00 for the whole day.")
    return start, end if end > start else end + MINUTES_A_DAY


def parse_hours(text: str) -> tuple[Opening, ...]:
    """Read service hours such as ``Mon-Fri 09:30-18:00; Sat 10:00-13:00,14:00-16:00``, ``Fri 22:00-02:00`` or ``24x7``.

    The answer is sorted and free of duplicates. Anything that cannot be read raises a ValueError that quotes it.
    """
    plain = re.sub("[\u2010-\u2015\u2212]", "-", text).strip().lower()
    if not plain:
        raise ValueError(f"The service hours are empty, so nothing would ever come due: write e.g. {EXAMPLE_HOURS!r}.")
    if plain.replace(" ", "") in _ALWAYS:
        return tuple(Opening(day, 0, MINUTES_A_DAY) for day in range(7))
    openings: set[Opening] = set()
    for segment in filter(None, (part.strip() for part in plain.split(";"))):
        match = _SEGMENT.match(segment)
        if match is None:
            raise ValueError(f"{segment!r} is not understood as service hours: write e.g. {EXAMPLE_HOURS!r} or '24x7'.")
        intervals = [_interval(part, segment) for part in match["hours"].split(",")]
        openings |= {Opening(day, *interval) for day in _days(match["days"], segment) for interval in intervals}
    if not openings:
        raise ValueError(f"{text!r} holds no opening, so nothing would come due: write e.g. {EXAMPLE_HOURS!r}.")
    return tuple(sorted(openings))


@lru_cache(maxsize=512)
def _public_holidays(country: str, subdivision: str | None, year: int) -> dict[date, str]:
    with warnings.catch_warnings():  # the library warns that lunar dates of far years are estimates
        warnings.simplefilter("ignore")
        return dict(holidays.country_holidays(country, subdiv=subdivision, years=year))


def _local_instant(zone: ZoneInfo, local: datetime) -> datetime:
    """Turn wall time into an instant so that later wall times never give earlier instants.

    A time that occurs twice is its first occurrence; one that the clock jumps over is the instant of the jump.
    """
    early = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    late = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if late >= early:
        return early
    before, after = late, early  # inside a gap fold=1 lies before the jump and fold=0 after it
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        before, after = (middle, after) if middle.astimezone(zone).utcoffset() == offset else (before, middle)
    return after


@dataclass(frozen=True, slots=True)
class Calendar:
    """A provider's working time. Making one proves it: the zone exists, the holidays are known, it opens at all.

    An opening that passes midnight belongs to the day it starts on, also for holidays.
    """

    time_zone: str
    openings: tuple[Opening, ...]
    country: str | None = None
    subdivision: str | None = None
    own_dates: frozenset[date] = frozenset()
    holidays_affect: bool = True

    def __post_init__(self) -> None:
        if not self.openings:
            raise ValueError("The calendar has no opening hours, so nothing would ever come due: add service hours.")
        try:
            ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"The time zone {self.time_zone!r} is not known: use e.g. Asia/Kolkata.") from error
        if self.subdivision and not self.country:
            raise ValueError(f"The state {self.subdivision!r} needs its country: give both, e.g. IN and MH.")
        if self.country:
            try:
                _public_holidays(self.country, self.subdivision, 2026)
            except (NotImplementedError, AttributeError) as error:
                place = f"{self.country}/{self.subdivision}" if self.subdivision else self.country
                raise ValueError(
                    f"No holidays are known for {place!r}: use codes such as IN and MH (ISO 3166), or leave it out."
                ) from error

    def holiday(self, day: date) -> str | None:
        """Name the holiday on a local day, or None when it is none or holidays do not count here."""
        if not self.holidays_affect:
            return None
        if day in self.own_dates:
            return "Closed by the provider"
        if self.country is None:
            return None
        return _public_holidays(self.country, self.subdivision, day.year).get(day)

    def spans(self, start: datetime, end: datetime) -> Iterator[Span]:
        """Cover start to end without a gap: open, closed and holiday spans in order, never overlapping."""
        zone = ZoneInfo(self.time_zone)
        cursor = start.astimezone(UTC)
        day = cursor.astimezone(zone).date() - timedelta(days=1)  # an opening of yesterday may still last
        while cursor < end:
            name = self.holiday(day)
            for opening in self.openings:
                if opening.weekday != day.weekday():
                    continue
                midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - wall time, the zone is set next
                opens = _local_instant(zone, midnight + timedelta(minutes=opening.start))
                closes = min(_local_instant(zone, midnight + timedelta(minutes=opening.end)), end)
                if closes <= cursor:
                    continue
                if opens > cursor:
                    yield Span(SpanKind.CLOSED, cursor, min(opens, end))
                    cursor = min(opens, end)
                if closes > cursor:
                    yield Span(SpanKind.OPEN if name is None else SpanKind.HOLIDAY, cursor, closes, name or "")
                    cursor = closes
            day += timedelta(days=1)
            following = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - wall time, as above
            if _local_instant(zone, following) >= end and cursor < end:
                yield Span(SpanKind.CLOSED, cursor, end)
                cursor = end
