"""The list of audit entries: who reads which chain, filters, and pages that hold still."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from lers_web.config import Settings
from lers_web.domains.audit import reads
from lers_web.kernel import clock
from lers_web.kernel.errors import Forbidden, Invalid
from lers_web.kernel.ids import new_id
from lers_web.kernel.paging import Page
from tests.factories.cast import Cast, cast_in

CASE = new_id()


@pytest.fixture(scope="module")
def cast(module_database: Settings) -> Iterator[Cast]:
    with cast_in(module_database) as found:
        for number in range(5):
            with found.acting("sho") as uow:
                uow.audit("request:approve", "request", CASE, request_id=CASE, change={"level": number})
                uow.audit("approval:sealed", "approval", new_id(), request_id=CASE)
            with found.acting("nodal") as uow:
                uow.audit("catalog:update", "catalog_item", new_id(), why="new prices")
        yield found


def page(cast: Cast, who: str, at: Page | None = None, **wanted: Any) -> dict[str, Any]:
    with cast.acting(who) as uow:
        return reads.page(uow, reads.Filter(**wanted), at or Page())


def test_each_tenant_reads_its_own_chain_and_an_administrator_all(cast: Cast) -> None:
    assert page(cast, "dsp")["total"] == 10
    assert page(cast, "desk")["total"] == 5
    assert page(cast, "banker")["total"] == 0
    assert page(cast, "admin")["total"] == 15
    assert page(cast, "admin", tenant_id=cast.tenants["telecom"])["total"] == 5
    assert page(cast, "desk", tenant_id=cast.tenants["mumbai"])["total"] == 0
    with pytest.raises(Forbidden):
        page(cast, "io")


def test_an_entry_tells_everything_that_its_hash_covers(cast: Cast) -> None:
    newest = page(cast, "nodal")["items"][0]
    assert newest["event"] == "catalog:update"
    assert newest["actor"] == {"id": str(cast["nodal"].user_id), "name": "Nodal", "rank": None}
    assert newest["tenant"] == {"id": cast.tenants["telecom"], "name": "Bharat Telecom"}
    assert (newest["seq"], newest["why"]) == (5, "new prices")
    assert len(newest["hash"]) == len(newest["prev_hash"]) == 64
    assert newest["canonical"].startswith('{"actor":')


@pytest.mark.parametrize(
    ("wanted", "number"),
    [
        ({"event": "request:approve"}, 5),
        ({"event": "request:"}, 5),
        ({"event": "reques:"}, 0),
        ({"event": "request:app"}, 0),
        ({"request_id": CASE}, 10),
        ({"object_id": CASE}, 5),
        ({"request_id": new_id()}, 0),
    ],
)
def test_filters(cast: Cast, wanted: dict[str, Any], number: int) -> None:
    found = page(cast, "sho", **wanted)
    assert found["total"] == len(found["items"]) == number


def test_filters_by_person_and_time(cast: Cast) -> None:
    now = clock.now()
    assert page(cast, "sho", actor_id=cast["sho"].user_id)["total"] == 10
    assert page(cast, "sho", actor_id=cast["dsp"].user_id)["total"] == 0
    assert page(cast, "sho", since=now)["total"] == 0
    assert page(cast, "sho", until=now)["total"] == 10


@pytest.mark.parametrize("sort", ["-created_at", "created_at"])
def test_pages_follow_each_other_also_within_one_act(cast: Cast, sort: str) -> None:
    seen, cursor = [], None
    while True:
        found = page(cast, "admin", Page(limit=4, cursor=cursor, sort=sort))
        seen += [(item["chain"], item["seq"]) for item in found["items"]]
        cursor = found["next_cursor"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 15
    whole = [(item["chain"], item["seq"]) for item in page(cast, "admin", Page(limit=200, sort=sort))["items"]]
    assert seen == whole


@pytest.mark.parametrize(
    "at", [Page(sort="event"), Page(cursor="nonsense"), Page(cursor="WyItY3JlYXRlZF9hdCIsIngiLCJ5Il0")]
)
def test_what_cannot_be_read_is_refused(cast: Cast, at: Page) -> None:
    with pytest.raises(Invalid):
        page(cast, "sho", at)
