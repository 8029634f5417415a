"""The permission matrix as a file: sound, the only source of rights, and what the page for auditors says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from lers_web.http import guard
from lers_web.http.operation import Operation, in_matrix, name_of, operation
from lers_web.kernel.errors import Forbidden
from lers_web.kernel.matrix import as_markdown, read_matrix
from lers_web.kernel.permissions import ROLE_PERMISSIONS, Permission, Role, load_matrix

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_for_auditors_is_fresh(tmp_path: Path) -> None:
    """Write it with ``flask permissions write docs/permissions.md``."""
    made = tmp_path / "permissions.md"
    done = subprocess.run(
        [sys.executable, "-m", "flask", "permissions", "write", str(made)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (ROOT / "docs/permissions.md").read_text() == made.read_text() == as_markdown(read_matrix())


def test_a_page_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "flask", "permissions", "write", str(tmp_path / "none" / "permissions.md")],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 1
    assert "cannot be written" in done.stderr


def test_every_permission_is_given_to_somebody() -> None:
    given = set().union(*ROLE_PERMISSIONS.values(), load_matrix()["tenant_admin"]["adds"])
    assert given == set(Permission)


def test_jobs_change_nothing_by_permission() -> None:
    assert not [each for each in ROLE_PERMISSIONS[Role.SYSTEM] if not each.endswith(":read")]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"objects": {"file": {"cases": {"own": "x"}, "sees": {"IO": ["mine"]}}}}, "no case mine"),
        ({"objects": {"file": {"cases": {"own": "x"}, "sees": {"CLERK": ["own"]}}}}, "nobody is called CLERK"),
        ({"operations": {"GET /x/": {"permission": "signed-in", "object": "moon"}}}, "no object moon"),
        (
            {
                "objects": {"file": {"cases": {"own": "x"}, "sees": {"IO": ["own"]}}},
                "operations": {"GET /x/": {"permission": "signed-in", "object": "file", "acts": "keeper"}},
            },
            "no acts.keeper",
        ),
    ],
)
def test_a_matrix_that_names_what_is_not_there_is_refused(change: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        read_matrix({"objects": {}, "operations": {}, **change})


def test_rules_of_flask_are_named_as_the_document_does() -> None:
    assert name_of("HEAD", "/a/<uuid:item_id>/versions/<int:number>/<x>/") == "GET /a/{item_id}/versions/{number}/{x}/"


@pytest.mark.parametrize(
    ("method", "permission", "public", "open_to_some"),
    [
        ("GET", Permission.USER_READ, False, True),
        ("HEAD", Permission.USER_READ, False, True),
        ("GET", Permission.REQUEST_READ, False, False),  # the declaration is another one
        ("GET", None, False, False),
        ("GET", None, True, False),
        ("PUT", Permission.USER_READ, False, False),  # there is no such row
    ],
)
def test_a_declaration_must_be_that_of_the_matrix(
    method: str, permission: Permission | None, public: bool, open_to_some: bool
) -> None:
    declared = Operation("x", permission, public, step_up=False, idempotent=False)
    assert in_matrix(declared, method, "/api/v1/users/") is open_to_some


def test_an_operation_that_is_not_in_the_matrix_is_refused(caplog: pytest.LogCaptureFixture) -> None:
    app = Flask(__name__)
    app.add_url_rule("/api/v1/surprise/", view_func=operation("Surprise", public=True)(lambda: "come in"))
    app.before_request(guard.check)
    app.register_error_handler(Forbidden, lambda _: ("refused", 403))
    app.register_error_handler(HTTPException, lambda error: (error.name, error.code or 500))
    answer = app.test_client().get("/api/v1/surprise/")
    assert (answer.status_code, answer.text) == (403, "refused")
    assert "GET /api/v1/surprise/ is not in lers_web/permissions.toml" in caplog.text
