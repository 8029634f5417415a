"""The edge in front of LERS itself: web by the command of its image, twice, and a hub, told of one proxy in front."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
import socketio

from lers_web.standalone.environment import clean_environ
from lers_web.standalone.home import free_port
from lers_web.standalone.stack import ROOT
from tests.docker.edge import Edge, open_folder
from tests.docker.files import command_of
from tests.docker.hub_client import ask

START_SECONDS = 60.0
OFFICER = {"email": "io@cyber-mumbai.example", "password": "Lers-demo-2026!"}


class Behind:
    """The edge, and what runs behind it."""

    def __init__(self, edge: Edge, webs: list[subprocess.Popen[bytes]], web_ports: list[int], hub_port: int) -> None:
        self.edge, self.webs, self.web_ports, self.hub_port = edge, webs, web_ports, hub_port


@contextmanager
def started(arguments: list[str], environ: dict[str, str], port: int, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *arguments], cwd=ROOT, env=clean_environ(environ), stdout=output, stderr=output
        )
    try:
        deadline = time.monotonic() + START_SECONDS
        while not ready(port):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        process.wait(30)


def ready(port: int) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}/readyz", timeout=5).status_code == 200
    except requests.RequestException:
        return False


@pytest.fixture(scope="module")
def behind(live_system: Any) -> Iterator[Behind]:
    web_ports, hub_port = [free_port(), free_port()], free_port()
    with open_folder() as folder, open_folder() as logs, ExitStack() as stack:
        portals = folder / "portals"
        (portals / "le").mkdir(parents=True)
        (portals / "le" / "index.html").write_text("<h1>le</h1>")
        edge = Edge(folder, portals, web_ports, [hub_port])
        environ = {
            **live_system.environ,
            "LERS_BASE_URL": edge.origin,
            "LERS_HUB_URL": edge.origin,
            "LERS_CORS_ORIGINS": "",
            "LERS_TRUSTED_PROXIES": "1",
            "LERS_HUB_PORT": str(hub_port),
            "LERS_RATE_LIMIT_USER": "10000/minute",
            "LERS_RATE_LIMIT_LOGIN": "10000/minute",
            "GRANIAN_WORKERS": "1",
        }
        webs = []
        for number, port in enumerate(web_ports):
            command = [part.replace("0.0.0.0", "127.0.0.1").replace("8080", str(port)) for part in command_of("lers")]  # noqa: S104 - the image's own word
            webs.append(stack.enter_context(started(command[1:], environ, port, logs / f"web-{number}.log")))
        stack.enter_context(started(["-m", "lers_hub"], environ, hub_port, logs / "hub.log"))
        edge.start()
        stack.callback(edge.stop)
        yield Behind(edge, webs, web_ports, hub_port)


@pytest.fixture
def client(behind: Behind) -> Iterator[requests.Session]:
    with behind.edge.client() as session:
        yield session


@pytest.fixture
def token(behind: Behind, client: requests.Session) -> str:
    lie = {"X-Forwarded-For": "1.2.3.4"}
    answer = client.post(f"{behind.edge.origin}/api/v1/auth/login/", json=OFFICER, headers=lie, timeout=20)
    assert answer.status_code == 200, answer.text
    access: str = answer.json()["access_token"]
    client.headers["Authorization"] = f"Bearer {access}"
    return access


def test_the_officer_s_address_is_the_true_one(behind: Behind, client: requests.Session, token: str) -> None:
    sessions = client.get(f"{behind.edge.origin}/api/v1/auth/sessions/", timeout=10).json()["items"]
    assert [session["ip"] for session in sessions if session["current"]] == ["127.0.0.1"]


def test_every_header_of_the_api_s_answers_stands_once(behind: Behind, client: requests.Session, token: str) -> None:
    for path, status in (("/api/v1/auth/me/", 200), ("/api/v1/lers/requests/nothing/", 404), ("/api/v1/docs/", 200)):
        answer = client.get(behind.edge.origin + path, headers={"X-Request-ID": "through-the-edge"}, timeout=10)
        assert answer.status_code == status
        for name in ("Strict-Transport-Security", "Content-Security-Policy", "X-Content-Type-Options",
                     "X-Frame-Options", "Referrer-Policy", "X-Request-ID", "Cache-Control"):  # fmt: skip
            assert len(answer.raw.headers.getlist(name)) == 1, (path, name)
        assert answer.headers["X-Request-ID"] == "through-the-edge"


def test_a_websocket_reaches_the_hub(behind: Behind, token: str) -> None:
    origin = {"Origin": behind.edge.origin}
    answer = ask(behind.edge, "get_unread_count", {}, token=token, headers=origin)
    assert answer["ok"] is True
    assert answer["count"] >= 0


def test_another_site_s_page_cannot_open_one(behind: Behind, token: str) -> None:
    with pytest.raises(socketio.exceptions.ConnectionError):
        ask(behind.edge, "get_unread_count", {}, token=token, headers={"Origin": "https://evil.example"})


def test_metrics_are_for_the_inside(behind: Behind, client: requests.Session) -> None:
    assert client.get(f"{behind.edge.origin}/metrics", timeout=10).status_code == 404
    for port in (*behind.web_ports, behind.hub_port):
        assert requests.get(f"http://127.0.0.1:{port}/metrics", timeout=10).status_code == 200
        # Should an edge ever let it through, the process itself refuses what came by a proxy.
        proxied = requests.get(f"http://127.0.0.1:{port}/metrics", headers={"X-Forwarded-For": "1.2.3.4"}, timeout=10)
        assert proxied.status_code == 403


def test_a_deep_link_and_the_api_live_under_one_name(behind: Behind, client: requests.Session) -> None:
    assert client.get(f"{behind.edge.origin}/le/requests/1", timeout=10).text == "<h1>le</h1>"
    config = client.get(f"{behind.edge.origin}/api/v1/config/", timeout=10).json()
    assert config["hub_url"] == behind.edge.origin


def test_work_goes_on_when_one_web_dies(behind: Behind, client: requests.Session, token: str) -> None:
    behind.webs[0].kill()
    behind.webs[0].wait(10)
    statuses = [client.get(f"{behind.edge.origin}/api/v1/auth/me/", timeout=20).status_code for _ in range(10)]
    assert statuses == [200] * 10
