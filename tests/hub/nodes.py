"""A hub node as a process of its own, and clients of it: what the tests of the hub are made of."""

from __future__ import annotations

import dataclasses
import os
import queue
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import requests
import socketio
from socketio.exceptions import ConnectionError as ConnectFailed

from lers_web.config import Settings
from lers_web.standalone.environment import clean_environ
from lers_web.standalone.home import free_port

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 15.0


def environ_of(settings: Settings) -> dict[str, str]:
    """Write settings as the environment that gives them again."""
    found = {}
    for item in dataclasses.fields(settings):
        value = getattr(settings, item.name)
        if value is None or value in ("", ()):
            continue
        if item.name == "evidence_key":
            found["EVIDENCE_ENCRYPTION_KEY"] = value.hex()
        elif isinstance(value, tuple):
            found[f"LERS_{item.name.upper()}"] = ",".join(value)
        else:
            found[f"LERS_{item.name.upper()}"] = str(value).lower() if isinstance(value, bool) else str(value)
    return found


def eventually(check: Callable[[], Any], what: str, seconds: float = SECONDS) -> Any:
    """Wait for a condition that another process brings about."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = check()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"{what} did not happen within {seconds} s")


class HubNode:
    """``python -m lers_hub`` on a free port."""

    def __init__(self, settings: Settings, log: Path) -> None:
        self.port = free_port()
        self.settings = dataclasses.replace(settings, hub_port=self.port, hub_host="127.0.0.1")
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, **environ: str) -> HubNode:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "lers_hub"],
                cwd=ROOT,
                env=clean_environ(environ_of(self.settings) | environ),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        eventually(self._up, f"the start of the hub ({self.log})", 60)
        return self

    def _up(self) -> bool:
        assert self.process is not None
        if self.process.poll() is not None:
            raise AssertionError(f"the hub ended: {self.log.read_text()[-3000:]}")
        return self.get("/readyz")[0] == 200 and self.get("/readyz")[1]["checks"]["redis"] == "ok"

    def get(self, path: str, **headers: str) -> tuple[int, Any]:
        try:
            answer = requests.get(self.url + path, headers=headers, timeout=10)
        except requests.ConnectionError:
            return 0, {}
        return answer.status_code, answer.json() if answer.text.startswith("{") else answer.text

    def stop(self) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)

    def kill(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait(10)

    def pause(self) -> None:
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGSTOP)

    def resume(self) -> None:
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGCONT)


class Refused(Exception):
    """The hub refused the connection: what it said."""

    def __init__(self, answer: Any) -> None:
        super().__init__(repr(answer))
        self.code = answer["data"]["code"] if isinstance(answer, dict) and "data" in answer else None


class Client:
    """A python-socketio client with everything it has heard."""

    def __init__(
        self, url: str, token: Any, *, transports: tuple[str, ...] = ("websocket",), reconnection: bool = False
    ) -> None:
        self._heard: queue.Queue[tuple[str, Any]] = queue.Queue()
        self._seen: list[tuple[str, Any]] = []
        self._errors: queue.Queue[Any] = queue.Queue()
        self.connects = 0
        self._sockets: list[Any] = []
        self.sio = socketio.Client(reconnection=reconnection, reconnection_delay=0.2, reconnection_delay_max=1)
        self.sio.on("*", lambda event, data=None: self._heard.put((event, data)))
        self.sio.on("connect", self._connected)
        self.sio.on("connect_error", self._errors.put)
        try:
            self.sio.connect(
                url,
                auth=None if token is None else {"token": token},
                transports=list(transports),
                wait_timeout=10,
                retry=False,
            )
        except ConnectFailed as error:
            answer = self._errors.get(timeout=1) if not self._errors.empty() else str(error)
            self.close()
            raise Refused(answer) from error

    def _connected(self) -> None:
        self.connects += 1
        self._sockets.append(getattr(self.sio.eio, "ws", None))

    def ask(self, event: str, payload: Any = None) -> dict[str, Any]:
        answer: dict[str, Any] = self.sio.call(event, payload, timeout=10)
        return answer

    def emit(self, event: str, payload: Any = None) -> None:
        self.sio.emit(event, payload)

    def join(self, request_id: Any) -> None:
        answer = self.ask("join_chat", {"request_id": str(request_id)})
        assert answer["ok"], answer

    def wait(self, event: str, check: Callable[[Any], bool] = lambda _: True, seconds: float = SECONDS) -> Any:
        """Return the first such event, heard now or earlier."""
        end = time.monotonic() + seconds
        for name, data in self._seen:
            if name == event and check(data):
                return data
        while (left := end - time.monotonic()) > 0:
            try:
                name, data = self._heard.get(timeout=left)
            except queue.Empty:
                break
            self._seen.append((name, data))
            if name == event and check(data):
                return data
        raise AssertionError(f"{event} was not heard; heard {self._seen}")

    def all(self, event: str) -> list[Any]:
        """Return all such events heard so far."""
        while not self._heard.empty():
            self._seen.append(self._heard.get())
        return [data for name, data in self._seen if name == event]

    def settle(self) -> None:
        """Come back when everything the hub had sent before has arrived: an answer is queued behind it."""
        assert self.ask("get_unread_count", {})["ok"]

    def forget(self) -> None:
        self.all("")
        self._seen.clear()

    def gone(self, seconds: float = SECONDS) -> None:
        eventually(lambda: not self.sio.connected, "the end of the connection", seconds)

    def close(self) -> None:
        self.sio.disconnect()
        self.sio.shutdown()
        for socket in (*self._sockets, getattr(self.sio.eio, "ws", None)):
            if socket is not None:  # the library leaves the socket open when the server hangs up
                socket.shutdown()
