"""Real workers on real servers: files are scanned, people told and mailed; signals, forks, lost registers."""

from __future__ import annotations

import dataclasses
import mailbox
import os
import signal
import socket
from email.message import Message
from pathlib import Path
from uuid import UUID

import pytest
from redis import Redis

from lers_jobs import queues, runtime
from lers_jobs.__main__ import make_worker
from lers_jobs.queues import JsonQueue, QueueName
from lers_jobs.tasks import mail as mail_task
from lers_jobs.tasks import sweep
from lers_web.config import Settings
from lers_web.domains.notifications import mailing, service
from lers_web.kernel.actor import SYSTEM_USER_ID, system_actor
from lers_web.kernel.errors import Unavailable
from lers_web.kernel.ids import new_id
from lers_web.kernel.ports import Backend, Ports
from lers_web.kernel.uow import unit_of_work
from tests import samples
from tests.factories.cast import Cast
from tests.factories.rows import insert_request, rows
from tests.factories.uploads import text_file, upload
from tests.jobs.processes import eventually, running

WORKER = ["-m", "lers_jobs"]
RELAY = ["-m", "lers_jobs.relay"]


def mails(settings: Settings, number: str) -> list[Message]:
    """What the mail sink has taken about one request."""
    assert settings.mail_dir is not None
    box = mailbox.Maildir(str(settings.mail_dir), create=False)
    return [message for message in box if number in str(message["Subject"])]


def tell_provider(backend: Backend, cast: Cast) -> tuple[UUID, str]:
    """Make the notifications of a new request for the provider; return the nodal officer's, and the number."""
    request_id, event_id = insert_request(cast), new_id()
    happening = service.Happening(
        id=event_id,
        type="request.status_changed",
        payload={"request_id": str(request_id), "action": "submit", "old": "APPROVED", "new": "SUBMITTED"},
        actor_id=SYSTEM_USER_ID,
    )
    with unit_of_work(backend, system_actor(cast.tenants["telecom"])) as uow:
        assert service.tell(uow, happening) == 2
    ((notification_id, title),) = rows(
        cast,
        "SELECT id, title FROM app.lers_notifications WHERE event_id = %s AND user_id = %s",
        event_id,
        cast["nodal"].user_id,
    )
    return notification_id, title.partition(": ")[2]


def deaf(backend: Backend) -> Backend:
    """The same, with a mail relay that is down."""
    return Backend(backend.engine, Ports(dataclasses.replace(backend.ports.settings, smtp_port=1)))


def test_a_notification_is_mailed_once_though_the_mail_relay_was_down(
    cast: Cast, worker_backend: Backend, settings: Settings
) -> None:
    notification_id, number = tell_provider(worker_backend, cast)
    tenant = cast.tenants["telecom"]
    with pytest.raises(Unavailable):
        mailing.deliver(deaf(worker_backend), notification_id, tenant)
    assert mailing.deliver_waiting(deaf(worker_backend)) == {"waiting": 2, "sent": 0}
    assert rows(cast, "SELECT email_sent FROM app.lers_notifications WHERE id = %s", notification_id) == [(False,)]
    assert mailing.deliver(worker_backend, notification_id, tenant) is True
    assert mailing.deliver(worker_backend, notification_id, tenant) is False
    assert mailing.deliver_waiting(worker_backend) == {"waiting": 1, "sent": 1}  # the colleague's
    assert mailing.deliver_waiting(worker_backend) == {"waiting": 0, "sent": 0}
    eventually(lambda: len(mails(settings, number)) == 2, what="both mails are in the sink")
    by_person = {str(message["To"]): message for message in mails(settings, number)}
    assert set(by_person) == {cast["nodal"].email, cast["desk"].email}
    message = by_person[cast["nodal"].email]
    assert str(message["Message-ID"]).startswith(f"<notification.{notification_id}@")
    assert message["Auto-Submitted"] == "auto-generated"
    assert {part.get_content_type() for part in message.walk()} == {
        "multipart/alternative",
        "text/plain",
        "text/html",
    }


def test_a_mail_that_is_being_sent_is_not_sent_by_another_worker(cast: Cast, worker_backend: Backend) -> None:
    notification_id, _ = tell_provider(worker_backend, cast)
    tenant = cast.tenants["telecom"]
    with unit_of_work(worker_backend, system_actor(tenant)) as uow:
        assert service.load_for_mail(uow, notification_id) is not None
        assert mailing.deliver(worker_backend, notification_id, tenant) is False


def test_nobody_is_mailed_who_was_deactivated_meanwhile(
    cast: Cast, worker_backend: Backend, settings: Settings
) -> None:
    notification_id, number = tell_provider(worker_backend, cast)
    rows(
        cast,
        "UPDATE app.authentication_user SET is_active = false WHERE id = %s RETURNING 1",
        cast["nodal"].user_id,
    )
    assert mailing.deliver(worker_backend, notification_id, cast.tenants["telecom"]) is False
    assert mailing.deliver_waiting(worker_backend)["waiting"] == 1
    assert cast["nodal"].email not in {str(message["To"]) for message in mails(settings, number)}


def test_a_mail_relay_that_fails_is_left_alone_for_a_while(
    cast: Cast, worker_backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    notification_id, _ = tell_provider(worker_backend, cast)
    tenant = str(cast.tenants["telecom"])
    monkeypatch.setattr(mail_task, "_resting_until", 0.0)
    tries: list[int] = []
    real = mailing.deliver

    def failing(*arguments: object, **_: object) -> bool:
        tries.append(1)
        return real(deaf(worker_backend), *arguments[1:])  # type: ignore[arg-type]

    monkeypatch.setattr(mailing, "deliver", failing)
    assert mail_task.mail(str(notification_id), tenant) == "waiting"
    assert mail_task.mail(str(notification_id), tenant) == "waiting"
    assert len(tries) == 1


def test_from_upload_to_mail_through_relay_and_worker(
    cast: Cast, redis: Redis, environ: dict[str, str], settings: Settings
) -> None:
    infected = upload(cast, "io", samples.eicar(), **text_file())
    clean = upload(cast, "io", samples.pdf_mandate())

    def status(file_id: UUID) -> str:
        return str(rows(cast, "SELECT scan_status FROM app.lers_files WHERE id = %s", file_id)[0][0])

    with running(RELAY, environ, until="listening"), running(WORKER, environ, until="Listening on") as worker:
        eventually(lambda: status(clean) == "CLEAN", what="the innocent file is clean")
        eventually(lambda: status(infected) == "INFECTED", what="the test virus is found")
        eventually(
            lambda: rows(cast, "SELECT 1 FROM app.lers_notifications WHERE email_sent"), what="the uploader is mailed"
        )
        eventually(
            lambda: not rows(cast, "SELECT 1 FROM app.outbox WHERE sent_at IS NULL"), what="every event is handed on"
        )
        assert worker.stop() == 0
    told = rows(cast, "SELECT user_id, type, email_sent FROM app.lers_notifications")
    assert told == [(cast["io"].user_id, "FILE_INFECTED", True)]
    assert mails(settings, "Malware")


def test_a_worker_killed_in_the_middle_loses_nothing(
    cast: Cast, redis: Redis, environ: dict[str, str], worker_backend: Backend
) -> None:
    """The job that a dead worker had in hand is nobody's in Redis; the sweep finds the file in PostgreSQL."""
    file_id = upload(cast, "io", samples.pdf_mandate())
    # clamd that accepts and never answers, so that the scan is surely in the middle when the worker dies
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(60)
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        hung = {**environ, "LERS_CLAMD_SOCKET": address}
        with running(RELAY, environ, until="listening"), running(WORKER, hung, until="Listening on") as worker:
            connection, _ = silent.accept()
            with connection:
                children = _children(worker.process.pid)
                assert children  # the scan runs in a fork
                worker.process.kill()
                worker.process.wait(30)
                for child in children:
                    os.kill(child, signal.SIGKILL)
    assert rows(cast, "SELECT scan_status FROM app.lers_files WHERE id = %s", file_id) == [("PENDING",)]
    JsonQueue(QueueName.SCAN.value, connection=redis).enqueue(queues.SCAN_SWEEP.function)
    with running([*WORKER, "--burst"], environ, until="done, quitting"):
        pass
    assert rows(cast, "SELECT scan_status FROM app.lers_files WHERE id = %s", file_id) == [("CLEAN",)]


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_a_worker_finishes_the_job_in_hand_when_told_to_stop(cast: Cast, redis: Redis, environ: dict[str, str]) -> None:
    file_id = upload(cast, "io", samples.pdf_mandate())
    JsonQueue(QueueName.SCAN.value, connection=redis).enqueue(
        queues.SCAN.function, str(file_id), str(cast.tenants["mumbai"])
    )
    with socket.create_server(("127.0.0.1", 0)) as slow:
        slow.settimeout(60)
        environ = {**environ, "LERS_CLAMD_SOCKET": f"tcp://127.0.0.1:{slow.getsockname()[1]}"}
        with running(WORKER, environ, until="Listening on") as worker:
            connection, _ = slow.accept()
            with connection:
                worker.process.send_signal(signal.SIGTERM)
                connection.settimeout(30)
                received = b""
                while not received.endswith(b"\0\0\0\0"):  # the end of clamd's INSTREAM
                    received += connection.recv(65_536)
                assert worker.process.poll() is None
                connection.sendall(b"stream: OK\0" if received.startswith(b"z") else b"stream: OK\n")
            assert worker.process.wait(30) == 0
    assert rows(cast, "SELECT scan_status FROM app.lers_files WHERE id = %s", file_id) == [("CLEAN",)]


def test_a_worker_enters_the_register_again_after_a_flush(redis: Redis, worker_backend: Backend) -> None:
    worker = make_worker(redis, ["notify"])
    worker.register_birth()
    redis.flushdb()
    assert not redis.smembers("rq:workers")
    worker.run_maintenance_tasks()
    assert redis.smembers("rq:workers") == {worker.key.encode()}
    worker.register_death()


def test_a_fork_never_uses_its_parents_connections(worker_backend: Backend, cast: Cast) -> None:
    with unit_of_work(worker_backend, system_actor(cast.tenants["mumbai"])) as uow:
        parent = uow.session.connection().connection.driver_connection.info.backend_pid  # type: ignore[union-attr]
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        with unit_of_work(runtime.backend(), system_actor(cast.tenants["mumbai"])) as uow:
            own = uow.session.connection().connection.driver_connection.info.backend_pid  # type: ignore[union-attr]
        os.write(writer, str(own).encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writer)
    with os.fdopen(reader) as answer:
        assert int(answer.read()) != parent
    with unit_of_work(worker_backend, system_actor(cast.tenants["mumbai"])) as uow:  # the parent's still works
        assert uow.session.connection().connection.driver_connection.info.backend_pid == parent  # type: ignore[union-attr]


def test_cleaning_removes_what_is_old_and_nothing_else(cast: Cast, worker_backend: Backend) -> None:
    for hours, key in ((25, "old"), (23, "young")):
        rows(
            cast,
            "INSERT INTO app.idempotency_key (user_id, key, tenant_id, fingerprint, created_at)"
            " VALUES (%s,%s,%s,'x',now() - make_interval(hours => %s)) RETURNING 1",
            cast["io"].user_id,
            key,
            cast.tenants["mumbai"],
            hours,
        )
    for days in (1, 8):
        for settled in (True, False):
            rows(
                cast,
                "INSERT INTO app.outbox (id, type, payload, tenants, actor_id, correlation_id, created_at, sent_at,"
                " settled_at) VALUES (gen_random_uuid(), 't', '{}', '{}', gen_random_uuid(), 'c', now(),"
                " now() - make_interval(days => %s), CASE WHEN %s THEN now() - make_interval(days => %s) END)"
                " RETURNING 1",
                days,
                settled,
                days,
            )
    for days, key in ((31, "old"), (29, "young")):
        rows(
            cast,
            "INSERT INTO app.effect (key, tenant_id, created_at) VALUES (%s,%s,now() - make_interval(days => %s))"
            " RETURNING 1",
            key,
            cast.tenants["bank"],
            days,
        )
    assert sweep.clean() == {"answers": 1, "events": 1, "effects": 1, "announcements": 0, "objects": 0}
    assert rows(cast, "SELECT key FROM app.idempotency_key") == [("young",)]
    assert rows(cast, "SELECT key FROM app.effect") == [("young",)]
    assert rows(cast, "SELECT count(*) FROM app.outbox") == [(3,)]


def test_dead_connections_are_forgotten_and_the_hub_is_told(cast: Cast, worker_backend: Backend) -> None:
    rows(
        cast,
        "INSERT INTO app.user_presence (user_id, tenant_id, status, last_seen, metadata)"
        " VALUES (%s,%s,'ONLINE',now() - interval '1 day','{}') RETURNING 1",
        cast["io"].user_id,
        cast.tenants["mumbai"],
    )
    assert sweep.forget_dead_connections() == 1
    assert sweep.forget_dead_connections() == 0
    assert rows(cast, "SELECT status FROM app.user_presence") == [("OFFLINE",)]
    assert rows(cast, "SELECT payload->>'status' FROM app.outbox WHERE type = 'presence.changed'") == [("OFFLINE",)]
