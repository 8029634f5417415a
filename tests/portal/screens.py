"""Every screen of both portals: its route, who looks at it, and where the demo has something to show there."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lers_web.standalone.frontend import FRONTEND
from tests.e2e.people import Person
from tests.portal.visitor import Portal

PEOPLE = {
    "io": "io@cyber-mumbai.example",
    "approver": "sho@cyber-mumbai.example",  # the admin of the unit, too
    "super": "admin@lers.example",
    "provider": "nodal@bharat-telecom.example",  # the admin of the provider, too
}
ROUTERS: dict[Portal, Path] = {
    "le": FRONTEND / "src" / "portals" / "enforcement" / "router.tsx",
    "provider": FRONTEND / "src" / "portals" / "provider" / "router.tsx",
}
ROUTE = re.compile(r"\bat\(\s*'([^']+)'|\bpath:\s*'([^']+)'")

Find = Callable[[Person], str]


@dataclass(frozen=True)
class Screen:
    """A route as one person sees it. ``find`` asks the API what to put in the place of the route's parameter."""

    portal: Portal
    route: str
    who: str
    find: Find | None = None
    called: str = ""

    @property
    def email(self) -> str:
        """Who looks at it."""
        return PEOPLE[self.who]

    @property
    def name(self) -> str:
        """A name for tests and pictures."""
        called = self.called or self.route.strip("/").replace("/", "-").replace("$", "") or "dashboard"
        return f"{self.portal}-{self.who}-{called}"

    def path(self, person: Person) -> str:
        """The path under which this person has something to see here."""
        filled = re.sub(r"\$\w+", lambda _: self.find(person) if self.find else "?", self.route)
        return f"/{self.portal}{filled}"


def first(path: str, key: str = "id") -> Find:
    """Find the first of a list of the API, as this person sees it."""

    def find(person: Person) -> str:
        items = person.get(path)["items"]
        assert items, f"the demo has nothing for {person.email} in {path}"
        return str(items[0][key])

    return find


def request_in(status: str) -> Find:
    """Find a request in this state."""
    return first(f"/lers/requests/?status={status}&limit=1")


def own_item(person: Person) -> str:
    """Find an item of the catalog that this person may change."""
    items = person.get("/lers/catalog/?limit=50")["items"]
    return next(str(item["id"]) for item in items if item["abilities"]["update"])


def other_item(person: Person) -> str:
    """Find an item of another provider's catalog."""
    items = person.get("/lers/catalog/?limit=50")["items"]
    return next(str(item["id"]) for item in items if not item["abilities"]["update"])


def own_draft(person: Person) -> str:
    """Find a draft that this person may change."""
    drafts = person.get("/lers/requests/?status=DRAFT&limit=50")["items"]
    return next(str(draft["id"]) for draft in drafts if draft["abilities"]["update"])


def response_in(status: str) -> Find:
    """Find a response in this state."""

    def find(person: Person) -> str:
        items = person.get("/lers/responses/?limit=50")["items"]
        return next(str(item["id"]) for item in items if item["status"] == status)

    return find


@dataclass(frozen=True)
class Door:
    """A page for somebody who is not signed in. ``route`` is what it has in a portal's router, if it is in one."""

    name: str
    path: str
    route: str | None = None


DOORS = [
    Door("chooser", "/"),
    *(Door(f"{portal}-sign-in", f"/{portal}/") for portal in ROUTERS),
    *(Door(f"{portal}-invitation", f"/{portal}/invitation#token=none", "/invitation") for portal in ROUTERS),
]
# The sections of the settings have addresses of their own, and one route.
SECTIONS = ("profile", "look", "password", "second-step", "sessions", "keys", "shortcuts")


def _section(portal: Portal, who: str, section: str) -> Screen:
    return Screen(portal, "/settings/$section", who, lambda _: section, f"settings-{section}")


def _le(who: str, *routes: str) -> list[Screen]:
    return [Screen("le", route, who) for route in routes]


SCREENS = [
    *_le("io", "/", "/requests", "/requests/new", "/responses", "/catalog", "/providers", "/templates", "/analytics"),
    *_le("io", "/notifications", "/settings"),
    *(_section("le", "io", section) for section in SECTIONS),
    Screen("le", "/requests/$requestId", "io", request_in("IN_PROGRESS")),
    Screen("le", "/requests/$requestId/edit", "io", own_draft),
    Screen("le", "/requests/$requestId/print", "io", request_in("COMPLETED")),
    Screen("le", "/requests/$requestId/certificate", "io", request_in("COMPLETED")),
    Screen("le", "/responses/$responseId", "io", response_in("RECEIVED")),
    Screen("le", "/responses/$responseId/receipt", "io", response_in("ACCEPTED")),
    Screen("le", "/catalog/$itemId", "io", first("/lers/catalog/?limit=1")),
    Screen("le", "/providers/$tenantId", "io", first("/lers/providers/")),
    Screen("le", "/templates/$templateId", "io", first("/lers/templates/?limit=1")),
    *_le("approver", "/", "/approvals", "/requests", "/audit", "/team"),
    _section("le", "approver", "delegations"),
    Screen("le", "/approvals/$requestId", "approver", request_in("PENDING_APPROVAL")),
    *_le("super", "/", "/requests", "/audit", "/admin/tenants", "/admin/users", "/admin/authority"),
    *_le("super", "/admin/break-glass", "/admin/health", "/admin/jobs"),
    *(
        Screen("provider", route, "provider")
        for route in (
            "/", "/inbox", "/catalog", "/profile", "/metrics", "/team", "/notifications", "/audit", "/settings",
        )
    ),
    Screen("provider", "/requests/$requestId", "provider", request_in("IN_PROGRESS")),
    Screen("provider", "/requests/$requestId/respond", "provider", request_in("IN_PROGRESS")),
    Screen("provider", "/requests/$requestId/print", "provider", request_in("COMPLETED")),
    Screen("provider", "/catalog/$itemId", "provider", own_item),
    Screen("provider", "/catalog/$itemId", "provider", other_item, "catalog-itemId-of-another"),
    _section("provider", "provider", "keys"),
]  # fmt: skip


def routes_of(portal: Portal) -> set[str]:
    """Return the routes that a portal's router declares."""
    return {found[1] or found[2] for found in ROUTE.finditer(ROUTERS[portal].read_text())}
