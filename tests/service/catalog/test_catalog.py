"""The catalog: versions, rights, profiles, and figures that equal those of a recomputation."""

from __future__ import annotations

import datetime as dt
import statistics
from typing import Any
from uuid import UUID

import pytest

from lers_web.domains.catalog import reads, service
from lers_web.domains.requests import service as requests
from lers_web.domains.requests.service import Action, Status
from lers_web.domains.sla import profile
from lers_web.domains.sla import service as sla
from lers_web.kernel.errors import Forbidden, Invalid, NotFound, StaleVersion
from lers_web.kernel.ids import new_id
from lers_web.kernel.paging import Page
from tests.factories import cases
from tests.factories.cast import Cast
from tests.factories.rows import rows

HOURS: dict[str, Any] = {
    "service_hours": "Mon-Fri 09:30-18:00",
    "time_zone": "Asia/Kolkata",
    "country": "IN",
    "state": "MH",
    "own_holidays": [dt.date(2026, 12, 31)],
    "holidays_affect_sla": True,
    "nodal_officer_name": "Meera Iyer",
}


def test_a_change_makes_a_version_and_requests_keep_theirs(cast: Cast) -> None:
    item_id = cases.make_item(cast, name="Versioned")
    request_id = cases.make_draft(cast, item_id)
    with cast.acting("nodal") as uow:
        item = service.update_item(uow, item_id, {"sla_turnaround_hours": 12}, expected_version=1)
        assert item.version == 2
    with cast.acting("io") as uow:
        assert service.version_of(uow, item_id, 1)["sla_turnaround_hours"] == 24
        assert service.version_of(uow, item_id, 2)["sla_turnaround_hours"] == 12
        current = service.current_item(uow, item_id)
        assert current is not None
        assert current["version"] == 2
        assert requests.load_request(uow, request_id).catalog_item_version == 1
        with pytest.raises(NotFound):
            service.version_of(uow, item_id, 3)


def test_a_change_that_changes_nothing_makes_no_version(cast: Cast) -> None:
    item_id = cases.make_item(cast, name="Still")
    with cast.acting("nodal") as uow:
        assert service.update_item(uow, item_id, {"name": "Still"}, expected_version=1).version == 1


def test_only_the_provider_itself_and_administrators_write(cast: Cast) -> None:
    item_id = cases.make_item(cast, name="Mine")
    for name in ("banker", "io", "sho"):
        with pytest.raises(Forbidden), cast.acting(name) as uow:
            service.update_item(uow, item_id, {"name": "Theirs"}, expected_version=1)
        with pytest.raises(Forbidden), cast.acting(name) as uow:
            service.delete_item(uow, item_id, expected_version=1)
    with pytest.raises(Forbidden), cast.acting("banker") as uow:
        service.create_item(uow, {**cases.CDR_ITEM, "provider_tenant_id": cast.tenants["telecom"]})
    with cast.acting("admin") as uow:
        assert service.update_item(uow, item_id, {"name": "Corrected"}, expected_version=1).version == 2
    with pytest.raises(Invalid) as told, cast.acting("admin") as uow:
        service.create_item(uow, cases.CDR_ITEM)
    assert "provider_tenant_id" in told.value.errors
    with pytest.raises(NotFound), cast.acting("admin") as uow:
        service.create_item(uow, {**cases.CDR_ITEM, "provider_tenant_id": cast.tenants["mumbai"]})


def test_a_withdrawn_item_is_seen_by_its_provider_only_and_a_deleted_one_by_nobody(cast: Cast) -> None:
    item_id = cases.make_item(cast, name="Withdrawn", is_active=False)
    with cast.acting("nodal") as uow:
        assert reads.item(uow, item_id)["is_active"] is False
    for name in ("io", "banker"):
        with pytest.raises(NotFound), cast.acting(name) as uow:
            reads.item(uow, item_id)
    with cast.acting("nodal") as uow:
        service.delete_item(uow, item_id, expected_version=1)
    with cast.acting("nodal") as uow:
        with pytest.raises(NotFound):
            reads.item(uow, item_id)
        assert service.current_item(uow, item_id) is None
        assert service.version_of(uow, item_id, 1)["name"] == "Withdrawn"


def test_a_stale_version_changes_nothing(cast: Cast) -> None:
    item_id = cases.make_item(cast, name="Raced")
    with cast.acting("nodal") as uow:
        service.update_item(uow, item_id, {"name": "First"}, expected_version=1)
    with pytest.raises(StaleVersion), cast.acting("desk") as uow:
        service.update_item(uow, item_id, {"name": "Second"}, expected_version=1)
    with cast.acting("desk") as uow:
        assert reads.item(uow, item_id)["name"] == "First"


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"required_fields": [{"name": "x", "kind": "CHOICE"}]}, "required_fields.0.choices"),
        ({"sla_turnaround_hours_urgent": 48}, "sla_turnaround_hours_urgent"),
        ({"sla_turnaround_hours_urgent": 4, "sla_turnaround_hours_critical": 8}, "sla_turnaround_hours_critical"),
        ({"sample_output_file_id": new_id()}, "sample_output_file_id"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(cast: Cast, changes: dict[str, Any], place: str) -> None:
    with pytest.raises(Invalid) as told, cast.acting("nodal") as uow:
        service.create_item(uow, {**cases.CDR_ITEM, **changes})
    assert place in told.value.errors


def test_a_promise_that_shrinks_below_the_urgent_one_is_refused(cast: Cast) -> None:
    item_id = cases.make_item(cast, name="Shrinking")
    with pytest.raises(Invalid), cast.acting("nodal") as uow:
        service.update_item(uow, item_id, {"sla_turnaround_hours": 2}, expected_version=1)


def test_filters_find_what_they_say(cast: Cast) -> None:
    cases.make_item(cast, name="Wallet KYC of needles", category="Wallets", sla_turnaround_hours=200, is_featured=True)
    with cast.acting("io") as uow:

        def names(**wanted: Any) -> list[str]:
            return [row["name"] for row in reads.items(uow, reads.Filter(**wanted), Page(sort="name"))["items"]]

        assert names(q="needles wallet") == ["Wallet KYC of needles"]
        assert names(q="100% no such _item") == []
        assert names(category="WALLETS") == ["Wallet KYC of needles"]
        assert names(featured=True) == ["Wallet KYC of needles"]
        assert "Wallet KYC of needles" not in names(max_turnaround_hours=199)
        assert names(provider_tenant_id=cast.tenants["bank"]) == []


def test_pages_follow_each_other_without_gap_or_double(cast: Cast) -> None:
    for number in range(7):
        cases.make_item(cast, "banker", name=f"Paged {number}")
    with cast.acting("io") as uow:
        wanted, seen, cursor = reads.Filter(provider_tenant_id=cast.tenants["bank"]), [], None
        while True:
            page = reads.items(uow, wanted, Page(limit=3, cursor=cursor, sort="name"))
            assert page["total"] == 7
            seen += [row["name"] for row in page["items"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break
    assert seen == [f"Paged {number}" for number in range(7)]


def test_a_profile_makes_a_calendar_and_running_clocks_keep_theirs(cast: Cast) -> None:
    provider = cast.tenants["bank"]
    with cast.acting("io") as uow:
        unsaid = reads.profile(uow, provider)
        assert (unsaid["version"], unsaid["service_hours"], unsaid["abilities"]) == (0, "24x7", {"update": False})
    with cast.acting("banker") as uow:
        profile.save_profile(uow, provider, HOURS, expected_version=0)
    with cast.acting("banker") as uow:
        said = reads.profile(uow, provider)
        assert (said["version"], said["own_holidays"]) == (1, ["2026-12-31"])
        first = sla.current_calendar(uow, provider).version
        profile.save_profile(uow, provider, {**HOURS, "nodal_officer_name": "Ravi Nair"}, expected_version=1)
        uow.session.flush()
        assert sla.current_calendar(uow, provider).version == first  # other words, the same hours
        profile.save_profile(uow, provider, {**HOURS, "service_hours": "24x7"}, expected_version=2)
        uow.session.flush()
        assert sla.current_calendar(uow, provider).version == (first or 0) + 1


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"service_hours": "whenever"}, "service_hours"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"country": "IN", "state": "XX"}, "country"),
    ],
)
def test_hours_that_nobody_can_keep_are_refused_whole(cast: Cast, changes: dict[str, Any], place: str) -> None:
    provider = cast.tenants["telecom"]
    with pytest.raises(Invalid) as told, cast.acting("nodal") as uow:
        profile.save_profile(uow, provider, {**HOURS, **changes}, expected_version=None)
    assert place in told.value.errors
    with cast.acting("nodal") as uow:
        assert reads.profile(uow, provider)["nodal_officer_name"] is None


def test_another_providers_profile_is_not_ours_to_write(cast: Cast) -> None:
    with pytest.raises(Forbidden), cast.acting("nodal") as uow:
        profile.save_profile(uow, cast.tenants["bank"], HOURS, expected_version=None)
    with pytest.raises(NotFound), cast.acting("nodal") as uow:
        profile.save_profile(uow, cast.tenants["mumbai"], HOURS, expected_version=None)


def _finish(cast: Cast, item_id: UUID, hours: float) -> None:
    """Bring a request to COMPLETED as if it had been submitted some hours ago."""
    request_id = cases.make_request(cast, item_id, Status.RESPONSE_UPLOADED)
    with cast.superuser() as connection:
        connection.execute(
            "UPDATE app.lers_requests SET submitted_at = now() - make_interval(secs => %s) WHERE id = %s",
            (hours * 3600, request_id),
        )
        connection.execute(
            "UPDATE app.sla_event SET at = now() - make_interval(secs => %s) WHERE request_id = %s AND kind = 'START'",
            (hours * 3600, request_id),
        )
    cases.step(cast, "nodal", request_id, Action.COMPLETE)


def test_figures_follow_from_the_facts_and_a_recomputation_gives_the_same(cast: Cast) -> None:
    item_id = cases.make_item(cast, name="Measured")
    spent = [2.0, 10.0, 30.0, 40.0]  # the promise is 24 hours
    for hours in spent:
        _finish(cast, item_id, hours)
    declined = cases.make_request(cast, item_id, Status.SUBMITTED)
    cases.step(cast, "nodal", declined, Action.DECLINE, reason_code="OVERBROAD", reason="Too broad")
    asked = cases.make_request(cast, item_id, Status.ACKNOWLEDGED)
    with cast.acting("nodal") as uow:
        requests.request_info(uow, asked)
    with cast.acting("io") as uow:
        counted = reads.metrics(uow, cast.tenants["telecom"])
        item = next(each for each in counted["items"] if each["id"] == item_id)
    assert item["total_requests_fulfilled"] == 4
    assert item["actual_avg_turnaround"] == pytest.approx(statistics.mean(spent), abs=0.02)
    assert item["actual_median_turnaround_hours"] == pytest.approx(statistics.median(spent), abs=0.02)
    assert item["sla_compliance_rate"] == 50.0
    submitted, finished, refused = rows(
        cast,
        "SELECT count(*), count(*) FILTER (WHERE status = 'COMPLETED'), count(*) FILTER (WHERE status = 'REJECTED')"
        " FROM app.lers_requests WHERE provider_tenant_id = %s AND submitted_at IS NOT NULL",
        cast.tenants["telecom"],
    )[0]
    assert counted["total_requests_received"] == submitted
    assert counted["total_requests_completed"] == finished
    assert counted["rejection_rate"] == round(100 * refused / submitted, 2)
    assert counted["total_clarifications"] == 1
    assert set(counted["definitions"]) >= {"rejection_rate", "actual_median_turnaround_hours"}

    with cast.superuser() as connection:
        connection.execute("UPDATE app.lers_provider_service_profile SET total_requests_completed = 9999")
        connection.execute("UPDATE app.lers_provider_data_catalog SET actual_median_turnaround_hours = 9999")
    assert requests.recompute_metrics(cast.backend) == 2
    with cast.acting("io") as uow:
        again = reads.metrics(uow, cast.tenants["telecom"])
        assert reads.item(uow, item_id)["version"] == 1  # figures are no part of an item's version
    assert {**again, "metrics_last_updated": None} == {**counted, "metrics_last_updated": None}
