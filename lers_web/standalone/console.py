"""What the person at the terminal sees: a line for each step with its seconds, warnings, and the addresses."""

from __future__ import annotations

import shlex
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from lers_web.standalone.home import Home
from lers_web.standalone.options import Options

DEMO_PASSWORD = "Lers-demo-2026!"  # noqa: S105 - public, and refused in production
DEMO_ACCOUNTS = (
    ("officer", "io@cyber-mumbai.example"),
    ("approver", "sho@cyber-mumbai.example"),
    ("provider", "nodal@bharat-telecom.example"),
    ("administrator", "admin@lers.example"),
)


class Console:
    """Writes plain lines, so that the output reads the same on a terminal and in a file."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._began = time.monotonic()

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Tell when a step is done, and how long it took; a step that fails tells nothing here."""
        began = time.monotonic()
        yield
        now = time.monotonic()
        self._line(f"{now - self._began:6.1f} s  {title:<32}{now - began:6.1f} s")

    def say(self, text: str) -> None:
        self._line(f"{time.monotonic() - self._began:6.1f} s  {text}")

    def warn(self, text: str) -> None:
        self.say(f"WARNING: {text}")

    def fail(self, text: str) -> None:
        sys.stderr.write(f"\nLERS could not start: {text}\n")
        sys.stderr.flush()

    def ready(self, options: Options, home: Home, *, scanner: bool) -> None:
        """Say that everything answers, and where."""
        web, hub = options.addresses.web, options.addresses.hub
        rows = [
            ("Officers' portal", f"{web}/le/"),
            ("Providers' portal", f"{web}/provider/"),
            ("API and its documents", f"{web}/api/v1/docs/"),
            ("Mails that were sent", f"{web}/ops/mail/"),
            ("Background jobs", f"{web}/ops/rq/"),
            ("Hub (Socket.IO)", hub),
        ]
        if options.servers_only:
            rows = [("Servers", "alone; start LERS's own processes with the settings below")]
        rows += [
            ("Virus scanner", "ClamAV" if scanner else "NONE: files are UNSCANNED"),
            ("Logs", str(home.log_dir)),
            ("Settings for a shell", f"set -a; . {shlex.quote(str(home.env_file))}; set +a"),
        ]
        if options.demo and not options.servers_only:
            rows.append(("Demo accounts", f"password {DEMO_PASSWORD}"))
            rows.extend((f"  {role}", email) for role, email in DEMO_ACCOUNTS)
        self._line(f"\n{'The servers are ready' if options.servers_only else 'LERS is ready'}\n")
        for name, value in rows:
            self._line(f"  {name:<24}{value}")
        self._line(f"\nStarted in {time.monotonic() - self._began:.1f} s. Ctrl-C stops everything.")

    def _line(self, text: str) -> None:
        self._out.write(f"{text}\n")
        self._out.flush()
