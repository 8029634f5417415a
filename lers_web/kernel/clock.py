"""The one clock. Times are aware and in UTC; people's time zones are a matter of ``domains/sla`` and the portals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from lers_web.config import Settings

NEWS = dt.timedelta(days=1)
"""What happened within it is news also when the clock was set; before it, history that nobody is told of."""

_SET: ContextVar[dt.datetime | None] = ContextVar("lers_clock", default=None)


def now() -> dt.datetime:
    """Return the present instant, aware, in UTC."""
    return _SET.get() or dt.datetime.now(dt.UTC)


@contextmanager
def at(moment: dt.datetime, settings: Settings) -> Iterator[None]:
    """Let ``now`` stand at a moment of the past, for demo history. Never in production, where time is evidence."""
    if settings.production:
        raise RuntimeError("the clock is not set in production")
    token = _SET.set(moment.astimezone(dt.UTC))
    try:
        yield
    finally:
        _SET.reset(token)


def is_history() -> bool:
    """Whether ``now`` is set to a moment more than a day ago."""
    moment = _SET.get()
    return moment is not None and dt.datetime.now(dt.UTC) - moment > NEWS


def iso(moment: dt.datetime) -> str:
    """Write an instant as RFC 3339 with microseconds and ``Z``, the form that audit entries hash."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
