"""Who may connect: a good token of a living session, from a known origin, and nobody else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jwt
import pytest
import websocket

from lers_web.kernel.tokens import AUDIENCE_API, TokenKeys, generate_key_dir
from tests.hub.conftest import Stage
from tests.hub.nodes import Client, HubNode, Refused, eventually

Connect = Callable[..., Client]


@pytest.mark.parametrize("transports", [("websocket",), ("polling",), ("polling", "websocket")])
def test_a_good_token_connects_over_every_transport(connect: Connect, transports: tuple[str, ...]) -> None:
    client = connect("io", transports=transports)
    assert client.ask("get_unread_count", {}) == {"ok": True, "count": 0}
    client.close()


def foreign_keys(tmp_path: Path) -> TokenKeys:
    generate_key_dir(tmp_path / "keys")
    return TokenKeys.load(tmp_path / "keys", signing=True)


def tokens_that_are_refused(stage: Stage, tmp_path: Path) -> dict[str, Any]:
    claims = jwt.decode(stage.token("io"), options={"verify_signature": False})
    kid, key = stage.keys.kid, stage.keys.signing_key

    def signed(**changes: Any) -> str:
        return jwt.encode({**claims, **changes}, key, algorithm="EdDSA", headers={"kid": kid})

    past = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=60)
    bengaluru = str(stage.cast.tenants["bengaluru"])
    return {
        "none": None,
        "empty": "",
        "not text": 17,
        "an object": {"a": 1},
        "rubbish": "a.b.c",
        "expired": signed(exp=past),
        "not yet valid": signed(nbf=dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)),
        "for the api alone": signed(aud=[AUDIENCE_API]),
        "for somebody else": signed(aud="other"),
        "another issuer": signed(iss="other"),
        "not an access token": signed(typ="refresh"),
        "a key of its own": stage.token("io", keys=foreign_keys(tmp_path)),
        "unsigned": jwt.encode(claims, None, algorithm="none", headers={"kid": kid}),
        "hmac with the public key": jwt.encode(claims, "x" * 32, algorithm="HS256", headers={"kid": kid}),
        "an unknown session": signed(sid="01920000-0000-7000-8000-000000000001"),
        "another tenant": signed(tenant_id=bengaluru),
        "another user": signed(user_id=str(stage.cast["io2"].user_id)),
    }


def test_every_other_token_is_refused_with_a_code(stage: Stage, hub: HubNode, tmp_path: Path) -> None:
    codes = {}
    for name, token in tokens_that_are_refused(stage, tmp_path).items():
        with pytest.raises(Refused) as refused:
            Client(hub.url, token)
        codes[name] = refused.value.code
    expected = dict.fromkeys(codes, "not_authenticated") | {
        "expired": "token_expired",
        "an unknown session": "session_ended",
        "another tenant": "session_ended",
        "another user": "session_ended",
    }
    assert codes == expected


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("auth_session", "revoked_at = now()"),
        ("auth_session", "idle_expires_at = now()"),
        ("auth_session", "expires_at = now()"),
    ],
)
def test_a_session_that_is_over_is_refused(stage: Stage, hub: HubNode, table: str, change: str) -> None:
    sid = stage.session("io2")
    token = stage.token("io2", sid=sid)
    with stage.cast.superuser() as connection:
        connection.execute(f"UPDATE app.{table} SET {change} WHERE sid = %s", (sid,))
    with pytest.raises(Refused) as refused:
        Client(hub.url, token)
    assert refused.value.code == "session_ended"


def test_a_person_or_tenant_that_was_switched_off_is_refused(stage: Stage, hub: HubNode) -> None:
    actor = stage.cast["foreign_io"]
    for table, key in (("authentication_user", actor.user_id), ("tenants", actor.tenant_id)):
        for value, refused in ((False, True), (True, False)):
            with stage.cast.superuser() as connection:
                connection.execute(f"UPDATE app.{table} SET is_active = %s WHERE id = %s", (value, key))
            if refused:
                with pytest.raises(Refused):
                    Client(hub.url, stage.token("foreign_io"))
            else:
                Client(hub.url, stage.token("foreign_io")).close()


def test_a_key_that_was_made_after_the_start_is_known(stage: Stage, hub: HubNode) -> None:
    generate_key_dir(stage.settings.key_dir)
    newer = TokenKeys.load(stage.settings.key_dir, signing=True)
    assert newer.kid != stage.keys.kid

    def connects() -> bool:  # strangers' keys make the hub read the directory once a second at most
        try:
            Client(hub.url, stage.token("io", keys=newer)).close()
        except Refused:
            return False
        return True

    eventually(connects, "a connection with the newer key", 5)


def test_a_page_of_another_site_may_not_connect(hub: HubNode) -> None:
    url = hub.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        websocket.create_connection(url, origin="https://evil.example", timeout=5)
    assert refused.value.status_code == 400
    assert hub.get("/socket.io/?EIO=4&transport=polling", Origin="https://evil.example")[0] == 400
    for origin in (hub.settings.base_url, hub.settings.base_url.replace("localhost", "127.0.0.1")):
        websocket.create_connection(url, origin=origin, timeout=5).close()


def test_one_person_has_ten_connections_at_most(stage: Stage, hub: HubNode) -> None:
    token = stage.token("desk")
    clients = [Client(hub.url, token) for _ in range(10)]
    try:
        with pytest.raises(Refused) as refused:
            Client(hub.url, token)
        assert refused.value.code == "rate_limited"
    finally:
        for client in clients:
            client.close()


def test_health_and_metrics(hub: HubNode, connect: Connect) -> None:
    connect("io").settle()
    assert hub.get("/healthz") == (200, {"status": "ok"})
    assert hub.get("/readyz") == (200, {"status": "ok", "checks": {"database": "ok", "redis": "ok"}})
    status, text = hub.get("/metrics")
    assert status == 200
    assert "lers_hub_connections 1.0" in text
    assert 'lers_hub_handshakes_total{outcome="ok"}' in text
    assert 'lers_hub_sent_total{event="unread_count"}' in text
    assert hub.get("/metrics", **{"X-Forwarded-For": "203.0.113.9"})[0] == 403
    assert hub.get("/")[0] == 404
