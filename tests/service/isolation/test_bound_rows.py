"""A row is held to the tenant of what it belongs to: as `lers_app`, in the context of another tenant (ADR 0068)."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

import pytest
from psycopg import errors
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from lers_web.kernel.ids import new_id
from tests.factories.cases import make_item
from tests.factories.cast import Cast
from tests.factories.rows import insert_request, rows
from tests.factories.talk import make_file


class Attack(NamedTuple):
    """A row that one of the cast adds. ``lie`` is a column with another tenant's value, and with one of the own."""

    who: str
    table: str
    columns: dict[str, str]
    lie: tuple[str, str, str]
    constraint: str


PARTIES = {"agency_tenant_id": ":mine", "provider_tenant_id": ":telecom"}
OF_OWN_REQUEST = {"request_id": ":own_request", **PARTIES}
APPROVAL = {
    "id": ":id", **OF_OWN_REQUEST, "approver_snapshot": "'{}'", "level": "1", "action": "'APPROVE'",
    "content_hash": "'h'", "statement": "'s'", "signature_hash": "'h'", "seal_kid": "'k'", "seal_value": "'v'",
    "action_timestamp": "now()", "created_at": "now()",
}  # fmt: skip
RESPONSE = {
    "id": ":id", **OF_OWN_REQUEST, "response_number": "'R'", "submitter_snapshot": "'{}'", "submitted_at": "now()",
    "status": "'RECEIVED'", "manifest": "'{}'", "seal_kid": "'k'", "seal_value": "'v'",
}  # fmt: skip
DELEGATION = {"id": ":id", "tenant_id": ":mine", "valid_from": "now()", "valid_until": "now() + interval '1 day'"}
FILE = {
    "id": ":id", "tenant_id": ":mine", "purpose": "'CHAT'", "filename": "'a.pdf'", "size": "9",
    "declared_media_type": "'application/pdf'", "scan_status": "'PENDING'", "object_key": "'k'", "sealed_key": "'k'",
}  # fmt: skip
KEY = {"id": ":id", "tenant_id": ":mine", "use": "'CHAT'", "algorithm": "'X25519'", "public_key": "'p'",
       "fingerprint": "'f'", "created_at": "now()"}  # fmt: skip
STATEMENT = {"id": ":id", "tenant_id": ":mine", "request_id": ":own_request", "action": "'approve'",
             "statement": "'s'", "sha256": "'h'", "created_at": "now()", "expires_at": "now()"}  # fmt: skip
NOTICE = {"id": ":id", "tenant_id": ":mine", "event_id": ":id", "type": "'APPROVED'", "title": "'t'",
          "message": "'m'", "priority": "'NORMAL'", "created_at": "now()"}  # fmt: skip
SOCKET = {"sid": "'s'", "tenant_id": ":mine", "node": "'n'", "status": "'ONLINE'", "connected_at": "now()",
          "seen_at": "now()"}  # fmt: skip
MESSAGE = {"id": ":id", **OF_OWN_REQUEST, "sender_tenant_id": ":mine", "sender_type": "'IO'",
           "message_type": "'TEXT'", "created_at": "now()"}  # fmt: skip
REFRESH = {"hash": "'h'", "user_id": ":me", "tenant_id": ":mine", "csrf_hash": "'c'", "created_at": "now()",
           "expires_at": "now()"}  # fmt: skip
ATTACKS = [
    Attack("foreign_io", "file_share",
           {"request_id": ":own_request", "owner_tenant_id": ":mine", "tenant_id": ":mine", "shared_at": "now()"},
           ("file_id", ":their_file", ":own_file"), "fk_file_share_file_id_owner_tenant_id"),
    Attack("foreign_io", "auth_key", KEY, ("user_id", ":they", ":me"), "fk_auth_key_user_id_tenant_id"),
    Attack("foreign_io", "signing_statement", STATEMENT, ("user_id", ":they", ":me"),
           "fk_signing_statement_user_id_tenant_id"),
    Attack("foreign_io", "auth_refresh", REFRESH, ("sid", ":their_session", ":own_session"),
           "fk_auth_refresh_sid_user_id_tenant_id"),
    Attack("foreign_io", "lers_notifications", NOTICE, ("user_id", ":they", ":me"),
           "fk_lers_notifications_user_id_tenant_id"),
    Attack("foreign_io", "presence_socket", SOCKET, ("user_id", ":they", ":me"),
           "fk_presence_socket_user_id_tenant_id"),
    Attack("foreign_io", "user_presence", {"tenant_id": ":mine", "status": "'ONLINE'"}, ("user_id", ":they", ":me"),
           "fk_user_presence_user_id_tenant_id"),
    Attack("foreign_io", "delegation", {**DELEGATION, "to_user_id": ":colleague"}, ("from_user_id", ":they", ":me"),
           "fk_delegation_from_user_id_tenant_id"),
    Attack("foreign_io", "delegation", {**DELEGATION, "from_user_id": ":me"}, ("to_user_id", ":they", ":colleague"),
           "fk_delegation_to_user_id_tenant_id"),
    Attack("foreign_io", "lers_templates", {"id": ":id", "tenant_id": ":mine", "name": "'t'"},
           ("created_by_id", ":they", ":me"), "fk_lers_templates_created_by_id_tenant_id"),
    Attack("foreign_io", "lers_files", FILE, ("uploaded_by_id", ":they", ":me"),
           "fk_lers_files_uploaded_by_id_tenant_id"),
    Attack("foreign_io", "request_participant", {**OF_OWN_REQUEST, "added_by_id": ":me", "created_at": "now()"},
           ("user_id", ":they", ":me"), "fk_request_participant_user_id_agency_tenant_id"),
    Attack("foreign_io", "lers_approval_workflow", APPROVAL, ("approver_id", ":they", ":colleague"),
           "fk_lers_approval_workflow_approver_id_agency_tenant_id"),
    Attack("foreign_io", "lers_approval_workflow", {**APPROVAL, "approver_id": ":colleague"},
           ("on_behalf_of_id", ":they", ":colleague"), "fk_lers_approval_workflow_on_behalf_of_id_agency_tenant_id"),
    Attack("foreign_io", "lers_messages", MESSAGE, ("sender_id", ":they", ":me"),
           "fk_lers_messages_sender_id_sender_tenant_id"),
    Attack("foreign_io", "lers_responses", RESPONSE, ("submitted_by_id", ":they", ":nodal"),
           "fk_lers_responses_submitted_by_id_provider_tenant_id"),
    Attack("foreign_io", "lers_responses", {**RESPONSE, "submitted_by_id": ":nodal"},
           ("decided_by_id", ":they", ":me"), "fk_lers_responses_decided_by_id_agency_tenant_id"),
    Attack("nodal", "response_file", {"response_id": ":own_response", "position": "1", "agency_tenant_id": ":bengaluru",
           "provider_tenant_id": ":mine"}, ("file_id", ":their_file", ":provider_file"),
           "fk_response_file_file_id_provider_tenant_id"),
    Attack("foreign_io", "message_key_wrap", {**PARTIES, "recipient_key_fingerprint": "'f'", "wrapped_key": "'w'"},
           ("message_id", ":their_message", ":own_message"),
           "fk_message_key_wrap_message_id_agency_tenant_id_provider_tenant"),
    Attack("foreign_io", "sla_notice", {**PARTIES, "kind": "'BREACH'", "due_at": "now()", "given_at": "now()"},
           ("request_id", ":their_request", ":own_request"),
           "fk_sla_notice_request_id_agency_tenant_id_provider_tenant_id"),
    Attack("banker", "catalog_version", {"version": "99", "provider_tenant_id": ":mine", "snapshot": "'{}'",
           "created_at": "now()"}, ("item_id", ":their_item", ":own_item"),
           "fk_catalog_version_item_id_provider_tenant_id"),
]  # fmt: skip
CHANGES = [
    ("approved_by_id", ":they", "fk_lers_requests_approved_by_id_agency_tenant_id"),
    ("assigned_to_company_id", ":they", "fk_lers_requests_assigned_to_company_id_provider_tenant_id"),
    ("legal_mandate_file_id", ":their_file", "fk_lers_requests_legal_mandate_file_id_agency_tenant_id"),
]


class Undone(Exception):
    """Rolls a unit of work back."""


def names(attack: Attack) -> str:
    return f"{attack.table}.{attack.lie[0]}"


@pytest.fixture(scope="module")
def world(cast: Cast) -> dict[str, UUID]:
    """A request of Mumbai's and one of Bengaluru's, both to Bharat Telecom, each with what belongs to it."""
    ids = {
        "they": cast["io"].user_id,
        "colleague": cast["sp"].user_id,
        "nodal": cast["nodal"].user_id,
        "bengaluru": cast.tenants["bengaluru"],
        "telecom": cast.tenants["telecom"],
        "their_file": make_file(cast, "io"),
        "own_file": make_file(cast, "foreign_io"),
        "provider_file": make_file(cast, "nodal", purpose="RESPONSE"),
        "their_item": make_item(cast),
        "own_item": make_item(cast, "banker"),
        "their_request": insert_request(cast),
        "own_request": insert_request(cast, creator="foreign_io", agency_tenant_id=cast.tenants["bengaluru"]),
    }
    for whose, who in (("their", "io"), ("own", "foreign_io")):
        actor = cast[who]
        ids[f"{whose}_session"] = actor.session_id or new_id()
        ids[f"{whose}_message"] = new_id()
        rows(
            cast,
            "INSERT INTO app.auth_session (sid, user_id, tenant_id, created_at, last_seen_at, idle_expires_at,"
            " expires_at, proved_at, amr) VALUES (%s,%s,%s,now(),now(),now(),now(),now(),'[]') RETURNING 1",
            ids[f"{whose}_session"],
            actor.user_id,
            actor.tenant_id,
        )
        rows(
            cast,
            "INSERT INTO app.lers_messages (id, request_id, agency_tenant_id, provider_tenant_id, sender_id,"
            " sender_tenant_id, sender_type, message_type, created_at)"
            " VALUES (%s,%s,%s,%s,%s,%s,'IO','TEXT',now()) RETURNING 1",
            ids[f"{whose}_message"],
            ids[f"{whose}_request"],
            actor.tenant_id,
            ids["telecom"],
            actor.user_id,
            actor.tenant_id,
        )
    ids["own_response"] = new_id()
    rows(
        cast,
        "INSERT INTO app.lers_responses (id, request_id, agency_tenant_id, provider_tenant_id, response_number,"
        " submitted_by_id, submitter_snapshot, submitted_at, status, manifest, seal_kid, seal_value)"
        " VALUES (%s,%s,%s,%s,'R-1',%s,'{}',now(),'RECEIVED','{}','k','v') RETURNING 1",
        ids["own_response"],
        ids["own_request"],
        ids["bengaluru"],
        ids["telecom"],
        ids["nodal"],
    )
    return ids


def add(cast: Cast, world: dict[str, UUID], attack: Attack, value: str) -> None:
    """Add the row as the attacker, with ``value`` where the lie may stand, and take it back."""
    columns = {**attack.columns, attack.lie[0]: value}
    statement = text(f"INSERT INTO app.{attack.table} ({', '.join(columns)}) VALUES ({', '.join(columns.values())})")
    actor = cast[attack.who]
    known = {**world, "me": actor.user_id, "mine": actor.tenant_id, "id": new_id()}
    with cast.acting(attack.who) as uow:
        added = uow.session.execute(statement, {name: known[name] for name in statement.compile().params})
        assert added.rowcount == 1
        raise Undone


@pytest.mark.parametrize("attack", ATTACKS, ids=names)
def test_a_row_that_names_its_own_tenant_for_what_is_anothers_is_refused(
    cast: Cast, world: dict[str, UUID], attack: Attack
) -> None:
    with pytest.raises(Undone):  # with the truth in its place the same row is taken
        add(cast, world, attack, attack.lie[2])
    with pytest.raises(IntegrityError) as refused:
        add(cast, world, attack, attack.lie[1])
    assert isinstance(refused.value.orig, errors.ForeignKeyViolation)
    assert refused.value.orig.diag.constraint_name == attack.constraint


@pytest.mark.parametrize(("column", "value", "constraint"), CHANGES, ids=[column for column, _, _ in CHANGES])
def test_a_request_names_nobody_and_nothing_of_another_agency(
    cast: Cast, world: dict[str, UUID], column: str, value: str, constraint: str
) -> None:
    statement = text(f"UPDATE app.lers_requests SET {column} = {value} WHERE id = :own_request")
    with pytest.raises(IntegrityError) as refused, cast.acting("foreign_io") as uow:
        uow.session.execute(statement, {name: world[name] for name in statement.compile().params})
    assert isinstance(refused.value.orig, errors.ForeignKeyViolation)
    assert refused.value.orig.diag.constraint_name == constraint


@pytest.mark.parametrize(
    ("request_name", "to"), [("their_request", "bengaluru"), ("own_request", "bank"), ("their_request", "telecom")]
)
def test_a_file_is_shown_to_the_parties_of_a_request_of_ones_own_alone(
    cast: Cast, world: dict[str, UUID], request_name: str, to: str
) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), cast.acting("foreign_io") as uow:
        uow.session.execute(
            text("INSERT INTO app.file_share VALUES (:file, :request, :owner, :to, now())"),
            {"file": world["own_file"], "request": world[request_name], "owner": world["bengaluru"],
             "to": cast.tenants[to]},
        )  # fmt: skip


def test_a_file_of_another_tenant_stays_out_of_sight(cast: Cast, world: dict[str, UUID]) -> None:
    share = text("INSERT INTO app.file_share VALUES (:file, :request, :owner, :owner, now())")
    with cast.acting("foreign_io") as uow:
        nested = uow.session.begin_nested()
        with pytest.raises(IntegrityError):
            uow.session.execute(
                share,
                {"file": world["their_file"], "request": world["own_request"], "owner": world["bengaluru"]},
            )
        nested.rollback()
        seen = uow.session.scalar(
            text("SELECT count(sealed_key) FROM app.lers_files WHERE id = :id"), {"id": world["their_file"]}
        )
    assert seen == 0
