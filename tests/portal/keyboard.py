"""A pair of hands on a keyboard, and no mouse: what cannot be reached with these cannot be reached by some people."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.portal import in_page

MOST_STEPS = 90


class Keyboard:
    """The keys of one page. ``go_to`` walks by Tab to where the work is, as somebody without a mouse must."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        """Press keys one after the other; each by its name in Playwright ("Control+Enter", "a")."""
        for key in keys:
            self.page.keyboard.press(key)

    def go_to(self, place: Locator, key: str = "Tab") -> None:
        """Press a key until ``place`` has the focus; fail when it never gets it, or when nobody can see that it has."""
        expect(place).to_be_visible()
        self._walk(lambda: bool(place.evaluate("element => element === document.activeElement")), place, key)

    def use(self, place: Locator, key: str = "Enter") -> None:
        """Go to a button or a link, and press it."""
        self.go_to(place)
        self.press(key)

    def choose(self, radio: Locator) -> None:
        """Go to the group that a radio is in, and to the radio by the group's arrows."""
        group = f"input[name='{radio.get_attribute('name')}']"
        self._walk(lambda: self.page.locator(f"{group}:focus").count() == 1, radio)
        for _ in range(self.page.locator(group).count()):
            if radio.is_checked():
                return
            self.press("ArrowDown")
        expect(radio).to_be_checked()

    def fill(self, place: Locator, text: str) -> None:
        """Go to a field and write ``text`` in the place of what is there."""
        self.go_to(place)
        self.press("Control+a")
        self.page.keyboard.type(text)
        expect(place).to_have_value(text)

    def _walk(self, arrived: Callable[[], bool], place: Locator, key: str = "Tab") -> None:
        for _ in range(MOST_STEPS):
            if arrived():
                seen = self.page.evaluate(in_page.FOCUS_IS_SEEN)
                assert seen is True, f"the focus is not in sight: {seen}"
                return
            self.press(key)
            self.page.evaluate(in_page.TWO_FRAMES)
        raise AssertionError(f"{MOST_STEPS} times {key} did not come to {place}")
