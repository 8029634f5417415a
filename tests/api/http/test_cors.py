"""Who may call the API from a page of another origin: those that the settings name, and nobody else."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from lers_web.app import create_app
from lers_web.config import Settings

PORTAL = "https://portal.example"
STRANGERS = [
    "https://evil.example", "http://portal.example", "https://portal.example.evil.example", "https://portalxexample",
    "https://portal.example:8443", "https://evil.example/https://portal.example", "null",
]  # fmt: skip
PATH = "/api/v1/auth/login/"


@pytest.fixture(scope="module")
def app(module_database: Settings) -> Iterator[Flask]:
    app = create_app(dataclasses.replace(module_database, cors_origins=(PORTAL, "https://second.example:8443")))
    yield app
    app.extensions["lers"].backend.engine.dispose()


def allowed(answer: TestResponse) -> dict[str, str]:
    return {name.lower(): value for name, value in answer.headers if name.lower().startswith("access-control-")}


def preflight(app: Flask, origin: str, path: str = PATH) -> TestResponse:
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST",
             "Access-Control-Request-Headers": "authorization, content-type"}  # fmt: skip
    return app.test_client().options(path, headers=asked)


@pytest.mark.parametrize("origin", [PORTAL, "https://second.example:8443"])
def test_a_named_origin_may_call_with_its_users_cookies(app: Flask, origin: str) -> None:
    told = allowed(preflight(app, origin))
    assert told["access-control-allow-origin"] == origin
    assert told["access-control-allow-credentials"] == "true"
    assert "POST" in told["access-control-allow-methods"]
    answer = app.test_client().get("/api/v1/config/", headers={"Origin": origin})
    assert answer.status_code == 200
    assert allowed(answer)["access-control-allow-origin"] == origin
    assert "Origin" in answer.headers["Vary"]


@pytest.mark.parametrize("origin", STRANGERS)
def test_an_origin_that_is_not_named_is_told_nothing(app: Flask, origin: str) -> None:
    assert allowed(preflight(app, origin)) == {}
    for path in ("/api/v1/config/", "/api/v1/lers/requests/", "/api/v1/nowhere/"):
        assert allowed(app.test_client().get(path, headers={"Origin": origin})) == {}


def test_errors_may_be_read_by_a_named_origin(app: Flask) -> None:
    for path, status in (("/api/v1/lers/requests/", 401), ("/api/v1/nowhere/", 404)):
        answer = app.test_client().get(path, headers={"Origin": PORTAL})
        assert answer.status_code == status
        assert allowed(answer)["access-control-allow-origin"] == PORTAL


def test_what_is_no_api_is_for_no_other_origin(app: Flask) -> None:
    for path in ("/healthz", "/readyz", "/le/"):
        with app.test_client().get(path, headers={"Origin": PORTAL}) as answer:  # a page of the portals is a file
            assert allowed(answer) == {}


def test_without_a_list_there_is_none(module_database: Settings) -> None:
    app = create_app(dataclasses.replace(module_database, cors_origins=()))
    try:
        assert allowed(preflight(app, PORTAL)) == {}
    finally:
        app.extensions["lers"].backend.engine.dispose()
