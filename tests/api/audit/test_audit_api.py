"""The audit trail over HTTP."""

from __future__ import annotations

from uuid import UUID

from lers_web.domains.audit import schemas, service
from lers_web.domains.requests.service import Status
from lers_web.http.schemas import page_of
from lers_web.kernel.ports import Backend
from tests.factories import cases
from tests.factories.callers import Callers
from tests.factories.cast import Cast
from tests.factories.shapes import differences


def test_entries_and_verification(people: Callers, cast: Cast, item: UUID) -> None:
    request_id = cases.make_request(cast, item, Status.SUBMITTED)
    listed = people.call("sho", "GET", f"/lers/audit/?request_id={request_id}&limit=2")
    assert listed.status_code == 200
    assert not differences(page_of(schemas.AuditEntryOut), listed.json)
    assert listed.json["next_cursor"]
    number = people.call("sho", "GET", f"/lers/requests/{request_id}/").json["request_number"]
    assert {entry["request_number"] for entry in listed.json["items"]} == {number}
    following = people.call("sho", "GET", f"/lers/audit/?request_id={request_id}&cursor={listed.json['next_cursor']}")
    assert {entry["seq"] for entry in listed.json["items"]}.isdisjoint(e["seq"] for e in following.json["items"])
    verified = people.call("sho", "GET", "/lers/audit/verify/")
    assert not differences(schemas.VerifyOut, verified.json)
    assert (verified.json["ok"], verified.json["complete"], verified.json["chains"]) == (True, True, 1)
    assert people.call("admin", "GET", "/lers/audit/verify/").json["chains"] >= 2
    assert people.call("admin", "GET", f"/lers/audit/verify/?chain={cast.tenants['mumbai']}").json["chains"] == 1


def test_checkpoints_are_listed_newest_first_with_the_keys_that_verify_them(people: Callers, cast: Cast) -> None:
    worker = Backend.connect(cast.settings, cast.settings.worker_database_url, application="lers-test")
    made = [service.make_checkpoint(worker) for _ in range(3)]
    worker.engine.dispose()
    first = people.call("nodal", "GET", "/lers/audit/checkpoints/?limit=2")
    assert first.status_code == 200
    assert not differences(schemas.CheckpointsOut, first.json)
    assert [item["note"] for item in first.json["items"]] == [made[2].note, made[1].note]
    assert first.json["total"] >= 3
    following = people.call("nodal", "GET", f"/lers/audit/checkpoints/?cursor={first.json['next_cursor']}").json
    assert following["items"][0]["root"] == made[0].root
    assert following["next_cursor"] is None
    newest = first.json["keys"][0]
    assert newest["newest"]
    assert newest["vkey"].startswith(first.json["origin"] + "+")
    assert first.json["items"][0]["kid"] == newest["kid"]
    verified = people.call("sho", "GET", "/lers/audit/verify/").json
    assert (verified["ok"], verified["leaves"], verified["unsigned"]) == (True, made[2].size, 0)
    assert verified["checkpoints"] >= 3
    assert people.call("io", "GET", "/lers/audit/checkpoints/").status_code == 403
    for query in ("limit=0", "cursor=abc", "sort=size"):
        assert people.call("sho", "GET", f"/lers/audit/checkpoints/?{query}").status_code == 422, query


def test_who_does_not_read_it(people: Callers, cast: Cast) -> None:
    assert people.call("io", "GET", "/lers/audit/").status_code == 403
    assert people.call("io", "GET", "/lers/audit/verify/").status_code == 403
    assert people.call("banker", "GET", f"/lers/audit/?tenant_id={cast.tenants['mumbai']}").json["total"] == 0


def test_the_number_of_a_request_that_the_reader_may_not_see_is_left_out(
    people: Callers, cast: Cast, item: UUID
) -> None:
    draft = cases.make_draft(cast, item)
    assert people.call("nodal", "GET", f"/lers/requests/{draft}/").status_code == 404
    refused = people.call("nodal", "GET", f"/lers/audit/?request_id={draft}").json["items"]
    assert [(entry["event"], entry["request_number"]) for entry in refused] == [("refused:not_found", None)]


def test_what_is_not_valid_is_refused(people: Callers) -> None:
    for query in ("event=all", "event=a:'", "from=yesterday", "colour=red", "cursor=abc", "sort=event"):
        assert people.call("sho", "GET", f"/lers/audit/?{query}").status_code == 422, query
    assert people.call("sho", "GET", "/lers/audit/verify/?cursor=abc").status_code == 422
    span = "from=2026-01-01T00:00:00Z&to=2030-01-01T00:00:00Z"
    assert people.call("sho", "GET", f"/lers/audit/?{span}").status_code == 200


def test_a_changed_entry_is_found(people: Callers, cast: Cast, item: UUID) -> None:
    cases.make_draft(cast, item)
    with cast.superuser() as connection:
        connection.execute("ALTER TABLE audit.entry DISABLE TRIGGER no_upd")
        connection.execute(
            'UPDATE audit.entry SET canonical = replace(canonical, \'"v":"1"\', \'"v":"2"\')'
            " WHERE chain = %s AND seq = 1",
            (str(cast.tenants["mumbai"]),),
        )
        connection.execute("ALTER TABLE audit.entry ENABLE ALWAYS TRIGGER no_upd")
    found = people.call("sho", "GET", "/lers/audit/verify/").json
    assert (found["ok"], found["problem_count"], found["problems"][0]["code"]) == (False, 1, "changed")
    assert found["problems"][0]["seq"] == 1
    assert people.call("nodal", "GET", "/lers/audit/verify/").json["ok"] is True
