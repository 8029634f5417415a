"""The web application: the only place that wires extensions, blueprints, hooks, and what ``http`` needs of domains."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

from flask import Flask
from flask_cors import CORS
from werkzeug.middleware.proxy_fix import ProxyFix

from lers_web import tables as _tables  # noqa: F401 - every mapper is needed before the first query
from lers_web.config import MAX_FILE_BYTES, Settings
from lers_web.domains.identity.service import load_actor
from lers_web.extensions import api, db, jwt, migrate
from lers_web.http import docs, errors, guard, health, limits, portal, public_config, security_headers
from lers_web.http.json import OrjsonProvider
from lers_web.http.runtime import EXTENSION, Runtime
from lers_web.http.schemas import ProblemOut
from lers_web.kernel.ports import Backend
from lers_web.kernel.tokens import ALGORITHM, AUDIENCE_API, ISSUER, TokenKeys
from lers_web.ops import views as ops

DOMAINS = (
    "identity", "access", "files", "catalog", "sla", "authority", "requests", "approvals", "chat", "responses",
    "presence", "templates", "notifications", "audit", "analytics", "operations",
)  # fmt: skip
MAX_BODY_BYTES = 2 * 1024 * 1024


def create_app(settings: Settings, *, with_keys: bool = True) -> Flask:
    """Return the application for these settings. ``with_keys=False`` makes one that can only describe itself."""
    app = Flask("lers_web", static_folder=None)
    app.json = OrjsonProvider(app)
    _configure(app, settings)
    db.init_app(app)
    migrate.init_app(app, db, directory="migrations", compare_type=True)
    jwt.init_app(app)
    app.extensions[EXTENSION] = Runtime(
        settings=settings,
        backend=Backend.connect(
            settings, settings.database_url, application="lers-web", pool_size=settings.database_pool_size
        ),
        keys=TokenKeys.load(settings.key_dir, signing=True) if with_keys else None,
        load_actor=load_actor,
    )
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    health.init_app(app)
    guard.init_app(app)
    limits.init_app(app)
    security_headers.init_app(app)
    _register(app, settings)
    errors.init_app(app)
    _cli(app)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        LERS_SETTINGS=settings,
        SQLALCHEMY_DATABASE_URI=settings.database_url.replace("postgresql://", "postgresql+psycopg://", 1),
        SQLALCHEMY_ENGINE_OPTIONS={
            "pool_size": settings.database_pool_size,
            "max_overflow": 0,
            "pool_pre_ping": True,
            "hide_parameters": True,
        },
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,  # of JSON; the file PUT sets its own, MAX_FILE_BYTES
        LERS_MAX_FILE_BYTES=MAX_FILE_BYTES,
        PROPAGATE_EXCEPTIONS=False,
        API_TITLE="LERS",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={
            "info": {
                "description": "Law Enforcement Request System. Every path ends with a slash; errors are RFC 9457."
            },
            "security": [{"bearer": []}],
        },
        # flask-jwt-extended issues nothing on its own; these are the rules should any part of it be used (ADR 0005).
        JWT_ALGORITHM=ALGORITHM,
        JWT_DECODE_ALGORITHMS=[ALGORITHM],
        JWT_DECODE_AUDIENCE=AUDIENCE_API,
        JWT_DECODE_ISSUER=ISSUER,
        JWT_TOKEN_LOCATION=["headers"],
    )


def _register(app: Flask, settings: Settings) -> None:
    api.init_app(app)
    api.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"})
    api.spec.components.schema("Problem", schema=ProblemOut)
    for blueprint in blueprints():
        api.register_blueprint(blueprint)
    app.register_blueprint(docs.blp)
    public_config.init_app(app, _demo_accounts())
    ops.init_app(app)
    app.register_blueprint(portal.blp)
    if settings.cors_origins:
        CORS(app, resources={"/api/*": {"origins": list(settings.cors_origins)}}, supports_credentials=True)


def blueprints() -> Iterator[Any]:
    """Yield the blueprints of every domain, in the order of their standing."""
    for name in DOMAINS:
        views = importlib.import_module(f"lers_web.domains.{name}.views")
        yield from getattr(views, "blueprints", None) or (views.blp,)


def _demo_accounts() -> list[dict[str, str]]:
    from lers_web.demo.accounts import public_accounts  # noqa: PLC0415 - the demo is no part of a production start

    return public_accounts()


def _cli(app: Flask) -> None:
    from lers_web.cli import register  # noqa: PLC0415 - the commands import the application's domains

    register(app)
