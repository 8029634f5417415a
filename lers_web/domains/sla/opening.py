"""Whether a provider is open at this moment, told to everybody who reads its profile."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from lers_web.domains.sla import service
from lers_web.domains.sla.calendar import Calendar, SpanKind
from lers_web.kernel import clock
from lers_web.kernel.uow import UnitOfWork

LOOK_AHEAD = dt.timedelta(days=14)


def opening_now(uow: UnitOfWork, provider_id: UUID) -> dict[str, Any]:
    """Say whether a provider is open now, until when that holds, and the holiday that its day is."""
    calendar = service.current_calendar(uow, provider_id).calendar
    return opening_at(calendar, clock.now())


def opening_at(calendar: Calendar, moment: dt.datetime) -> dict[str, Any]:
    """Say the same of a calendar and a moment. ``changes_at`` is None when nothing changes for two weeks."""
    spans = list(calendar.spans(moment, moment + LOOK_AHEAD))
    is_open = spans[0].kind is SpanKind.OPEN
    change = next((span.start for span in spans if (span.kind is SpanKind.OPEN) is not is_open), None)
    today = moment.astimezone(ZoneInfo(calendar.time_zone)).date()
    return {"is_open": is_open, "changes_at": change, "holiday": calendar.holiday(today)}
