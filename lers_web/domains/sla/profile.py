"""Saving a provider's service profile: what it says of its hours becomes a calendar that clocks count by.

The profile is the catalog's, the calendar the clock's: what spans both lives in the higher domain (ADR 0045).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from lers_web.domains.catalog import service as catalog
from lers_web.domains.sla import service
from lers_web.kernel.uow import UnitOfWork


def save_profile(
    uow: UnitOfWork, provider_id: UUID, values: Mapping[str, Any], *, expected_version: int | None
) -> None:
    """Keep a whole profile and, where its hours differ, a new version of the calendar. Running clocks keep theirs."""
    days = values["own_holidays"]
    stored = {**values, "own_holidays": sorted(day.isoformat() for day in set(days))}
    catalog.write_profile(uow, provider_id, stored, expected_version=expected_version)
    service.save_calendar(uow, provider_id, **service.hours_of_profile(values))
