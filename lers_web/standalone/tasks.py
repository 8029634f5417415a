"""The steps between the servers and the processes: migrations and demo data, skipped when there is nothing to do."""

from __future__ import annotations

import sys
from collections.abc import Mapping

import psycopg

from lers_web.standalone.child import Command
from lers_web.standalone.environment import clean_environ
from lers_web.standalone.server import log_tail
from lers_web.standalone.stack import ROOT

HEAD_FILE = ROOT / "migrations" / ".current-head"
tail = log_tail


def module(environ: Mapping[str, str], name: str, *arguments: str) -> Command:
    """Return a Python module to run with the settings of the running system."""
    return Command(
        argv=[sys.executable, "-m", name, *arguments],
        env=clean_environ({**environ, "PYTHONUNBUFFERED": "1"}),
        cwd=ROOT,
    )


def at_head(url: str) -> bool:
    """Whether the database is at the newest migration; asks it directly, as starting Flask takes seconds."""
    head = HEAD_FILE.read_text(encoding="utf-8").strip() if HEAD_FILE.exists() else ""
    with psycopg.connect(url) as connection:
        try:
            found = connection.execute("SELECT version_num FROM app.alembic_version").fetchall()
        except psycopg.errors.UndefinedTable:
            return False
    return bool(head) and [(head,)] == found
