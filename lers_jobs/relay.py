"""The one road from a committed change to jobs and sockets: ``python -m lers_jobs.relay``.

Waits on PostgreSQL's NOTIFY with a poll behind it, takes unsent outbox rows under a lock, writes their jobs and hints
into Redis in one transaction there, and only then marks them as sent. Whatever dies in between, an event is handed on
again and never lost; every receiver is idempotent by the ids that it gets. Several relays may run side by side.
"""

from __future__ import annotations

import contextlib
import json
import logging
import signal
import sys
import threading
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import psycopg
from redis import Redis, RedisError
from rq.queue import EnqueueData
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from lers_jobs import runtime, subscribers
from lers_jobs.queues import FAILURE_TTL, RESULT_TTL, JsonQueue
from lers_web.config import Settings
from lers_web.kernel import clock, logs, outbox, walls
from lers_web.kernel.actor import system_actor
from lers_web.kernel.heartbeat import Heartbeat
from lers_web.kernel.outbox import OutboxMessage
from lers_web.kernel.ports import Backend
from lers_web.kernel.queues import CORRELATION, TENANT, QueueName
from lers_web.kernel.realtime import HINT_CHANNEL
from lers_web.kernel.uow import unit_of_work

LOG = logging.getLogger(__name__)

BATCH = 100
POLL_SECONDS = 1.0
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 10.0


def hint_of(message: OutboxMessage) -> str:
    """Write what the hub is told: ids, statuses and versions; it loads the rest for those who may see it."""
    return json.dumps(
        {
            "id": str(message.id),
            "type": message.type,
            "payload": message.payload,
            "tenants": [str(tenant) for tenant in message.tenants],
            CORRELATION: message.correlation_id,
        },
        separators=(",", ":"),
    )


def hand_on(redis: Redis, messages: Sequence[OutboxMessage]) -> None:
    """Put the jobs and hints of events into Redis, all of them or none."""
    by_queue: dict[QueueName, list[EnqueueData]] = defaultdict(list)
    for message in messages:
        if message.type not in subscribers.SUBSCRIPTIONS:
            LOG.error("nobody subscribes to %s: only the hub hears of it", message.type)
        for planned in subscribers.jobs_of(message):
            by_queue[planned.job.queue].append(
                JsonQueue.prepare_data(
                    planned.job.function,
                    planned.arguments,
                    timeout=planned.job.timeout,
                    result_ttl=RESULT_TTL,
                    failure_ttl=FAILURE_TTL,
                    job_id=planned.id,
                    description=planned.job.name,
                    meta={CORRELATION: message.correlation_id, TENANT: str(planned.tenant_id)},
                )
            )
    with redis.pipeline(transaction=True) as pipeline:
        for name, datas in by_queue.items():
            JsonQueue(name.value, connection=redis).enqueue_many(datas, pipeline=pipeline)
        for message in messages:
            pipeline.publish(HINT_CHANNEL, hint_of(message))
        pipeline.execute()


def relay_once(backend: Backend, redis: Redis, *, limit: int = BATCH) -> int:
    """Hand on the oldest unsent events, at least once; return how many there were."""
    with unit_of_work(backend, system_actor()) as uow:
        messages = outbox.claim(uow.session, limit)
        if messages:
            hand_on(redis, messages)
            now = clock.now()
            for message in messages:
                message.sent_at = now
                message.attempts += 1
                message.settled_at = None if subscribers.effects_of(message) else now
    return len(messages)


class Relay:
    """Relays until it is told to stop; a store that is away is waited for."""

    def __init__(self, settings: Settings, stop: threading.Event) -> None:
        self._backend = runtime.configure(settings)
        self._url = settings.worker_database_url.replace("postgresql+psycopg://", "postgresql://", 1)
        self._redis = Redis.from_url(settings.redis_url, **runtime.redis_options())
        self._heart = Heartbeat(self._redis, "relay")
        self._stop = stop

    def run(self) -> None:
        """Relay for ever, with growing pauses while PostgreSQL or Redis is away."""
        pause = FIRST_PAUSE
        while not self._stop.is_set():
            try:
                with psycopg.connect(
                    self._url, autocommit=True, connect_timeout=5, application_name="lers-relay"
                ) as listener:
                    listener.execute(f"LISTEN {outbox.CHANNEL}")
                    LOG.info("the relay is listening")
                    while not self._stop.is_set():
                        self._drain()
                        pause = FIRST_PAUSE
                        for _ in listener.notifies(timeout=POLL_SECONDS, stop_after=1):
                            break
            except (psycopg.Error, DBAPIError, PoolTimeout, RedisError) as error:
                LOG.warning("the relay waits %.1f s: %s", pause, type(error).__name__)
                self._stop.wait(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        with contextlib.suppress(RedisError):
            self._heart.leave()
        LOG.info("the relay has stopped")

    def _drain(self) -> None:
        while not self._stop.is_set():
            sent = relay_once(self._backend, self._redis)
            self._heart.beat()
            if sent < BATCH:
                return


def main() -> int:
    """Run a relay until SIGTERM or SIGINT; 1 when the database would show it too much."""
    settings = Settings.from_env()
    logs.configure("relay", settings.log_level)
    stop = threading.Event()

    def ask_to_stop(_signal: int, _frame: Any) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    try:
        walls.insist(runtime.configure(settings))
    except walls.WallsOpenError as error:
        LOG.critical("the relay does not start: %s", error)
        return 1
    Relay(settings, stop).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
