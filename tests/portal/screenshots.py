"""Pictures of every screen, for the eye: ``make screenshots``, or ``make screenshots ARGS=hi`` for those in Hindi.

SCREENS_URL names a system that runs already.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from playwright.sync_api import Browser

from lers_web.standalone.frontend import FRONTEND
from tests.conftest import temporary_home
from tests.e2e.people import Person
from tests.launched import Launched
from tests.portal.chromium import running_chromium
from tests.portal.screens import DOORS, SCREENS, Screen
from tests.portal.visitor import ROOMY, Language, Portal, Scheme, Visitor

FOLDER = FRONTEND / "screenshots"
LOOKS: tuple[tuple[Scheme, int], ...] = (("light", 1280), ("light", 360), ("dark", 360), ("dark", 1280))


def main(arguments: Sequence[str]) -> int:
    """Take all pictures; 1 when a screen could not be shown, which is told and passed over."""
    language: Language = "hi" if "hi" in arguments else "en"
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with _address() as base_url, running_chromium() as browser:
        missed = [*_doors(browser, base_url, language), *_screens(browser, base_url, language)]
    for line in missed:
        sys.stderr.write(f"{line}\n")
    taken = len(list(FOLDER.glob("*.png")))
    sys.stdout.write(f"{taken} pictures are in {FOLDER.relative_to(FRONTEND.parent)}\n")
    return 1 if missed else 0


@contextmanager
def _address() -> Iterator[str]:
    running = os.environ.get("SCREENS_URL")  # noqa: TID251 - this program's own switch, and none of the system's
    if running:
        yield running.rstrip("/")
        return
    sys.stdout.write("starting a system with demo data\n")
    with temporary_home() as path, Launched(path, environ=ROOMY) as system:
        yield system.start(until="LERS is ready\n").base_url


def _doors(browser: Browser, base_url: str, language: Language) -> Iterator[str]:
    for scheme, width in LOOKS:
        visitor = Visitor(browser, base_url, language=language, scheme=scheme, width=width)
        for door in DOORS:
            yield from _take(visitor, door.name, door.path, ((scheme, width),))
        visitor.close()


def _screens(browser: Browser, base_url: str, language: Language) -> Iterator[str]:
    people: dict[str, Person] = {}
    residents: dict[tuple[Portal, str], Visitor] = {}
    for screen in SCREENS:
        try:
            person = people.get(screen.email) or people.setdefault(screen.email, Person(base_url, screen.email))
            visitor = residents.get((screen.portal, screen.email)) or _signed_in(browser, base_url, screen, language)
            residents[screen.portal, screen.email] = visitor
            path = screen.path(person)
        except (AssertionError, StopIteration) as error:
            yield f"{screen.name}: {error!r}"
        else:
            yield from _take(visitor, screen.name, path)
    for visitor in residents.values():
        visitor.close()


def _signed_in(browser: Browser, base_url: str, screen: Screen, language: Language) -> Visitor:
    visitor = Visitor(browser, base_url, language=language)
    visitor.sign_in(screen.portal, screen.email)
    return visitor


def _take(visitor: Visitor, name: str, path: str, looks: Sequence[tuple[Scheme, int]] = LOOKS) -> Iterator[str]:
    try:
        visitor.open(path)
        for scheme, width in looks:
            visitor.look(scheme, width)
            visitor.page.screenshot(path=FOLDER / f"{name}-{scheme}-{width}.png", full_page=True)
    except Exception as error:  # noqa: BLE001 - one screen that fails may not keep the others from being seen
        yield f"{name} ({path}): {error}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
