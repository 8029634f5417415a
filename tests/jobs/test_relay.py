"""The relay between a commit and Redis: nothing lost, nothing doubled in its effect, whatever dies in between."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from redis import Redis, RedisError

from lers_jobs import settling
from lers_jobs.queues import JsonJob, JsonQueue, QueueName
from lers_jobs.relay import relay_once
from lers_web.config import Settings
from lers_web.domains.requests.events import RequestChanged, RequestStatusChanged
from lers_web.kernel import heartbeat
from lers_web.kernel.actor import system_actor
from lers_web.kernel.ports import Backend
from lers_web.kernel.realtime import HINT_CHANNEL
from lers_web.kernel.uow import unit_of_work
from tests.factories.cast import Cast
from tests.factories.rows import insert_request, rows
from tests.jobs.processes import ROOT, eventually, running

Work = Callable[..., None]


def submit(cast: Cast, count: int = 1) -> list[UUID]:
    """Commit the events of submitted requests, as the last approver does."""
    made = []
    for _ in range(count):
        request_id = insert_request(cast)
        with cast.acting("sho") as uow:
            uow.emit(
                RequestStatusChanged(
                    request_id=request_id,
                    action="submit",
                    old="APPROVED",
                    new="SUBMITTED",
                    version=3,
                    actor_id=uow.actor.user_id,
                    tenants=(cast.tenants["mumbai"], cast.tenants["telecom"]),
                )
            )
        made.append(request_id)
    return made


def queued(redis: Redis, name: QueueName = QueueName.NOTIFY) -> list[str]:
    return list(JsonQueue(name.value, connection=redis).job_ids)


def notified(cast: Cast) -> int:
    return int(rows(cast, "SELECT count(*) FROM app.lers_notifications")[0][0])


def unsent(cast: Cast) -> int:
    return int(rows(cast, "SELECT count(*) FROM app.outbox WHERE sent_at IS NULL")[0][0])


def event_ids(cast: Cast) -> list[UUID]:
    return [row[0] for row in rows(cast, "SELECT id FROM app.outbox WHERE type = 'request.status_changed' ORDER BY id")]


def test_an_event_is_handed_on_once_for_each_tenant(cast: Cast, redis: Redis, worker_backend: Backend) -> None:
    submit(cast)
    assert relay_once(worker_backend, redis) == 1
    assert relay_once(worker_backend, redis) == 0
    (event,) = event_ids(cast)
    assert queued(redis) == [f"{event}-notify-{cast.tenants[name]}" for name in ("mumbai", "telecom")]
    job = JsonJob.fetch(queued(redis)[0], connection=redis)
    assert job.args == [str(event), str(cast.tenants["mumbai"])]
    assert job.timeout == 30
    assert job.meta == {"correlation_id": cast["sho"].source.request_id, "tenant_id": str(cast.tenants["mumbai"])}


def test_people_hear_of_it_once_however_often_it_is_handed_on(
    cast: Cast, redis: Redis, worker_backend: Backend, work: Work
) -> None:
    submit(cast)
    for _ in range(3):
        rows(cast, "UPDATE app.outbox SET sent_at = NULL WHERE type = 'request.status_changed' RETURNING 1")
        relay_once(worker_backend, redis)
        work(QueueName.NOTIFY)
    assert notified(cast) == 2
    assert rows(cast, "SELECT count(*) FROM app.effect") == [(2,)]


def test_the_request_that_caused_it_is_named_to_the_end(
    cast: Cast, redis: Redis, worker_backend: Backend, work: Work
) -> None:
    submit(cast)
    relay_once(worker_backend, redis)
    work(QueueName.NOTIFY)
    causes = rows(cast, "SELECT DISTINCT correlation_id FROM app.outbox")
    assert causes == [(cast["sho"].source.request_id,)]


def test_a_relay_killed_between_redis_and_commit_loses_and_doubles_nothing(
    cast: Cast, redis: Redis, worker_backend: Backend, work: Work, environ: dict[str, str]
) -> None:
    submit(cast)
    murder = (
        "import os, signal\n"
        "from redis import Redis\n"
        "from lers_jobs import relay, runtime\n"
        "from lers_web.config import Settings\n"
        "real = relay.hand_on\n"
        "def hand_on_and_die(redis, messages):\n"
        "    real(redis, messages)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "relay.hand_on = hand_on_and_die\n"
        "settings = Settings.from_env()\n"
        "relay.relay_once(runtime.configure(settings), Redis.from_url(settings.redis_url))\n"
    )
    died = subprocess.run(
        [sys.executable, "-c", murder], cwd=ROOT, env=environ, check=False, timeout=60, capture_output=True
    )
    assert died.returncode == -signal.SIGKILL, died.stderr
    assert len(queued(redis)) == 2  # the jobs are there
    eventually(lambda: relay_once(worker_backend, redis) == 1, what="the dead relay's lock is gone")
    work(QueueName.NOTIFY)
    assert notified(cast) == 2
    assert unsent(cast) == len(rows(cast, "SELECT 1 FROM app.outbox WHERE type = 'notification.created'"))


def test_while_redis_is_away_nothing_is_marked_as_sent(cast: Cast, redis: Redis, worker_backend: Backend) -> None:
    submit(cast)
    with Redis(port=1, socket_connect_timeout=1) as gone, pytest.raises(RedisError):
        relay_once(worker_backend, gone)
    assert unsent(cast) == 1
    assert relay_once(worker_backend, redis) == 1


def test_two_relays_share_the_work_and_hand_nothing_on_twice(cast: Cast, redis: Redis, worker_backend: Backend) -> None:
    submit(cast, 40)
    both = threading.Barrier(2, timeout=30)
    counts: list[int] = []

    def one() -> None:
        both.wait()
        done = 0
        while sent := relay_once(worker_backend, redis, limit=5):
            done += sent
        counts.append(done)

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    while sent := relay_once(worker_backend, redis, limit=5):  # rows that were locked when both looked
        counts.append(sent)
    assert sum(counts) == 40
    assert len(queued(redis)) == len(set(queued(redis))) == 80


def test_the_hub_is_told_ids_and_statuses_alone(cast: Cast, redis: Redis, worker_backend: Backend) -> None:
    (request_id,) = submit(cast)
    (event,) = event_ids(cast)
    with redis.pubsub(ignore_subscribe_messages=True) as hub:
        hub.subscribe(HINT_CHANNEL)
        hub.get_message(timeout=5)
        relay_once(worker_backend, redis)
        heard: list[dict[str, Any]] = []
        eventually(lambda: _listen(hub, heard), what="the hint")
    assert heard == [
        {
            "id": str(event),
            "type": "request.status_changed",
            "payload": {
                "request_id": str(request_id),
                "action": "submit",
                "old": "APPROVED",
                "new": "SUBMITTED",
                "version": 3,
                "actor_id": str(cast["sho"].user_id),
                "level": None,
            },
            "tenants": [str(cast.tenants["mumbai"]), str(cast.tenants["telecom"])],
            "correlation_id": cast["sho"].source.request_id,
        }
    ]


def _listen(hub: Any, heard: list[dict[str, Any]]) -> bool:
    message = hub.get_message(timeout=1)
    if message is not None:
        heard.append(json.loads(message["data"]))
    return bool(heard)


def test_an_unknown_event_stops_no_other(cast: Cast, redis: Redis, worker_backend: Backend) -> None:
    rows(
        cast,
        "INSERT INTO app.outbox (id, type, payload, tenants, actor_id, correlation_id, created_at)"
        " VALUES (gen_random_uuid(), 'thing.unheard_of', '{}', '{}', gen_random_uuid(), 'c', now()) RETURNING 1",
    )
    submit(cast)
    assert relay_once(worker_backend, redis) == 2
    assert len(queued(redis)) == 2


def settle(backend: Backend) -> dict[str, int]:
    with unit_of_work(backend, system_actor()) as uow:
        return settling.settle(uow)


def age(cast: Cast, seconds: float) -> None:
    """Let time pass for what was sent."""
    rows(
        cast,
        "UPDATE app.outbox SET sent_at = sent_at - make_interval(secs => %s) WHERE sent_at IS NOT NULL RETURNING 1",
        seconds,
    )


def test_a_flush_of_redis_loses_nothing(cast: Cast, redis: Redis, worker_backend: Backend, work: Work) -> None:
    submit(cast, 3)
    relay_once(worker_backend, redis)
    redis.flushdb()
    work(QueueName.NOTIFY)
    assert notified(cast) == 0
    assert settle(worker_backend) == {"settled": 0, "sent_again": 0, "given_up": 0}  # the first try still has time
    age(cast, 31)
    assert settle(worker_backend)["sent_again"] == 3
    while relay_once(worker_backend, redis):
        pass
    work(QueueName.NOTIFY)
    assert notified(cast) == 6
    age(cast, 61)
    assert settle(worker_backend) == {"settled": 3, "sent_again": 0, "given_up": 0}
    age(cast, 10_000)
    assert settle(worker_backend) == {"settled": 0, "sent_again": 0, "given_up": 0}


def test_an_effect_missing_in_one_tenant_alone_is_enough_to_send_again(
    cast: Cast, redis: Redis, worker_backend: Backend, work: Work
) -> None:
    submit(cast)
    relay_once(worker_backend, redis)
    JsonJob.fetch(queued(redis)[1], connection=redis).delete()
    work(QueueName.NOTIFY)
    age(cast, 31)
    assert settle(worker_backend)["sent_again"] == 1
    relay_once(worker_backend, redis)
    work(QueueName.NOTIFY)
    assert notified(cast) == 2


def test_a_job_that_fails_for_good_is_tried_ever_more_rarely_and_given_up_at_last(
    cast: Cast, redis: Redis, worker_backend: Backend
) -> None:
    submit(cast)
    relay_once(worker_backend, redis)
    for attempt in range(1, 4):
        age(cast, 30 * 2 ** (attempt - 1) - 5)
        assert settle(worker_backend)["sent_again"] == 0
        age(cast, 6)
        assert settle(worker_backend)["sent_again"] == 1
        relay_once(worker_backend, redis)
    rows(cast, "UPDATE app.outbox SET attempts = %s RETURNING 1", settling.MAX_ATTEMPTS)
    age(cast, 30 * 64 + 1)
    assert settle(worker_backend) == {"settled": 0, "sent_again": 0, "given_up": 1}


def test_events_without_jobs_are_settled_as_they_are_sent(cast: Cast, redis: Redis, worker_backend: Backend) -> None:
    request_id = insert_request(cast)
    with cast.acting("io") as uow:
        uow.emit(RequestChanged(request_id=request_id, version=2))
    relay_once(worker_backend, redis)
    assert rows(cast, "SELECT settled_at IS NOT NULL, attempts FROM app.outbox") == [(True, 1)]


def test_the_relay_process_hears_of_commits_and_outlives_its_database_connection(
    cast: Cast, redis: Redis, environ: dict[str, str], settings: Settings
) -> None:
    with running(["-m", "lers_jobs.relay"], environ, until="listening") as relay:
        submit(cast)
        eventually(lambda: len(queued(redis)) == 2, what="the first event is relayed")
        eventually(lambda: heartbeat.signs(redis), what="the relay shows that it lives")
        ended = rows(
            cast,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name IN ('lers-relay', 'lers-worker') AND datname = current_database()",
        )
        assert len(ended) >= 2
        submit(cast)
        eventually(lambda: len(queued(redis)) == 4, what="the relay has connected again")
        assert relay.stop() == 0
        assert relay.said("the relay has stopped")
    assert heartbeat.signs(redis) == [], "who leaves says so"
