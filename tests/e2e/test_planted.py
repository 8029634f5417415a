"""Words that must not leave their place are planted in a life cycle, and looked for in everything that is left of it.

Logs of every process, mails, every command that Redis was sent meanwhile (jobs, pushes, counters, locks), and every
table. What stands in clear in a table by design (a request's description, a message) may stand in that table alone.
"""

from __future__ import annotations

import re
import secrets
import threading
import zlib
from pathlib import Path
from typing import Any, Self

import psycopg
import pytest
import requests
from psycopg import sql
from redis import Redis

from tests import samples
from tests.e2e.people import Person, eventually
from tests.e2e.test_life_cycle import Cast, cdr_item

CASE_TABLES = {
    "app.lers_requests",
    "app.lers_messages",
    "app.lers_responses",
    "app.lers_approval_workflow",
    "app.idempotency_key",  # the answer to a repeated POST, for 24 hours
}
"""Where the words of a case stand in clear, behind row-level security."""


class Overheard:
    """Every command that Redis is sent while this is open."""

    def __init__(self, url: str) -> None:
        self.lines: list[str] = []
        self._client = Redis.from_url(url)
        self._monitor = self._client.monitor()

    def __enter__(self) -> Self:
        self._monitor.__enter__()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()
        return self

    def _listen(self) -> None:
        while True:  # the raw lines: the client's own reading of them takes the quotes away
            line = self._monitor.connection.read_response(disable_decoding=True).decode("latin-1")
            self.lines.append(line)
            if "overheard-end" in line:
                return

    def __exit__(self, *_: object) -> None:
        self._client.publish("overheard-end", "")
        self._thread.join(10)
        self._monitor.__exit__(None, None, None)
        self._client.close()


def _unpacked(commands: list[str]) -> list[str]:
    """Return what stands compressed in the commands: the jobs, as RQ writes them."""
    packed = [found for command in commands for found in re.findall(r'"(x\\x(?:9c|da|01|5e)(?:[^"\\]|\\.)*)"', command)]
    raw = [each.encode("latin-1").decode("unicode_escape").encode("latin-1") for each in packed]
    return [zlib.decompress(each).decode("utf-8", "replace") for each in raw]


class Planted:
    """The words, and what was left behind while they were used."""

    def __init__(self) -> None:
        number = f"98{secrets.randbelow(10**8):08d}"
        self.everywhere = {  # what may stand nowhere, or nowhere in clear
            "a wrong password": f"wrong-{secrets.token_urlsafe(12)}",
            "a password typed as an address": f"{secrets.token_hex(8)}-kites@over.pune",
            "a second factor's secret typed as a password": secrets.token_hex(16).upper(),
            "the password of a new officer": f"nine {secrets.token_hex(6)} kites over Pune",
            "an identifier": number,
        }
        self.case = {
            name: f"{name}-{secrets.token_hex(6)}"
            for name in ("description", "notes", "reason", "message", "question", "answer", "remarks", "reference")
        }
        self.number = number
        self.redis: list[str] = []
        self.mails = ""
        self.request: dict[str, Any] = {}


def _mails(base_url: str) -> str:
    listed = requests.get(f"{base_url}/ops/mail/", headers={"Accept": "application/json"}, timeout=30).json()
    return "\n".join(f"{mail['to']} {mail['subject']} {mail['text']}" for mail in listed["items"])


def _fail_to_sign_in(planted: Planted, base_url: str) -> None:
    words = planted.everywhere
    for email, password in (
        ("io2@cyber-mumbai.example", words["a wrong password"]),
        (words["a password typed as an address"], words["a wrong password"]),
        ("io2@cyber-mumbai.example", words["a second factor's secret typed as a password"]),
    ):
        body = {"email": email, "password": password}
        assert requests.post(f"{base_url}/api/v1/auth/login/", json=body, timeout=30).status_code == 401


def _invite(planted: Planted, cast: Cast, base_url: str) -> Person:
    email = f"new-{secrets.token_hex(4)}@cyber-mumbai.example"
    body = {"email": email, "full_name": "New Officer", "rank": "PSI", "role": "IO"}
    added = cast.sho.post("/users/", body, expect=201)
    token = cast.sho.post(f"/users/{added['id']}/invitation/", expect=201)["link"].partition("#token=")[2]
    password = planted.everywhere["the password of a new officer"]
    accepted = requests.post(
        f"{base_url}/api/v1/auth/invitations/accept/", json={"token": token, "password": password}, timeout=30
    )
    assert accepted.status_code == 200, accepted.text
    planted.everywhere["a used invitation"] = token
    person = Person(base_url, email, password)
    planted.everywhere |= {
        "an access token": person.token.rpartition(".")[2],  # its signature: without it the rest opens nothing
        "a refresh token": person.http.cookies["lers_refresh"],
    }
    return person


def _walk(planted: Planted, cast: Cast, io: Person) -> dict[str, Any]:
    case, nodal = planted.case, cast.nodal
    mandate = io.upload_clean("order-94.pdf", samples.pdf_mandate(), "application/pdf", "MANDATE")
    made: dict[str, Any] = io.post(
        "/lers/requests/",
        {
            "catalog_item_id": cdr_item(io)["id"],
            "identifiers": [{"type": "MSISDN", "value": planted.number}],
            "description": case["description"],
            "notes": case["notes"],
            "date_range_from": "2026-09-01",
            "date_range_to": "2026-09-30",
            "legal_mandate_type": "BNSS_94",
            "legal_mandate_file_id": mandate,
            "court_order_number": "CC/77/2026",
            "case_reference": case["reference"],
            "priority": "CRITICAL",
        },
        expect=201,
    )
    rid = made["id"]
    found = io.post("/lers/requests/search/", {"identifier": {"type": "MSISDN", "value": planted.number}})
    assert [each["id"] for each in found["items"]] == [rid]
    io.act(rid, "submit-for-approval")
    cast.sho.act(rid, "request-changes", {"comments": case["reason"]})
    io.act(rid, "submit-for-approval")
    cast.sho.act(rid, "approve", {"comments": case["reason"]})
    cast.dsp.act(rid, "approve", {"comments": case["reason"]})
    for action in ("acknowledge", "start"):
        nodal.act(rid, action)
    nodal.act(rid, "request-info", {"message": case["question"]})
    io.post(f"/lers/requests/{rid}/messages/", {"message_text": case["message"]}, expect=201)
    nodal.get(f"/lers/requests/{rid}/identifiers/")
    answer = {"request_id": rid, "response_text": case["answer"], "remarks": case["remarks"]}
    sent = nodal.post("/lers/responses/", answer, expect=201, headers={"Idempotency-Key": f"planted-{rid}"})
    io.post(f"/lers/responses/{sent['id']}/reject/", {"reason": case["reason"]})
    nodal.post("/lers/responses/", answer, expect=201)
    nodal.act(rid, "complete")
    return io.get(f"/lers/requests/{rid}/")  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def planted(live_system: Any) -> Planted:
    cast, words = Cast(live_system.base_url), Planted()
    with Overheard(live_system.settings.redis_url) as redis:
        _fail_to_sign_in(words, live_system.base_url)
        words.request = _walk(words, cast, _invite(words, cast, live_system.base_url))
        number = words.request["request_number"]

        def told() -> bool:
            with psycopg.connect(live_system.settings.admin_database_url) as admin:
                waiting = admin.execute("SELECT count(*) FROM app.outbox WHERE sent_at IS NULL").fetchone()
            return waiting == (0,) and number in _mails(live_system.base_url)

        eventually(told, "telling everybody", 90)
    words.redis, words.mails = redis.lines, _mails(live_system.base_url)
    return words


def _secret(planted: Planted, but: str = "") -> dict[str, str]:
    return {name: word for name, word in {**planted.everywhere, **planted.case}.items() if name != but}


def test_no_log_has_any_of_them(planted: Planted, live_system: Any) -> None:
    logs = sorted(Path(live_system.home, "log").glob("*.log*"))
    assert {"web.log", "hub.log", "relay.log"} <= {log.name for log in logs}
    texts = {log.name: log.read_text(encoding="utf-8", errors="replace") for log in logs}
    texts["the terminal"] = live_system.output
    assert any(texts.values())
    found = [
        f"{name} in {log}" for log, text in texts.items() for name, word in _secret(planted).items() if word in text
    ]
    assert not found


def test_no_mail_has_any_of_them(planted: Planted) -> None:
    """But for an invitation, which may be mailed to whom it is for."""
    found = [name for name, word in _secret(planted, but="a used invitation").items() if word in planted.mails]
    assert not found


def test_redis_was_sent_none_of_them(planted: Planted) -> None:
    jobs = "\n".join(_unpacked(planted.redis))
    assert "lers_jobs" in jobs, "the jobs were opened"
    sent = "\n".join(planted.redis) + jobs
    assert planted.request["id"] in sent, "jobs and hints about the request went by: this listened"
    found = [name for name, word in _secret(planted).items() if word in sent]
    assert not found


def test_no_table_has_what_is_to_be_sealed_and_no_other_than_its_own_the_words_of_a_case(
    planted: Planted, live_system: Any
) -> None:
    found = []
    with psycopg.connect(live_system.settings.admin_database_url) as admin:
        tables = admin.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('app', 'audit') ORDER BY 1, 2"
        ).fetchall()
        assert ("audit", "entry") in tables
        for schema, table in tables:
            query = sql.SQL("SELECT count(*) FROM {} AS t WHERE position(%s IN t::text) > 0").format(
                sql.Identifier(schema, table)
            )
            words = planted.everywhere if f"{schema}.{table}" in CASE_TABLES else _secret(planted)
            for name, word in words.items():
                if admin.execute(query, (word,)).fetchone() != (0,):
                    found.append(f"{name} in {schema}.{table}")
        place = "SELECT count(*) FROM app.lers_requests AS t WHERE position(%s IN t::text) > 0"
        assert admin.execute(place, (planted.case["description"],)).fetchone() == (1,), "it is found where it stands"
    assert not found
