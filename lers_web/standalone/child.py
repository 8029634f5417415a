"""One child process: its own session, its log, its pid file; it dies with the runner and leaves nothing behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from lers_web.standalone.account import Account
from lers_web.standalone.home import Home, write_private
from lers_web.standalone.logs import LogPump

LAUNCHER = Path(__file__).with_name("launch.py")
SAME_START_SECONDS = 1.0  # psutil rounds the start time of a process


@dataclass(frozen=True, slots=True)
class Command:
    """What to run, and how to ask it to stop."""

    argv: Sequence[str | Path]
    env: Mapping[str, str] = field(repr=False)
    cwd: Path
    account: Account | None = None
    stop_signal: int = signal.SIGTERM


class Child:
    """A running process of the standalone system."""

    def __init__(self, name: str, command: Command, home: Home, logs: LogPump) -> None:
        """Start it. Call this from a thread that lives as long as the runner: Linux ties the child to the thread."""
        self.name = name
        self._command = command
        self._logs = logs
        self._swept = False
        self._pid_file = home.run_dir / f"{name}.pid"
        account = command.account
        writing = logs.attach(name)
        try:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-I",
                    "-S",
                    str(LAUNCHER),
                    str(os.getpid()),
                    str(int(command.stop_signal)),
                    str(account.uid if account else -1),
                    str(account.gid if account else -1),
                    *map(str, command.argv),
                ],
                env=dict(command.env),
                cwd=command.cwd,
                stdin=subprocess.DEVNULL,
                stdout=writing,
                stderr=writing,
                start_new_session=True,
            )
        finally:
            os.close(writing)
        created = psutil.Process(self.pid).create_time()
        write_private(self._pid_file, json.dumps({"pid": self.pid, "created": created}))

    @property
    def pid(self) -> int:
        return self._process.pid

    def poll(self) -> int | None:
        """Return None while it runs, else its exit status; sweeps up what it left in its session."""
        status = self._process.poll()
        if status is not None:
            self._forget()
        return status

    def wait(self) -> int:
        """Wait for its end and return its exit status."""
        return self._process.wait()

    def has_spoken(self) -> bool:
        """Whether it has written anything into its log."""
        return self._logs.lines_of(self.name) > 0

    def ask_to_stop(self) -> None:
        if self._process.poll() is None:
            self._process.send_signal(self._command.stop_signal)

    def stop(self, seconds: float = 10.0) -> None:
        """Ask it to stop, wait, and kill it when it does not."""
        self.ask_to_stop()
        try:
            self._process.wait(timeout=max(seconds, 0.01))
        except subprocess.TimeoutExpired:
            self.kill()
        self._forget()

    def kill(self) -> None:
        kill_session(self.pid)
        self._process.wait()
        self._forget()

    def _forget(self) -> None:
        if self._swept:
            return
        self._swept = True
        kill_session(self.pid)
        self._pid_file.unlink(missing_ok=True)


def kill_session(leader: int) -> None:
    """Kill every process of the session that ``leader`` began, be the leader alive or not."""
    for pid in psutil.pids():
        try:
            if os.getsid(pid) == leader:
                os.kill(pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            continue


def stop_leftovers(home: Home, seconds: float = 10.0) -> list[str]:
    """Stop what a runner that was killed left behind in this home; return the names."""
    left: list[tuple[str, psutil.Process]] = []
    for pid_file in sorted(home.run_dir.glob("*.pid")):
        process = _process_of(pid_file)
        if process is None:
            pid_file.unlink(missing_ok=True)
            continue
        left.append((pid_file.stem, process))
        process.send_signal(signal.SIGINT if pid_file.stem == "postgresql" else signal.SIGTERM)
    deadline = time.monotonic() + seconds
    for name, process in left:
        while not _gone(process) and time.monotonic() < deadline:
            time.sleep(0.02)  # a process that is not our child sends no signal when it ends
        kill_session(process.pid)
        (home.run_dir / f"{name}.pid").unlink(missing_ok=True)
    return [name for name, _ in left]


def _process_of(pid_file: Path) -> psutil.Process | None:
    """Return the process a pid file names, if it is still that one and not a later process with the same number."""
    try:
        noted = json.loads(pid_file.read_text(encoding="utf-8"))
        process = psutil.Process(int(noted["pid"]))
        same = abs(process.create_time() - float(noted["created"])) <= SAME_START_SECONDS
    except (ValueError, KeyError, psutil.NoSuchProcess):
        return None
    return process if same and not _gone(process) else None


def _gone(process: psutil.Process) -> bool:
    """Whether it has ended; a zombie has, though in a container without init nobody buries it."""
    try:
        return bool(process.status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True
