"""Processes are killed and servers restarted in the middle of a life cycle: nothing is lost, nothing doubled."""

from __future__ import annotations

import os
import signal
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest
import redis
import requests

from tests import samples
from tests.conftest import temporary_home
from tests.e2e.people import Person, Socket, eventually
from tests.launched import Launched

PATIENCE = 90.0
SWEPT = 240.0
GENEROUS = {"LERS_RATE_LIMIT_USER": "100000/minute", "LERS_RATE_LIMIT_LOGIN": "100000/minute"}


@pytest.fixture(scope="module")
def system() -> Iterator[Launched]:
    with temporary_home() as home, Launched(Path(home), environ=GENEROUS) as running:
        yield running.start()
        for log in sorted((running.home / "log").glob("*.log")):  # shown when a test fails
            for line in log.read_text().splitlines():
                if '"ERROR"' in line or "Traceback" in line:
                    sys.stdout.write(f"{log.name}: {line[:2000]}\n")


def processes(system: Launched, *words: str) -> list[psutil.Process]:
    """The children of the runner whose command line holds all of ``words``."""
    assert system.process is not None
    found = []
    for child in psutil.Process(system.process.pid).children(recursive=True):
        try:
            line = " ".join(child.cmdline())
        except psutil.Error:
            continue
        if all(word in line for word in words):
            found.append(child)
    return found


def kill(system: Launched, *words: str) -> None:
    """kill -9 every matching process, and wait until the runner has others in their place."""
    old = processes(system, *words)
    assert old, f"no process with {words}"
    gone = {process.pid for process in old}
    for process in old:
        try:
            os.kill(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    eventually(lambda: [p for p in processes(system, *words) if p.pid not in gone], f"a new {words}", PATIENCE)


def patiently(call: Callable[[dict[str, str]], requests.Response]) -> requests.Response:
    """Repeat a call with one Idempotency-Key until something answers that is no outage."""
    key = {"Idempotency-Key": str(uuid.uuid4())}
    end = time.monotonic() + PATIENCE
    while True:
        try:
            answer = call(key)
        except requests.RequestException:
            answer = None
        if answer is not None and answer.status_code not in {500, 502, 503}:
            return answer
        assert answer is None or answer.status_code != 500, answer.text
        assert time.monotonic() < end, "the outage did not end"
        time.sleep(0.2)


class Patient(Person):
    """A person whose client repeats what failed in an outage; a step that was done already counts as done."""

    def call(self, method: str, path: str, body: Any = None, expect: Any = 200, **kwargs: Any) -> requests.Response:
        given = kwargs.pop("headers", {})
        return patiently(
            lambda key: Person.call(
                self, method, path, body, (200, 201, 204, 206, 409, 500, 502, 503), headers={**given, **key}, **kwargs
            )
        )

    def step(self, request_id: str, action: str, status: str, body: Any = None) -> dict[str, Any]:
        """Act, and see the status that the action leads to, whoever's answer got lost."""
        self.call("POST", f"/lers/requests/{request_id}/{action}/", body or {})
        seen: dict[str, Any] = self.get(f"/lers/requests/{request_id}/")
        assert seen["status"] == status, seen
        return seen


def restart_postgres(system: Launched) -> None:
    """Kill PostgreSQL's postmaster: the runner brings it back, and the services find it again."""
    kill(system, "postgres", "-D")


def flush_redis(system: Launched) -> None:
    client = redis.Redis.from_url(system.settings.redis_url)
    client.flushall()
    client.close()


def restart_redis(system: Launched) -> None:
    flush_redis(system)
    kill(system, "valkey-server")


OUTAGES: list[tuple[str, Callable[[Launched], None]]] = [
    ("relay", lambda s: kill(s, "lers_jobs.relay")),
    (
        "workers",
        lambda s: kill(
            s,
            "-m lers_jobs",
        ),
    ),
    ("web", lambda s: kill(s, "granian")),
    ("hub", lambda s: kill(s, "lers_hub")),
    ("redis, flushed", restart_redis),
    ("postgres", restart_postgres),
]


@pytest.mark.timeout(900)
def test_a_life_cycle_survives_every_outage(system: Launched) -> None:
    io = Patient(system.base_url, "io@cyber-mumbai.example")
    sho = Patient(system.base_url, "sho@cyber-mumbai.example")
    dsp = Patient(system.base_url, "dsp@cyber-mumbai.example")
    nodal = Patient(system.base_url, "nodal@bharat-telecom.example")
    outages = dict(OUTAGES)
    mandate = io.upload("order.pdf", samples.pdf_mandate(), "application/pdf", "MANDATE")
    outages["workers"](system)
    assert io.scanned(mandate) in {"CLEAN", "UNSCANNED"}
    item = next(i for i in io.get("/lers/catalog/?limit=200")["items"] if i["name"] == "CDR by MSISDN")
    names = {field["kind"]: field["name"] for field in item["required_fields"]}
    answers = {names["PERIOD"]: {"from": "2026-09-01", "to": "2026-09-30"}} if "PERIOD" in names else {}
    body = {
        "catalog_item_id": item["id"], "identifiers": [{"type": "MSISDN", "value": "+919820000009"}],
        "answers": answers, "description": "Outage walk", "date_range_from": "2026-09-01",
        "date_range_to": "2026-09-30", "legal_mandate_type": "BNSS_94", "legal_mandate_file_id": mandate,
        "court_order_number": "CC/9/2026",
    }  # fmt: skip
    outages["web"](system)
    rid = io.post("/lers/requests/", body)["id"]

    io.step(rid, "submit-for-approval", "PENDING_APPROVAL")
    outages["relay"](system)
    sho.step(rid, "approve", "PENDING_APPROVAL")
    outages["redis, flushed"](system)
    dsp.step(rid, "approve", "SUBMITTED")
    outages["postgres"](system)
    nodal.step(rid, "acknowledge", "ACKNOWLEDGED")
    flush_redis(system)
    nodal.step(rid, "start", "IN_PROGRESS")
    outages["hub"](system)
    socket = eventually(lambda: _connected(system, io), "the hub to take connections again", PATIENCE)
    assert socket.ask("join_chat", {"request_id": rid})["ok"] is True
    message = nodal.post(f"/lers/requests/{rid}/messages/", {"message_text": "After the storm."})
    socket.wait_for("new_message", lambda m: m["id"] == message["id"], PATIENCE)
    outages["workers"](system)
    data = samples.cdr_airtel()
    answer_file = nodal.upload("airtel.csv", data, "text/csv", "RESPONSE", rid)
    flush_redis(system)
    assert nodal.scanned(answer_file) in {"CLEAN", "UNSCANNED"}
    nodal.post("/lers/responses/", {"request_id": rid, "response_text": "Here.", "file_ids": [answer_file],
                                    "outcomes": [], "is_partial": False})  # fmt: skip
    nodal.step(rid, "complete", "COMPLETED")
    assert io.download(answer_file) == data
    socket.close()

    wanted = {"APPROVED", "ACKNOWLEDGED", "IN_PROGRESS", "RESPONSE_RECEIVED", "COMPLETED"}
    # What a flush took is brought back by a sweep that looks for events without their effect.
    eventually(lambda: wanted <= _kinds(io, rid), "every notification, also those that a flush took", SWEPT)
    eventually(lambda: _settled(system), "the outbox to be empty and every mail sent", SWEPT)
    assert _told_twice(system, rid) == []
    assert _steps(system, rid) == {
        "request:submit_for_approval": 1, "request:approve": 2, "request:submit": 1, "request:acknowledge": 1,
        "request:start": 1, "request:complete": 1,
    }  # fmt: skip
    mails = requests.get(f"{system.base_url}/ops/mail/", headers={"Accept": "application/json"}, timeout=30).json()[
        "items"
    ]
    number = io.get(f"/lers/requests/{rid}/")["request_number"]
    ((wanted_mails,),) = _query(
        system, "SELECT count(*) FROM app.lers_notifications WHERE request_id = %s AND email_sent", rid
    )
    # A worker that dies between the relay's 250 and its own commit sends again, under the same Message-ID: one message.
    assert len({mail["message_id"] for mail in mails if number in mail["subject"]}) == wanted_mails
    assert sho.get("/lers/audit/verify/")["ok"] is True


def _kinds(person: Person, request_id: str) -> set[str]:
    items = person.get("/lers/notifications/?limit=200")["items"]
    return {item["type"] for item in items if item["request_id"] == request_id}


def _connected(system: Launched, person: Person) -> Socket | None:
    try:
        return Socket(system.hub_url, person.token)
    except Exception:  # noqa: BLE001 - whatever a client may meet while the hub comes back
        return None


def _query(system: Launched, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with psycopg.connect(system.settings.admin_database_url) as admin:
        return admin.execute(statement, values).fetchall()


def _settled(system: Launched) -> bool:
    ((unsent,),) = _query(system, "SELECT count(*) FROM app.outbox WHERE sent_at IS NULL")
    ((unmailed,),) = _query(system, "SELECT count(*) FROM app.lers_notifications WHERE email_wanted AND NOT email_sent")
    return unsent == 0 and unmailed == 0


def _told_twice(system: Launched, request_id: str) -> list[tuple[Any, ...]]:
    """The same thing told twice to one person about one step."""
    return _query(
        system,
        "SELECT user_id, type, event_id FROM app.lers_notifications WHERE request_id = %s "
        "GROUP BY user_id, type, event_id HAVING count(*) > 1",
        request_id,
    )


def _steps(system: Launched, request_id: str) -> dict[str, int]:
    names = ("submit_for_approval", "approve", "submit", "acknowledge", "start", "complete")
    rows = _query(
        system,
        "SELECT event, count(*) FROM audit.entry WHERE request_id = %s AND event = ANY(%s) GROUP BY event",
        request_id,
        [f"request:{name}" for name in names],
    )
    return dict(rows)
