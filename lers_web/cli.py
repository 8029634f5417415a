"""The commands of ``flask``: what an operator does from a terminal; each subject is a module of ``commands``."""

from __future__ import annotations

from flask import Flask

from lers_web.commands import clocks, keys, people, seed, trail, upkeep

GROUPS = (
    people.tenants,
    people.users,
    clocks.sla,
    trail.audit,
    keys.keys,
    upkeep.files,
    upkeep.metrics,
    upkeep.openapi,
    upkeep.permissions,
    seed.seed,
)


def register(app: Flask) -> None:
    """Add the commands to an application."""
    for group in GROUPS:
        app.cli.add_command(group)
