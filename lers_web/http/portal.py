"""The built portals, served by Flask in a standalone run (by nginx in production). Deep links get the portal's page."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, redirect, request, send_from_directory
from flask.globals import request_ctx
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound
from werkzeug.wrappers import Response as BaseResponse

from lers_web.http.runtime import runtime

blp = Blueprint("portal", __name__)
PORTALS = ("le", "provider")
YEAR_SECONDS = 31_536_000
# Python's table of 3.11 lacks these, and what the machine adds to it is not ours to rely on.
MEDIA_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
}


def _folder() -> Path:
    folder = runtime().settings.frontend_dir
    if folder is None or not folder.is_dir():
        raise NotFound("The portals are not built here: run `make up`, or let nginx serve them.")
    return folder.resolve()


@blp.get("/")
def start() -> Response:
    """The page that lets a visitor choose a portal."""
    return send_from_directory(_folder(), "index.html", max_age=0)


METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


@blp.route("/api/<path:path>", methods=METHODS, provide_automatic_options=False)
def no_api(path: str) -> Response:
    """A path of the API that is none: 404, or 405 where another method would be right. An id that is no id is a 404."""
    adapter = request_ctx.url_adapter
    allowed = []
    for method in METHODS:
        try:
            endpoint, _ = adapter.match(f"/api/{path}", method=method) if adapter else ("portal.no_api", {})
        except HTTPException:
            continue
        if endpoint != "portal.no_api":
            allowed.append(method)
    if allowed:
        raise MethodNotAllowed(valid_methods=allowed)
    raise NotFound("There is no such path. Every path of the API ends with a slash.")


@blp.get("/<path:path>")
def file(path: str) -> BaseResponse:
    """A built file, or the portal's page for its deep links."""
    folder = _folder()
    *above, name = path.split("/")
    # What the build keeps for itself begins with a dot (.sources, .vite/): that is no page of the portals.
    if not any(part.startswith(".") for part in (*above, name)):
        if (folder / path).is_file():
            return _built_file(folder, path)
        if path in PORTALS:
            return redirect(f"/{path}/", code=308)
        wanted = request.accept_mimetypes  # curl says */*, and no header at all means anything
        if above and above[0] in PORTALS and "." not in name and (not wanted or wanted.accept_html):
            return send_from_directory(folder / above[0], "index.html", max_age=0)
    raise NotFound("There is no such page.")


def _built_file(folder: Path, path: str) -> Response:
    hashed = "/assets/" in f"/{path}"
    media_type = MEDIA_TYPES.get(Path(path).suffix)
    response = send_from_directory(folder, path, mimetype=media_type, max_age=YEAR_SECONDS if hashed else 0)
    response.cache_control.immutable = hashed
    return response
