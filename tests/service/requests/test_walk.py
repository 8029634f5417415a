"""A request's whole life, as each side sees it."""

from __future__ import annotations

from uuid import UUID

import pytest

from lers_web.domains.requests import reads, service, timeline
from lers_web.domains.requests.service import Action, Status
from lers_web.kernel.errors import NotFound
from tests.factories import cases
from tests.factories.cast import Cast


def test_a_request_walks_from_draft_to_completed(cast: Cast, item: UUID):
    request_id = cases.make_draft(cast, item)
    with cast.acting("io") as uow:
        row = reads.one(uow, request_id)
    assert row["status"] == "DRAFT"
    assert row["problems"] == []
    assert row["approval_route"] == [{"level": 1, "min_rank": "SHO"}]
    assert row["request_number"].startswith("LERS-")
    assert "-MUM-" in row["request_number"]
    assert row["identifiers"][0]["masked"].startswith("••••")
    assert row["abilities"]["submit_for_approval"] is True
    assert row["abilities"]["approve"] is False

    cases.step(cast, "io", request_id, Action.SUBMIT_FOR_APPROVAL)
    with pytest.raises(NotFound), cast.acting("nodal") as uow:
        reads.one(uow, request_id)
    with cast.acting("sho") as uow:
        assert reads.one(uow, request_id)["abilities"]["approve"] is True
    assert cases.approve(cast, request_id) is True

    with cast.acting("nodal") as uow:
        row = reads.one(uow, request_id)
    assert row["status"] == "SUBMITTED"
    assert row["sla_due_date"] is not None
    assert row["notes"] is None
    assert row["metadata"] is None
    assert row["court_order_number"] == "CO/17/2026"
    assert row["approved_by"]["name"] == "Sho"

    cases.step(cast, "nodal", request_id, Action.ACKNOWLEDGE)
    cases.step(cast, "nodal", request_id, Action.ASSIGN, user_id=cast["desk"].user_id)
    cases.step(cast, "desk", request_id, Action.START)
    with cast.acting("desk") as uow:
        assert [opened.fields["value"] for opened in service.read_identifiers(uow, request_id)] == [cases.PHONE]
        service.response_uploaded(uow, request_id, partial=False)
    cases.step(cast, "desk", request_id, Action.COMPLETE)

    with cast.acting("io") as uow:
        row = reads.one(uow, request_id)
        events = [each["event"] for each in timeline.timeline(uow, request_id)["items"]]
        found = reads.counts(uow)
    assert row["status"] == Status.COMPLETED
    assert row["sla_met"] is True
    assert row["assigned_to"]["name"] == "Desk"
    assert found["status"]["COMPLETED"] == 1
    assert events == [
        "request:create",
        "request:submit_for_approval",
        "request:approve",
        "request:submit",
        "request:acknowledge",
        "request:start",
        "request:identifiers_read",
        "request:respond",
        "request:complete",
    ]
    with cast.acting("nodal") as uow:
        seen = timeline.timeline(uow, request_id)["items"]
    assert [each["event"] for each in seen] == [
        "request:submit",
        "request:acknowledge",
        "request:assign",
        "request:start",
        "request:identifiers_read",
        "request:respond",
        "request:complete",
    ]
    assert seen[0]["change"] is None, "what the agency wrote stays there"
