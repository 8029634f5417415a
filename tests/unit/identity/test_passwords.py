"""Which new passwords are refused, and that comparing costs the same whether there is something to compare with."""

from __future__ import annotations

import threading

import pytest

from lers_web.config import Settings, read_env_file
from lers_web.domains.identity import passwords
from lers_web.domains.identity.states import TenantPolicy
from lers_web.kernel.errors import Invalid, Unavailable

CONTEXT = ("asha.kulkarni@cyber-mumbai.example", "Asha Kulkarni", "Cyber Police Station, Mumbai", "lers")
SETTINGS = Settings.for_documents()


@pytest.mark.parametrize(
    "password",
    [
        "nine blue kites over Pune",
        "Lers-demo-2026!",
        "Tr0ub4dor&3-and-more",
        "मेरा बहुत लंबा पासवर्ड",
        "x9$kPq2!mZ7w",
        " leading and trailing ",
    ],
)
def test_a_good_password_passes(password: str) -> None:
    passwords.check_new(password, CONTEXT)


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("", "at least 12"),
        ("elevenchars", "at least 12"),
        ("x" * 129, "at most 128"),
        ("aaaaaaaaaaaa", "different characters"),
        ("abababababab", "different characters"),
        ("Password2026!", "tried first"),
        ("P@ssw0rd12345", "tried first"),
        ("qwertyuiop12345", "tried first"),
        ("Welcome Mumbai Police 2026", "tried first"),
        ("1234567890123", "tried first"),
        ("asha-kulkarni-1", "your name"),
        ("Kulkarni.Mumbai.99", "your name"),
    ],
)
def test_a_bad_password_is_refused_with_the_reason(password: str, says: str) -> None:
    with pytest.raises(Invalid) as refused:
        passwords.check_new(password, CONTEXT)
    assert says in refused.value.errors["new_password"][0]


def test_two_ways_of_typing_one_password_are_one() -> None:
    hashed = passwords.make_hash(SETTINGS, "Cafe\u0301 au lait, please")
    assert passwords.verify(SETTINGS, hashed, "Café au lait, please")
    assert not passwords.verify(SETTINGS, hashed, "Cafe au lait, please")


@pytest.mark.parametrize("stored", [None, "", "not a hash", "$argon2id$v=19$broken"])
def test_no_hash_is_no_match(stored: str | None) -> None:
    assert not passwords.verify(SETTINGS, stored, "no account has this password")


def test_whoever_waits_too_long_for_a_hash_is_told_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "QUEUE_SECONDS", 0.05)
    slots = threading.BoundedSemaphore(1)
    monkeypatch.setattr(passwords, "_SLOTS", slots)
    with slots, pytest.raises(Unavailable) as busy:
        passwords.verify(SETTINGS, None, "x")
    assert busy.value.retry_after == 5
    assert not passwords.verify(SETTINGS, None, "x")  # and the place is free again


def test_a_policy_fills_in_what_a_tenant_does_not_say() -> None:
    policy = TenantPolicy.of({"auto_submit": False, "of_another_version": 1})
    assert policy.as_dict() == {
        "auto_submit": False,
        "mfa_required": True,
        "signature_level": 0,
        "break_glass_two_person": False,
        "e2e_chat": False,
    }
    assert TenantPolicy.of(None) == TenantPolicy()


def test_an_env_file_is_read_as_a_shell_reads_it() -> None:
    text = "# comment\nLERS_ENV=test\nLERS_MAIL_FROM='LERS <no-reply@lers.example>'\nLERS_X='it'\"'\"'s'\n"
    assert read_env_file(text) == {
        "LERS_ENV": "test",
        "LERS_MAIL_FROM": "LERS <no-reply@lers.example>",
        "LERS_X": "it's",
    }
