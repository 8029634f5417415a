"""What the database is asked behind the API: row security, search, the monitor of due dates, the audit chains."""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import psycopg
from sqlalchemy import select

from bench.cases import Effort
from bench.limits.statements import LIST
from bench.measure import Report, Sample, in_turn, median, percentile, timings
from bench.system import System
from lers_web import tables as _tables  # noqa: F401 - every mapper is needed before the first query
from lers_web.demo.accounts import SHO
from lers_web.domains.audit import service as audit
from lers_web.domains.requests import service as requests
from lers_web.domains.requests.models import Request
from lers_web.kernel import audit as trail
from lers_web.kernel.actor import Actor, Source, system_actor
from lers_web.kernel.permissions import Role, permissions_of
from lers_web.kernel.ports import Backend
from lers_web.kernel.uow import unit_of_work

LOOKUPS = 300
COMMON = "deepfake lottery"  # the seed writes from two dozen words: a tenth of all requests has both
ENTRIES, ENTRIES_QUICK = 50_000, 5_000
ENTRIES_EACH = 100  # of one transaction
BREACHED_SHARE = 0.05
ORM_SAMPLE = 500


@dataclass(frozen=True, slots=True)
class Reader:
    """The approver of the demo's busiest unit, and what belongs to it."""

    tenant_id: UUID
    user_id: UUID

    def context(self) -> str:
        """Return the statement that binds a transaction to this person, as the product does."""
        return (
            f"SET LOCAL app.tenant_id = '{self.tenant_id}'; SET LOCAL app.user_id = '{self.user_id}'; "
            "SET LOCAL app.role = 'APPROVER'"
        )


def run(system: System, report: Report, effort: Effort) -> None:
    """Measure all of it."""
    settings = system.settings
    with psycopg.connect(settings.admin_database_url, autocommit=True) as admin:
        admin.execute("ANALYZE")
        row = admin.execute("SELECT tenant_id, id FROM app.authentication_user WHERE email = %s", (SHO,)).fetchone()
        assert row is not None
        reader = Reader(*row)
        with _bound(settings.database_url, reader) as ours, _bound(settings.admin_database_url, reader) as bare:
            _row_security(report, effort, ours, bare, reader)
            _search(report, admin, ours, reader)
            _blind_index(report, effort, admin, ours, reader)
    _monitor(system, report)
    _audit(system, report, effort, reader)


@contextmanager
def _bound(url: str, reader: Reader) -> Iterator[psycopg.Connection]:
    """Connect in one long transaction of this person: what is timed is the statement alone."""
    with psycopg.connect(url, prepare_threshold=0, options="-c TimeZone=UTC") as connection:
        connection.execute(reader.context(), prepare=False)  # three statements at once
        yield connection


def _row_security(
    report: Report, effort: Effort, ours: psycopg.Connection, bare: psycopg.Connection, reader: Reader
) -> None:
    def one(connection: psycopg.Connection) -> Sample:
        found = timings(lambda: connection.execute(LIST, (reader.tenant_id,)).fetchall(), times=LOOKUPS, at_most=5)
        return {"p50": percentile(found, 0.5)}

    samples = in_turn({"with": lambda: one(ours), "without": lambda: one(bare)}, effort.rounds)
    report.samples["row security"] = samples
    with_, without = median(samples["with"], "p50"), median(samples["without"], "p50")
    report.add("sql", "list under RLS", "ms", with_, without, against="as superuser", at_most=1.3)


def _search(report: Report, admin: psycopg.Connection, ours: psycopg.Connection, reader: Reader) -> None:
    row = admin.execute(
        "SELECT min(request_number) FROM app.lers_requests WHERE agency_tenant_id = %s", (reader.tenant_id,)
    ).fetchone()
    assert row is not None
    for name, words, goal in (("one hit", row[0], 10), ("a tenth of all", COMMON, None)):
        found = timings(
            lambda words=words: ours.execute("SELECT count(*) FROM app.search_requests(%s)", (words,)).fetchall(),
            times=LOOKUPS,
            at_most=10,
        )
        report.samples[f"search {name}"] = {"p50": percentile(found, 0.5), "p99": percentile(found, 0.99)}
        report.add("sql", f"text search p99, {name}", "ms", percentile(found, 0.99), at_most=goal, note=f"“{words}”")


def _blind_index(
    report: Report, effort: Effort, admin: psycopg.Connection, ours: psycopg.Connection, reader: Reader
) -> None:
    rows = admin.execute(
        "SELECT i.index_agency, r.id FROM app.request_identifier i JOIN app.lers_requests r ON r.id = i.request_id"
        " WHERE i.agency_tenant_id = %s ORDER BY i.id LIMIT %s",
        (reader.tenant_id, LOOKUPS),
    ).fetchall()

    def by(statement: str, column: int) -> Sample:
        keys = iter(rows * 2)
        found = timings(
            lambda: ours.execute(statement, (reader.tenant_id, next(keys)[column])).fetchall(),
            times=len(rows),
            at_most=5,
        )
        return {"p50": percentile(found, 0.5)}

    index = (
        "SELECT r.id, r.status FROM app.lers_requests r WHERE r.id IN (SELECT i.request_id FROM"
        " app.request_identifier i WHERE i.agency_tenant_id = %s AND i.index_agency = %s)"
    )
    key = "SELECT r.id, r.status FROM app.lers_requests r WHERE r.agency_tenant_id = %s AND r.id = %s"
    samples = in_turn({"index": lambda: by(index, 0), "key": lambda: by(key, 1)}, effort.rounds)
    report.samples["blind index"] = samples
    report.add(
        "sql", "blind index", "ms", median(samples["index"], "p50"), median(samples["key"], "p50"),
        against="primary key", at_most=1.5,
    )  # fmt: skip


def _monitor(system: System, report: Report) -> None:
    """Let nothing be due, then the twentieth part of all open clocks at once; then the same by an ORM loop, sampled."""
    settings = system.settings
    backend = Backend.connect(settings, settings.worker_database_url, application="bench-monitor")
    try:
        with psycopg.connect(settings.admin_database_url) as admin:
            due = admin.execute(
                "SELECT percentile_disc(%s) WITHIN GROUP (ORDER BY sla_due_date), count(*) FROM app.lers_requests"
                " WHERE status IN ('SUBMITTED','ACKNOWLEDGED','IN_PROGRESS','RESPONSE_UPLOADED') AND NOT is_deleted"
                " AND NOT sla_breached AND sla_paused_at IS NULL AND sla_due_date > now()",
                (BREACHED_SHARE,),
            ).fetchone()
        assert due is not None
        requests.run_sla_monitor(backend)  # whatever is due by now
        idle = timings(lambda: requests.run_sla_monitor(backend), times=20)
        report.add("monitor", "nothing due", "ms", percentile(idle, 0.5), at_most=5)
        start = time.perf_counter()
        counts = requests.run_sla_monitor(backend, at=due[0])
        took = time.perf_counter() - start
        done = sum(number for kind, number in counts.items() if kind != "agencies")
        loop = _orm_loop(backend, due[0])
        report.samples["monitor"] = {"counts": counts, "seconds": took, "open": due[1], "orm_ms_each": loop * 1000}
        report.add(
            "monitor", "each notice", "ms", took / max(done, 1) * 1000, loop * 1000, against="ORM loop, a row",
            note=f"{done:,} notices of {due[1]:,} clocks in {took:.2f} s",
        )  # fmt: skip
    finally:
        backend.engine.dispose()


def _orm_loop(backend: Backend, at: dt.datetime) -> float:
    """Return the seconds a row when every open request is loaded as an object and looked at in Python."""
    with unit_of_work(backend, system_actor()) as uow:
        agency = uow.session.scalar(select(Request.agency_tenant_id).limit(1))
    actor = system_actor(agency) if agency else system_actor()
    start = time.perf_counter()
    with unit_of_work(backend, actor) as uow:
        rows = uow.session.scalars(select(Request).where(Request.sla_due_date.is_not(None)).limit(ORM_SAMPLE)).all()
        for row in rows:
            row.sla_breached = row.sla_breached or (row.sla_due_date is not None and row.sla_due_date <= at)
            uow.session.flush()  # as the loop of a tutorial does: one statement a row
            uow.session.refresh(row)
        uow.session.rollback()
    return (time.perf_counter() - start) / max(len(rows), 1)


def _audit(system: System, report: Report, effort: Effort, reader: Reader) -> None:
    """Make a long chain as the product does, in transactions, and walk it; against hashing the same bytes alone."""
    settings = system.settings
    wanted = ENTRIES if effort.seconds > 2 else ENTRIES_QUICK
    backend = Backend.connect(settings, settings.database_url, application="bench-audit")
    actor = Actor(
        user_id=reader.user_id, tenant_id=reader.tenant_id, role=Role.APPROVER,
        permissions=permissions_of(Role.APPROVER, is_tenant_admin=True), email=SHO, name="Bench",
        source=Source(ip="127.0.0.1"),
    )  # fmt: skip
    try:
        start = time.perf_counter()
        for _ in range(wanted // ENTRIES_EACH):
            with unit_of_work(backend, actor) as uow:
                for _ in range(ENTRIES_EACH):
                    uow.audit("bench:entry", "request", reader.user_id, request_id=reader.user_id, version=1)
        written = wanted / (time.perf_counter() - start)
        with unit_of_work(backend, actor) as uow:
            texts = _canonical_texts(uow.session.connection(), reader)

            def walk() -> Sample:
                began = time.perf_counter()
                found = audit.verify_chains(uow, str(reader.tenant_id))
                if not found.ok:
                    raise RuntimeError(f"the chain does not verify: {found.problems[:3]}")
                return {"rate": found.entries / (time.perf_counter() - began)}

            def hashing() -> Sample:
                began, previous = time.perf_counter(), trail.GENESIS
                for text in texts:
                    previous = hashlib.sha256(trail.DOMAIN + previous + text).digest()
                return {"rate": len(texts) / (time.perf_counter() - began)}

            samples = in_turn({"lers": walk, "limit": hashing}, effort.rounds)
    finally:
        backend.engine.dispose()
    report.samples["audit"] = {**samples, "written": written}
    ours = median(samples["lers"], "rate")
    report.add("audit", "verified entries", "/s", ours, at_least=250_000, note=f"a chain of {len(texts):,}")
    report.add("audit", "verified entries", "/s", ours, median(samples["limit"], "rate"), against="hashing alone")
    report.add("audit", "appended entries", "/s", written, note=f"{ENTRIES_EACH} a transaction")


def _canonical_texts(connection: object, reader: Reader) -> list[bytes]:
    found = connection.exec_driver_sql(  # type: ignore[attr-defined]
        "SELECT canonical FROM audit.entry WHERE chain = %s ORDER BY seq", (str(reader.tenant_id),)
    )
    return [row[0].encode() for row in found]
