"""The doors: choosing a portal, and the sign-in and the invitation of each, before anybody is known."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.portal.messages import ids, only_english, untranslated
from tests.portal.screens import DOORS, Door
from tests.portal.visitor import Language, Scheme, Visitor, report

LOOKS = [
    (language, scheme, width) for language in ("en", "hi") for scheme in ("light", "dark") for width in (1280, 360)
]


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_a_door_is_open_to_everybody(
    visitor: Callable[..., Visitor], door: Door, language: Language, scheme: Scheme, width: int
) -> None:
    somebody = visitor(language=language, scheme=scheme, width=width)
    somebody.open(door.path)
    expect(somebody.page.locator("html")).to_have_attribute("lang", language)
    expect(somebody.page.locator("html")).to_have_attribute("data-mantine-color-scheme", scheme)
    wrong = [*somebody.axe(), *somebody.overflow(), *untranslated(somebody.texts(), language)]
    if wrong:
        pytest.fail(f"{somebody.page.url}:{report(wrong)}", pytrace=False)
    assert len(somebody.headings()) == 1


def test_what_a_page_complains_of_is_noticed(visitor: Callable[..., Visitor]) -> None:
    somebody = visitor()
    somebody.open("/le/")
    somebody.page.evaluate(
        """async () => {
          console.error('said by a script')
          setTimeout(() => { throw new Error('thrown by a script') })
          document.body.append(Object.assign(new Image(), { src: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=' }))
          try { document.createElement('p').innerHTML = '<b>markup</b>' } catch {}
          try { trustedTypes.createPolicy('other', {}) } catch {}
          await fetch('/api/v1/auth/me/')
        }"""
    )
    said = "\n".join(somebody.unexpected())
    for expected in (
        "console: said by a script", "page error: Error: thrown by a script", "answer: 401 GET /api/v1/auth/me/",
        "policy: img-src refused", "policy: require-trusted-types-for refused", "policy: trusted-types refused",
    ):  # fmt: skip
        assert expected in said, said
    somebody.allow("console: ", "page error: ", "answer: 401 GET /api/v1/auth/me/$")
    assert somebody.unexpected() == []


def test_what_is_wrong_with_a_page_is_seen(visitor: Callable[..., Visitor]) -> None:
    somebody = visitor(language="hi", width=360)
    somebody.open("/le/")
    english, identifier = min(only_english()), min(ids())
    somebody.page.evaluate(
        """(texts) => {
          const main = document.querySelector('main')
          main.append(Object.assign(document.createElement('button'), { type: 'button' }))
          main.append(Object.assign(document.createElement('div'), { textContent: texts[0], title: texts[1] }))
          main.lastChild.style.width = '500px'
        }""",
        [english, identifier],
    )
    assert [finding.rule for finding in somebody.axe()] == ["button-name"]
    assert [finding.rule for finding in somebody.axe(within="form")] == []
    assert any("<div " in line for line in somebody.overflow())
    assert untranslated(somebody.texts(), "hi") == [
        f"{identifier} stands for {ids()[identifier]!r}",
        f"{english!r} is English",
    ]
