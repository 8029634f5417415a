"""The tables of jobs: every event has a subscriber, every queue is watched, everything in Redis is JSON."""

from __future__ import annotations

import importlib
import json
import pkgutil
import uuid
import zlib
from dataclasses import dataclass, field
from typing import Any

import pytest
from redis import Redis
from rq.utils import import_attribute

import lers_web.domains
from lers_jobs import queues, subscribers
from lers_jobs.__main__ import _arguments
from lers_jobs.queues import FORKED, JOBS, JsonJob, JsonQueue, QueueName
from lers_jobs.schedule import PERIODIC
from lers_jobs.subscribers import SUBSCRIPTIONS
from lers_web.domains.notifications.rules import RULES
from lers_web.kernel.outbox import DomainEvent


def all_events() -> set[type[DomainEvent]]:
    for package in pkgutil.iter_modules(lers_web.domains.__path__):
        names = {module.name for module in pkgutil.iter_modules([f"{lers_web.domains.__path__[0]}/{package.name}"])}
        if "events" in names:
            importlib.import_module(f"lers_web.domains.{package.name}.events")

    def below(cls: type[DomainEvent]) -> set[type[DomainEvent]]:
        return {cls, *(each for child in cls.__subclasses__() for each in below(child))}

    return {each for each in below(DomainEvent) if each.__module__.startswith("lers_web.")} - {DomainEvent}


def test_every_event_has_a_line_in_the_table() -> None:
    types = {event.type for event in all_events()}
    assert len(types) >= 15
    assert types - set(SUBSCRIPTIONS) == set()


def test_every_event_that_has_rules_is_brought_to_the_people() -> None:
    notified = {kind for kind, jobs in SUBSCRIPTIONS.items() if any(each.job is queues.NOTIFY for each in jobs)}
    assert notified == set(RULES)


def test_every_queue_is_watched_and_every_job_can_be_found() -> None:
    watched = set(_arguments([]).queues)
    assert watched == {name.value for name in QueueName} == {job.queue.value for job in JOBS}
    for job in JOBS:
        assert callable(import_attribute(job.function)), job
    assert len({job.name for job in JOBS}) == len(JOBS)


def test_long_jobs_are_forked() -> None:
    assert all(job.timeout <= 60 or job.queue in FORKED for job in JOBS)


def test_every_job_follows_from_an_event_or_a_schedule() -> None:
    from_events = {each.job for jobs in SUBSCRIPTIONS.values() for each in jobs}
    assert from_events | {each.job for each in PERIODIC} == set(JOBS)


def test_an_unknown_queue_is_refused_with_the_names(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        _arguments(["--queues", "notify,typo"])
    assert caught.value.code == 2
    assert "typo; the queues are notify, mail, scan, sweep" in capsys.readouterr().err


@dataclass
class Message:
    type: str
    payload: dict[str, Any]
    tenants: list[uuid.UUID]
    id: uuid.UUID = field(default_factory=uuid.uuid4)
    correlation_id: str = "c"


def test_a_job_is_planned_once_for_each_tenant_and_named_by_event_and_tenant() -> None:
    one, other = uuid.uuid4(), uuid.uuid4()
    message = Message("request.status_changed", {}, [one, other])
    planned = subscribers.jobs_of(message)
    assert [each.id for each in planned] == [f"{message.id}-notify-{one}", f"{message.id}-notify-{other}"]
    assert [each.arguments for each in planned] == [(str(message.id), str(one)), (str(message.id), str(other))]
    assert subscribers.effects_of(message) == [each.id for each in planned]


def test_a_job_about_one_row_runs_in_its_owners_context_alone() -> None:
    owner, other = uuid.uuid4(), uuid.uuid4()
    message = Message("file.uploaded", {"file_id": "f"}, [owner, other])
    (planned,) = subscribers.jobs_of(message)
    assert planned.arguments == ("f", str(owner))
    assert subscribers.effects_of(message) == []


def test_a_notification_that_is_not_mailed_makes_no_job() -> None:
    payload = {"notification_id": "n", "user_id": "u", "mail": False}
    assert subscribers.jobs_of(Message("notification.created", payload, [uuid.uuid4()])) == []
    assert subscribers.jobs_of(Message("notification.created", {**payload, "mail": True}, [uuid.uuid4()]))


def test_an_event_of_an_unknown_type_makes_no_job_and_no_noise() -> None:
    assert subscribers.jobs_of(Message("thing.unheard_of", {}, [uuid.uuid4()])) == []


def test_what_stands_in_redis_is_json(redis: Redis) -> None:
    queue = JsonQueue("notify", connection=redis)
    job = queue.enqueue(queues.NOTIFY.function, "e", "t", job_id="j", meta={"correlation_id": "c"})
    stored = redis.hgetall(job.key)
    assert json.loads(zlib.decompress(stored[b"data"])) == [queues.NOTIFY.function, None, ["e", "t"], {}]
    assert json.loads(stored[b"meta"]) == {"correlation_id": "c"}
    assert JsonJob.fetch("j", connection=redis).args == ["e", "t"]
