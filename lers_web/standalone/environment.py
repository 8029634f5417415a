"""The caller's environment: what the launcher reads of it, and what it passes on to its children."""

from __future__ import annotations

import os
from collections.abc import Mapping

# What must not leak from the caller's shell into a server or a process of ours.
FOREIGN_PREFIXES = ("PG", "LERS_", "FLASK_", "PYTHON", "VALKEY", "WEED_", "COV_", "COVERAGE_", "GRANIAN_", "RQ_")


def caller_environ() -> Mapping[str, str]:
    """Return the environment the launcher was started in; nothing else of it reads the environment."""
    return os.environ  # noqa: TID251 - Settings are not there yet: the launcher is who makes them


def clean_environ(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the caller's environment without what would steer our children, in UTC."""
    kept = {
        name: value
        for name, value in caller_environ().items()
        if not name.startswith(FOREIGN_PREFIXES) and name != "EVIDENCE_ENCRYPTION_KEY"
    }
    return kept | {"TZ": "UTC"} | dict(extra or {})
