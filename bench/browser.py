"""Somebody at a portal with a stopwatch: one cold Chromium context, and what its page tells of time.

The browser itself tells when the largest part was painted, what moved, and how long a keystroke took until its frame
was shown. The rest counts from the event of the user's hand to the first frame in which the page is as expected.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from playwright.sync_api import Browser, Page, Request

from lers_web.demo.accounts import PASSWORD

WIDE = {"width": 1280, "height": 800}
SECONDS = 30.0
# The shortest that a browser tells of: what is not told took less.
LEAST_MS = 16.0

STOPWATCH = """(() => {
  const seen = { lcp: NaN, cls: 0, keys: new Map() }
  const watch = (type, see, more) =>
    new PerformanceObserver((list) => list.getEntries().forEach(see)).observe({ type, buffered: true, ...more })
  watch('largest-contentful-paint', (entry) => { seen.lcp = entry.startTime })
  watch('layout-shift', (entry) => { if (!entry.hadRecentInput) seen.cls += entry.value })
  watch('event', ({ name, interactionId, duration }) => {
    if (name.startsWith('key') && interactionId)
      seen.keys.set(interactionId, Math.max(duration, seen.keys.get(interactionId) ?? 0))
  }, { durationThreshold: 16 })
  const painted = (done, tell) => requestAnimationFrame(() => {
    if (!done()) return painted(done, tell)
    // The first task after this callback: by then the frame has been laid out and painted.
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => tell(performance.now())
    port2.postMessage(null)
  })
  const bench = (window.bench = { seen, row: null, took: null })
  bench.after = (event, done) => {
    bench.took = null
    const began = ({ timeStamp }) => painted(done, (at) => { bench.took = at - timeStamp })
    addEventListener(event, began, { capture: true, once: true })
  }
  painted(() => document.querySelector('[data-row]'), (at) => { bench.row = at })
})()"""

# A portal's page has its heading then; a page without a place for a portal is there when it is loaded.
AT_REST = """() => document.fonts.status === 'loaded' && !Number.isNaN(bench.seen.lcp)
  && (document.querySelector('h1')?.checkVisibility() || !document.querySelector('#root'))
  && !document.querySelector('[aria-busy="true"], [class*="skeleton" i], [class*="loader" i]')"""
QUIET_MS = 200.0
CALLS = {"fetch", "xhr", "script", "stylesheet", "font", "image"}

# One frame after the other, each a little further down; then how long each took, and how many rows there ever were.
SCROLL = """([frames, pixels]) => new Promise((tell) => {
  const took = []
  let rows = 0
  let before = null
  const step = (now) => {
    if (before !== null) took.push(now - before)
    before = now
    rows = Math.max(rows, document.querySelectorAll('[data-row]').length)
    if (took.length >= frames) return tell({ took, rows })
    window.scrollBy(0, pixels)
    requestAnimationFrame(step)
  }
  requestAnimationFrame(step)
})"""


# The same number of rows without anything in them but text.
PLAIN_ROWS = """(count) => document.body.replaceChildren(...Array.from({ length: count }, (_, at) => {
  const row = document.createElement('p')
  row.textContent = `Row ${at}`
  row.dataset.row = at
  return row
}))"""

# Rows are numbered from 2, after the head. A list with more to come does not say how many it has: its last row does.
GO_TO_END = """(known) => {
  window.scrollTo(0, document.documentElement.scrollHeight)
  const table = document.querySelector('table')
  const count = Number(table.getAttribute('aria-rowcount'))
  const drawn = [...table.querySelectorAll('[data-row]')].map((row) => Number(row.getAttribute('aria-rowindex')))
  const rows = (count < 0 ? Math.max(1, ...drawn) : count) - 1
  return (rows > known || count >= 0) && { rows, more: count < 0 }
}"""


class Visit:
    """A page of a fresh context. ``slowdown`` divides the speed of its main thread."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._open_calls: set[Request] = set()
        self._asked = False
        page.on("request", self._on_request)
        page.on("requestfinished", self._on_end)
        page.on("requestfailed", self._on_end)

    def open(self, path: str) -> None:
        """Go there, and wait until nothing is loading or moving any more."""
        self.page.goto(path)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is loading, and nothing has been asked for during a moment."""
        deadline = time.monotonic() + SECONDS
        quiet = False
        while not quiet:
            if time.monotonic() > deadline:
                raise RuntimeError(f"{self.page.url} is not done with {[call.url for call in self._open_calls]}")
            self.page.wait_for_function(AT_REST)
            self._asked = False
            self.page.wait_for_timeout(QUIET_MS)
            quiet = not self._asked and not self._open_calls

    def seen(self, what: str) -> float:
        """Return what the browser has told of: ``lcp`` in milliseconds, ``cls``."""
        return float(self.page.evaluate(f"() => bench.seen.{what}"))

    def first_row(self) -> float:
        """Return when the first row of a list was there, in milliseconds after the navigation began."""
        return float(self.page.wait_for_function("() => bench.row").json_value())

    def stop_at(self, condition: str, act: Callable[[], object], *, event: str = "click") -> float:
        """Act, and return how many milliseconds after ``event`` the page was painted with ``condition`` true."""
        self.page.evaluate(f"() => bench.after({json.dumps(event)}, () => {condition})")
        act()
        return float(self.page.wait_for_function("() => bench.took").json_value())

    def keystrokes(self, words: Sequence[str], between_keys: float, between_words: float) -> list[float]:
        """Type into what has the focus; return for each key how long it took until the next paint, sorted."""
        self.page.evaluate("() => bench.seen.keys.clear()")
        for word in words:
            self.page.keyboard.type(word, delay=between_keys)
            self.page.wait_for_timeout(between_words)
        self.settle()
        told: Sequence[float] = self.page.evaluate("() => [...bench.seen.keys.values()]")
        return sorted([*told, *[LEAST_MS] * (sum(map(len, words)) - len(told))])

    def load_rows(self, wanted: int) -> int:
        """Go to the end of a list until it has that many rows, or there are no more; return how many, from its top."""
        rows, more = 0, True
        while more and rows < wanted:
            found = self.page.wait_for_function(GO_TO_END, arg=rows).json_value()
            rows, more = int(found["rows"]), found["more"]
        self.page.evaluate("() => window.scrollTo(0, 0)")
        self.settle()
        return rows

    def show_plain_rows(self, count: int) -> None:
        """Put lines of text in the place of all that the page shows."""
        self.page.evaluate(PLAIN_ROWS, count)

    def scroll(self, frames: int, pixels: int) -> dict[str, Any]:
        """Scroll on in every frame; return how long each ``took``, and the most ``rows`` that the page ever had."""
        scrolled: dict[str, Any] = self.page.evaluate(SCROLL, [frames, pixels])
        return scrolled

    def _on_request(self, call: Request) -> None:
        if call.resource_type in CALLS:
            self._asked = True
            self._open_calls.add(call)

    def _on_end(self, call: Request) -> None:
        self._open_calls.discard(call)


@contextlib.contextmanager
def visit(browser: Browser, base_url: str, *, email: str | None = None, slowdown: float = 1) -> Iterator[Visit]:
    """Enter with nothing in any cache; with ``email``, as somebody whose session goes on from an earlier page."""
    context = browser.new_context(base_url=base_url, locale="en-IN", timezone_id="Asia/Kolkata", viewport=WIDE)
    try:
        context.set_default_timeout(SECONDS * 1000)
        context.add_init_script(STOPWATCH)
        if email:
            answer = context.request.post("/api/v1/auth/login/", data={"email": email, "password": PASSWORD})
            if not answer.ok:
                raise RuntimeError(f"{email} cannot sign in: {answer.status} {answer.text()}")
        page = context.new_page()
        if slowdown != 1:
            context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
        yield Visit(page)
    finally:
        context.close()
