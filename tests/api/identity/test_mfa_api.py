"""Second factors over HTTP: shapes and codes, what a demanded enrolment leaves open, and what no log line holds."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from lers_web.app import create_app
from lers_web.config import Settings
from lers_web.domains.identity import service, totp
from lers_web.http.guard import BEFORE_ENROLMENT
from lers_web.http.operation import declared_for
from tests.api.identity.test_identity_api import Person
from tests.factories.authenticator import Authenticator
from tests.factories.cast import Cast, cast_in

PASSWORD = "Correct-horse-battery-7"
AUTH = "/api/v1/auth"
MFA = f"{AUTH}/mfa"


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
    from lers_web.extensions import db

    app = create_app(dataclasses.replace(cast.settings, rate_limit_login="1000/minute", rate_limit_user="1000/minute"))
    yield app
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()
    app.extensions["lers"].backend.engine.dispose()


@pytest.fixture
def io(app: Flask, cast: Cast) -> Person:
    return Person(app, cast, "io")


def set_up(person: Person) -> Authenticator:
    phone = Authenticator(person.call("POST", f"{MFA}/enrol/").json["secret"])
    confirmed = person.call("POST", f"{MFA}/confirm/", json={"code": phone.code()})
    assert confirmed.status_code == 200, confirmed.text
    phone.recovery_codes = confirmed.json["recovery_codes"]
    return phone


def login(app: Flask, cast: Cast, name: str = "io", **more: Any) -> Any:
    return app.test_client().post(f"{AUTH}/login/", json={"email": cast[name].email, "password": PASSWORD, **more})


def make_old(cast: Cast) -> None:
    with cast.superuser() as connection:
        connection.execute("UPDATE app.auth_session SET proved_at = now() - interval '1 hour'")


def demand(cast: Cast, *, required: bool = True) -> None:
    with cast.superuser() as connection:
        connection.execute(
            "UPDATE app.tenants SET policy = policy || jsonb_build_object('mfa_required', %s::boolean)", (required,)
        )


def test_an_app_is_set_up_in_two_steps_and_asked_for_from_then_on(app: Flask, cast: Cast, io: Person) -> None:
    assert io.call("GET", f"{MFA}/").json["enrolled"] is False
    made = io.call("POST", f"{MFA}/enrol/")
    assert made.status_code == 200
    assert set(made.json) == {"secret", "otpauth_uri", "qr", "expires_at"}
    assert made.headers["Cache-Control"] == "no-store"
    assert made.json["qr"] == totp.qr_rows(made.json["otpauth_uri"])
    phone = Authenticator(made.json["secret"])
    wrong = io.call("POST", f"{MFA}/confirm/", json={"code": phone.wrong()})
    assert (wrong.status_code, wrong.json["code"], list(wrong.json["errors"])) == (422, "mfa_code_invalid", ["code"])
    confirmed = io.call("POST", f"{MFA}/confirm/", json={"code": phone.code()})
    assert (confirmed.status_code, len(confirmed.json["recovery_codes"])) == (200, 10)
    again = io.call("POST", f"{MFA}/confirm/", json={"code": phone.code()})
    assert (again.status_code, again.json["code"]) == (409, "mfa_not_pending")
    status = io.call("GET", f"{MFA}/").json
    assert (status["enrolled"], status["recovery_codes_left"], status["required"]) == (True, 10, False)
    assert status["abilities"] == {"enrol": True, "renew": True, "remove": True}
    me = io.call("GET", f"{AUTH}/me/").json
    assert (me["mfa_enrolled"], me["mfa_enrolment_required"]) == (True, False)
    asked = login(app, cast)
    assert (asked.status_code, asked.json["code"]) == (401, "mfa_required")
    assert "Set-Cookie" not in asked.headers
    assert login(app, cast, totp_code=confirmed.json["recovery_codes"][0]).status_code == 200
    assert login(app, cast, totp_code=phone.wrong()).json["code"] == "invalid_credentials"


@pytest.mark.parametrize("body", [{}, {"code": ""}, {"code": 123456}, {"code": "1" * 65}, {"code": "1", "more": 1}])
def test_a_body_of_the_wrong_shape_is_422(io: Person, body: dict[str, Any]) -> None:
    assert io.call("POST", f"{MFA}/confirm/", json=body).json["code"] == "invalid"


def test_setting_up_and_changing_it_need_a_fresh_proof(cast: Cast, io: Person) -> None:
    make_old(cast)
    assert io.call("POST", f"{MFA}/enrol/").json["code"] == "step_up_required"
    io.token = io.call("POST", f"{AUTH}/step-up/", json={"password": PASSWORD}).json["access_token"]
    phone = set_up(io)
    make_old(cast)
    for method, path in (("POST", "/enrol/"), ("POST", "/recovery-codes/"), ("DELETE", "/")):
        refused = io.call(method, f"{MFA}{path}")
        assert (refused.status_code, refused.json["code"]) == (403, "step_up_required"), path
    body = {"password": PASSWORD}
    missing = io.call("POST", f"{AUTH}/step-up/", json=body)
    assert (missing.status_code, missing.json["code"]) == (401, "mfa_required")
    fresh = io.call("POST", f"{AUTH}/step-up/", json={**body, "totp_code": phone.recovery_codes[0]})
    assert fresh.status_code == 200
    io.token = fresh.json["access_token"]
    renewed = io.call("POST", f"{MFA}/recovery-codes/").json["recovery_codes"]
    assert len(set(renewed) | set(phone.recovery_codes)) == 20
    assert io.call("POST", f"{MFA}/enrol/").status_code == 200
    assert io.call("DELETE", f"{MFA}/").status_code == 204
    assert io.call("GET", f"{MFA}/").json["enrolled"] is False
    assert io.call("DELETE", f"{MFA}/").status_code == 404
    assert io.call("POST", f"{MFA}/recovery-codes/").json["code"] == "mfa_absent"


def test_where_it_is_demanded_it_cannot_be_removed(cast: Cast, io: Person) -> None:
    set_up(io)
    demand(cast)
    refused = io.call("DELETE", f"{MFA}/")
    assert (refused.status_code, refused.json["code"]) == (403, "mfa_required_by_policy")
    assert io.call("GET", f"{MFA}/").json["abilities"]["remove"] is False
    with cast.superuser() as connection:
        recorded = connection.execute("SELECT event FROM audit.entry ORDER BY at DESC LIMIT 1").fetchone()
    assert recorded == ("refused:mfa_required_by_policy",)


def test_a_demanded_enrolment_shuts_everything_but_ones_own_things(app: Flask, cast: Cast) -> None:
    people = {name: Person(app, cast, name) for name in ("io", "sho", "nodal", "admin")}
    demand(cast)
    adapter = app.url_map.bind("localhost")
    left_open: set[str] = set()
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            declared = declared_for(view, method)
            if declared is None or declared.public or rule.endpoint == "identity.Logout":
                continue
            values = {name: 1 if "<int:" + name in rule.rule else cast["io"].user_id for name in rule.arguments}
            path = adapter.build(rule.endpoint, values, method=method)
            if rule.endpoint.startswith(BEFORE_ENROLMENT):
                left_open.add(path)
                continue
            for name, person in people.items():
                refused = person.call(method, path, json={} if method in {"POST", "PUT", "PATCH"} else None)
                where = f"{name}: {method} {path}"
                assert (refused.status_code, refused.json["code"]) == (403, "mfa_enrolment_required"), where
    assert all(path.startswith(f"{AUTH}/") for path in left_open)
    assert not [path for path in left_open if "break-glass" in path]
    assert people["io"].call("GET", f"{AUTH}/me/").json["mfa_enrolment_required"] is True
    assert app.test_client().get("/api/v1/config/").status_code == 200


def test_a_policy_that_is_turned_on_is_met_in_the_open_session(app: Flask, cast: Cast, io: Person) -> None:
    assert io.call("GET", "/api/v1/lers/requests/").status_code == 200
    demand(cast)
    assert io.call("GET", "/api/v1/lers/requests/").json["code"] == "mfa_enrolment_required"
    assert login(app, cast).json["user"]["mfa_enrolment_required"] is True
    set_up(io)
    assert io.call("GET", "/api/v1/lers/requests/").status_code == 200
    assert io.call("GET", f"{AUTH}/me/").json["mfa_enrolment_required"] is False


def test_a_tenant_admin_turns_it_on_and_is_the_first_to_meet_it(app: Flask, cast: Cast, io: Person) -> None:
    sho = Person(app, cast, "sho")
    path = f"/api/v1/tenants/{cast.tenants['mumbai']}/"
    etag = sho.call("GET", path).headers["ETag"]
    assert sho.call("PATCH", path, json={"policy": {"mfa_required": True}}, etag=etag).status_code == 200
    for person in (sho, io):
        assert person.call("GET", "/api/v1/lers/requests/").json["code"] == "mfa_enrolment_required"
    assert Person(app, cast, "nodal").call("GET", "/api/v1/lers/requests/").status_code == 200


def test_enrolling_answers_are_never_kept_for_a_repetition(cast: Cast, io: Person) -> None:
    key = {"Idempotency-Key": "same"}
    first, second = (io.call("POST", f"{MFA}/enrol/", headers=key).json["secret"] for _ in range(2))
    assert first != second
    with cast.superuser() as connection:
        assert connection.execute("SELECT count(*) FROM app.idempotency_key").fetchone() == (0,)


def test_no_log_line_holds_a_secret_or_a_code(
    app: Flask, cast: Cast, io: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    phone = set_up(io)
    wrong, good = phone.wrong(), phone.code()
    login(app, cast, totp_code=wrong)
    login(app, cast, totp_code=good)
    login(app, cast, totp_code=phone.recovery_codes[0])
    io.call("POST", f"{MFA}/confirm/", json={"code": phone.recovery_codes[1]})
    said = "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    for secret in (phone.secret, *phone.recovery_codes, PASSWORD):
        assert secret not in said
    for code in (wrong, good):
        assert f'"{code}"' not in said
        assert f"'{code}'" not in said
    with cast.superuser() as connection:
        trail = "\n".join(row[0] for row in connection.execute("SELECT canonical FROM audit.entry").fetchall())
        outbox = "\n".join(str(row[0]) for row in connection.execute("SELECT payload FROM app.outbox").fetchall())
    for secret in (phone.secret, *phone.recovery_codes):
        assert secret not in trail + outbox


def test_the_operators_door_asks_for_the_code(app: Flask, cast: Cast) -> None:
    admin = Person(app, cast, "admin")
    phone = set_up(admin)
    form = {"email": cast["admin"].email, "password": PASSWORD}
    refused = app.test_client().post("/ops/login/", data=form)
    assert refused.status_code == 401
    assert "authenticator app" in refused.text
    browser = app.test_client()
    assert browser.post("/ops/login/", data={**form, "totp_code": phone.recovery_codes[0]}).status_code == 303
    assert browser.get("/ops/rq/").status_code == 200


def test_the_operators_door_is_shut_before_a_demanded_enrolment(app: Flask, cast: Cast) -> None:
    form = {"email": cast["admin"].email, "password": PASSWORD}
    browser = app.test_client()
    assert browser.post("/ops/login/", data=form).status_code == 303
    assert browser.get("/ops/rq/").status_code == 200
    demand(cast)
    assert browser.get("/ops/rq/").headers["Location"] == "/ops/login/"
    refused = app.test_client().post("/ops/login/", data=form)
    assert refused.status_code == 401
    assert "second factor" in refused.text
