"""The WSGI entry point: ``granian --interface wsgi wsgi:app``; the flask command finds the app here too."""

from __future__ import annotations

import click
from flask import Flask
from flask.cli import ScriptInfo

from lers_web.app import create_app
from lers_web.config import Settings, SettingsError
from lers_web.http.runtime import EXTENSION
from lers_web.kernel import logs, walls


def _server() -> Flask:
    settings = Settings.from_env()
    logs.configure("web", settings.log_level)
    application = create_app(settings)
    walls.insist(application.extensions[EXTENSION].backend)
    return application


def _command() -> Flask:
    """Make the application for a command: one that talks to a person, and may have to make what is still missing."""
    try:
        settings = Settings.for_command()
    except SettingsError as error:
        raise SystemExit(f"Error: {error}") from error
    if settings is None:
        return create_app(Settings.for_documents(), with_keys=False)
    return create_app(settings, with_keys=any((settings.key_dir / "public").glob("access-*.pem")))


def _is_command() -> bool:
    """Whether the flask command loads this: granian is a click program too, and its workers inherit its context."""
    context = click.get_current_context(silent=True)
    return context is not None and context.find_object(ScriptInfo) is not None


app = _command() if _is_command() else _server()
