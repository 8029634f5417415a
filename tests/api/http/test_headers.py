"""The headers that stand on every answer of every route, whatever it answers."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from lers_web.app import create_app
from lers_web.config import Settings
from lers_web.http.security_headers import CSP_API
from tests.factories.callers import Callers, callers_of
from tests.factories.cast import cast_in

NOBODY = "019fa7a2-0000-7000-8000-00000000dead"
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}
OWN_POLICY = ("/api/v1/docs/",)
VARIABLE = re.compile(r"<(?:(?P<kind>\w+)(?:\([^)]*\))?:)?\w+>")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


@pytest.fixture(scope="module")
def people(module_database: Settings) -> Iterator[Callers]:
    """The application as in production, whose small allowance each test spends from an address of its own."""
    settings = dataclasses.replace(
        module_database, env="production", admin_database_url="", base_url="https://lers.example",
        hub_url="https://lers.example",
        clamd_socket=module_database.clamd_socket or "/run/clamd", scan_required=True, argon2_memory_kib=47_104,
        cors_origins=(), mfa_required=True,
    )  # fmt: skip
    with cast_in(module_database) as cast, callers_of(cast) as callers:
        app = create_app(settings)
        yield Callers(app, cast, callers.tokens)
        app.extensions["lers"].backend.engine.dispose()


def path_of(rule: Rule) -> str:
    """Fill a rule in with ids of nothing."""
    return VARIABLE.sub(lambda found: {"uuid": NOBODY, "int": "1"}.get(found["kind"] or "", "x"), rule.rule)


def lacking(path: str, answer: TestResponse) -> list[str]:
    """Return what an answer should say and does not."""
    told = answer.headers
    missing = [name for name, value in EVERYWHERE.items() if told.get(name) != value]
    policy = told.get("Content-Security-Policy", "")
    if "default-src" not in policy or "frame-ancestors 'none'" not in policy:
        missing.append(f"Content-Security-Policy: {policy}")
    if "camera=()" not in told.get("Permissions-Policy", ""):
        missing.append("Permissions-Policy")
    if not told.get("X-Request-ID"):
        missing.append("X-Request-ID")
    if path.startswith("/api/") and not path.startswith(OWN_POLICY):
        missing += [] if policy == CSP_API else [f"an API's Content-Security-Policy: {policy}"]
        missing += [] if "no-store" in told.get("Cache-Control", "") else ["Cache-Control"]
    return missing


def call(app: Flask, method: str, path: str, **kwargs: object) -> TestResponse:
    answer = app.test_client().open(path, method=method, **kwargs)  # type: ignore[arg-type]
    answer.get_data()
    answer.close()  # a page of the portals is a file
    return answer


def test_every_route_says_them_with_every_method(people: Callers) -> None:
    found = {}
    seen = set()
    for rule in people.app.url_map.iter_rules():
        path = path_of(rule)
        for method in METHODS:
            answer = call(people.app, method, path)
            seen.add(answer.status_code)
            missing = lacking(path, answer)
            if missing:
                found[f"{method} {path} ({answer.status_code})"] = missing
    assert found == {}
    assert {200, 401, 405} <= seen


def test_so_do_answers_to_people(people: Callers) -> None:
    found = {}
    for rule in people.app.url_map.iter_rules():
        path = path_of(rule)
        if path.startswith("/api/v1/") and rule.methods and "GET" in rule.methods:
            answer = people.call("io", "GET", path.removeprefix("/api/v1"))
            if missing := lacking(path, answer):
                found[f"{path} ({answer.status_code})"] = missing
    assert found == {}


@pytest.mark.parametrize("path", ["/api/v1/nowhere/", "/api/nowhere", "/nowhere", "/le/nowhere", "/api/v1/config"])
def test_so_does_a_path_that_leads_nowhere(people: Callers, path: str) -> None:
    answer = call(people.app, "GET", path)
    assert answer.status_code in {200, 301, 302, 308, 404}
    assert lacking(path, answer) == []


def test_so_do_a_body_that_is_too_large_and_one_that_cannot_be_read(people: Callers) -> None:
    path = "/api/v1/auth/login/"
    for body, kind, status in (
        (b'{"email": "' + b"x" * 20_000_000 + b'"}', "application/json", 413),
        (b"{", "application/json", 400),
        (b"{}", "text/plain", 415),
        (b"{}", "application/json", 422),
    ):
        answer = call(people.app, "POST", path, data=body, content_type=kind)
        assert (answer.status_code, lacking(path, answer)) == (status, [])


def test_so_does_who_comes_too_often(people: Callers) -> None:
    body = {"email": "nobody@lers.example", "password": "Words-enough-7"}
    path, before = "/api/v1/auth/login/", people.app.config["LERS_SETTINGS"]
    people.app.config["LERS_SETTINGS"] = dataclasses.replace(before, rate_limit_login="1/hour")
    try:
        answers = [
            call(people.app, "POST", path, json=body, environ_overrides={"REMOTE_ADDR": "198.51.100.9"})
            for _ in range(3)
        ]
    finally:
        people.app.config["LERS_SETTINGS"] = before
    assert answers[-1].status_code == 429
    assert lacking(path, answers[-1]) == []


def test_so_does_what_goes_wrong_on_our_side(people: Callers) -> None:
    with people.cast.superuser() as connection:
        connection.execute("REVOKE EXECUTE ON FUNCTION app.login_lookup(text) FROM lers_app")
    path = "/api/v1/auth/login/"
    answer = call(people.app, "POST", path, json={"email": "a@b.example", "password": "Words-enough-7"})
    assert (answer.status_code, lacking(path, answer)) == (500, [])
