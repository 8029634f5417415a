"""One database with an object for every case that ``lers_web/permissions.toml`` names, and the people who call."""

from __future__ import annotations

import datetime as dt
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from redis import Redis

from lers_jobs.queues import NOTIFY, JsonQueue
from lers_web.config import Settings
from lers_web.domains.requests import service as requests
from lers_web.domains.requests.service import Status
from lers_web.kernel import clock
from lers_web.kernel.ids import new_id
from lers_web.kernel.queues import TENANT
from tests.factories import cases
from tests.factories.admins import add_second_admin
from tests.factories.callers import Callers, callers_of
from tests.factories.cast import Cast, cast_in

PEOPLE = {
    "IO": "io",
    "APPROVER": "dsp",
    "APPROVER+": "sho",
    "PROVIDER": "desk",
    "PROVIDER+": "nodal",
    "SUPER_ADMIN": "admin",
}
NEIGHBOURS = {"io": "io2", "dsp": "sho", "sho": "dsp", "desk": "nodal", "nodal": "desk", "admin": "admin2"}
"""Somebody else of the same tenant."""

Id = str | Callable[[str], str]
"""The id of an object, or what gives the one that it is for a caller."""


@dataclass
class World:
    """The callers; a message of each request by the request's id; and the ids: of a kind of object, of its cases."""

    callers: Callers
    messages: dict[str, str]
    ids: dict[str, dict[str, Id]]

    @property
    def cast(self) -> Cast:
        return self.callers.cast

    def id_of(self, kind: str, case: str, who: str) -> str:
        """Return the object of a case; whose it is may depend on who calls. Those are made anew each time."""
        found = self.ids[kind][case]
        return found if isinstance(found, str) else found(who)


@contextmanager
def world_in(settings: Settings) -> Iterator[World]:
    """Make the world through the use cases, and the application in front of it."""
    with cast_in(settings) as cast:
        add_second_admin(cast)
        with callers_of(cast) as callers, Redis.from_url(settings.redis_url) as redis:
            redis.flushdb()
            ids = _objects(callers, redis)
            yield World(callers, _messages(callers, ids["request"]), ids)
            redis.flushdb()


def _objects(callers: Callers, redis: Redis) -> dict[str, dict[str, Id]]:
    cast = callers.cast
    telecom, bank = cases.make_item(cast), cases.make_item(cast, "banker")
    asked = _requests(cast, telecom, bank, Status.SUBMITTED)
    mandates = {case: _mandate(cast, request_id) for case, request_id in asked.items()}
    answered = _requests(cast, telecom, bank, Status.IN_PROGRESS)
    del answered["draft_of_another"]
    tenants = {case: str(cast.tenants[name]) for case, name in _TENANTS.items()}
    return {
        "request": dict(asked),
        "response": {case: _response(callers, case, request_id) for case, request_id in answered.items()},
        "file": {**mandates, "unlinked": str(cases.make_mandate(cast, "io2"))},
        "template": _templates(callers),
        "catalog_item": {
            "own": str(telecom),
            "own_withdrawn": str(cases.make_item(cast, name="Old", is_active=False)),
            "other_provider": str(bank),
            "draft_of_another": str(cases.make_item(cast, "banker", name="Old", is_active=False)),
        },
        "provider": {
            "own": tenants["telecom"], "other_provider": tenants["other_provider"], "agency": tenants["mumbai"],
        },
        "rule": {"own": _rule(callers, "sho"), "other_agency": _rule(callers, "sp")},
        "delegation": _delegations(callers),
        "user": {
            case: str(cast[name].user_id)
            for case, name in (
                ("mumbai", "io2"), ("other_agency", "foreign_io"), ("telecom", "desk"), ("other_provider", "banker"),
            )
        },
        "tenant": dict(tenants),
        "break_glass": _break_glass(callers, _requests(cast, telecom, bank, Status.SUBMITTED)),
        "key": {
            "own": lambda who: _key(callers, who), "of_another": lambda who: _key(callers, NEIGHBOURS[who]),
        },
        "session": {
            "own": lambda who: _session(cast, who), "of_another": lambda who: _session(cast, NEIGHBOURS[who]),
        },
        "job": {case: _job(redis, tenant_id) for case, tenant_id in tenants.items()},
    }  # fmt: skip


_TENANTS = {"mumbai": "mumbai", "other_agency": "bengaluru", "telecom": "telecom", "other_provider": "bank"}


def _requests(cast: Cast, telecom: UUID, bank: UUID, status: Status) -> dict[str, str]:
    make = cases.make_request
    made = {
        "own": make(cast, telecom, status),
        "other_agency": make(cast, telecom, status, officer="foreign_io", decider="sp"),
        "other_provider": make(cast, bank, status, provider="banker"),
        "colleagues": make(cast, telecom, status, officer="io2"),
        "shared": make(cast, telecom, status, officer="io2"),
        "draft_of_another": cases.make_draft(cast, telecom, "io2"),
    }
    for case, officer, added in (("shared", "io2", "io"), ("own", "io", "io2"), ("other_provider", "io", "io2")):
        with cast.acting(officer) as uow:
            requests.add_participant(uow, made[case], cast[added].user_id)
    return {case: str(request_id) for case, request_id in made.items()}


def _mandate(cast: Cast, request_id: str) -> str:
    with cast.superuser() as connection:
        row = connection.execute(
            "SELECT legal_mandate_file_id FROM app.lers_requests WHERE id = %s", (request_id,)
        ).fetchone()
    assert row is not None
    return str(row[0])


def _made(callers: Callers, who: str, path: str, body: dict[str, Any]) -> str:
    answer = callers.call(who, "POST", path, json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json["id"])


def _response(callers: Callers, case: str, request_id: str) -> str:
    sender = "banker" if case == "other_provider" else "desk"
    return _made(callers, sender, "/lers/responses/", {"request_id": request_id, "response_text": "All of it."})


def _messages(callers: Callers, asked: dict[str, Id]) -> dict[str, str]:
    said = {}
    for case, request_id in asked.items():
        if case != "draft_of_another":
            who = {"other_agency": "foreign_io", "own": "io", "other_provider": "io"}.get(case, "io2")
            body = {"message_text": "The period is one month."}
            said[str(request_id)] = _made(callers, who, f"/lers/requests/{request_id}/messages/", body)
    return said


def _templates(callers: Callers) -> dict[str, Id]:
    address = {"provider_tenant_id": str(callers.cast.tenants["telecom"]), "request_type": "CDR"}
    return {
        case: _made(callers, who, "/lers/templates/", {**address, "name": case, "is_shared": shared})
        for case, who, shared in (
            ("own", "io", False),
            ("shared", "io2", True),
            ("draft_of_another", "io2", False),
            ("other_agency", "foreign_io", True),
        )
    }


def _rule(callers: Callers, who: str) -> str:
    levels = [{"level": 1, "min_rank": "SHO"}]
    return _made(callers, who, "/lers/authority-rules/", {"request_type": "KYC", "levels": levels})


def _delegations(callers: Callers) -> dict[str, Id]:
    cast = callers.cast
    with cast.superuser() as connection:  # Bengaluru has one approver; the other is there to be delegated to
        connection.execute(
            "INSERT INTO app.authentication_user (id, email, full_name, role, rank, tenant_id)"
            " VALUES (%s,'dig@bengaluru.example','Dig','APPROVER','DIG',%s)",
            (stand_in := new_id(), cast.tenants["bengaluru"]),
        )
    until = (clock.now() + dt.timedelta(days=2)).isoformat()
    pairs = {
        "own": ("dsp", cast["sho"].user_id),
        "colleagues": ("sho", cast["dsp"].user_id),
        "other_agency": ("sp", stand_in),
    }
    return {
        case: _made(
            callers, who, "/lers/delegations/", {"to_user_id": str(to), "valid_until": until, "reason": "On leave"}
        )
        for case, (who, to) in pairs.items()
    }


def _break_glass(callers: Callers, opened: dict[str, str]) -> dict[str, Id]:
    """Of requests that nothing else looks into. Bengaluru asks for a second person, Mumbai does not."""

    def ask(who: str, case: str) -> str:
        body = {"request_id": opened[case], "reason": "Complaint 42/2026"}
        return _made(callers, who, "/auth/break-glass/", body)

    cases.set_policy(callers.cast, "foreign_io", break_glass_two_person=True)
    return {
        "own": ask("admin", "colleagues"), "waiting": ask("admin2", "other_agency"), "of_another": ask("admin2", "own"),
    }  # fmt: skip


def _key(callers: Callers, who: str) -> str:
    public = Ed25519PrivateKey.generate().public_key()
    spki = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    body = {"use": "SIGNING", "algorithm": "Ed25519", "public_key": b64encode(spki).decode()}
    return _made(callers, who, "/auth/keys/", body)


def _session(cast: Cast, who: str) -> str:
    """Begin a session beside the one that the person calls with."""
    actor, now = cast[who], clock.now()
    later = now + dt.timedelta(hours=1)
    with cast.superuser() as connection:
        connection.execute(
            "INSERT INTO app.auth_session (sid, user_id, tenant_id, created_at, last_seen_at, idle_expires_at,"
            " expires_at, proved_at, amr) VALUES (%s,%s,%s,%s,%s,%s,%s,%s,'[\"pwd\"]')",
            (sid := new_id(), actor.user_id, actor.tenant_id, now, now, later, later, now),
        )
    return str(sid)


def _job(redis: Redis, tenant_id: str) -> str:
    queue = JsonQueue("notify", connection=redis)
    job_id = f"{new_id()}-notify-{new_id()}"
    queue.enqueue(NOTIFY.function, "id", job_id=job_id, meta={TENANT: tenant_id})
    return job_id
