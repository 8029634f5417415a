"""The WSGI entry point: ``granian --interface wsgi wsgi:app``; the flask command finds the app here too."""

from __future__ import annotations

import click

from lers_web.app import create_app
from lers_web.config import Settings
from lers_web.kernel import logs

settings = Settings.from_env()
if click.get_current_context(silent=True) is None:  # a command talks to a person, a server to its log
    logs.configure("web", settings.log_level)
app = create_app(settings)
