"""Every screen in both languages and schemes, wide and narrow: for everybody, in full, and without a complaint."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import get_args

import pytest

from lers_web.standalone.frontend import FRONTEND
from tests.e2e.people import Person
from tests.portal.messages import untranslated
from tests.portal.screens import DOORS, SCREENS, Screen, routes_of
from tests.portal.visitor import Language, Portal, Visitor, report

SETTINGS = FRONTEND / "src" / "features" / "settings" / "sections.ts"
LOOKS = (("light", 1280), ("light", 360), ("dark", 360), ("dark", 1280))


@pytest.mark.parametrize("portal", get_args(Portal))
def test_the_list_of_screens_is_that_of_the_router(portal: Portal) -> None:
    listed = {screen.route for screen in SCREENS if screen.portal == portal}
    doors = {door.route for door in DOORS if door.route and door.path.startswith(f"/{portal}/")}
    assert listed | doors == routes_of(portal)


def test_the_list_of_sections_is_that_of_the_settings() -> None:
    listed = {screen.called.removeprefix("settings-") for screen in SCREENS if "$section" in screen.route}
    assert listed == set(re.findall(r"\{ id: '([\w-]+)'", SETTINGS.read_text()))


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_a_screen_is_for_everybody(
    resident: Callable[[Portal, str], Visitor], person: Callable[[str], Person], screen: Screen, language: Language
) -> None:
    visitor = resident(screen.portal, screen.email)
    visitor.prefer(language, "light")
    visitor.open(screen.path(person(screen.email)))

    wrong = untranslated(visitor.texts(), language)
    headings = visitor.headings()
    if len(headings) != 1 or not headings[0]:
        wrong.append(f"it has these first headings: {headings}")
    found: dict[str, list[str]] = {}
    for scheme, width in LOOKS:
        visitor.look(scheme, width)
        for line in (*map(str, visitor.axe()), *(visitor.overflow() if width == 360 else ())):
            found.setdefault(line, []).append(f"{scheme} {width}")
    wrong += [f"{', '.join(looks)}: {line}" for line, looks in found.items()]
    if wrong:
        pytest.fail(f"{visitor.page.url} in {language}:{report(wrong)}", pytrace=False)
