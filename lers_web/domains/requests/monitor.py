"""The SLA monitor: warns, marks breaches and escalates, each exactly once, in set-based statements.

First a look as ``lers_sla``, which sees clocks and nothing else, finds the agencies with something to do; then each of
them gets a transaction of its own. After a downtime it catches up: the true breach time is the due date, not now.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Uuid, and_, any_, cast, exists, literal, or_, select, union, update
from sqlalchemy.dialects.postgresql import insert as pg_insert

from lers_web.domains.requests import sla_state
from lers_web.domains.requests.events import SlaBreached, SlaEscalated, SlaWarning
from lers_web.domains.requests.models import Request
from lers_web.domains.requests.states import Priority
from lers_web.domains.sla.clock import DEFAULT_RULES
from lers_web.domains.sla.service import NOTICE, NoticeKind
from lers_web.kernel import clock
from lers_web.kernel.actor import PLATFORM_TENANT_ID, system_actor
from lers_web.kernel.outbox import DomainEvent
from lers_web.kernel.ports import Backend
from lers_web.kernel.uow import UnitOfWork, unit_of_work

ROLE = "lers_sla"


def run_sla_monitor(backend: Backend, *, at: dt.datetime | None = None) -> dict[str, int]:
    """Do what is due, for every agency, and say how much of each kind there was. Running it again does nothing."""
    now = at or clock.now()
    work: dict[UUID, set[NoticeKind]] = defaultdict(set)
    with unit_of_work(backend, system_actor(), role=ROLE) as uow:
        for agency_id, kind in uow.session.execute(_WORK, {"now": now}):
            work[agency_id].add(NoticeKind(kind))
    counts: Counter[str] = Counter({kind.value.lower(): 0 for kind in NoticeKind})
    for agency_id in sorted(work):
        with unit_of_work(backend, system_actor(agency_id)) as uow:
            counts.update(_one_agency(uow, agency_id, work[agency_id], now))
    return {"agencies": len(work), **counts}


def _not_given(kind: NoticeKind) -> ColumnElement[bool]:
    return ~exists(
        select(NOTICE.c.request_id).where(
            NOTICE.c.request_id == Request.id, NOTICE.c.kind == kind.value, NOTICE.c.due_at == Request.sla_due_date
        )
    )


_RUNNING = and_(sla_state.RUNS, Request.sla_due_date > sla_state.NOW, ~sla_state.HELD)
_LATE = sla_state.OVERDUE
_, _NEXT_LEVEL, _PLATFORM = DEFAULT_RULES.escalate_after

_CONDITIONS: dict[NoticeKind, tuple[ColumnElement[bool], ...]] = {
    NoticeKind.WARNING: (
        and_(_RUNNING, sla_state.WARNED_BY_PROMISE),
        and_(_RUNNING, Request.sla_due_date <= sla_state.NOW + sla_state.WARN_BEFORE, sla_state.WARNED_BY_DUE_DATE),
    ),
    NoticeKind.LAST_HOURS: (
        and_(
            _RUNNING,
            Request.priority == Priority.CRITICAL.value,
            Request.sla_due_date <= sla_state.NOW + sla_state.LAST_HOURS,
            Request.sla_warn_at < Request.sla_due_date - sla_state.LAST_HOURS,
        ),
    ),
    NoticeKind.BREACH: (_LATE,),
    NoticeKind.ESCALATION_24: (and_(_LATE, Request.sla_due_date <= sla_state.NOW - _NEXT_LEVEL),),
    NoticeKind.ESCALATION_72: (and_(_LATE, Request.sla_due_date <= sla_state.NOW - _PLATFORM),),
}
"""Which clocks have come to each kind of notice; alternatives are asked by themselves, as each has its own index.

Who is late already is warned of nothing any more."""

_WORK = union(
    *(
        select(Request.agency_tenant_id, literal(kind.value)).where(~Request.is_deleted, condition, _not_given(kind))
        for kind, conditions in _CONDITIONS.items()
        for condition in conditions
    )
)


def _one_agency(uow: UnitOfWork, agency_id: UUID, kinds: Collection[NoticeKind], now: dt.datetime) -> Counter[str]:
    counts: Counter[str] = Counter()
    for kind, conditions in _CONDITIONS.items():
        if kind not in kinds:
            continue
        given = _give(uow, agency_id, kind, or_(*conditions), now)
        counts[kind.value.lower()] = len(given)
        if kind is NoticeKind.BREACH and given:
            _mark_breached(uow, agency_id, [row.request_id for row in given], now)
        for row in given:
            _tell(uow, kind, row)
    return counts


def _give(
    uow: UnitOfWork, agency_id: UUID, kind: NoticeKind, condition: ColumnElement[bool], now: dt.datetime
) -> Sequence[Any]:
    """Insert the notices of one kind; only those that were not there come back, also with a rival at work."""
    due = select(
        Request.id,
        literal(kind.value),
        Request.sla_due_date,
        Request.agency_tenant_id,
        Request.provider_tenant_id,
        sla_state.NOW,
    ).where(Request.agency_tenant_id == agency_id, ~Request.is_deleted, condition, _not_given(kind))
    columns = ["request_id", "kind", "due_at", "agency_tenant_id", "provider_tenant_id", "given_at"]
    statement = (
        pg_insert(NOTICE)
        .from_select(columns, due.order_by(Request.id))
        .on_conflict_do_nothing()
        .returning(NOTICE.c.request_id, NOTICE.c.due_at, NOTICE.c.agency_tenant_id, NOTICE.c.provider_tenant_id)
    )
    return uow.session.execute(statement, {"now": now}).all()


def _mark_breached(uow: UnitOfWork, agency_id: UUID, request_ids: Sequence[UUID], now: dt.datetime) -> None:
    uow.session.execute(
        update(Request)
        .where(Request.agency_tenant_id == agency_id, Request.id == any_(cast(request_ids, ARRAY(Uuid()))))
        .values(
            sla_breached=True,
            sla_breached_at=Request.sla_due_date,
            version=Request.version + 1,
            updated_at=now,
        )
        .execution_options(synchronize_session=False)
    )


_EVENTS: dict[NoticeKind, Callable[[UUID, tuple[UUID, ...]], DomainEvent]] = {
    NoticeKind.WARNING: lambda request_id, tenants: SlaWarning(tenants=tenants, request_id=request_id, level=1),
    NoticeKind.LAST_HOURS: lambda request_id, tenants: SlaWarning(tenants=tenants, request_id=request_id, level=2),
    NoticeKind.BREACH: lambda request_id, tenants: SlaBreached(tenants=tenants, request_id=request_id),
    NoticeKind.ESCALATION_24: lambda request_id, tenants: SlaEscalated(tenants=tenants, request_id=request_id, level=2),
    NoticeKind.ESCALATION_72: lambda request_id, tenants: SlaEscalated(
        tenants=(*tenants, PLATFORM_TENANT_ID), request_id=request_id, level=3
    ),
}


def _tell(uow: UnitOfWork, kind: NoticeKind, row: Any) -> None:
    uow.emit(_EVENTS[kind](row.request_id, (row.agency_tenant_id, row.provider_tenant_id)))
    uow.audit(
        f"sla:{kind.value.lower()}", "request", row.request_id, request_id=row.request_id, change={"due": row.due_at}
    )
