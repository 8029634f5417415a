"""A standalone system that a test starts as a user does: as a process of its own, watched from outside."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

import psutil

from lers_web.config import Settings
from lers_web.standalone.environment import clean_environ
from lers_web.standalone.home import free_port, read_env

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 240.0
STOP_SECONDS = 30.0


class Launched:
    """``python -m lers_web.standalone`` in a home, on free ports. Use it as a context manager."""

    def __init__(self, home: Path, *arguments: str, environ: Mapping[str, str] | None = None) -> None:
        self.home = home
        ports = {"LERS_PORT": str(free_port()), "LERS_HUB_PORT": str(free_port())}
        self._environ = clean_environ(ports | {"LERS_HOME": str(home)} | dict(environ or {}))
        self.web_port = int(self._environ["LERS_PORT"])
        self.hub_port = int(self._environ["LERS_HUB_PORT"])
        self._command = [sys.executable, "-m", "lers_web.standalone", *arguments]
        self._lines: list[str] = []
        self._more = threading.Condition()
        self.process: subprocess.Popen[str] | None = None

    # -- addresses ----------------------------------------------------------------------------------------------------

    @property
    def base_url(self) -> str:
        return f"http://localhost:{self.web_port}"

    @property
    def hub_url(self) -> str:
        return f"http://localhost:{self.hub_port}"

    @property
    def environ(self) -> dict[str, str]:
        """What ``standalone.env`` says."""
        return read_env(self.home / "standalone.env")

    @property
    def settings(self) -> Settings:
        return Settings.from_env(self.environ)

    # -- life ---------------------------------------------------------------------------------------------------------

    def start(self, *, until: str = "ready\n") -> Launched:
        """Start it and wait for a line that ends in ``until``."""
        self.launch()
        self.wait_for(until)
        return self

    def launch(self) -> None:
        self._lines = []
        self.process = subprocess.Popen(
            self._command,
            cwd=ROOT,
            env=self._environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        threading.Thread(target=self._read, args=(self.process,), daemon=True).start()

    def wait_for(self, text: str, seconds: float = START_SECONDS, *, since: int = 0) -> None:
        """Wait until ``text`` has been printed; fail with all that was printed when the process ends before."""
        with self._more:
            met = self._more.wait_for(lambda: text in self.output[since:] or self.ended, timeout=seconds)
        if not met or text not in self.output[since:]:
            raise AssertionError(f"{text!r} was not printed within {seconds:.0f} s, but:\n{self.output}")

    @property
    def output(self) -> str:
        return "".join(self._lines)

    @property
    def ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def stop(self, number: int = signal.SIGTERM, seconds: float = STOP_SECONDS) -> int:
        """Send a signal, wait for the end, and return the exit status."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.wait(seconds)

    def wait(self, seconds: float = STOP_SECONDS) -> int:
        assert self.process is not None
        status = self.process.wait(timeout=seconds)
        with self._more:  # the reader has the rest of the output once it saw the end
            self._more.wait_for(lambda: self._lines[-1:] == [""], timeout=5)
        return status

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    # -- what runs ----------------------------------------------------------------------------------------------------

    def pids(self) -> dict[str, int]:
        """Return name -> pid of the children that run."""
        found = {}
        for pid_file in (self.home / "run").glob("*.pid"):
            found[pid_file.stem] = int(json.loads(pid_file.read_text())["pid"])
        return found

    def run(self, *command: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a command with the settings of this system, as from another terminal."""
        environ = clean_environ(self.environ)
        return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=check, timeout=180)

    def flask(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return self.run(sys.executable, "-m", "flask", *arguments, check=check)

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        with process.stdout:
            for line in process.stdout:
                with self._more:
                    self._lines.append(line)
                    self._more.notify_all()
        process.wait()
        with self._more:
            self._lines.append("")
            self._more.notify_all()


def processes_of(home: Path, pids: Sequence[int] = ()) -> list[str]:
    """Return what still runs of a home: named by pid, or by the home in its command line, directory or environment."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.pid == os.getpid() or process.status() == psutil.STATUS_ZOMBIE:
                continue
            line = " ".join(process.cmdline())
            places = (line, process.cwd(), process.environ().get("LERS_HOME", ""))
            mine = process.pid in pids or any(str(home) in place for place in places)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
        if mine:
            found.append(f"{process.pid} {line}")
    return found
