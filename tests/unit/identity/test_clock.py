"""The clock of the demo: set in one context, never in production, and back afterwards."""

from __future__ import annotations

import datetime as dt
import threading
from types import SimpleNamespace
from typing import cast

import pytest

from lers_web.config import Settings
from lers_web.kernel import clock

PAST = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)


def test_the_clock_stands_inside_and_goes_on_outside() -> None:
    before = clock.now()
    with clock.at(PAST, Settings.for_documents()):
        assert clock.now() == PAST
        assert clock.is_history()
        elsewhere: list[dt.datetime] = []
        thread = threading.Thread(target=lambda: elsewhere.append(clock.now()))
        thread.start()
        thread.join()
        assert elsewhere[0] >= before
    assert clock.now() >= before
    assert not clock.is_history()


def test_what_happened_today_is_news() -> None:
    with clock.at(clock.now() - dt.timedelta(hours=23), Settings.for_documents()):
        assert not clock.is_history()


def test_nobody_sets_the_clock_in_production() -> None:
    production = cast("Settings", SimpleNamespace(production=True))
    with pytest.raises(RuntimeError, match="production"), clock.at(PAST, production):
        pytest.fail("the clock was set")
    assert clock.now() > PAST
