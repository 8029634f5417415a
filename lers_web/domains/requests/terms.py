"""What a request is measured by: the terms of its catalog item at the version it keeps, or those without an item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lers_web.domains.catalog import service as catalog
from lers_web.domains.requests.states import Priority
from lers_web.kernel.uow import UnitOfWork

DEFAULT_HOURS = 72.0
"""The promise where no catalog item names one. Elapsed hours; see docs/adr/0031."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a provider asks for and promises."""

    hours: float
    hours_urgent: float | None = None
    hours_critical: float | None = None
    business_hours_only: bool = False
    statutory: bool = False
    required_fields: Sequence[Mapping[str, Any]] = ()
    required_legal_mandate: str | None = None
    requires_mandate_file: bool = True
    requires_court_order: bool = False
    from_catalog: bool = False

    def promise(self, priority: str) -> float:
        """Return the promised hours: of the priority where there are some, else of the next calmer one."""
        if priority == Priority.CRITICAL:
            return self.hours_critical or self.hours_urgent or self.hours
        if priority == Priority.URGENT:
            return self.hours_urgent or self.hours
        return self.hours

    @property
    def identifier_types(self) -> frozenset[str]:
        """The types of identifier that the provider takes here; empty: it did not say."""
        return frozenset(
            str(kind)
            for field in self.required_fields
            if field.get("kind") == "IDENTIFIER"
            for kind in field.get("identifier_types") or ()
        )

    @property
    def takes_any_identifier(self) -> bool:
        """Whether an identifier field leaves its types open, or no field speaks of identifiers at all."""
        fields = [field for field in self.required_fields if field.get("kind") == "IDENTIFIER"]
        return not fields or any(not field.get("identifier_types") for field in fields)


WITHOUT_ITEM = Terms(hours=DEFAULT_HOURS)


def terms_of(uow: UnitOfWork, item_id: UUID | None, version: int | None) -> Terms:
    """Return the terms of an item at a version; a request without an item has common ones."""
    if item_id is None or version is None:
        return WITHOUT_ITEM
    return terms_from(catalog.version_of(uow, item_id, version))


def terms_from(snapshot: Mapping[str, Any]) -> Terms:
    """Read terms from what the catalog kept of an item."""
    return Terms(
        required_fields=tuple(snapshot.get("required_fields") or ()),
        required_legal_mandate=snapshot.get("required_legal_mandate"),
        requires_mandate_file=bool(snapshot.get("requires_mandate_file", True)),
        requires_court_order=bool(snapshot.get("requires_court_order", False)),
        hours=float(snapshot["sla_turnaround_hours"]),
        hours_urgent=_hours(snapshot.get("sla_turnaround_hours_urgent")),
        hours_critical=_hours(snapshot.get("sla_turnaround_hours_critical")),
        business_hours_only=bool(snapshot.get("sla_business_hours_only", False)),
        statutory=bool(snapshot.get("sla_statutory", False)),
        from_catalog=True,
    )


def _hours(value: Any) -> float | None:
    return None if value is None else float(value)
