"""Default deny, and the document that tells what is open to whom."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from lers_web.app import create_app
from lers_web.config import Settings
from lers_web.http.guard import GATED_BLUEPRINTS, PUBLIC_ENDPOINTS
from lers_web.http.operation import declared_for
from lers_web.kernel.tokens import generate_key_dir

ROOT = Path(__file__).resolve().parents[2]
PUBLIC_OPERATIONS = {
    "identity.Login",
    "identity.RefreshToken",
    "identity.Logout",
    "identity.InvitationAccept",
}
"""Operations that work before anybody is known. Adding one is a decision about security: say why in an ADR."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    key_dir = tmp_path_factory.mktemp("keys")
    generate_key_dir(key_dir)
    settings = Settings(
        env="test",
        database_url="postgresql://nobody@127.0.0.1:1/none",
        redis_url="redis://127.0.0.1:1/0",
        evidence_key=bytes(range(32)),
        key_dir=key_dir,
    )
    return create_app(settings)


def rules(app: Flask) -> list[Any]:
    return [
        rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in PUBLIC_ENDPOINTS and not rule.endpoint.startswith(GATED_BLUEPRINTS)
    ]


def test_every_route_declares_who_may_use_it(app: Flask) -> None:
    undeclared = [
        f"{method} {rule.rule}"
        for rule in rules(app)
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
        if declared_for(app.view_functions[rule.endpoint], method) is None
    ]
    assert not undeclared


def test_only_the_listed_operations_are_public(app: Flask) -> None:
    public = {
        rule.endpoint
        for rule in rules(app)
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if (declared := declared_for(app.view_functions[rule.endpoint], method)) is not None and declared.public
    }
    assert public <= PUBLIC_OPERATIONS


def test_without_a_token_every_route_is_refused(app: Flask) -> None:
    client = app.test_client()
    open_routes = []
    for rule in rules(app):
        if rule.endpoint in PUBLIC_OPERATIONS:
            continue
        path = rule.rule
        for name in rule.arguments:
            path = path.replace(f"<int:{name}>", "1")
            for kind in ("uuid:", "string:", "path:", ""):
                path = path.replace(f"<{kind}{name}>", "019fa7a2-0000-7000-8000-000000000000")
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            answer = client.open(path, method=method, json={} if method in {"POST", "PUT", "PATCH"} else None)
            if answer.status_code != 401:
                open_routes.append(f"{method} {path}: {answer.status_code}")
    assert not open_routes


def test_the_dashboard_has_a_door(app: Flask) -> None:
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.startswith("rq_dashboard."):
            continue
        path = rule.rule
        for name in rule.arguments:
            kind = "1" if f"int:{name}" in path else "x"
            path = path.replace(f"<int:{name}>", kind).replace(f"<path:{name}>", kind).replace(f"<{name}>", kind)
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            answer = client.open(path, method=method)
            assert (answer.status_code, answer.headers.get("Location")) == (303, "/ops/login/"), f"{method} {path}"


def test_every_path_of_the_api_ends_with_a_slash(app: Flask) -> None:
    assert not [
        r.rule for r in rules(app) if r.rule.startswith("/api/v1/") and not r.rule.endswith(("/", "openapi.json"))
    ]


def test_the_committed_document_is_fresh(tmp_path: Path) -> None:
    """Write it with ``flask openapi write docs/openapi.json``."""
    made = tmp_path / "openapi.json"
    done = subprocess.run(
        [sys.executable, "-m", "flask", "openapi", "write", str(made)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads((ROOT / "docs/openapi.json").read_text()) == json.loads(made.read_text())


def test_every_operation_is_documented(app: Flask) -> None:
    document = json.loads((ROOT / "docs/openapi.json").read_text())
    assert document["openapi"].startswith("3.1")
    poor = []
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method == "parameters":
                continue
            where = f"{method.upper()} {path}"
            if not operation.get("summary"):
                poor.append(f"{where}: no summary")
            if "x-permission" not in operation:
                poor.append(f"{where}: no permission")
            if not any(int(code) >= 400 for code in operation["responses"]):
                poor.append(f"{where}: no error codes")
            body = operation.get("requestBody", {}).get("content", {}).get("application/json")
            if body is not None and not ({"example", "examples"} & set(body)):
                poor.append(f"{where}: no example")
    assert not poor


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/api/v1/lers/requests/not-an-id/start/", 404),
        ("GET", "/api/v1/lers/requests/not-an-id/", 404),
        ("DELETE", "/api/v1/lers/requests/", 405),
        ("GET", "/api/v1/auth/login/", 405),
        ("PUT", "/api/nothing", 404),
        ("POST", "/le/", 405),
    ],
)
def test_a_path_that_is_none_is_404_and_a_wrong_method_405(app: Flask, method: str, path: str, status: int) -> None:
    answer = app.test_client().open(path, method=method)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    if status == 405 and path.startswith("/api/"):
        assert "POST" in answer.headers["Allow"]


def test_the_public_list_names_routes_that_are_there(app: Flask) -> None:
    assert set(app.view_functions) >= PUBLIC_ENDPOINTS
