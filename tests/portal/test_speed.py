"""What people at the portals wait for, held to three times its goal: slower than that is no matter of the machine.

``make bench`` measures the same, with the goals themselves. A figure that is too long because others use the processors
is taken again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Browser, Route

from bench import screens
from bench.browser import Visit
from bench.screens import FIRSTS, GOALS, Figures, First
from tests.launched import Launched
from tests.portal.conftest import Elsewhere
from tests.portal.visitor import report

MARGIN = 3
TRIES = 3
ROWS = 10_000


@pytest.mark.parametrize("screen", FIRSTS, ids=lambda screen: screen.name)
def test_a_first_screen_is_there_soon_and_stays_where_it_is(
    browser: Browser, system: Launched | Elsewhere, screen: First
) -> None:
    request = screens.shown_request(browser, system.base_url)
    keep_to(
        {"lcp": GOALS.lcp, "cls": GOALS.cls}, partial(screens.first_screen, browser, system.base_url, screen, request)
    )


def test_known_screens_and_dialogs_come_at_once(browser: Browser, system: Launched | Elsewhere) -> None:
    request = screens.shown_request(browser, system.base_url)
    goals = {"to_request": GOALS.route, "to_list": GOALS.route, "dialog": GOALS.dialog}
    keep_to(goals, partial(screens.moves, browser, system.base_url, request))


def test_a_list_answers_at_once(browser: Browser, system: Launched | Elsewhere) -> None:
    goals = {"first_row": GOALS.first_row, "sort": GOALS.sort, "keystroke": GOALS.keystroke}
    keep_to(goals, partial(screens.long_list, browser, system.base_url))


def test_ten_thousand_rows_scroll_like_ten(browser: Browser, system: Launched | Elsewhere) -> None:
    def scroll() -> Figures:
        found = screens.scrolled_list(browser, system.base_url, ROWS, multiply_rows)
        # When lines of text take long, too, the processors are others'.
        crowded = screens.scrolled_text(browser, system.base_url, ROWS)["frame"] / GOALS.frame
        return {**found, "frame": found["frame"] / max(1, crowded)}

    # The number of rows depends on no machine: it has no margin.
    found = keep_to({"frame": GOALS.frame, "rows": GOALS.rows / MARGIN}, scroll)
    assert found["loaded"] == ROWS


def keep_to(goals: dict[str, float], measure: Callable[[], Figures]) -> Figures:
    """Measure until all figures are within the margin; fail when they never are."""
    tries = []
    for _ in range(TRIES):
        figures = measure()
        tries.append({name: figures[name] for name in goals})
        if all(figures[name] <= goal * MARGIN for name, goal in goals.items()):
            return figures
    pytest.fail(f"more than {MARGIN} times {goals}, each time:{report(tries)}", pytrace=False)


def multiply_rows(visitor: Visit) -> None:
    """Let the list be answered with ten thousand rows in one page, made of those that the demo has."""

    def answer(route: Route) -> None:
        page = route.fetch().json()
        few = page["items"]
        many = [
            {**few[number % len(few)], "id": f"{number:08d}{few[number % len(few)]['id'][8:]}"}
            for number in range(ROWS)
        ]
        route.fulfill(json={**page, "items": many, "total": ROWS, "next_cursor": None})

    visitor.page.route("**/api/v1/lers/requests/?*limit=100*", answer)
