"""``python -m tests.supply sbom FOLDER`` and ``python -m tests.supply audit [--advisories FOLDER]``.

Exit codes: 0 done and nothing found, 1 a weakness is known or a lock is broken, 2 usage, 3 nothing could be looked up.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from pathlib import Path

from tests.supply.audit import findings, read_advisories
from tests.supply.inventory import ROOT, BrokenLock, Package, read_all
from tests.supply.sbom import bill

FAILED, NOT_LOOKED = 1, 3


def write_bill(packages: list[Package], folder: Path) -> int:
    """Write ``lers.cdx.json``."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "lers.cdx.json"
    file.write_text(json.dumps(bill(packages, version), indent=2) + "\n", encoding="utf-8")
    print(f"{file}: {len(packages)} packages, {sum(each.runtime for each in packages)} of them in production")
    return 0


def look(packages: list[Package], folder: Path | None) -> int:
    """Print every known weakness. That the locks pin every byte has been seen by reading them."""
    print(f"{len(packages)} packages, each pinned by version and hash.")
    if folder is None or not folder.is_dir():
        print("No advisories: nothing was looked up. Unpack PyPI/all.zip and npm/all.zip of osv.dev into a folder and")
        print("name it: make audit ARGS='--advisories FOLDER'", flush=True)
        return NOT_LOOKED
    advisories = list(read_advisories(folder))
    if not advisories:
        print(f"{folder} holds no advisories: nothing was looked up.", file=sys.stderr)
        return NOT_LOOKED
    found = findings(packages, advisories)
    for each in found:
        place = "production" if each.package.runtime else "development"
        print(f"{each.package.name} {each.package.version} ({place}): {each.advisory} {each.summary}")
        print(f"    fixed in {', '.join(each.fixed) or 'no version yet'}")
    print(f"{len(found)} findings in {len(advisories)} advisories.")
    return FAILED if found else 0


def main(arguments: list[str] | None = None) -> int:
    """Do one of the two."""
    parser = argparse.ArgumentParser(prog="python -m tests.supply", description="What LERS is made of.")
    commands = parser.add_subparsers(dest="command", required=True)
    sbom = commands.add_parser("sbom", help="write the bill of materials")
    sbom.add_argument("folder", type=Path)
    audit = commands.add_parser("audit", help="look for known weaknesses")
    audit.add_argument("--advisories", type=Path, help="a folder of advisories in OSV's format")
    given = parser.parse_args(arguments)
    try:
        packages = read_all()
        return write_bill(packages, given.folder) if given.command == "sbom" else look(packages, given.advisories)
    except (BrokenLock, ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return FAILED


if __name__ == "__main__":
    sys.exit(main())
