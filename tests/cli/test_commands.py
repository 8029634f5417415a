"""What an operator types: exit codes 0, 1 and 2, words that say what to do, and JSON for machines."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import psycopg
import pytest

from lers_web.config import Settings
from lers_web.domains.identity import service
from lers_web.kernel.actor import Source
from lers_web.kernel.errors import InvalidCredentials
from lers_web.kernel.tokens import TokenKeys
from tests.cli.conftest import Commands, Flask, commands_on
from tests.factories.authenticator import enrolled
from tests.factories.cast import cast_in

PASSWORD = "nine blue kites over Pune"
IO = ("--name", "Asha Kulkarni", "--role", "IO", "--tenant", "MUM", "--rank", "PSI")


def tenant(commands: Commands, code: str = "MUM", kind: str = "LAW_ENFORCEMENT") -> str:
    created = commands.json("tenants", "create", "--name", f"Unit {code}", "--type", kind, "--code", code)
    identifier: str = created["id"]
    return identifier


def test_a_person_comes_in_by_the_link_that_create_prints(commands: Commands) -> None:
    tenant(commands)
    created = commands.json("users", "create", "asha@mumbai.example", *IO)
    link, token = created["invitation"].split("#token=")
    assert link.endswith("/le/invitation")
    backend = commands.app.extensions["lers"].backend
    keys = TokenKeys.load(commands.settings.key_dir, signing=True)
    service.accept_invitation(backend, token, PASSWORD, Source())
    assert service.login(backend, keys, Source(), email="asha@mumbai.example", password=PASSWORD).access_token
    assert [user["state"] for user in commands.json("users", "list")] == ["ACTIVE"]
    commands("users", "invite", "asha@mumbai.example", code=1)

    commands("users", "disable", "asha@mumbai.example")
    with pytest.raises(InvalidCredentials):
        service.login(backend, keys, Source(), email="asha@mumbai.example", password=PASSWORD)
    commands("users", "enable", "asha@mumbai.example")
    for _ in range(5):
        with pytest.raises(InvalidCredentials):
            service.login(backend, keys, Source(), email="asha@mumbai.example", password="wrong")
    with pytest.raises(InvalidCredentials):
        service.login(backend, keys, Source(), email="asha@mumbai.example", password=PASSWORD)
    assert "2 counters" in commands("users", "unlock", "Asha@mumbai.example")
    assert service.login(backend, keys, Source(), email="asha@mumbai.example", password=PASSWORD).access_token
    assert "asha@mumbai.example" in commands("users", "list", "--tenant", "mum")


def test_a_lost_second_factor_is_reset(database: Settings) -> None:
    with commands_on(database) as commands, cast_in(database) as cast:
        email = cast["io"].email
        assert "nothing was changed" in commands("users", "reset-mfa", email)
        phone = enrolled(cast, "io")
        said = commands("users", "reset-mfa", email.upper())
        assert "by password alone" in said
        assert phone.secret not in said
        with cast.acting("io") as uow:
            assert not service.mfa_status(uow)["enrolled"]
        assert "no user" in commands("users", "reset-mfa", "nobody@nowhere.example", code=1)


def test_the_first_administrator_needs_no_tenant(commands: Commands) -> None:
    commands("users", "create", "admin@lers.example", "--name", "Meera Nair", "--role", "SUPER_ADMIN")
    (user,) = commands.json("users", "list")
    assert (user["role"], user["tenant"]["code"], user["state"]) == ("SUPER_ADMIN", "LERS", "INVITED")


def test_tenants_are_listed(commands: Commands) -> None:
    mumbai = tenant(commands)
    commands("tenants", "create", "--name", "Below", "--type", "LAW_ENFORCEMENT", "--code", "SUB", "--parent", mumbai)
    by_code = {row["code"]: row for row in commands.json("tenants", "list")}
    assert by_code["SUB"]["parent_id"] == mumbai
    assert by_code["LERS"]["type"] == "PLATFORM"
    assert "Unit MUM" in commands("tenants", "list")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("tenants", "create", "--name", "x", "--type", "PROVIDER", "--code", "mum"), 2, "capital letters"),
        (("tenants", "create", "--name", "x", "--type", "PLATFORM", "--code", "PL"), 2, "PLATFORM"),
        (("tenants", "create", "--name", "x", "--type", "PROVIDER", "--code", "MUM"), 1, "has this code"),
        (("users", "create", "x@y.example", "--name", "x", "--role", "IO"), 2, "--tenant"),
        (("users", "create", "x@y.example", "--name", "x", "--role", "KING", "--tenant", "MUM"), 2, "KING"),
        (("users", "create", "x@y.example", "--name", "x", "--role", "PROVIDER", "--tenant", "MUM"), 1, "IO"),
        (("users", "create", "x@y.example", "--name", "x", "--role", "APPROVER", "--tenant", "MUM"), 1, "rank"),
        (("users", "create", "nobody", "--name", "x", "--role", "IO", "--tenant", "MUM"), 1, "e-mail"),
        (("users", "create", "x@y.example", "--name", "x", "--role", "IO", "--tenant", "NO"), 1, "no tenant 'NO'"),
        (("users", "disable", "nobody@y.example"), 1, "no user"),
        (("users", "nonsense"), 2, "No such command"),
        (("seed", "load"), 2, "--requests"),
        (("seed", "load", "--requests", "0"), 2, "0"),
        (("keys", "generate", "--purpose", "x"), 2, "x"),
    ],
)
def test_what_cannot_be_done_says_why(
    module_commands: Commands, arguments: tuple[str, ...], code: int, says: str
) -> None:
    assert says in module_commands(*arguments, code=code)


@pytest.fixture(scope="module")
def module_commands(module_database: Settings) -> Any:
    with commands_on(module_database) as commands:
        tenant(commands)
        yield commands


def test_the_last_administrator_is_not_disabled(commands: Commands) -> None:
    commands("users", "create", "admin@lers.example", "--name", "Meera Nair", "--role", "SUPER_ADMIN")
    with psycopg.connect(commands.settings.admin_database_url) as connection:
        connection.execute("UPDATE app.authentication_user SET password_hash = 'x'")
    assert "last administrator" in commands("users", "disable", "admin@lers.example", code=1)


def test_audit_verify_passes_and_finds_a_change_and_a_cut(commands: Commands) -> None:
    tenant(commands)
    tenant(commands, "BLR")
    whole = commands.json("audit", "verify")
    assert whole["ok"]
    assert whole["entries"] == 2
    with psycopg.connect(commands.settings.admin_database_url) as connection:
        connection.execute("ALTER TABLE audit.entry DISABLE TRIGGER ALL")
        connection.execute("UPDATE audit.entry SET canonical = replace(canonical, 'MUM', 'PUN') WHERE seq = 1")
    changed = commands.json("audit", "verify", code=1)
    assert not changed["ok"]
    assert changed["problems"]
    with psycopg.connect(commands.settings.admin_database_url) as connection:
        connection.execute("UPDATE audit.entry SET canonical = replace(canonical, 'PUN', 'MUM') WHERE seq = 1")
    commands("audit", "verify")
    with psycopg.connect(commands.settings.admin_database_url) as connection:
        connection.execute("DELETE FROM audit.entry WHERE seq = 2")
    assert "NOT intact" in commands("audit", "verify", code=1)


def test_audit_checkpoint_signs_and_refuses_a_log_that_lies(commands: Commands) -> None:
    tenant(commands)
    made = commands.json("audit", "checkpoint")
    assert made["size"] == 2
    assert commands("audit", "checkpoint").startswith(made["note"].partition("\n")[0] + "\n3\n")
    whole = commands.json("audit", "verify")
    assert (whole["ok"], whole["leaves"], whole["unsigned"]) == (True, 3, 0)
    assert "3 leaves under" in commands("audit", "verify")
    with psycopg.connect(commands.settings.admin_database_url) as connection:
        connection.execute("ALTER TABLE audit.leaf_range DISABLE TRIGGER ALL")
        connection.execute("DELETE FROM audit.leaf_range WHERE first_leaf = 2")
    assert "flask audit verify" in commands("audit", "checkpoint", code=1)
    assert "log, leaf 2" in commands("audit", "verify", code=1)


def test_audit_export_makes_a_file_that_its_verifier_finds_true(commands: Commands, tmp_path: Path) -> None:
    tenant(commands)
    target = tmp_path / "export.zip"
    period = ("--from", "2020-01-01", "--to", "2100-01-01T00:00+05:30", "--output", str(target))
    made = commands.json("audit", "export", *period)
    assert made["entries"] >= 1
    (tmp_path / "verify.py").write_bytes(zipfile.ZipFile(target).read("verify.py"))
    done = subprocess.run(
        [sys.executable, "-I", str(tmp_path / "verify.py"), str(target), "--vkey", made["vkey"]],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("TRUE.\n")
    assert "there already" in commands("audit", "export", *period, code=2)
    target.unlink()
    assert "python3 -I verify.py" in commands("audit", "export", *period)
    another = ("--output", str(tmp_path / "another.zip"))
    assert "Name a request, or a period" in commands("audit", "export", *another, code=1)
    assert "no ISO time" in commands("audit", "export", "--from", "yesterday", *another, code=2)
    assert "no directory" in commands("audit", "export", "--output", str(tmp_path / "no" / "x.zip"), code=2)
    nobody = "019fa7a2-0000-7000-8000-000000000000"
    assert "no entry" in commands("audit", "export", "--request", nobody, *another, code=1)
    assert not (tmp_path / "another.zip").exists()


def test_the_monitor_the_scan_and_the_figures_run_on_an_empty_system(commands: Commands) -> None:
    assert commands.json("sla", "run")["agencies"] == 0
    assert commands.json("files", "rescan") == {}
    tenant(commands, "BTEL", "PROVIDER")
    assert commands.json("metrics", "recompute") == {"providers": 1}


def test_keys_are_made_once_shown_and_rotated(database: Settings, tmp_path: Path) -> None:
    settings = dataclasses.replace(database, key_dir=tmp_path / "keys")
    from lers_web.app import create_app

    runner = create_app(settings, with_keys=False).test_cli_runner()

    def call(*arguments: str, code: int = 0) -> str:
        result = runner.invoke(args=["keys", *arguments])
        assert result.exit_code == code, result.output
        return result.output

    assert "keys generate" in call("status", code=1)
    assert call("generate").count("made ") == 3
    assert "already" in call("generate")
    assert "access-" in call("rotate")
    shown = json.loads(call("status", "--json"))
    assert [key["signs"] for key in shown["keys"] if key["purpose"] == "access"] == [False, True]
    assert shown["missing"] == []


def test_a_role_that_is_not_configured_is_named(database: Settings) -> None:
    with commands_on(dataclasses.replace(database, ops_database_url="")) as commands:
        assert "LERS_OPS_DATABASE_URL" in commands("users", "list", code=1)
        assert "LERS_OPS_DATABASE_URL" in commands("audit", "verify", code=1)


def test_a_database_that_is_down_is_one_sentence(database: Settings) -> None:
    with commands_on(dataclasses.replace(database, ops_database_url="postgresql://lers_ops@127.0.0.1:1/x")) as commands:
        said = commands("users", "list", code=1)
    assert "does not answer" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("command", [("seed", "demo"), ("seed", "load", "--requests", "1")])
def test_seeds_are_refused_in_production(database: Settings, command: tuple[str, ...]) -> None:
    with commands_on(database) as commands:
        commands.app.config["LERS_SETTINGS"] = dataclasses.replace(
            database, env="production", admin_database_url="", base_url="https://lers.example",
            hub_url="https://lers.example", clamd_socket="/run/clamd", scan_required=True, argon2_memory_kib=47_104,
            cors_origins=(), mfa_required=True,
        )  # fmt: skip
        assert "production" in commands(*command, code=1)
    with psycopg.connect(database.admin_database_url) as connection:
        assert connection.execute("SELECT count(*) FROM app.tenants").fetchone() == (0,)


# --- processes of their own ----------------------------------------------------------------------------------------


def test_help_needs_no_settings(bare: Flask) -> None:
    done = bare("--help")
    assert done.returncode == 0, done.stderr
    assert {"audit", "files", "keys", "metrics", "openapi", "seed", "sla", "tenants", "users"} <= set(
        done.stdout.split()
    )


@pytest.mark.parametrize(
    ("arguments", "due"),
    [
        (("--hours", "24"), "2026-10-02T10:30:00Z"),
        (("--hours", "4", "--business"), "2026-10-05T06:00:00Z"),
        (("--hours", "4", "--business", "--no-holidays"), "2026-10-02T06:00:00Z"),
        (("--hours", "4", "--business", "--hours-spec", "24x7", "--no-holidays"), "2026-10-01T14:30:00Z"),
        (("--hours", "1", "--business", "--tz", "UTC", "--country", "US", "--state", "CA"), "2026-10-01T17:00:00Z"),
    ],
)
def test_a_due_date_is_explained_without_a_database(app_less: Commands, arguments: tuple[str, ...], due: str) -> None:
    told = app_less.json("sla", "explain", "--start", "2026-10-01T16:00", *arguments)
    assert told["due"] == due
    assert told["steps"][-1]["kind"] == "COUNTED"
    assert "due" in app_less("sla", "explain", "--start", "2026-10-01T16:00+05:30", *arguments)


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("--start", "yesterday", "--hours", "1"), 2, "no ISO time"),
        (("--start", "2026-10-01T16:00"), 2, "--hours"),
        (("--start", "2026-10-01T16:00", "--hours", "-1"), 1, ""),
        (("--start", "2026-10-01T16:00", "--hours", "nan"), 1, ""),
        (("--start", "2026-10-01T16:00", "--hours", "1", "--business", "--hours-spec", "never"), 1, "service hours"),
        (("--start", "2026-10-01T16:00", "--hours", "1", "--tz", "Mars/Base"), 1, "time zone"),
        (("--start", "2026-10-01T16:00", "--hours", "1", "--state", "XX"), 1, "holidays"),
    ],
)
def test_a_due_date_that_cannot_be_told_says_why(
    app_less: Commands, arguments: tuple[str, ...], code: int, says: str
) -> None:
    said = app_less("sla", "explain", *arguments, code=code)
    assert says in said
    assert "Traceback" not in said


@pytest.fixture(scope="module")
def app_less() -> Any:
    """Commands where nothing is configured."""
    commands = object.__new__(Commands)
    from lers_web.app import create_app

    app = create_app(Settings.for_documents(), with_keys=False)
    commands._runner = app.test_cli_runner()
    return commands


def test_without_settings_a_command_says_what_to_do(bare: Flask) -> None:
    done = bare("users", "list")
    assert done.returncode == 1
    assert "make up" in done.stderr


def test_the_document_of_the_api_is_written_and_always_the_same(bare: Flask, tmp_path: Path) -> None:
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    for path in (one, two):
        assert bare("openapi", "write", str(path)).returncode == 0
    assert one.read_bytes() == two.read_bytes()
    document = json.loads(one.read_text())
    assert document["openapi"] == "3.1.0"
    assert "/api/v1/auth/login/" in document["paths"]
    assert bare("openapi", "write", str(tmp_path / "no" / "such.json")).returncode == 1


def test_commands_find_the_standalone_settings_by_themselves(database: Settings, tmp_path: Path) -> None:
    from lers_web.standalone.home import format_env
    from tests.cli.conftest import environ_of, run

    (tmp_path / "standalone.env").write_text(format_env(environ_of(database)), encoding="utf-8")
    done = run("tenants", "list", "--json", environ={"LERS_HOME": str(tmp_path)})
    assert (done.returncode, json.loads(done.stdout)) == (0, [])


def test_damaged_settings_stop_a_command_with_a_sentence(database: Settings) -> None:
    from tests.cli.conftest import environ_of, run

    done = run("tenants", "list", environ={**environ_of(database), "EVIDENCE_ENCRYPTION_KEY": "short"})
    assert done.returncode == 1
    assert "EVIDENCE_ENCRYPTION_KEY" in done.stderr
    assert "Traceback" not in done.stderr
