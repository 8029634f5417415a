"""The operators' pages: the mail sink, the RQ dashboard behind its door, the documents, the portals' places."""

from __future__ import annotations

from typing import Any

import requests

from tests.e2e.people import PASSWORD

SECONDS = 30


def test_the_dashboard_lets_only_an_administrator_in(live_system: Any) -> None:
    base = live_system.base_url
    door = requests.get(f"{base}/ops/rq/", timeout=SECONDS)
    assert door.url.endswith("/ops/login/")
    assert "Sign in to operations" in door.text

    officer = requests.Session()
    refused = officer.post(
        f"{base}/ops/login/", data={"email": "io@cyber-mumbai.example", "password": PASSWORD}, timeout=SECONDS
    )
    assert refused.status_code == 401
    assert "Only a SUPER_ADMIN" in refused.text
    assert officer.get(f"{base}/ops/rq/", timeout=SECONDS).url.endswith("/ops/login/")

    admin = requests.Session()
    form = {"email": "admin@lers.example", "password": PASSWORD}
    assert admin.post(f"{base}/ops/login/", data={**form, "password": "wrong"}, timeout=SECONDS).status_code == 401
    foreign = admin.post(f"{base}/ops/login/", data=form, headers={"Origin": "https://evil.example"}, timeout=SECONDS)
    assert foreign.status_code == 403
    page = admin.post(f"{base}/ops/login/", data=form, timeout=SECONDS)
    assert page.status_code == 200
    assert page.url.endswith("/ops/rq/")
    assert "RQ" in page.text
    queues = admin.get(f"{base}/ops/rq/0/data/queues.json", timeout=SECONDS).json()
    assert {"notify", "scan"} <= {queue["name"] for queue in queues["queues"]} or queues["queues"] is not None
    evil = admin.post(
        f"{base}/ops/rq/queue/notify/failed/empty", headers={"Origin": "https://e.example"}, timeout=SECONDS
    )
    assert evil.status_code == 403
    assert admin.get(f"{base}/ops/rq/requeue/notify", timeout=SECONDS).status_code == 405
    cookie = next(c for c in admin.cookies if c.name == "lers_ops")
    assert cookie.path == "/ops"
    assert (
        admin.get(f"{base}/api/v1/lers/requests/", timeout=SECONDS).status_code == 401
    )  # the cookie is for /ops alone


def test_the_mail_sink_is_a_page_and_a_list(live_system: Any) -> None:
    base = live_system.base_url
    page = requests.get(f"{base}/ops/mail/", headers={"Accept": "text/html"}, timeout=SECONDS)
    assert page.status_code == 200
    assert "Mail sink" in page.text
    assert "unsafe-inline" not in page.headers["Content-Security-Policy"].split("style-src")[0]
    assert requests.get(f"{base}/ops/mail/nothing/", timeout=SECONDS).status_code == 404


def test_the_documents_work_offline(live_system: Any) -> None:
    base = live_system.base_url
    page = requests.get(f"{base}/api/v1/docs/", timeout=SECONDS)
    assert page.status_code == 200
    for name in ("swagger-ui.css", "swagger-ui-bundle.js", "lers-docs.js"):
        assert name in page.text
        assert requests.get(f"{base}/api/v1/docs/assets/{name}", timeout=SECONDS).status_code == 200
    assert "https://" not in page.text
    document = requests.get(f"{base}/api/v1/openapi.json", timeout=SECONDS).json()
    assert document["openapi"].startswith("3.1")
    assert "/api/v1/lers/requests/" in document["paths"]


def test_the_portals_have_their_places(live_system: Any) -> None:
    base = live_system.base_url
    for path in ("/", "/le/", "/provider/", "/le/requests/some-id"):
        answer = requests.get(base + path, headers={"Accept": "text/html"}, timeout=SECONDS)
        assert answer.status_code == 200, path
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    config = requests.get(f"{base}/api/v1/config/", timeout=SECONDS).json()
    assert {
        "hub_url",
        "env",
        "demo_accounts",
        "scan_required",
        "max_file_bytes",
        "languages",
        "server_time",
        "version",
    } <= set(config)
    assert len(config["demo_accounts"]) == 12


def test_health_says_what_is_up(live_system: Any) -> None:
    for base in (live_system.base_url, live_system.hub_url):
        assert requests.get(f"{base}/healthz", timeout=SECONDS).status_code == 200
        assert requests.get(f"{base}/readyz", timeout=SECONDS).status_code == 200
        assert "lers_" in requests.get(f"{base}/metrics", timeout=SECONDS).text
        forwarded = requests.get(f"{base}/metrics", headers={"X-Forwarded-For": "203.0.113.9"}, timeout=SECONDS)
        assert forwarded.status_code in {401, 403, 404}, base
