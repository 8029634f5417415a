"""What happened in the demo's 90 days: about 60 requests, each with its end, told as steps at moments.

The steps of all requests are taken in the order of time, so that every chain, every list and every clock reads as if
the system had been used for three months.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from lers_web.demo import catalog as c
from lers_web.demo.accounts import DSP, IO, IO2, IO_BLR, MUMBAI, SHO, SP_BLR
from lers_web.demo.base import World

HOUR = dt.timedelta(hours=1)
N, U, C = "NORMAL", "URGENT", "CRITICAL"
STORY = "demo_story"


@dataclass(frozen=True, slots=True)
class Story:
    """One request: who asks for what, how it ends, and how many hours ago it began."""

    number: int
    ends: str
    officer: str
    item: str
    priority: str
    age: float
    late: bool = False

    @property
    def case(self) -> str:
        """The case that it belongs to: some cases have several requests."""
        return f"Cr. No. {100 + self.number * 7 % 23}/2026"

    @property
    def promise(self) -> float:
        """The hours that the provider has."""
        item = next(item for items in c.ITEMS.values() for item in items if item["name"] == self.item)
        name = {U: "sla_turnaround_hours_urgent", C: "sla_turnaround_hours_critical"}.get(self.priority)
        return float(item[name or "sla_turnaround_hours"])

    @property
    def two_levels(self) -> bool:
        """Whether the rules of the officer's unit ask for two approvers."""
        return self.officer != IO_BLR and self.item in {c.CDR, c.IMEI}


_LIVE: tuple[tuple[str, str, str, str, float], ...] = (
    ("draft", IO, c.CDR, N, 2),
    ("draft", IO2, c.STATEMENT, N, 30),
    ("draft", IO, c.PROFILE, U, 75),
    ("draft", IO_BLR, c.SUBSCRIBER, N, 8),
    ("changes", IO, c.CDR, N, 50),
    ("changes", IO2, c.LOGINS, N, 27),
    ("pending", IO, c.SUBSCRIBER, U, 3),
    ("pending", IO2, c.TRAIL, C, 1),
    ("pending", IO, c.CONTENT, N, 20),
    ("pending", IO_BLR, c.CDR, N, 6),
    ("level_two", IO, c.CDR, U, 7),
    ("level_two", IO2, c.IMEI, N, 26),
    ("approved", IO, c.KYC, N, 10),
    ("approved", IO2, c.STATEMENT, U, 9),
    ("submitted", IO, c.CDR, N, 20),
    ("submitted", IO2, c.FREEZE, N, 3.5),
    ("submitted", IO, c.STATEMENT, N, 5),
    ("submitted", IO_BLR, c.PROFILE, N, 62),
    ("submitted", IO, c.IPDR, N, 11),
    ("acknowledged", IO, c.CDR, N, 96),
    ("acknowledged", IO2, c.TRAIL, N, 40),
    ("acknowledged", IO, c.LOGINS, N, 30),
    ("acknowledged", IO_BLR, c.CDR, U, 3),
    ("working", IO, c.CDR, N, 22),
    ("working", IO, c.LOCATION, C, 5),
    ("working", IO2, c.STATEMENT, N, 90),
    ("asked", IO, c.TOWER, N, 36),
    ("partial", IO, c.IPDR, N, 60),
    ("working", IO_BLR, c.LOGINS, U, 14),
    ("answered", IO, c.CDR, N, 28),
    ("answered", IO2, c.TRAIL, U, 12),
    ("answered", IO, c.PROFILE, N, 70),
    ("answered", IO_BLR, c.SUBSCRIBER, N, 24),
    ("answered", IO2, c.STATEMENT, N, 66),
    ("refused", IO, c.CONTENT, N, 24 * 12),
    ("refused", IO2, c.TOWER, N, 24 * 31),
    ("declined", IO, c.SUBSCRIBER, N, 24 * 9),
    ("declined", IO2, c.TRAIL, N, 24 * 44),
    ("declined", IO_BLR, c.LOGINS, N, 24 * 61),
    ("cancelled", IO, c.PRESERVE, N, 24 * 15),
    ("cancelled", IO2, c.CCTV, N, 24 * 52),
    ("withdrawn", IO, c.CDR, N, 24 * 6),
    ("withdrawn", IO2, c.KYC, N, 24 * 27),
    ("withdrawn", IO_BLR, c.PRESERVE, U, 24 * 70),
)  # fmt: skip
_DONE_ITEMS = (c.CDR, c.SUBSCRIBER, c.STATEMENT, c.TRAIL, c.PROFILE, c.CDR, c.LOGINS, c.IPDR)
_DONE_OFFICERS = (IO, IO2, IO, IO_BLR)
_DONE, _FIRST_DAY, _LAST_DAY = 20, 88.0, 7.0


def all_stories() -> list[Story]:
    """Return every story, always the same ones."""
    found = [Story(number, *row) for number, row in enumerate(_LIVE)]
    for index in range(_DONE):
        days = _FIRST_DAY - (_FIRST_DAY - _LAST_DAY) * index / (_DONE - 1)
        found.append(
            Story(
                len(found), "completed", _DONE_OFFICERS[index % len(_DONE_OFFICERS)],
                _DONE_ITEMS[index % len(_DONE_ITEMS)], (N, N, U, N, C)[index % 5], days * 24, late=index % 5 == 1,
            )
        )  # fmt: skip
    return found


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that somebody does at a moment; ``act`` is a method of the teller."""

    moment: dt.datetime
    story: Story
    act: str
    details: dict[str, Any]


def steps_of(story: Story, now: dt.datetime) -> Iterator[Step]:
    """Tell one story as steps, each later than the one before and none in the future."""
    at = now - story.age * HOUR
    # A young request, and one with a short promise, moves faster than one of last month.
    pace = min(1.0, story.promise / 24 if story.ends == "completed" else story.age / 24)

    def step(act: str, hours: float, **details: Any) -> Step:
        nonlocal at
        at = min(at + hours * pace * HOUR, now)
        return Step(at, story, act, details)

    yield step("draft", 0)
    yield from _TELLINGS[story.ends](story, step)


Telling = Callable[[Story, Callable[..., Step]], Iterator[Step]]


def _sent(story: Story, step: Callable[..., Step]) -> Iterator[Step]:
    yield step("send", 0.6)
    if story.officer == IO_BLR:
        yield step("approve", 1.2, by=SP_BLR)
        return
    yield step("approve", 0.9, by=SHO)
    if story.two_levels:
        yield step("approve", 0.7, by=DSP)


def _taken(story: Story, step: Callable[..., Step], hours: float = 0.7) -> Iterator[Step]:
    yield from _sent(story, step)
    yield step("acknowledge", hours)


def _begun(story: Story, step: Callable[..., Step]) -> Iterator[Step]:
    yield from _taken(story, step)
    yield step("start", 0.5)


def _only_drafted(_story: Story, _step: Callable[..., Step]) -> Iterator[Step]:
    yield from ()


def _pending(_story: Story, step: Callable[..., Step]) -> Iterator[Step]:
    yield step("send", 0.6)


def _level_two(_story: Story, step: Callable[..., Step]) -> Iterator[Step]:
    yield step("send", 0.6)
    yield step("approve", 0.9, by=SHO)


def _changes(_story: Story, step: Callable[..., Step]) -> Iterator[Step]:
    yield step("send", 0.6)
    yield step("request_changes", 1.5, by=SHO)


def _approved(_story: Story, step: Callable[..., Step]) -> Iterator[Step]:
    yield step("send", 0.6)
    yield step("approve_and_hold", 1.0, by=SHO, tenant=MUMBAI)


def _refused(_story: Story, step: Callable[..., Step]) -> Iterator[Step]:
    yield step("send", 0.6)
    yield step("refuse", 3, by=SHO)


def _declined(story: Story, step: Callable[..., Step]) -> Iterator[Step]:
    yield from _taken(story, step)
    yield step("decline", 4)


def _cancelled(_story: Story, step: Callable[..., Step]) -> Iterator[Step]:
    yield step("cancel", 5)


def _withdrawn(story: Story, step: Callable[..., Step]) -> Iterator[Step]:
    yield from _taken(story, step)
    yield step("say", 1, side="officer", text="The victim has withdrawn the complaint; please wait.")
    yield step("withdraw", 2)


def _working(story: Story, step: Callable[..., Step]) -> Iterator[Step]:
    yield from _begun(story, step)
    yield step("assign", 0.1)
    yield step("say", 0.4, side="provider", text="We have begun. The records come from two systems.")


def _asked(story: Story, step: Callable[..., Step]) -> Iterator[Step]:
    yield from _begun(story, step)
    yield step("ask", 0.8, text="Which two hours of that day do you need? A whole day is too much.")


def _partial(story: Story, step: Callable[..., Step]) -> Iterator[Step]:
    yield from _begun(story, step)
    yield step("answer", 4, partial=True)
    yield step("say", 1, side="officer", text="Thank you. The second address is the urgent one.")


def _answered(story: Story, step: Callable[..., Step]) -> Iterator[Step]:
    yield from _begun(story, step)
    yield step("say", 1, side="provider", text="The records are being certified and come today.")
    yield step("answer", 6)


def _completed(story: Story, step: Callable[..., Step]) -> Iterator[Step]:
    yield from _begun(story, step)
    yield step("assign", 0.1)
    if story.number % 3 == 0:
        yield step("say", 0.4, side="officer", text="This concerns a running fraud: early parts help us.")
        yield step("say", 0.4, side="provider", text="Understood. You get what we have first.")
    if story.number % 4 == 0 and story.priority != C:
        yield step("ask", 0.5, text="Please confirm the period: the notice and the request differ by a day.")
        yield step("say", 2, side="officer", text="The period of the request is right. A corrected notice follows.")
    # In units of the pace, which is the promise in days (at most one): most answers come in the first half of it.
    length = max(24.0, story.promise)
    yield step("answer", length * (1.2 if story.late else 0.4))
    yield step("complete", 1)
    if story.number % 7 == 0:
        yield step("dispute", 6)
    else:
        yield step("accept", 6, score=3 if story.late else 5)


_TELLINGS: dict[str, Telling] = {
    "draft": _only_drafted,
    "pending": _pending,
    "level_two": _level_two,
    "changes": _changes,
    "approved": _approved,
    "submitted": _sent,
    "acknowledged": _taken,
    "working": _working,
    "asked": _asked,
    "partial": _partial,
    "answered": _answered,
    "completed": _completed,
    "refused": _refused,
    "declined": _declined,
    "cancelled": _cancelled,
    "withdrawn": _withdrawn,
}


def luhn(digits: str) -> str:
    """Return digits with their check digit."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - the sum of its two digits
    return digits + str(-total % 10)


def identifiers_of(story: Story, moment: dt.datetime) -> list[dict[str, Any]]:
    """Return synthetic identifiers that the item takes."""
    n = story.number
    seen = (moment - dt.timedelta(days=3)).replace(microsecond=0)
    until = seen + dt.timedelta(seconds=40)
    ip = {"type": "IP", "value": f"203.0.113.{n + 1}", "port": 40000 + n, "from": seen.isoformat(),
          "to": until.isoformat()}  # fmt: skip
    account = {"type": "BANK_ACCOUNT", "value": f"RBNK0000123:0011{n:010d}"}
    handle = {"type": "HANDLE", "value": f"chatter:night.trader.{n}"}
    phone = {"type": "MSISDN", "value": f"+9199000{n:05d}"}
    by_item: dict[str, list[dict[str, Any]]] = {
        c.IMEI: [{"type": "IMEI", "value": luhn(f"3520990017{n:04d}")}],
        c.IPDR: [ip, {**ip, "value": f"203.0.113.{n + 100}"}],
        c.TOWER: [{"type": "CELL", "value": f"404-45-1234-{5000 + n}"}],
        c.KYC: [account],
        c.STATEMENT: [account],
        c.FREEZE: [account],
        c.TRAIL: [{"type": "UPI_VPA", "value": f"quickmoney{n}@rupeebank"}],
        c.CCTV: [],
    }
    if story.item in by_item:
        return by_item[story.item]
    return [handle] if story.item in {c.PROFILE, c.LOGINS, c.PRESERVE, c.CONTENT} else [phone]


def answers_of(story: Story) -> dict[str, Any]:
    """Return answers to the questions of the item."""
    return {
        c.TOWER: {"proportionality": "The suspects met at this crossing; nobody knows their numbers."},
        c.FREEZE: {"amount": "48500", "kind": "LIEN"},
        c.CCTV: {"atm": "MUM-4471", "when": "Two weeks ago, 21:00 to 22:00"},
    }.get(story.item, {})


def draft_of(world: World, story: Story, moment: dt.datetime, mandate_file: Any) -> dict[str, Any]:
    """Return the whole draft of a story."""
    last = moment.date() - dt.timedelta(days=1)
    days = 0 if story.item == c.TOWER else 29
    mandate = {c.LOCATION: "EMERGENCY", c.FREEZE: "BNSS_106", c.CONTENT: "COURT_ORDER"}.get(story.item, "BNSS_94")
    court = story.item in {c.CDR, c.IMEI, c.CONTENT}
    period = story.item in {c.CDR, c.IMEI, c.TOWER, c.STATEMENT, c.LOGINS, c.CONTENT}
    return {
        "catalog_item_id": world.items[story.item],
        "identifiers": identifiers_of(story, moment),
        "answers": answers_of(story),
        "description": f"{story.item}, in the investigation of an online fraud. Complainant and amount are on file.",
        "date_range_from": last - dt.timedelta(days=days) if period else None,
        "date_range_to": last if period else None,
        "legal_mandate_type": mandate,
        "legal_mandate_file_id": mandate_file,
        "court_order_number": f"CMM/{story.number + 200}/2026" if court else None,
        "priority": story.priority,
        "case_reference": story.case,
        "notes": "Second notice in this case." if story.number % 6 == 0 else None,
        "metadata": {STORY: story.number},
    }
