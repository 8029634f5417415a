"""Somebody at a portal: one browser context, its page, and everything that went wrong in it."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from typing import Any, Literal

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, WebError, expect

from tests.e2e.people import PASSWORD
from tests.portal import in_page
from tests.portal.axe import Finding, scan

Language = Literal["en", "hi"]
Scheme = Literal["light", "dark"]
Portal = Literal["le", "provider"]
LOCALES: dict[Language, str] = {"en": "en-IN", "hi": "hi-IN"}
HEIGHTS = {1280: 800, 360: 740}
SECONDS = 15.0
# For a system whose visitors look at more in a minute than anybody does.
ROOMY = {"LERS_RATE_LIMIT_USER": "100000/minute", "LERS_RATE_LIMIT_LOGIN": "10000/minute"}
# Chromium says it once more on the console when an answer is a failure: the answer itself is counted.
SAID_TWICE = "Failed to load resource: the server responded with a status of"
# A page that is left takes its open calls with it.
LEFT = "net::ERR_ABORTED"


class Visitor:
    """A fresh browser context with its page. What goes wrong in it fails the test at its end (see ``unexpected``).

    Playwright's page is ``page``; its ``expect`` waits. Say beforehand what a test provokes: ``allow("answer: 422 ")``.
    """

    def __init__(
        self, browser: Browser, base_url: str, *, language: Language = "en", scheme: Scheme = "light", width: int = 1280
    ) -> None:
        self.base_url = base_url
        self.complaints: list[str] = []
        self._allowed: list[re.Pattern[str]] = []
        self._open_calls: set[Request] = set()
        self.context = browser.new_context(
            base_url=base_url,
            locale=LOCALES[language],
            timezone_id="Asia/Kolkata",
            color_scheme=scheme,
            reduced_motion="reduce",
            viewport=_viewport(width),
            accept_downloads=True,
        )
        self.context.set_default_timeout(SECONDS * 1000)
        self.context.add_init_script(in_page.TELL_OF_POLICY)
        self.context.on("console", self._on_console)
        self.context.on("weberror", self._on_error)
        self.context.on("request", self._on_request)
        self.context.on("requestfinished", self._on_finished)
        self.context.on("requestfailed", self._on_failed)
        self.context.on("response", self._on_response)
        self.page: Page = self.context.new_page()

    # -- moving about -------------------------------------------------------------------------------------------------

    def open(self, path: str) -> None:
        """Go to a path such as ``/le/requests``, and wait until it is there."""
        self.page.goto(path)
        self.settle()

    def sign_in(self, portal: Portal, email: str, password: str = PASSWORD, *, path: str = "/") -> None:
        """Sign in by the form, at the portal's first page or another one of it."""
        self.page.goto(f"/{portal}{path}")
        self.page.locator("input[type=email]").fill(email)
        self.page.locator("input[type=password]").fill(password)
        with self.page.expect_response("**/api/v1/auth/login/") as answered:
            self.page.locator("form button[type=submit]").click()
        assert answered.value.ok, f"{email} cannot sign in: {answered.value.status} {answered.value.text()}"
        expect(self.page.locator("input[type=password]")).to_have_count(0)
        self.settle()

    def settle(self) -> None:
        """Wait until the page has its heading and its fonts, and neither a call nor an animation is under way."""
        deadline = time.monotonic() + SECONDS
        while True:
            self.page.wait_for_function(in_page.AT_REST)
            if not self._open_calls:
                self.page.evaluate(in_page.TWO_FRAMES)
                if not self._open_calls and self.page.evaluate(in_page.AT_REST):
                    return
            assert time.monotonic() < deadline, f"still open: {[request.url for request in self._open_calls]}"
            self.page.wait_for_timeout(20)  # Playwright hears of finished calls while it waits

    def prefer(self, language: Language, scheme: Scheme) -> None:
        """Choose as the portals' own switches do: what this browser keeps. It holds from the next ``open``."""
        self.page.evaluate(in_page.PREFER, [language, scheme])

    def look(self, scheme: Scheme, width: int) -> None:
        """Show the open page in this scheme, as a switch in another tab would, and in a window of this width."""
        self.page.set_viewport_size(_viewport(width))
        html = self.page.locator("html")
        if html.get_attribute("data-mantine-color-scheme") != scheme:
            self.page.evaluate(in_page.SWITCH_SCHEME, scheme)
            expect(html).to_have_attribute("data-mantine-color-scheme", scheme)
        self.settle()

    # -- what is seen -------------------------------------------------------------------------------------------------

    def axe(self, *, within: str | None = None) -> list[Finding]:
        """Return what axe finds on the page as it is, by all its rules."""
        return scan(self.page, within)

    def overflow(self) -> list[str]:
        """Return what makes the page scroll sideways, if anything does."""
        found: list[str] = self.page.evaluate(in_page.OVERFLOW)
        return found

    def stretch(self) -> None:
        """Make every word half as long again, as another language would: what was drawn to fit English shows."""
        self.page.evaluate(in_page.STRETCH)
        self.page.evaluate(in_page.TWO_FRAMES)

    def clipped(self) -> list[str]:
        """Return the first few elements that do not show all of their text, though they do not say so by dots."""
        found: list[str] = self.page.evaluate(in_page.CLIPPED)
        return found

    def headings(self) -> list[str]:
        """Return the text of every first heading that is shown: there should be one."""
        found: list[str] = self.page.evaluate(in_page.HEADINGS)
        return found

    def texts(self) -> set[str]:
        """Return each piece of text on the page, and each name that is read out or shown as a hint."""
        found: list[str] = self.page.evaluate(in_page.TEXTS)
        return set(found)

    # -- what went wrong ----------------------------------------------------------------------------------------------

    def allow(self, *patterns: str) -> None:
        """Expect complaints that begin like one of these patterns: "answer: 409 PATCH .*/requests/", "console: ..."."""
        self._allowed += [re.compile(pattern) for pattern in patterns]

    def unexpected(self) -> list[str]:
        """Return the complaints so far that no ``allow`` foresaw."""
        if not self.page.is_closed():
            self.page.evaluate("1")  # whatever was said before is heard now
        return [line for line in self.complaints if not any(pattern.match(line) for pattern in self._allowed)]

    def take_unexpected(self) -> list[str]:
        """As ``unexpected``, and forget all complaints and what was foreseen: for the next test."""
        found = self.unexpected()
        self.complaints.clear()
        self._allowed.clear()
        return found

    def close(self) -> None:
        """Close the context."""
        self.context.close()

    def _complain(self, line: str) -> None:
        self.complaints.append(line)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(SAID_TWICE):
            self._complain(f"console: {message.text} ({self._short(message.location.get('url', ''))})")

    def _on_error(self, error: WebError) -> None:
        self._complain(f"page error: {error.error.stack or error.error}")

    def _on_request(self, request: Request) -> None:
        if request.resource_type in {"fetch", "xhr", "script"}:
            self._open_calls.add(request)

    def _on_finished(self, request: Request) -> None:
        self._open_calls.discard(request)

    def _on_failed(self, request: Request) -> None:
        self._open_calls.discard(request)
        if request.failure != LEFT:
            self._complain(f"no answer: {request.method} {self._short(request.url)} {request.failure}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400:
            self._complain(f"answer: {response.status} {response.request.method} {self._short(response.url)}")

    def _short(self, url: str) -> str:
        return url.removeprefix(self.base_url)


def _viewport(width: int) -> Any:
    return {"width": width, "height": HEIGHTS.get(width, 800)}


def report(lines: Sequence[object]) -> str:
    """Return one thing a line, for an assertion's message."""
    return "\n" + "\n".join(str(line) for line in lines)
