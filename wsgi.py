"""The WSGI entry point: ``granian --interface wsgi wsgi:app``; the flask command finds the app here too."""

from __future__ import annotations

from lers_web.app import create_app
from lers_web.config import Settings

app = create_app(Settings.from_env())
