"""``GET /api/v1/config/``: what a portal must know before anybody has signed in."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from flask import Blueprint, Flask, Response

from lers_web.config import MAX_FILE_BYTES
from lers_web.http.json import answer
from lers_web.http.runtime import runtime
from lers_web.kernel import clock

LANGUAGES = ("en", "hi")


def release() -> str:
    """Return the installed version, or the source's when LERS runs from a checkout."""
    try:
        return version("lers")
    except PackageNotFoundError:
        return "0.1.0"


def init_app(app: Flask, demo_accounts: list[dict[str, str]]) -> None:
    """Register the route. ``demo_accounts`` are told in a standalone run only."""
    blp = Blueprint("config", __name__)

    @blp.get("/api/v1/config/")
    def config() -> Response:
        settings = runtime().settings
        return answer(
            {
                "hub_url": settings.hub_url,
                "env": settings.env,
                "demo_accounts": demo_accounts if settings.env == "standalone" else None,
                "scan_required": settings.scan_required,
                "max_file_bytes": MAX_FILE_BYTES,
                "languages": list(LANGUAGES),
                "server_time": clock.now(),
                "version": release(),
            }
        )

    app.register_blueprint(blp)
