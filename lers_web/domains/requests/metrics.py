"""How providers kept their promises, counted from requests: at each step that changes it, and anew for all."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Float, Select, cast, func, select

from lers_web.domains.catalog import service as catalog
from lers_web.domains.requests.models import Request
from lers_web.domains.requests.people import TENANT
from lers_web.domains.requests.states import Status
from lers_web.kernel.actor import system_actor
from lers_web.kernel.permissions import TenantType
from lers_web.kernel.ports import Backend
from lers_web.kernel.uow import UnitOfWork, unit_of_work

# Elapsed hours from the submission to the completion, as people wait; pauses are the clock's matter, not theirs.
_HOURS = cast(func.extract("epoch", Request.completed_at - Request.submitted_at) / 3600, Float)
_DONE = Request.status == Status.COMPLETED.value
_COMPLIANCE = (
    100.0
    * func.count().filter(_DONE, Request.sla_met.is_(True))
    / func.nullif(func.count().filter(_DONE, Request.sla_met.is_not(None)), 0)
)


def refresh(uow: UnitOfWork, provider_id: UUID) -> None:
    """Count a provider's figures from its requests as this transaction leaves them. Runs in the provider's context."""
    uow.session.flush()  # the step just taken counts
    catalog.lock_figures(uow, provider_id)
    catalog.keep_figures(uow, provider_id, _figures(uow, provider_id), _item_figures(uow, provider_id))


def recompute(backend: Backend) -> int:
    """Count every provider's figures anew and say how many providers there are."""
    with unit_of_work(backend, system_actor()) as uow:
        providers = uow.session.scalars(
            select(TENANT.c.id).where(TENANT.c.type == TenantType.PROVIDER.value, ~TENANT.c.is_deleted)
        ).all()
    for provider_id in providers:
        with unit_of_work(backend, system_actor(provider_id)) as uow:
            refresh(uow, provider_id)
    return len(providers)


def _figures(uow: UnitOfWork, provider_id: UUID) -> catalog.Figures:
    row = uow.session.execute(
        _of(provider_id).with_only_columns(
            func.count(),
            func.count().filter(_DONE),
            func.count().filter(Request.status == Status.REJECTED.value),
            func.coalesce(func.sum(Request.clarifications), 0),
            _COMPLIANCE,
            func.avg(_HOURS).filter(_DONE),
        )
    ).one()
    return catalog.Figures(
        received=row[0],
        completed=row[1],
        declined=row[2],
        clarifications=int(row[3]),
        compliance_rate=_rounded(row[4]),
        average_response_hours=_rounded(row[5]),
    )


def _item_figures(uow: UnitOfWork, provider_id: UUID) -> dict[UUID, catalog.ItemFigures]:
    rows = uow.session.execute(
        _of(provider_id)
        .with_only_columns(
            Request.catalog_item_id,
            func.count().filter(_DONE),
            func.avg(_HOURS).filter(_DONE),
            func.percentile_cont(0.5).within_group(_HOURS).filter(_DONE),
            _COMPLIANCE,
        )
        .where(Request.catalog_item_id.is_not(None))
        .group_by(Request.catalog_item_id)
    ).all()
    return {
        row[0]: catalog.ItemFigures(
            fulfilled=row[1],
            average_hours=_rounded(row[2]),
            median_hours=_rounded(row[3]),
            compliance_rate=_rounded(row[4]),
        )
        for row in rows
    }


def _of(provider_id: UUID) -> Select[UUID]:
    return select(Request.id).where(
        Request.provider_tenant_id == provider_id, Request.submitted_at.is_not(None), ~Request.is_deleted
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), 2)
