"""The one clock. Times are aware and in UTC; people's time zones are a matter of ``domains/sla`` and the portals."""

from __future__ import annotations

import datetime as dt


def now() -> dt.datetime:
    """Return the present instant, aware, in UTC."""
    return dt.datetime.now(dt.UTC)


def iso(moment: dt.datetime) -> str:
    """Write an instant as RFC 3339 with microseconds and ``Z``, the form that audit entries hash."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def iso_or_none(moment: dt.datetime | None) -> str | None:
    """Write an instant that may be missing."""
    return None if moment is None else iso(moment)
