"""Bring the database to the newest version: what ``flask db upgrade`` does, without loading the whole application.

Run as ``python -m lers_web.standalone.migrate`` with the settings in the environment; it saves seconds of every first
start.
"""

from __future__ import annotations

import alembic.command
import alembic.config
from flask import Flask

from lers_web.config import Settings
from lers_web.standalone.stack import ROOT


def upgrade(settings: Settings) -> None:
    """Run every migration that is missing, as the role that may."""
    carrier = Flask("migrations")
    carrier.config["LERS_SETTINGS"] = settings  # all that migrations/env.py asks of the application
    with carrier.app_context():
        alembic.command.upgrade(alembic.config.Config(ROOT / "migrations" / "alembic.ini"), "head")


if __name__ == "__main__":
    upgrade(Settings.from_env())
