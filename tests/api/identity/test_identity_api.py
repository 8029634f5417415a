"""Identity over HTTP: cookies, codes, versions, and who may manage whom."""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lers_web.app import create_app
from lers_web.config import Settings
from lers_web.domains.identity import service
from tests.factories.cast import Cast, cast_in

PASSWORD = "Correct-horse-battery-7"
NEW = "nine blue kites over Pune"
AUTH = "/api/v1/auth"


@pytest.fixture(scope="module")
def hashed(servers: Settings) -> str:
    return service.make_hash(servers, PASSWORD)


@pytest.fixture
def cast(database: Settings, hashed: str) -> Iterator[Cast]:
    with cast_in(database) as cast:
        with cast.superuser() as connection:
            connection.execute("UPDATE app.authentication_user SET password_hash = %s", (hashed,))
        yield cast


@pytest.fixture
def app(cast: Cast) -> Iterator[Flask]:
    import dataclasses

    from lers_web.extensions import db

    app = create_app(dataclasses.replace(cast.settings, rate_limit_login="1000/minute", rate_limit_user="1000/minute"))
    yield app
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()
    app.extensions["lers"].backend.engine.dispose()


class Person:
    """One browser: its cookies and its token."""

    def __init__(self, app: Flask, cast: Cast, name: str) -> None:
        self.client: FlaskClient = app.test_client()
        self.actor = cast[name]
        response = self.login()
        assert response.status_code == 200, response.text
        self.token = response.json["access_token"]
        self.user: dict[str, Any] = response.json["user"]

    def login(self, password: str = PASSWORD) -> TestResponse:
        return self.client.post(f"{AUTH}/login/", json={"email": self.actor.email, "password": password})

    def call(self, method: str, path: str, *, etag: str | None = None, **kwargs: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.token}", **kwargs.pop("headers", {})}
        if etag is not None:
            headers["If-Match"] = etag
        return self.client.open(path, method=method, headers=headers, **kwargs)

    def csrf(self) -> str:
        cookie = self.client.get_cookie("lers_csrf")
        assert cookie is not None
        return cookie.value


@pytest.fixture
def person(app: Flask, cast: Cast):
    return lambda name: Person(app, cast, name)


def test_login_sets_cookies_that_scripts_of_other_sites_cannot_use(app: Flask, cast: Cast) -> None:
    response = app.test_client().post(f"{AUTH}/login/", json={"email": cast["io"].email.upper(), "password": PASSWORD})
    refresh, csrf = (value for name, value in response.headers if name == "Set-Cookie")
    assert refresh.startswith("lers_refresh=")
    assert {"HttpOnly", "Path=/api/v1/auth", "SameSite=Strict"} <= set(refresh.split("; "))
    assert csrf.startswith("lers_csrf=")
    assert {"Path=/", "SameSite=Strict"} <= set(csrf.split("; "))
    assert "HttpOnly" not in csrf
    body = response.json
    assert body["token_type"] == "Bearer"
    assert body["expires_in"] == 900
    assert body["user"]["tenant"]["name"] == "Cyber Police Station, Mumbai"
    assert "password" not in response.text


def test_cookies_are_secure_in_production(app: Flask, cast: Cast) -> None:
    import dataclasses

    runtime = app.extensions["lers"]
    app.extensions["lers"] = dataclasses.replace(
        runtime, settings=dataclasses.replace(runtime.settings, base_url="https://lers.example")
    )
    response = app.test_client().post(f"{AUTH}/login/", json={"email": cast["io"].email, "password": PASSWORD})
    assert all("Secure" in value for name, value in response.headers if name == "Set-Cookie")


@pytest.mark.parametrize("email", ["io@mumbai.example", "nobody@nowhere.example"])
def test_a_refused_login_says_one_thing(app: Flask, email: str) -> None:
    response = app.test_client().post(f"{AUTH}/login/", json={"email": email, "password": "wrong"})
    assert response.status_code == 401
    assert response.json["code"] == "invalid_credentials"
    assert "Set-Cookie" not in response.headers


def test_a_refused_login_takes_as_long_for_an_unknown_account(app: Flask, cast: Cast) -> None:
    def seconds(email: str) -> float:
        start = time.perf_counter()
        app.test_client().post(f"{AUTH}/login/", json={"email": email, "password": "wrong"})
        return time.perf_counter() - start

    seconds(cast["io"].email)  # the first call opens connections
    known = sorted(seconds(cast[name].email) for name in ("io", "io2", "sho", "dsp", "desk", "nodal", "banker"))
    unknown = sorted(seconds(f"nobody{index}@nowhere.example") for index in range(7))
    assert unknown[3] > known[3] / 2
    assert known[3] > unknown[3] / 2


@pytest.mark.parametrize(
    "body", [{}, {"email": "a@b.example"}, {"email": "a@b.example", "password": "x", "admin": True}]
)
def test_a_login_of_the_wrong_shape_is_422(app: Flask, body: dict[str, Any]) -> None:
    assert app.test_client().post(f"{AUTH}/login/", json=body).status_code == 422


def test_refresh_needs_cookie_and_header(person: Any) -> None:
    io = person("io")
    assert io.client.post(f"{AUTH}/token/refresh/").status_code == 403
    first = io.csrf()
    response = io.client.post(f"{AUTH}/token/refresh/", headers={"X-CSRF-Token": first})
    assert response.status_code == 200
    assert io.csrf() != first
    io.token = response.json["access_token"]
    assert io.call("GET", f"{AUTH}/me/").status_code == 200


def test_refresh_without_a_session_takes_the_cookies_away(app: Flask) -> None:
    response = app.test_client().post(f"{AUTH}/token/refresh/")
    assert response.status_code == 401
    assert sum(name == "Set-Cookie" and "Max-Age=0" in value for name, value in response.headers) == 2


def test_cookies_alone_never_authenticate(person: Any) -> None:
    assert person("io").client.get(f"{AUTH}/me/").status_code == 401


@pytest.mark.parametrize("way", ["token", "cookie"])
def test_logout_ends_the_session_at_once(person: Any, way: str) -> None:
    io = person("io")
    if way == "token":
        response = io.call("POST", f"{AUTH}/logout/")
    else:
        assert io.client.post(f"{AUTH}/logout/").status_code == 403
        response = io.client.post(f"{AUTH}/logout/", headers={"X-CSRF-Token": io.csrf()})
    assert response.status_code == 204
    assert io.client.get_cookie("lers_refresh", path=AUTH) is None
    assert io.call("GET", f"{AUTH}/me/").status_code == 401
    assert io.call("POST", f"{AUTH}/logout/").status_code == 204


def test_step_up_gives_a_fresh_token(person: Any) -> None:
    io = person("io")
    refused = io.call("POST", f"{AUTH}/step-up/", json={"password": "wrong"})
    assert (refused.status_code, refused.json["code"]) == (401, "invalid_credentials")
    io.token = io.call("POST", f"{AUTH}/step-up/", json={"password": PASSWORD}).json["access_token"]
    assert io.call("GET", f"{AUTH}/me/").status_code == 200


def test_me_is_changed_under_its_version(person: Any) -> None:
    io = person("io")
    read = io.call("GET", f"{AUTH}/me/")
    assert read.json["permissions"] == sorted(io.actor.permissions)
    assert io.call("PATCH", f"{AUTH}/me/", json={"language": "hi"}).status_code == 428
    changed = io.call(
        "PATCH", f"{AUTH}/me/", json={"language": "hi", "preferences": {"dense": True}}, etag=read.headers["ETag"]
    )
    assert (changed.json["language"], changed.json["preferences"]) == ("hi", {"dense": True})
    assert io.call("PATCH", f"{AUTH}/me/", json={"language": "en"}, etag=read.headers["ETag"]).status_code == 412
    for bad in ({"language": "xx"}, {"role": "SUPER_ADMIN"}, {}, {"preferences": {"x": "y" * 9000}}):
        assert io.call("PATCH", f"{AUTH}/me/", json=bad, etag=changed.headers["ETag"]).status_code == 422


def test_sessions_are_seen_and_ended(person: Any) -> None:
    one, two, stranger = person("io"), person("io"), person("io2")
    items = one.call("GET", f"{AUTH}/sessions/").json["items"]
    assert [item["current"] for item in items] == [False, True]
    other = items[0]["id"]
    assert stranger.call("DELETE", f"{AUTH}/sessions/{other}/").status_code == 404
    assert one.call("GET", f"{AUTH}/sessions/{other}/").json["id"] == other
    assert one.call("DELETE", f"{AUTH}/sessions/{other}/").status_code == 204
    assert two.call("GET", f"{AUTH}/me/").status_code == 401
    assert one.call("DELETE", f"{AUTH}/sessions/{other}/").status_code == 404


def test_a_new_password_ends_the_other_sessions(person: Any) -> None:
    one, two = person("io"), person("io")
    path = f"{AUTH}/password/change/"
    wrong = one.call("POST", path, json={"current_password": "wrong", "new_password": NEW})
    assert (wrong.status_code, wrong.json["code"]) == (401, "invalid_credentials")
    for bad in ("short", "Password123456", "aaaaaaaaaaaaaa", "io-mumbai-police-2026", PASSWORD, "x" * 129):
        refused = one.call("POST", path, json={"current_password": PASSWORD, "new_password": bad})
        assert refused.status_code == 422, bad
        assert "new_password" in refused.json["errors"]
    assert one.call("POST", path, json={"current_password": PASSWORD, "new_password": NEW}).status_code == 204
    assert one.call("GET", f"{AUTH}/me/").status_code == 200
    assert two.call("GET", f"{AUTH}/me/").status_code == 401
    assert one.login().status_code == 401
    assert one.login(NEW).status_code == 200


def spki(key: Any) -> str:
    der = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(der).decode()


def test_public_keys_are_added_listed_and_revoked(person: Any) -> None:
    io = person("io")
    path = f"{AUTH}/keys/"
    key = ed25519.Ed25519PrivateKey.generate()
    added = io.call("POST", path, json={"use": "SIGNING", "public_key": spki(key), "label": "PC"})
    assert (added.status_code, added.json["algorithm"]) == (201, "Ed25519")
    assert len(added.json["fingerprint"]) == 64
    assert io.call("POST", path, json={"use": "SIGNING", "public_key": spki(key)}).status_code == 409
    pem = (
        ec.generate_private_key(ec.SECP256R1())
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    assert io.call("POST", path, json={"use": "SIGNING", "public_key": pem.decode()}).json["algorithm"] == "ES256"
    one = f"{path}{added.json['id']}/"
    assert person("io2").call("DELETE", one).status_code == 404
    assert io.call("DELETE", one).status_code == 204
    assert io.call("DELETE", one).status_code == 409
    assert io.call("GET", one).json["revoked_at"] is not None
    assert io.call("GET", f"{path}?use=CHAT").json["total"] == 0
    assert io.call("GET", path).json["total"] == 2


def test_keys_that_are_none_or_too_weak_are_refused(person: Any) -> None:
    io = person("io")
    weak = spki(rsa.generate_private_key(65537, 1024))  # noqa: S505 - it is to be refused
    for body in (
        {"use": "SIGNING", "public_key": weak},
        {"use": "SIGNING", "public_key": "not base64!"},
        {"use": "SIGNING", "public_key": "AAAA"},
        {"use": "CHAT", "public_key": spki(ed25519.Ed25519PrivateKey.generate())},
        {"use": "SIGNING", "public_key": spki(ed25519.Ed25519PrivateKey.generate()), "algorithm": "RS256"},
        {"use": "OTHER", "public_key": weak},
    ):
        assert io.call("POST", f"{AUTH}/keys/", json=body).status_code == 422, body


def newcomer(**more: Any) -> dict[str, Any]:
    return {"email": "new.officer@mumbai.example", "full_name": "New Officer", "role": "IO", "rank": "PSI", **more}


def test_a_tenant_admin_adds_people_to_their_own_tenant_only(person: Any, cast: Cast) -> None:
    sho = person("sho")
    added = sho.call("POST", "/api/v1/users/", json=newcomer())
    assert added.status_code == 201, added.text
    assert (added.json["state"], added.json["tenant_id"]) == ("INVITED", str(cast.tenants["mumbai"]))
    assert sho.call("POST", "/api/v1/users/", json=newcomer(email="NEW.officer@mumbai.example")).json["code"] == (
        "duplicate"
    )
    for body, status in (
        (newcomer(tenant_id=str(cast.tenants["bengaluru"])), 403),
        (newcomer(role="SUPER_ADMIN"), 422),
        (newcomer(role="PROVIDER"), 422),
        (newcomer(role="APPROVER", rank="PSI"), 422),
        (newcomer(email="nobody"), 422),
        (newcomer(password="x"), 422),
    ):
        assert sho.call("POST", "/api/v1/users/", json=body).status_code == status, body


@pytest.mark.parametrize("name", ["io", "dsp", "desk"])
def test_people_without_the_right_manage_nobody(person: Any, cast: Cast, name: str) -> None:
    caller = person(name)
    user = f"/api/v1/users/{caller.actor.user_id}/"
    assert caller.call("POST", "/api/v1/users/", json=newcomer()).status_code == 403
    assert caller.call("PATCH", user, json={"unit": "x"}, etag="1").status_code == 403
    assert caller.call("GET", user).status_code == 403
    assert caller.call("GET", "/api/v1/users/").status_code == 403
    assert caller.call("GET", "/api/v1/tenants/").status_code == 403
    found = caller.call("GET", "/api/v1/lers/colleagues/").json["items"]
    assert {item["id"] for item in found} == {
        str(actor.user_id) for actor in cast.people.values() if actor.tenant_id == caller.actor.tenant_id
    }
    assert caller.call(
        "POST", "/api/v1/tenants/", json={"name": "x", "type": "PROVIDER", "code": "XX"}
    ).status_code == (403)
    assert (
        caller.call("PATCH", f"/api/v1/tenants/{cast.tenants['mumbai']}/", json={"name": "x"}, etag="1").status_code
        == 403
    )


def test_other_tenants_people_do_not_exist(person: Any, cast: Cast) -> None:
    sho = person("sho")
    foreign = f"/api/v1/users/{cast['foreign_io'].user_id}/"
    assert sho.call("GET", foreign).status_code == 404
    assert sho.call("PATCH", foreign, json={"unit": "x"}, etag="1").status_code == 404
    emails = [item["email"] for item in sho.call("GET", "/api/v1/users/").json["items"]]
    assert emails
    assert all(email.endswith("@mumbai.example") for email in emails)
    everybody = person("admin").call("GET", "/api/v1/users/?limit=3")
    assert everybody.json["total"] == 10
    following = person("admin").call("GET", f"/api/v1/users/?limit=200&cursor={everybody.json['next_cursor']}")
    assert len(following.json["items"]) == 7


def test_deactivating_ends_sessions_at_once(person: Any, cast: Cast) -> None:
    io, sho = person("io"), person("sho")
    user = f"/api/v1/users/{cast['io'].user_id}/"
    assert sho.call("DELETE", user).status_code == 428
    etag = sho.call("GET", user).headers["ETag"]
    assert sho.call("DELETE", user, etag='"99"').status_code == 412
    assert sho.call("DELETE", user, etag=etag).status_code == 204
    assert io.call("GET", f"{AUTH}/me/").status_code == 401
    assert io.login().status_code == 401
    etag = sho.call("GET", user).headers["ETag"]
    assert sho.call("PATCH", user, json={"is_active": True}, etag=etag).json["abilities"]["deactivate"] is True
    assert io.login().status_code == 200


@pytest.mark.parametrize("change", [{"role": "IO"}, {"rank": "DG"}, {"is_tenant_admin": False}, {"is_active": False}])
def test_nobody_changes_their_own_rights(person: Any, change: dict[str, Any]) -> None:
    sho = person("sho")
    own = f"/api/v1/users/{sho.actor.user_id}/"
    etag = sho.call("GET", own).headers["ETag"]
    assert sho.call("PATCH", own, json=change, etag=etag).status_code == 403
    assert sho.call("PATCH", own, json={"unit": "Cyber Cell 2"}, etag=etag).status_code == 200


def test_the_last_administrator_who_can_sign_in_stays(person: Any) -> None:
    admin = person("admin")
    body = newcomer(email="second@lers.example", role="SUPER_ADMIN", rank=None)
    second = f"/api/v1/users/{admin.call('POST', '/api/v1/users/', json=body).json['id']}/"
    own = f"/api/v1/users/{admin.actor.user_id}/"
    assert admin.call("DELETE", own, etag="1").status_code == 403
    assert admin.call("DELETE", second, etag="1").status_code == 204


def test_tenants_show_their_policy_inside_only(person: Any, cast: Cast) -> None:
    sho = person("sho")
    own = sho.call("GET", f"/api/v1/tenants/{cast.tenants['mumbai']}/")
    assert own.json["policy"]["auto_submit"] is True
    assert sho.call("GET", f"/api/v1/tenants/{cast.tenants['telecom']}/").json["policy"] is None
    assert sho.call("GET", "/api/v1/tenants/?type=PROVIDER").json["total"] == 2
    path = f"/api/v1/tenants/{cast.tenants['mumbai']}/"
    changed = sho.call("PATCH", path, json={"policy": {"auto_submit": False}}, etag=own.headers["ETag"])
    assert changed.json["policy"]["auto_submit"] is False
    assert changed.json["policy"]["signature_level"] == 0
    assert sho.call("PATCH", path, json={"name": "Ours"}, etag=changed.headers["ETag"]).status_code == 403
    assert sho.call("PATCH", path, json={"policy": {"nonsense": 1}}, etag=changed.headers["ETag"]).status_code == 422
    other = f"/api/v1/tenants/{cast.tenants['telecom']}/"
    assert sho.call("PATCH", other, json={"policy": {}}, etag="1").status_code == 403


def test_administrators_add_and_end_tenants(person: Any, cast: Cast) -> None:
    admin, banker = person("admin"), person("banker")
    body = {"name": "Cyber Police Station, Pune", "type": "LAW_ENFORCEMENT", "code": "PUN"}
    added = admin.call("POST", "/api/v1/tenants/", json=body)
    assert added.status_code == 201
    assert admin.call("POST", "/api/v1/tenants/", json=body).json["code"] == "duplicate"
    for bad in (
        {"code": "lower"},
        {"type": "PLATFORM", "code": "P2"},
        {"parent_id": str(cast["io"].user_id), "code": "X2"},
    ):
        assert admin.call("POST", "/api/v1/tenants/", json={**body, **bad}).status_code == 422, bad
    bank = f"/api/v1/tenants/{cast.tenants['bank']}/"
    assert admin.call("DELETE", bank, etag=admin.call("GET", bank).headers["ETag"]).status_code == 204
    assert banker.call("GET", f"{AUTH}/me/").status_code == 401
    assert banker.login().status_code == 401
    assert admin.call("DELETE", f"/api/v1/tenants/{cast.tenants['platform']}/", etag="1").status_code == 409
    one = f"/api/v1/tenants/{added.json['id']}/"
    assert admin.call("PATCH", one, json={"parent_id": added.json["id"]}, etag="1").status_code == 422


def test_an_invitation_is_accepted_once(app: Flask, person: Any, cast: Cast) -> None:
    user_id = person("sho").call("POST", "/api/v1/users/", json=newcomer()).json["id"]
    with cast.acting("sho") as uow:
        service.invite(uow, user_id)
    with cast.acting("sho") as uow:
        invited = service.invite(uow, user_id)
    assert "/le/invitation#token=" in invited.link
    token = invited.link.partition("#token=")[2]
    client = app.test_client()
    path = f"{AUTH}/invitations/accept/"
    assert client.post(path, json={"token": "x" * 43, "password": NEW}).json["code"] == "invitation_invalid"
    assert client.post(path, json={"token": token, "password": "short"}).json["errors"].keys() == {"password"}
    assert client.post(path, json={"token": token, "password": NEW}).json == {"email": "new.officer@mumbai.example"}
    assert client.post(path, json={"token": token, "password": NEW}).status_code == 422
    assert (
        client.post(f"{AUTH}/login/", json={"email": "new.officer@mumbai.example", "password": NEW}).status_code == 200
    )


def test_an_administrator_invites_once_more(app: Flask, person: Any, cast: Cast) -> None:
    sho = person("sho")
    newcomers_path = f"/api/v1/users/{sho.call('POST', '/api/v1/users/', json=newcomer()).json['id']}/invitation/"
    old, new = sho.call("POST", newcomers_path), sho.call("POST", newcomers_path)
    assert (old.status_code, new.status_code) == (201, 201), new.text
    assert new.json.keys() == {"link", "email", "expires_at"}
    client, accept = app.test_client(), f"{AUTH}/invitations/accept/"
    tokens = [answer.json["link"].partition("#token=")[2] for answer in (old, new)]
    assert [client.post(accept, json={"token": each, "password": NEW}).status_code for each in tokens] == [422, 200]
    assert sho.call("POST", newcomers_path).status_code == 409, "a person with a password needs no invitation"
    assert person("io").call("POST", newcomers_path).status_code == 403
    assert person("sp").call("POST", newcomers_path).status_code == 404, "of another unit"


def test_rights_are_told_with_what_gives_them(person: Any, cast: Cast) -> None:
    sho, admin = person("sho"), person("admin")

    def rights(caller: Any, user_id: Any) -> dict[str, Any]:
        return caller.call("GET", f"/api/v1/users/{user_id}/rights/").json

    own = rights(sho, sho.actor.user_id)
    given = {item["permission"]: item["granted_by"] for item in own["items"]}
    assert {name for name, by in given.items() if by} == set(sho.user["permissions"])
    assert (given["request:approve"], given["user:write"], given["ops:read"]) == (["ROLE"], ["TENANT_ADMIN"], [])
    approving = next(item for item in own["items"] if item["permission"] == "request:approve")
    assert (approving["roles"], approving["tenant_admins"]) == (["APPROVER"], False)
    assert own["stopped_by"] == []

    invited = sho.call("POST", "/api/v1/users/", json=newcomer()).json
    assert rights(admin, invited["id"])["stopped_by"] == ["INVITED"]
    sho.call("DELETE", f"/api/v1/users/{invited['id']}/", etag=f'"{invited["version"]}"')
    assert "DEACTIVATED" in rights(admin, invited["id"])["stopped_by"]
    bank = f"/api/v1/tenants/{cast.tenants['bank']}/"
    admin.call("DELETE", bank, etag=admin.call("GET", bank).headers["ETag"])
    assert "TENANT_DEACTIVATED" in rights(admin, cast["banker"].user_id)["stopped_by"]

    stranger = sho.call("GET", f"/api/v1/users/{cast['sp'].user_id}/rights/")
    assert stranger.status_code == 404
    assert person("desk").call("GET", f"/api/v1/users/{cast['desk'].user_id}/rights/").status_code == 403
