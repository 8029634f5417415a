"""Templates over HTTP."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from lers_web.domains.templates import schemas
from lers_web.domains.templates.views import EXAMPLE
from lers_web.http.schemas import page_of
from tests.factories.callers import Callers
from tests.factories.cast import Cast
from tests.factories.shapes import differences

BASE = "/lers/templates/"


def create(people: Callers, **changes: Any) -> dict[str, Any]:
    answer = people.call("io", "POST", BASE, json={**EXAMPLE, **changes})
    assert answer.status_code == 201, answer.text
    return dict(answer.json)


def test_the_documented_example_works_as_it_stands(people: Callers) -> None:
    made = people.call("io", "POST", BASE, json=EXAMPLE)
    assert (made.status_code, made.headers["ETag"]) == (201, '"1"')
    assert not differences(schemas.TemplateOut, made.json)
    assert made.json["abilities"] == {"use": True, "update": True, "delete": True}
    listed = people.call("sho", "GET", f"{BASE}?q=records")
    assert not differences(page_of(schemas.TemplateOut), listed.json)
    assert listed.json["items"][0]["abilities"]["use"] is False


def test_use_makes_a_draft_of_what_was_prepared_and_what_is_added(people: Callers, item: UUID) -> None:
    made = create(people, catalog_item_id=str(item), content={**EXAMPLE["content"], "date_range_from": "2026-01-01"})
    used = people.call(
        "io2", "POST", f"{BASE}{made['id']}/use/",
        json={"identifiers": [{"type": "MSISDN", "value": "+919000000001"}], "priority": "CRITICAL"},
    )  # fmt: skip
    assert used.status_code == 201, used.text
    assert (used.json["status"], used.json["priority"], used.json["date_range_from"]) == (
        "DRAFT", "CRITICAL", "2026-01-01",
    )  # fmt: skip
    assert used.json["created_by"]["name"] == "Io2"
    assert len(used.json["identifiers"]) == 1
    assert people.call("io", "GET", f"{BASE}{made['id']}/").json["usage_count"] == 1


def test_the_list_filters_and_sorts_by_use(people: Callers, cast: Cast, item: UUID) -> None:
    of_item = create(people, name="Of the item", catalog_item_id=str(item))
    kyc = create(people, name="Know your customer", request_type="KYC", provider_tenant_id=str(cast.tenants["bank"]))
    assert people.call("io", "POST", f"{BASE}{of_item['id']}/use/", json={}).status_code == 201

    def names(query: str) -> list[str]:
        listed = people.call("io", "GET", f"{BASE}?{query}")
        assert listed.status_code == 200, listed.text
        return [row["name"] for row in listed.json["items"]]

    assert names("sort=-last_used_at&limit=1") == ["Of the item"]
    assert "Of the item" in names(f"catalog_item_id={item}")
    assert "Know your customer" not in names(f"catalog_item_id={item}")
    assert names("request_type=KYC") == names(f"provider_tenant_id={cast.tenants['bank']}") == [kyc["name"]]
    assert people.call("io", "GET", f"{BASE}?request_type=GOSSIP").status_code == 422


def test_a_template_tells_whether_its_item_changed_since(people: Callers) -> None:
    offered = people.call("nodal", "POST", "/lers/catalog/", json={"name": "Passing", "sla_turnaround_hours": 5}).json
    path = f"{BASE}{create(people, catalog_item_id=offered['id'])['id']}/"
    unchanged = people.call("io", "GET", path).json
    assert unchanged["catalog_item_updated_at"] < unchanged["updated_at"]
    assert unchanged["catalog_item_offered"] is True
    people.call(
        "nodal", "PATCH", f"/lers/catalog/{offered['id']}/", json={"is_active": False}, headers={"If-Match": '"1"'}
    )
    changed = people.call("io", "GET", path).json
    assert changed["catalog_item_updated_at"] > changed["updated_at"]
    assert changed["catalog_item_offered"] is False
    assert create(people)["catalog_item_offered"] is None


def test_a_template_without_an_address_asks_for_one(people: Callers, cast: Cast) -> None:
    made = create(people)
    bare = people.call("io", "POST", f"{BASE}{made['id']}/use/", json={})
    assert (bare.status_code, list(bare.json["errors"])) == (422, ["provider_tenant_id"])
    given = {"provider_tenant_id": str(cast.tenants["telecom"]), "request_type": "CDR"}
    assert people.call("io", "POST", f"{BASE}{made['id']}/use/", json=given).status_code == 201


def test_changes_need_the_version_that_was_read(people: Callers) -> None:
    path = f"{BASE}{create(people)['id']}/"
    assert people.call("io", "PATCH", path, json={"name": "X"}).status_code == 428
    assert people.call("io", "PATCH", path, json={"name": "X"}, headers={"If-Match": '"4"'}).status_code == 412
    assert people.call("io2", "PATCH", path, json={"name": "X"}, headers={"If-Match": '"1"'}).status_code == 403
    assert people.call("foreign_io", "GET", path).status_code == 404
    changed = people.call("io", "PATCH", path, json={"name": "X"}, headers={"If-Match": '"1"'})
    assert (changed.json["name"], changed.json["content"]) == ("X", EXAMPLE["content"])
    put = people.call("io", "PUT", path, json={"name": "Y"}, headers={"If-Match": '"2"'})
    assert (put.json["content"], put.json["request_type"]) == ({}, None)
    assert people.call("io", "DELETE", path, headers={"If-Match": '"3"'}).status_code == 204
    assert people.call("io", "GET", path).status_code == 404


@pytest.mark.parametrize(
    "changes",
    [
        {"content": {"identifiers": [{"type": "MSISDN", "value": "+919000000001"}]}},
        {"content": {"priority": "WHENEVER"}},
        {"content": {"colour": "red"}},
        {"content": {"date_range_from": "yesterday"}},
        {"content": []},
        {"name": ""},
        {"usage_count": 9},
    ],
)
def test_what_is_not_valid_is_refused(people: Callers, changes: dict[str, Any]) -> None:
    assert people.call("io", "POST", BASE, json={**EXAMPLE, **changes}).status_code == 422


@pytest.mark.parametrize("who", ["nodal", "desk", "admin"])
def test_templates_are_the_agencies(people: Callers, who: str) -> None:
    assert people.call(who, "GET", BASE).status_code == 403
    assert people.call(who, "POST", BASE, json=EXAMPLE).status_code == 403


def test_an_id_that_names_nothing_is_a_422(people: Callers) -> None:
    body = {"name": "For nobody", "provider_tenant_id": "019fa7a2-0000-7000-8000-00000000dead"}
    answer = people.call("io", "POST", BASE, json=body)
    assert (answer.status_code, answer.json["code"]) == (422, "invalid"), answer.json


def test_an_identifier_among_the_answers_is_refused(people: Callers, item: UUID) -> None:
    content = {"answers": {"msisdn": "+919000000001"}}
    answer = people.call(
        "io", "POST", BASE, json={"name": "With a number", "catalog_item_id": str(item), "content": content}
    )
    assert answer.status_code == 422
    assert set(answer.json["errors"]) == {"content.answers.msisdn"}
    made = create(people, catalog_item_id=str(item), content={})
    changed = people.call(
        "io", "PATCH", f"{BASE}{made['id']}/", json={"content": content}, headers={"If-Match": f'"{made["version"]}"'}
    )
    assert changed.status_code == 422
    assert people.call("io", "GET", f"{BASE}{made['id']}/").json["content"] == {}
