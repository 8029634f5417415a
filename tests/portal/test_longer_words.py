"""Every screen with words half as long again, as other languages have them: none is cut, none runs out of the page."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.e2e.people import Person
from tests.portal.screens import DOORS, SCREENS, Door, Screen
from tests.portal.visitor import Portal, Visitor, report

WIDTHS = (1280, 360)


def cut_off(visitor: Visitor) -> list[str]:
    """Stretch the words of the open page at each width, and return what does not hold them."""
    found: list[str] = []
    for width in WIDTHS:
        visitor.look("light", width)
        visitor.stretch()
        found += [f"{width}: {line}" for line in (*visitor.clipped(), *visitor.overflow())]
    return found


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_a_screen_holds_longer_words(
    resident: Callable[[Portal, str], Visitor], person: Callable[[str], Person], screen: Screen
) -> None:
    visitor = resident(screen.portal, screen.email)
    visitor.prefer("en", "light")
    visitor.open(screen.path(person(screen.email)))
    wrong = cut_off(visitor)
    if wrong:
        pytest.fail(f"{visitor.page.url}:{report(wrong)}", pytrace=False)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_a_door_holds_longer_words(visitor: Callable[..., Visitor], door: Door) -> None:
    somebody = visitor()
    somebody.open(door.path)
    wrong = cut_off(somebody)
    if wrong:
        pytest.fail(f"{somebody.page.url}:{report(wrong)}", pytrace=False)


def test_what_is_cut_is_seen(visitor: Callable[..., Visitor]) -> None:
    somebody = visitor()
    somebody.open("/le/")
    somebody.page.evaluate(
        """() => {
          const narrow = Object.assign(document.createElement('div'), { textContent: 'Approvals', className: 'narrow' })
          Object.assign(narrow.style, { inlineSize: '5rem', overflow: 'hidden', whiteSpace: 'nowrap' })
          document.querySelector('main').append(narrow)
        }"""
    )
    assert not any("narrow" in line for line in somebody.clipped()), "the word as it is fits"
    somebody.stretch()
    assert any("narrow" in line for line in somebody.clipped()), "the longer one does not"
