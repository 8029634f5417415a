"""Requests over HTTP: shapes, codes, versions, lists, search, and what each reader is shown."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from lers_web.domains.requests import schemas
from lers_web.domains.requests.service import Status
from lers_web.kernel import clock
from lers_web.kernel.ids import new_id
from tests.factories import cases
from tests.factories.callers import Callers
from tests.factories.cast import Cast
from tests.factories.past import retell

BASE = "/lers/requests/"


def body_of(cast: Cast, item: UUID, **changes: Any) -> dict[str, Any]:
    """Return a complete draft as JSON."""
    data = cases.complete_draft(cast, item, **changes)
    return {
        key: value.isoformat() if isinstance(value, dt.date) else str(value) if isinstance(value, UUID) else value
        for key, value in data.items()
    }


def create(people: Callers, cast: Cast, item: UUID, **changes: Any) -> dict[str, Any]:
    """Make a complete draft over HTTP."""
    answer = people.call("io", "POST", BASE, json=body_of(cast, item, **changes))
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def test_a_draft_needs_a_catalog_item_or_a_provider_and_a_type(people: Callers, cast: Cast, item: UUID):
    nothing = people.call("io", "POST", BASE, json={})
    assert nothing.status_code == 422
    assert set(nothing.json["errors"]) == {"provider_tenant_id", "request_type"}
    bare = people.call("io", "POST", BASE, json={"catalog_item_id": str(item)})
    assert bare.status_code == 201
    assert bare.headers["ETag"] == '"1"'
    assert bare.json["request_type"] == "CDR"
    assert bare.json["provider_tenant"] == {"id": str(cast.tenants["telecom"]), "name": "Bharat Telecom"}
    assert {each["code"] for each in bare.json["problems"]} >= {
        "identifier_missing", "period_missing", "mandate_file_missing", "court_order_missing",
    }  # fmt: skip
    assert all(set(each) == {"field", "code", "message"} for each in bare.json["problems"])
    by_hand = people.call(
        "io", "POST", BASE, json={"provider_tenant_id": str(cast.tenants["bank"]), "request_type": "KYC"}
    )
    assert by_hand.status_code == 201
    assert by_hand.json["catalog_item_id"] is None


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"catalog_item_id": "019fa7a2-0000-7000-8000-00000000ffff"}, "catalog_item_id"),
        ({"provider_tenant_id": "019fa7a2-0000-7000-8000-00000000ffff", "request_type": "CDR"}, "provider_tenant_id"),
        ({"surprise": 1}, "surprise"),
        ({"status": "APPROVED"}, "status"),
        ({"request_type": "INTERCEPTION"}, "request_type"),
        ({"priority": "PANIC"}, "priority"),
        ({"date_range_from": "infinity"}, "date_range_from"),
        ({"answers": {"a": [1]}}, "answers.a.value"),
        ({"answers": {"a": {"b": 1}}}, "answers.a.value.b"),
        ({"identifiers": [{"type": "MSISDN"}]}, "identifiers.0.value"),
        ({"identifiers": [{"type": "TELEPATHY", "value": "x"}]}, "identifiers.0.type"),
        ({"notes": "x\u0000y"}, "notes"),
    ],
)
def test_what_is_not_understood_is_refused_by_field(people: Callers, item: UUID, body: dict[str, Any], field: str):
    whole = body if {"catalog_item_id", "provider_tenant_id"} & set(body) else {"catalog_item_id": str(item), **body}
    answer = people.call("io", "POST", BASE, json=whole)
    assert answer.status_code in {400, 422}, answer.json
    if answer.status_code == 422:
        assert field in answer.json["errors"], answer.json


def test_a_files_owner_and_purpose_are_checked_at_once(people: Callers, cast: Cast, item: UUID):
    for file_id in (new_id(), cases.make_mandate(cast, "foreign_io"), cases.make_mandate(cast, purpose="EVIDENCE")):
        answer = people.call(
            "io", "POST", BASE, json={"catalog_item_id": str(item), "legal_mandate_file_id": str(file_id)}
        )
        assert answer.status_code == 422
        assert set(answer.json["errors"]) == {"legal_mandate_file_id"}


def test_a_full_card_or_aadhaar_number_is_never_kept(people: Callers, cast: Cast, item: UUID):
    for identifier in (
        {"type": "CARD", "value": "4111111111111111"},
        {"type": "OTHER", "value": "4111111111111111"},
        {"type": "AADHAAR", "value": "123456789012"},
    ):
        answer = people.call("io", "POST", BASE, json=body_of(cast, item, identifiers=[identifier]))
        assert answer.status_code == 422
        assert identifier["value"] not in answer.text


def test_changing_a_draft_needs_its_version(people: Callers, cast: Cast, item: UUID):
    row = create(people, cast, item)
    path = f"{BASE}{row['id']}/"
    assert people.call("io", "PATCH", path, json={"priority": "URGENT"}).status_code == 428
    stale = people.call("io", "PATCH", path, json={"priority": "URGENT"}, headers={"If-Match": '"7"'})
    assert stale.status_code == 412
    changed = people.call("io", "PATCH", path, json={"priority": "URGENT"}, headers={"If-Match": '"1"'})
    assert changed.status_code == 200
    assert (changed.json["priority"], changed.json["version"], changed.headers["ETag"]) == ("URGENT", 2, '"2"')
    assert changed.json["court_order_number"] == "CO/17/2026"
    replaced = people.call(
        "io", "PUT", path, json={"catalog_item_id": str(item)}, headers={"If-Match": changed.headers["ETag"]}
    )
    assert replaced.status_code == 200
    assert replaced.json["court_order_number"] is None
    assert replaced.json["identifiers"] == []
    gone = people.call("io", "DELETE", path, headers={"If-Match": replaced.headers["ETag"]})
    assert gone.status_code == 204
    assert people.call("io", "GET", path).status_code == 404


def test_the_same_key_makes_one_draft(people: Callers, cast: Cast, item: UUID):
    body, headers = body_of(cast, item), {"Idempotency-Key": str(new_id())}
    first = people.call("io", "POST", BASE, json=body, headers=headers)
    again = people.call("io", "POST", BASE, json=body, headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json["id"] == again.json["id"]


def test_an_incomplete_draft_is_refused_with_every_reason(people: Callers, item: UUID):
    row = people.call("io", "POST", BASE, json={"catalog_item_id": str(item)}).json
    refused = people.call("io", "POST", f"{BASE}{row['id']}/submit-for-approval/")
    assert refused.status_code == 422
    assert {"identifiers", "date_range_from", "legal_mandate_file_id", "court_order_number"} <= set(
        refused.json["errors"]
    )
    assert {each["field"] for each in refused.json["problems"]} == set(refused.json["errors"])


def test_steps_over_http(people: Callers, cast: Cast, item: UUID):
    row = create(people, cast, item)
    path = f"{BASE}{row['id']}/"
    sent = people.call("io", "POST", f"{path}submit-for-approval/", headers={"If-Match": '"1"'})
    assert sent.status_code == 200, sent.json
    assert sent.json["status"] == "PENDING_APPROVAL"
    assert sent.json["approval_route"] == [{"level": 1, "min_rank": "SHO", "given": False}]
    again = people.call("io", "POST", f"{path}submit-for-approval/")
    assert again.status_code == 409
    assert again.json["code"] == "illegal_transition"
    assert again.json["current_status"] == "PENDING_APPROVAL"
    assert "withdraw" in again.json["allowed"]
    assert people.call("sho", "POST", f"{path}submit-for-approval/").status_code == 403
    assert people.call("foreign_io", "POST", f"{path}submit-for-approval/").status_code == 404
    assert people.call("nodal", "POST", f"{path}acknowledge/").status_code == 404
    locked = people.call("io", "PATCH", path, json={"priority": "URGENT"}, headers={"If-Match": sent.headers["ETag"]})
    assert locked.status_code == 409
    cases.approve(cast, UUID(row["id"]))
    assert people.call("nodal", "POST", f"{path}acknowledge/", json={"x": 1}).status_code == 422
    assert people.call("nodal", "POST", f"{path}acknowledge/").json["status"] == "ACKNOWLEDGED"
    assigned = people.call("nodal", "POST", f"{path}assign/", json={"user_id": str(cast["desk"].user_id)})
    assert assigned.json["assigned_to"]["id"] == str(cast["desk"].user_id)
    foreign = people.call("nodal", "POST", f"{path}assign/", json={"user_id": str(cast["io"].user_id)})
    assert foreign.status_code == 422
    mine = people.call("desk", "GET", f"{BASE}?assigned_to=me")
    assert row["id"] in [each["id"] for each in mine.json["items"]]
    declined = people.call("desk", "POST", f"{path}decline/", json={"reason_code": "OVERBROAD", "reason": "Too much"})
    assert declined.json["status"] == "REJECTED"
    assert (declined.json["rejection_reason_code"], declined.json["rejection_reason"]) == ("OVERBROAD", "Too much")
    assert people.call("io", "POST", f"{path}withdraw/", json={"reason": "Late"}).status_code == 409


def test_each_reader_is_shown_what_is_theirs(people: Callers, cast: Cast, item: UUID):
    request_id = cases.make_request(cast, item, Status.SUBMITTED, metadata={"diary": "SECRET-DIARY"})
    path = f"{BASE}{request_id}/"
    agency, provider, admin = (people.call(who, "GET", path) for who in ("io", "nodal", "admin"))
    assert agency.json["notes"] == "SECRET-AGENCY-NOTE"
    assert agency.json["metadata"] == {"diary": "SECRET-DIARY"}
    assert "SECRET" not in provider.text
    assert provider.json["description"]
    assert provider.json["approval_route"] is None
    for name in ("identifiers", "answers", "description", "notes", "metadata", "court_order_number", "case_reference",
                 "legal_mandate_type", "legal_mandate_file_id"):  # fmt: skip
        assert admin.json[name] is None
    assert admin.json["request_number"] == agency.json["request_number"]
    assert people.call("admin", "GET", f"{path}identifiers/").status_code == 403
    assert people.call("admin", "POST", f"{path}acknowledge/").status_code == 403
    for who in ("foreign_io", "io2", "banker", "sp"):
        assert people.call(who, "GET", path).status_code == 404
        assert str(request_id) not in people.call(who, "GET", BASE).text
    listed = people.call("admin", "GET", f"{BASE}?limit=200")
    assert "SECRET" not in listed.text
    assert cases.PHONE not in people.call("nodal", "GET", f"{BASE}?limit=200").text


def test_identifiers_in_clear_stand_in_both_timelines(people: Callers, cast: Cast, item: UUID):
    request_id = cases.make_request(cast, item, Status.SUBMITTED)
    opened = people.call("nodal", "GET", f"{BASE}{request_id}/identifiers/")
    assert opened.json["items"][0]["value"] == cases.PHONE
    assert opened.json["items"][0]["from"] is None
    for who in ("io", "nodal"):
        items = people.call(who, "GET", f"{BASE}{request_id}/timeline/").json["items"]
        read = [each for each in items if each["event"] == "request:identifiers_read"]
        assert [each["actor"]["name"] for each in read] == ["Nodal"]


def test_an_identifier_is_found_again_however_it_is_written(people: Callers, cast: Cast, item: UUID):
    request_id = cases.make_request(
        cast, item, Status.SUBMITTED, identifiers=[{"type": "MSISDN", "value": "098765 43210"}]
    )
    for who in ("io", "sho", "nodal"):
        for written in ("+919876543210", "9876543210", "0091-98765-43210"):
            wanted = {"identifier": {"type": "MSISDN", "value": written}}
            found = people.call(who, "POST", f"{BASE}search/", json=wanted)
            assert [each["id"] for each in found.json["items"]] == [str(request_id)], (who, written)
    for who in ("foreign_io", "io2", "banker", "admin"):
        found = people.call(
            who, "POST", f"{BASE}search/", json={"identifier": {"type": "MSISDN", "value": "9876543210"}}
        )
        assert found.json["items"] == []
    bad = people.call("io", "POST", f"{BASE}search/", json={"identifier": {"type": "MSISDN", "value": "12"}})
    assert bad.status_code == 422


def test_words_are_found_in_what_the_reader_sees(people: Callers, cast: Cast, item: UUID):
    request_id = cases.make_request(
        cast, item, Status.SUBMITTED, description="Zebra-crossing fraud", notes="Informer Quagga"
    )
    number = people.call("io", "GET", f"{BASE}{request_id}/").json["request_number"]
    for who, words, seen in (
        ("io", "zebra crossing", True), ("nodal", "zebra", True), ("io", "quagga", True), ("nodal", "quagga", False),
        ("foreign_io", "zebra", False), ("nodal", number, True), ("io", "CO/17/2026", True),
        ("io", number[-6:], True), ("nodal", number[-2:], True), ("io", f" {number[-6:]} ", True),
        ("foreign_io", number[-6:], False), ("banker", number[-6:], False), ("io", f"9{number[-5:]}", False),
    ):  # fmt: skip
        answer = people.call("io" if who == "io" else who, "GET", BASE, query_string={"q": words, "limit": 200})
        assert (str(request_id) in [each["id"] for each in answer.json["items"]]) is seen, (who, words)


def test_pages_hold_still_and_every_order_works(people: Callers, cast: Cast, item: UUID):
    for priority in ("NORMAL", "CRITICAL", "URGENT"):
        cases.make_draft(cast, item, priority=priority)
    whole = people.call("io", "GET", f"{BASE}?limit=200").json
    assert whole["next_cursor"] is None
    assert whole["total"] == len(whole["items"])
    for sort in ("created_at", "updated_at", "sla_due_date", "priority", "status", "request_number"):
        for order in (sort, f"-{sort}"):
            got, cursor = [], None
            while True:
                query = {"sort": order, "limit": 3, **({"cursor": cursor} if cursor else {})}
                page = people.call("io", "GET", BASE, query_string=query)
                assert page.status_code == 200, page.json
                got += page.json["items"]
                cursor = page.json["next_cursor"]
                if cursor is None:
                    break
            ids = [each["id"] for each in got]
            assert len(ids) == len(set(ids)) == whole["total"], order
    ranks = {"NORMAL": 0, "URGENT": 1, "CRITICAL": 2}
    rows = people.call("io", "GET", f"{BASE}?sort=-priority&limit=200").json["items"]
    found = [ranks[each["priority"]] for each in rows]
    assert found == sorted(found, reverse=True)
    assert people.call("io", "GET", f"{BASE}?sort=notes").status_code == 422
    assert people.call("io", "GET", f"{BASE}?cursor=abc").status_code == 422
    assert people.call("io", "GET", f"{BASE}?colour=red").status_code == 422


def test_filters_and_counts_agree(people: Callers, cast: Cast, item: UUID):
    cases.make_request(cast, item, Status.IN_PROGRESS)
    counts = people.call("io", "GET", f"{BASE}counts/").json
    for status, number in counts["status"].items():
        assert people.call("io", "GET", f"{BASE}?status={status}&limit=1").json["total"] == number
    two = people.call("io", "GET", f"{BASE}?status=DRAFT&status=IN_PROGRESS&limit=1").json["total"]
    assert two == counts["status"]["DRAFT"] + counts["status"]["IN_PROGRESS"]
    assert counts["total"] == sum(counts["status"].values())
    tomorrow = (clock.now() + dt.timedelta(days=1)).date().isoformat()
    assert people.call("io", "GET", f"{BASE}?created_from={tomorrow}").json["total"] == 0
    assert people.call("io", "GET", f"{BASE}?created_to={tomorrow}").json["total"] == counts["total"]
    assert people.call("io", "GET", f"{BASE}?provider_tenant_id={cast.tenants['bank']}").status_code == 200


def test_a_list_is_narrowed_to_whom_and_what_it_names(people: Callers, cast: Cast, item: UUID):
    def found(who: str, **query: Any) -> set[str]:
        answer = people.call(who, "GET", BASE, query_string={**query, "limit": 200})
        assert answer.status_code == 200, answer.json
        assert answer.json["total"] == len(answer.json["items"])
        return {each["id"] for each in answer.json["items"]}

    other_item = cases.make_item(cast, name="Another item")
    lying, taken = (str(cases.make_request(cast, other_item, Status.SUBMITTED)) for _ in range(2))
    desk = str(cast["desk"].user_id)
    assert people.call("nodal", "POST", f"{BASE}{taken}/assign/", json={"user_id": desk}).status_code == 200
    assert found("nodal", catalog_item_id=str(other_item)) == {lying, taken}
    mine = {"catalog_item_id": str(other_item)}
    assert found("nodal", assigned_to="unassigned", **mine) == {lying}
    assert found("nodal", assigned_to=desk, **mine) == found("desk", assigned_to="me", **mine) == {taken}
    assert found("nodal", assigned_to="me", **mine) == set()
    assert found("sho", created_by=str(cast["io"].user_id), **mine) == {lying, taken}
    assert found("sho", created_by="me", **mine) == found("sho", created_by=str(cast["io2"].user_id), **mine) == set()
    assert found("nodal", agency_tenant_id=str(cast.tenants["mumbai"]), **mine) == {lying, taken}
    assert found("nodal", agency_tenant_id=str(cast.tenants["bengaluru"])) == set()
    for query in (
        "assigned_to=them",
        "created_by=unassigned",
        "agency_tenant_id=x",
        "sent_back=maybe",
        "due_from=soon",
    ):
        assert people.call("sho", "GET", f"{BASE}?{query}").status_code == 422, query


def test_drafts_that_were_sent_back_are_found_apart(people: Callers, cast: Cast, item: UUID):
    fresh, returned = cases.make_draft(cast, item), cases.make_request(cast, item, Status.PENDING_APPROVAL)
    changes = people.call("sho", "POST", f"{BASE}{returned}/request-changes/", json={"comments": "Name the period"})
    assert changes.status_code == 200, changes.json
    back = {each["id"] for each in people.call("io", "GET", f"{BASE}?sent_back=true&limit=200").json["items"]}
    assert str(returned) in back
    assert str(fresh) not in back
    other = {each["id"] for each in people.call("io", "GET", f"{BASE}?sent_back=false&limit=200").json["items"]}
    assert str(fresh) in other
    assert not other & back


def test_each_moment_has_a_first_and_a_last_day(people: Callers, cast: Cast, item: UUID):
    request_id = cases.make_request(cast, item, Status.COMPLETED)
    noon = dt.datetime(2024, 2, 29, 12, tzinfo=dt.UTC)  # a day that no other request of this module has
    retell(cast, request_id, noon, completed_at=24, sla_due_date=48)
    for name, day in (("submitted", "2024-02-29"), ("completed", "2024-03-01"), ("due", "2024-03-02")):
        within = people.call("io", "GET", f"{BASE}?{name}_from={day}&{name}_to={day}").json
        assert [each["id"] for each in within["items"]] == [str(request_id)], name
        before = people.call("io", "GET", f"{BASE}?{name}_to=2024-02-28").json
        assert before["total"] == 0, name
    exact = "2024-02-29T12:00:00Z"
    assert people.call("io", "GET", f"{BASE}?submitted_from={exact}&submitted_to={exact}").json["total"] == 1


def test_counts_and_filters_of_clocks_agree(people: Callers, cast: Cast, item: UUID):
    paused = cases.make_request(cast, item, Status.IN_PROGRESS)
    asked = people.call("nodal", "POST", f"{BASE}{paused}/request-info/", json={"message": "Which month?"})
    assert asked.status_code == 200, asked.json
    counts = people.call("nodal", "GET", f"{BASE}counts/").json["sla"]
    assert counts["paused"] >= 1
    for state, number in counts.items():
        assert people.call("nodal", "GET", f"{BASE}?sla={state}&limit=1").json["total"] == number, state
    ids = [each["id"] for each in people.call("nodal", "GET", f"{BASE}?sla=paused&limit=200").json["items"]]
    assert str(paused) in ids


def test_the_clocks_state_is_told_and_filtered(people: Callers, cast: Cast, item: UUID):
    soon, late, calm = (cases.make_request(cast, item, Status.SUBMITTED) for _ in range(3))
    with cast.superuser() as connection:
        for request_id, hours in ((soon, 1), (late, -2)):
            connection.execute(
                "UPDATE app.lers_requests SET sla_due_date = now() + make_interval(hours => %s) WHERE id = %s",
                (hours, request_id),
            )
    states = {each: people.call("io", "GET", f"{BASE}{each}/").json for each in (soon, late, calm)}
    assert [states[each]["sla_state"] for each in (soon, late, calm)] == ["DUE_SOON", "BREACHED", "ON_TRACK"]
    assert [states[each]["sla_breached"] for each in (soon, late, calm)] == [False, True, False]
    for name, expected in (("due_soon", soon), ("breached", late)):
        ids = [each["id"] for each in people.call("nodal", "GET", f"{BASE}?sla={name}&limit=200").json["items"]]
        assert str(expected) in ids
        assert str(calm) not in ids
    told = people.call("io", "GET", f"{BASE}{calm}/sla/").json
    assert told["due"].endswith("Z")
    assert told["promised_hours"] == 24
    assert told["steps"][0]["kind"] == "COUNTED"
    assert [each["kind"] for each in told["ledger"]] == ["START"]


def test_one_result_an_id_in_bulk(people: Callers, cast: Cast, item: UUID):
    first, second = (cases.make_request(cast, item, Status.SUBMITTED) for _ in range(2))
    draft, nobody = cases.make_draft(cast, item), new_id()
    ids = [str(each) for each in (second, draft, first, nobody)]
    answer = people.call("nodal", "POST", f"{BASE}bulk/", json={"action": "acknowledge", "ids": ids})
    assert answer.status_code == 200, answer.json
    results = answer.json["results"]
    assert [each["id"] for each in results] == ids
    assert [each["ok"] for each in results] == [True, False, True, False]
    assert results[1]["error"]["code"] == results[3]["error"]["code"] == "not_found"
    assert cases.status_of(cast, first) == "ACKNOWLEDGED"
    two = {"action": "submit-for-approval", "ids": [str(draft), ids[0]]}
    mixed = people.call("io", "POST", f"{BASE}bulk/", json=two)
    assert [each["ok"] for each in mixed.json["results"]] == [True, False]
    assert mixed.json["results"][1]["error"]["code"] == "illegal_transition"
    for body in (
        {"action": "approve", "ids": ids},
        {"action": "acknowledge", "ids": []},
        {"action": "acknowledge", "ids": [ids[0]] * 2},
        {"action": "acknowledge", "ids": [str(new_id()) for _ in range(51)]},
        {"action": "decline", "ids": ids},
    ):
        assert people.call("nodal", "POST", f"{BASE}bulk/", json=body).status_code == 422, body


def test_participants_see_the_request_until_they_are_removed(people: Callers, cast: Cast, item: UUID):
    request_id = cases.make_draft(cast, item)
    path = f"{BASE}{request_id}/participants/"
    io2 = str(cast["io2"].user_id)
    assert people.call("io2", "GET", f"{BASE}{request_id}/").status_code == 404
    added = people.call("io", "POST", path, json={"user_id": io2})
    assert added.status_code == 201
    assert [each["id"] for each in added.json["items"]] == [io2]
    assert people.call("io", "POST", path, json={"user_id": io2}).json["total"] == 1
    seen = people.call("io2", "GET", f"{BASE}{request_id}/")
    assert seen.status_code == 200
    assert seen.json["abilities"]["update"] is False
    assert people.call("io2", "POST", f"{BASE}{request_id}/cancel/").status_code == 403
    for who in ("foreign_io", "nodal", "io"):
        assert people.call("io", "POST", path, json={"user_id": str(cast[who].user_id)}).status_code == 422
    assert people.call("io2", "POST", path, json={"user_id": io2}).status_code == 403
    assert people.call("io", "DELETE", f"{path}{io2}/").status_code == 204
    assert people.call("io", "DELETE", f"{path}{io2}/").status_code == 404
    assert people.call("io2", "GET", f"{BASE}{request_id}/").status_code == 404


def test_the_document_and_the_answers_agree(people: Callers, cast: Cast, item: UUID):
    draft, submitted = cases.make_draft(cast, item), cases.make_request(cast, item, Status.SUBMITTED)
    for who, request_id in (("io", draft), ("io", submitted), ("nodal", submitted), ("admin", submitted)):
        row = people.call(who, "GET", f"{BASE}{request_id}/").json
        assert set(row) == set(schemas.RequestOut().fields)
        assert set(row["abilities"]) == set(schemas.ABILITIES)
        assert schemas.RequestOut().validate(row) == {}
    listed = people.call("io", "GET", BASE).json["items"][0]
    assert set(schemas.RequestOut().fields) - set(listed) == {"problems", "warnings"}


def test_a_changed_identifier_is_whole(people: Callers, cast: Cast, item: UUID):
    row = create(people, cast, item)
    half = people.call(
        "io", "PATCH", f"{BASE}{row['id']}/", json={"identifiers": [{"type": "MSISDN"}]}, headers={"If-Match": '"1"'}
    )
    assert half.status_code == 422
    assert set(half.json["errors"]) == {"identifiers.0.value"}


def test_more_time_and_doubts_over_http(people: Callers, cast: Cast, item: UUID):
    request_id = cases.make_request(cast, item, Status.ACKNOWLEDGED)
    path = f"{BASE}{request_id}/"
    wrong = (
        {},
        {"hours": 0, "reason": "x"},
        {"hours": -1, "reason": "x"},
        {"hours": "NaN", "reason": "x"},
        {"hours": 4},
    )
    for body in wrong:
        assert people.call("nodal", "POST", f"{path}request-extension/", json=body).status_code == 422, body
    asked = people.call("nodal", "POST", f"{path}request-extension/", json={"hours": 6, "reason": "Archive"})
    assert asked.status_code == 200, asked.json
    again = people.call("nodal", "POST", f"{path}request-extension/", json={"hours": 6, "reason": "Archive"})
    assert (again.status_code, again.json["code"]) == (409, "duplicate")
    assert people.call("nodal", "POST", f"{path}grant-extension/", json={"granted": True}).status_code == 403
    granted = people.call("io", "POST", f"{path}grant-extension/", json={"granted": True, "comments": "Fine"})
    assert granted.json["sla_due_date"] > asked.json["sla_due_date"]
    nothing = people.call("io", "POST", f"{path}grant-extension/", json={"granted": True})
    assert (nothing.status_code, nothing.json["code"]) == (409, "no_extension_asked")
    doubted = people.call("nodal", "POST", f"{path}challenge/", json={"reason": "Unknown number"})
    assert doubted.json["sla_state"] == "PAUSED"
    assert people.call("io", "POST", f"{path}confirm-challenge/").status_code == 403
    assert people.call("sho", "POST", f"{path}confirm-challenge/").json["sla_state"] == "ON_TRACK"
    told = people.call("nodal", "GET", f"{path}sla/").json
    assert set(told) == set(schemas.SlaOut().fields)
    assert [each["kind"] for each in told["ledger"]] == ["START", "EXTEND", "PAUSE", "RESUME"]


def test_questions_wait_for_the_agency_and_answers_for_the_provider(people: Callers, cast: Cast, item: UUID):
    asked = str(cases.make_request(cast, item, Status.IN_PROGRESS))
    critical = str(cases.make_request(cast, item, Status.IN_PROGRESS, priority="CRITICAL"))  # whose clock never stands

    def found(who: str, state: str) -> set[str]:
        answer = people.call(who, "GET", BASE, query_string={"clarification": state, "limit": 200}).json
        counts = people.call(who, "GET", f"{BASE}counts/").json["open"]
        assert counts[f"clarification_{state}"] == answer["total"]
        return {each["id"] for each in answer["items"]} & {asked, critical}

    def say(who: str, request_id: str) -> None:
        said = people.call(who, "POST", f"{BASE}{request_id}/messages/", json={"message_text": "The whole of May."})
        assert said.status_code == 201, said.json

    say("io", asked)
    assert found("nodal", "open") == found("nodal", "answered") == set()
    for request_id in (asked, critical):
        question = people.call("nodal", "POST", f"{BASE}{request_id}/request-info/", json={"message": "Which month?"})
        assert question.status_code == 200, question.json
    say("nodal", asked)
    assert found("io", "open") == found("nodal", "open") == {asked, critical}
    say("io", asked)
    say("io", critical)
    assert found("io", "open") == set()
    assert found("io", "answered") == found("nodal", "answered") == {asked, critical}
    say("nodal", critical)
    assert found("nodal", "answered") == {asked}
    assert people.call("nodal", "GET", f"{BASE}?clarification=maybe").status_code == 422
    assert people.call("admin", "GET", f"{BASE}?clarification=open").json["total"] == 0


def test_what_is_open_is_counted_as_the_list_is_narrowed(people: Callers, cast: Cast, item: UUID):
    taken = str(cases.make_request(cast, item, Status.ACKNOWLEDGED))
    done = str(cases.make_request(cast, item, Status.COMPLETED))
    for request_id in (taken, done):
        with cast.superuser() as connection:
            connection.execute(
                "UPDATE app.lers_requests SET assigned_to_company_id = %s WHERE id = %s",
                (cast["nodal"].user_id, request_id),
            )
    ended = {"COMPLETED", "REJECTED", "CANCELLED"}
    still = "&".join(f"status={status.value}" for status in Status if status.value not in ended)

    def total(query: str) -> int:
        return people.call("nodal", "GET", f"{BASE}?{still}&{query}&limit=1").json["total"]

    counts = people.call("nodal", "GET", f"{BASE}counts/").json["open"]
    assert counts["assigned_to_me"] == total("assigned_to=me") == 1
    assert counts["unassigned"] == total("assigned_to=unassigned")
    assert counts["sent_back"] == 0
    assert counts["total"] == total("sort=created_at")
    for state in ("breached", "due_soon", "on_track", "paused"):
        assert counts[state] == total(f"sla={state}"), state


def test_the_oldest_that_lies_at_the_provider_comes_first(people: Callers, cast: Cast):
    item = cases.make_item(cast, name="An item of its own")
    first, second = (str(cases.make_request(cast, item, Status.SUBMITTED)) for _ in range(2))
    draft = str(cases.make_draft(cast, item))
    asked = f"{BASE}?catalog_item_id={item}&sort=submitted_at&limit=1"
    seen, cursor = [], None
    while len(seen) < 3 and (not seen or cursor):
        answer = people.call("io", "GET", f"{asked}&cursor={cursor}" if cursor else asked).json
        seen += [each["id"] for each in answer["items"]]
        cursor = answer["next_cursor"]
    assert seen == [first, second, draft]
    assert cursor is None
