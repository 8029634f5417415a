"""Schemathesis against the running system, as one person of each role: whatever is sent, nothing breaks."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import temporary_home
from tests.e2e.people import Person
from tests.launched import ROOT, Launched

CHECKS = "not_a_server_error,content_type_conformance,status_code_conformance,response_schema_conformance,ignored_auth"
GENEROUS = {"LERS_RATE_LIMIT_USER": "100000/minute"}
PEOPLE = ("io@cid-bengaluru.example", "nodal@chatter-social.example", "sp@cid-bengaluru.example", "admin2@lers.example")
# Not with the session that the run itself uses: these end it, or lock its account.
LEFT_OUT = r"/auth/(login|logout|step-up|sessions|password|token|invitations)"
SECONDS = {"io@cid-bengaluru.example": "75", "nodal@chatter-social.example": "45"}


@pytest.fixture(scope="module")
def system() -> Iterator[Launched]:
    """A system of its own: what an administrator sends at random leaves no demo data as it was."""
    with temporary_home() as home, Launched(Path(home), environ=GENEROUS) as running:
        yield running.start()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("email", PEOPLE)
def test_nothing_breaks(system: Launched, email: str, tmp_path: Path) -> None:
    person = Person(system.base_url, email)
    done = subprocess.run(
        [
            str(Path(sys.executable).with_name("schemathesis")), "run", f"{person.base}/openapi.json",
            "--checks", CHECKS,
            "--exclude-path-regex", LEFT_OUT,
            "--header", f"Authorization:Bearer {person.token}",
            "--phases", "examples,coverage,fuzzing", "--max-examples", "12", "--max-time", SECONDS.get(email, "25"),
            "--seed", "20261124", "--no-shrink", "--continue-on-failure", "--suppress-health-check", "all",
            "--request-timeout", "30", "--report", "junit", "--report-dir", str(tmp_path),
        ],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=550,
    )  # fmt: skip
    assert done.returncode == 0, (done.stdout[-12_000:], done.stderr[-2000:])
    assert person.get("/auth/me/")["email"] == email  # the session outlived the run: its requests were let in
