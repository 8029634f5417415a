"""Templates: who sees and changes them, what may stand in them, and the drafts that come of them."""

from __future__ import annotations

import threading
from typing import Any
from uuid import UUID

import pytest

from lers_web.domains.requests import service as requests
from lers_web.domains.templates import reads, service
from lers_web.kernel.errors import Forbidden, Invalid, LersError, NotFound, StaleVersion
from lers_web.kernel.ids import new_id
from lers_web.kernel.paging import Page
from tests.factories.cast import Cast


def make(cast: Cast, item: UUID, who: str = "io", **changes: Any) -> UUID:
    data = {
        "name": "Call records of a month",
        "catalog_item_id": item,
        "content": {"legal_mandate_type": "BNSS_94", "priority": "URGENT", "description": "Call records"},
        **changes,
    }
    with cast.acting(who) as uow:
        return service.create(uow, data).id


def test_use_makes_a_draft_and_counts(cast: Cast, item: UUID) -> None:
    template_id = make(cast, item)
    with cast.acting("io2") as uow:
        prepared = service.prepared(service.load_template(uow, template_id))
        assert prepared["catalog_item_id"] == str(item)
        data = service.merged({**prepared, "catalog_item_id": item}, {"case_reference": "FIR 7/2026"})
        request = requests.load_request(uow, service.use(uow, template_id, data))
        assert (request.status, request.priority, request.case_reference) == ("DRAFT", "URGENT", "FIR 7/2026")
        assert request.created_by_id == cast["io2"].user_id
    with cast.acting("io") as uow:
        row = reads.one(uow, template_id)
    assert row["usage_count"] == 1
    assert row["last_used_at"] is not None
    assert row["version"] == 1  # a use is no edit


def test_uses_at_once_are_all_counted(cast: Cast, item: UUID) -> None:
    template_id = make(cast, item)

    def use() -> None:
        with cast.acting("io") as uow:
            service.use(uow, template_id, {"catalog_item_id": item})

    threads = [threading.Thread(target=use) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with cast.acting("io") as uow:
        assert reads.one(uow, template_id)["usage_count"] == 6


def test_another_address_takes_the_place_of_the_prepared_one() -> None:
    prepared = {"catalog_item_id": "a", "provider_tenant_id": "b", "priority": "URGENT"}
    assert service.merged(prepared, {"catalog_item_id": "c"}) == {"catalog_item_id": "c", "priority": "URGENT"}
    assert service.merged(prepared, {"priority": "NORMAL"}) == {**prepared, "priority": "NORMAL"}


@pytest.mark.parametrize(
    ("who", "shared", "seen"),
    [("io2", True, True), ("io2", False, False), ("sho", True, True), ("sho", False, True), ("dsp", False, False),
     ("foreign_io", True, False)],
)  # fmt: skip
def test_who_sees_a_template(cast: Cast, item: UUID, who: str, shared: bool, seen: bool) -> None:
    template_id = make(cast, item, is_shared=shared)
    with cast.acting(who) as uow:
        listed = [row["id"] for row in reads.page(uow, {"q": "call month"}, Page(limit=200))["items"]]
        assert (template_id in listed) is seen
    if not seen:
        with pytest.raises(NotFound), cast.acting(who) as uow:
            reads.one(uow, template_id)


@pytest.mark.parametrize(("who", "error"), [("io2", Forbidden), ("dsp", Forbidden), ("nodal", Forbidden),
                                            ("foreign_io", NotFound)])  # fmt: skip
def test_who_may_not_change_a_template(cast: Cast, item: UUID, who: str, error: type[LersError]) -> None:
    template_id = make(cast, item)
    with pytest.raises(error), cast.acting(who) as uow:
        service.change(uow, template_id, {"name": "Mine now"}, expected_version=1)
    with pytest.raises(error), cast.acting(who) as uow:
        service.remove(uow, template_id, expected_version=1)


def test_its_maker_and_the_units_administrator_change_and_delete_it(cast: Cast, item: UUID) -> None:
    template_id = make(cast, item)
    with cast.acting("io") as uow:
        assert service.change(uow, template_id, {"name": "Better"}, expected_version=1).version == 2
    with pytest.raises(StaleVersion), cast.acting("sho") as uow:
        service.change(uow, template_id, {"name": "Older"}, expected_version=1)
    with cast.acting("sho") as uow:
        service.remove(uow, template_id, expected_version=2)
    with pytest.raises(NotFound), cast.acting("io") as uow:
        reads.one(uow, template_id)


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"content": {"identifiers": [{"type": "MSISDN", "value": "+919000000001"}]}}, "content.identifiers"),
        ({"content": {"legal_mandate_file_id": str(new_id())}}, "content.legal_mandate_file_id"),
        ({"content": {"status": "APPROVED"}}, "content.status"),
        ({"catalog_item_id": new_id()}, "catalog_item_id"),
    ],
)
def test_what_may_not_stand_in_a_template(cast: Cast, item: UUID, changes: dict[str, Any], place: str) -> None:
    with pytest.raises(Invalid) as told:
        make(cast, item, **changes)
    assert place in told.value.errors


def test_an_item_of_another_provider_is_refused(cast: Cast, item: UUID) -> None:
    with pytest.raises(Invalid):
        make(cast, item, provider_tenant_id=cast.tenants["bank"])


def test_an_approver_makes_no_drafts(cast: Cast, item: UUID) -> None:
    template_id = make(cast, item)
    with pytest.raises(Forbidden), cast.acting("sho") as uow:
        service.use(uow, template_id, {"catalog_item_id": item})
