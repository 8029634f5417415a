"""The run as a user meets it: start, restart, Ctrl-C, kill -9, two of them, ports in use."""

from __future__ import annotations

import signal
import smtplib
import socket
import stat
import subprocess
import time
from email.message import EmailMessage
from io import BytesIO
from mailbox import Maildir
from pathlib import Path

import psutil
import psycopg
import pytest
import redis
import urllib3
from minio import Minio

from lers_web.config import Settings
from lers_web.kernel.scan import ClamdScanner, Verdict
from lers_web.standalone.clamav import EICAR, MARKER
from lers_web.standalone.home import Home, free_port
from tests.launched import Launched, processes_of

INNER = ("postgresql", "valkey", "seaweedfs", "mailsink", "clamd")


def object_store(settings: Settings) -> Minio:
    pool = urllib3.PoolManager(timeout=20, retries=False)  # a failure is to be seen, not retried for minutes
    return Minio(
        settings.s3_endpoint,
        http_client=pool,
        access_key=settings.s3_access_key,
        secret_key=settings.s3_secret_key,
        secure=False,
        region=settings.s3_region,
    )


def put_something_everywhere(settings: Settings) -> None:
    with psycopg.connect(settings.admin_database_url, autocommit=True) as admin:
        admin.execute("CREATE TABLE kept (word text)")
        admin.execute("INSERT INTO kept VALUES ('kept')")
    with redis.Redis.from_url(settings.redis_url) as queue:
        queue.set("kept", "kept")
        queue.waitaof(1, 0, 5000)
    object_store(settings).put_object(settings.s3_bucket, "kept", BytesIO(b"kept"), 4)
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "kept", "a@lers.example", "b@lers.example"
    with smtplib.SMTP(settings.smtp_host, settings.smtp_port) as smtp:
        smtp.send_message(mail)


def assert_everything_is_there(settings: Settings) -> None:
    with psycopg.connect(settings.admin_database_url) as admin:
        assert admin.execute("SELECT word FROM kept").fetchall() == [("kept",)]
    with redis.Redis.from_url(settings.redis_url) as queue:
        assert queue.get("kept") == b"kept"
    answer = object_store(settings).get_object(settings.s3_bucket, "kept")
    assert answer.read() == b"kept"
    answer.close()
    assert settings.mail_dir is not None
    box = Maildir(settings.mail_dir, create=False)
    assert [box[key]["Subject"] for key in box.keys()] == ["kept"]  # noqa: SIM118 - a Maildir is no dict


def test_a_restart_keeps_data_and_settings(home_path: Path) -> None:
    with Launched(home_path, "--servers-only") as launched:
        launched.start()
        before = launched.environ
        put_something_everywhere(launched.settings)
        assert launched.stop() == 0
        launched.start()
        assert launched.environ == before
        assert_everything_is_there(launched.settings)


def test_data_survives_the_death_of_the_whole_run(home_path: Path) -> None:
    with Launched(home_path, "--servers-only") as launched:
        launched.start()
        put_something_everywhere(launched.settings)
        pids = list(launched.pids().values())
        assert len(pids) >= len(INNER) - 1
        launched.stop(signal.SIGKILL)
        launched.start()
        assert set(launched.pids().values()).isdisjoint(pids)
        assert_everything_is_there(launched.settings)


@pytest.mark.parametrize("name", INNER)
def test_a_killed_server_is_started_again(inner: Launched, name: str) -> None:
    if name not in inner.pids():
        pytest.skip("no clamd can be had on this machine, which the run has said")
    printed = len(inner.output)
    title = {"postgresql": "PostgreSQL", "valkey": "Valkey", "seaweedfs": "SeaweedFS", "clamd": "ClamAV"}.get(name)
    psutil.Process(inner.pids()[name]).kill()
    inner.wait_for(f"{title or 'Mail sink'} ended (killed by SIGKILL): starting it again", 30, since=printed)
    inner.wait_for(f"{title or 'Mail sink'} is up again", 60, since=printed)
    settings = inner.settings
    with psycopg.connect(settings.database_url), redis.Redis.from_url(settings.redis_url) as queue:
        assert queue.ping()
    assert object_store(settings).bucket_exists(settings.s3_bucket)
    with smtplib.SMTP(settings.smtp_host, settings.smtp_port) as smtp:
        assert smtp.noop()[0] == 250
    if settings.clamd_socket:
        assert ClamdScanner(settings.clamd_socket).ping()


def test_the_scanner_finds_the_test_signatures(inner: Launched) -> None:
    if not inner.settings.clamd_socket:
        pytest.skip("no clamd can be had on this machine, which the run has said")
    scanner = ClamdScanner(inner.settings.clamd_socket)
    assert scanner.scan(BytesIO(EICAR)).verdict is Verdict.INFECTED
    assert scanner.scan(BytesIO(b"a letter, then " + MARKER)).verdict is Verdict.INFECTED
    assert scanner.scan(BytesIO(b"an honest letter")).verdict is Verdict.CLEAN
    late = BytesIO(b"\x00" * 50_000_000 + MARKER)  # Debian's defaults would let this one through
    assert scanner.scan(late).verdict is Verdict.INFECTED


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_leaves_no_process(home_path: Path, number: int) -> None:
    with Launched(home_path, "--servers-only") as launched:
        launched.start()
        began = time.monotonic()
        pids = list(launched.pids().values())
        assert launched.stop(number) == 0
        assert time.monotonic() - began < 12
        assert processes_of(home_path, pids) == []
        assert launched.pids() == {}


def test_a_stop_in_the_middle_of_the_start_leaves_no_process(home_path: Path) -> None:
    with Launched(home_path, "--servers-only") as launched:
        launched.launch()
        launched.wait_for(" s\n")  # the first step is done, the others are under way
        assert launched.stop(signal.SIGINT) == 0
        assert processes_of(home_path) == []
        launched.start()  # and what was begun is no obstacle


def test_a_second_runner_of_a_home_is_refused(inner: Launched) -> None:
    with Launched(inner.home, "--servers-only") as second:
        second.launch()
        assert second.wait() == 1
        assert "another LERS already runs in" in second.output
        assert f"process {inner.process.pid}" in second.output if inner.process else False
        assert "LERS_HOME=" in second.output
    with psycopg.connect(inner.settings.database_url):
        pass  # the first one was not touched


def test_two_homes_run_side_by_side(inner: Launched, home_path: Path) -> None:
    with Launched(home_path, "--servers-only") as other:
        other.start()
        assert other.settings.database_url != inner.settings.database_url
        with psycopg.connect(inner.settings.database_url), psycopg.connect(other.settings.database_url):
            pass


@pytest.mark.parametrize("name", ["LERS_PORT", "LERS_HUB_PORT"])
def test_a_port_in_use_is_told_before_anything_is_started(home_path: Path, name: str) -> None:
    port = free_port()
    with socket.create_server(("127.0.0.1", port)), Launched(home_path, environ={name: str(port)}) as launched:
        launched.launch()
        assert launched.wait() == 1
        assert f"port {port} on 127.0.0.1 is in use" in launched.output
        assert f"{name}=<number>" in launched.output
        assert not (home_path / "data" / "postgresql").exists()


def test_a_server_that_cannot_start_is_explained_and_the_rest_is_stopped(home_path: Path, home: Home) -> None:
    (home.server_dir("postgresql") / "cluster").mkdir()
    (home.server_dir("postgresql") / "cluster" / "PG_VERSION").write_text("9\n")
    home.unlock()
    with Launched(home_path, "--servers-only") as launched:
        launched.launch()
        assert launched.wait(60) == 1
        assert "was made by PostgreSQL 9" in launched.output
        assert "pg_dump" in launched.output
        assert processes_of(home_path) == []


def test_the_settings_are_private_and_a_shell_can_load_them(inner: Launched) -> None:
    path = inner.home / "standalone.env"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    printed = subprocess.run(
        ["sh", "-c", 'set -a; . "$0"; env -0', path], capture_output=True, text=True, check=True, env={}
    ).stdout
    loaded = dict(line.split("=", 1) for line in printed.split("\0") if line)
    assert {name: loaded[name] for name in inner.environ} == inner.environ
    assert Settings.from_env(loaded) == inner.settings


def test_every_secret_of_a_home_is_closed_to_others(inner: Launched) -> None:
    assert inner.home.stat().st_mode & 0o067 == 0
    for path in inner.home.rglob("*"):
        if path.is_file() and not path.is_symlink():
            inside_closed = any(p.stat().st_mode & 0o077 == 0 for p in path.parents if inner.home in p.parents)
            assert inside_closed or path.stat().st_mode & 0o077 == 0, path


def test_without_a_scanner_it_says_so_and_starts(home_path: Path) -> None:
    with Launched(home_path, "--servers-only", environ={"LERS_SCANNER": "false"}) as launched:
        launched.start()
        assert "WARNING: NO VIRUS SCANNER" in launched.output
        assert launched.environ["LERS_SCAN_REQUIRED"] == "false"
        assert "LERS_CLAMD_SOCKET" not in launched.environ
        assert "clamd" not in launched.pids()


def test_a_home_may_have_blanks_and_quotes_and_a_long_path(home_path: Path) -> None:
    strange = home_path / ('it\'s a "long" way ' + "d" * 60) / ("e" * 60) / "home"
    strange.parent.mkdir(parents=True)
    for directory in (home_path, *home_path.rglob("*")):
        directory.chmod(0o711)
    with Launched(strange, "--servers-only") as launched:
        launched.start()
        assert Path(launched.environ["LERS_HOME"]) == strange
        if launched.settings.clamd_socket:
            assert ClamdScanner(launched.settings.clamd_socket).scan(BytesIO(EICAR)).verdict is Verdict.INFECTED
        loaded = subprocess.run(
            ["sh", "-c", '. "$0"; printf %s "$LERS_HOME"', strange / "standalone.env"],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert loaded.stdout == str(strange)


def test_the_callers_own_settings_reach_the_system(home_path: Path) -> None:
    chosen = {"LERS_RATE_LIMIT_USER": "7/minute", "LERS_DATABASE_URL": "postgresql://of.another.home/lers"}
    with Launched(home_path, "--servers-only", environ=chosen) as launched:
        launched.start()
        assert launched.settings.rate_limit_user == "7/minute"
        assert "of.another.home" not in launched.settings.database_url


def test_the_object_store_has_no_side_door(inner: Launched) -> None:
    settings = inner.settings
    object_store(settings).put_object(settings.s3_bucket, "closed", BytesIO(b"closed"), 6)
    stranger = Minio(settings.s3_endpoint, access_key="AKIA", secret_key="wrong", secure=False, region="us-east-1")
    with pytest.raises(Exception, match=r"InvalidAccessKeyId|AccessDenied|SignatureDoesNotMatch"):
        stranger.get_object(settings.s3_bucket, "closed")
    state = Home(inner.home)
    state._load()
    for part in ("filer", "volume", "master", "admin"):
        for suffix in ("", "-grpc"):
            assert b"closed" not in knock(state._state[f"port:seaweedfs-{part}{suffix}"], settings.s3_bucket)


def knock(port: int, bucket: str) -> bytes:
    """Return what a stranger on this machine gets from an inner port for the object, if anything answers at all."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as link:
            link.sendall(f"GET /buckets/{bucket}/closed HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
            return b"".join(iter(lambda: link.recv(65536), b""))
    except OSError:
        return b""
