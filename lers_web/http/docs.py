"""The OpenAPI document and Swagger UI, with local assets only and a content security policy of their own."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from flask import Blueprint, Response, make_response, send_from_directory

blp = Blueprint("docs", __name__, url_prefix="/api/v1/docs")
DIST = Path(str(files("flask_swagger_ui"))) / "dist"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>LERS API</title>
<link rel="stylesheet" href="assets/swagger-ui.css">
<link rel="icon" href="assets/favicon-32x32.png">
</head>
<body>
<div id="swagger-ui"></div>
<script src="assets/swagger-ui-bundle.js"></script>
<script src="assets/lers-docs.js"></script>
</body>
</html>
"""
_SCRIPT = """window.addEventListener("load", () => {
  window.ui = SwaggerUIBundle({
    url: "../openapi.json", dom_id: "#swagger-ui", deepLinking: true, persistAuthorization: false,
    displayRequestDuration: true, filter: true, tryItOutEnabled: true, validatorUrl: null,
    presets: [SwaggerUIBundle.presets.apis],
  });
});
"""


@blp.get("/")
def swagger() -> Response:
    """Swagger UI, which works offline."""
    return _with_policy(make_response(_PAGE))


@blp.get("/assets/<path:name>")
def asset(name: str) -> Response:
    """A file of Swagger UI's distribution."""
    if name == "lers-docs.js":
        return _with_policy(Response(_SCRIPT, mimetype="text/javascript"))
    return _with_policy(send_from_directory(DIST, name, max_age=3600))


def _with_policy(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = CSP
    response.headers.setdefault("Cache-Control", "no-cache")
    return response
