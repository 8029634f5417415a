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
    if (folder / path).is_file():
        hashed = "/assets/" in f"/{path}"
        return send_from_directory(folder, path, max_age=YEAR_SECONDS if hashed else 0)
    portal = path.split("/", 1)[0]
    if portal in PORTALS:
        if path == portal:
            return redirect(f"/{portal}/", code=308)
        wanted = request.accept_mimetypes  # curl says */*, and no header at all means anything
        if "." not in path.rsplit("/", 1)[-1] and (not wanted or wanted.accept_html):
            return send_from_directory(folder / portal, "index.html", max_age=0)
    raise NotFound("There is no such page.")
