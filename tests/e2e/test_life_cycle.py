"""The main job, end to end, as the people of it would do it: over HTTP and Socket.IO, with real files."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import psycopg
import pytest
import requests

from lers_web.standalone.environment import clean_environ
from tests import samples
from tests.e2e.people import Person, Socket, eventually
from tests.launched import ROOT

CSV = "text/csv"


class Cast:
    """Everybody in the walk."""

    def __init__(self, base_url: str) -> None:
        self.io = Person(base_url, "io@cyber-mumbai.example")
        self.io2 = Person(base_url, "io2@cyber-mumbai.example")
        self.sho = Person(base_url, "sho@cyber-mumbai.example")
        self.dsp = Person(base_url, "dsp@cyber-mumbai.example")
        self.stranger = Person(base_url, "io@cid-bengaluru.example")
        self.nodal = Person(base_url, "nodal@bharat-telecom.example")
        self.desk = Person(base_url, "desk@bharat-telecom.example")
        self.bank = Person(base_url, "nodal@rupee-bank.example")
        self.admin = Person(base_url, "admin@lers.example")


@pytest.fixture(scope="module")
def cast(live_system: Any) -> Cast:
    return Cast(live_system.base_url)


@pytest.fixture
def sockets(live_system: Any) -> Iterator[Any]:
    with ExitStack() as stack:

        def connect(person: Person) -> Socket:
            socket = Socket(live_system.hub_url, person.token)
            stack.callback(socket.close)
            return socket

        yield connect


def cdr_item(io: Person) -> dict[str, Any]:
    items = io.get("/lers/catalog/?limit=200")["items"]
    return next(item for item in items if item["name"] == "CDR by MSISDN")


def draft(cast: Cast, **changes: Any) -> dict[str, Any]:
    """Make the draft of a CDR request that has all it needs, but the scan of its mandate."""
    mandate = cast.io.upload("order-94.pdf", samples.pdf_mandate(), "application/pdf", "MANDATE")
    item = cdr_item(cast.io)
    names = {field["kind"]: field["name"] for field in item["required_fields"]}
    answers = {names["PERIOD"]: {"from": "2026-09-01", "to": "2026-09-30"}} if "PERIOD" in names else {}
    body = {
        "catalog_item_id": item["id"],
        "identifiers": [{"type": "MSISDN", "value": "98200 00001"}, {"type": "MSISDN", "value": "+919820000002"}],
        "answers": answers,
        "description": "Synthetic case: threats by telephone, zebra-crossing witness.",
        "date_range_from": "2026-09-01",
        "date_range_to": "2026-09-30",
        "legal_mandate_type": "BNSS_94",
        "legal_mandate_file_id": mandate,
        "court_order_number": "CC/1234/2026",
        "priority": "URGENT",
        "case_reference": "CR 12/2026",
        "notes": "Only for the unit: informer Q.",
        **changes,
    }
    request: dict[str, Any] = cast.io.post("/lers/requests/", body, expect=201)
    assert request["status"] == "DRAFT"
    assert cast.io.scanned(mandate) in {"CLEAN", "UNSCANNED"}
    return request


def submitted(cast: Cast, **changes: Any) -> dict[str, Any]:
    """Bring a request to the provider: two levels of approval."""
    request = draft(cast, **changes)
    cast.io.act(request["id"], "submit-for-approval")
    cast.sho.act(request["id"], "approve", {"comments": "Grounds are made out."})
    approved: dict[str, Any] = cast.dsp.act(request["id"], "approve", {"comments": "Seen."})
    assert approved["status"] == "SUBMITTED"
    return approved


def verdict_of(approval: dict[str, Any]) -> str:
    verdict = approval["verdict"]
    return str(verdict if isinstance(verdict, str) else verdict["verdict"])


def test_the_whole_life_of_a_request(cast: Cast, live_system: Any, sockets: Any) -> None:
    io, sho, dsp, nodal = cast.io, cast.sho, cast.dsp, cast.nodal
    request = draft(cast)
    rid = request["id"]
    assert [level["min_rank"] for level in request["approval_route"]] == ["SHO", "DSP"]
    assert not io.get(f"/lers/requests/{rid}/")["problems"]
    assert all("98200" not in identifier["masked"] for identifier in request["identifiers"])

    # Nobody else sees a draft; the provider sees nothing before the submission.
    for person in (nodal, cast.stranger, cast.io2, sho):
        person.call("GET", f"/lers/requests/{rid}/", expect=404)

    io_socket, nodal_socket = sockets(io), sockets(nodal)
    outsider = sockets(cast.stranger)
    assert io.act(rid, "submit-for-approval")["status"] == "PENDING_APPROVAL"
    dsp.act(rid, "approve", {}, expect=(403, 409))  # the levels are given in their order
    cast.io.act(rid, "approve", {}, expect=403)
    first = sho.act(rid, "approve", {"comments": "Level 1."})
    assert first["status"] == "PENDING_APPROVAL"
    sho.act(rid, "approve", {}, expect=(403, 409))  # one person, one level
    nodal.call("GET", f"/lers/requests/{rid}/", expect=404)
    second = dsp.act(rid, "approve", {"comments": "Level 2."})
    assert second["status"] == "SUBMITTED"
    assert second["sla_due_date"]
    approvals = io.get(f"/lers/requests/{rid}/approvals/")["items"]
    assert [(a["level"], verdict_of(a)) for a in approvals] == [
        (1, "VALID"), (2, "VALID"),
    ]  # fmt: skip

    # The provider hears of it, and sees the case but not what is the agency's own.
    nodal_socket.wait_for("new_notification", lambda n: n["type"] == "NEW_REQUEST" and n["request_id"] == rid)
    seen = nodal.get(f"/lers/requests/{rid}/")
    assert seen["description"].startswith("Synthetic case")
    assert not seen.get("notes")
    assert not seen.get("metadata")
    cast.bank.call("GET", f"/lers/requests/{rid}/", expect=404)
    values = nodal.get(f"/lers/requests/{rid}/identifiers/")["items"]
    assert [value["value"] for value in values] == ["+919820000001", "+919820000002"]
    assert nodal.download(request["legal_mandate_file_id"]) == samples.pdf_mandate()

    assert nodal.act(rid, "acknowledge")["status"] == "ACKNOWLEDGED"
    io_socket.wait_for("request_updated", lambda u: u["id"] == rid and u["status"] == "ACKNOWLEDGED")
    assigned = nodal.act(rid, "assign", {"user_id": cast.desk.id})
    assert assigned["assigned_to"]["id"] == cast.desk.id
    assert cast.desk.act(rid, "start")["status"] == "IN_PROGRESS"

    # A clarification, in both directions, live.
    assert outsider.ask("join_chat", {"request_id": rid})["ok"] is False
    assert io_socket.ask("join_chat", {"request_id": rid})["ok"] is True
    assert nodal_socket.ask("join_chat", {"request_id": rid})["ok"] is True
    due_before = io.get(f"/lers/requests/{rid}/")["sla_due_date"]
    nodal.act(rid, "request-info", {"message": "Which of the two numbers comes first?"})
    asked = io_socket.wait_for("new_message", lambda m: m["message_type"] == "CLARIFICATION")
    nodal_socket.ask("typing", {"request_id": rid, "is_typing": False})
    io_socket.ask("typing", {"request_id": rid, "is_typing": True})
    nodal_socket.wait_for("user_typing", lambda t: t["request_id"] == rid and t["user_id"] == io.id and t["is_typing"])
    reply = io.post(f"/lers/requests/{rid}/messages/", {"message_text": "The first, please."}, expect=201)
    assert io_socket.ask("send_message", {"message_id": reply["id"]})["ok"] is True
    heard = nodal_socket.wait_for("new_message", lambda m: m["id"] == reply["id"])
    assert heard["message_text"] == "The first, please."
    io.post(f"/lers/requests/{rid}/messages/read/", {"up_to": asked["id"]}, expect=(200, 204))
    nodal_socket.wait_for("message_read", lambda r: r["request_id"] == rid and r["user_id"] == io.id)
    due_after = io.get(f"/lers/requests/{rid}/")["sla_due_date"]
    assert due_after >= due_before  # the pause moved the promise

    # A partial and a final response, with the operators' files and a ZIP.
    files = {
        "airtel.csv": samples.cdr_airtel(),
        "jio.csv": samples.cdr_jio(),
        "vi.csv": samples.cdr_vi(),
        "bsnl.csv": samples.cdr_bsnl(),
    }
    sent = {name: cast.desk.upload_clean(name, data, CSV, "RESPONSE", rid) for name, data in files.items()}
    bundle = samples.zip_of(files)
    zipped = cast.desk.upload_clean("all.zip", bundle, "application/zip", "RESPONSE", rid)
    identifiers = [identifier["id"] for identifier in seen["identifiers"]]
    partial = cast.desk.post(
        "/lers/responses/",
        {
            "request_id": rid,
            "response_text": "The first number.",
            "remarks": "The second follows.",
            "file_ids": [sent["airtel.csv"], sent["jio.csv"]],
            "outcomes": [{"identifier_id": identifiers[0], "outcome": "DISCLOSED"}],
            "is_partial": True,
        },
        expect=201,
    )
    assert io.get(f"/lers/requests/{rid}/")["status"] == "IN_PROGRESS"
    final = cast.desk.post(
        "/lers/responses/",
        {
            "request_id": rid,
            "response_text": "All of it.",
            "file_ids": [sent["vi.csv"], sent["bsnl.csv"], zipped],
            "outcomes": [{"identifier_id": identifiers[1], "outcome": "NO_DATA", "reason_code": "DATA_NOT_HELD"}],
            "is_partial": False,
        },
        expect=201,
    )
    assert final["response_number"].endswith("-R2")
    now = io.get(f"/lers/requests/{rid}/")
    assert now["status"] == "RESPONSE_UPLOADED"
    assert [i["outcome"] for i in now["identifiers"]] == ["DISCLOSED", "NO_DATA"]
    io_socket.wait_for("new_notification", lambda n: n["type"] == "RESPONSE_RECEIVED" and n["request_id"] == rid)

    # The officer verifies, opens, accepts and rates.
    verdict = io.post(f"/lers/responses/{final['id']}/verify/")
    assert verdict["verdict"] == "VALID", verdict
    assert io.download(zipped) == bundle
    ranged = io.call("GET", f"/lers/files/{sent['vi.csv']}/content/", expect=206, headers={"Range": "bytes=10-29"})
    assert ranged.content == files["vi.csv"][10:30]
    cast.stranger.call("GET", f"/lers/files/{zipped}/content/", expect=404)
    assert nodal.act(rid, "complete")["status"] == "COMPLETED"
    done = io.get(f"/lers/requests/{rid}/")
    assert done["sla_met"] is True
    assert io.post(f"/lers/responses/{final['id']}/accept/")["status"] == "ACCEPTED"
    rated = io.post(f"/lers/responses/{final['id']}/rate/", {"score": 5, "comment": "Fast and whole."})
    assert rated["rating"] == 5
    io.post(f"/lers/requests/{rid}/messages/", {"message_text": "Thanks"}, expect=409)
    assert partial["id"] in [r["id"] for r in io.get(f"/lers/requests/{rid}/responses/")["items"]]

    timeline = [entry.get("event") or entry.get("type") for entry in io.get(f"/lers/requests/{rid}/timeline/")["items"]]
    assert len(timeline) >= 8
    assert nodal_socket.count("new_message", lambda m: m["id"] == reply["id"]) == 1
    assert outsider.count("new_message", lambda _: True) == 0
    assert outsider.count("request_updated", lambda u: u["id"] == rid) == 0


def test_the_mails_of_a_request_carry_its_number_and_nothing_of_the_case(cast: Cast, live_system: Any) -> None:
    request = submitted(cast, priority="CRITICAL", description="A secret word: xylophone-47")
    number = request["request_number"]

    def arrived() -> list[str]:
        answer = requests.get(
            f"{live_system.base_url}/ops/mail/", headers={"Accept": "application/json"}, timeout=30
        ).json()
        return [mail["subject"] + mail["text"] for mail in answer["items"] if number in mail["subject"] + mail["text"]]

    mails = eventually(arrived, f"a mail about {number}", 60)
    assert not [mail for mail in mails if "xylophone" in mail or "9820000001" in mail]


def test_an_infected_file_is_found_and_goes_nowhere(cast: Cast, live_system: Any) -> None:
    file_id = cast.nodal.upload("eicar.txt", samples.eicar(), "text/plain", "RESPONSE")
    found = cast.nodal.scanned(file_id)
    if not live_system.settings.clamd_socket:  # a machine where no scanner can be had says so
        assert found == "UNSCANNED"
        return
    assert found == "INFECTED"
    refused = cast.nodal.call("GET", f"/lers/files/{file_id}/content/", expect=409).json()
    assert refused["code"] == "file_not_clean"


def flask(live_system: Any, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flask", *words],
        cwd=ROOT, env=clean_environ(live_system.environ), capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def test_the_audit_chain_verifies_and_one_changed_byte_is_found(cast: Cast, live_system: Any) -> None:
    request = submitted(cast)
    good = flask(live_system, "audit", "verify")
    assert good.returncode == 0, good.stdout + good.stderr
    assert cast.sho.get("/lers/audit/verify/")["ok"] is True
    with psycopg.connect(live_system.settings.admin_database_url, autocommit=True) as admin:
        chain, seq, canonical = admin.execute(
            "SELECT chain, seq, canonical FROM audit.entry WHERE request_id = %s ORDER BY seq LIMIT 1", (request["id"],)
        ).fetchone()
        admin.execute("ALTER TABLE audit.entry DISABLE TRIGGER no_upd")

        def write(text: str) -> None:
            admin.execute("UPDATE audit.entry SET canonical = %s WHERE chain = %s AND seq = %s", (text, chain, seq))

        try:
            write(canonical.replace('"v":"1"', '"v":"2"'))
            bad = flask(live_system, "audit", "verify")
            assert bad.returncode == 1, bad.stdout + bad.stderr
            assert cast.sho.get("/lers/audit/verify/")["ok"] is False
        finally:
            write(canonical)
            admin.execute("ALTER TABLE audit.entry ENABLE ALWAYS TRIGGER no_upd")
    again = flask(live_system, "audit", "verify")
    assert again.returncode == 0, again.stdout + again.stderr
