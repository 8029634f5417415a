"""The dashboards' figures over HTTP."""

from __future__ import annotations

from uuid import UUID

import pytest

from lers_web.domains.analytics.schemas import OverviewOut
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
