"""Many sockets to one hub, in a process of its own: ``python -m bench.sockets`` with a plan on standard input.

It speaks bare websocket, and Socket.IO over websocket, on asyncio protocols: a client library would cost more than the
server under test. After the sockets are open it says so and waits for a line, so that memory can be measured.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bench.measure import percentile
from bench.processes import ROOT

OPENING_AT_ONCE = 25
OPEN_SECONDS = 30.0
QUIET_SECONDS = 10.0
STEP_SECONDS = 300.0
TYPING = b'42["user_typing"'


@dataclass(slots=True)
class Sockets:
    """The process with the sockets, for whoever steers it."""

    process: subprocess.Popen[bytes]

    def step(self) -> dict[str, Any]:
        """Return what the next step saw."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the sockets' process ended with status {self.process.wait()}")
        seen: dict[str, Any] = json.loads(line)
        if "error" in seen:
            raise RuntimeError(seen["error"])
        return seen

    def go_on(self) -> None:
        """Let it do the next step."""
        assert self.process.stdin is not None
        self.process.stdin.write(b"\n")
        self.process.stdin.flush()

    def close(self) -> None:
        """End it."""
        self.process.kill()
        self.process.communicate()


def start(plan: Mapping[str, Any]) -> Sockets:
    """Start the process; its first step is to open everything."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.sockets"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps(plan).encode() + b"\n")
    process.stdin.flush()
    return Sockets(process)


class Socket(asyncio.Protocol):
    """One websocket. ``on_text`` gets every text frame; pings of Engine.IO and of websocket are answered here."""

    def __init__(self, request: bytes) -> None:
        self._request = request
        self._buffer = bytearray()
        self._upgraded = False
        self.early: list[bytes] = []  # what came before anybody listened
        self.on_text: Callable[[bytes], None] = self.early.append
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.lost = False
        self.closing = False

    def connection_made(self, transport: Any) -> None:  # uvloop's is no asyncio.Transport by class
        self._transport = transport
        transport.write(self._request)

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = not self.closing
        if not self.opened.done():
            self.opened.set_exception(exc or ConnectionError("closed before it was open"))

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._upgraded:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            if not self._buffer.startswith(b"HTTP/1.1 101"):
                self.opened.set_exception(ConnectionError(bytes(self._buffer[:200]).decode(errors="replace")))
                self._transport.close()
                return
            self._upgraded = True
            del self._buffer[: end + 4]
            self.opened.set_result(None)
        self._frames()

    def _frames(self) -> None:
        buffer, at = self._buffer, 0
        while len(buffer) - at >= 2:
            size, head = buffer[at + 1] & 0x7F, 2
            if size == 126:
                size, head = int.from_bytes(buffer[at + 2 : at + 4], "big"), 4
            elif size == 127:
                size, head = int.from_bytes(buffer[at + 2 : at + 10], "big"), 10
            if len(buffer) - at < head + size:
                break
            kind, payload = buffer[at] & 0x0F, bytes(buffer[at + head : at + head + size])
            at += head + size
            if kind == 9:
                self._frame(0x8A, payload)
            elif kind == 1 and payload == b"2":
                self.send(b"3")
            elif kind == 1:
                self.on_text(payload)
        del buffer[:at]

    def send(self, text: bytes) -> None:
        self._frame(0x81, text)

    def _frame(self, first: int, payload: bytes) -> None:
        # Masked with zeros: what the protocol demands of clients, without the work.
        size = len(payload)
        head = bytes([first, 0x80 | size]) if size < 126 else bytes([first, 0xFE]) + size.to_bytes(2, "big")
        self._transport.write(head + b"\0\0\0\0" + payload)

    def close(self) -> None:
        self.closing = True
        self._transport.close()


async def open_socket(port: int, path: str) -> Socket:
    """Open a websocket on loopback."""
    request = (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: bGVycy1iZW5jaG1hcmtzIQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    ).encode()
    _, socket = await asyncio.get_running_loop().create_connection(lambda: Socket(request), "127.0.0.1", port)
    await asyncio.wait_for(socket.opened, OPEN_SECONDS)
    return socket


async def sign_in(socket: Socket, token: str, room: str) -> None:
    """Say who one is and join the room, over Socket.IO; raise with what the server says when it refuses."""
    answers: asyncio.Queue[bytes] = asyncio.Queue()
    socket.on_text = answers.put_nowait
    for text in socket.early:
        answers.put_nowait(text)
    socket.early.clear()

    async def until(start: bytes) -> bytes:
        while True:
            text = await asyncio.wait_for(answers.get(), OPEN_SECONDS)
            if text.startswith(start):
                return text
            if text.startswith(b"44"):
                raise ConnectionError(text.decode())

    await until(b"0{")
    socket.send(b"40" + json.dumps({"token": token}).encode())
    await until(b"40")
    socket.send(b"420" + json.dumps(["join_chat", {"request_id": room}]).encode())
    answer = await until(b"430")
    if b'"ok":true' not in answer:
        raise ConnectionError(answer.decode())


class _Run:
    """The steps: open, then a burst, then a steady trickle."""

    def __init__(self, plan: Mapping[str, Any]) -> None:
        self.plan = plan
        self.room = str(plan["room"])
        self.socketio = bool(plan["socketio"])
        self.sockets: list[Socket] = []
        self.arrived = 0
        self.sent_at: list[float] = []
        self.durations: list[float] = []

    async def open(self) -> dict[str, Any]:
        gate = asyncio.Semaphore(OPENING_AT_ONCE)
        tokens, path = self.plan["tokens"], self.plan["path"]

        async def one(number: int) -> Socket:
            async with gate:
                socket = await open_socket(int(self.plan["port"]), path)
                if self.socketio:
                    await sign_in(socket, tokens[number % len(tokens)], self.room)
                return socket

        began = time.perf_counter()
        self.sockets = await asyncio.gather(*(one(number) for number in range(int(self.plan["count"]))))
        took = time.perf_counter() - began
        for socket in self.sockets:
            socket.on_text = self._count
        return {"rate": len(self.sockets) / took}

    def _say(self, sender: Socket) -> None:
        if self.socketio:
            sender.send(b"421" + json.dumps(["typing", {"request_id": self.room, "is_typing": True}]).encode())
        else:
            sender.send(TYPING + b',{"request_id":"' + self.room.encode() + b'","is_typing":true}]')

    def _count(self, text: bytes) -> None:
        if text.startswith(TYPING):
            self.arrived += 1

    async def burst(self) -> dict[str, Any]:
        """Send much at once, and see how fast all of it arrives."""
        senders = self.sockets[: int(self.plan["senders"])]
        said, self.arrived = len(senders) * int(self.plan["each"]), 0
        expected = said * int(self.plan["hearers"])
        began = last = time.perf_counter()
        for _ in range(int(self.plan["each"])):
            for sender in senders:
                self._say(sender)
            await asyncio.sleep(0)
        seen = 0
        while self.arrived < expected and time.perf_counter() - last < QUIET_SECONDS:
            await asyncio.sleep(0.005)
            if self.arrived != seen:
                seen, last = self.arrived, time.perf_counter()
        return {"rate": self.arrived / (last - began), "missing": expected - self.arrived, "said": said}

    async def trickle(self) -> dict[str, Any]:
        """Send one at a time, the next when the one before has arrived everywhere: the delay of each delivery."""
        senders = self.sockets[: int(self.plan["senders"])]
        expected, durations = int(self.plan["hearers"]), self.durations
        state = {"left": 0, "at": 0.0}
        done = asyncio.Event()

        def note(text: bytes) -> None:
            if text.startswith(TYPING):
                durations.append(time.perf_counter() - state["at"])
                state["left"] -= 1
                if state["left"] <= 0:
                    done.set()

        for socket in self.sockets:
            socket.on_text = note
        for number in range(int(self.plan["trickle"])):
            done.clear()
            state["left"], state["at"] = expected, time.perf_counter()
            self._say(senders[number % len(senders)])
            await asyncio.wait_for(done.wait(), QUIET_SECONDS)
            await asyncio.sleep(float(self.plan["pause"]))
        ordered = sorted(each * 1000 for each in durations)
        lost = sum(socket.lost for socket in self.sockets)
        return {"p50": percentile(ordered, 0.5), "p99": percentile(ordered, 0.99), "lost": lost}


async def _main() -> None:
    loop = asyncio.get_running_loop()
    run = _Run(json.loads(await loop.run_in_executor(None, sys.stdin.readline)))
    for step in (run.open, run.burst, run.trickle):
        try:
            seen = await asyncio.wait_for(step(), STEP_SECONDS)
        except (OSError, TimeoutError) as error:
            seen = {"error": f"{step.__name__}: {type(error).__name__}: {error}"}
        print(json.dumps(seen), flush=True)
        if "error" in seen:
            return
        await loop.run_in_executor(None, sys.stdin.readline)
    for socket in run.sockets:
        socket.close()


def main() -> None:
    """Run the plan."""
    import uvloop  # noqa: PLC0415 - only the sockets' own process needs it

    uvloop.run(_main())
    sys.stdout.flush()
    os._exit(0)  # a thread may still wait for a line that nobody will send


if __name__ == "__main__":
    main()
