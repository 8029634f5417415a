"""Break-glass over HTTP: what an administrator sees without it, with it, and after it; and who hears of it."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from lers_web.domains.access.schemas import BreakGlassOut
from lers_web.domains.identity.sessions import access_token
from lers_web.domains.requests.reads import CASE_CONTENT
from lers_web.domains.requests.service import Status
from lers_web.kernel import clock
from lers_web.kernel.ids import new_id
from lers_web.kernel.tokens import TokenKeys
from tests.api.access.conftest import Case
from tests.factories import cases
from tests.factories.callers import Callers
from tests.factories.cast import Cast
from tests.factories.rows import rows
from tests.factories.shapes import differences

BASE = "/auth/break-glass/"
REASON = "Complaint 42: the mandate is said to be forged"


def ask(people: Callers, request_id: str, who: str = "admin", **more: Any) -> TestResponse:
    return people.call(who, "POST", BASE, json={"request_id": request_id, "reason": REASON}, **more)


def opened(people: Callers, request_id: str, who: str = "admin") -> dict[str, Any]:
    answer = ask(people, request_id, who)
    assert answer.status_code == 201, answer.text
    return dict(answer.json)


def end(people: Callers, session: dict[str, Any], who: str = "admin") -> None:
    path, etag = f"{BASE}{session['id']}/", f'"{session["version"]}"'
    assert people.call(who, "DELETE", path, headers={"If-Match": etag}).status_code == 204


def seen(people: Callers, case: Case, who: str = "admin") -> dict[str, int]:
    return {part: people.call(who, "GET", path).status_code for part, path in case.content_paths().items()}


def sees_nothing(people: Callers, case: Case, who: str = "admin") -> None:
    shown = people.call(who, "GET", case.path).json
    assert {name: shown[name] for name in CASE_CONTENT} == dict.fromkeys(CASE_CONTENT)
    assert not shown["abilities"]["read_identifiers"]
    assert not shown["abilities"]["chat_read"]
    assert seen(people, case, who) == dict.fromkeys(case.content_paths(), 404)
    assert people.call(who, "GET", f"{case.path}identifiers/").status_code == 403
    assert people.call(who, "GET", f"{case.path}responses/").json["items"] == []
    assert people.call(who, "GET", "/lers/responses/").json["items"] == []


def trail(cast: Cast, request_id: str) -> list[dict[str, Any]]:
    entries = rows(
        cast, "SELECT canonical FROM audit.entry WHERE request_id = %s AND chain = %s ORDER BY seq",
        request_id, str(cast.tenants["platform"]),
    )  # fmt: skip
    told = [json.loads(canonical) for (canonical,) in entries]
    return [entry for entry in told if not entry["event"].startswith("refused:")]


def test_content_is_closed_then_open_then_closed_again(people: Callers, cast: Cast, case: Case) -> None:
    sees_nothing(people, case)
    session = opened(people, case.id)
    assert not differences(BreakGlassOut, session)
    assert (session["state"], session["abilities"]) == ("OPEN", {"confirm": False, "end": True})
    assert session["asked_by"]["name"] == "Admin"
    assert session["agency_tenant"]["name"] == "Cyber Police Station, Mumbai"
    assert session["provider_tenant"]["name"] == "Bharat Telecom"
    lasts = dt.datetime.fromisoformat(session["expires_at"]) - dt.datetime.fromisoformat(session["opened_at"])
    assert lasts == dt.timedelta(hours=1)

    shown = people.call("admin", "GET", case.path).json
    assert shown["request_number"] == session["request_number"]
    assert (shown["case_reference"], shown["notes"]) == ("FIR 118/2026", "SECRET-AGENCY-NOTE")
    assert shown["identifiers"][0]["masked"]
    assert shown["abilities"]["read_identifiers"]
    assert shown["abilities"]["chat_read"]
    assert people.call("admin", "GET", f"{case.path}identifiers/").json["items"][0]["value"] == cases.PHONE
    assert "SECRET-WORD" in people.call("admin", "GET", f"{case.path}messages/").text
    assert case.file_id in people.call("admin", "GET", f"{case.path}files/").text
    assert "SECRET-ANSWER" in people.call("admin", "GET", f"{case.path}responses/").text
    assert people.call("admin", "GET", f"{case.path}timeline/").status_code == 200
    assert (
        people.call("admin", "POST", f"/lers/responses/{case.response_id}/verify/", json={}).json["verdict"] == "VALID"
    )
    assert seen(people, case) == dict.fromkeys(case.content_paths(), 200)

    told = trail(cast, case.id)
    assert told[0]["event"] == "break_glass:open"
    read = {entry["change"]["part"] for entry in told if entry["event"] == "break_glass:read"}
    assert read == {"request", "messages", "files", "file", "responses", "response", "timeline"}
    assert {"request:identifiers_read", "file:download", "response:verify"} <= {entry["event"] for entry in told}
    assert {entry["actor"]["id"] for entry in told} == {str(cast["admin"].user_id)}

    end(people, session)
    sees_nothing(people, case)
    over = people.call("admin", "GET", f"{BASE}{session['id']}/").json
    assert (over["state"], over["ended_by"]["name"], over["abilities"]["end"]) == ("ENDED", "Admin", False)
    assert trail(cast, case.id)[-1]["event"] == "break_glass:end"


def test_it_opens_one_request_to_one_person_and_lists_stay_closed(
    people: Callers, cast: Cast, case: Case, item: UUID
) -> None:
    other = str(cases.make_request(cast, item, Status.SUBMITTED))
    session = opened(people, case.id)
    assert people.call("admin", "GET", f"/lers/requests/{other}/").json["description"] is None
    assert people.call("admin", "GET", f"/lers/requests/{other}/messages/").status_code == 404
    sees_nothing(people, case, "admin2")
    listed = people.call("admin", "GET", "/lers/requests/").json["items"]
    assert {row["description"] for row in listed} == {None}
    end(people, session)


def test_it_expires(people: Callers, cast: Cast, case: Case) -> None:
    session = opened(people, case.id)
    with cast.superuser() as connection:
        connection.execute("UPDATE app.break_glass SET expires_at = now() WHERE id = %s", (session["id"],))
    sees_nothing(people, case)
    path = f"{BASE}{session['id']}/"
    assert people.call("admin", "GET", path).json["state"] == "EXPIRED"
    late = people.call("admin", "DELETE", path, headers={"If-Match": "*"})
    assert (late.status_code, late.json["code"], late.json["current_status"]) == (409, "illegal_transition", "EXPIRED")
    end(people, opened(people, case.id))  # and may be opened anew


def test_nothing_is_changed_through_it(people: Callers, cast: Cast, case: Case) -> None:
    session = opened(people, case.id)
    before = people.call("io", "GET", case.path)
    message = people.call("admin", "GET", f"{case.path}messages/").json["items"][0]["id"]
    review = f"/lers/responses/{case.response_id}/"
    tried = [
        people.call("admin", "PATCH", case.path, json={"notes": "x"}, headers={"If-Match": "*"}),
        people.call("admin", "POST", f"{case.path}complete/", json={}),
        people.call("admin", "POST", f"{case.path}withdraw/", json={"reason": "x"}),
        people.call("admin", "POST", f"{case.path}messages/", json={"message_text": "x"}),
        people.call("admin", "POST", f"{case.path}messages/read/", json={"up_to": message}),
        people.call("admin", "POST", f"{case.path}participants/", json={"user_id": str(cast["io2"].user_id)}),
        people.call("admin", "POST", f"{review}accept/", json={}),
        people.call("admin", "PUT", f"/lers/files/{case.file_id}/content/", data=b"x"),
    ]
    assert [answer.status_code for answer in tried] == [403] * len(tried)
    assert people.call("admin", "POST", f"{review}verify/", json={}).status_code == 200
    ((verified,),) = rows(cast, "SELECT signature_verified FROM app.lers_responses WHERE id = %s", case.response_id)
    assert verified is None
    assert people.call("io", "GET", case.path).headers["ETag"] == before.headers["ETag"]
    end(people, session)


def test_two_people(people: Callers, cast: Cast, case: Case) -> None:
    cases.set_policy(cast, "io", break_glass_two_person=True)
    try:
        session = opened(people, case.id)
    finally:
        cases.set_policy(cast, "io", break_glass_two_person=False)
    assert (session["state"], session["two_person"], session["opened_at"]) == ("WAITING", True, None)
    sees_nothing(people, case)
    path = f"{BASE}{session['id']}/"
    own = people.call("admin", "POST", f"{path}confirm/", json={})
    assert (own.status_code, own.json["code"]) == (403, "forbidden")
    waiting = people.call("admin2", "GET", f"{BASE}?state=WAITING").json["items"]
    assert [(row["id"], row["abilities"]) for row in waiting] == [(session["id"], {"confirm": True, "end": True})]
    stale = people.call("admin2", "POST", f"{path}confirm/", json={}, headers={"If-Match": '"7"'})
    assert stale.status_code == 412
    confirmed = people.call("admin2", "POST", f"{path}confirm/", json={})
    assert confirmed.status_code == 200, confirmed.text
    assert (confirmed.json["state"], confirmed.json["confirmed_by"]["name"]) == ("OPEN", "Admin2")
    assert people.call("admin", "GET", case.path).json["case_reference"] == "FIR 118/2026"
    sees_nothing(people, case, "admin2")
    again = people.call("admin2", "POST", f"{path}confirm/", json={})
    assert (again.status_code, again.json["code"]) == (409, "illegal_transition")
    assert [entry["event"] for entry in trail(cast, case.id)][:2] == ["break_glass:ask", "break_glass:open"]
    assert trail(cast, case.id)[1]["actor"]["id"] == str(cast["admin2"].user_id)
    end(people, confirmed.json, "admin2")  # whoever let it happen may stop it
    sees_nothing(people, case)


def test_the_second_person_may_decline_and_comes_too_late_after_an_hour(
    people: Callers, cast: Cast, case: Case
) -> None:
    cases.set_policy(cast, "io", break_glass_two_person=True)
    try:
        first = opened(people, case.id)
        end(people, first, "admin2")
        assert people.call("admin", "GET", f"{BASE}{first['id']}/").json["ended_by"]["name"] == "Admin2"
        second = opened(people, case.id)
    finally:
        cases.set_policy(cast, "io", break_glass_two_person=False)
    with cast.superuser() as connection:
        connection.execute("UPDATE app.break_glass SET expires_at = now() WHERE id = %s", (second["id"],))
    late = people.call("admin2", "POST", f"{BASE}{second['id']}/confirm/", json={})
    assert late.status_code == 404, "what waits no longer is the asker's own affair"
    sees_nothing(people, case)


def test_both_sides_read_it_in_the_timeline(people: Callers, case: Case) -> None:
    session = opened(people, case.id)
    people.call("admin", "GET", f"{case.path}messages/")
    end(people, session)
    for who in ("io", "nodal"):
        items = people.call(who, "GET", f"{case.path}timeline/").json["items"]
        told = [item for item in items if item["tenant"]["name"] == "LERS Platform"]
        assert [item["event"] for item in told] == ["break_glass:open", "break_glass:end"]
        assert {item["actor"]["name"] for item in told} == {"Admin"}
        assert REASON not in json.dumps(items)


def test_an_agency_hears_of_a_draft_that_was_opened_and_the_provider_does_not(
    people: Callers, cast: Cast, item: UUID
) -> None:
    request_id = str(cases.make_request(cast, item, Status.PENDING_APPROVAL))
    end(people, opened(people, request_id))
    items = people.call("io", "GET", f"/lers/requests/{request_id}/timeline/").json["items"]
    assert [each["event"] for each in items][-2:] == ["break_glass:open", "break_glass:end"]
    ((tenants,),) = rows(
        cast,
        "SELECT tenants FROM app.outbox WHERE type = 'break_glass.opened' AND payload ->> 'request_id' = %s",
        request_id,
    )
    assert tenants == [cast["io"].tenant_id]


def test_one_at_a_time_and_again_after_the_end(people: Callers, case: Case) -> None:
    session = opened(people, case.id)
    second = ask(people, case.id)
    assert (second.status_code, second.json["code"]) == (409, "duplicate")
    assert second.json["break_glass_id"] == session["id"]
    end(people, session)
    end(people, opened(people, case.id))


def test_the_same_key_opens_once(people: Callers, case: Case) -> None:
    key = {"Idempotency-Key": f"glass-{case.id}"}
    first, again = ask(people, case.id, headers=key), ask(people, case.id, headers=key)
    assert (first.status_code, again.status_code, again.json["id"]) == (201, 201, first.json["id"])
    end(people, first.json)


@pytest.mark.parametrize("path", ["", "{id}/confirm/"])
def test_it_needs_a_fresh_proof(people: Callers, cast: Cast, path: str) -> None:
    old = clock.now() - dt.timedelta(hours=1)
    with cast.superuser() as connection:
        connection.execute("UPDATE app.auth_session SET proved_at = %s WHERE sid = %s", (old, cast["admin"].session_id))
    keys = TokenKeys.load(cast.settings.key_dir, signing=True)
    stale = access_token(keys, cast.settings, cast["admin"], auth_time=old, amr=["pwd"])
    try:
        answer = people.app.test_client().post(
            f"/api/v1{BASE}{path.format(id=new_id())}",
            json={} if path else {"request_id": str(new_id()), "reason": REASON},
            headers={"Authorization": f"Bearer {stale}"},
        )
    finally:
        with cast.superuser() as connection:
            connection.execute(
                "UPDATE app.auth_session SET proved_at = %s WHERE sid = %s", (clock.now(), cast["admin"].session_id)
            )
    assert (answer.status_code, answer.json["code"]) == (403, "step_up_required")


@pytest.mark.parametrize("who", ["io", "sho", "nodal", "desk"])
def test_it_is_for_administrators_alone(people: Callers, case: Case, who: str) -> None:
    session = opened(people, case.id)
    path = f"{BASE}{session['id']}/"
    assert ask(people, case.id, who).status_code == 403
    assert people.call(who, "GET", BASE).status_code == 403
    assert people.call(who, "GET", path).status_code == 403
    assert people.call(who, "POST", f"{path}confirm/", json={}).status_code == 403
    assert people.call(who, "DELETE", path, headers={"If-Match": "*"}).status_code == 403
    end(people, session)


def test_bodies_lists_and_preconditions(people: Callers, case: Case) -> None:
    for wrong in ({}, {"request_id": case.id}, {"request_id": case.id, "reason": "short"}, {"reason": REASON}):
        assert people.call("admin", "POST", BASE, json=wrong).status_code == 422, wrong
    assert ask(people, str(new_id())).status_code == 404
    session = opened(people, case.id)
    path = f"{BASE}{session['id']}/"
    assert people.call("admin", "GET", path).headers["ETag"] == '"1"'
    assert people.call("admin", "DELETE", path).status_code == 428
    assert people.call("admin", "DELETE", path, headers={"If-Match": '"5"'}).status_code == 412
    listed = people.call("admin", "GET", f"{BASE}?request_id={case.id}&state=OPEN").json
    assert ([row["id"] for row in listed["items"]], listed["total"]) == ([session["id"]], 1)
    assert people.call("admin2", "GET", f"{BASE}?request_id={case.id}").json["items"] == []
    assert people.call("admin2", "GET", path).status_code == 404
    assert people.call("admin", "GET", f"{BASE}?state=AJAR").status_code == 422
    end(people, session)
