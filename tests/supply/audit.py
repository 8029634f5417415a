"""Known weaknesses of what is pinned, from advisories in OSV's format that lie on this machine.

Advisories are files of JSON as https://osv.dev hands them out (``PyPI/all.zip`` and ``npm/all.zip``, unpacked). Where
they are fetched, and how old they may be, is the operator's affair: this looks nothing up.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

from tests.supply.inventory import Package

_SEMVER = re.compile(r"^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z.-]+))?(?:\+.*)?$")


@dataclass(frozen=True, slots=True)
class Finding:
    """A package that an advisory names. ``fixed``: versions without the weakness, as far as the advisory says."""

    package: Package
    advisory: str
    summary: str
    fixed: tuple[str, ...]


def read_advisories(folder: Path) -> Iterator[dict[str, Any]]:
    """Go through the advisories of a folder and the folders in it. Raises ``ValueError`` for a file that is none."""
    for file in sorted(folder.rglob("*.json")):
        try:
            advisory = json.loads(file.read_text(encoding="utf-8"))
        except ValueError as error:
            raise ValueError(f"{file} is no JSON: {error}. Unpack the advisories again.") from error
        if not (isinstance(advisory, dict) and isinstance(advisory.get("id"), str)):
            raise ValueError(f"{file} is no advisory in OSV's format: it has no id.")  # noqa: TRY004 - the file's value
        yield advisory


def findings(packages: Sequence[Package], advisories: Iterable[Mapping[str, Any]]) -> list[Finding]:
    """Return what is affected, sorted by package. Withdrawn advisories count for nothing."""
    by_name: dict[tuple[str, str], list[Package]] = {}
    for package in packages:
        by_name.setdefault((package.ecosystem, _name(package.ecosystem, package.name)), []).append(package)
    found = []
    for advisory in advisories:
        if advisory.get("withdrawn"):
            continue
        for affected in advisory.get("affected", []):
            named = affected.get("package", {})
            ecosystem = named.get("ecosystem", "")
            named_so = by_name.get((ecosystem, _name(ecosystem, named.get("name", ""))), [])
            found += [
                Finding(package, advisory["id"], advisory.get("summary", ""), _fixed(affected))
                for package in named_so
                if _is_affected(package, affected)
            ]
    return sorted(set(found), key=lambda each: (each.package.name, each.package.version, each.advisory))


def _name(ecosystem: str, name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower() if ecosystem == "PyPI" else name


def _is_affected(package: Package, affected: Mapping[str, Any]) -> bool:
    if package.version in affected.get("versions", ()):
        return True
    return any(
        _in_range(package, events["events"])
        for events in affected.get("ranges", ())
        if events.get("type") in {"ECOSYSTEM", "SEMVER"}
    )


def _in_range(package: Package, events: Sequence[Mapping[str, str]]) -> bool:
    """Whether a version lies between the events of a range, as OSV's own algorithm has it.

    What cannot be compared counts as affected: somebody has to look.
    """
    order = _semver if package.ecosystem == "npm" else _pep440
    here = order(package.version)
    dated, inside = [], False
    for event in events:
        kind, version = next(iter(event.items()))
        if (kind, version) == ("introduced", "0"):
            inside = True  # from the very first one
            continue
        at = order(version)
        if here is None or at is None:
            return True
        dated.append((at, kind))
    for at, kind in sorted(dated, key=lambda each: each[0]):
        if kind == "introduced" and here >= at:
            inside = True
        elif (kind == "fixed" and here >= at) or (kind == "last_affected" and here > at):
            inside = False
    return inside


def _pep440(version: str) -> Any:
    try:
        return Version(version)
    except InvalidVersion:
        return None


def _semver(version: str) -> Any:
    """Return what orders versions as semver.org says, or None: numbers, and before them their pre-releases."""
    parts = _SEMVER.match(version)
    if parts is None:
        return None
    numbers = tuple(int(parts[place] or 0) for place in (1, 2, 3))
    if parts[4] is None:
        return (numbers, (1,))
    words = tuple((0, int(each), "") if each.isdigit() else (1, 0, each) for each in parts[4].split("."))
    return (numbers, (0, words))


def _fixed(affected: Mapping[str, Any]) -> tuple[str, ...]:
    events = [event for each in affected.get("ranges", ()) for event in each["events"]]
    return tuple(sorted({event["fixed"] for event in events if "fixed" in event}))
