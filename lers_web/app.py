"""The web application: the only place that wires extensions, blueprints and the hooks of ``http``."""

from __future__ import annotations

from flask import Flask

from lers_web import tables as _tables  # noqa: F401 - every mapper is needed before the first query
from lers_web.config import Settings
from lers_web.extensions import db, migrate


def create_app(settings: Settings) -> Flask:
    """Return the application for these settings. Importing this module has no effect of its own."""
    app = Flask("lers_web", static_folder=None)
    url = settings.database_url
    app.config.update(
        LERS_SETTINGS=settings,
        SQLALCHEMY_DATABASE_URI=url.replace("postgresql://", "postgresql+psycopg://", 1),
        SQLALCHEMY_ENGINE_OPTIONS={"pool_size": settings.database_pool_size, "max_overflow": 0, "pool_pre_ping": True},
    )
    db.init_app(app)
    migrate.init_app(app, db, directory="migrations", compare_type=True)
    return app
