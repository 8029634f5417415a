"""Who loads the application: a server is never taken for a command, which may run without any settings."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from lers_web.standalone.environment import clean_environ

ROOT = Path(__file__).resolve().parents[2]


def load(tmp_path: Path, code: str) -> subprocess.CompletedProcess[str]:
    environ = {name: value for name, value in clean_environ().items() if not name.startswith(("LERS_", "EVIDENCE_"))}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT, env={**environ, "LERS_HOME": str(tmp_path / "none")}, capture_output=True, text=True, check=False,
        timeout=60,
    )  # fmt: skip


def test_a_server_started_by_a_click_program_needs_its_settings(tmp_path: Path) -> None:
    done = load(tmp_path, "import click\nwith click.Context(click.Command('granian')):\n    import wsgi")
    assert done.returncode != 0
    assert "missing settings: LERS_ENV" in done.stderr


def test_a_command_may_describe_the_application_without_any(tmp_path: Path) -> None:
    done = load(
        tmp_path,
        "import click\nfrom flask.cli import ScriptInfo\n"
        "with click.Context(click.Command('flask'), obj=ScriptInfo()):\n    import wsgi\nprint(wsgi.app.name)",
    )
    assert (done.returncode, done.stdout.strip()) == (0, "lers_web"), done.stderr
