"""List, detail and create through HTTP, against bare WSGI over the same rows."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import psycopg

from bench import client
from bench.cases import Effort
from bench.client import Call
from bench.measure import Report, Sample, in_turn, median
from bench.processes import cpu_seconds, started
from bench.system import System
from lers_web.demo.accounts import IO, SHO
from lers_web.standalone.home import free_port

CONNECTIONS = 8
REQUESTS = "/api/v1/lers/requests/"
DETAILS = 500


def draft(number: int) -> dict[str, Any]:
    """Return the body of a small, complete draft."""
    return {
        "request_type": "SUBSCRIBER_INFO",
        "description": f"Benchmark draft {number}: who holds this number?",
        "priority": "NORMAL",
        "identifiers": [{"type": "MSISDN", "value": f"+9198{number % 10**8:08d}"}],
    }


def people(system: System) -> dict[str, Any]:
    """Return the ids that the limit needs: the agency, its officer and a provider."""
    me = system.call("GET", "/api/v1/auth/me/", email=IO)
    with psycopg.connect(system.settings.admin_database_url) as admin:
        row = admin.execute("SELECT id FROM app.tenants WHERE type = 'PROVIDER' ORDER BY code LIMIT 1").fetchone()
    assert row is not None
    return {"tenant": me["tenant"]["id"], "person": me["id"], "provider": str(row[0])}


@contextmanager
def limit_server(system: System, known: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    """Serve the bare program with the product's server and number of workers; yield its port and pid."""
    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws",
        "--workers", str(system.web_workers), "--blocking-threads", "2", "--log-level", "warning",
        "bench.limits.web:app",
    ]  # fmt: skip
    environ = {f"BENCH_{name.upper()}": str(value) for name, value in known.items()}
    environ["BENCH_DSN"] = system.settings.admin_database_url
    with started(command, port, environ) as pid:
        yield port, pid


def measured(pids: tuple[int, int], port: int, calls: list[Call], *, connections: int, seconds: float) -> Sample:
    """Load a server, and add what each call cost its processes and the database's in CPU time."""
    pid, database_pid = pids
    before, before_database = cpu_seconds([pid]), cpu_seconds([database_pid])
    seen = client.load(port, calls, connections=connections, seconds=seconds)
    used, used_database = cpu_seconds([pid]) - before, cpu_seconds([database_pid]) - before_database
    return {**seen, "cpu": used / seen["count"] * 1e6, "database_cpu": used_database / seen["count"] * 1e6}


def run(system: System, report: Report, effort: Effort) -> None:
    """Measure list, detail and create."""
    known = people(system)
    (web,), (database,) = system.pids("web"), system.pids("postgresql")
    reader, writer = system.bearer(SHO), system.bearer(IO)
    ids = _some_ids(system, known["tenant"])
    chance = random.Random(os.getpid())
    drafts = [{**draft(chance.randrange(10**8)), "provider_tenant_id": known["provider"]} for _ in range(5000)]
    with limit_server(system, known) as (limit_port, limit_pid):
        plans = {
            "list": ([Call("GET", REQUESTS, reader)], [Call("GET", "/list", {})], 0.65),
            "detail": (
                [Call("GET", f"{REQUESTS}{each}/", reader) for each in ids],
                [Call("GET", f"/detail/{each}", {}) for each in ids],
                0.5,
            ),
            "create": (
                [Call("POST", REQUESTS, writer, each) for each in drafts],
                [Call("POST", "/create", {}, each) for each in drafts],
                0.3,
            ),
        }
        for case, (ours, bare, goal) in plans.items():

            def product(connections: int, calls: list[Call] = ours) -> Sample:
                return measured((web, database), system.port, calls, connections=connections, seconds=effort.seconds)

            def limit(connections: int, calls: list[Call] = bare) -> Sample:
                return measured(
                    (limit_pid, database), limit_port, calls, connections=connections, seconds=effort.seconds
                )

            product(2), limit(2)  # warm up: plans, prepared statements, caches
            samples = in_turn(
                {"lers": lambda: product(CONNECTIONS), "limit": lambda: limit(CONNECTIONS)}, effort.rounds
            )
            alone = in_turn({"lers": lambda: product(1), "limit": lambda: limit(1)}, effort.rounds)
            report.samples[case] = {"8 connections": samples, "1 connection": alone}
            _rows(report, case, samples, alone, goal)


def _rows(report: Report, case: str, samples: Any, alone: Any, goal: float) -> None:
    ours, theirs = samples["lers"], samples["limit"]
    against = "bare WSGI"
    note = f"{CONNECTIONS} connections"
    report.add(
        case, "rate", "/s", median(ours, "rate"), median(theirs, "rate"), against=against, at_least=goal, note=note
    )
    report.add(case, "web CPU", "us", median(ours, "cpu"), median(theirs, "cpu"), against=against, note=note)
    report.add(
        case, "database CPU", "us", median(ours, "database_cpu"), median(theirs, "database_cpu"), against=against
    )
    report.add(case, "p50 alone", "ms", median(alone["lers"], "p50"), median(alone["limit"], "p50"), against=against)
    p50, p99 = median(alone["lers"], "p50"), median(alone["lers"], "p99")
    report.add(case, "p99 alone", "ms", p99, p50, against="its own p50", at_most=2.0 if case == "list" else None)


def _some_ids(system: System, tenant: str) -> list[str]:
    with psycopg.connect(system.settings.admin_database_url) as admin:
        rows = admin.execute(
            "SELECT id FROM app.lers_requests WHERE agency_tenant_id = %s AND NOT is_deleted"
            " AND first_sent_for_approval_at IS NOT NULL ORDER BY request_number LIMIT %s",
            (tenant, DETAILS),
        ).fetchall()
    return [str(row[0]) for row in rows]
