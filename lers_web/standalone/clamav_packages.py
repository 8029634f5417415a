"""Get clamd on Debian and Ubuntu without root: download the packages with apt's own checks, unpack them into a cache.

apt verifies the signatures of the archive as always; only its lists and its cache are private to us, so nothing of the
machine changes.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from lers_web.standalone.environment import caller_environ
from lers_web.standalone.errors import StandaloneError

PACKAGES = ("clamav-daemon", "libclamav12")
APT_SECONDS = 120
LIBRARY_ROUNDS = 4
COMPLETE = "complete"


class NoPackages(StandaloneError):
    """This machine cannot give us clamd this way."""


def possible() -> bool:
    """Whether this machine has the tools of Debian."""
    return all(shutil.which(tool) for tool in ("apt-get", "apt-cache", "dpkg-deb"))


def unpacked(cache: Path, packages: Sequence[str] = PACKAGES) -> Path:
    """Return the root of the unpacked packages, fetching them when they are not there yet."""
    root = cache / "-".join(packages)
    if (root / COMPLETE).exists():
        return root
    work = cache / f"new-{os.getpid()}"
    shutil.rmtree(work, ignore_errors=True)
    try:
        _Fetch(work).run(packages)
        (work / "root" / COMPLETE).touch()
        shutil.rmtree(root, ignore_errors=True)
        (work / "root").rename(root)
    except OSError as error:
        if not (root / COMPLETE).exists():  # else another home finished first
            raise NoPackages(f"cannot unpack into {cache}: {error}") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return root


def library_path(root: Path) -> str:
    """Return LD_LIBRARY_PATH for programs below an unpacked root."""
    return ":".join(sorted({str(file.parent) for file in (root / "usr" / "lib").rglob("*.so*")}))


class _Fetch:
    def __init__(self, work: Path) -> None:
        self._work = work
        self._root = work / "root"
        self._packages = work / "packages"
        for directory in ("lists/partial", "cache/archives/partial"):
            (work / directory).mkdir(parents=True)
        self._root.mkdir()
        self._packages.mkdir()
        self._options = [
            "-o", f"Dir::State::lists={work / 'lists'}",
            "-o", f"Dir::Cache={work / 'cache'}",
            "-o", f"APT::Sandbox::User={'root' if os.geteuid() == 0 else ''}",
            "-o", "Acquire::Retries=1",
            "-o", "Acquire::http::Timeout=10",
            "-o", "Acquire::https::Timeout=10",
            "-o", "Acquire::Languages=none",
        ]  # fmt: skip

    def run(self, packages: Sequence[str]) -> None:
        self._apt("apt-get", "update")
        self._download(packages)
        fetched = set(packages)
        for _ in range(LIBRARY_ROUNDS):
            if not self._missing_libraries():
                return
            more = self._dependencies(fetched) - fetched
            if not more:
                break
            self._download(sorted(more))
            fetched |= more
        raise NoPackages(f"clamd lacks libraries of this machine: {', '.join(sorted(self._missing_libraries()))}")

    def _download(self, packages: Sequence[str]) -> None:
        self._apt("apt-get", "download", *packages)
        for package in self._packages.glob("*.deb"):
            self._call("dpkg-deb", "-x", str(package), str(self._root))
            package.unlink()

    def _missing_libraries(self) -> set[str]:
        missing: set[str] = set()
        environ = {"LD_LIBRARY_PATH": library_path(self._root), "LC_ALL": "C", "PATH": caller_environ().get("PATH", "")}
        for program in [*self._root.glob("usr/sbin/*"), *self._root.glob("usr/bin/*")]:
            listed = subprocess.run(
                ["ldd", program],
                env=environ, capture_output=True, text=True, check=False, timeout=APT_SECONDS,
            )  # fmt: skip
            missing |= set(re.findall(r"^\s*(\S+) => not found", listed.stdout, re.MULTILINE))
        return missing

    def _dependencies(self, packages: set[str]) -> set[str]:
        """Return the libraries these packages depend on that the machine does not have."""
        listed = self._apt(
            "apt-cache", "depends", "--no-recommends", "--no-suggests", "--no-conflicts", "--no-breaks",
            "--no-replaces", "--no-enhances", *sorted(packages),
        )  # fmt: skip
        names = set(re.findall(r"^\s*\|?Depends: (lib[a-z0-9.+-]+)$", listed, re.MULTILINE))
        return {name for name in names if not self._installed(name)}

    @staticmethod
    def _installed(package: str) -> bool:
        asked = subprocess.run(
            ["dpkg-query", "-W", "-f", "${db:Status-Status}", package],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        return asked.stdout.startswith("installed")

    def _apt(self, tool: str, *arguments: str) -> str:
        return self._call(tool, *self._options, *arguments)

    def _call(self, *command: str) -> str:
        try:
            done = subprocess.run(
                command, cwd=self._packages, capture_output=True, text=True, check=False, timeout=APT_SECONDS,
                env={**caller_environ(), "LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"},
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            raise NoPackages(f"{command[0]}: {error}") from error
        if done.returncode:
            last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
            raise NoPackages(f"{command[0]} failed: {' '.join(last)}")
        return done.stdout
