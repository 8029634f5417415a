"""Who shares a request with whom: the database's statement equals the policy's rule, for every pair and every state."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from sqlalchemy import select

from lers_web.config import Settings
from lers_web.domains.presence import reads, service
from lers_web.domains.presence.states import Presence, summary
from lers_web.domains.requests import policy
from lers_web.domains.requests.models import Request
from lers_web.kernel.actor import system_actor
from lers_web.kernel.permissions import Role
from lers_web.kernel.ports import Backend
from lers_web.kernel.uow import UnitOfWork, unit_of_work
from tests.factories.cast import Cast, cast_in
from tests.factories.talk import make_request

STATUSES = ("DRAFT", "PENDING_APPROVAL", "SUBMITTED", "COMPLETED")


@pytest.fixture
def cast(database: Settings) -> Iterator[Cast]:
    with cast_in(database) as cast:
        yield cast


def seen_by(cast: Cast, name: str) -> set[UUID]:
    """The requests that the policy shows to a person, administrators' view of everything left out."""
    if cast[name].role is Role.SUPER_ADMIN:
        return set()
    with cast.acting(name) as uow:
        return set(uow.session.scalars(select(Request.id).where(policy.visible_to(cast[name]))))


@contextmanager
def hub(cast: Cast) -> Iterator[Backend]:
    """The hub's way to the database."""
    backend = Backend.connect(cast.settings, cast.settings.hub_database_url, application="lers-test-hub")
    try:
        yield backend
    finally:
        backend.engine.dispose()


@contextmanager
def sweeping(cast: Cast) -> Iterator[UnitOfWork]:
    """A unit of work of the scheduler's."""
    worker = Backend.connect(cast.settings, cast.settings.worker_database_url, application="lers-test-worker")
    try:
        with unit_of_work(worker, system_actor()) as uow:
            yield uow
    finally:
        worker.engine.dispose()


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("participants", [(), ("io2",)])
def test_companions_are_those_who_see_a_common_request(cast: Cast, status: str, participants: tuple[str, ...]) -> None:
    request_id = make_request(cast, status=status, participants=participants)
    sees = {name: seen_by(cast, name) for name in cast.people}
    ids = {cast[name].user_id: name for name in cast.people}
    for me in cast.people:
        with cast.acting(me) as uow:
            found = {ids[each] for each in reads.companions_among(uow, ids)}
        assert found == {other for other in cast.people if other != me and sees[me] & sees[other]}, me
    everybody = {name for name in cast.people if request_id in sees[name]}
    for me in everybody:
        with cast.acting(me) as uow:
            assert {ids[each] for each in reads.involved(uow, request_id)} == everybody


def test_a_deleted_draft_and_an_inactive_person_join_nobody(cast: Cast) -> None:
    request_id = make_request(cast)
    with cast.acting("io") as uow:
        assert reads.companions_among(uow, [cast["nodal"].user_id])
    with cast.superuser() as connection:
        connection.execute(
            "UPDATE app.authentication_user SET is_active = false WHERE id = %s", (cast["nodal"].user_id,)
        )
    with cast.acting("io") as uow:
        assert not reads.companions_among(uow, [cast["nodal"].user_id])
        assert reads.companions_among(uow, [cast["desk"].user_id])
    with cast.superuser() as connection:
        connection.execute("UPDATE app.lers_requests SET is_deleted = true WHERE id = %s", (request_id,))
    with cast.acting("io") as uow:
        assert not reads.companions_among(uow, [cast["desk"].user_id])


def test_the_most_present_connection_counts() -> None:
    for statuses in itertools.product(Presence, repeat=2):
        expected = min(statuses, key=list(Presence).index)
        assert summary(statuses) is expected
    assert summary([]) is Presence.OFFLINE


def test_a_status_without_a_connection_is_believed_for_a_while(cast: Cast) -> None:
    with cast.acting("io") as uow:
        service.set_status(uow, Presence.ONLINE)
    with sweeping(cast) as uow:
        assert service.sweep(uow) == []
    with cast.acting("io") as uow:
        assert service.of_user(uow, cast["io"].user_id)[0]["status"] == "ONLINE"
    with cast.superuser() as connection:
        connection.execute("UPDATE app.user_presence SET last_seen = now() - interval '6 minutes'")
    with sweeping(cast) as uow:
        (change,) = service.sweep(uow)
    assert (change.user_id, change.was, change.status) == (cast["io"].user_id, Presence.ONLINE, Presence.OFFLINE)


def test_people_of_a_hub_that_was_stopped_have_a_moment_to_come_back(cast: Cast) -> None:
    with hub(cast) as backend:
        for name, sid in (("io", "one"), ("nodal", "two")):
            with unit_of_work(backend, cast[name]) as uow:
                service.socket_opened(uow, sid, "node:1")
        with unit_of_work(backend, system_actor()) as uow:
            service.sockets_closed(uow, ["one", "two"])
        with unit_of_work(backend, system_actor()) as uow:
            assert service.sweep(uow) == []
        with unit_of_work(backend, cast["io"]) as uow:
            assert service.socket_opened(uow, "three", "node:2") is None  # never was offline
        with cast.superuser() as connection:
            connection.execute("UPDATE app.user_presence SET last_seen = now() - interval '16 seconds'")
        with unit_of_work(backend, system_actor()) as uow:
            assert [change.user_id for change in service.sweep(uow)] == [cast["nodal"].user_id]


def test_setting_the_same_status_again_tells_nothing(cast: Cast) -> None:
    for expected in (1, 1, 2):
        with cast.acting("io") as uow:
            service.set_status(uow, Presence.ONLINE if expected == 1 else Presence.AWAY)
        with cast.superuser() as connection:
            told = connection.execute("SELECT count(*) FROM app.outbox WHERE type = 'presence.changed'").fetchone()
        assert told == (expected,)
