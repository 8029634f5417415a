"""What people at the portals wait for, in Chromium on loopback: first screens, moves between them, and a long list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from playwright.sync_api import Browser

from bench import screens
from bench.cases import Effort
from bench.measure import Report, Sample, in_turn, median
from bench.screens import BARE, FIRSTS, GOALS, SLOW
from bench.system import System
from tests.portal.chromium import running_chromium

ROUNDS = 5
ROUNDS_QUICK = 3
ROWS = 10_000


def run(system: System, report: Report, effort: Effort) -> None:
    """Measure each in fresh contexts with nothing in any cache; medians."""
    rounds = ROUNDS if effort.seconds > 2 else min(ROUNDS_QUICK, effort.rounds)
    base_url = system.settings.base_url
    with running_chromium() as browser:
        request = screens.shown_request(browser, base_url)
        for slowdown, name, goal in ((1.0, "LCP", GOALS.lcp), (SLOW, f"LCP, CPU / {SLOW:g}", GOALS.lcp_slow)):
            _first_screens(partial(_first, browser, base_url, request, slowdown), report, rounds, name, goal)
        _moves(partial(screens.moves, browser, base_url, request), report, rounds)
        _list(browser, base_url, report, rounds)


def _first(browser: Browser, base_url: str, request: str, slowdown: float, screen: screens.First) -> Sample:
    return screens.first_screen(browser, base_url, screen, request, slowdown=slowdown)


def _first_screens(
    open_: Callable[[screens.First], Sample], report: Report, rounds: int, figure: str, goal: float
) -> None:
    samples = in_turn({screen.name: partial(open_, screen) for screen in (*FIRSTS, BARE)}, rounds)
    report.samples[f"portals {figure}"] = samples
    bare = median(samples[BARE.name], "lcp")
    for screen in FIRSTS:
        taken = median(samples[screen.name], "lcp")
        report.add(
            screen.name, figure, "ms", taken, bare, against=BARE.name, at_most=goal, absolute=True,
            note=_of(taken, goal),
        )  # fmt: skip
        report.add(
            screen.name, figure.replace("LCP", "CLS"), "", median(samples[screen.name], "cls"), at_most=GOALS.cls
        )


def _moves(move: Callable[[], Sample], report: Report, rounds: int) -> None:
    samples = [move() for _ in range(rounds)]
    report.samples["portals moves"] = samples
    for key, figure, goal in (
        ("to_request", "list to request, cached", GOALS.route),
        ("to_list", "request to list, cached", GOALS.route),
        ("dialog", "dialog", GOALS.dialog),
    ):
        taken = median(samples, key)
        report.add("moves", figure, "ms", taken, at_most=goal, note=_of(taken, goal))
    report.add("moves", "dialog, the first", "ms", median(samples, "first_dialog"), note="with its code")


def _list(browser: Browser, base_url: str, report: Report, rounds: int) -> None:
    samples = [screens.long_list(browser, base_url) for _ in range(rounds)]
    contenders = {
        "list": partial(screens.scrolled_list, browser, base_url, ROWS),
        "text": partial(screens.scrolled_text, browser, base_url, ROWS),
    }
    by_contender = in_turn(contenders, rounds)
    scrolled = by_contender["list"]
    report.samples["portals list"] = {"list": samples, "scrolled": by_contender}
    for key, figure, goal in (
        ("first_row", "first row", GOALS.first_row),
        ("sort", "sort", GOALS.sort),
        ("keystroke", "keystroke to paint p95", GOALS.keystroke),
    ):
        taken = median(samples, key)
        report.add("long list", figure, "ms", taken, at_most=goal, note=_of(taken, goal))
    note = f"{min(sample['loaded'] for sample in scrolled):,} rows loaded, page by page"
    frame = median(scrolled, "frame")
    report.add(
        "long list", "scroll, frame p95", "ms", frame, median(by_contender["text"], "frame"),
        against="as many lines of text", at_most=GOALS.frame, absolute=True, note=f"{_of(frame, GOALS.frame)}; {note}",
    )  # fmt: skip
    report.add("long list", "rows in the DOM", "", median(scrolled, "rows"), at_most=GOALS.rows, note=note)


def _of(taken: float, goal: float) -> str:
    return f"{taken / goal:.2f} of the goal"
