"""The system under test: a standalone LERS of its own, in a temporary home, on free ports, with bulk data."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.processes import ROOT, STOP_SECONDS
from lers_web.config import Settings
from lers_web.demo.accounts import PASSWORD
from lers_web.standalone.environment import clean_environ
from lers_web.standalone.home import free_port, read_env

START_SECONDS = 300.0
SEED_SECONDS = 900.0
READY = "LERS is ready"
# Far away, so that the limiter works for every call and refuses none; tokens that outlast a long run.
ROOMY = {
    "LERS_RATE_LIMIT_USER": "100000000/minute",
    "LERS_RATE_LIMIT_LOGIN": "100000000/minute",
    "LERS_ACCESS_TOKEN_SECONDS": "14400",
    "LERS_SCANNER": "false",
}


class System:
    """``python -m lers_web.standalone`` as ``make up`` runs it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port, self.hub_port = free_port(), free_port()
        ports = {"LERS_PORT": str(self.port), "LERS_HUB_PORT": str(self.hub_port), "LERS_HOME": str(home)}
        self._environ = clean_environ(ROOMY | ports)
        self._process: subprocess.Popen[bytes] | None = None
        self._tokens: dict[str, str] = {}

    # -- life ---------------------------------------------------------------------------------------------------------

    def start(self) -> float:
        """Start it, wait until it says that it is ready, and return how many seconds that took."""
        output = self.home.parent / "bench-start.log"
        began = time.monotonic()
        with output.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "lers_web.standalone"], cwd=ROOT, env=self._environ, stdin=subprocess.DEVNULL,
                stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        while READY not in (said := output.read_text(errors="replace")):
            if self._process.poll() is not None:
                raise RuntimeError(f"the standalone system did not start:\n{said}")
            if time.monotonic() - began > START_SECONDS:
                raise RuntimeError(f"the standalone system was not ready after {START_SECONDS:.0f} s:\n{said}")
            time.sleep(0.02)
        return time.monotonic() - began

    def stop(self) -> None:
        """Stop everything in order."""
        process, self._process = self._process, None
        if process is None or process.poll() is not None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS * 3)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    # -- what it is ---------------------------------------------------------------------------------------------------

    @property
    def environ(self) -> dict[str, str]:
        """What ``standalone.env`` says."""
        return read_env(self.home / "standalone.env")

    @property
    def settings(self) -> Settings:
        return Settings.from_env(self.environ)

    def pids(self, *names: str) -> list[int]:
        """Return the pids of children by the names of their logs (``web``, ``hub``, ``postgresql``…)."""
        found = {path.stem: int(json.loads(path.read_text())["pid"]) for path in (self.home / "run").glob("*.pid")}
        missing = set(names) - found.keys()
        if missing:
            raise RuntimeError(f"not running: {', '.join(sorted(missing))}; there are {', '.join(sorted(found))}")
        return [found[name] for name in names]

    @property
    def web_workers(self) -> int:
        return os.cpu_count() or 1  # what the launcher takes

    def flask(self, *arguments: str) -> str:
        """Run a command of LERS with this system's settings; return what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "flask", *arguments], cwd=ROOT, env=clean_environ(self.environ),
            capture_output=True, text=True, check=False, timeout=SEED_SECONDS,
        )  # fmt: skip
        if done.returncode != 0:
            raise RuntimeError(f"flask {' '.join(arguments)} failed: {done.stderr[-2000:] or done.stdout[-2000:]}")
        return done.stdout

    # -- the API, one call at a time ----------------------------------------------------------------------------------

    def call(
        self, method: str, path: str, body: Any = None, *, email: str | None = None, raw: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:  # fmt: skip
        """Call the API as a demo account; return the answer, or fail with what the API said."""
        data = raw if raw is not None else None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=data, method=method)
        request.add_header("Content-Type", "application/octet-stream" if raw is not None else "application/json")
        for name, value in {**(self.bearer(email) if email else {}), **(headers or {})}.items():
            request.add_header(name, value)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - same
                text = answer.read()
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{method} {path} answered {error.code}: {error.read()[:1000]!r}") from error
        return json.loads(text) if text else None

    def bearer(self, email: str) -> dict[str, str]:
        """Return the header with an access token of a demo account."""
        if email not in self._tokens:
            answer = self.call("POST", "/api/v1/auth/login/", {"email": email, "password": PASSWORD})
            self._tokens[email] = answer["access_token"]
        return {"Authorization": f"Bearer {self._tokens[email]}"}


@contextlib.contextmanager
def running(*, requests: int, keep: Path | None = None) -> Iterator[System]:
    """Start a system with ``requests`` bulk requests; everything of it is gone afterwards, unless a home is named."""
    # Short, for Unix sockets; and one that the servers' unprivileged account may walk into.
    base = keep or Path(tempfile.mkdtemp(prefix="lers-b-"))
    base.mkdir(parents=True, exist_ok=True)
    base.chmod(0o711)
    system = System(base / "home")
    try:
        system.start()
        missing = requests - _loaded(base)
        if missing > 0:
            system.flask("seed", "load", "--requests", str(missing))
            (base / "loaded").write_text(str(requests))
        yield system
    finally:
        system.stop()
        if keep is None:
            shutil.rmtree(base, ignore_errors=True)


def _loaded(base: Path) -> int:
    try:
        return int((base / "loaded").read_text())
    except FileNotFoundError:
        return 0
