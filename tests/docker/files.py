"""The files of docker/ as their tools read them: the Dockerfile's stages, the compose file with its variables."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from lers_web.standalone.environment import clean_environ
from lers_web.standalone.stack import ROOT

DOCKER = ROOT / "docker"
DOCKERFILE = DOCKER / "Dockerfile"
VARIABLE = re.compile(r"\$\$|\$\{(?P<name>\w+)(?:(?P<kind>:-|:\?)(?P<rest>[^}]*))?\}")

ANSWERS = {
    "PUBLIC_HOST": "lers.example",
    "TLS_CERTIFICATE": "/srv/tls/chain.pem",
    "TLS_KEY": "/srv/tls/key.pem",
    "SMTP_HOST": "smtp.example",
    "MAIL_FROM": "LERS <no-reply@lers.example>",
}
"""What the person who installs LERS says; the rest new-env.sh makes up."""


class MissingVariable(Exception):
    """A variable without a value and without a default: compose refuses to start."""


def fill_in(node: Any, values: Mapping[str, str]) -> Any:
    """Return a compose document with ``${NAME}``, ``${NAME:-default}`` and ``${NAME:?sentence}`` filled in."""
    if isinstance(node, dict):
        return {key: fill_in(value, values) for key, value in node.items()}
    if isinstance(node, list):
        return [fill_in(value, values) for value in node]
    return VARIABLE.sub(lambda found: _value(found, values), node) if isinstance(node, str) else node


def _value(found: re.Match[str], values: Mapping[str, str]) -> str:
    if found["name"] is None:
        return "$"
    given = values.get(found["name"], "")
    if given or found["kind"] == ":-":
        return given or found["rest"]
    if found["kind"] == ":?":
        raise MissingVariable(f"{found['name']}: {found['rest']}")
    return given


def compose_text() -> str:
    return (DOCKER / "compose.yaml").read_text()


def compose(values: Mapping[str, str]) -> dict[str, Any]:
    filled: dict[str, Any] = fill_in(yaml.safe_load(compose_text()), values)
    return filled


def read_env(path: Path) -> dict[str, str]:
    """Read NAME=value lines as compose reads an .env file without quotes."""
    pairs = (line.partition("=")[::2] for line in path.read_text().splitlines() if line and not line.startswith("#"))
    return dict(pairs)


def stage(name: str) -> list[str]:
    """Return the instructions of a Dockerfile's stage, each on one line."""
    text = re.sub(r"\\\n\s*", "", re.sub(r"(?m)^\s*#.*\n", "", DOCKERFILE.read_text()))
    stages = re.split(r"(?m)^(?=FROM )", text)
    for lines in (part.splitlines() for part in stages):
        if lines and re.search(rf" AS {name}$", lines[0]):
            return [line for line in lines if line.strip()]
    raise LookupError(f"the Dockerfile has no stage {name}")


def instruction(stage_name: str, keyword: str) -> str:
    """Return the last such instruction of a stage, without its keyword."""
    return [line.split(" ", 1)[1] for line in stage(stage_name) if line.startswith(f"{keyword} ")][-1].strip()


def command_of(stage_name: str) -> list[str]:
    command: list[str] = json.loads(instruction(stage_name, "CMD"))
    return command


def environment_of(stage_name: str) -> dict[str, str]:
    """Return what a stage's ENV instructions set."""
    found: dict[str, str] = {}
    for line in stage(stage_name):
        if line.startswith("ENV "):
            for name, quoted, plain in re.findall(r'(\w+)=(?:"([^"]*)"|(\S+))', line.removeprefix("ENV ")):
                found[name] = quoted or plain
    return found


def run_script(name: str, environ: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a script of docker/app as the containers do: in the root of the sources, with their PYTHONPATH."""
    return subprocess.run(
        [sys.executable, DOCKER / "app" / name, *arguments],
        env=clean_environ({**environ, "PYTHONPATH": str(ROOT)}),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
