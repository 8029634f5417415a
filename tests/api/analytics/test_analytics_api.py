"""The dashboards' figures over HTTP."""

from __future__ import annotations

import re
from uuid import UUID

import marshmallow as ma
import pytest

from lers_web.domains.analytics.schemas import OverviewOut, ProvidersFiguresOut, SlaFiguresOut
from lers_web.domains.requests.service import Status
from tests.factories import cases
from tests.factories.callers import Callers
from tests.factories.cast import Cast
from tests.factories.shapes import differences


@pytest.mark.parametrize(("who", "total"), [("io", 2), ("sho", 1), ("nodal", 1), ("banker", 0), ("admin", 2)])
def test_everybody_has_an_overview_of_their_own(people: Callers, cast: Cast, item: UUID, who: str, total: int) -> None:
    if not people.call("io", "GET", "/lers/requests/").json["total"]:
        cases.make_draft(cast, item)
        cases.make_request(cast, item, Status.ACKNOWLEDGED)
    found = people.call(who, "GET", "/lers/analytics/overview/")
    assert found.status_code == 200
    assert not differences(OverviewOut, found.json)
    assert found.json["total"] == total


@pytest.mark.parametrize("who", ["io", "sho", "nodal", "banker", "admin"])
@pytest.mark.parametrize(("path", "schema"), [("sla", SlaFiguresOut), ("providers", ProvidersFiguresOut)])
def test_promises_and_providers_are_as_documented(
    people: Callers, cast: Cast, item: UUID, *, who: str, path: str, schema: type[ma.Schema]
) -> None:
    if not people.call("sho", "GET", "/lers/requests/?status=COMPLETED").json["total"]:
        cases.make_request(cast, item, Status.COMPLETED)
        cases.make_request(cast, item, Status.SUBMITTED)
    found = people.call(who, "GET", f"/lers/analytics/{path}/")
    assert found.status_code == 200
    assert not differences(schema, found.json)
    start = found.json["period"]["start"]  # the first of a month in India, told in UTC
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT18:30:00Z", start), start
    assert (found.json.get("team") is None) == (path == "sla" or who not in {"nodal", "banker"})


@pytest.mark.parametrize("path", ["overview", "sla", "providers"])
def test_figures_take_no_query(people: Callers, path: str) -> None:
    assert people.call("io", "GET", f"/lers/analytics/{path}/?month=1").status_code == 422
