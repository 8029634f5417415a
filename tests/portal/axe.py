"""axe-core on a page of the portals: every rule that it turns on by itself, best practices included."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from playwright.sync_api import Page

from lers_web.standalone.frontend import FRONTEND

SCRIPT = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async (within) => {
  const found = await axe.run(within ?? document, { resultTypes: ['violations'] })
  const place = ({ target, html, failureSummary }) => ({ target: target.join(' '), html, why: failureSummary ?? '' })
  return found.violations.map(({ id, impact, help, nodes }) => ({ id, impact, help, places: nodes.map(place) }))
}"""


@dataclass(frozen=True)
class Finding:
    """One rule, broken in some places. As text it says where and how."""

    rule: str
    impact: str
    help: str
    places: tuple[tuple[str, str, str], ...]

    def __str__(self) -> str:
        lines = [f"{self.rule} ({self.impact}): {self.help}"]
        for target, html, why in self.places:
            lines += [f"    {target}", f"        {html[:200]}", *(f"        {line}" for line in why.splitlines()[1:])]
        return "\n".join(lines)


@cache
def _source() -> str:
    return SCRIPT.read_text()


def scan(page: Page, within: str | None = None) -> list[Finding]:
    """Return what axe finds on the page, or in the element of a selector."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_source())
    found: list[dict[str, Any]] = page.evaluate(RUN, within)
    return [
        Finding(
            rule=each["id"],
            impact=each["impact"] or "",
            help=each["help"],
            places=tuple((place["target"], place["html"], place["why"]) for place in each["places"]),
        )
        for each in found
    ]
