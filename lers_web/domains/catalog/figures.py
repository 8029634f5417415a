"""How promises were kept, as figures on the profile and on the items. They are counted in ``requests.metrics``.

Requests stand above the catalog and own the facts; here the counted figures are only kept (ADR 0046).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select, update

from lers_web.domains.catalog.models import CatalogItem, ServiceProfile
from lers_web.kernel import clock
from lers_web.kernel.uow import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How a provider kept its promises, counted from its requests. Times in elapsed hours, rates in percent."""

    received: int
    completed: int
    declined: int
    clarifications: int
    compliance_rate: float | None
    average_response_hours: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFigures:
    """The same for one item: completed requests, their average and median turnaround, and how many were in time."""

    fulfilled: int
    average_hours: float | None
    median_hours: float | None
    compliance_rate: float | None


def lock_figures(uow: UnitOfWork, provider_id: UUID) -> None:
    """Make rivals count one after the other. Take it before counting, or the slower one keeps the older figures."""
    query = select(ServiceProfile.id).where(ServiceProfile.provider_tenant_id == provider_id).with_for_update()
    if uow.session.scalar(query) is None:
        uow.session.add(ServiceProfile(provider_tenant_id=provider_id, version=1))
        uow.session.flush()  # the row is the lock


def keep_figures(uow: UnitOfWork, provider_id: UUID, figures: Figures, items: Mapping[UUID, ItemFigures]) -> None:
    """Write counted figures to the profile and to the items. They are no part of an item's version."""
    uow.session.execute(
        update(ServiceProfile)
        .where(ServiceProfile.provider_tenant_id == provider_id)
        .values(
            total_requests_received=figures.received,
            total_requests_completed=figures.completed,
            total_requests_rejected=figures.declined,
            total_clarifications=figures.clarifications,
            overall_sla_compliance_rate=figures.compliance_rate,
            avg_response_time_hours=figures.average_response_hours,
            rejection_rate=_percent(figures.declined, figures.received),
            clarification_request_rate=_percent(figures.clarifications, figures.received),
            metrics_last_updated=clock.now(),
            updated_at=ServiceProfile.updated_at,  # what the provider says of itself has not changed
        )
        .execution_options(synchronize_session=False)
    )
    ids = uow.session.scalars(select(CatalogItem.id).where(CatalogItem.provider_tenant_id == provider_id))
    for item_id in ids.all():
        _keep_item(uow, item_id, items.get(item_id, _NOTHING_DONE))


_NOTHING_DONE = ItemFigures(fulfilled=0, average_hours=None, median_hours=None, compliance_rate=None)


def _keep_item(uow: UnitOfWork, item_id: UUID, figures: ItemFigures) -> None:
    """Write the figures of one item, unless they stand there already."""
    values = {
        CatalogItem.total_requests_fulfilled: figures.fulfilled,
        CatalogItem.actual_avg_turnaround: figures.average_hours,
        CatalogItem.actual_median_turnaround_hours: figures.median_hours,
        CatalogItem.sla_compliance_rate: figures.compliance_rate,
    }
    uow.session.execute(
        update(CatalogItem)
        .where(CatalogItem.id == item_id, or_(*(column.is_distinct_from(value) for column, value in values.items())))
        .values(
            {column.key: value for column, value in values.items()}
            | {"updated_at": CatalogItem.updated_at}  # the item itself has not changed
        )
        .execution_options(synchronize_session=False)
    )


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 2) if whole else None
