"""Codes of RFC 6238: its own examples, the window, what people type, and the picture."""

from __future__ import annotations

import base64
import datetime as dt
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lers_web.domains.identity import totp

RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()
# Appendix B of RFC 6238, SHA-1: it shows eight digits, of which ours are the last six.
RFC = {
    59: "94287082",
    1111111109: "07081804",
    1111111111: "14050471",
    1234567890: "89005924",
    2000000000: "69279037",
    20000000000: "65353130",
}


@pytest.mark.parametrize(("seconds", "shown"), RFC.items())
def test_the_examples_of_the_standard(seconds: int, shown: str) -> None:
    step = totp.step_at(dt.datetime.fromtimestamp(seconds, dt.UTC))
    assert totp.code_at(RFC_SECRET, step) == shown[-6:]


@given(st.integers(0, 2**33), st.integers(-5, 5))
def test_only_the_present_step_and_its_neighbours_match(now: int, steps: int) -> None:
    step = now + steps
    if step < 0:
        return
    near = {totp.code_at(RFC_SECRET, each) for each in range(max(0, now - 1), now + 2)}
    found = totp.matching_step(RFC_SECRET, totp.code_at(RFC_SECRET, step), max(now, 1))
    if abs(steps) <= 1 and now > 0:
        assert found is not None
        assert totp.code_at(RFC_SECRET, found) == totp.code_at(RFC_SECRET, step)
    elif now > 0 and totp.code_at(RFC_SECRET, step) not in near:
        assert found is None


@given(st.integers(10, 2**33), st.integers(-1, 1), st.integers(-3, 3))
def test_a_step_is_never_taken_after_a_later_one(now: int, steps: int, taken: int) -> None:
    found = totp.matching_step(RFC_SECRET, totp.code_at(RFC_SECRET, now + steps), now, after=now + taken)
    assert found is None or found > now + taken
    if steps > taken:
        assert found is not None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("123456", "123456"),
        (" 123 456 ", "123456"),
        ("123\u00a0456", "123456"),
        ("12345", None),
        ("1234567", None),
        ("12345a", None),
        ("१२३४५६", None),
        ("", None),
        ("-12345", None),
    ],
)
def test_what_people_type(typed: str, code: str | None) -> None:
    assert totp.plain_code(typed) == code


def test_secrets_are_long_and_never_the_same() -> None:
    made = {totp.make_secret() for _ in range(200)}
    assert len(made) == 200
    assert {len(base64.b32decode(secret)) for secret in made} == {20}


def test_the_uri_says_everything_that_an_app_needs() -> None:
    parts = urlsplit(totp.otpauth_uri(RFC_SECRET, "io+1@cyber mumbai.example"))
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert unquote(parts.path) == "/LERS:io+1@cyber mumbai.example"
    assert parse_qs(parts.query) == {
        "secret": [RFC_SECRET],
        "issuer": ["LERS"],
        "algorithm": ["SHA1"],
        "digits": ["6"],
        "period": ["30"],
    }


def test_the_picture_is_a_square_with_three_finders() -> None:
    rows = totp.qr_rows(totp.otpauth_uri(RFC_SECRET, "io@cyber-mumbai.example"))
    size = len(rows)
    assert size % 4 == 1
    assert 21 <= size <= 177
    assert all(len(row) == size and set(row) <= {"0", "1"} for row in rows)
    finder = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]
    for top, left in ((0, 0), (0, size - 7), (size - 7, 0)):
        assert [row[left : left + 7] for row in rows[top : top + 7]] == finder
