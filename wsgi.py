"""The WSGI entry point: ``granian --interface wsgi wsgi:app``; the flask command finds the app here too."""

from __future__ import annotations

import click
from flask import Flask

from lers_web.app import create_app
from lers_web.config import Settings, SettingsError
from lers_web.kernel import logs


def _server() -> Flask:
    settings = Settings.from_env()
    logs.configure("web", settings.log_level)
    return create_app(settings)


def _command() -> Flask:
    """Make the application for a command: one that talks to a person, and may have to make what is still missing."""
    try:
        settings = Settings.for_command()
    except SettingsError as error:
        raise SystemExit(f"Error: {error}") from error
    if settings is None:
        return create_app(Settings.for_documents(), with_keys=False)
    return create_app(settings, with_keys=any((settings.key_dir / "public").glob("access-*.pem")))


app = _server() if click.get_current_context(silent=True) is None else _command()
