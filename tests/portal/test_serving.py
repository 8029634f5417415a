"""What Flask says when it serves the built portals: the policy of each page, caching, types, and what is no page."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lers_web.app import create_app
from lers_web.config import Settings
from lers_web.http.security_headers import CSP_API

BUILT = {
    "index.html": "<h1>choose</h1>",
    "le/index.html": "<h1>le</h1>",
    "provider/index.html": "<h1>provider</h1>",
    "boot.js": "boot()",
    "lers.svg": "<svg/>",
    "assets/app-1a2b3c.js": "export const x = 1",
    "assets/pdf.worker-1a2b3c.mjs": "self.onmessage = null",
    "assets/inter-1a2b3c.woff2": "font",
    ".sources": "hash",
    ".vite/manifest.json": "{}",
}
PAGES = ("/", "/le/", "/le/requests/LERS-2026-000123/chat", "/provider/", "/assets/pdf.worker-1a2b3c.mjs")


@pytest.fixture(scope="module")
def client(servers: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("dist")
    for name, text in BUILT.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    app = create_app(dataclasses.replace(servers, frontend_dir=Path(folder)), with_keys=False)
    yield app.test_client()
    app.extensions["lers"].backend.engine.dispose()


def get(client: FlaskClient, path: str) -> TestResponse:
    return client.get(path, headers={"Accept": "text/html"}, buffered=True)  # closes the file that it is read from


def policy(answer: TestResponse) -> dict[str, list[str]]:
    directives = (part.split() for part in answer.headers["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in directives}


@pytest.mark.parametrize("path", PAGES)
def test_a_portal_s_page_may_do_this_and_nothing_else(client: FlaskClient, servers: Settings, path: str) -> None:
    hub = urlsplit(servers.hub_url).netloc
    answer = get(client, path)
    assert answer.status_code == 200
    assert policy(answer) == {
        "default-src": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "img-src": ["'self'", "blob:"],
        "connect-src": ["'self'", f"http://{hub}", f"ws://{hub}"],
        "worker-src": ["'self'"],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["lers-pdf", "lers-worker"],
    }


def test_the_api_and_its_documents_have_policies_of_their_own(client: FlaskClient) -> None:
    assert get(client, "/api/v1/config/").headers["Content-Security-Policy"] == CSP_API
    for path in ("/api/v1/docs/", "/ops/", "/ops/login/"):
        own = policy(get(client, path))
        assert own["default-src"] == ["'none'"], path
        assert "trusted-types" not in own, path


def test_the_names_of_built_files_carry_their_hash_and_pages_are_asked_for_again(client: FlaskClient) -> None:
    assert get(client, "/assets/app-1a2b3c.js").headers["Cache-Control"] == "public, max-age=31536000, immutable"
    for path in ("/", "/le/", "/provider/settings", "/boot.js"):
        assert get(client, path).headers["Cache-Control"] == "no-cache, max-age=0", path


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/boot.js", "text/javascript"),
        ("/assets/pdf.worker-1a2b3c.mjs", "text/javascript"),
        ("/assets/inter-1a2b3c.woff2", "font/woff2"),
        ("/lers.svg", "image/svg+xml"),
        ("/le/requests", "text/html"),
    ],
)
def test_a_file_is_what_it_is_called_as_nosniff_wants_it(client: FlaskClient, path: str, media_type: str) -> None:
    answer = get(client, path)
    assert answer.mimetype == media_type
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/.sources", "/.vite/manifest.json", "/le/../.sources", "/assets/gone.js", "/le/gone.js", "/nowhere"]
)
def test_what_is_no_page_is_not_found(client: FlaskClient, path: str) -> None:
    answer = get(client, path)
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


def test_a_portal_without_its_slash_is_sent_on(client: FlaskClient) -> None:
    answer = get(client, "/provider")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/provider/")


def test_a_script_that_asks_for_json_gets_no_page(client: FlaskClient) -> None:
    assert client.get("/le/requests", headers={"Accept": "application/json"}).status_code == 404
