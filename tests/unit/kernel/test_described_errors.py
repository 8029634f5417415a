"""An exception in a log tells where it came from, and none of the values that its message quotes."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable
from uuid import UUID

import psycopg
import pytest
from sqlalchemy.exc import IntegrityError, StatementError

from lers_web.kernel.logs import JsonFormatter, describe

SECRET = "+91 90000 00001 of the witness"


def raised(error: BaseException) -> BaseException:
    try:
        raise error
    except type(error) as caught:
        return caught


@pytest.mark.parametrize("failing", [int, UUID, lambda text: {}[text], [].index])
def test_what_a_message_quotes_is_left_out(failing: Callable[[str], object]) -> None:
    try:
        failing(SECRET)
    except (ValueError, LookupError) as error:
        told = describe(error)
    assert SECRET not in told
    assert "test_described_errors.py" in told
    assert "Error:" in told


def test_the_words_around_it_stay() -> None:
    assert describe(raised(ValueError(f"no clock for '{SECRET}' in \"{SECRET}\""))).endswith("no clock for '…' in '…'")


def test_a_database_error_is_named_by_its_state_alone() -> None:
    inner = psycopg.errors.UniqueViolation(f"duplicate key\nDETAIL:  Key (email)=({SECRET}) already exists.")
    outer = IntegrityError("INSERT …", {"email": SECRET}, inner)
    told = describe(raised(outer))
    assert SECRET not in told
    assert "sqlalchemy.exc.IntegrityError: SQLSTATE 23505" in told
    told = describe(raised(StatementError(f"bad {SECRET}", "SELECT", {"x": SECRET}, ValueError(SECRET))))
    assert SECRET not in told
    assert "builtins.ValueError" in told


def test_the_whole_chain_is_told_oldest_first_and_circles_end() -> None:
    first, second = KeyError(SECRET), RuntimeError("the second")
    try:
        try:
            raise first
        except KeyError as error:
            raise second from error
    except RuntimeError as error:
        told = describe(error)
    assert told.index("KeyError") < told.index("RuntimeError: the second")
    assert SECRET not in told
    first.__cause__ = second
    assert describe(second).count("the second") == 1


def test_a_line_of_the_log_holds_it() -> None:
    try:
        int(SECRET)
    except ValueError:
        record = logging.LogRecord("lers", logging.ERROR, __file__, 1, "unexpected", None, sys.exc_info())
    line = json.loads(JsonFormatter("test").format(record))
    assert line["exception"].startswith("  File ")
    assert "invalid literal for int() with base 10: '…'" in line["exception"]
    assert SECRET not in json.dumps(line)
