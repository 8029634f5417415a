"""Signing in with a second factor: what is asked, what is refused alike, who must have one, and how it goes away."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import jwt
import pytest
from sqlalchemy import select

from lers_web.domains.identity import lockout, service
from lers_web.domains.identity.models import AuthSession
from lers_web.kernel import clock
from lers_web.kernel.actor import Actor, Source, system_actor
from lers_web.kernel.db import ActorSession
from lers_web.kernel.errors import Forbidden, InvalidCredentials, NotAuthenticated, NotFound
from lers_web.kernel.ports import Backend
from lers_web.kernel.tokens import AUDIENCE_API, TokenKeys
from lers_web.kernel.uow import unit_of_work
from tests.factories.authenticator import PASSWORD, Authenticator, enrolled, events_of, told
from tests.factories.cast import Cast

HERE = Source(ip="192.0.2.1", user_agent="test")


def sign_in(cast: Cast, keys: TokenKeys, code: str | None = None, name: str = "io", password: str = PASSWORD):
    return service.login(cast.backend, keys, HERE, email=cast[name].email, password=password, totp_code=code)


def load(cast: Cast, keys: TokenKeys, token: str) -> Actor:
    claims = keys.read(token, AUDIENCE_API)
    with ActorSession(cast.backend.engine, system_actor(claims.tenant_id)) as session:
        actor = service.load_actor(session, claims, HERE)
        session.commit()
    return actor


def demand(cast: Cast, *, required: bool, tenant: str = "mumbai") -> None:
    with cast.acting("admin") as uow:
        service.update_tenant(uow, cast.tenants[tenant], {"policy": {"mfa_required": required}}, expected_version=None)


# --- signing in ------------------------------------------------------------------------------------------------------


def refusal(cast: Cast, keys: TokenKeys, code: str | None = None, password: str = PASSWORD) -> InvalidCredentials:
    with pytest.raises(InvalidCredentials) as refused:
        sign_in(cast, keys, code, password=password)
    return refused.value


def test_a_sign_in_asks_for_the_code(cast: Cast, keys: TokenKeys) -> None:
    phone = enrolled(cast, "io")
    for missing in (None, "", "  "):
        assert refusal(cast, keys, missing).error_code == "mfa_required"
    done = sign_in(cast, keys, phone.code())
    assert done.user["mfa_enrolled"] is True
    assert done.user["mfa_enrolment_required"] is False
    assert load(cast, keys, done.access_token).user_id == cast["io"].user_id
    with unit_of_work(cast.backend, cast["io"]) as uow:
        row = uow.session.execute(select(AuthSession.amr, AuthSession.mfa_at)).one()
    assert "otp" in row.amr
    assert row.mfa_at is not None


def test_what_the_token_says_of_the_proof_outlives_a_refresh(cast: Cast, keys: TokenKeys) -> None:
    phone = enrolled(cast, "io")
    done = sign_in(cast, keys, phone.code())
    again = service.refresh(cast.backend, keys, done.refresh.token, done.refresh.csrf, HERE)
    for token in (done.access_token, again.access_token):
        assert jwt.decode(token, options={"verify_signature": False})["amr"] == ["pwd", "otp", "mfa"]


def test_a_recovery_code_signs_in_once_and_its_owner_is_told(cast: Cast, keys: TokenKeys) -> None:
    code = enrolled(cast, "io").recovery_codes[0]
    assert sign_in(cast, keys, code).access_token
    assert told(cast)[-1] == ("RECOVERY_CODE_USED", 9)
    assert refusal(cast, keys, code).error_code == "invalid_credentials"


def test_a_taken_code_is_refused_like_a_wrong_one(cast: Cast, keys: TokenKeys) -> None:
    phone = enrolled(cast, "io")
    code = phone.code()
    sign_in(cast, keys, code)
    answers = [
        refusal(cast, keys, code),
        refusal(cast, keys, phone.wrong()),
        refusal(cast, keys, phone.wrong(), password="wrong wrong wrong"),
    ]
    assert {(each.error_code, each.detail) for each in answers} == {("invalid_credentials", answers[0].detail)}


def test_a_wrong_password_never_tells_that_there_is_a_second_factor(cast: Cast, keys: TokenKeys) -> None:
    enrolled(cast, "io")
    with_factor = refusal(cast, keys, password="wrong wrong wrong")
    with pytest.raises(InvalidCredentials) as without:
        sign_in(cast, keys, name="io2", password="wrong wrong wrong")
    assert (with_factor.error_code, with_factor.detail) == (without.value.error_code, without.value.detail)


def test_a_wrong_password_takes_no_code(cast: Cast, keys: TokenKeys) -> None:
    phone = enrolled(cast, "io")
    code = phone.code()
    refusal(cast, keys, code, password="wrong wrong wrong")
    refusal(cast, keys, phone.recovery_codes[0], password="wrong wrong wrong")
    assert sign_in(cast, keys, code).access_token
    assert sign_in(cast, keys, phone.recovery_codes[0]).access_token


def test_wrong_codes_lock_like_wrong_passwords_and_the_owner_is_told(cast: Cast, keys: TokenKeys) -> None:
    phone = enrolled(cast, "io")
    for _ in range(lockout.PAIR.failures):
        refusal(cast, keys, phone.wrong())
    assert refusal(cast, keys, phone.code()).error_code == "invalid_credentials"
    assert refusal(cast, keys).error_code == "invalid_credentials"  # not even that a code is missing
    assert events_of(cast).count("auth:mfa_refused") == lockout.PAIR.failures
    assert told(cast).count(("GUESSED", 0)) == 1
    with cast.acting("admin") as uow:
        service.unlock(uow.session, cast["io"].email)
    assert sign_in(cast, keys, phone.recovery_codes[0]).access_token


def test_missing_codes_lock_nobody(cast: Cast, keys: TokenKeys) -> None:
    phone = enrolled(cast, "io")
    for _ in range(lockout.PAIR.failures + 1):
        assert refusal(cast, keys).error_code == "mfa_required"
    assert sign_in(cast, keys, phone.code()).access_token


def test_of_rivals_who_sign_in_with_one_code_one_wins(cast: Cast, keys: TokenKeys) -> None:
    phone = enrolled(cast, "io")
    code = phone.code()

    def attempt(_: int) -> bool:
        try:
            return bool(sign_in(cast, keys, code).access_token)
        except InvalidCredentials:
            return False

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(attempt, range(4))).count(True) == 1


def test_a_mark_without_a_secret_keeps_the_account_shut(cast: Cast, keys: TokenKeys) -> None:
    with cast.superuser() as connection:
        connection.execute("UPDATE app.authentication_user SET mfa_enrolled_at = now()")
    assert refusal(cast, keys).error_code == "mfa_required"
    assert refusal(cast, keys, "123456").error_code == "invalid_credentials"


def test_a_session_of_the_password_alone_ends_with_the_enrolment(cast: Cast, keys: TokenKeys) -> None:
    mine, other = (sign_in(cast, keys) for _ in range(2))
    me = load(cast, keys, mine.access_token)
    with unit_of_work(cast.backend, me) as uow:
        phone = Authenticator(service.enrol_mfa(uow).secret)
    service.confirm_mfa(cast.backend, me, phone.code())
    assert load(cast, keys, mine.access_token).user_id == me.user_id
    with pytest.raises(NotAuthenticated):
        load(cast, keys, other.access_token)
    with pytest.raises(NotAuthenticated):
        service.refresh(cast.backend, keys, other.refresh.token, other.refresh.csrf, HERE)
    with cast.superuser() as connection:
        # One that slipped in between: the check of the password before the enrolment, the session after it.
        connection.execute(
            "UPDATE app.auth_session SET revoked_at = NULL, mfa_at = NULL WHERE sid <> %s", (me.session_id,)
        )
    with pytest.raises(NotAuthenticated):
        load(cast, keys, other.access_token)


def test_a_step_up_asks_for_the_code_too(cast: Cast, keys: TokenKeys) -> None:
    phone = enrolled(cast, "io")
    me = load(cast, keys, sign_in(cast, keys, phone.recovery_codes[0]).access_token)
    with cast.superuser() as connection:
        connection.execute("UPDATE app.auth_session SET proved_at = now() - interval '1 hour', mfa_at = created_at")
    with pytest.raises(InvalidCredentials) as refused:
        service.step_up(cast.backend, keys, me, PASSWORD, None)
    assert refused.value.error_code == "mfa_required"
    with pytest.raises(InvalidCredentials) as refused:
        service.step_up(cast.backend, keys, me, PASSWORD, phone.wrong())
    assert refused.value.error_code == "invalid_credentials"
    code = phone.code()
    token, _ = service.step_up(cast.backend, keys, me, PASSWORD, code)
    proved = load(cast, keys, token).proved_at
    assert proved is not None
    assert clock.now() - proved < dt.timedelta(minutes=1)
    with pytest.raises(InvalidCredentials):
        service.step_up(cast.backend, keys, me, PASSWORD, code)
    assert events_of(cast).count("auth:mfa_refused") == 2


# --- demanded by the tenant ------------------------------------------------------------------------------------------


def test_the_policy_reaches_an_open_session_and_lets_go_of_it(cast: Cast, keys: TokenKeys) -> None:
    done = sign_in(cast, keys)
    assert load(cast, keys, done.access_token).mfa_enrolment_required is False
    demand(cast, required=True)
    assert load(cast, keys, done.access_token).mfa_enrolment_required is True
    assert sign_in(cast, keys).user["mfa_enrolment_required"] is True
    demand(cast, required=False)
    assert load(cast, keys, done.access_token).mfa_enrolment_required is False


def test_who_has_a_second_factor_does_not_notice_the_policy(cast: Cast, keys: TokenKeys) -> None:
    phone = enrolled(cast, "io")
    demand(cast, required=True)
    done = sign_in(cast, keys, phone.code())
    assert done.user["mfa_enrolment_required"] is False
    assert load(cast, keys, done.access_token).mfa_enrolment_required is False


def test_a_tenant_that_says_nothing_demands_it(cast: Cast, keys: TokenKeys) -> None:
    done = sign_in(cast, keys)
    with cast.superuser() as connection:
        connection.execute("UPDATE app.tenants SET policy = '{}'")
    assert load(cast, keys, done.access_token).mfa_enrolment_required is True


@pytest.mark.parametrize("default", [True, False])
@pytest.mark.parametrize("given", [{}, {"mfa_required": True}, {"mfa_required": False}, {"auto_submit": False}])
def test_a_new_tenant_starts_with_the_default_unless_told_otherwise(
    cast: Cast, default: bool, given: dict[str, bool]
) -> None:
    settings = replace(cast.settings, mfa_required=default)
    backend = Backend.connect(settings, settings.database_url, application="lers-test")
    try:
        with unit_of_work(backend, cast["admin"]) as uow:
            data = {"name": "New", "type": "PROVIDER", "code": "NEW", "policy": given}
            tenant_id = service.create_tenant(uow, data)
            found = service.tenant_policy(uow, tenant_id)
    finally:
        backend.engine.dispose()
    assert found.mfa_required is given.get("mfa_required", default)


# --- taking it away --------------------------------------------------------------------------------------------------


def test_one_takes_ones_own_away(cast: Cast, keys: TokenKeys) -> None:
    phone = enrolled(cast, "io")
    mine = load(cast, keys, sign_in(cast, keys, phone.code()).access_token)
    other = sign_in(cast, keys, phone.recovery_codes[0])
    with unit_of_work(cast.backend, mine) as uow:
        service.disable_mfa(uow)
    with pytest.raises(NotAuthenticated):
        load(cast, keys, other.access_token)
    assert sign_in(cast, keys).user["mfa_enrolled"] is False
    assert "auth:mfa_disable" in events_of(cast)
    assert told(cast)[-1] == ("REMOVED", 0)
    with cast.superuser() as connection:
        for table in ("auth_totp", "auth_recovery_code"):
            assert connection.execute(f"SELECT count(*) FROM app.{table}").fetchone() == (0,)
    with unit_of_work(cast.backend, mine) as uow, pytest.raises(NotFound):
        service.disable_mfa(uow)


def test_it_stays_where_the_tenant_demands_it(cast: Cast, keys: TokenKeys) -> None:
    phone = enrolled(cast, "io")
    demand(cast, required=True)
    with cast.acting("io") as uow, pytest.raises(Forbidden) as refused:
        service.disable_mfa(uow)
    assert refused.value.error_code == "mfa_required_by_policy"
    assert sign_in(cast, keys, phone.code()).access_token


def test_the_operator_resets_a_lost_one(cast: Cast, keys: TokenKeys) -> None:
    phone = enrolled(cast, "io")
    living = sign_in(cast, keys, phone.code())
    ops = Backend.connect(cast.settings, cast.settings.ops_database_url, application="lers-test-ops")
    try:
        with unit_of_work(ops, cast["admin"]) as uow:
            assert service.reset_mfa(uow, cast["io"].user_id) is True
        with unit_of_work(ops, cast["admin"]) as uow:
            assert service.reset_mfa(uow, cast["io"].user_id) is False
        with unit_of_work(ops, cast["sho"]) as uow, pytest.raises(NotFound):
            service.reset_mfa(uow, cast["foreign_io"].user_id)
    finally:
        ops.engine.dispose()
    with pytest.raises(NotAuthenticated):
        load(cast, keys, living.access_token)
    assert sign_in(cast, keys).user["mfa_enrolled"] is False
    assert "auth:mfa_reset" in events_of(cast, "admin")
    assert told(cast)[-1] == ("RESET", 0)
