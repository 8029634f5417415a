"""Settings that production does not start with: each is told in a sentence with what to do, without the secret."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import pytest

from lers_web.config import Settings, SettingsError

STRONG = secrets.token_hex(20)


def url(role: str, password: str = STRONG) -> str:
    return f"postgresql://{role}:{password}@postgres:5432/lers"


def settings(tmp_path: Path, **changes: Any) -> Settings:
    """The settings of a production that is as it should be, but for the changes."""
    values: dict[str, Any] = {
        "env": "production",
        "database_url": url("lers_app"),
        "redis_url": f"redis://:{STRONG}@redis:6379/0",
        "evidence_key": secrets.token_bytes(32),
        "key_dir": tmp_path / "keys",
        "s3_access_key": secrets.token_hex(10),
        "s3_secret_key": STRONG,
        "clamd_socket": "tcp://clamav:3310",
        "base_url": "https://lers.example",
        "hub_url": "https://lers.example",
        **changes,
    }
    return Settings(**values)


def refused(tmp_path: Path, **changes: Any) -> str:
    with pytest.raises(SettingsError) as refusal:
        settings(tmp_path, **changes)
    return str(refusal.value)


def test_a_production_as_it_should_be_starts(tmp_path: Path) -> None:
    assert settings(tmp_path).production
    everything = {
        name: url(f"lers_{name.partition('_')[0]}")
        for name in ("hub_database_url", "worker_database_url", "ops_database_url", "migrate_database_url")
    }
    assert settings(
        tmp_path, **everything, metrics_token=STRONG, smtp_user="lers", smtp_password="x", smtp_starttls=True,
        cors_origins=("https://portal.example", "https://portal.example:8443"), argon2_memory_kib=19_456,
        argon2_time_cost=2,
    )  # fmt: skip


@pytest.mark.parametrize(
    "name", ["database_url", "hub_database_url", "worker_database_url", "ops_database_url", "migrate_database_url"]
)
@pytest.mark.parametrize("password", ["postgres", "short-but-odd7", "a" * 40, "changeme-changeme-42", ""])
def test_a_weak_password_of_any_role_is_refused(tmp_path: Path, name: str, password: str) -> None:
    told = refused(tmp_path, **{name: url("lers_x", password)})
    assert f"the password in LERS_{name.upper()} is weak: make one with `openssl rand -hex 20`" in told
    assert not password or password not in told


def test_a_url_without_a_password_opens_nothing_and_is_taken(tmp_path: Path) -> None:
    assert settings(tmp_path, database_url="postgresql://lers_worker@postgres:5432/lers")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"redis_url": "redis://redis:6379/0"}, "LERS_REDIS_URL is missing or weak"),
        ({"redis_url": "redis://:redis@redis:6379/0"}, "LERS_REDIS_URL is missing or weak"),
        ({"s3_access_key": "minioadmin"}, "LERS_S3_ACCESS_KEY is missing or weak"),
        ({"s3_access_key": ""}, "LERS_S3_ACCESS_KEY is missing or weak"),
        ({"s3_secret_key": "minioadminminioadmin"}, "LERS_S3_SECRET_KEY is missing or weak"),
        ({"metrics_token": "metrics"}, "LERS_METRICS_TOKEN is weak"),
        ({"smtp_user": "lers", "smtp_password": STRONG}, "LERS_SMTP_STARTTLS must be on"),
        ({"admin_database_url": url("postgres")}, "leave it out"),
        ({"base_url": "http://lers.example"}, "LERS_BASE_URL must be https"),
        ({"hub_url": "http://lers.example"}, "LERS_HUB_URL must be https"),
        ({"cors_origins": ("http://portal.example",)}, "it must be https"),
        ({"scan_required": False}, "LERS_SCAN_REQUIRED must stay on"),
        ({"mfa_required": False}, "LERS_MFA_REQUIRED must stay on"),
        ({"clamd_socket": ""}, "LERS_CLAMD_SOCKET is missing"),
        ({"argon2_memory_kib": 8_192}, "LERS_ARGON2_MEMORY_KIB is too small"),
        ({"argon2_memory_kib": 19_456}, "LERS_ARGON2_MEMORY_KIB is too small"),
    ],
)
def test_what_is_weak_is_refused_with_what_to_do(tmp_path: Path, changes: dict[str, Any], sentence: str) -> None:
    assert sentence in refused(tmp_path, **changes)


@pytest.mark.parametrize("env", ["production", "standalone", "test"])
@pytest.mark.parametrize(
    "origin",
    ["*", "null", "https://*.example", r"https://.*\.example", "https://[::1]", "portal.example", "https://a.example/",
     "https://a.example/le", "ftp://a.example", "https://a.example:port", "https://user@a.example"],
)  # fmt: skip
def test_an_origin_is_a_name_and_no_pattern_anywhere(tmp_path: Path, env: str, origin: str) -> None:
    told = refused(tmp_path, env=env, cors_origins=("https://portal.example", origin))
    assert f"LERS_CORS_ORIGINS names {origin!r}" in told


def test_everything_is_told_at_once(tmp_path: Path) -> None:
    told = refused(tmp_path, redis_url="redis://redis/0", s3_secret_key="", clamd_socket="").split("; ")
    assert len(told) == 3


def test_a_laptop_may_be_weak(tmp_path: Path) -> None:
    assert settings(
        tmp_path, env="standalone", database_url=url("lers_app", "x"), redis_url="redis://127.0.0.1", clamd_socket="",
        scan_required=False, base_url="http://localhost:8080", cors_origins=("http://localhost:5173",),
    )  # fmt: skip


def test_keys_that_others_can_reach_are_refused(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.mkdir(mode=0o700)
    key = keys / "access-1.pem"
    key.touch(mode=0o600)
    (keys / "public").mkdir(mode=0o755)
    (keys / "public" / "access-1.pem").touch(mode=0o644)
    assert settings(tmp_path)
    key.chmod(0o640)
    assert "chmod 600 it" in refused(tmp_path)
    key.chmod(0o600)
    keys.chmod(0o770)
    assert "chmod 700 it" in refused(tmp_path)
