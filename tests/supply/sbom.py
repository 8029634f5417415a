"""The bill of materials as CycloneDX 1.6. The same locks always give the same bytes."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Sequence
from typing import Any

from tests.supply.inventory import Package


def bill(packages: Sequence[Package], version: str) -> dict[str, Any]:
    """Return the document: a component for each package, and who wants whom where the lock tells (PyPI).

    ``scope`` is ``required`` for what production runs with and ``excluded`` for what builds and tests it. Hashes stand
    with the distribution that they are of: a PyPI package has one for each of its files.
    """
    root = f"pkg:generic/lers@{version}"
    components = [_component(package) for package in packages]
    serial = uuid.uuid5(uuid.NAMESPACE_URL, hashlib.sha256(json.dumps(components).encode()).hexdigest())
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": root, "name": "lers", "version": version}},
        "components": components,
        "dependencies": _dependencies(packages, root),
    }


def _component(package: Package) -> dict[str, Any]:
    hashes = [{"alg": package.algorithm, "content": digest} for digest in package.hashes]
    component: dict[str, Any] = {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "purl": package.purl,
        "scope": "required" if package.runtime else "excluded",
        "externalReferences": [{"type": "distribution", "url": package.purl, "hashes": hashes}],
    }
    if package.license:
        component["licenses"] = [{"expression": package.license}]
    return component


def _dependencies(packages: Sequence[Package], root: str) -> list[dict[str, Any]]:
    python = {package.name: package for package in packages if package.ecosystem == "PyPI"}
    wants: dict[str, set[str]] = {root: set(), **{package.purl: set() for package in python.values()}}
    for package in python.values():
        for name in package.wanted_by:
            wants[python[name].purl if name in python else root].add(package.purl)
    return [{"ref": ref, "dependsOn": sorted(wanted)} for ref, wanted in sorted(wants.items())]
