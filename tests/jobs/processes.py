"""Processes of the jobs side that a test starts, watches and ends."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Running:
    """One process, and what it has said."""

    def __init__(self, arguments: list[str], environ: Mapping[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={"PYTHONUNBUFFERED": "1", **environ},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line)

    def said(self, words: str) -> bool:
        return any(words in line for line in self.lines)

    def stop(self, how: signal.Signals = signal.SIGTERM, seconds: float = 30) -> int:
        """End it, and return its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        code = self.process.wait(seconds)
        self._reader.join(5)
        if self.process.stdout is not None and not self._reader.is_alive():  # a child may still hold the other end
            self.process.stdout.close()
        return code


@contextlib.contextmanager
def running(arguments: list[str], environ: Mapping[str, str], *, until: str) -> Iterator[Running]:
    """Run a process; wait until it has said something; end it afterwards."""
    started = Running(arguments, environ)
    try:
        eventually(lambda: started.said(until) or started.process.poll() is not None, what=f"{arguments} says {until}")
        assert started.said(until), "".join(started.lines)
        yield started
    finally:
        if started.process.poll() is None:
            started.stop(signal.SIGKILL)
        else:
            started.stop()


def eventually(condition: Callable[[], object], *, what: str, seconds: float = 60) -> None:
    """Wait for a condition; fail with its name when it does not come."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: not within {seconds:g} s")
        time.sleep(0.05)
