"""Responses: what may be sent, what is sealed, what a verification finds, and what the officer makes of it."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from psycopg.types.json import Jsonb

from lers_web.domains.files import transfer
from lers_web.domains.identity import service as identity
from lers_web.domains.requests import reads as request_reads
from lers_web.domains.requests import service as requests
from lers_web.domains.requests.service import Action, Status
from lers_web.domains.responses import reads, service, verification
from lers_web.domains.responses.states import Verdict
from lers_web.kernel.errors import Conflict, Forbidden, IllegalTransition, Invalid, LersError, NotFound, StaleVersion
from lers_web.kernel.ids import new_id
from lers_web.kernel.paging import Page
from tests import samples
from tests.factories import cases, uploads
from tests.factories.cast import Cast
from tests.factories.rows import rows
from tests.factories.talk import make_file

CSV = {"media_type": "text/csv", "purpose": "RESPONSE"}


@pytest.fixture
def working(cast: Cast, item: UUID) -> UUID:
    """A request with two identifiers that the provider works on."""
    numbers = [{"type": "MSISDN", "value": f"+91900000000{digit}"} for digit in (1, 2)]
    return cases.make_request(cast, item, Status.IN_PROGRESS, identifiers=numbers)


def content(**changes: Any) -> dict[str, Any]:
    return {
        "response_text": "The records are enclosed.",
        "remarks": None,
        "file_ids": [],
        "outcomes": [],
        "is_partial": False,
        **changes,
    }


def send(cast: Cast, request_id: UUID, who: str = "desk", signature: Any = None, **changes: Any) -> UUID:
    with cast.acting(who) as uow:
        return service.create(uow, request_id, content(**changes), signature=signature)


def identifiers_of(cast: Cast, request_id: UUID) -> dict[UUID, str]:
    with cast.acting("nodal") as uow:
        return requests.identifier_ids(uow, request_id)


def one(cast: Cast, who: str, response_id: UUID) -> dict[str, Any]:
    with cast.acting(who) as uow:
        return reads.one(uow, response_id)


def verify(cast: Cast, who: str, response_id: UUID) -> verification.Finding:
    with cast.acting(who) as uow:
        plan = verification.plan(uow, response_id)
    finding = verification.run(cast.backend.ports, plan)
    with cast.acting(who) as uow:
        verification.record(uow, response_id, finding)
    return finding


def test_a_final_response_moves_the_request_and_fills_what_nobody_named(cast: Cast, working: UUID) -> None:
    first, second = identifiers_of(cast, working)
    response_id = send(
        cast, working, outcomes=[{"identifier_id": second, "outcome": "NO_DATA", "reason_code": "DATA_NOT_HELD"}]
    )
    assert cases.status_of(cast, working) == "RESPONSE_UPLOADED"
    assert identifiers_of(cast, working) == {first: "DISCLOSED", second: "NO_DATA"}
    row = one(cast, "io", response_id)
    assert row["response_number"] == row["request_number"] + "-R1"
    assert row["submitted_by"]["name"] == "Desk"
    assert row["status"] == "RECEIVED"
    assert [each["outcome"] for each in row["outcomes"]] == ["DISCLOSED", "NO_DATA"]
    assert row["abilities"] == {"verify": True, "accept": True, "reject": True, "rate": True}
    assert one(cast, "nodal", response_id)["abilities"]["accept"] is False
    assert rows(cast, "SELECT 1 FROM app.outbox WHERE type = 'response.created' AND payload->>'response_id' = %s",
                str(response_id))  # fmt: skip


def test_a_partial_response_keeps_the_request_in_progress_and_names_only_what_it_names(
    cast: Cast, working: UUID
) -> None:
    first, second = identifiers_of(cast, working)
    partial = send(cast, working, is_partial=True, outcomes=[{"identifier_id": first, "outcome": "PARTIAL"}])
    assert cases.status_of(cast, working) == "IN_PROGRESS"
    assert identifiers_of(cast, working) == {first: "PARTIAL", second: "PENDING"}
    final = send(cast, working)
    assert identifiers_of(cast, working) == {first: "PARTIAL", second: "DISCLOSED"}
    with cast.acting("io") as uow:
        listed = reads.of_request(uow, working)["items"]
        assert [row["id"] for row in listed] == [partial, final]
        assert [row["response_number"][-3:] for row in listed] == ["-R1", "-R2"]
        assert reads.page(uow, {"request_id": working, "is_partial": True}, Page())["total"] == 1


@pytest.mark.parametrize(
    ("who", "error"), [("banker", NotFound), ("io", Forbidden), ("sho", Forbidden), ("admin", Forbidden)]
)
def test_only_the_provider_answers(cast: Cast, working: UUID, who: str, error: type[LersError]) -> None:
    with pytest.raises(error):
        send(cast, working, who=who)


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.ACKNOWLEDGED, Status.RESPONSE_UPLOADED, Status.COMPLETED])
def test_a_request_is_answered_while_it_is_in_progress_only(cast: Cast, item: UUID, status: Status) -> None:
    request_id = cases.make_request(cast, item, status)
    with pytest.raises(IllegalTransition):
        send(cast, request_id)


def test_everything_that_is_wrong_is_told_at_once(cast: Cast, working: UUID) -> None:
    first, _ = identifiers_of(cast, working)
    with pytest.raises(Invalid) as told:
        send(
            cast,
            working,
            file_ids=[new_id()],
            outcomes=[
                {"identifier_id": first, "outcome": "REJECTED"},
                {"identifier_id": first, "outcome": "DISCLOSED", "reason_code": "OTHER"},
                {"identifier_id": new_id(), "outcome": "NO_DATA"},
            ],
        )
    assert set(told.value.errors) == {
        "file_ids", "outcomes.0.reason_code", "outcomes.1.identifier_id", "outcomes.1.reason_code",
        "outcomes.2.identifier_id",
    }  # fmt: skip
    assert cases.status_of(cast, working) == "IN_PROGRESS"


def test_an_answer_that_says_nothing_is_refused(cast: Cast, working: UUID) -> None:
    with pytest.raises(Invalid) as told:
        send(cast, working, response_text=None)
    assert "response_text" in told.value.errors


@pytest.mark.parametrize("scan_status", ["PENDING", "INFECTED", "SUSPICIOUS", "AWAITING_UPLOAD", "ERROR"])
def test_a_file_that_is_not_clean_goes_nowhere(cast: Cast, working: UUID, scan_status: str) -> None:
    file_id = make_file(cast, "desk", purpose="RESPONSE", scan_status=scan_status)
    with pytest.raises(Invalid) as told:
        send(cast, working, file_ids=[file_id])
    assert told.value.error_code == "file_not_clean"


def test_files_of_others_of_other_purposes_and_sent_twice_are_refused(cast: Cast, working: UUID) -> None:
    theirs = make_file(cast, "banker", purpose="RESPONSE")
    chat = make_file(cast, "desk", purpose="CHAT")
    ours = make_file(cast, "desk", purpose="RESPONSE")
    for wrong in ([theirs], [chat], [ours, ours], [ours] * 51):
        with pytest.raises(Invalid):
            send(cast, working, file_ids=wrong)
    send(cast, working, file_ids=[ours], is_partial=True)
    with pytest.raises(Invalid, match="Each problem") as told:
        send(cast, working, file_ids=[ours])
    assert "another response already" in told.value.errors["file_ids"][0]


# --- manifest and verification -------------------------------------------------------------------------------------


@pytest.fixture
def with_files(cast: Cast, working: UUID) -> UUID:
    """A response with two real files."""
    ids = [
        uploads.upload_clean(cast, "desk", data, filename=name, **CSV)
        for name, data in (("airtel.csv", samples.cdr_airtel()), ("jio.csv", samples.cdr_jio()))
    ]
    return send(cast, working, file_ids=ids, remarks="Times are IST.")


def test_the_manifest_lists_each_file_with_its_hashes_and_verifies(cast: Cast, with_files: UUID) -> None:
    with cast.acting("io") as uow:
        shown = reads.manifest(uow, with_files)
        assert uow.ports.sealer.verify(shown["manifest"], shown["seal"]["kid"], shown["seal"]["value"])
    members = json.loads(shown["manifest"])
    assert [file["name"] for file in members["files"]] == ["airtel.csv", "jio.csv"]
    assert all(len(file["sha256"]) == 64 and len(file["sha512"]) == 128 for file in members["files"])
    assert members["agency"]["name"] == "Cyber Police Station, Mumbai"
    assert "Times are IST" not in shown["manifest"]  # texts stand by their hash
    for who in ("io", "sho", "nodal"):
        finding = verify(cast, who, with_files)
        assert (finding.verdict, finding.reasons) == (Verdict.VALID, [])
        assert [file["verdict"] for file in finding.files] == ["VALID", "VALID"]
    assert one(cast, "io", with_files)["signature_verified"] is True


def test_the_agency_reads_the_files_once_they_were_sent(cast: Cast, with_files: UUID) -> None:
    file_id = UUID(one(cast, "io", with_files)["files"][0]["id"])
    with cast.acting("io") as uow:
        stored = transfer.stored(uow, file_id)
    assert b"".join(stored.chunks(cast.backend.ports.storage)) == samples.cdr_airtel()
    with pytest.raises(NotFound), cast.acting("foreign_io") as uow:
        transfer.stored(uow, file_id)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE app.lers_responses SET response_text = 'Other' WHERE id = %s", "text is not what"),
        ("UPDATE app.lers_responses SET remarks = 'Other' WHERE id = %s", "remarks is not what"),
        ("UPDATE app.lers_responses SET is_partial = true WHERE id = %s", "partial or final"),
        ("UPDATE app.lers_responses SET outcomes = '[]' WHERE id = %s", "outcomes is not what"),
        ("UPDATE app.lers_responses SET response_number = 'X-' || id::text WHERE id = %s", "response number"),
        ("UPDATE app.lers_responses SET manifest = replace(manifest, 'airtel', 'otherl') WHERE id = %s", "seal"),
        ("UPDATE app.lers_responses SET manifest = 'nonsense' WHERE id = %s", "not readable"),
        ("DELETE FROM app.response_file WHERE response_id = %s AND position = 1", "files of the response"),
    ],
)
def test_whatever_was_changed_is_found_and_told(cast: Cast, with_files: UUID, statement: str, words: str) -> None:
    with cast.superuser() as connection:
        connection.execute(statement, (with_files,))  # type: ignore[arg-type]
    finding = verify(cast, "io", with_files)
    assert finding.verdict is Verdict.ALTERED
    assert words in " ".join(finding.reasons)
    assert reads_still_work(cast, with_files)


def reads_still_work(cast: Cast, response_id: UUID) -> bool:
    return one(cast, "io", response_id)["signature_verified"] is False


def test_changed_exchanged_and_lost_bytes_are_found(cast: Cast, with_files: UUID) -> None:
    storage = cast.backend.ports.storage
    first, second = (UUID(file["id"]) for file in one(cast, "io", with_files)["files"])
    with cast.acting("desk") as uow:
        stored = transfer.stored(uow, first)
    other = samples.cdr_airtel().replace(b"IN", b"NI", 1)
    assert len(other) == stored.size
    chunks = iter([other])
    storage.put(stored.object_key, stored.id, stored.key, lambda _: next(chunks, b""), stored.size)
    finding = verify(cast, "io", with_files)
    assert [file["verdict"] for file in finding.files] == ["ALTERED", "VALID"]
    assert "“airtel.csv” is not the one in the manifest" in " ".join(finding.reasons)
    with cast.acting("desk") as uow:
        storage.remove(transfer.stored(uow, second).object_key)
    finding = verify(cast, "io", with_files)
    assert [file["verdict"] for file in finding.files] == ["ALTERED", "ALTERED"]
    assert "“jio.csv” are gone or were changed" in " ".join(finding.reasons)


def test_an_unknown_key_gives_no_verdict_of_valid(cast: Cast, with_files: UUID) -> None:
    with cast.superuser() as connection:
        connection.execute("UPDATE app.lers_responses SET seal_kid = 'seal-1999' WHERE id = %s", (with_files,))
    assert verify(cast, "io", with_files).verdict is Verdict.UNKNOWN_KEY


@pytest.mark.parametrize("who", ["banker", "foreign_io", "sp", "io2", "admin"])
def test_who_does_not_see_the_case_sees_no_response(cast: Cast, with_files: UUID, who: str) -> None:
    with pytest.raises(NotFound):
        one(cast, who, with_files)
    with cast.acting(who) as uow:
        assert with_files not in [row["id"] for row in reads.page(uow, {}, Page(limit=200))["items"]]


# --- a personal signature ------------------------------------------------------------------------------------------


def signed(cast: Cast, request_id: UUID, who: str = "desk", **changes: Any) -> dict[str, Any]:
    key = ed25519.Ed25519PrivateKey.generate()
    pem = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    with cast.acting(who) as uow:
        key_id = identity.add_key(uow, use="SIGNING", public_key=pem.decode(), algorithm=None, label="desk")
        shown = service.response_statement(uow, request_id, content(**changes))
    value = base64.b64encode(key.sign(shown["statement"].encode())).decode()
    return {"statement_id": shown["statement_id"], "key_id": key_id, "algorithm": "Ed25519", "value": value}


def test_a_signed_manifest_is_kept_and_holds(cast: Cast, working: UUID) -> None:
    response_id = send(cast, working, signature=signed(cast, working))
    kept = one(cast, "io", response_id)["signature"]
    assert kept["algorithm"] == "Ed25519"
    assert hashlib.sha256(base64.b64decode(kept["public_key"])).hexdigest() == kept["fingerprint"]
    assert verify(cast, "io", response_id).verdict is Verdict.VALID
    with cast.superuser() as connection:
        connection.execute(
            "UPDATE app.lers_responses SET signature = signature || %s WHERE id = %s",
            (Jsonb({"value": base64.b64encode(bytes(64)).decode()}), response_id),
        )
    assert "personal signature" in verify(cast, "io", response_id).reasons[0]


def test_a_signature_over_another_answer_is_refused(cast: Cast, working: UUID) -> None:
    good = signed(cast, working)
    with pytest.raises(Invalid, match="not what you signed"):
        send(cast, working, signature=good, response_text="Something else")
    with pytest.raises(Invalid, match="not issued to you"):
        send(cast, working, who="nodal", signature=good)
    send(cast, working, signature=good)


# --- what the officer makes of it ----------------------------------------------------------------------------------


def test_accept_reject_and_rate(cast: Cast, working: UUID) -> None:
    response_id = send(cast, working)
    for who, error in (("nodal", Forbidden), ("sho", Forbidden), ("io2", NotFound), ("foreign_io", NotFound)):
        for judge in (
            lambda uow: service.accept(uow, response_id),
            lambda uow: service.reject(uow, response_id, reason="No"),
            lambda uow: service.rate(uow, response_id, score=1, comment=None),
        ):
            with pytest.raises(error), cast.acting(who) as uow:
                judge(uow)
    with cast.acting("io") as uow:
        service.accept(uow, response_id, expected_version=1)
    with pytest.raises(StaleVersion), cast.acting("io") as uow:
        service.rate(uow, response_id, score=4, comment=None, expected_version=1)
    with pytest.raises(Conflict), cast.acting("io") as uow:
        service.accept(uow, response_id)
    cases.step(cast, "nodal", working, Action.COMPLETE)
    with cast.acting("io") as uow:
        service.rate(uow, response_id, score=3, comment="Late")
        service.rate(uow, response_id, score=4, comment="Late but whole")
    row = one(cast, "nodal", response_id)
    assert (row["status"], row["rating"], row["rating_comment"]) == ("ACCEPTED", 4, "Late but whole")
    assert row["decided_by"]["name"] == "Io"
    with cast.acting("io") as uow:
        service.reject(uow, response_id, reason="A page is missing, as we see now")
    assert one(cast, "nodal", response_id)["status"] == "REJECTED"
    assert cases.status_of(cast, working) == "COMPLETED"  # after the end only the response changes


def test_a_rejected_response_gives_the_request_back_and_another_one_follows(cast: Cast, working: UUID) -> None:
    response_id = send(cast, working)
    with cast.acting("io") as uow:
        service.reject(uow, response_id, reason="The second number is missing")
    assert cases.status_of(cast, working) == "IN_PROGRESS"
    assert one(cast, "nodal", response_id)["rejection_reason"] == "The second number is missing"
    with pytest.raises(Conflict), cast.acting("io") as uow:
        service.accept(uow, response_id)
    again = send(cast, working)
    assert one(cast, "io", again)["response_number"].endswith("-R2")
    with cast.acting("io") as uow:
        assert request_reads.one(uow, working)["status"] == "RESPONSE_UPLOADED"
    events = rows(cast, "SELECT payload->>'status' FROM app.outbox WHERE type = 'response.decided'"
                        " AND payload->>'response_id' = %s", str(response_id))  # fmt: skip
    assert events == [("REJECTED",)]
