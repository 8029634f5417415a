"""What is told of a failure: the class, never a word of the message."""

from __future__ import annotations

import traceback

import pytest

from lers_web.domains.operations.jobs import error_class


def raised(error: Exception, cause: Exception | None = None) -> str:
    try:
        raise error from cause
    except type(error):
        return traceback.format_exc()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (raised(ValueError("+919000000001")), "ValueError"),
        (raised(ValueError("first\nSecond: +919000000001")), "ValueError"),
        (raised(ValueError()), "ValueError"),
        (raised(KeyError("name"), OSError("/etc/secret")), "KeyError"),
        (raised(UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad")), "UnicodeDecodeError"),
        ("Work-horse terminated unexpectedly; waitpid returned 9 (signal 9)", "unknown"),
        ("", "unknown"),
    ],
)
def test_the_class_is_found(text: str, expected: str) -> None:
    assert error_class(text) == expected
