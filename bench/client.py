"""A bounded HTTP load on 127.0.0.1, in a process of its own: ``python -m bench.client`` with a plan on standard input.

Written on bare asyncio protocols: on a small machine an ordinary client library would use more CPU than the server
under test. It knows HTTP/1.1 with Content-Length and keep-alive, and fails loudly on anything else.
"""

from __future__ import annotations

import asyncio
import base64
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.measure import percentile
from bench.processes import ROOT

GRACE_SECONDS = 30.0
HEAD_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Call:
    """One HTTP request. ``body`` is sent as JSON."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Any = None

    def raw(self, host: str) -> bytes:
        """Return the bytes on the wire."""
        body = b"" if self.body is None else json.dumps(self.body).encode()
        lines = [f"{self.method} {self.path} HTTP/1.1", f"Host: {host}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if self.body is not None:
            lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
        return "\r\n".join(lines).encode() + HEAD_END + body


def load(
    port: int, calls: Sequence[Call], *, connections: int, seconds: float, most: int = 1_000_000
) -> dict[str, Any]:
    """Send these calls in turn over ``connections`` until the time or the number is up; return what was seen."""
    process = start(port, calls, connections=connections, seconds=seconds, most=most)
    return finish(process, seconds)


def start(
    port: int, calls: Sequence[Call], *, connections: int, seconds: float, most: int = 1_000_000
) -> subprocess.Popen[bytes]:
    """Start a load and come back at once."""
    plan = {
        "port": port,
        "connections": connections,
        "seconds": seconds,
        "most": most,
        "calls": [base64.b64encode(call.raw(f"127.0.0.1:{port}")).decode() for call in calls],
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.client"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps(plan).encode())
    process.stdin.close()
    process.stdin = None
    return process


def finish(process: subprocess.Popen[bytes], seconds: float) -> dict[str, Any]:
    """Wait for a load to end and return what it saw; a wrong answer is an error, not a figure."""
    try:
        out, _ = process.communicate(timeout=seconds + GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    if process.returncode != 0:
        raise RuntimeError(f"the load ended with status {process.returncode}")
    seen: dict[str, Any] = json.loads(out)
    if seen["wrong"]:
        raise RuntimeError(f"answers other than 2xx: {seen['wrong']}; the first said: {seen['first_wrong']}")
    return seen


class _Load:
    """What all connections share."""

    def __init__(self, plan: Mapping[str, Any]) -> None:
        self.port = int(plan["port"])
        self.calls = [base64.b64decode(call) for call in plan["calls"]]
        self.most = int(plan["most"])
        self.until = time.perf_counter() + float(plan["seconds"])
        self.sent = 0
        self.durations: list[float] = []
        self.wrong: Counter[int] = Counter()
        self.first_wrong = ""

    def next_call(self) -> bytes | None:
        if self.sent >= self.most or time.perf_counter() >= self.until:
            return None
        call = self.calls[self.sent % len(self.calls)]
        self.sent += 1
        return call


class _Connection(asyncio.Protocol):
    """One keep-alive connection, one call at a time."""

    def __init__(self, load_: _Load) -> None:
        self._load = load_
        self._buffer = bytearray()
        self._started = 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: Any) -> None:  # uvloop's is no asyncio.Transport by class
        self._transport = transport
        self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or ConnectionError("the server closed a connection in the middle"))

    def _send(self) -> None:
        call = self._load.next_call()
        if call is None:
            self.done.set_result(None)
            self._transport.close()
            return
        self._started = time.perf_counter()
        self._transport.write(call)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        end = self._buffer.find(HEAD_END)
        if end < 0:
            return
        head = bytes(self._buffer[:end]).lower()
        mark = head.find(b"content-length:")
        status = int(head[9:12])
        if mark < 0 and status != 204:
            self.done.set_exception(ValueError(f"an answer without Content-Length: {head[:200]!r}"))
            self._transport.close()
            return
        length = int(head[mark + 15 :].split(b"\r\n", 1)[0]) if mark >= 0 else 0
        if len(self._buffer) < end + 4 + length:
            return
        self._load.durations.append(time.perf_counter() - self._started)
        if not 200 <= status < 300:
            self._load.wrong[status] += 1
            self._load.first_wrong = self._load.first_wrong or self._buffer[end + 4 :].decode(errors="replace")[:500]
        self._buffer.clear()
        self._send()


async def _run(plan: Mapping[str, Any]) -> dict[str, Any]:
    shared = _Load(plan)
    loop = asyncio.get_running_loop()
    began = time.perf_counter()
    protocols = []
    for _ in range(int(plan["connections"])):
        _, protocol = await loop.create_connection(lambda: _Connection(shared), "127.0.0.1", shared.port)
        protocols.append(protocol)
    await asyncio.gather(*(protocol.done for protocol in protocols))
    took = time.perf_counter() - began
    ordered = sorted(duration * 1000 for duration in shared.durations)
    return {
        "count": len(ordered),
        "rate": len(ordered) / took,
        "p50": percentile(ordered, 0.5),
        "p99": percentile(ordered, 0.99),
        "wrong": dict(shared.wrong),
        "first_wrong": shared.first_wrong,
    }


def main() -> None:
    """Read the plan, run it, print what was seen."""
    import uvloop  # noqa: PLC0415 - only the load's own process needs it

    print(json.dumps(uvloop.run(_run(json.load(sys.stdin)))))


if __name__ == "__main__":
    main()
