"""Second factors on a real PostgreSQL: each code once, whoever tries at the same time; and nobody reads a secret."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from sqlalchemy import func, select, text

from lers_web.domains.identity import mfa, reads, recovery_codes, service, totp
from lers_web.domains.identity.models import RecoveryCode, TotpSecret
from lers_web.kernel import clock
from lers_web.kernel.crypto import CipherError
from lers_web.kernel.errors import Conflict, Invalid
from tests.factories.authenticator import Authenticator, enrolled, events_of, take, told
from tests.factories.cast import Cast

RIVALS = 20


# --- setting it up ---------------------------------------------------------------------------------------------------


def test_a_secret_becomes_the_second_factor_by_its_first_code(cast: Cast) -> None:
    with cast.acting("io") as uow:
        made = service.enrol_mfa(uow)
    assert made.secret in made.otpauth_uri
    assert made.qr == totp.qr_rows(made.otpauth_uri)
    assert dt.timedelta(minutes=9) < made.expires_at - clock.now() <= dt.timedelta(minutes=10)
    codes = service.confirm_mfa(cast.backend, cast["io"], Authenticator(made.secret).code())
    assert len(set(codes)) == recovery_codes.HOW_MANY
    assert all(len(code.replace("-", "")) * 5 >= 112 for code in codes)  # bits
    with cast.acting("io") as uow:
        me, status = reads.me(uow), service.mfa_status(uow)
    assert me["mfa_enrolled"] is True
    assert (status["enrolled"], status["recovery_codes_left"], status["pending_until"]) == (True, 10, None)
    assert events_of(cast) == ["auth:mfa_enrol", "auth:mfa_confirm"]
    assert told(cast) == [("ENROLLED", 10)]


def test_the_first_code_is_taken_by_the_confirmation(cast: Cast) -> None:
    with clock.at(clock.now(), cast.settings):
        with cast.acting("io") as uow:
            phone = Authenticator(service.enrol_mfa(uow).secret)
        code = phone.at()
        service.confirm_mfa(cast.backend, cast["io"], code)
        assert not take(cast, code)
        assert not take(cast, phone.at(-1))
        assert take(cast, phone.at(1))


@pytest.mark.parametrize("case", ["wrong", "letters", "empty", "recovery"])
def test_another_code_confirms_nothing_and_stays_on_record(cast: Cast, case: str) -> None:
    with cast.acting("io") as uow:
        phone = Authenticator(service.enrol_mfa(uow).secret)
    code = {"wrong": phone.wrong(), "letters": "abcdef", "empty": " ", "recovery": "abcd-" * 5 + "abcd"}[case]
    with pytest.raises(Invalid) as refused:
        service.confirm_mfa(cast.backend, cast["io"], code)
    assert refused.value.error_code == "mfa_code_invalid"
    assert "code" in refused.value.errors
    assert events_of(cast)[-1] == "auth:mfa_refused"
    with cast.acting("io") as uow:
        assert not service.mfa_status(uow)["enrolled"]
    assert service.confirm_mfa(cast.backend, cast["io"], phone.code())  # the right one is good still


def test_a_pending_secret_lives_ten_minutes(cast: Cast) -> None:
    now = clock.now()
    with cast.acting("io") as uow:
        phone = Authenticator(service.enrol_mfa(uow).secret)
    with clock.at(now + mfa.PENDING + dt.timedelta(seconds=1), cast.settings):
        with pytest.raises(Conflict) as refused:
            service.confirm_mfa(cast.backend, cast["io"], phone.at())
        with cast.acting("io") as uow:
            assert service.mfa_status(uow)["pending_until"] is None
    assert refused.value.error_code == "mfa_not_pending"


def test_nothing_pending_is_nothing_to_confirm(cast: Cast) -> None:
    with pytest.raises(Conflict) as refused:
        service.confirm_mfa(cast.backend, cast["io"], "123456")
    assert refused.value.error_code == "mfa_not_pending"


def test_a_newer_secret_replaces_the_one_that_waited(cast: Cast) -> None:
    with cast.acting("io") as uow:
        old = Authenticator(service.enrol_mfa(uow).secret)
    with cast.acting("io") as uow:
        new = Authenticator(service.enrol_mfa(uow).secret)
    with pytest.raises(Invalid):
        service.confirm_mfa(cast.backend, cast["io"], old.code())
    assert service.confirm_mfa(cast.backend, cast["io"], new.code())


def test_enrolling_at_once_leaves_one_pending_secret(cast: Cast) -> None:
    def start(_: int) -> None:
        with cast.acting("io") as uow:
            service.enrol_mfa(uow)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(start, range(8)))
    with cast.acting("io") as uow:
        assert uow.session.scalar(select(func.count()).select_from(TotpSecret)) == 1


def test_the_old_phone_works_until_the_new_one_is_confirmed(cast: Cast) -> None:
    with clock.at(clock.now(), cast.settings):
        old = enrolled(cast, "io")
        with cast.acting("io") as uow:
            new = Authenticator(service.enrol_mfa(uow).secret)
        assert take(cast, old.at(1))
        assert not take(cast, new.at(1))
        codes = service.confirm_mfa(cast.backend, cast["io"], new.at())
    with clock.at(clock.now() + dt.timedelta(minutes=2), cast.settings):
        assert not take(cast, old.at())
        assert not take(cast, old.recovery_codes[0])
        assert take(cast, new.at())
        assert take(cast, codes[0])


def test_one_confirms_a_secret_of_rivals(cast: Cast) -> None:
    with cast.acting("io") as uow:
        phone = Authenticator(service.enrol_mfa(uow).secret)
    code = phone.code()

    def confirm(_: int) -> int:
        try:
            return len(service.confirm_mfa(cast.backend, cast["io"], code))
        except Conflict:
            return 0

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(confirm, range(6))) == [0] * 5 + [10]


# --- each code once --------------------------------------------------------------------------------------------------


def test_a_code_is_good_within_a_step_of_the_clock(cast: Cast) -> None:
    phone = enrolled(cast, "io")
    later = clock.now() + dt.timedelta(minutes=5)
    for number, (skew, good) in enumerate([(-2, False), (2, False), (-1, True), (0, True), (1, True)]):
        with clock.at(later + dt.timedelta(minutes=2 * number), cast.settings):
            assert take(cast, phone.at(skew)) is good, skew


def test_a_later_code_ends_the_earlier_ones(cast: Cast) -> None:
    phone = enrolled(cast, "io")
    with clock.at(clock.now() + dt.timedelta(minutes=5), cast.settings):
        assert take(cast, phone.at(1))
        for steps in (-1, 0, 1):
            assert not take(cast, phone.at(steps))
    with clock.at(clock.now() + dt.timedelta(minutes=6), cast.settings):
        assert take(cast, phone.at())


@pytest.mark.parametrize("steps", [0, 1])
def test_of_twenty_rivals_with_one_code_one_wins(cast: Cast, steps: int) -> None:
    phone = enrolled(cast, "io")
    with cast.superuser() as connection:  # the confirmation's own step is long ago
        connection.execute("ALTER TABLE app.auth_totp DISABLE TRIGGER guard")
        connection.execute("UPDATE app.auth_totp SET last_step = 1")
        connection.execute("ALTER TABLE app.auth_totp ENABLE TRIGGER guard")
    code = phone.at(steps)
    with ThreadPoolExecutor(RIVALS) as pool:
        won = list(pool.map(lambda _: take(cast, code), range(RIVALS)))
    assert won.count(True) == 1
    assert not take(cast, phone.at(steps - 1))


def test_of_rivals_with_neighbouring_codes_at_most_one_wins_with_each(cast: Cast) -> None:
    phone = enrolled(cast, "io")
    with cast.superuser() as connection:
        connection.execute("ALTER TABLE app.auth_totp DISABLE TRIGGER guard")
        connection.execute("UPDATE app.auth_totp SET last_step = 1")
        connection.execute("ALTER TABLE app.auth_totp ENABLE TRIGGER guard")
    codes = [phone.at(number % 2) for number in range(RIVALS)]
    with ThreadPoolExecutor(RIVALS) as pool:
        won = [code for code, good in zip(codes, pool.map(lambda code: take(cast, code), codes), strict=True) if good]
    assert 1 <= len(won) <= 2
    assert len(set(won)) == len(won)


def test_of_twenty_rivals_with_one_recovery_code_one_wins(cast: Cast) -> None:
    code = enrolled(cast, "io").recovery_codes[3]
    with ThreadPoolExecutor(RIVALS) as pool:
        assert list(pool.map(lambda _: take(cast, code), range(RIVALS))).count(True) == 1
    assert told(cast)[-1] == ("RECOVERY_CODE_USED", 9)
    assert events_of(cast).count("auth:mfa_recovery_used") == 1


@pytest.mark.parametrize("form", ["as shown", "upper", "spaces", "bare"])
def test_a_recovery_code_may_be_typed_in_any_grouping(cast: Cast, form: str) -> None:
    code = enrolled(cast, "io").recovery_codes[0]
    typed = {"as shown": code, "upper": code.upper(), "spaces": code.replace("-", " "), "bare": code.replace("-", "")}
    assert take(cast, typed[form])
    assert not take(cast, code)


@pytest.mark.parametrize("code", ["", "1", "12345", "abcd-efgh", "x" * 64, "0000-" * 5 + "0000", "'; DROP TABLE x"])
def test_what_is_no_code_is_refused(cast: Cast, code: str) -> None:
    enrolled(cast, "io")
    assert not take(cast, code)


def test_anothers_codes_are_worth_nothing(cast: Cast) -> None:
    mine = enrolled(cast, "io")
    enrolled(cast, "io2")
    assert not take(cast, mine.at(1), "io2")
    assert not take(cast, mine.recovery_codes[0], "io2")
    assert take(cast, mine.recovery_codes[0], "io")


def test_new_recovery_codes_end_the_old_ones(cast: Cast) -> None:
    old = enrolled(cast, "io").recovery_codes
    with cast.acting("io") as uow:
        new = service.renew_recovery_codes(uow)
    assert not set(old) & set(new)
    assert not take(cast, old[0])
    assert take(cast, new[0])
    assert ("CODES_RENEWED", 10) in told(cast)
    with cast.acting("io2") as uow, pytest.raises(Conflict) as refused:
        service.renew_recovery_codes(uow)
    assert refused.value.error_code == "mfa_absent"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE app.auth_totp SET last_step = last_step - 1",
        "UPDATE app.auth_totp SET last_step = NULL",
        "UPDATE app.auth_totp SET confirmed_at = now() + interval '1 day'",
        "UPDATE app.auth_recovery_code SET used_at = NULL",
    ],
)
def test_the_database_gives_no_code_back(cast: Cast, statement: str) -> None:
    assert take(cast, enrolled(cast, "io").recovery_codes[0])
    with cast.superuser() as connection, pytest.raises(psycopg.errors.CheckViolation):
        connection.execute(statement)


# --- who reads what --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reader", ["io2", "sho", "foreign_io", "admin"])
@pytest.mark.parametrize("table", [TotpSecret, RecoveryCode])
def test_nobody_sees_anothers_rows(cast: Cast, reader: str, table: type) -> None:
    enrolled(cast, "io")
    with cast.acting("io") as uow:
        assert uow.session.scalar(select(func.count()).select_from(table)) > 0
    with cast.acting(reader) as uow:
        assert uow.session.scalar(select(func.count()).select_from(table)) == 0


@pytest.mark.parametrize("role", ["hub_database_url", "worker_database_url", "ops_database_url"])
@pytest.mark.parametrize("column", ["auth_totp.secret", "auth_recovery_code.hash"])
def test_no_other_service_reads_a_secret(cast: Cast, role: str, column: str) -> None:
    enrolled(cast, "io")
    table, name = column.split(".")
    with (
        psycopg.connect(getattr(cast.settings, role)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(f"SELECT {name} FROM app.{table}")


def test_a_row_at_rest_shows_no_secret_and_no_code(cast: Cast) -> None:
    phone = enrolled(cast, "io")
    with cast.superuser() as connection:
        everything = [
            str(row)
            for (table,) in connection.execute(
                "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname IN ('app','audit')"
            ).fetchall()
            for row in connection.execute(f"SELECT t::text FROM {table} t").fetchall()
        ]
    assert len(everything) > 10
    for secret in (phone.secret, *phone.recovery_codes, *(code.replace("-", "") for code in phone.recovery_codes)):
        assert not [row for row in everything if secret.lower() in row.lower()]


def test_a_secret_that_was_moved_to_another_row_is_a_loud_error(cast: Cast) -> None:
    phone = enrolled(cast, "io")
    enrolled(cast, "io2")
    with cast.superuser() as connection:
        connection.execute(
            "UPDATE app.auth_totp SET secret = (SELECT secret FROM app.auth_totp WHERE user_id = %s)"
            " WHERE user_id = %s",
            (cast["io"].user_id, cast["io2"].user_id),
        )
    with pytest.raises(CipherError):
        take(cast, phone.at(1), "io2")


def test_a_second_confirmed_secret_is_impossible(cast: Cast) -> None:
    enrolled(cast, "io")
    with cast.acting("io") as uow, pytest.raises(Exception, match="uq_auth_totp_confirmed"):
        uow.session.execute(
            text(
                "INSERT INTO app.auth_totp (id, user_id, tenant_id, secret, created_at, confirmed_at, last_step)"
                " SELECT gen_random_uuid(), user_id, tenant_id, secret, created_at, confirmed_at, last_step"
                " FROM app.auth_totp"
            )
        )
