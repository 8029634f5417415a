"""Uploads through the real server: refused before a byte is read, streamed in constant memory."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from typing import Any

import psutil
import pytest

from lers_web.config import MAX_FILE_BYTES
from lers_web.standalone.home import free_port
from tests.factories.callers import Callers
from tests.jobs.conftest import environ_of
from tests.jobs.processes import eventually, running

MIB = 1024 * 1024
LINE = b"0123456789abcdef" * 4095 + b"0123456789abcd\n" + b"\n"  # 64 KiB of text


@pytest.fixture(scope="module")
def port(people: Callers) -> Iterator[int]:
    """One granian worker on the database of this module."""
    number = free_port()
    arguments = [
        "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(number), "--no-ws",
        "--workers", "1", "--blocking-threads", "2", "wsgi:app",
    ]  # fmt: skip
    environ = environ_of(people.cast.settings) | {"LERS_RATE_LIMIT_USER": "100000/minute"}
    with running(arguments, environ, until="Listening at") as server:
        eventually(lambda: _alive(number), what="the server answers")
        pids.append(server.process.pid)
        yield number


pids: list[int] = []


def _alive(number: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", number, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def call(number: int, people: Callers, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", number, timeout=60)
    try:
        connection.request(
            method,
            f"/api/v1{path}",
            body=body,
            headers={"Authorization": f"Bearer {people.tokens['io']}", **headers},
            encode_chunked=headers.get("Transfer-Encoding") == "chunked",
        )
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def announce(number: int, people: Callers, size: int) -> str:
    body = {"filename": "a.txt", "media_type": "text/plain", "purpose": "EVIDENCE", "size": size}
    status, shown = call(
        number, people, "POST", "/lers/files/", json.dumps(body), **{"Content-Type": "application/json"}
    )
    assert status == 201, shown
    return f"/lers/files/{shown['id']}/content/"


def test_a_body_without_a_length_is_411(port: int, people: Callers) -> None:
    path = announce(port, people, 4)
    status, shown = call(port, people, "PUT", path, iter([b"abcd"]), **{"Transfer-Encoding": "chunked"})
    assert (status, shown["code"]) == (411, "length_required")


def test_too_many_bytes_are_refused_before_one_is_sent(port: int, people: Callers) -> None:
    path = announce(port, people, MAX_FILE_BYTES)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.putrequest("PUT", f"/api/v1{path}")
    connection.putheader("Authorization", f"Bearer {people.tokens['io']}")
    connection.putheader("Content-Length", str(51 * MIB))
    connection.endheaders()
    answer = connection.getresponse()  # nothing of the body was sent
    assert answer.status == 413
    connection.close()


def test_fifty_mebibytes_stream_in_constant_memory(port: int, people: Callers) -> None:
    path = announce(port, people, MAX_FILE_BYTES)
    worker = max(
        [psutil.Process(pids[0]), *psutil.Process(pids[0]).children(recursive=True)],
        key=lambda process: process.memory_info().rss,
    )
    before = worker.memory_info().rss
    peak = before

    def body() -> Iterator[bytes]:
        nonlocal peak
        for _ in range(MAX_FILE_BYTES // len(LINE)):
            peak = max(peak, worker.memory_info().rss)
            yield LINE

    assert MAX_FILE_BYTES % len(LINE) == 0
    status, shown = call(port, people, "PUT", path, body(), **{"Content-Length": str(MAX_FILE_BYTES)})
    assert (status, shown["scan_status"]) == (200, "PENDING"), shown
    assert peak - before < 40 * MIB


def test_a_sender_who_hangs_up_leaves_the_announcement_open(port: int, people: Callers) -> None:
    path = announce(port, people, MIB)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.putrequest("PUT", f"/api/v1{path}")
    connection.putheader("Authorization", f"Bearer {people.tokens['io']}")
    connection.putheader("Content-Length", str(MIB))
    connection.endheaders()
    connection.send(LINE)
    connection.close()
    whole = LINE * (MIB // len(LINE))
    status, shown = call(port, people, "PUT", path, whole)
    assert (status, shown["scan_status"]) == (200, "PENDING"), shown
