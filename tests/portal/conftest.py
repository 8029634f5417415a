"""A browser on a real system of its own. Write a test with ``visitor``; arrange what it needs with ``person``.

    def test_a_draft_is_kept(visitor, person):
        draft = person("io@cyber-mumbai.example").post("/lers/requests/", {...})
        officer = visitor(width=360)
        officer.sign_in("le", "io@cyber-mumbai.example", path=f"/requests/{draft['id']}")
        expect(officer.page.get_by_role("heading", level=1)).to_contain_text(draft["reference"])

PORTAL_URL=http://localhost:8080 lets the tests use a system that runs already, with the portals as they were built for
it, instead of building them and starting one.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser
from playwright.sync_api import Error as PlaywrightError

from lers_web.standalone import frontend
from tests.conftest import temporary_home
from tests.e2e.people import Person
from tests.launched import Launched
from tests.portal.chromium import running_chromium
from tests.portal.visitor import ROOMY, Portal, Visitor, report

PICTURES = frontend.FRONTEND / "test-results"
FAILED = pytest.StashKey[bool]()


@dataclass(frozen=True)
class Elsewhere:
    """A system that somebody else has started."""

    base_url: str
    hub_url: str


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let a fixture know at its end whether the test failed."""
    result = yield
    if result.when == "call":
        item.stash[FAILED] = result.failed
    return result


@pytest.fixture(scope="session")
def built() -> None:
    """The portals, built from the sources as they are now."""
    frontend.build(frontend.FRONTEND)


@pytest.fixture(scope="session")
def system(request: pytest.FixtureRequest) -> Iterator[Launched | Elsewhere]:
    """A whole system with the demo data, for the tests in browsers alone."""
    running = os.environ.get("PORTAL_URL")  # noqa: TID251 - the tests' own switch, and none of the system's
    if running:
        config = requests.get(f"{running.rstrip('/')}/api/v1/config/", timeout=10).json()
        yield Elsewhere(running.rstrip("/"), config["hub_url"])
        return
    request.getfixturevalue("built")
    with temporary_home() as path, Launched(path, environ=ROOMY) as launched:
        yield launched.start(until="LERS is ready\n")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's Chromium, driven by Playwright."""
    with running_chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def person(system: Launched | Elsewhere) -> Callable[[str], Person]:
    """A function that signs somebody in to the API, to arrange what a test needs and to look at what it did."""
    return functools.cache(lambda email: Person(system.base_url, email))


@pytest.fixture
def visitor(
    browser: Browser, system: Launched | Elsewhere, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Visitor]]:
    """A function that opens a fresh browser context: ``visitor(language="hi", scheme="dark", width=360)``.

    At the end of the test everything that any of its pages complained of fails it: console errors, errors of scripts,
    calls without an answer or with one of 400 or more, and whatever the content security policy refused.
    """
    opened: list[Visitor] = []

    def enter(**how: Any) -> Visitor:
        opened.append(Visitor(browser, system.base_url, **how))
        return opened[-1]

    yield enter
    try:
        hold_to_account(opened, request.node)
    finally:
        for each in opened:
            each.close()


@pytest.fixture(scope="session")
def _residents(browser: Browser, system: Launched | Elsewhere) -> Iterator[Callable[[Portal, str], Visitor]]:
    signed_in: dict[tuple[Portal, str], Visitor] = {}

    def find(portal: Portal, email: str) -> Visitor:
        if (portal, email) not in signed_in:
            visitor = Visitor(browser, system.base_url)
            visitor.sign_in(portal, email)
            signed_in[portal, email] = visitor
        return signed_in[portal, email]

    yield find
    for each in signed_in.values():
        each.close()


@pytest.fixture
def resident(
    _residents: Callable[[Portal, str], Visitor], request: pytest.FixtureRequest
) -> Iterator[Callable[[Portal, str], Visitor]]:
    """A function that returns somebody who is signed in since an earlier test: to look at screens, not to act.

    It is held to account as ``visitor`` is.
    """
    used: list[Visitor] = []

    def find(portal: Portal, email: str) -> Visitor:
        used.append(_residents(portal, email))
        return used[-1]

    yield find
    hold_to_account(used, request.node)


def hold_to_account(visitors: list[Visitor], test: pytest.Item) -> None:
    """Fail a test whose visitors complained, and keep pictures of what they see then."""
    complaints = [line for each in visitors for line in each.take_unexpected()]
    if complaints or test.stash.get(FAILED, False):
        test.add_report_section("teardown", "pictures", "\n".join(keep_pictures(visitors, test.name)))
    assert not complaints, f"the pages complained:{report(complaints)}"


def keep_pictures(visitors: list[Visitor], test: str) -> list[str]:
    """Save what each visitor sees under the test's name; return where."""
    PICTURES.mkdir(exist_ok=True)
    name = re.sub(r"[^\w-]+", "-", test).strip("-")
    said = []
    for number, each in enumerate(visitors, 1):
        picture = PICTURES / f"{name}-{number}.png"
        try:
            each.page.screenshot(path=picture)
        except PlaywrightError as error:
            said.append(f"no picture of visitor {number}: {error}")
        else:
            said.append(f"{each.page.url} looked like {picture}")
    return said
