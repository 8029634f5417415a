"""The edge with the real nginx in front of small servers: what gets in, what is said of it, and what is refused."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import socketio

from lers_web.http import errors
from lers_web.http.security_headers import CSP_API, CSP_PORTAL
from lers_web.standalone.environment import clean_environ
from tests.docker.edge import HOST, Edge, open_folder, program, render, running
from tests.docker.files import ANSWERS, DOCKER, compose, environment_of, read_env
from tests.docker.hub_client import ask
from tests.docker.upstreams import OWN_CSP, SocketUpstream, Upstream

ONCE = (
    "Strict-Transport-Security", "Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options",
    "Referrer-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy",
    "Cache-Control", "X-Request-ID",
)  # fmt: skip
FILE = "/api/v1/lers/files/0197c1a5-7a00-7000-8000-000000000001/content/"
MIB = 1024 * 1024


@pytest.fixture(scope="module")
def portals() -> Iterator[Path]:
    with open_folder() as folder:
        write_portals(folder)
        yield folder


def write_portals(folder: Path) -> None:
    for name, text in {
        "index.html": "<h1>choose</h1>",
        "le/index.html": "<h1>le</h1>",
        "provider/index.html": "<h1>provider</h1>",
        "assets/app-1a2b3c.js": "export const x = 1;\n" * 200,
        "le/boot.js": "1",
        ".sources": "hash",
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)


@pytest.fixture(scope="module")
def webs() -> Iterator[list[Upstream]]:
    both = [Upstream("web-1").start(), Upstream("web-2").start()]
    yield both
    for each in both:
        each.close()


@pytest.fixture(scope="module")
def hubs() -> Iterator[list[Upstream]]:
    both = [SocketUpstream("hub-1").start(), SocketUpstream("hub-2").start()]
    yield both
    for each in both:
        each.close()


@pytest.fixture(scope="module")
def edge(portals: Path, webs: list[Upstream], hubs: list[Upstream]) -> Iterator[Edge]:
    with running(portals, [w.port for w in webs], [h.port for h in hubs], EDGE_LOGIN_RATE="600r/m") as edge:
        yield edge


@pytest.fixture
def client(edge: Edge) -> Iterator[requests.Session]:
    with edge.client() as session:
        yield session


def seen(answer: requests.Response) -> dict[str, list[str]]:
    """What the upstream was sent: every value of each header."""
    found: dict[str, list[str]] = {}
    for name, value in answer.json()["headers"]:
        found.setdefault(name, []).append(value)
    return found


# --- TLS and names ---------------------------------------------------------------------------------------------------


def test_tls_1_3_is_spoken_and_nothing_older(edge: Edge) -> None:
    with socket.create_connection((HOST, edge.port)) as raw, edge.trust().wrap_socket(raw, server_hostname=HOST) as tls:
        assert tls.version() == "TLSv1.3"
    old = edge.trust()
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    with socket.create_connection((HOST, edge.port)) as raw, pytest.raises(ssl.SSLError, match=r"(?i)protocol|version"):
        old.wrap_socket(raw, server_hostname=HOST)


def test_http_2_is_offered(edge: Edge) -> None:
    context = edge.trust()
    context.set_alpn_protocols(["h2", "http/1.1"])
    with socket.create_connection((HOST, edge.port)) as raw, context.wrap_socket(raw, server_hostname=HOST) as tls:
        assert tls.selected_alpn_protocol() == "h2"


def test_plain_http_is_sent_to_https_with_its_path_and_method(edge: Edge) -> None:
    url = f"http://127.0.0.1:{edge.http_port}/le/requests?status=DRAFT"
    for host in (HOST, "evil.example"):
        answer = requests.post(url, headers={"Host": host}, allow_redirects=False, timeout=5)
        assert answer.status_code == 308
        assert answer.headers["Location"] == f"{edge.origin}/le/requests?status=DRAFT"


def test_plain_http_on_the_tls_port_is_sent_to_https(edge: Edge) -> None:
    answer = requests.get(f"http://{HOST}:{edge.port}/le/", allow_redirects=False, timeout=5)
    assert (answer.status_code, answer.headers["Location"]) == (308, f"{edge.origin}/le/")


def test_a_handshake_for_another_name_is_refused(edge: Edge) -> None:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection((HOST, edge.port)) as raw, pytest.raises(ssl.SSLError, match=r"(?i)unrecognized"):
        context.wrap_socket(raw, server_hostname="evil.example")


def test_another_host_header_inside_our_tls_reaches_nobody(edge: Edge, webs: list[Upstream]) -> None:
    before = sum(len(web.asked) for web in webs)
    connection = http.client.HTTPSConnection(HOST, edge.port, context=edge.trust(), timeout=5)
    connection.request("GET", "/api/v1/config/", headers={"Host": "evil.example"})
    assert connection.getresponse().status == 421
    connection.close()
    assert sum(len(web.asked) for web in webs) == before


# --- headers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200), ("/le/", 200), ("/le/requests/1/chat", 200), ("/assets/app-1a2b3c.js", 200),
        ("/api/v1/config/", 200), ("/api/v1/docs/", 200), ("/healthz", 200), ("/ops/rq/", 200), ("/nowhere", 404),
        ("/metrics", 404), ("/le", 308), ("/socket.io/?EIO=4&transport=polling", 200),
    ],
)  # fmt: skip
def test_every_answer_carries_each_header_once(edge: Edge, path: str, status: int) -> None:
    connection = http.client.HTTPSConnection(HOST, edge.port, context=edge.trust(), timeout=5)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status == status
    given = {name: answer.msg.get_all(name) or [] for name in ONCE}
    assert {name: len(values) for name, values in given.items()} == dict.fromkeys(ONCE, 1), given
    assert answer.msg["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert answer.msg["Server"] == "nginx"  # and no version


def test_web_s_own_headers_win(edge: Edge, client: requests.Session) -> None:
    answer = client.get(f"{edge.origin}/api/v1/docs/", timeout=5)
    assert answer.headers["Content-Security-Policy"] == OWN_CSP
    assert answer.headers["Cache-Control"] == "max-age=60"


def test_the_content_security_policies_are_those_of_web(edge: Edge, client: requests.Session) -> None:
    portal = CSP_PORTAL.format(hub=f"{edge.origin} wss://{HOST}")
    for path in ("/", "/le/", "/provider/requests", "/assets/app-1a2b3c.js"):
        assert client.get(edge.origin + path, timeout=5).headers["Content-Security-Policy"] == portal, path
    assert client.get(f"{edge.origin}/api/v1/x/", timeout=5).headers["Content-Security-Policy"] == CSP_API


def test_built_files_are_kept_for_a_year_and_pages_and_failures_are_not(edge: Edge, client: requests.Session) -> None:
    def cache(path: str) -> str:
        return client.get(edge.origin + path, timeout=5).headers["Cache-Control"]

    assert cache("/assets/app-1a2b3c.js") == "public, max-age=31536000, immutable"
    assert cache("/le/") == cache("/le/boot.js") == "no-cache"
    assert cache("/assets/gone.js") == cache("/api/v1/config/") == "no-store"


def test_scripts_are_compressed_and_the_api_s_answers_are_not(edge: Edge, client: requests.Session) -> None:
    script = client.get(f"{edge.origin}/assets/app-1a2b3c.js", timeout=5)
    assert script.headers["Content-Encoding"] == "gzip"
    assert script.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert "Content-Encoding" not in client.get(f"{edge.origin}/api/v1/config/", timeout=5).headers


# --- what the upstream is told ---------------------------------------------------------------------------------------


def test_what_a_caller_says_of_its_origin_is_replaced(edge: Edge, client: requests.Session) -> None:
    lies = {
        "X-Forwarded-For": "1.2.3.4, 5.6.7.8",
        "X-Real-IP": "1.2.3.4",
        "X-Forwarded-Proto": "http",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Port": "1",
        "X-Forwarded-Prefix": "/evil",
        "X-Forwarded-Server": "evil.example",
        "Forwarded": "for=1.2.3.4",
        "Proxy": "http://evil.example",
    }
    told = seen(client.get(f"{edge.origin}/api/v1/auth/me/", headers=lies, timeout=5))
    assert told["x-forwarded-for"] == ["127.0.0.1"]
    assert told["x-real-ip"] == ["127.0.0.1"]
    assert told["x-forwarded-proto"] == ["https"]
    assert told["x-forwarded-host"] == told["host"] == [HOST]
    for name in ("x-forwarded-port", "x-forwarded-prefix", "x-forwarded-server", "forwarded", "proxy"):
        assert name not in told


@pytest.mark.parametrize("path", ["/api/v1/config/", FILE, "/api/v1/auth/login/", "/ops/mail/", "/readyz"])
def test_each_way_to_web_carries_the_same_words(edge: Edge, client: requests.Session, path: str) -> None:
    told = seen(client.get(edge.origin + path, headers={"X-Forwarded-For": "1.2.3.4"}, timeout=5))
    assert (told["x-forwarded-for"], told["x-forwarded-proto"]) == (["127.0.0.1"], ["https"])
    assert "connection" not in told or told["connection"] != ["upgrade"]


def test_a_good_request_id_goes_through_and_a_bad_one_is_replaced(edge: Edge, client: requests.Session) -> None:
    good = client.get(f"{edge.origin}/api/v1/x/", headers={"X-Request-ID": "case-42:retry/1"}, timeout=5)
    assert seen(good)["x-request-id"] == ["case-42:retry/1"] == [good.headers["X-Request-ID"]]
    for bad in ('"},"a":"b', "x" * 129, "two words", "back\\slash"):
        answer = client.get(f"{edge.origin}/api/v1/x/", headers={"X-Request-ID": bad}, timeout=5)
        (told,) = seen(answer)["x-request-id"]
        assert told == answer.headers["X-Request-ID"] != bad
        assert len(told) == 32


def test_an_upgrade_to_anything_but_the_hub_s_websocket_is_not_passed_on(edge: Edge, client: requests.Session) -> None:
    for upgrade in ("h2c", "websocket"):
        asked = {"Upgrade": upgrade, "Connection": "Upgrade, HTTP2-Settings", "HTTP2-Settings": "AAMAAABkAAQAoAAA"}
        told = seen(client.get(f"{edge.origin}/api/v1/x/", headers=asked, timeout=5))
        assert "upgrade" not in told
        assert "upgrade" not in " ".join(told.get("connection", [])).lower()


def test_a_path_arrives_as_it_was_sent(edge: Edge, client: requests.Session) -> None:
    path = "/api/v1/lers/requests/?q=%E0%A4%95&cursor=a%2Bb%3D"
    assert client.get(edge.origin + path, timeout=5).json()["path"] == path


# --- sizes and rates -------------------------------------------------------------------------------------------------


def test_a_file_of_the_greatest_size_goes_through(edge: Edge, client: requests.Session) -> None:
    answer = client.put(edge.origin + FILE, data=bytes(50 * MIB), timeout=60)
    assert (answer.status_code, answer.json()["length"]) == (200, 50 * MIB)


@pytest.mark.parametrize(
    ("path", "size"),
    [(FILE, 51 * MIB + 1), ("/api/v1/lers/requests/", 3 * MIB + 1), ("/api/v1/auth/login/", 65 * 1024),
     ("/socket.io/?EIO=4&transport=polling", 129 * 1024)],
)  # fmt: skip
def test_a_body_over_the_limit_is_refused_before_it_is_sent(
    edge: Edge, webs: list[Upstream], path: str, size: int
) -> None:
    before = sum(len(web.asked) for web in webs)
    connection = http.client.HTTPSConnection(HOST, edge.port, context=edge.trust(), timeout=10)
    connection.putrequest("PUT", path)
    connection.putheader("Content-Length", str(size))
    connection.endheaders()
    answer = connection.getresponse()  # not a byte of the body was sent
    body = json.loads(answer.read())
    connection.close()
    assert (answer.status, answer.headers["Content-Type"]) == (413, errors.MEDIA_TYPE)
    assert (body["code"], body["status"]) == ("too_large", 413)
    assert sum(len(web.asked) for web in webs) == before


def test_sign_ins_from_one_address_are_limited(portals: Path, webs: list[Upstream], hubs: list[Upstream]) -> None:
    defaults = environment_of("edge")
    burst = int(defaults["EDGE_LOGIN_BURST"])
    with running(portals, [webs[0].port], [hubs[0].port]) as edge, edge.client() as client:
        answers = [client.post(f"{edge.origin}/api/v1/auth/login/", json={}, timeout=5) for _ in range(burst + 8)]
        statuses = [answer.status_code for answer in answers]
        assert statuses[: burst + 1] == [200] * (burst + 1)
        assert 429 in statuses[burst + 1 :]
        refused = next(answer for answer in answers if answer.status_code == 429)
        assert refused.headers["Retry-After"] == "2"
        assert refused.headers["Content-Type"] == errors.MEDIA_TYPE
        assert refused.json()["code"] == "rate_limited"
        assert refused.json()["request_id"] == refused.headers["X-Request-ID"]
        # Who is signed in goes on working.
        assert client.get(f"{edge.origin}/api/v1/auth/me/", timeout=5).status_code == 200
        # Other doors that take a password share the allowance.
        assert client.post(f"{edge.origin}/api/v1/auth/step-up/", json={}, timeout=5).status_code == 429


def test_calls_of_one_address_are_limited(portals: Path, webs: list[Upstream], hubs: list[Upstream]) -> None:
    narrow = {"EDGE_API_RATE": "1r/s", "EDGE_API_BURST": "5"}
    with running(portals, [webs[0].port], [hubs[0].port], **narrow) as edge, edge.client() as client:
        statuses = [client.get(f"{edge.origin}/api/v1/x/", timeout=5).status_code for _ in range(12)]
        assert statuses[:6] == [200] * 6
        assert statuses.count(429) >= 4
        assert client.get(f"{edge.origin}/le/", timeout=5).status_code == 200  # pages are not counted


# --- what is not there -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/metrics", "/metrics/", "/metrics/x", "//metrics", "/%6detrics", "/api/../metrics"])
def test_metrics_are_not_for_the_outside(edge: Edge, webs: list[Upstream], path: str) -> None:
    before = [list(web.asked) for web in webs]
    connection = http.client.HTTPSConnection(HOST, edge.port, context=edge.trust(), timeout=5)
    connection.request("GET", path, headers={"Authorization": "Bearer whatever"})
    answer = connection.getresponse()
    assert (answer.status, json.loads(answer.read())["code"]) == (404, "not_found")
    connection.close()
    assert [web.asked for web in webs] == before


@pytest.mark.parametrize("path", ["/.sources", "/.vite/manifest.json", "/le/.env", "/assets/gone.js", "/le/gone.js",
                                  "/assets/", "/etc/passwd", "/le/..%2f..%2f..%2fetc/passwd"])  # fmt: skip
def test_what_is_no_page_and_no_file_is_not_found(edge: Edge, path: str) -> None:
    connection = http.client.HTTPSConnection(HOST, edge.port, context=edge.trust(), timeout=5)
    connection.request("GET", path)
    answer = connection.getresponse()
    assert answer.status in {400, 404}
    assert answer.headers["Content-Type"] == errors.MEDIA_TYPE
    connection.close()


def test_the_edge_s_failures_have_the_codes_of_the_api(edge: Edge, client: requests.Session) -> None:
    answers = [
        client.get(f"{edge.origin}/nowhere", timeout=5),
        client.post(f"{edge.origin}/le/", timeout=5),
        client.get(f"{edge.origin}/le/?" + "x" * 9000, timeout=5),
        client.get(f"{edge.origin}/le/", headers={"X-Big": "x" * 9000}, timeout=5),
    ]
    assert [answer.status_code for answer in answers] == [404, 405, 414, 400]
    for answer in answers:
        problem = answer.json()
        assert problem["status"] == answer.status_code
        assert problem["code"] == errors._CODES[answer.status_code]
        assert problem["type"] == f"https://lers.example/problems/{problem['code']}"
        assert problem["request_id"] == answer.headers["X-Request-ID"]


# --- portals ---------------------------------------------------------------------------------------------------------


def test_a_deep_link_gets_its_portal_s_page(edge: Edge, client: requests.Session) -> None:
    def page(path: str) -> str:
        answer = client.get(edge.origin + path, timeout=5)
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        return answer.text

    assert page("/") == "<h1>choose</h1>"
    assert page("/le/") == page("/le/requests/0197c1a5/chat") == "<h1>le</h1>"
    assert page("/provider/inbox") == "<h1>provider</h1>"
    moved = client.get(f"{edge.origin}/provider", allow_redirects=False, timeout=5)
    assert (moved.status_code, moved.headers["Location"]) == (308, "/provider/")


# --- failures behind the edge ----------------------------------------------------------------------------------------


def test_one_dead_web_is_passed_over_and_comes_back(portals: Path, webs: list[Upstream], hubs: list[Upstream]) -> None:
    with running(portals, [w.port for w in webs], [hubs[0].port]) as edge, edge.client() as client:

        def asks(method: str = "GET") -> str:
            answer = client.request(method, f"{edge.origin}/api/v1/x/", timeout=10)
            assert answer.status_code == 200, answer.text
            server: str = answer.json()["server"]
            return server

        assert {asks() for _ in range(20)} == {"web-1", "web-2"}
        webs[0].die()
        try:
            assert {asks("POST") for _ in range(10)} == {"web-2"}
            webs[1].die()
            answer = client.get(f"{edge.origin}/api/v1/x/", timeout=10)
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
            assert answer.json()["code"] == "unavailable"
            assert client.get(f"{edge.origin}/le/", timeout=5).status_code == 200
        finally:
            for web in webs:
                if web._runner is None:
                    web.start()
        deadline = time.monotonic() + 20  # fail_timeout is 5 s
        while {client.get(f"{edge.origin}/api/v1/x/", timeout=10).status_code for _ in range(4)} != {200}:
            assert time.monotonic() < deadline
            time.sleep(0.1)


# --- the hub ---------------------------------------------------------------------------------------------------------


def test_a_websocket_is_upgraded_and_told_the_true_address(edge: Edge, hubs: list[Upstream]) -> None:
    for hub in hubs:
        hub.asked.clear()
    answer = ask(edge, "whoami", headers={"X-Forwarded-For": "1.2.3.4"})
    assert answer["transport"] == "websocket"
    assert hubs[0].asked + hubs[1].asked == ["127.0.0.1"]


def test_a_client_that_polls_stays_with_one_hub(edge: Edge) -> None:
    for _ in range(3):  # each takes 10 s to leave
        with edge.client() as session:
            client = socketio.Client(http_session=session, reconnection=False)
            client.connect(edge.origin, transports=["polling"], wait_timeout=20)
            try:
                answers = [client.call("whoami", timeout=20) for _ in range(4)]
            finally:
                client.disconnect()
        assert len({answer["server"] for answer in answers}) == 1
        assert answers[0]["transport"] == "polling"


def test_the_hub_s_cookie_is_for_the_hub_alone(edge: Edge, client: requests.Session) -> None:
    answer = client.get(f"{edge.origin}/socket.io/?EIO=4&transport=polling", timeout=5)
    cookie = answer.headers["Set-Cookie"].lower()
    assert cookie.startswith("lers_hub=")
    for part in ("path=/socket.io/", "httponly", "secure", "samesite=strict"):
        assert part in cookie
    assert "Set-Cookie" not in client.get(f"{edge.origin}/le/", timeout=5).headers


def test_a_dead_hub_is_passed_over(portals: Path, webs: list[Upstream], hubs: list[Upstream]) -> None:
    with running(portals, [webs[0].port], [h.port for h in hubs]) as edge:
        hubs[0].die()
        try:
            for _ in range(4):
                answer = ask(edge, "whoami")
                assert answer["server"] == "hub-2"
        finally:
            hubs[0].start()


# --- the process -----------------------------------------------------------------------------------------------------


def test_the_log_has_the_request_id_and_no_search_words(edge: Edge, client: requests.Session) -> None:
    client.get(f"{edge.origin}/api/v1/lers/requests/?q=Sharma", headers={"X-Request-ID": "log-1"}, timeout=5)
    deadline = time.monotonic() + 5
    while not (lines := [line for line in edge.log.read_text().splitlines() if "log-1" in line]):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    entry: dict[str, Any] = json.loads(lines[0])
    assert (entry["path"], entry["status"], entry["tls"]) == ("/api/v1/lers/requests/", "200", "TLSv1.3")
    assert "Sharma" not in edge.log.read_text()


def test_it_stops_in_order_and_without_a_complaint(portals: Path, webs: list[Upstream], hubs: list[Upstream]) -> None:
    with open_folder() as folder:
        edge = Edge(folder, portals, [webs[0].port], [hubs[0].port])
        edge.start()
        assert edge.stop() == 0
        assert [line for line in edge.errors().splitlines() if "[emerg]" in line or "[alert]" in line] == []


def test_nginx_takes_the_template_as_the_containers_fill_it_in(tmp_path: Path, edge: Edge) -> None:
    """The names web and hub are looked up while it runs (``resolve``): it starts before they are there."""
    values = environment_of("edge") | compose(ANSWERS | _secrets())["services"]["nginx"]["environment"]
    text = render({**values, "EDGE_TMP": str(tmp_path)})
    for name in ("EDGE_CERTIFICATE", "EDGE_CERTIFICATE_KEY"):
        text = text.replace(values[name], edge.values[name])
    config = tmp_path / "nginx.conf"
    config.write_text(text)
    test = [program(tmp_path), "-t", "-c", config, "-p", tmp_path, "-e", "stderr"]
    done = subprocess.run(test, capture_output=True, text=True, check=False, env=clean_environ())
    assert done.returncode == 0, done.stderr


def _secrets() -> dict[str, str]:
    return {name: "x" for name, value in read_env(DOCKER / ".env.example").items() if not value and name not in ANSWERS}
