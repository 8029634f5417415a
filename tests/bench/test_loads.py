"""The load generators against real little servers: what they count is what was served."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench import client, sockets
from bench.client import Call
from bench.limits import argon
from bench.processes import cpu_seconds, resident_bytes, started
from lers_web.standalone.home import free_port


class Served(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(self.path.encode())

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])))

    def _answer(self, seen: bytes) -> None:
        with self.server.lock:
            self.server.seen.append((self.command, self.headers.get("Authorization"), seen))
        self.send_response(429 if self.path == "/refused" else 200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        self.wfile.write(b"x" * 100_000)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Served) as server:
        server.seen, server.lock = [], threading.Lock()
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_the_load_sends_the_calls_in_turn_and_stops_at_its_number(server: ThreadingHTTPServer) -> None:
    calls = [Call("GET", "/a", {"Authorization": "Bearer t"}), Call("POST", "/b", {}, {"n": 1})]

    seen = client.load(server.server_port, calls, connections=3, seconds=30, most=20)

    assert (seen["count"], len(server.seen)) == (20, 20)
    assert 0 < seen["p50"] <= seen["p99"]
    assert server.seen.count(("GET", "Bearer t", b"/a")) == 10
    assert server.seen.count(("POST", None, json.dumps({"n": 1}).encode())) == 10


def test_the_load_ends_in_time(server: ThreadingHTTPServer) -> None:
    seen = client.load(server.server_port, [Call("GET", "/a", {})], connections=2, seconds=0.3)
    assert seen["count"] == len(server.seen) > 0


def test_a_refusal_is_an_error_and_no_figure(server: ThreadingHTTPServer) -> None:
    with pytest.raises(RuntimeError, match=r"other than 2xx: \{'429': 5\}"):
        client.load(server.server_port, [Call("GET", "/refused", {})], connections=1, seconds=30, most=5)


def test_sockets_count_every_delivery_of_a_room() -> None:
    port = free_port()
    plan = {
        "port": port, "path": "/", "socketio": False, "count": 6, "tokens": [], "room": "r", "senders": 2, "hearers": 5,
        "each": 4, "trickle": 6, "pause": 0.0,
    }  # fmt: skip
    with started([sys.executable, "-m", "bench.limits.websocket", str(port)], port) as pid:
        assert cpu_seconds([pid]) > 0
        assert resident_bytes(pid) > 2**20
        process = sockets.start(plan)
        try:
            assert process.step()["rate"] > 0
            process.go_on()
            burst = process.step()
            process.go_on()
            trickle = process.step()
        finally:
            process.close()
    assert (burst["missing"], burst["said"]) == (0, 8)
    assert trickle["lost"] == 0
    assert 0 < trickle["p50"] <= trickle["p99"]


def test_sockets_that_find_no_server_say_so() -> None:
    plan = {"port": free_port(), "path": "/", "socketio": False, "count": 1, "tokens": [], "room": "r"}
    process = sockets.start(plan)
    try:
        with pytest.raises(RuntimeError, match="open: Connection"):
            process.step()
    finally:
        process.close()


def test_a_server_that_ends_at_once_is_told_and_not_waited_for() -> None:
    command = [sys.executable, "-c", "raise SystemExit(3)"]
    with pytest.raises(RuntimeError, match="status 3"), started(command, free_port()):
        pytest.fail("it never listened")


def test_the_argon_limit_checks_passwords_in_processes_of_its_own() -> None:
    found = argon.rate(memory_kib=64, time_cost=1, parallelism=1, processes=2, seconds=0.2)
    assert found["rate"] > 0
    assert found["p50"] > 0
