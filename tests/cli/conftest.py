"""Running ``flask`` as an operator does: a process of its own, with the settings of a test's database."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from lers_web.app import create_app
from lers_web.config import Settings
from lers_web.standalone.environment import clean_environ
from lers_web.standalone.stack import ROOT

Flask = Callable[..., subprocess.CompletedProcess[str]]


def environ_of(settings: Settings) -> dict[str, str]:
    """Write settings as the environment that they were read from."""
    out: dict[str, str] = {}
    for item in fields(settings):
        value: Any = getattr(settings, item.name)
        if item.name == "evidence_key":
            out["EVIDENCE_ENCRYPTION_KEY"] = value.hex()
        elif value not in (None, "", ()):
            text = ",".join(value) if isinstance(value, tuple) else str(value)
            out[f"LERS_{item.name.upper()}"] = text
    return out


def run(*arguments: str, environ: Mapping[str, str], cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "flask", *arguments],
        cwd=cwd,
        env=clean_environ(environ),
        capture_output=True,
        text=True,
        check=False,
        timeout=170,
    )


@pytest.fixture
def flask(database: Settings) -> Flask:
    """A function that runs ``flask`` on this test's database."""
    environ = environ_of(database)
    return lambda *arguments: run(*arguments, environ=environ)


@pytest.fixture
def bare(tmp_path: Path) -> Flask:
    """A function that runs ``flask`` where nothing is configured and nothing runs."""
    environ = {"LERS_HOME": str(tmp_path / "no-home")}
    return lambda *arguments: run(*arguments, environ=environ)


class Commands:
    """The commands in this process, on one database."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.app = create_app(settings)
        self._runner = self.app.test_cli_runner()

    def __call__(self, *arguments: str, code: int = 0) -> str:
        """Run a command, insist on its exit code, and return what it printed."""
        result = self._runner.invoke(args=list(arguments))
        assert result.exit_code == code, f"{arguments}: exit {result.exit_code}\n{result.output}\n{result.exception!r}"
        return result.output

    def json(self, *arguments: str, code: int = 0) -> Any:
        """Run a command with ``--json`` and return what it printed."""
        return json.loads(self(*arguments, "--json", code=code))

    def close(self) -> None:
        """Give the connections back."""
        self.app.extensions["lers"].backend.engine.dispose()


@contextmanager
def commands_on(settings: Settings) -> Iterator[Commands]:
    """Open the commands on a database."""
    commands = Commands(settings)
    try:
        yield commands
    finally:
        commands.close()


@pytest.fixture
def commands(database: Settings) -> Iterator[Commands]:
    """The commands on this test's own, empty database."""
    with commands_on(database) as commands:
        yield commands
