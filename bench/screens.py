"""What is timed at the portals, and what each may take. Every function is one visit with nothing in any cache."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import Browser

from bench.browser import Visit, visit
from bench.measure import percentile
from lers_web.demo.accounts import ADMIN, IO, NODAL

Figures = dict[str, float]

SLOW = 4.0
EVERYTHING = "/le/requests?view=all"
# Each word is followed by the pause after which the list looks for it: its rows come while the next one is typed.
TYPED, BETWEEN_KEYS_MS, BETWEEN_WORDS_MS = ("fraud ", "courier ", "wallet ", "refund"), 90.0, 260.0
FRAMES, PIXELS = 180, 400
# Columns whose heads are clicked: each order is asked of the server for the first time, and its answer drawn.
SORTS = ("Request", "Request", "Status", "Time left")
TIMES = 5

ROW = "document.querySelector('[data-row]')?.dataset.row"


@dataclass(frozen=True, slots=True)
class Goals:
    """The most that each figure may be: milliseconds, and numbers."""

    lcp: float = 1000
    lcp_slow: float = 2000
    cls: float = 0.02
    keystroke: float = 100
    route: float = 200
    dialog: float = 100
    first_row: float = 1200
    sort: float = 200
    frame: float = 33
    rows: float = 60


GOALS = Goals()


@dataclass(frozen=True, slots=True)
class First:
    """A screen that somebody comes to first; ``$request`` in its path is a request that the officer's list shows."""

    name: str
    path: str
    email: str | None = None


FIRSTS = (
    First("sign-in", "/le/"),
    First("request list", "/le/requests", IO),
    First("request", "/le/requests/$request", IO),
    First("provider dashboard", "/provider/", NODAL),
)
# As little as the same server can show: a line of text, without a script, a style or a font.
BARE = First("a line of text", "/healthz")


def shown_request(browser: Browser, base_url: str) -> str:
    """Return the id of the request with which the officer's list begins."""
    with visit(browser, base_url, email=IO) as visitor:
        visitor.open("/le/requests")
        return str(visitor.page.evaluate(f"() => {ROW}"))


def first_screen(browser: Browser, base_url: str, screen: First, request: str, *, slowdown: float = 1) -> Figures:
    """Open a screen; return when its largest part was painted, and by how much it moved about."""
    with visit(browser, base_url, email=screen.email, slowdown=slowdown) as visitor:
        visitor.open(screen.path.replace("$request", request))
        return {"lcp": visitor.seen("lcp"), "cls": visitor.seen("cls")}


def long_list(browser: Browser, base_url: str) -> Figures:
    """Come to the list of everything, sort it and search it; return what each took."""
    with visit(browser, base_url, email=ADMIN) as visitor:
        visitor.open(EVERYTHING)
        first_row = visitor.first_row()
        sorts = [_sort(visitor, column) for column in SORTS]
        visitor.page.locator("input[type=search]").focus()
        keys = visitor.keystrokes(TYPED, BETWEEN_KEYS_MS, BETWEEN_WORDS_MS)
        return {"first_row": first_row, "sort": median(sorts), "keystroke": percentile(keys, 0.95)}


def scrolled_list(
    browser: Browser, base_url: str, rows: int, prepare: Callable[[Visit], object] = lambda _: None
) -> Figures:
    """Load the list of everything page by page, as a reader does by going to its end; then scroll down through it."""
    with visit(browser, base_url, email=ADMIN) as visitor:
        prepare(visitor)
        visitor.open(EVERYTHING)
        loaded = visitor.load_rows(rows)
        scrolled = visitor.scroll(FRAMES, PIXELS)
        return {"loaded": loaded, "frame": percentile(sorted(scrolled["took"]), 0.95), "rows": scrolled["rows"]}


def scrolled_text(browser: Browser, base_url: str, rows: int) -> Figures:
    """Scroll in the same way through as many lines of text, all of them drawn: what the browser itself needs."""
    with visit(browser, base_url) as visitor:
        visitor.open(BARE.path)
        visitor.show_plain_rows(rows)
        return {"frame": percentile(sorted(visitor.scroll(FRAMES, PIXELS)["took"]), 0.95)}


def moves(browser: Browser, base_url: str, request: str) -> Figures:
    """Go to a request and back to the list, with both known already, and open a dialog there; return what each took."""
    with visit(browser, base_url, email=IO) as visitor:
        visitor.open("/le/requests")
        _to_request(visitor, request)
        _to_list(visitor)
        there = [(_to_request(visitor, request), _to_list(visitor)) for _ in range(TIMES)]
        _to_request(visitor, request)
        first, *again = [_dialog(visitor) for _ in range(TIMES + 1)]
        request_ms, list_ms = zip(*there, strict=True)
        return {
            "to_request": median(request_ms),
            "to_list": median(list_ms),
            "first_dialog": first,
            "dialog": median(again),
        }


def _sort(visitor: Visit, column: str) -> float:
    """Click a column's head; the rows of before are gone at once, and those of the new order come from the server."""
    head = visitor.page.get_by_role("columnheader", name=column)
    find = f"[...document.querySelectorAll('th')].find((one) => one.textContent === {json.dumps(column)}).ariaSort"
    before = json.dumps(visitor.page.evaluate(f"() => {find}"))
    took = visitor.stop_at(f"{ROW} && {find} !== {before}", head.get_by_role("button").click)
    visitor.settle()
    return took


def _to_request(visitor: Visit, request: str) -> float:
    """Click a request in the list; it is there when its number is in the heading."""
    link = visitor.page.locator(f'[data-row="{request}"] a')
    number = json.dumps(link.inner_text())
    took = visitor.stop_at(f"document.querySelector('#main h1')?.textContent.includes({number})", link.click)
    visitor.settle()
    return took


def _to_list(visitor: Visit) -> float:
    took = visitor.stop_at(ROW, visitor.page.locator('nav a[href="/le/requests"]:visible').first.click)
    visitor.settle()
    return took


def _dialog(visitor: Visit) -> float:
    """Open the dialog of a step in the menu of a request, and leave it again."""
    visitor.page.get_by_role("button", name="More steps").click()
    entry = visitor.page.get_by_role("menuitem", name="Save as a template")
    took = visitor.stop_at("document.querySelector('[role=dialog] input')?.checkVisibility()", entry.click)
    visitor.page.keyboard.press("Escape")
    visitor.page.get_by_role("dialog").wait_for(state="detached")
    return took
