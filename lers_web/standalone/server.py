"""What every inner server offers to the runner and to the tests: prepare, command, ready, finish."""

from __future__ import annotations

import json
import signal
import socket
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from lers_web.standalone.child import Child, Command
from lers_web.standalone.errors import StandaloneError
from lers_web.standalone.home import Home
from lers_web.standalone.logs import LogPump

POLL_SECONDS = 0.03


class Server(ABC):
    """One inner server. Build it in the main thread: that settles its ports and secrets."""

    name: str
    title: str
    start_seconds = 60.0
    needs: tuple[str, ...] = ()
    required = True  # "LERS is ready" waits for it
    child: Child | None = None  # set by whoever starts it

    def prepare(self) -> None:  # noqa: B027 - most servers need nothing here
        """Make what the server needs before its first breath. May block; runs in a thread; harmless to repeat."""

    @abstractmethod
    def command(self) -> Command:
        """Return what to run."""

    @abstractmethod
    def ready(self) -> bool:
        """Try once, quickly, whether it answers. Never raises for a server that is not up yet."""

    def finish(self) -> None:  # noqa: B027 - most servers need nothing here
        """Make what lives inside the running server (roles, buckets). May block; harmless to repeat."""

    def problem(self) -> str:
        """Return what the last probe saw, when that says more than silence."""
        return ""

    def clean_up(self) -> None:  # noqa: B027 - most servers need nothing here
        """Remove what the stopped server leaves outside its home."""


def accepts(host: str, port: int) -> bool:
    """Whether somebody takes a TCP connection there."""
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False


def log_tail(path: Path, lines: int = 8) -> str:
    """Return the last messages of a log, for an error that should not send its reader away to look."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - 16_384))
            last = file.read().decode(errors="replace").splitlines()[-lines:]
    except OSError:
        return "    (no log)"
    return "\n".join(f"    {_message(line)}" for line in last)


def _message(line: str) -> str:
    """Return the message of a JSON line, or the line itself when it has none or more than that."""
    try:
        entry = json.loads(line)
    except ValueError:
        return line
    return str(entry["message"]) if set(entry) == {"time", "process", "message"} else line


def await_ready(server: Server, child: Child, log: Path, stopping: Callable[[], bool] = lambda: False) -> None:
    """Wait until a server that was started answers; say what its log says when it does not."""
    deadline = time.monotonic() + server.start_seconds
    while not server.ready():
        if stopping():
            raise StandaloneError(f"{server.title} was stopped while it started")
        status = child.poll()
        if status is not None:
            raise StandaloneError(
                f"{server.title} ended while it started ({describe_exit(status)}). {log} says:\n{log_tail(log)}"
            )
        if time.monotonic() > deadline:
            raise StandaloneError(
                f"{server.title} was not ready within {server.start_seconds:.0f} s. {server.problem()} "
                f"{log} says:\n{log_tail(log)}"
            )
        time.sleep(POLL_SECONDS)


def describe_exit(status: int) -> str:
    """Say how a process ended, in words."""
    if status < 0:
        return f"killed by {signal.Signals(-status).name}"
    return f"status {status}"


class RunningServers:
    """A set of inner servers started together without a runner above them; this is what the tests use."""

    def __init__(self, home: Home, servers: Sequence[Server]) -> None:
        self._home = home
        self._servers = servers
        self._logs = LogPump(home.log_dir)
        self.children: dict[str, Child] = {}

    def start(self) -> None:
        with ThreadPoolExecutor(max_workers=len(self._servers)) as pool:
            prepared: list[tuple[Server, Future[None]]] = [(s, pool.submit(s.prepare)) for s in self._servers]
            for server, done in prepared:
                done.result()
                # In this thread, which outlives the pool's: Linux ties a child to the thread that made it.
                server.child = Child(server.name, server.command(), self._home, self._logs)
                self.children[server.name] = server.child
            finished = [pool.submit(self._finish, server) for server in self._servers]
            for future in finished:
                future.result()

    def stop(self) -> None:
        for child in self.children.values():
            child.ask_to_stop()
        for child in self.children.values():
            child.stop()
        for server in self._servers:
            server.clean_up()
        self._logs.close()

    def _finish(self, server: Server) -> None:
        await_ready(server, self.children[server.name], self._logs.path(server.name))
        server.finish()
