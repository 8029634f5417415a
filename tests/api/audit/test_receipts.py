"""Receipts: an act's answer names the entry that it wrote, and a repeated question gets the same one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from lers_web.domains.requests.schemas import RequestStepOut
from lers_web.domains.requests.service import Status
from tests.factories import cases
from tests.factories.callers import Callers
from tests.factories.cast import Cast
from tests.factories.rows import rows
from tests.factories.shapes import differences


def written(cast: Cast, receipt: dict[str, Any]) -> tuple[str, UUID | None]:
    """What the entry that a receipt names says."""
    where = "WHERE chain = %s AND seq = %s AND hash = decode(%s, 'hex')"
    (found,) = rows(
        cast, f"SELECT event, request_id FROM audit.entry {where}", receipt["chain"], receipt["seq"], receipt["hash"]
    )
    return found


def test_steps_answer_with_the_last_entry_that_they_wrote(people: Callers, cast: Cast, item: UUID) -> None:
    request_id = cases.make_request(cast, item, Status.PENDING_APPROVAL)
    path = f"/lers/requests/{request_id}/"
    approved = people.call("sho", "POST", path + "approve/", json={"comments": "Grounds are made out."})
    assert approved.status_code == 200, approved.json
    assert not differences(RequestStepOut, approved.json)
    event, concerned = written(cast, approved.json["receipt"])
    assert event.startswith(("request:", "approval:"))
    assert concerned == request_id
    assert approved.json["receipt"]["chain"] == str(cast.tenants["mumbai"])
    last = rows(cast, "SELECT seq, hash FROM audit.head WHERE chain = %s", approved.json["receipt"]["chain"])
    assert last == [(approved.json["receipt"]["seq"], bytes.fromhex(approved.json["receipt"]["hash"]))]
    taken = people.call("nodal", "POST", path + "acknowledge/", json={})
    assert not differences(RequestStepOut, taken.json)
    assert written(cast, taken.json["receipt"]) == ("request:acknowledge", request_id)
    assert int(taken.headers["Content-Length"]) == len(taken.data)


def test_what_only_reads_and_what_is_refused_has_none(people: Callers, cast: Cast, item: UUID) -> None:
    request_id = cases.make_request(cast, item, Status.SUBMITTED)
    assert "receipt" not in people.call("sho", "GET", f"/lers/requests/{request_id}/").json
    refused = people.call("nodal", "POST", f"/lers/requests/{request_id}/start/", json={})
    assert refused.status_code == 409
    assert "receipt" not in refused.json
