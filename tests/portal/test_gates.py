"""The gates of the portals, each once, with what they print when they fail; what is generated is what is committed."""

from __future__ import annotations

import json
import shlex
import subprocess
from pathlib import Path

import pytest

from lers_web.standalone.frontend import FRONTEND, Npm, find_npm, packages_are_installed

OPENAPI = FRONTEND / "tools" / "openapi"
SCHEMA = FRONTEND / "src" / "api" / "schema.gen.d.ts"


@pytest.fixture(scope="session")
def npm(built: None) -> Npm:
    """npm, with the packages of the portals installed."""
    return find_npm()


def run(npm: Npm, *arguments: str, folder: Path = FRONTEND) -> None:
    done = subprocess.run(
        npm.command(*arguments),
        cwd=folder,
        env=npm.environ(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.fail(f"npm {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}", pytrace=False)


def test_the_lock_holds_every_package_that_npm_ci_asks_for(npm: Npm) -> None:
    run(npm, "ci", "--include=dev", "--ignore-scripts", "--dry-run")


@pytest.mark.parametrize("gate", ["check", "test", "budgets"])
def test_a_gate_is_passed(npm: Npm, gate: str) -> None:
    run(npm, "run", gate)


def test_the_types_of_the_api_are_those_of_its_document(npm: Npm, tmp_path: Path) -> None:
    if not packages_are_installed(OPENAPI):
        run(npm, "ci", "--ignore-scripts", folder=OPENAPI)
    script = json.loads((OPENAPI / "package.json").read_text())["scripts"]["generate"]
    program, *arguments = shlex.split(script)
    fresh = tmp_path / SCHEMA.name
    arguments[arguments.index("-o") + 1] = str(fresh)
    run(npm, "exec", "--", program, *arguments, folder=OPENAPI)
    same = fresh.read_text() == SCHEMA.read_text()
    assert same, f"{SCHEMA.relative_to(FRONTEND)} is not that of docs/openapi.json: run `npm run api` in frontend/"
