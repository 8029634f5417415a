"""The containers' health checks, beside the real processes: well while they run, unwell before and after."""

from __future__ import annotations

import importlib.util
import socket
import time
from collections.abc import Callable, Mapping
from types import ModuleType

import pytest

from lers_web.config import Settings
from lers_web.standalone.home import free_port
from tests.docker.files import DOCKER, run_script
from tests.jobs.conftest import environ_of
from tests.jobs.processes import running

WHAT = {
    "worker": (["-m", "lers_jobs"], "the worker is not in the queue's register"),
    "scheduler": (["-m", "lers_jobs.schedule"], "no scheduler is registered"),
    "relay": (["-m", "lers_jobs.relay"], "the relay does not listen"),
}

Check = Callable[..., tuple[int, str]]


@pytest.fixture
def environ(database: Settings) -> dict[str, str]:
    """A database of this test's own, and a database of Redis that no other test's workers register in."""
    base = environ_of(database)
    return {**base, "LERS_REDIS_URL": base["LERS_REDIS_URL"].rpartition("/")[0] + "/11"}


@pytest.fixture(scope="module")
def health() -> ModuleType:
    """The script as a module: started as a program for each question, the tests would only wait for Python."""
    spec = importlib.util.spec_from_file_location("container_health", DOCKER / "app" / "health.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def check(health: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Check:
    def ask(name: str, environ: Mapping[str, str], *arguments: str) -> tuple[int, str]:
        with monkeypatch.context() as patch:
            for variable, value in environ.items():
                patch.setenv(variable, value)
            status = health.main([name, *arguments])
        return status, capsys.readouterr().err

    return ask


@pytest.mark.parametrize("name", WHAT)
def test_a_process_is_well_while_it_runs(name: str, environ: dict[str, str], check: Check) -> None:
    arguments, complaint = WHAT[name]
    status, said = check(name, environ)
    assert status == 1
    assert complaint in said
    with running(arguments, environ, until="\n") as process:
        deadline = time.monotonic() + 20
        while (last := check(name, environ)) != (0, ""):
            assert time.monotonic() < deadline, last
        assert process.stop() == 0
    status, said = check(name, environ)
    assert status == 1
    assert complaint in said


def test_the_hub_is_well_when_it_is_ready(environ: dict[str, str], check: Check) -> None:
    environ = {**environ, "LERS_HUB_PORT": str(free_port())}
    status, said = check("hub", environ)
    assert status == 1
    assert "ConnectionRefusedError" in said
    with running(["-m", "lers_hub"], environ, until="\n"):
        deadline = time.monotonic() + 20
        while (last := check("hub", environ)) != (0, ""):
            assert time.monotonic() < deadline, last


def test_what_cannot_be_reached_is_a_complaint_and_no_crash(environ: dict[str, str], check: Check) -> None:
    away = {
        **environ,
        "LERS_REDIS_URL": "redis://127.0.0.1:9/0",
        "LERS_WORKER_DATABASE_URL": "postgresql://lers_worker@127.0.0.1:9/lers",
    }
    for name in WHAT:
        status, said = check(name, away)
        assert status == 1
        assert said.startswith(f"{name}: ")
        assert "Traceback" not in said
    status, said = check("web", environ, str(free_port()))
    assert (status, "refused" in said) == (1, True)
    status, said = check("worker", {**environ, "LERS_ENV": "imaginary"})
    assert status == 1
    assert "LERS_ENV must be one of" in said


def test_a_port_where_somebody_accepts_and_says_nothing_is_not_well(environ: dict[str, str], check: Check) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        status, said = check("web", environ, str(mute.getsockname()[1]))
    assert status == 1
    assert "TimeoutError" in said


@pytest.mark.parametrize("arguments", [[], ["imaginary"], ["web", "x"], ["web", "1", "2"]])
def test_another_question_is_a_usage_error(
    arguments: list[str], health: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert health.main(arguments) == 2
    assert capsys.readouterr().err.startswith("usage: ")


def test_it_runs_as_a_program(environ: dict[str, str]) -> None:
    done = run_script("health.py", environ, "web", str(free_port()))
    assert done.returncode == 1
    assert done.stderr.startswith("web: ConnectionRefusedError")
