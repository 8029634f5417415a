"""The built portals, served by Flask in a standalone run (by nginx in production). Deep links get the portal's page."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, redirect, request, send_from_directory
from werkzeug.exceptions import NotFound
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
