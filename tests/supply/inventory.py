"""The packages of ``requirements.lock`` and ``package-lock.json``, with where they come from and who wants them."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
PYTHON_LOCK = ROOT / "requirements.lock"
PRODUCTION_LOCK = ROOT / "docker/requirements.lock"
NPM_LOCK = ROOT / "frontend/package-lock.json"

_PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(?P<version>[^\s;\\]+)")
_VIA = re.compile(r"^    #(?: via|  ) +(?P<name>[A-Za-z0-9._-]+)(?: .*)?$")
_HASH = re.compile(r"--hash=sha256:(?P<hash>[0-9a-f]{64})")


class BrokenLock(ValueError):
    """A lock file pins a package without saying exactly which bytes it is, or holds what is no pin at all."""


@dataclass(frozen=True, slots=True)
class Package:
    """One package of one version. ``ecosystem`` as OSV writes it (PyPI, npm); ``runtime``: production has it.

    ``hashes`` are hexadecimal: of every distribution that may be installed (``SHA-256``), or of the one (``SHA-512``).
    ``wanted_by`` are names of packages of the same lock.
    """

    ecosystem: str
    name: str
    version: str
    algorithm: str
    hashes: tuple[str, ...]
    runtime: bool
    license: str | None = None
    wanted_by: list[str] = field(default_factory=list, compare=False)

    @property
    def purl(self) -> str:
        """The package URL, by which every tool knows it."""
        kind, name = self.ecosystem.lower(), self.name
        return f"pkg:{kind}/{quote(name, safe='/')}@{quote(self.version)}"


def read_python(lock: str, runtime: frozenset[str]) -> list[Package]:
    """Read what ``uv pip compile`` wrote. Raises ``BrokenLock``."""
    found: list[Package] = []
    hashes: list[str] = []
    for number, line in enumerate(lock.splitlines(), start=1):
        if pinned := _PIN.match(line):
            hashes = []
            name = pinned["name"].lower()
            found.append(Package("PyPI", name, pinned["version"], "SHA-256", (), name in runtime))
        elif hashed := _HASH.search(line):
            hashes.append(hashed["hash"])
            found[-1] = replace(found[-1], hashes=tuple(hashes))
        elif via := _VIA.match(line):
            found[-1].wanted_by.append(via["name"].lower())
        elif line.strip() and not line.lstrip().startswith("#"):
            raise BrokenLock(f"requirements.lock:{number} pins no version: {line.strip()}. Run make lock.")
    if bare := [each.name for each in found if not each.hashes]:
        raise BrokenLock(f"requirements.lock gives no hashes of {', '.join(bare)}. Run make lock.")
    return found


def read_npm(lock: Mapping[str, Any]) -> list[Package]:
    """Read a package-lock of version 3. Raises ``BrokenLock``."""
    found: dict[tuple[str, str], Package] = {}
    for path, told in lock["packages"].items():
        if not path or told.get("link"):
            continue
        name = told.get("name") or path.rpartition("node_modules/")[2]
        algorithm, _, digest = told.get("integrity", "").partition("-")
        if algorithm != "sha512":
            raise BrokenLock(f"package-lock.json gives no SHA-512 of {name}: install it from the registry again.")
        source = told.get("resolved")
        if source is not None and not source.startswith("https://"):
            raise BrokenLock(f"package-lock.json takes {name} from {source}, which is no registry.")
        hashes = (base64.b64decode(digest).hex(),)
        runtime = not (told.get("dev") or told.get("devOptional"))
        package = Package("npm", name, told["version"], "SHA-512", hashes, runtime, told.get("license"))
        known = found.get((name, package.version))
        found[name, package.version] = package if known is None or runtime else known
    return sorted(found.values(), key=lambda each: (each.name, each.version))


def names_in(lock: str) -> frozenset[str]:
    """Return the names that a Python lock pins."""
    return frozenset(pinned["name"].lower() for line in lock.splitlines() if (pinned := _PIN.match(line)))


def read_all() -> list[Package]:
    """Return every package of this checkout."""
    runtime = names_in(PRODUCTION_LOCK.read_text(encoding="utf-8"))
    return [
        *read_python(PYTHON_LOCK.read_text(encoding="utf-8"), runtime),
        *read_npm(json.loads(NPM_LOCK.read_text(encoding="utf-8"))),
    ]
