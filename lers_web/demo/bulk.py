"""Synthetic requests in bulk, for benchmarks: COPY into a staging table, then one INSERT per batch under row security.

Each row is what the use cases would have written, without its history: a request with its number, its sealed and
indexed identifier, and the start of its clock. Ended requests lie in the past and open ones are due in the future, so
that the monitor has nothing to tell of them. The trail gets one entry that says how many there are.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb
from sqlalchemy import text

from lers_web.config import Settings
from lers_web.demo.accounts import BANK, BENGALURU, MUMBAI, SOCIAL, TELECOM
from lers_web.demo.base import World, opened
from lers_web.domains.requests import identifiers
from lers_web.kernel import clock
from lers_web.kernel.actor import Actor
from lers_web.kernel.ids import new_id
from lers_web.kernel.uow import UnitOfWork, unit_of_work

BATCH = 2_500
POOL = 5_000  # different identifiers of a kind
PERIOD_DAYS = 365
OPEN_SHARE = 0.2
WARN_HOURS = 24
SEED = 20260101
_OPEN = ("DRAFT", "PENDING_APPROVAL", "SUBMITTED", "ACKNOWLEDGED", "IN_PROGRESS", "RESPONSE_UPLOADED")
_ENDED = ("COMPLETED", "COMPLETED", "COMPLETED", "COMPLETED", "REJECTED", "CANCELLED")
_UNSENT = frozenset({"DRAFT", "PENDING_APPROVAL"})
_KINDS = {
    TELECOM: (("CDR", "MSISDN"), ("SUBSCRIBER_INFO", "MSISDN"), ("LOCATION", "MSISDN")),
    BANK: (("KYC", "UPI_VPA"), ("TRANSACTION_TRAIL", "UPI_VPA")),
    SOCIAL: (("LOGIN_LOGS", "EMAIL"), ("SUBSCRIBER_INFO", "EMAIL")),
}
_WORDS = [
    "fraud",
    "loan",
    "courier",
    "parcel",
    "investment",
    "trading",
    "impersonation",
    "extortion",
    "phishing",
    "sim",
    "swap",
    "wallet",
    "transfer",
    "victim",
    "complaint",
    "account",
    "harassment",
    "stalking",
    "ransom",
    "lottery",
    "job",
    "task",
    "refund",
    "mule",
    "deepfake",
]

_REQUEST = (
    "id", "request_number", "request_type", "provider", "agency_tenant_id", "provider_tenant_id", "description",
    "legal_mandate_type", "case_reference", "status", "priority", "created_by_id", "created_at", "updated_at",
    "first_sent_for_approval_at", "approved_at", "submitted_at", "acknowledged_at", "started_at",
    "response_uploaded_at", "completed_at", "closed_at", "sla_hours", "sla_due_date", "sla_warn_at", "sla_met",
    "sla_breached", "version", "metadata",
)  # fmt: skip
_IDENTIFIER = (
    "id", "request_id", "agency_tenant_id", "provider_tenant_id", "position", "type", "sealed", "masked",
    "index_agency", "index_provider", "outcome", "created_at",
)  # fmt: skip
_LEDGER = (
    "id",
    "request_id",
    "agency_tenant_id",
    "provider_tenant_id",
    "kind",
    "at",
    "hours",
    "actor_id",
    "created_at",
)


@dataclass(frozen=True, slots=True)
class _Agency:
    """Who asks in one batch: the unit, one of its officers, and the numbers that were set aside."""

    officer: Actor
    code: str
    first_number: int
    year: int


def load(settings: Settings, count: int, told: Callable[[int], None]) -> dict[str, Any]:
    """Add ``count`` requests. Makes the demo's people and providers first, where they are not there yet."""
    began = time.monotonic()
    chance = random.Random(SEED + count)
    done = 0
    with opened(settings) as world:
        officers, pool = _in_turn(world), _Pool(chance)
        while done < count:
            size = min(BATCH, count - done)
            code, officer = next(officers)
            with unit_of_work(world.backend, officer) as uow:
                pool.go_on(uow)
                _batch(uow, world, _set_aside(uow, officer, code, size), size, pool)
                uow.audit("seed:load", "request", None, change={"requests": size})
            done += size
            told(size)
    return {"requests": done, "identifiers": done, "seconds": round(time.monotonic() - began, 1)}


def _in_turn(world: World) -> Iterator[tuple[str, Actor]]:
    """Give the officers in turn, batch by batch; the larger unit writes three of four requests."""
    first, second = world.officers[MUMBAI]
    (other,) = world.officers[BENGALURU]
    return itertools.cycle([(MUMBAI, first), (MUMBAI, second), (MUMBAI, first), (BENGALURU, other)])


def _set_aside(uow: UnitOfWork, officer: Actor, code: str, size: int) -> _Agency:
    year = clock.now().year
    last = uow.session.execute(
        text(
            "INSERT INTO app.request_counter (tenant_id, year, last) VALUES (:tenant, :year, :size)"
            " ON CONFLICT (tenant_id, year) DO UPDATE SET last = request_counter.last + :size RETURNING last"
        ),
        {"tenant": officer.tenant_id, "year": year, "size": size},
    ).scalar_one()
    return _Agency(officer, code, last - size + 1, year)


def _batch(uow: UnitOfWork, world: World, agency: _Agency, size: int, pool: _Pool) -> None:
    requests: list[tuple[Any, ...]] = []
    found: list[tuple[Any, ...]] = []
    ledger: list[tuple[Any, ...]] = []
    for offset in range(size):
        row = _request(world, agency, agency.first_number + offset, pool.chance)
        requests.append(tuple(row[name] for name in _REQUEST))
        found.append(pool.row(row))
        if row["submitted_at"] is not None:
            ledger.append(
                (
                    new_id(), row["id"], row["agency_tenant_id"], row["provider_tenant_id"], "START",
                    row["submitted_at"], row["sla_hours"], agency.officer.user_id, row["submitted_at"],
                )
            )  # fmt: skip
    _copy(uow, "lers_requests", _REQUEST, requests)
    _copy(uow, "request_identifier", _IDENTIFIER, found)
    _copy(uow, "sla_event", _LEDGER, ledger)


def _request(world: World, agency: _Agency, number: int, chance: random.Random) -> dict[str, Any]:
    """Make one request somewhere in the last year."""
    provider = chance.choices((TELECOM, BANK, SOCIAL), (6, 3, 2))[0]
    request_type, kind = chance.choice(_KINDS[provider])
    now = clock.now()
    is_open = chance.random() < OPEN_SHARE
    status = chance.choice(_OPEN if is_open else _ENDED)
    age = dt.timedelta(days=chance.uniform(0.1, 5) if is_open else chance.uniform(12, PERIOD_DAYS))
    created = now - age
    row: dict[str, Any] = dict.fromkeys(_REQUEST)
    row |= {
        "id": new_id(),
        "request_number": f"LERS-{agency.year}-{agency.code}-{number:06d}",
        "request_type": request_type,
        "identifier_kind": kind,
        "provider": world.names[provider],
        "agency_tenant_id": agency.officer.tenant_id,
        "provider_tenant_id": world.tenants[provider],
        "description": " ".join(chance.choices(_WORDS, k=12)),
        "legal_mandate_type": "BNSS_94",
        "case_reference": f"Cr. No. {chance.randint(1, 999)}/{created.year}",
        "status": status,
        "priority": chance.choices(("NORMAL", "URGENT", "CRITICAL"), (8, 2, 1))[0],
        "created_by_id": agency.officer.user_id,
        "created_at": created,
        "updated_at": created,
        "sla_breached": False,
        "version": 1,
        "metadata": Jsonb({"synthetic": "bulk"}),
    }
    if status not in _UNSENT and status != "CANCELLED":
        _submit(row, created, chance)
    elif status == "PENDING_APPROVAL":
        row["first_sent_for_approval_at"] = created
    elif status == "CANCELLED":
        row["closed_at"] = created
    return row


def _submit(row: dict[str, Any], created: dt.datetime, chance: random.Random) -> None:
    """Fill the stamps of a request that went to its provider, as far as its status says."""
    hours = dt.timedelta(hours=1)
    sent = created + chance.uniform(0.5, 2) * hours
    promise = 240.0 if row["status"] in _OPEN else 72.0
    due = sent + promise * hours
    row |= {
        "first_sent_for_approval_at": created,
        "approved_at": sent,
        "submitted_at": sent,
        "sla_hours": promise,
        "sla_due_date": due,
        "sla_warn_at": due - WARN_HOURS * hours,
        "version": 4,
    }
    if row["status"] == "SUBMITTED":
        return
    row["acknowledged_at"] = sent + 0.1 * hours
    if row["status"] == "REJECTED":
        row["closed_at"] = sent + hours
        return
    if row["status"] == "ACKNOWLEDGED":
        return
    row["started_at"] = sent + 0.2 * hours
    if row["status"] == "IN_PROGRESS":
        return
    row["response_uploaded_at"] = sent + 0.3 * hours
    if row["status"] == "COMPLETED":
        ended = sent + chance.uniform(10, 84) * hours
        row |= {"completed_at": ended, "closed_at": ended, "response_uploaded_at": ended, "sla_met": ended <= due}
        row |= {"sla_breached": ended > due, "updated_at": ended, "version": 8}


class _Pool:
    """Identifiers that come up again and again, as in life: checked and indexed once, sealed for each request."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self._uow: UnitOfWork
        self._checked: dict[tuple[str, int], identifiers.Checked] = {}
        self._indexes: dict[tuple[UUID, str, int], bytes] = {}

    def row(self, request: dict[str, Any]) -> tuple[Any, ...]:
        """Make the identifier of one request."""
        kind, which, row_id = request["identifier_kind"], self.chance.randrange(POOL), new_id()
        agency, provider = request["agency_tenant_id"], request["provider_tenant_id"]
        checked = self._check(kind, which)
        plaintext = json.dumps({"value": checked.value, "extra": {}})
        sealed = self._uow.ports.vault.seal(
            self._uow.session, agency, ("request_identifier", "sealed", row_id), plaintext
        )
        outcome = "DISCLOSED" if request["status"] == "COMPLETED" else "PENDING"
        return (
            row_id, request["id"], agency, provider, 0, kind, sealed, checked.masked,
            self._index(agency, kind, which), self._index(provider, kind, which), outcome, request["created_at"],
        )  # fmt: skip

    def _check(self, kind: str, which: int) -> identifiers.Checked:
        found = self._checked.get((kind, which))
        if found is None:
            number = f"{which * 7919 % 10**8:08d}"
            value = {"MSISDN": f"+9199{number}", "UPI_VPA": f"user{number}@okbank"}.get(kind)
            found = self._checked[kind, which] = identifiers.check(kind, value or f"user{number}@mail.example")
        return found

    def _index(self, tenant_id: UUID, kind: str, which: int) -> bytes:
        place = (tenant_id, kind, which)
        found = self._indexes.get(place)
        if found is None:
            vault, value = self._uow.ports.vault, self._check(kind, which).normalised
            found = self._indexes[place] = vault.blind_index(self._uow.session, tenant_id, kind, value)
        return found

    def go_on(self, uow: UnitOfWork) -> None:
        """Work in the next transaction."""
        self._uow = uow


def _copy(uow: UnitOfWork, table: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """COPY into a staging table of this transaction and INSERT from it: COPY knows no tables with policies."""
    names = ", ".join(columns)
    connection = uow.session.connection()
    connection.exec_driver_sql(
        f"CREATE TEMPORARY TABLE staged ON COMMIT DROP AS SELECT {names} FROM app.{table} LIMIT 0"  # noqa: S608
    )
    cursor = connection.connection.driver_connection.cursor()  # type: ignore[union-attr]
    with cursor.copy(f"COPY staged ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    connection.exec_driver_sql(f"INSERT INTO app.{table} ({names}) SELECT {names} FROM staged")  # noqa: S608
    connection.exec_driver_sql("DROP TABLE staged")
