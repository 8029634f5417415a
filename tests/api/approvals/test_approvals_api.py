"""Approvals over HTTP: shapes, codes, step-up."""

from __future__ import annotations

import base64
import hashlib
from typing import Any
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from lers_web.domains.approvals import schemas
from lers_web.domains.identity.schemas import SealKeysOut
from lers_web.domains.requests.service import Status
from lers_web.http.schemas import page_of
from tests.factories import cases
from tests.factories.callers import Callers
from tests.factories.cast import Cast
from tests.factories.shapes import differences


@pytest.fixture
def path(cast: Cast, item: UUID) -> str:
    return f"/lers/requests/{cases.make_request(cast, item, Status.PENDING_APPROVAL)}"


def test_approving_answers_the_request_and_leaves_a_decision(people: Callers, path: str) -> None:
    done = people.call("sho", "POST", f"{path}/approve/", json={"comments": "As asked."})
    assert (done.status_code, done.json["status"]) == (200, "SUBMITTED")
    assert done.headers["ETag"] == f'"{done.json["version"]}"'
    listed = people.call("io", "GET", f"{path}/approvals/")
    assert not differences(page_of(schemas.ApprovalOut), listed.json)
    assert [row["verdict"] for row in listed.json["items"]] == ["VALID"]
    theirs = people.call("nodal", "GET", f"{path}/approvals/")
    assert [row["comments"] for row in theirs.json["items"]] == [None]
    again = people.call("dsp", "POST", f"{path}/approve/", json={})
    assert (again.status_code, again.json["code"]) == (409, "illegal_transition")
    assert again.json["current_status"] == "SUBMITTED"


@pytest.mark.parametrize(
    ("action", "body", "status"),
    [("reject", {"reason": "Too broad"}, "REJECTED"), ("request-changes", {"comments": "Shorter"}, "DRAFT")],
)
def test_the_other_decisions(people: Callers, path: str, action: str, body: dict[str, Any], status: str) -> None:
    for wrong in ({}, {next(iter(body)): ""}, {next(iter(body)): "  "}, {**body, "x": 1}):
        assert people.call("sho", "POST", f"{path}/{action}/", json=wrong).status_code == 422, wrong
    assert people.call("sho", "POST", f"{path}/{action}/", json=body, headers={"If-Match": '"1"'}).status_code == 412
    done = people.call("sho", "POST", f"{path}/{action}/", json=body)
    assert (done.status_code, done.json["status"]) == (200, status)


@pytest.mark.parametrize(
    ("who", "code"), [("io", 403), ("io2", 403), ("foreign_io", 403), ("sp", 404), ("nodal", 403), ("admin", 403)]
)
def test_who_may_not_decide(people: Callers, path: str, who: str, code: int) -> None:
    assert people.call(who, "POST", f"{path}/approve/", json={}).status_code == code
    assert people.call(who, "POST", f"{path}/reject/", json={"reason": "No"}).status_code == code
    assert people.call(who, "GET", f"{path}/signing-statement/?action=approve").status_code == code


def test_an_old_proof_of_identity_does_not_approve(people: Callers, cast: Cast, path: str) -> None:
    with cast.superuser() as connection:
        connection.execute(
            "UPDATE app.auth_session SET proved_at = now() - interval '1 hour' WHERE user_id = %s",
            (cast["dsp"].user_id,),
        )
    refused = people.call("dsp", "POST", f"{path}/approve/", json={})
    assert (refused.status_code, refused.json["code"]) == (403, "step_up_required")
    assert people.call("dsp", "POST", f"{path}/reject/", json={"reason": "No"}).status_code == 200


def test_the_statement_to_sign(people: Callers, path: str) -> None:
    shown = people.call("sho", "GET", f"{path}/signing-statement/?action=approve")
    assert shown.status_code == 200
    assert not differences(schemas.StatementOut, shown.json)
    assert people.call("sho", "GET", f"{path}/signing-statement/?action=complete").status_code == 422
    signature = {
        "statement_id": shown.json["statement_id"],
        "key_id": shown.json["statement_id"],
        "algorithm": "Ed25519",
        "value": "A" * 88,
    }
    refused = people.call("sho", "POST", f"{path}/approve/", json={"signature": signature})
    assert (refused.status_code, list(refused.json["errors"])) == (422, ["signature.key_id"])
    for wrong in ({"algorithm": "none"}, {"value": "short"}, {"key_id": "x"}, {"extra": 1}):
        answer = people.call("sho", "POST", f"{path}/approve/", json={"signature": {**signature, **wrong}})
        assert answer.status_code == 422, wrong


def test_whoever_reads_a_decision_can_check_its_seal_with_the_keys_that_the_server_tells(
    people: Callers, path: str
) -> None:
    people.call("sho", "POST", f"{path}/approve/", json={})
    (decision,) = people.call("nodal", "GET", f"{path}/approvals/").json["items"]
    told = people.call("nodal", "GET", "/auth/seal-keys/")
    assert not differences(SealKeysOut, told.json)
    (key,) = [each for each in told.json["items"] if each["kid"] == decision["seal"]["kid"]]
    spki = base64.b64decode(key["public_key"])
    assert (key["seals"], key["fingerprint"]) == (True, hashlib.sha256(spki).hexdigest())
    public = serialization.load_der_public_key(spki)
    assert isinstance(public, Ed25519PublicKey)
    seal = base64.urlsafe_b64decode(decision["seal"]["value"])
    public.verify(seal, b"LERS-SEAL-v1\0" + decision["statement"].encode())
    with pytest.raises(InvalidSignature):
        public.verify(seal, b"LERS-SEAL-v1\0" + decision["statement"].replace("APPROVE", "REJECT").encode())


def test_a_refused_attempt_stands_in_the_audit_trail(people: Callers, path: str) -> None:
    people.call("io", "POST", f"{path}/approve/", json={})
    entries = people.call("sho", "GET", f"/lers/audit/?event=refused:forbidden&request_id={path.rpartition('/')[2]}")
    assert [entry["actor"]["name"] for entry in entries.json["items"]] == ["Io"]
