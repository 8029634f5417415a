"""``flask seed demo``: build the demo's world once. What is there already stays as it is.

Outbox rows of more than a day ago are written as told already: nobody is mailed about history. Those of the last day
go the usual way, so that a fresh system has notifications and mails to show (docs/adr/0028-demo-data.md).
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import text

from lers_web.config import Settings
from lers_web.demo import templates
from lers_web.demo.accounts import BENGALURU, MUMBAI
from lers_web.demo.base import World, before_history, opened
from lers_web.demo.stories import STORY, Step, all_stories, steps_of
from lers_web.demo.teller import Teller
from lers_web.domains.requests import service as requests
from lers_web.kernel import clock
from lers_web.kernel.actor import system_actor
from lers_web.kernel.errors import Unavailable
from lers_web.kernel.ports import Backend
from lers_web.kernel.uow import unit_of_work

SCANNER_SECONDS = 60
GROUND_SHARE = 10  # of a hundred steps of progress


def seed_demo(settings: Settings, told: Callable[[int], None]) -> dict[str, Any]:
    """Make everything of contract section 7 that is not there yet; ``told`` hears of progress, a hundred in all."""
    with opened(settings) as world:
        with before_history(settings):
            made = world.made + templates.make(world)
        told(GROUND_SHARE)
        known = _known_stories(world)
        stories = [story for story in all_stories() if story.number not in known]
        if stories:
            _await_scanner(world)
            now = clock.now()
            steps = sorted((step for story in stories for step in steps_of(story, now)), key=lambda step: step.moment)
            _tell(world, steps, told)
        return {"already_there": not stories and not made, "users": len(world.people), "requests": len(all_stories())}


def _known_stories(world: World) -> set[int]:
    """Return the stories that were begun by an earlier run; one that was interrupted stays where it was."""
    known: set[int] = set()
    for code in (MUMBAI, BENGALURU):
        with unit_of_work(world.backend, system_actor(world.tenants[code])) as uow:
            rows = uow.session.scalars(
                text(f"SELECT (metadata->>'{STORY}')::int FROM app.lers_requests WHERE metadata ? '{STORY}'")  # noqa: S608
            )
            known.update(rows)
    return known


def _await_scanner(world: World) -> None:
    """Wait for a scanner that is still loading its signatures: the demo's files are scanned like any other."""
    scanner = world.backend.ports.scanner
    deadline = time.monotonic() + SCANNER_SECONDS
    while scanner is not None and not scanner.ping():
        if time.monotonic() > deadline:
            raise Unavailable("The virus scanner does not answer: look at its log, then run `flask seed demo` again.")
        time.sleep(0.2)  # between two questions to a process that is starting


def _tell(world: World, steps: list[Step], told: Callable[[int], None]) -> None:
    teller = Teller(world)
    worker = Backend.connect(world.settings, world.settings.worker_database_url, application="lers-demo")
    rounds = _days(steps[0].moment)
    following = next(rounds)
    shown = 0
    try:
        for done, step in enumerate(steps, start=1):
            while following <= step.moment:
                with clock.at(following, world.settings):
                    requests.run_sla_monitor(worker)
                following = next(rounds)
            teller.tell(step)
            share = (100 - GROUND_SHARE) * done // len(steps)
            told(share - shown)
            shown = share
        requests.run_sla_monitor(worker)
    finally:
        worker.engine.dispose()


def _days(start: dt.datetime) -> Iterator[dt.datetime]:
    """Give one moment a day at which the monitor ran."""
    moment = start.replace(hour=1, minute=0, second=0, microsecond=0)
    while True:
        moment += dt.timedelta(days=1)
        yield moment
