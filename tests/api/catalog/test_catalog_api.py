"""The catalog over HTTP: shapes, codes, versions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from lers_web.domains.catalog import schemas
from lers_web.domains.catalog.views import EXAMPLE
from lers_web.domains.sla import schemas as sla_schemas
from lers_web.domains.sla.views import EXAMPLE as PROFILE
from lers_web.http.schemas import page_of
from lers_web.kernel.ids import new_id
from tests.factories.callers import Callers
from tests.factories.cast import Cast
from tests.factories.shapes import differences
from tests.factories.uploads import text_file, upload_clean

BASE = "/lers/catalog/"


def create(people: Callers, who: str = "nodal", **changes: Any) -> dict[str, Any]:
    answer = people.call(who, "POST", BASE, json={**EXAMPLE, **changes})
    assert answer.status_code == 201, answer.text
    return dict(answer.json)


def test_the_documented_example_works_as_it_stands_and_comes_back_whole(people: Callers) -> None:
    made = people.call("nodal", "POST", BASE, json=EXAMPLE)
    assert made.status_code == 201
    assert made.headers["ETag"] == '"1"'
    assert not differences(schemas.CatalogItemOut, made.json)
    assert {name: made.json[name] for name in EXAMPLE} == EXAMPLE
    assert made.json["abilities"] == {"update": True, "delete": True, "request": False}
    read = people.call("io", "GET", f"{BASE}{made.json['id']}/")
    assert read.json["abilities"] == {"update": False, "delete": False, "request": True}
    assert read.json["provider_tenant"]["name"] == "Bharat Telecom"


def test_put_patch_and_delete_need_the_version_that_was_read(people: Callers) -> None:
    path = f"{BASE}{create(people)['id']}/"
    for method, body in (("PUT", EXAMPLE), ("PATCH", {"name": "New"}), ("DELETE", None)):
        kwargs = {} if body is None else {"json": body}
        assert people.call("nodal", method, path, **kwargs).status_code == 428
        stale = people.call("nodal", method, path, headers={"If-Match": '"7"'}, **kwargs)
        assert (stale.status_code, stale.json["code"]) == (412, "stale_version")
        refused = people.call("banker", method, path, headers={"If-Match": '"1"'}, **kwargs)
        assert refused.status_code == 403
    patched = people.call("nodal", "PATCH", path, json={"name": "New"}, headers={"If-Match": '"1"'})
    assert (patched.status_code, patched.headers["ETag"]) == (200, '"2"')
    assert patched.json["sla_turnaround_hours"] == EXAMPLE["sla_turnaround_hours"]
    put = people.call(
        "nodal", "PUT", path, json={"name": "Bare", "sla_turnaround_hours": 5}, headers={"If-Match": '"2"'}
    )
    assert (put.status_code, put.json["required_fields"], put.json["category"]) == (200, [], "General")
    gone = people.call("nodal", "DELETE", path, headers={"If-Match": '"3"'})
    assert (gone.status_code, gone.data) == (204, b"")
    assert people.call("io", "GET", path).status_code == 404


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"sla_turnaround_hours": 0}, "sla_turnaround_hours"),
        ({"sla_turnaround_hours": "12"}, "sla_turnaround_hours"),
        ({"sla_turnaround_hours": True}, "sla_turnaround_hours"),
        ({"name": ""}, "name"),
        ({"colour": "red"}, "colour"),
        ({"total_requests_fulfilled": 7}, "total_requests_fulfilled"),
        ({"request_type": "INTERCEPTION"}, "request_type"),
        ({"required_legal_mandate": "A_WISH"}, "required_legal_mandate"),
        ({"required_fields": [{"name": "x"}]}, "required_fields"),
        ({"required_fields": [{"name": "x", "label": {"en": "X"}, "kind": "ESSAY"}]}, "required_fields"),
        ({"required_fields": [{"name": "x", "label": {"fr": "X"}, "kind": "TEXT"}]}, "required_fields"),
        ({"required_fields": [{"name": "1 x", "label": {"en": "X"}, "kind": "TEXT"}]}, "required_fields"),
        ({"required_fields": [{"name": "x", "label": {"en": "X"}, "kind": "TEXT", "size": 3}]}, "required_fields"),
        ({"required_fields": [{"name": "x", "label": {"en": "X"}, "kind": "IDENTIFIER", "identifier_types": ["FAX"]}]},
         "required_fields"),
        ({"required_fields": [{"name": "x", "label": {"en": "X"}, "kind": "PERIOD", "max_days": 0}]},
         "required_fields"),
        ({"required_fields": [{"name": "x", "label": {"en": "X"}, "kind": "CHOICE", "choices": [{"label": {}}]}]},
         "required_fields"),
        ({"required_fields": [{"name": "x", "label": {"en": "X"}, "kind": "CHOICE"}]}, "required_fields.0.choices"),
        ({"sample_output_file_id": str(new_id())}, "sample_output_file_id"),
    ],
)  # fmt: skip
def test_what_is_not_valid_is_named(people: Callers, changes: dict[str, Any], place: str) -> None:
    answer = people.call("nodal", "POST", BASE, json={**EXAMPLE, **changes})
    assert answer.status_code == 422, answer.text
    assert any(key.startswith(place) for key in answer.json["errors"]), answer.json


def test_the_list_filters_pages_and_refuses_what_it_does_not_know(people: Callers, cast: Cast) -> None:
    create(people, name="Zebra listing", is_featured=True)
    found = people.call("io", "GET", f"{BASE}?q=zebra&featured=true&max_turnaround_hours=24&limit=1")
    assert not differences(page_of(schemas.CatalogItemOut), found.json)
    assert [item["name"] for item in found.json["items"]] == ["Zebra listing"]
    assert people.call("io", "GET", f"{BASE}?provider_tenant_id={cast.tenants['bank']}").json["total"] == 0
    for query in ("colour=red", "sort=colour", "limit=0", "limit=201", "cursor=x", "featured=maybe"):
        assert people.call("io", "GET", f"{BASE}?{query}").status_code == 422, query


def test_categories_count_what_the_reader_sees(people: Callers) -> None:
    create(people, category="Tower data")
    hidden = create(people, category="tower DATA", is_active=False)

    def of(who: str) -> dict[str, int]:
        found = people.call(who, "GET", f"{BASE}categories/")
        assert not differences(page_of(schemas.CategoryOut), found.json)
        return {row["category"].lower(): row["item_count"] for row in found.json["items"]}

    assert of("io")["tower data"] == 1
    assert of("nodal")["tower data"] == of("admin")["tower data"] == 2
    for who, expected in (("nodal", [hidden["id"]]), ("io", [])):
        withdrawn = people.call(who, "GET", f"{BASE}?is_active=false&category=Tower data").json["items"]
        assert [row["id"] for row in withdrawn] == expected
    assert people.call("io", "GET", f"{BASE}categories/?q=x").status_code == 422


def test_the_fastest_stand_first_and_the_untried_last(people: Callers, cast: Cast) -> None:
    slow, fast = (create(people, "banker", name=name)["id"] for name in ("Slow", "Fast"))
    with cast.superuser() as connection:
        for item_id, hours in ((slow, 30.0), (fast, 3.0)):
            connection.execute(
                "UPDATE app.lers_provider_data_catalog SET actual_median_turnaround_hours = %s,"
                " sla_compliance_rate = 100 - %s, total_requests_fulfilled = 9 WHERE id = %s",
                (hours, hours, item_id),
            )
    for sort in ("actual_median_turnaround_hours", "-sla_compliance_rate"):
        listed = people.call("io", "GET", f"{BASE}?sort={sort}&limit=200").json["items"]
        assert [row["id"] for row in listed[:2]] == [fast, slow], sort
        first = people.call("io", "GET", f"{BASE}?sort={sort}&limit=2").json
        rest = people.call("io", "GET", f"{BASE}?sort={sort}&limit=200&cursor={first['next_cursor']}").json
        assert [row["id"] for row in (*first["items"], *rest["items"])] == [row["id"] for row in listed]
    assert listed[0]["total_requests_fulfilled"] == 9


def test_versions_that_were_offered_stay_known(people: Callers) -> None:
    path = f"{BASE}{create(people)['id']}/"
    changes: list[dict[str, Any]] = [
        {"sla_turnaround_hours": 12}, {"is_active": False, "name": "Not offered yet"}, {"is_active": True},
    ]  # fmt: skip
    for number, change in enumerate(changes, start=1):
        changed = people.call("nodal", "PATCH", path, json=change, headers={"If-Match": f'"{number}"'})
        assert changed.status_code == 200, changed.text
    found = people.call("nodal", "GET", f"{path}versions/")
    assert not differences(page_of(schemas.CatalogVersionOut), found.json)
    assert [each["version"] for each in found.json["items"]] == [4, 3, 2, 1]
    assert [each["sla_turnaround_hours"] for each in found.json["items"]] == [
        12,
        12,
        12,
        EXAMPLE["sla_turnaround_hours"],
    ]
    first = people.call("io", "GET", f"{path}versions/?limit=2")
    rest = people.call("io", "GET", f"{path}versions/?limit=2&cursor={first.json['next_cursor']}")
    assert [each["version"] for page in (first, rest) for each in page.json["items"]] == [4, 2, 1]
    assert first.json["total"] == 3
    assert people.call("io", "GET", f"{path}versions/?sort=name").status_code == 422
    assert people.call("io", "GET", f"{path}versions/3/").status_code == 404
    assert people.call("banker", "GET", f"{path}versions/3/").status_code == 404
    assert people.call("admin", "GET", f"{path}versions/3/").json["name"] == "Not offered yet"

    assert people.call("nodal", "DELETE", path, headers={"If-Match": '"4"'}).status_code == 204
    kept = people.call("io", "GET", f"{path}versions/1/")  # a request made from it still has its fields to show
    assert (kept.status_code, kept.headers["ETag"]) == (200, '"1"')
    assert not differences(schemas.CatalogVersionOut, kept.json)
    assert kept.json["required_fields"] == EXAMPLE["required_fields"]
    assert people.call("io", "GET", f"{BASE}{new_id()}/versions/").status_code == 404


@pytest.fixture
def sampled(people: Callers, cast: Cast) -> tuple[str, str]:
    """An item with a sample, brought by one colleague and shown by another: its path, and the file's."""
    file_id = upload_clean(cast, "desk", b"number,duration\n1,2\n", **text_file("SAMPLE"))
    return f"{BASE}{create(people, 'desk', sample_output_file_id=str(file_id))['id']}/", f"/lers/files/{file_id}/"


def withdraw(people: Callers, path: str) -> None:
    done = people.call("nodal", "PATCH", path, json={"is_active": False}, headers={"If-Match": '"1"'})
    assert done.status_code == 200, done.text


@pytest.mark.parametrize("who", ["io", "sho", "foreign_io", "banker", "nodal", "admin"])
def test_a_sample_is_read_by_whoever_reads_the_item(people: Callers, sampled: tuple[str, str], who: str) -> None:
    item, file = sampled
    state = people.call(who, "GET", file)
    assert state.status_code == 200, state.text
    assert (state.json["purpose"], state.json["abilities"]) == ("SAMPLE", {"upload": False, "download": True})
    content = people.call(who, "GET", f"{file}content/")
    assert (content.status_code, content.data) == (200, b"number,duration\n1,2\n")
    assert people.call(who, "GET", item).json["sample_output_file_id"] in file


@pytest.mark.parametrize(
    ("who", "status"), [("io", 404), ("banker", 404), ("nodal", 200), ("desk", 200), ("admin", 200)]
)
def test_a_withdrawn_items_sample_is_its_providers(
    people: Callers, sampled: tuple[str, str], who: str, status: int
) -> None:
    item, file = sampled
    withdraw(people, item)
    for path in (item, file, f"{file}content/"):
        assert people.call(who, "GET", path).status_code == status, path


def test_a_deleted_items_sample_is_its_uploaders(people: Callers, sampled: tuple[str, str]) -> None:
    item, file = sampled
    assert people.call("nodal", "DELETE", item, headers={"If-Match": '"1"'}).status_code == 204
    for who, status in (("io", 404), ("nodal", 404), ("admin", 404), ("desk", 200)):
        assert people.call(who, "GET", f"{file}content/").status_code == status, who


def test_no_file_is_published_by_naming_it(people: Callers, cast: Cast, sampled: tuple[str, str]) -> None:
    """Neither another provider's sample nor a file of another purpose becomes readable through an item."""
    evidence = upload_clean(cast, "io", b"secret", **text_file("EVIDENCE"))
    for who, file_id in (("banker", sampled[1].split("/")[3]), ("nodal", str(evidence))):
        refused = people.call(who, "POST", BASE, json={**EXAMPLE, "sample_output_file_id": file_id})
        assert (refused.status_code, list(refused.json["errors"])) == (422, ["sample_output_file_id"])
    item, _ = sampled
    with cast.superuser() as connection:  # not even where the use case was passed by
        connection.execute(
            "UPDATE app.lers_provider_data_catalog SET sample_output_file_id = %s WHERE id = %s",
            (evidence, item.split("/")[3]),
        )
    assert people.call("foreign_io", "GET", f"/lers/files/{evidence}/").status_code == 404


def test_the_wall_shows_samples_and_nothing_else(cast: Cast, people: Callers, sampled: tuple[str, str]) -> None:
    unshown = upload_clean(cast, "nodal", b"not yet", **text_file("SAMPLE"))
    with cast.acting("io") as uow:
        query = text("SELECT id::text FROM app.lers_files WHERE tenant_id <> app.tenant()")
        seen = set(uow.session.scalars(query))
        samples = set(
            uow.session.scalars(text("SELECT sample_output_file_id::text FROM app.lers_provider_data_catalog"))
        )
    assert sampled[1].split("/")[3] in seen
    assert str(unshown) not in seen
    assert seen <= samples


def test_a_creation_repeated_under_its_key_happens_once(people: Callers) -> None:
    key = {"Idempotency-Key": "catalog-1"}
    first = people.call("nodal", "POST", BASE, json={**EXAMPLE, "name": "Once only"}, headers=key)
    again = people.call("nodal", "POST", BASE, json={**EXAMPLE, "name": "Once only"}, headers=key)
    assert first.json == again.json
    other = people.call("nodal", "POST", BASE, json={**EXAMPLE, "name": "Another"}, headers=key)
    assert (other.status_code, other.json["code"]) == (422, "idempotency_key_reused")
    assert people.call("io", "GET", f"{BASE}?q=Once only").json["total"] == 1


def test_providers_their_profiles_and_figures(people: Callers, cast: Cast, item: UUID) -> None:
    assert item
    listed = people.call("io", "GET", "/lers/providers/?sort=name")
    assert not differences(page_of(schemas.ProviderOut), listed.json)
    assert [row["name"] for row in listed.json["items"]] == ["Bharat Telecom", "Rupee Bank"]
    assert listed.json["items"][0]["item_count"] >= 1
    path = f"/lers/providers/{cast.tenants['telecom']}"
    metrics = people.call("io", "GET", f"{path}/metrics/")
    assert not differences(schemas.MetricsOut, metrics.json)
    unsaid = people.call("io", "GET", f"{path}/profile/")
    assert unsaid.json["opening"] == {"is_open": True, "changes_at": None, "holiday": None}
    assert not differences(sla_schemas.ProfileOut, unsaid.json)
    assert unsaid.headers["ETag"] == '"0"'
    assert people.call("nodal", "PUT", f"{path}/profile/", json=PROFILE).status_code == 428
    assert (
        people.call("banker", "PUT", f"{path}/profile/", json=PROFILE, headers={"If-Match": '"0"'}).status_code == 403
    )
    said = people.call("nodal", "PUT", f"{path}/profile/", json=PROFILE, headers={"If-Match": '"0"'})
    assert said.status_code == 200, said.text
    assert said.headers["ETag"] == '"1"'
    assert {name: said.json[name] for name in PROFILE} == PROFILE
    assert people.call("nodal", "PUT", f"{path}/profile/", json=PROFILE, headers={"If-Match": '"0"'}).status_code == 412
    for wrong in ({"service_hours": "always"}, {"time_zone": "Nowhere"}, {"own_holidays": ["31.12.2026"]}, {"x": 1}):
        answer = people.call("nodal", "PUT", f"{path}/profile/", json={**PROFILE, **wrong}, headers={"If-Match": '"1"'})
        assert answer.status_code == 422, answer.text
        assert any(key.startswith(next(iter(wrong))) for key in answer.json["errors"]), answer.text
    assert people.call("io", "GET", f"/lers/providers/{cast.tenants['mumbai']}/profile/").status_code == 404
    assert people.call("io", "GET", f"/lers/providers/{new_id()}/metrics/").status_code == 404


def test_a_profile_is_tried_by_whom_it_may_be_saved(people: Callers, cast: Cast) -> None:
    path = f"/lers/providers/{cast.tenants['bank']}/profile/preview/"
    body = {**PROFILE, "start": "2026-12-24T16:00:00+05:30", "hours": [4, 8.5]}
    tried = people.call("banker", "POST", path, json=body)
    assert tried.status_code == 200, tried.text
    assert not differences(sla_schemas.PreviewOut, tried.json)
    assert tried.json["start"] == "2026-12-24T10:30:00Z"
    assert [promise["hours"] for promise in tried.json["promises"]] == [4, 8.5]
    by_default = people.call("banker", "POST", path, json={}).json
    assert [promise["hours"] for promise in by_default["promises"]] == [4, 24, 72]
    assert people.call("nodal", "POST", path, json=body).status_code == 403
    assert people.call("io", "POST", path, json=body).status_code == 403
    assert people.call("banker", "GET", f"/lers/providers/{cast.tenants['bank']}/profile/").json["version"] == 0
    for wrong in (
        {"hours": []},
        {"hours": [0]},
        {"hours": [1] * 7},
        {"start": "tomorrow"},
        {"service_hours": "always"},
    ):
        answer = people.call("banker", "POST", path, json={**body, **wrong})
        assert answer.status_code == 422, answer.text
        assert any(key.startswith(next(iter(wrong))) for key in answer.json["errors"]), answer.text
