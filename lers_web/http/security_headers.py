"""The headers that stand on every answer."""

from __future__ import annotations

from flask import Flask, Response, g, request

CSP_API = "default-src 'none'; frame-ancestors 'none'"
# What is not named here falls back to 'self'. The portals write no HTML and load no code from strings. A worker's
# address is made by a Trusted Types policy: pdf.js has one for its own, and all others start through the second.
CSP_PORTAL = (
    "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'self'; "
    "img-src 'self' blob:; connect-src 'self' {hub}; worker-src 'self'; "
    "require-trusted-types-for 'script'; trusted-types lers-pdf lers-worker"
)
YEAR_SECONDS = 31_536_000


def init_app(app: Flask) -> None:
    """Add the headers after every request, errors included."""
    settings = app.config["LERS_SETTINGS"]
    hub = settings.hub_url
    portal_csp = CSP_PORTAL.format(hub=f"{hub} {hub.replace('http', 'ws', 1)}")

    @app.after_request
    def add(response: Response) -> Response:
        headers = response.headers
        source = g.get("source")
        if source is not None:
            headers["X-Request-ID"] = source.request_id
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("X-Frame-Options", "DENY")
        headers.setdefault("Referrer-Policy", "no-referrer")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        if request.path.startswith("/api/"):
            headers.setdefault("Content-Security-Policy", CSP_API)
            headers.setdefault("Cache-Control", "no-store")
        else:
            headers.setdefault("Content-Security-Policy", portal_csp)
        if settings.production:
            headers.setdefault("Strict-Transport-Security", f"max-age={YEAR_SECONDS}; includeSubDomains")
        return response
