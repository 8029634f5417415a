"""Decisions: who may give which level, what is sealed and signed, and what a check finds afterwards."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from psycopg.types.json import Jsonb

from lers_web.domains.approvals import reads, service
from lers_web.domains.authority import service as authority
from lers_web.domains.identity import service as identity
from lers_web.domains.requests import reads as request_reads
from lers_web.domains.requests.service import Action, Status
from lers_web.kernel import clock
from lers_web.kernel.errors import Conflict, Forbidden, IllegalTransition, Invalid, LersError, NotFound, StaleVersion
from lers_web.kernel.ids import new_id
from tests.factories import cases
from tests.factories.cast import Cast
from tests.factories.rows import rows


@pytest.fixture
def pending(cast: Cast, item: UUID) -> UUID:
    """A request that waits for its one level."""
    return cases.make_request(cast, item, Status.PENDING_APPROVAL)


@pytest.fixture
def two_levels(cast: Cast, item: UUID) -> Iterator[UUID]:
    """A request whose route is level 1 SHO, level 2 DSP."""
    with cast.acting("sho") as uow:
        rule = authority.create_rule(
            uow,
            {"request_type": "CDR", "levels": [{"level": 1, "min_rank": "SHO"}, {"level": 2, "min_rank": "DSP"}]},
        )
        rule_id, version = rule.id, rule.version
    yield cases.make_request(cast, item, Status.PENDING_APPROVAL)
    with cast.acting("sho") as uow:
        authority.delete_rule(uow, rule_id, expected_version=version)


def approve(cast: Cast, who: str, request_id: UUID, **more: Any) -> UUID:
    with cast.acting(who) as uow:
        return service.approve(uow, request_id, **more)


def decisions(cast: Cast, who: str, request_id: UUID) -> list[dict[str, Any]]:
    with cast.acting(who) as uow:
        items: list[dict[str, Any]] = reads.of_request(uow, request_id)["items"]
        return items


def test_the_one_level_approves_and_submits_in_one_transaction(cast: Cast, pending: UUID) -> None:
    approve(cast, "sho", pending, comments="Grounds are made out.")
    assert cases.status_of(cast, pending) == "SUBMITTED"
    (found,) = decisions(cast, "io", pending)
    assert (found["level"], found["action"], found["min_rank"]) == (1, "APPROVE", "SHO")
    assert found["approver"] == {"id": cast["sho"].user_id, "name": "Sho", "rank": "SHO"}
    assert (found["verdict"], found["reasons"], found["current"]) == ("VALID", [], True)
    assert found["comments"] == "Grounds are made out."
    statement = json.loads(found["statement"])
    assert statement["signer"]["tenant"]["name"] == "Cyber Police Station, Mumbai"
    assert statement["decision"] == "APPROVE"
    assert len(statement["content_hash"]) == 64
    (entry,) = rows(
        cast, "SELECT canonical FROM audit.entry WHERE request_id = %s AND event = 'approval:sealed'", pending
    )
    assert found["signature_hash"] in entry[0]
    assert "Grounds" not in entry[0]


def test_two_levels_need_two_people_in_their_order(cast: Cast, two_levels: UUID) -> None:
    approve(cast, "sho", two_levels)
    assert cases.status_of(cast, two_levels) == "PENDING_APPROVAL"
    with pytest.raises(Forbidden, match="one person fills one level"):
        approve(cast, "sho", two_levels)
    with pytest.raises(NotFound):
        decisions(cast, "nodal", two_levels)
    approve(cast, "dsp", two_levels)
    assert cases.status_of(cast, two_levels) == "SUBMITTED"
    found = decisions(cast, "nodal", two_levels)
    assert [(each["level"], each["verdict"]) for each in found] == [(1, "VALID"), (2, "VALID")]


def test_who_is_needed_further_up_does_not_give_the_level_below(cast: Cast, two_levels: UUID) -> None:
    with pytest.raises(Forbidden, match=r"needed for level 2 \(DSP\)"):
        approve(cast, "dsp", two_levels)
    with cast.acting("dsp") as uow:
        assert request_reads.one(uow, two_levels)["abilities"]["approve"] is False
    with cast.acting("sho") as uow:
        assert request_reads.one(uow, two_levels)["abilities"]["approve"] is True
    approve(cast, "sho", two_levels)
    with cast.acting("dsp") as uow:
        assert request_reads.one(uow, two_levels)["abilities"]["approve"] is True


def test_a_rank_below_the_level_is_told_what_it_would_need(cast: Cast, two_levels: UUID) -> None:
    second = add_approver(cast, "second_dsp", "DSP")  # now two people could give level 2, so one may give level 1
    try:
        with cast.acting("dsp") as uow:
            assert request_reads.one(uow, two_levels)["abilities"]["approve"] is True
        approve(cast, "dsp", two_levels)
        with pytest.raises(Forbidden, match="DSP or above; yours is SHO"):
            approve(cast, "sho", two_levels)
        approve(cast, "second_dsp", two_levels)
    finally:
        with cast.superuser() as connection:
            connection.execute("UPDATE app.authentication_user SET is_active = false WHERE id = %s", (second,))


def add_approver(cast: Cast, name: str, rank: str) -> UUID:
    """Add an approver of Mumbai's to the cast."""
    user_id = new_id()
    with cast.superuser() as connection:
        connection.execute(
            "INSERT INTO app.authentication_user (id, email, full_name, role, rank, tenant_id)"
            " VALUES (%s, %s, %s, 'APPROVER', %s, %s)",
            (user_id, f"{user_id}@mumbai.example", name, rank, cast.tenants["mumbai"]),
        )
    cast.people[name] = dataclasses.replace(cast["sho"], user_id=user_id, name=name, rank=rank, is_tenant_admin=False)
    return user_id


def test_a_deputy_decides_under_both_names(cast: Cast, two_levels: UUID) -> None:
    deputy = add_approver(cast, "deputy", "SHO")
    approve(cast, "sho", two_levels)
    with pytest.raises(Forbidden):
        approve(cast, "deputy", two_levels)
    now = clock.now()
    with cast.acting("sho") as uow:
        authority.create_delegation(
            uow,
            {
                "from_user_id": cast["dsp"].user_id,
                "to_user_id": deputy,
                "valid_from": now.replace(year=now.year - 1),
                "valid_until": now.replace(year=now.year + 1),
            },
        )
    approve(cast, "deputy", two_levels)
    last = decisions(cast, "io", two_levels)[-1]
    assert last["approver"]["name"] == "deputy"
    assert last["on_behalf_of"] == {"id": str(cast["dsp"].user_id), "name": "Dsp", "rank": "DSP"}
    assert last["verdict"] == "VALID"


@pytest.mark.parametrize(
    ("who", "error"),
    [("io", Forbidden), ("nodal", Forbidden), ("admin", Forbidden), ("foreign_io", Forbidden), ("sp", NotFound)],
)
def test_nobody_else_decides(cast: Cast, pending: UUID, who: str, error: type[LersError]) -> None:
    for decide in (
        lambda uow: service.approve(uow, pending),
        lambda uow: service.reject(uow, pending, reason="No"),
        lambda uow: service.request_changes(uow, pending, comments="Change it"),
        lambda uow: service.signing_statement(uow, pending),
    ):
        with pytest.raises(error), cast.acting(who) as uow:
            decide(uow)
    assert not rows(cast, "SELECT 1 FROM app.lers_approval_workflow WHERE request_id = %s", pending)


def test_reject_ends_it_and_leaves_a_sealed_reason(cast: Cast, pending: UUID) -> None:
    with cast.acting("sho") as uow:
        service.reject(uow, pending, reason="Too broad")
    assert cases.status_of(cast, pending) == "REJECTED"
    (found,) = decisions(cast, "io", pending)
    assert (found["action"], found["comments"], found["verdict"]) == ("REJECT", "Too broad", "VALID")
    with pytest.raises(IllegalTransition):
        approve(cast, "sho", pending)


def test_an_approved_request_can_still_be_rejected(cast: Cast, item: UUID) -> None:
    request_id = cases.make_request(cast, item, Status.APPROVED)
    with cast.acting("dsp") as uow:
        service.reject(uow, request_id, reason="The case was closed")
    assert cases.status_of(cast, request_id) == "REJECTED"


def test_changes_void_what_was_approved_and_all_begins_anew(cast: Cast, two_levels: UUID) -> None:
    approve(cast, "sho", two_levels)
    with cast.acting("dsp") as uow:
        service.request_changes(uow, two_levels, comments="Shorten the period")
    assert cases.status_of(cast, two_levels) == "DRAFT"
    cases.step(cast, "io", two_levels, Action.SUBMIT_FOR_APPROVAL)
    approve(cast, "sho", two_levels)
    approve(cast, "dsp", two_levels)
    ours = decisions(cast, "io", two_levels)
    assert [(each["action"], each["current"], each["verdict"]) for each in ours] == [
        ("APPROVE", False, "VALID"),
        ("REQUEST_CHANGES", False, "VALID"),
        ("APPROVE", True, "VALID"),
        ("APPROVE", True, "VALID"),
    ]
    theirs = decisions(cast, "nodal", two_levels)
    assert [each["current"] for each in theirs] == [True, True]
    assert all(each["comments"] is None for each in theirs)


def test_an_old_version_decides_nothing(cast: Cast, pending: UUID) -> None:
    with pytest.raises(StaleVersion):
        approve(cast, "sho", pending, expected_version=1)


def test_of_rivals_exactly_one_gives_the_level(cast: Cast, pending: UUID) -> None:
    outcomes: list[str] = []
    barrier = threading.Barrier(2)

    def decide(who: str) -> None:
        barrier.wait()
        try:
            approve(cast, who, pending)
            outcomes.append("won")
        except (IllegalTransition, Conflict):
            outcomes.append("lost")

    threads = [threading.Thread(target=decide, args=(who,)) for who in ("sho", "dsp")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["lost", "won"]
    assert len(decisions(cast, "io", pending)) == 1


FORGE_NAME = (
    'UPDATE app.lers_approval_workflow SET approver_snapshot = approver_snapshot || \'{"name": "Other"}\''
    " WHERE request_id = %s"
)
SWAP_MANDATE = (
    "UPDATE app.lers_files SET sha256 = repeat('0', 64)"
    " WHERE id = (SELECT legal_mandate_file_id FROM app.lers_requests WHERE id = %s)"
)


TAMPERED = [
    ("UPDATE app.lers_approval_workflow SET comments = 'Forged' WHERE request_id = %s", "comments were changed"),
    ("UPDATE app.lers_approval_workflow SET statement = replace(statement, 'SHO', 'DGP') WHERE request_id = %s",
     "seal does not fit"),
    ("UPDATE app.lers_approval_workflow SET level = 3 WHERE request_id = %s", "row says something else"),
    (FORGE_NAME, "row says something else"),
    ("UPDATE app.lers_approval_workflow SET signature_hash = repeat('0', 64) WHERE request_id = %s",
     "not the one whose hash"),
    ("UPDATE app.lers_approval_workflow SET seal_value = 'AAAA' WHERE request_id = %s", "seal does not fit"),
    ("UPDATE app.lers_requests SET description = 'Something else' WHERE id = %s", "content was changed"),
    ("UPDATE app.request_identifier SET type = 'IMEI' WHERE request_id = %s", "content was changed"),
    (SWAP_MANDATE, "content was changed"),
]  # fmt: skip


# --- what a check finds afterwards ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("statement", "words"), TAMPERED)
def test_whatever_is_changed_afterwards_shows(cast: Cast, pending: UUID, statement: str, words: str) -> None:
    approve(cast, "sho", pending, comments="Approved as asked.")
    with cast.superuser() as connection:
        connection.execute(statement, (pending,))  # type: ignore[arg-type]
    for who in ("io", "nodal") if "comments" not in words else ("io",):
        (found,) = decisions(cast, who, pending)
        assert found["verdict"] == "ALTERED"
        assert words in " ".join(found["reasons"])


FORGE_RANK = """
UPDATE app.lers_requests SET approval_route = jsonb_set(approval_route, '{0,min_rank}', '"PSI"') WHERE id = %s
"""


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        *(case for case in TAMPERED if "level = 3" not in case[0]),
        ("UPDATE app.lers_approval_workflow SET level = 3 WHERE request_id = %s", "Nobody has approved level 1"),
        ("DELETE FROM app.lers_approval_workflow WHERE request_id = %s", "Nobody has approved level 1"),
        ("UPDATE app.lers_approval_workflow SET action = 'REJECT' WHERE request_id = %s", "Nobody has approved level"),
        ("UPDATE app.lers_requests SET content_hash = repeat('0', 64) WHERE id = %s", "Nobody has approved level"),
        ("UPDATE app.lers_requests SET approval_route = '[]' WHERE id = %s", "No level was ever given"),
        (FORGE_RANK, "another approver or rank"),
        ("UPDATE app.lers_approval_workflow SET seal_kid = 'seal-19990101' WHERE request_id = %s", "is not known here"),
    ],
)
def test_what_was_tampered_with_after_its_approval_is_not_submitted(
    cast: Cast, item: UUID, statement: str, words: str
) -> None:
    approved = cases.make_request(cast, item, Status.APPROVED)
    with cast.superuser() as connection:
        connection.execute(statement, (approved,))  # type: ignore[arg-type]
    with pytest.raises(Conflict) as refused:
        cases.step(cast, "io", approved, Action.SUBMIT)
    assert refused.value.error_code == "approval_void"
    assert words in refused.value.detail
    assert cases.status_of(cast, approved) == "APPROVED"
    assert rows(cast, "SELECT count(*) FROM app.file_share WHERE request_id = %s AND tenant_id = %s", approved,
                cast.tenants["telecom"]) == [(0,)]  # fmt: skip
    cases.step(cast, "io", approved, Action.WITHDRAW, reason="Tampered with")


def test_what_nobody_touched_is_submitted_by_hand(cast: Cast, item: UUID) -> None:
    approved = cases.make_request(cast, item, Status.APPROVED)
    cases.step(cast, "io", approved, Action.SUBMIT)
    assert cases.status_of(cast, approved) == "SUBMITTED"


def test_a_seal_of_an_unknown_key_is_not_called_valid(cast: Cast, pending: UUID) -> None:
    approve(cast, "sho", pending)
    with cast.superuser() as connection:
        connection.execute("UPDATE app.lers_approval_workflow SET seal_kid = 'seal-19990101' WHERE true")
    (found,) = decisions(cast, "io", pending)
    assert found["verdict"] == "UNKNOWN_KEY"


def test_an_administrator_reads_decisions_without_comments(cast: Cast, pending: UUID) -> None:
    approve(cast, "sho", pending, comments="Only ours")
    (found,) = decisions(cast, "admin", pending)
    assert found["comments"] is None
    assert found["verdict"] == "VALID"


def test_content_that_was_changed_behind_our_back_cannot_be_approved(cast: Cast, pending: UUID) -> None:
    with cast.superuser() as connection:
        connection.execute("UPDATE app.lers_requests SET description = 'Other' WHERE id = %s", (pending,))
    with pytest.raises(Conflict, match="no longer what stands here"):
        approve(cast, "sho", pending)


# --- personal signatures -------------------------------------------------------------------------------------------


def _raw(der: bytes) -> bytes:
    r, s = decode_dss_signature(der)
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def _ed25519() -> tuple[Any, Callable[[bytes], bytes]]:
    key = ed25519.Ed25519PrivateKey.generate()
    return key, key.sign


def _es256() -> tuple[Any, Callable[[bytes], bytes]]:
    key = ec.generate_private_key(ec.SECP256R1())
    return key, lambda data: _raw(key.sign(data, ec.ECDSA(hashes.SHA256())))


def _rs256() -> tuple[Any, Callable[[bytes], bytes]]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key, lambda data: key.sign(data, padding.PKCS1v15(), hashes.SHA256())


def _ps256() -> tuple[Any, Callable[[bytes], bytes]]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    scheme = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=32)
    return key, lambda data: key.sign(data, scheme, hashes.SHA256())


KINDS = {"Ed25519": _ed25519, "ES256": _es256, "RS256": _rs256, "PS256": _ps256}


def add_key(cast: Cast, who: str, algorithm: str) -> tuple[UUID, Callable[[bytes], bytes]]:
    """Register a new signing key of a person, and return how to sign with it."""
    key, sign = KINDS[algorithm]()
    pem = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    with cast.acting(who) as uow:
        key_id = identity.add_key(uow, use="SIGNING", public_key=pem.decode(), algorithm=algorithm, label="test")
    return key_id, sign


def signed(cast: Cast, request_id: UUID, who: str = "sho", algorithm: str = "Ed25519") -> dict[str, Any]:
    """Get the statement and sign exactly it."""
    key_id, sign = add_key(cast, who, algorithm)
    with cast.acting(who) as uow:
        shown = service.signing_statement(uow, request_id)
    value = base64.urlsafe_b64encode(sign(shown["statement"].encode())).decode().rstrip("=")
    return {"statement_id": shown["statement_id"], "key_id": key_id, "algorithm": algorithm, "value": value}


@pytest.mark.parametrize("algorithm", list(KINDS))
def test_a_personal_signature_over_the_statement_is_kept_and_holds(cast: Cast, pending: UUID, algorithm: str) -> None:
    approve(cast, "sho", pending, signature=signed(cast, pending, algorithm=algorithm), comments="Signed.")
    (found,) = decisions(cast, "nodal", pending)
    assert found["verdict"] == "VALID"
    assert found["signature"]["algorithm"] == algorithm
    spki = base64.b64decode(found["signature"]["public_key"])
    assert hashlib.sha256(spki).hexdigest() == found["signature"]["fingerprint"]
    with cast.superuser() as connection:
        connection.execute(
            "UPDATE app.lers_approval_workflow SET signature = signature || %s WHERE request_id = %s",
            (Jsonb({"value": base64.b64encode(bytes(64)).decode()}), pending),
        )
    (found,) = decisions(cast, "nodal", pending)
    assert found["verdict"] == "ALTERED"
    assert "personal signature" in found["reasons"][0]


def test_where_the_unit_wants_a_signature_the_seal_alone_does_not_do(cast: Cast, pending: UUID) -> None:
    with cast.superuser() as connection:
        connection.execute(
            "UPDATE app.tenants SET policy = policy || '{\"signature_level\": 1}' WHERE id = %s",
            (cast.tenants["mumbai"],),
        )
    try:
        with pytest.raises(Invalid) as told:
            approve(cast, "sho", pending)
        assert told.value.error_code == "signature_required"
        approve(cast, "sho", pending, signature=signed(cast, pending))
    finally:
        with cast.superuser() as connection:
            connection.execute("UPDATE app.tenants SET policy = policy - 'signature_level'")
    assert cases.status_of(cast, pending) == "SUBMITTED"


def test_a_statement_is_for_its_own_person_and_request_and_used_once(
    cast: Cast, two_levels: UUID, pending: UUID
) -> None:
    signature = signed(cast, two_levels)
    with pytest.raises(Invalid, match="not issued to you"):
        approve(cast, "sho", pending, signature=signature)
    approve(cast, "sho", two_levels, signature=signature)
    with pytest.raises(Invalid, match="not issued to you"):
        approve(cast, "dsp", two_levels, signature=signature)


def test_a_used_or_expired_statement_is_refused(cast: Cast, pending: UUID) -> None:
    signature = signed(cast, pending)
    with cast.superuser() as connection:
        connection.execute("UPDATE app.signing_statement SET expires_at = now() WHERE true")
    with pytest.raises(Invalid, match="has expired"):
        approve(cast, "sho", pending, signature=signature)
    signature = signed(cast, pending)
    with cast.superuser() as connection:
        connection.execute("UPDATE app.signing_statement SET used_at = now() WHERE true")
    with pytest.raises(Invalid, match="used already"):
        approve(cast, "sho", pending, signature=signature)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"value": base64.b64encode(bytes(64)).decode()}, "does not fit"),
        ({"value": "not base64 at all !!"}, "does not fit"),
        ({"algorithm": "ES256"}, "signs with Ed25519"),
        ({"algorithm": "webauthn"}, "Security keys"),
        ({"webauthn": {"authenticator_data": "x", "client_data_json": "y"}}, "Security keys"),
        ({"key_id": new_id()}, "not valid"),
        ({"statement_id": new_id()}, "not issued"),
    ],
)
def test_any_other_signature_is_refused_and_the_statement_stays_usable(
    cast: Cast, pending: UUID, changes: dict[str, Any], words: str
) -> None:
    good = signed(cast, pending)
    with pytest.raises(Invalid, match=words):
        approve(cast, "sho", pending, signature={**good, **changes})
    approve(cast, "sho", pending, signature=good)


def test_a_signature_over_other_bytes_is_refused(cast: Cast, pending: UUID) -> None:
    key_id, sign = add_key(cast, "sho", "Ed25519")
    with cast.acting("sho") as uow:
        shown = service.signing_statement(uow, pending)
    for other in (shown["statement"] + " ", shown["sha256"], shown["statement"].replace("SHO", "DSP")):
        signature = {
            "statement_id": shown["statement_id"],
            "key_id": key_id,
            "algorithm": "Ed25519",
            "value": base64.b64encode(sign(other.encode())).decode(),
        }
        with pytest.raises(Invalid, match="exactly the bytes"):
            approve(cast, "sho", pending, signature=signature)


def test_a_revoked_key_signs_nothing_any_more(cast: Cast, pending: UUID) -> None:
    good = signed(cast, pending)
    with cast.acting("sho") as uow:
        identity.revoke_key(uow, good["key_id"])
    with pytest.raises(Invalid):
        approve(cast, "sho", pending, signature=good)


def test_what_was_signed_before_a_change_does_not_approve_what_came_after(cast: Cast, pending: UUID) -> None:
    good = signed(cast, pending)
    with cast.acting("dsp") as uow:
        service.request_changes(uow, pending, comments="Another period")
    cases.step(cast, "io", pending, Action.SUBMIT_FOR_APPROVAL)
    with pytest.raises(StaleVersion):
        approve(cast, "sho", pending, signature=good)
    assert cases.status_of(cast, pending) == "PENDING_APPROVAL"
