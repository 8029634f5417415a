"""What a service profile would do to due dates, told before it is saved. Nothing is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from lers_web.domains.catalog import service as catalog
from lers_web.domains.sla import service
from lers_web.domains.sla.calendar import Calendar
from lers_web.domains.sla.clock import Explanation, due, explain_json
from lers_web.kernel import clock
from lers_web.kernel.errors import Invalid
from lers_web.kernel.uow import UnitOfWork

DAYS_AHEAD = 365


def preview(
    uow: UnitOfWork,
    provider_id: UUID,
    values: Mapping[str, Any],
    *,
    hours: Sequence[float],
    start: dt.datetime | None = None,
) -> dict[str, Any]:
    """Say when promises would come due by these hours, and by the ones that hold now, and which holidays are ahead.

    Asks the same right as saving them. No request is looked at: clocks that run keep the hours they began with.
    """
    catalog.require_profile_write(uow, provider_id)
    wanted = service.make_calendar(**service.hours_of_profile(values))
    current = service.current_calendar(uow, provider_id).calendar
    begins = start or clock.now()
    return {
        "start": begins,
        "promises": [_promise(index, each, begins, wanted, current) for index, each in enumerate(hours)],
        "holidays": _holidays(wanted, begins),
    }


def _promise(index: int, hours: float, start: dt.datetime, wanted: Calendar, current: Calendar) -> dict[str, Any]:
    elapsed, business = (_due(index, hours, start, calendar) for calendar in (None, wanted))
    return {
        "hours": hours,
        "elapsed": explain_json(elapsed),
        "business": explain_json(business),
        "business_now": explain_json(_due(index, hours, start, current))["due"],
    }


def _due(index: int, hours: float, start: dt.datetime, calendar: Calendar | None) -> Explanation:
    try:
        return due(start, hours, calendar)
    except ValueError as error:
        raise Invalid(errors={f"hours.{index}": [str(error)]}) from error


def _holidays(calendar: Calendar, start: dt.datetime) -> list[dict[str, Any]]:
    """List the holidays ahead; one on a day that is closed anyway changes nothing, and says so."""
    today = start.astimezone(ZoneInfo(calendar.time_zone)).date()
    open_on = {opening.weekday for opening in calendar.openings}
    days = (today + dt.timedelta(days=number) for number in range(DAYS_AHEAD + 1))
    return [
        {"date": day, "name": name, "counts": day.weekday() in open_on}
        for day in days
        if (name := calendar.holiday(day)) is not None
    ]
