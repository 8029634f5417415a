"""The demo system and the bulk data, loaded by the commands into a real system, judged from outside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.rows import dict_row

from lers_web.config import Settings
from lers_web.demo.accounts import ACCOUNTS, IO, PASSWORD, SHO, SP_BLR
from lers_web.domains.files import transfer
from lers_web.domains.identity import service as identity
from lers_web.domains.requests import service as requests
from lers_web.kernel.actor import Actor, Source, system_actor
from lers_web.kernel.ports import Backend
from lers_web.kernel.tokens import AUDIENCE_API, TokenKeys
from lers_web.kernel.uow import unit_of_work
from tests.cli.conftest import Commands, commands_on


@pytest.fixture(scope="module")
def demo(module_database: Settings) -> Iterator[Commands]:
    """A system with the demo loaded."""
    with commands_on(module_database) as commands:
        assert "The demo data is there" in commands("seed", "demo")
        yield commands


def rows(commands: Commands, query: str, *values: Any) -> list[dict[str, Any]]:
    with psycopg.connect(commands.settings.admin_database_url, row_factory=dict_row) as connection:
        return connection.execute(query, values).fetchall()


def backend(commands: Commands) -> Backend:
    found: Backend = commands.app.extensions["lers"].backend
    return found


def actor(commands: Commands, email: str) -> Actor:
    (row,) = rows(commands, "SELECT id, tenant_id FROM app.authentication_user WHERE email = %s", email)
    with unit_of_work(backend(commands), system_actor(row["tenant_id"])) as uow:
        return identity.actor_of(uow.session, row["id"], Source())


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.email)
def test_every_account_signs_in_with_the_published_password(demo: Commands, account: Any) -> None:
    keys = TokenKeys.load(demo.settings.key_dir, signing=True)
    done = identity.login(backend(demo), keys, Source(), email=account.email, password=PASSWORD)
    assert keys.read(done.access_token, AUDIENCE_API).role == account.role
    assert (done.user["rank"], done.user["is_tenant_admin"]) == (account.rank, account.is_tenant_admin)
    assert done.user["tenant"]["code"] == account.tenant


def test_the_password_is_one_that_the_rules_accept() -> None:
    from lers_web.domains.identity.passwords import check_new

    check_new(PASSWORD, ("io@cyber-mumbai.example", "Asha Kulkarni", "Cyber Police Station, Mumbai", "lers"))


def test_about_sixty_requests_spread_over_all_states_priorities_and_ninety_days(demo: Commands) -> None:
    found = rows(demo, "SELECT status, priority, created_at, sla_due_date, sla_breached FROM app.lers_requests")
    assert 55 <= len(found) <= 70
    assert {row["status"] for row in found} == {status.value for status in requests.Status}
    assert {row["priority"] for row in found} == {"NORMAL", "URGENT", "CRITICAL"}
    now = dt.datetime.now(dt.UTC)
    ages = sorted((now - row["created_at"]).days for row in found)
    assert ages[0] == 0
    assert 85 <= ages[-1] <= 90
    assert sum(age > 30 for age in ages) >= 10
    running = [row for row in found if row["status"] in {"SUBMITTED", "ACKNOWLEDGED", "IN_PROGRESS"}]
    assert sum(row["sla_breached"] for row in running) >= 2
    soon = [row for row in running if row["sla_due_date"] and now < row["sla_due_date"] < now + dt.timedelta(days=1)]
    assert len(soon) >= 3
    assert rows(demo, "SELECT count(*) AS n FROM app.lers_requests WHERE sla_met AND status = 'COMPLETED'")[0]["n"] > 10
    assert rows(demo, "SELECT count(*) AS n FROM app.lers_requests WHERE NOT sla_met")[0]["n"] >= 2


def test_nothing_lies_in_the_future_and_every_step_follows_the_one_before(demo: Commands) -> None:
    wrong = rows(
        demo,
        "SELECT request_number FROM app.lers_requests WHERE greatest(created_at, updated_at, submitted_at, closed_at)"
        " > now() OR first_sent_for_approval_at < created_at OR submitted_at < first_sent_for_approval_at"
        " OR acknowledged_at < submitted_at OR started_at < acknowledged_at OR completed_at < response_uploaded_at",
    )
    assert wrong == []
    back = rows(
        demo,
        "SELECT chain, seq FROM (SELECT chain, seq, at, lag(at) OVER (PARTITION BY chain ORDER BY seq) AS before"
        " FROM audit.entry WHERE actor_id <> '00000000-0000-7000-8000-000000000000') e WHERE at < before",
    )
    assert back == []


def test_the_trail_of_the_demo_is_whole(demo: Commands) -> None:
    verified = demo.json("audit", "verify")
    assert verified["ok"], verified
    assert verified["entries"] > 500
    assert verified["chains"] >= 6


def test_messages_responses_and_files_are_there_and_readable(demo: Commands) -> None:
    assert rows(demo, "SELECT count(*) AS n FROM app.lers_messages")[0]["n"] >= 20
    assert rows(demo, "SELECT count(*) AS n FROM app.lers_responses")[0]["n"] >= 20
    found = rows(demo, "SELECT id, tenant_id, size, scan_status, media_type FROM app.lers_files")
    expected = "CLEAN" if demo.settings.clamd_socket else "UNSCANNED"
    assert {row["scan_status"] for row in found} == {expected}
    assert {row["media_type"] for row in found} == {"application/pdf", "text/csv"}
    for row in found[::10]:
        with unit_of_work(backend(demo), system_actor(row["tenant_id"])) as uow:
            stored = transfer.stored(uow, row["id"])
            storage = uow.ports.storage
        body = b"".join(stored.chunks(storage))
        assert len(body) == row["size"]
        assert b"SYNTHETIC" in body or body.startswith(b"%PDF-1.4")


def test_the_catalog_holds_what_the_contract_names(demo: Commands) -> None:
    (cdr,) = rows(
        demo,
        "SELECT c.* FROM app.lers_provider_data_catalog c JOIN app.tenants t ON t.id = c.provider_tenant_id"
        " WHERE t.name = 'Bharat Telecom' AND c.name = 'CDR by MSISDN'",
    )
    assert cdr["requires_mandate_file"]
    assert cdr["requires_court_order"]
    kinds = {field["kind"]: field for field in cdr["required_fields"]}
    assert kinds["IDENTIFIER"]["identifier_types"] == ["MSISDN"]
    assert kinds["PERIOD"]["required"]
    counts = rows(demo, "SELECT count(*) AS n FROM app.lers_provider_data_catalog GROUP BY provider_tenant_id")
    assert len(counts) == 3
    assert min(row["n"] for row in counts) >= 4
    assert rows(demo, "SELECT count(*) AS n FROM app.lers_provider_service_profile") == [{"n": 3}]
    assert rows(demo, "SELECT count(DISTINCT name) AS n FROM app.lers_templates")[0]["n"] >= 5


def test_the_rules_say_who_approves(demo: Commands) -> None:
    found = rows(
        demo,
        "SELECT t.code, r.request_type, r.levels FROM app.authority_rule r JOIN app.tenants t ON t.id = r.tenant_id",
    )
    ranks = {(row["code"], row["request_type"]): [level["min_rank"] for level in row["levels"]] for row in found}
    assert ranks == {("MUM", "CDR"): ["SHO", "DSP"], ("MUM", None): ["SHO"], ("BLR", None): ["SP"]}
    given = rows(
        demo,
        "SELECT DISTINCT u.email FROM app.lers_approval_workflow a"
        " JOIN app.authentication_user u ON u.id = a.approver_id",
    )
    assert {SHO, SP_BLR} < {row["email"] for row in given}
    policies = rows(demo, "SELECT policy FROM app.tenants WHERE code IN ('MUM', 'BLR')")
    assert all(row["policy"].get("auto_submit", True) for row in policies)
    demanding = rows(demo, "SELECT code FROM app.tenants WHERE coalesce(policy ->> 'mfa_required', 'true') <> 'false'")
    assert demanding == []


def test_history_is_told_to_nobody_and_the_last_day_is(demo: Commands) -> None:
    late = rows(
        demo,
        "SELECT count(*) FILTER (WHERE sent_at IS NULL) AS waiting,"
        " count(*) FILTER (WHERE created_at < now() - interval '25 hours' AND sent_at IS NULL) AS old FROM app.outbox",
    )[0]
    assert late["old"] == 0
    assert late["waiting"] > 0


def test_loading_it_again_changes_nothing(demo: Commands) -> None:
    def state() -> Any:
        return rows(
            demo,
            "SELECT (SELECT count(*) FROM app.lers_requests) AS r, (SELECT count(*) FROM app.authentication_user) AS u,"
            " (SELECT count(*) FROM app.lers_files) AS f, (SELECT count(*) FROM app.authority_rule) AS a,"
            " (SELECT count(*) FROM app.lers_templates) AS t, (SELECT count(*) FROM audit.entry) AS e",
        )

    before = state()
    assert demo.json("seed", "demo")["already_there"] is True
    assert state() == before


def test_bulk_rows_are_requests_that_everybody_can_use(demo: Commands) -> None:
    before = rows(demo, "SELECT count(*) AS n FROM app.lers_requests")[0]["n"]
    loaded = demo.json("seed", "load", "--requests", "6000")
    assert loaded["requests"] == 6000
    assert rows(demo, "SELECT count(*) AS n FROM app.lers_requests")[0]["n"] == before + 6000
    assert rows(demo, "SELECT count(DISTINCT request_number) AS n FROM app.lers_requests")[0]["n"] == before + 6000
    assert demo.json("audit", "verify")["ok"]
    officer = actor(demo, IO)
    (row,) = rows(
        demo,
        "SELECT id FROM app.lers_requests"
        " WHERE created_by_id = %s AND status = 'COMPLETED' AND metadata->>'synthetic' = 'bulk' LIMIT 1",
        officer.user_id,
    )
    with unit_of_work(backend(demo), officer) as uow:
        (opened,) = requests.read_identifiers(uow, row["id"])
    assert opened.type in {"MSISDN", "UPI_VPA", "EMAIL"}
    assert not opened.problems
    assert found_by(demo, officer, opened) >= {row["id"]}
    assert demo.json("sla", "run")["breach"] == 0


def found_by(commands: Commands, officer: Actor, opened: Any) -> set[UUID]:
    """Search as a person does: by the value, over the API's own reads."""
    from lers_web.domains.requests.identifier_store import search_key

    with unit_of_work(backend(commands), officer) as uow:
        key = search_key(uow, officer.tenant_id, opened.type, str(opened.fields["value"]))
    return {
        row["request_id"]
        for row in rows(commands, "SELECT request_id FROM app.request_identifier WHERE index_agency = %s", key)
    }


def test_a_new_request_gets_the_next_number_after_bulk_data(demo: Commands) -> None:
    officer, item = actor(demo, IO), rows(demo, "SELECT id FROM app.lers_provider_data_catalog LIMIT 1")[0]["id"]
    with unit_of_work(backend(demo), officer) as uow:
        number = requests.create(uow, {"catalog_item_id": item}).request_number
    assert rows(demo, "SELECT count(*) AS n FROM app.lers_requests WHERE request_number = %s", number) == [{"n": 1}]
