"""The parts of LERS over HTTP: who lives, who is silent, and since when."""

from __future__ import annotations

import datetime as dt

import orjson
import pytest
from redis import Redis

from lers_jobs.__main__ import make_worker
from lers_web.domains.operations.parts import Finding, overall
from lers_web.domains.operations.schemas import HealthOut
from lers_web.domains.operations.states import Part, PartState
from lers_web.kernel import clock, heartbeat
from lers_web.kernel.heartbeat import Heartbeat
from lers_web.kernel.queues import QueueName
from lers_web.kernel.realtime import HINT_CHANNEL
from tests.factories.callers import Callers
from tests.factories.shapes import differences

PATH = "/lers/health/"


def parts(people: Callers) -> dict[str, dict[str, str]]:
    answer = people.call("admin", "GET", PATH)
    assert answer.status_code == 200, answer.text
    assert not differences(HealthOut, answer.json)
    assert [part["name"] for part in answer.json["parts"]] == [part.value for part in Part]
    return {part["name"]: part for part in answer.json["parts"]}


def test_nobody_is_there_but_the_servers(people: Callers, redis: Redis) -> None:
    found = parts(people)
    assert {name for name, part in found.items() if part["state"] == "DOWN"} == {
        "hub", "relay", "workers", "scheduler"
    }  # fmt: skip
    assert {found[name]["state"] for name in ("web", "database", "redis", "storage", "mail")} == {"OK"}
    assert found["scanner"]["state"] in {"OK", "OFF"}
    for name in ("web", "database", "redis"):
        assert dt.datetime.fromisoformat(found[name]["since"]) <= clock.now()


def test_who_leaves_signs_is_there(people: Callers, redis: Redis) -> None:
    Heartbeat(redis, "relay").beat()
    Heartbeat(redis, "scheduler").beat()
    worker = make_worker(redis, [name.value for name in QueueName])
    worker.register_birth()
    worker.heartbeat()
    listener = redis.pubsub()
    listener.subscribe(HINT_CHANNEL)
    listener.get_message(timeout=5)
    try:
        found = parts(people)
    finally:
        listener.close()
        worker.register_death()
    assert {found[name]["state"] for name in ("hub", "relay", "workers", "scheduler")} == {"OK"}
    assert found["hub"]["detail"] == "1 node"
    assert found["workers"]["detail"] == "1 worker"
    assert clock.now() - dt.datetime.fromisoformat(found["relay"]["last_seen_at"]) < dt.timedelta(seconds=30)


def test_who_falls_silent_is_down_and_remembered_with_the_moment(people: Callers, redis: Redis) -> None:
    seen = clock.now() - dt.timedelta(minutes=5)
    sign = {"service": "relay", "since": seen - dt.timedelta(hours=1), "seen": seen}
    redis.hset(heartbeat.KEY, "relay@host:1", orjson.dumps(sign).decode())
    relay = parts(people)["relay"]
    assert (relay["state"], relay["detail"]) == ("DOWN", "silent: host:1")
    assert dt.datetime.fromisoformat(relay["last_seen_at"]) == seen


def test_a_queue_without_a_worker_is_a_degraded_part(people: Callers, redis: Redis) -> None:
    worker = make_worker(redis, ["notify", "mail"])
    worker.register_birth()
    worker.heartbeat()
    try:
        found = parts(people)["workers"]
    finally:
        worker.register_death()
    assert (found["state"], found["detail"]) == ("DEGRADED", "nobody watches scan, sweep")


@pytest.mark.parametrize("who", ["io", "sho", "nodal"])
def test_it_is_for_administrators(people: Callers, who: str) -> None:
    assert people.call(who, "GET", PATH).status_code == 403


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ({Part.WEB: "OK", Part.SCANNER: "OFF"}, "OK"),
        ({Part.WEB: "OK", Part.MAIL: "DOWN"}, "DEGRADED"),
        ({Part.WEB: "OK", Part.HUB: "UNKNOWN"}, "DEGRADED"),
        ({Part.DATABASE: "DOWN", Part.MAIL: "OK"}, "DOWN"),
    ],
)
def test_the_sum_of_the_parts(states: dict[Part, str], expected: str) -> None:
    assert overall([Finding(part, PartState(state)) for part, state in states.items()]) == expected
