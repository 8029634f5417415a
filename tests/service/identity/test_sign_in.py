"""Signing in on a real PostgreSQL: one answer for all failures, limits that cannot be turned against an officer."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from lers_web.config import Settings
from lers_web.domains.identity import lockout, service
from lers_web.domains.identity.models import AuthSession
from lers_web.kernel.actor import Source, system_actor
from lers_web.kernel.db import ActorSession
from lers_web.kernel.errors import Forbidden, InvalidCredentials, NotAuthenticated
from lers_web.kernel.tokens import AUDIENCE_API, AUDIENCE_HUB, TokenKeys
from lers_web.kernel.uow import unit_of_work
from tests.factories.cast import Cast, cast_in

PASSWORD = "Correct-horse-battery-7"
HERE, THERE = Source(ip="192.0.2.1", user_agent="test"), Source(ip="192.0.2.99", user_agent="test")


@pytest.fixture(scope="module")
def keys(servers: Settings) -> TokenKeys:
    return TokenKeys.load(servers.key_dir, signing=True)


@pytest.fixture(scope="module")
def hashed(servers: Settings) -> str:
    return service.make_hash(servers, PASSWORD)


@pytest.fixture
def cast(database: Settings, hashed: str) -> Iterator[Cast]:
    with cast_in(database) as cast:
        with cast.superuser() as connection:
            connection.execute("UPDATE app.authentication_user SET password_hash = %s", (hashed,))
        yield cast


def sign_in(cast: Cast, keys: TokenKeys, name: str = "io", password: str = PASSWORD, source: Source = HERE):
    return service.login(cast.backend, keys, source, email=cast[name].email, password=password)


def load(cast: Cast, keys: TokenKeys, token: str):
    claims = keys.read(token, AUDIENCE_API)
    with ActorSession(cast.backend.engine, system_actor(claims.tenant_id)) as session:
        actor = service.load_actor(session, claims, HERE)
        session.commit()
    return actor


def events_of(cast: Cast, name: str) -> list[str]:
    with cast.superuser() as connection:
        rows = connection.execute(
            "SELECT event FROM audit.entry WHERE tenant_id = %s ORDER BY seq", (cast[name].tenant_id,)
        )
        return [row[0] for row in rows]


def test_a_sign_in_gives_a_token_that_the_api_and_the_hub_read(cast: Cast, keys: TokenKeys) -> None:
    done = sign_in(cast, keys)
    for audience in (AUDIENCE_API, AUDIENCE_HUB):
        assert keys.read(done.access_token, audience).user_id == cast["io"].user_id
    actor = load(cast, keys, done.access_token)
    assert (actor.role, actor.tenant_id, actor.rank) == (cast["io"].role, cast["io"].tenant_id, "PSI")
    assert actor.permissions == cast["io"].permissions
    assert done.user["permissions"] == sorted(actor.permissions)
    assert done.user["tenant"]["code"] == "MUM"
    assert events_of(cast, "io") == ["auth:login"]


def test_the_administrator_signs_in_too(cast: Cast, keys: TokenKeys) -> None:
    assert load(cast, keys, sign_in(cast, keys, "admin").access_token).role == "SUPER_ADMIN"


@pytest.mark.parametrize("case", ["unknown", "wrong", "no_password", "inactive", "tenant_inactive", "deleted"])
def test_every_refusal_reads_the_same(cast: Cast, keys: TokenKeys, case: str) -> None:
    statements = {
        "no_password": "UPDATE app.authentication_user SET password_hash = NULL WHERE email = %s",
        "inactive": "UPDATE app.authentication_user SET is_active = false WHERE email = %s",
        "deleted": "UPDATE app.authentication_user SET is_deleted = true WHERE email = %s",
        "tenant_inactive": "UPDATE app.tenants SET is_active = false WHERE id ="
        " (SELECT tenant_id FROM app.authentication_user WHERE email = %s)",
    }
    email = "nobody@nowhere.example" if case == "unknown" else cast["io"].email
    if case in statements:
        with cast.superuser() as connection:
            connection.execute(statements[case], (email,))
    password = "not this one at all" if case == "wrong" else PASSWORD
    with pytest.raises(InvalidCredentials) as refused:
        service.login(cast.backend, keys, HERE, email=email, password=password)
    assert refused.value.error_code == "invalid_credentials"
    assert refused.value.detail == "The e-mail address or the password is not right, or the account cannot be used."


def fail(cast: Cast, keys: TokenKeys, times: int, source: Source = HERE) -> None:
    for _ in range(times):
        with pytest.raises(InvalidCredentials):
            sign_in(cast, keys, password="wrong wrong wrong", source=source)


def test_five_failures_lock_the_account_for_that_address_only(cast: Cast, keys: TokenKeys) -> None:
    fail(cast, keys, lockout.PAIR.failures, source=THERE)
    with pytest.raises(InvalidCredentials):  # the right password, and the very same answer
        sign_in(cast, keys, source=THERE)
    assert sign_in(cast, keys, source=HERE).access_token  # the officer at their own desk does not notice
    assert sign_in(cast, keys, "io2", source=THERE).access_token
    assert events_of(cast, "io").count("auth:login_failed") == lockout.PAIR.failures + 1


def test_four_failures_are_forgotten_by_a_success(cast: Cast, keys: TokenKeys) -> None:
    for _ in range(2):
        fail(cast, keys, lockout.PAIR.failures - 1)
        assert sign_in(cast, keys).access_token


def test_a_lock_ends_and_can_be_ended(cast: Cast, keys: TokenKeys) -> None:
    fail(cast, keys, lockout.PAIR.failures)
    with cast.superuser() as connection:
        connection.execute("UPDATE app.login_counter SET locked_until = now() - interval '1 second'")
    assert sign_in(cast, keys).access_token
    fail(cast, keys, lockout.PAIR.failures)
    with cast.acting("admin") as uow:
        assert service.unlock(uow.session, cast["io"].email) == 2  # the pair's and the account's
    assert sign_in(cast, keys).access_token


def test_a_locked_account_stays_open_from_an_address_it_knows(cast: Cast, keys: TokenKeys) -> None:
    sign_in(cast, keys, source=HERE)
    with cast.superuser() as connection:
        connection.execute(
            "INSERT INTO app.login_counter (key, failures, first_failed_at, locked_until)"
            " VALUES (%s, 50, now(), now() + interval '1 hour')",
            (f"account:{lockout.account_hash(cast['io'].email)}",),
        )
    assert sign_in(cast, keys, source=HERE).access_token
    with pytest.raises(InvalidCredentials):
        sign_in(cast, keys, source=THERE)


def test_an_account_with_a_second_factor_is_not_opened_by_a_password(cast: Cast, keys: TokenKeys) -> None:
    with cast.superuser() as connection:
        connection.execute("UPDATE app.authentication_user SET mfa_enrolled_at = now()")
    with pytest.raises(InvalidCredentials) as refused:
        sign_in(cast, keys)
    assert refused.value.error_code == "mfa_required"
    with pytest.raises(InvalidCredentials) as wrong:  # a wrong password never tells that there is a second factor
        sign_in(cast, keys, password="wrong wrong wrong")
    assert wrong.value.error_code == "invalid_credentials"


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE app.auth_session SET revoked_at = now()",
        "UPDATE app.auth_session SET idle_expires_at = now()",
        "UPDATE app.auth_session SET expires_at = now()",
        "UPDATE app.authentication_user SET is_active = false",
        "UPDATE app.tenants SET is_active = false",
    ],
)
def test_a_good_token_of_a_dead_session_is_nobody(cast: Cast, keys: TokenKeys, damage: str) -> None:
    token = sign_in(cast, keys).access_token
    with cast.superuser() as connection:
        connection.execute(damage)
    with pytest.raises(NotAuthenticated):
        load(cast, keys, token)


def test_rights_come_from_the_database_and_not_from_the_token(cast: Cast, keys: TokenKeys) -> None:
    token = sign_in(cast, keys, "sho").access_token
    with cast.superuser() as connection:
        connection.execute("UPDATE app.authentication_user SET role = 'IO', is_tenant_admin = false")
    assert load(cast, keys, token).permissions == cast["io"].permissions


def test_use_moves_the_idle_limit_once_a_minute(cast: Cast, keys: TokenKeys) -> None:
    token = sign_in(cast, keys).access_token

    def seen() -> tuple[dt.datetime, dt.datetime]:
        with unit_of_work(cast.backend, cast["io"]) as uow:
            row = uow.session.execute(select(AuthSession.last_seen_at, AuthSession.idle_expires_at)).one()
        return row.last_seen_at, row.idle_expires_at

    before = seen()
    load(cast, keys, token)
    assert seen() == before
    with cast.superuser() as connection:
        connection.execute(
            "UPDATE app.auth_session SET last_seen_at = last_seen_at - interval '2 minutes',"
            " idle_expires_at = idle_expires_at - interval '2 minutes'"
        )
    load(cast, keys, token)
    assert seen()[1] - before[1] < dt.timedelta(seconds=30)
    assert seen()[0] > before[0]


def test_step_up_proves_again_and_counts_failures(cast: Cast, keys: TokenKeys) -> None:
    actor = load(cast, keys, sign_in(cast, keys).access_token)
    with cast.superuser() as connection:
        connection.execute("UPDATE app.auth_session SET proved_at = now() - interval '1 hour'")
    token, _ = service.step_up(cast.backend, keys, actor, PASSWORD, None)
    claims = keys.read(token, AUDIENCE_API)
    assert claims.session_id == actor.session_id
    proved = load(cast, keys, token).proved_at
    assert proved is not None
    assert dt.datetime.now(dt.UTC) - proved < dt.timedelta(minutes=1)
    for _ in range(lockout.PAIR.failures):
        with pytest.raises(InvalidCredentials):
            service.step_up(cast.backend, keys, actor, "wrong wrong wrong", None)
    with pytest.raises(InvalidCredentials):
        service.step_up(cast.backend, keys, actor, PASSWORD, None)


def test_a_refresh_token_is_good_once_and_gives_its_successor(cast: Cast, keys: TokenKeys) -> None:
    first = sign_in(cast, keys).refresh
    second = service.refresh(cast.backend, keys, first.token, first.csrf, HERE)
    assert second.refresh.token != first.token
    third = service.refresh(cast.backend, keys, second.refresh.token, second.refresh.csrf, HERE)
    assert load(cast, keys, third.access_token).user_id == cast["io"].user_id
    assert third.refresh.expires_at == first.expires_at  # the seven days are absolute


def test_a_lost_answer_may_be_asked_for_again(cast: Cast, keys: TokenKeys) -> None:
    first = sign_in(cast, keys).refresh
    one = service.refresh(cast.backend, keys, first.token, first.csrf, HERE, retry_key="call-1")
    two = service.refresh(cast.backend, keys, first.token, first.csrf, HERE, retry_key="call-1")
    assert one.refresh == two.refresh


@pytest.mark.parametrize("retry_key", [None, "call-2"])
def test_another_call_with_a_used_token_is_no_repetition(cast: Cast, keys: TokenKeys, retry_key: str | None) -> None:
    first = sign_in(cast, keys).refresh
    second = service.refresh(cast.backend, keys, first.token, first.csrf, HERE, retry_key="call-1").refresh
    with pytest.raises(NotAuthenticated) as caught:
        service.refresh(cast.backend, keys, first.token, first.csrf, HERE, retry_key=retry_key)
    assert caught.value.error_code == "refresh_reused"
    with pytest.raises(NotAuthenticated):
        service.refresh(cast.backend, keys, second.token, second.csrf, HERE)


def test_a_used_token_that_comes_back_ends_the_session(cast: Cast, keys: TokenKeys) -> None:
    first = sign_in(cast, keys).refresh
    second = service.refresh(cast.backend, keys, first.token, first.csrf, HERE, retry_key="call-1")
    with cast.superuser() as connection:
        connection.execute(
            "UPDATE app.auth_refresh SET used_at = used_at - interval '11 seconds' WHERE used_at IS NOT NULL"
        )
    with pytest.raises(NotAuthenticated) as caught:
        service.refresh(cast.backend, keys, first.token, first.csrf, HERE, retry_key="call-1")
    assert caught.value.error_code == "refresh_reused"
    for token in (second.access_token,):
        with pytest.raises(NotAuthenticated):
            load(cast, keys, token)
    with pytest.raises(NotAuthenticated):
        service.refresh(cast.backend, keys, second.refresh.token, second.refresh.csrf, HERE)
    assert {"session:ended", "auth:refresh_reused"} <= set(events_of(cast, "io"))
    with cast.superuser() as connection:
        payload = connection.execute("SELECT payload FROM app.outbox WHERE type = 'identity.session_ended'").fetchone()
    assert payload is not None
    assert payload[0]["reason"] == "REFRESH_REUSED"


def test_a_token_whose_successor_is_in_use_has_no_grace(cast: Cast, keys: TokenKeys) -> None:
    first = sign_in(cast, keys).refresh
    second = service.refresh(cast.backend, keys, first.token, first.csrf, HERE, retry_key="call-1").refresh
    service.refresh(cast.backend, keys, second.token, second.csrf, HERE)
    with pytest.raises(NotAuthenticated):
        service.refresh(cast.backend, keys, first.token, first.csrf, HERE, retry_key="call-1")


@pytest.mark.parametrize("csrf", ["", "guessed"])
def test_a_refresh_needs_the_csrf_word(cast: Cast, keys: TokenKeys, csrf: str) -> None:
    first = sign_in(cast, keys).refresh
    with pytest.raises(Forbidden) as refused:
        service.refresh(cast.backend, keys, first.token, csrf, HERE)
    assert refused.value.error_code == "csrf_failed"
    assert service.refresh(cast.backend, keys, first.token, first.csrf, HERE).access_token


@pytest.mark.parametrize("token", ["", "no-such-token", "x" * 500])
def test_an_unknown_refresh_token_is_nobody(cast: Cast, keys: TokenKeys, token: str) -> None:
    with pytest.raises(NotAuthenticated):
        service.refresh(cast.backend, keys, token, "x", HERE)


def test_logout_ends_the_session_and_may_be_repeated(cast: Cast, keys: TokenKeys) -> None:
    done = sign_in(cast, keys)
    service.logout_by_cookie(cast.backend, done.refresh.token, done.refresh.csrf, HERE)
    with pytest.raises(NotAuthenticated):
        load(cast, keys, done.access_token)
    service.logout_by_cookie(cast.backend, done.refresh.token, done.refresh.csrf, HERE)


def test_repetitions_at_once_go_on_together(cast: Cast, keys: TokenKeys) -> None:
    from concurrent.futures import ThreadPoolExecutor

    first = sign_in(cast, keys).refresh
    with ThreadPoolExecutor(6) as pool:
        answers = list(
            pool.map(
                lambda _: service.refresh(cast.backend, keys, first.token, first.csrf, HERE, retry_key="call-1"),
                range(6),
            )
        )
    assert len({answer.refresh.token for answer in answers}) == 1
    assert load(cast, keys, answers[0].access_token).user_id == cast["io"].user_id


def test_an_outdated_hash_is_made_anew(cast: Cast, keys: TokenKeys) -> None:
    settings = dataclasses.replace(cast.settings, argon2_memory_kib=8192)
    with cast.superuser() as connection:
        connection.execute(
            "UPDATE app.authentication_user SET password_hash = %s", (service.make_hash(settings, PASSWORD),)
        )
    sign_in(cast, keys)
    with cast.superuser() as connection:
        row = connection.execute(
            "SELECT password_hash FROM app.authentication_user WHERE email = %s", (cast["io"].email,)
        ).fetchone()
    assert row is not None
    assert f"m={cast.settings.argon2_memory_kib}" in row[0]
