"""What requests show: Core column queries that give plain dicts whose keys are the JSON answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from lers_web.domains.access import service as access
from lers_web.domains.authority import service as authority
from lers_web.domains.authority.ranks import at_least
from lers_web.domains.requests import policy, questions, sla_state
from lers_web.domains.requests.clocks import clock_of
from lers_web.domains.requests.doubts import DOUBTED
from lers_web.domains.requests.filters import SENT_BACK, SLA_STATES, conditions
from lers_web.domains.requests.lifecycle import load_request
from lers_web.domains.requests.models import Request, RequestIdentifier, RequestParticipant
from lers_web.domains.requests.people import CARD, TENANT
from lers_web.domains.requests.problems import examine
from lers_web.domains.requests.states import PRIORITY_ORDER, STATUS_ORDER, TERMINAL, SlaState, Status
from lers_web.domains.sla import service as sla
from lers_web.kernel import clock
from lers_web.kernel.actor import Actor
from lers_web.kernel.errors import NotFound
from lers_web.kernel.paging import Page, close_page, paginate
from lers_web.kernel.permissions import Role
from lers_web.kernel.uow import UnitOfWork

COUNTED_TO = 10_000
"""A list's ``total`` is exact up to here; more are not counted (the figure then is this one)."""

_AGENCY, _PROVIDER = TENANT.alias("agency"), TENANT.alias("provider_tenant")
_CREATOR, _APPROVER, _ASSIGNEE = CARD.alias("creator"), CARD.alias("approver"), CARD.alias("assignee")

_PLAIN = (
    Request.id,
    Request.request_number,
    Request.request_type,
    Request.status,
    Request.version,
    Request.priority,
    Request.catalog_item_id,
    Request.catalog_item_version,
    Request.provider_tenant_id,
    Request.agency_tenant_id,
    Request.created_by_id,
    Request.parent_request_id,
    Request.date_range_from,
    Request.date_range_to,
    Request.sla_due_date,
    Request.sla_paused_at,
    Request.sla_breached_at,
    Request.sla_met,
    Request.first_sent_for_approval_at,
    Request.approved_at,
    Request.submitted_at,
    Request.acknowledged_at,
    Request.started_at,
    Request.response_uploaded_at,
    Request.completed_at,
    Request.closed_at,
    Request.rejection_reason_code,
    Request.approval_level,
    Request.approval_route,
    Request.created_at,
    Request.updated_at,
    Request.is_deleted,
)
_CONTENT = (
    Request.description,
    Request.answers,
    Request.legal_mandate_type,
    Request.legal_mandate_file_id,
    Request.court_order_number,
    Request.case_reference,
    Request.notes,
    Request.metadata_.label("metadata"),
    Request.rejection_reason,
)
CASE_CONTENT = (*(column.key for column in _CONTENT), "identifiers")
"""Null for an administrator. ``notes`` and ``metadata`` are null for the provider too."""

AGENCY_ONLY = ("notes", "metadata")

_IDENTIFIERS = (
    select(
        func.jsonb_agg(
            aggregate_order_by(
                func.jsonb_build_object(
                    "id", RequestIdentifier.id,
                    "type", RequestIdentifier.type,
                    "masked", RequestIdentifier.masked,
                    "outcome", RequestIdentifier.outcome,
                    "reason_code", RequestIdentifier.reason_code,
                ),
                RequestIdentifier.position,
            )
        )
    )
    .where(RequestIdentifier.request_id == Request.id)
    .correlate(Request)
    .scalar_subquery()
    .label("identifiers")
)  # fmt: skip

_STATUS_RANK = case(STATUS_ORDER, value=Request.status)
_PRIORITY_RANK = case(PRIORITY_ORDER, value=Request.priority)
_SORTS: dict[str, Any] = {
    "created_at": Request.created_at,
    "updated_at": Request.updated_at,
    "submitted_at": Request.submitted_at,
    "sla_due_date": Request.sla_due_date,
    "priority": _PRIORITY_RANK,
    "status": _STATUS_RANK,
    "request_number": Request.request_number,
}


_STATEMENT: Select[Any] = (
    select(
        *_PLAIN,
        *_CONTENT,
        _IDENTIFIERS,
        sla_state.BREACHED.label("sla_breached"),
        sla_state.STATE.label("sla_state"),
        DOUBTED.label("_doubted"),
        _STATUS_RANK.label("_status_rank"),
        _PRIORITY_RANK.label("_priority_rank"),
        _AGENCY.c.name.label("_agency_name"),
        _PROVIDER.c.name.label("_provider_name"),
        *(
            column.label(f"_{who}_{name}")
            for who, card in (("creator", _CREATOR), ("approver", _APPROVER), ("assignee", _ASSIGNEE))
            for name, column in (("id", card.c.id), ("name", card.c.name), ("rank", card.c.rank))
        ),
    )
    .select_from(Request)
    .join(_AGENCY, _AGENCY.c.id == Request.agency_tenant_id)
    .join(_PROVIDER, _PROVIDER.c.id == Request.provider_tenant_id)
    .outerjoin(_CREATOR, _CREATOR.c.id == Request.created_by_id)
    .outerjoin(_APPROVER, _APPROVER.c.id == Request.approved_by_id)
    .outerjoin(_ASSIGNEE, _ASSIGNEE.c.id == Request.assigned_to_company_id)
)


class _Approving:
    """Whether the caller's rank, or one they stand in for, fills a request's next level. Asked once a page."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._actor = uow.actor
        self._givers: list[Any] | None = None
        self._lacking: dict[Any, bool] = {}  # most of a page's requests ask the same

    def may(self, row: Mapping[str, Any]) -> bool:
        if self._actor.role is not Role.APPROVER or row["status"] != Status.PENDING_APPROVAL:
            return False
        level = policy.next_level(row["approval_route"] or ())
        used = {each.get("approver_id") for each in row["approval_route"] or ()}
        if level is None or str(self._actor.user_id) in used:
            return False
        if self._needed_later(row, level, used):
            return False
        if at_least(self._actor.rank, level["min_rank"]):
            return True
        if self._givers is None:
            self._givers = list(authority.delegators_of(self._uow, self._actor))
        return any(
            at_least(giver.rank, level["min_rank"])
            and giver.request_type in (None, row["request_type"])
            and giver.id != row["created_by_id"]
            and str(giver.id) not in used
            for giver in self._givers
        )

    def _needed_later(self, row: Mapping[str, Any], level: Mapping[str, Any], used: Collection[Any]) -> bool:
        """Whether a later level would be left that nobody but the caller could give: ``approvals`` refuses that."""
        later = [each for each in row["approval_route"] if int(each["level"]) > int(level["level"])]
        if not later:
            return False
        key = (row["request_type"], row["created_by_id"], frozenset(used), tuple(each["min_rank"] for each in later))
        if key not in self._lacking:
            lacking = authority.first_level_nobody_fills(
                self._uow,
                self._actor.tenant_id,
                later,
                request_type=row["request_type"],
                creator_id=row["created_by_id"],
                without=[self._actor.user_id, *(each for each in used if each)],
            )
            self._lacking[key] = lacking is not None
        return self._lacking[key]


def _person(row: dict[str, Any], who: str) -> dict[str, Any] | None:
    person = {"id": row.pop(f"_{who}_id"), "name": row.pop(f"_{who}_name"), "rank": row.pop(f"_{who}_rank")}
    return person if person["id"] is not None else None


def _shown(actor: Actor, row: dict[str, Any], approving: _Approving, *, opened: bool = False) -> dict[str, Any]:
    """Shape a row for one reader: names in, case content out where it is not theirs, abilities by the policy."""
    row["abilities"] = policy.abilities(
        actor,
        SimpleNamespace(**row),
        may_approve=approving.may(row),
        opened=opened,
        doubted=bool(row.pop("_doubted")),
    )
    row["identifiers"] = row["identifiers"] or []
    row["created_by"] = _person(row, "creator")
    row["approved_by"] = _person(row, "approver")
    row["assigned_to"] = _person(row, "assignee")
    row["agency_tenant"] = {"id": row.pop("agency_tenant_id"), "name": row.pop("_agency_name")}
    row["provider_tenant"] = {"id": row["provider_tenant_id"], "name": row.pop("_provider_name")}
    agency_side = row["agency_tenant"]["id"] == actor.tenant_id
    if not (opened or policy.sees_content(actor)):
        row |= dict.fromkeys(CASE_CONTENT)
    elif not agency_side and not actor.is_system and not opened:
        row |= dict.fromkeys(AGENCY_ONLY)
    route = row.pop("approval_route") or []
    row["approval_route"] = (
        [
            {"level": each["level"], "min_rank": each["min_rank"], "given": bool(each.get("approver_id"))}
            for each in route
        ]
        if agency_side or actor.role is Role.SUPER_ADMIN
        else None
    )
    for name in ("_status_rank", "_priority_rank", "is_deleted", "created_by_id"):
        del row[name]
    return row


def one(uow: UnitOfWork, request_id: UUID) -> dict[str, Any]:
    """Return one request as its reader sees it; a DRAFT with its problems, warnings and the route it would take."""
    statement = _STATEMENT.where(Request.id == request_id, policy.visible_to(uow.actor))
    found = uow.session.execute(statement, {"now": clock.now()}).mappings().one_or_none()
    if found is None:
        raise NotFound("request")
    opened = access.is_open(uow, request_id)
    if opened:
        access.note_read(uow, request_id, "request")
    row = _shown(uow.actor, dict(found), _Approving(uow), opened=opened)
    row |= {"problems": None, "warnings": None}
    if row["status"] == Status.DRAFT and policy.sees_content(uow.actor):
        findings = examine(uow, load_request(uow, request_id))
        row |= {"problems": findings.problems, "warnings": findings.warnings, "approval_route": findings.route}
    return row


def page(uow: UnitOfWork, filters: Mapping[str, Any], page_: Page) -> dict[str, Any]:
    """Return one page of the requests that the caller sees: one statement, and one bounded count."""
    moment = {"now": clock.now()}
    wanted = conditions(uow, filters)
    statement = paginate(_STATEMENT.where(*wanted), page_, _SORTS, Request.id)
    rows = uow.session.execute(statement, moment).mappings().all()
    bounded = select(Request.id).where(*wanted).limit(COUNTED_TO).subquery()
    total = uow.session.scalar(select(func.count()).select_from(bounded), moment) or 0
    name = page_.sort.removeprefix("-")
    kept, cursor = close_page(rows, page_, {"status": "_status_rank", "priority": "_priority_rank"}.get(name, name))
    approving = _Approving(uow)
    return {"items": [_shown(uow.actor, dict(row), approving) for row in kept], "next_cursor": cursor, "total": total}


def counts(uow: UnitOfWork) -> dict[str, Any]:
    """Count the caller's requests by status and by the state of their clock, in one statement."""
    state = sla_state.STATE.label("state")
    inner = select(Request.status, state).where(policy.visible_to(uow.actor)).subquery()
    rows = uow.session.execute(
        select(inner.c.status, inner.c.state, func.count()).group_by(inner.c.status, inner.c.state),
        {"now": clock.now()},
    ).all()
    by_status = dict.fromkeys((status.value for status in Status), 0)
    by_sla = dict.fromkeys((each.value.lower() for each in SlaState), 0)
    for status, sla_state_, number in rows:
        by_status[status] += number
        if sla_state_ is not None:
            by_sla[sla_state_.lower()] += number
    return {"status": by_status, "sla": by_sla, "open": _open_counts(uow), "total": sum(by_status.values())}


def _open_counts(uow: UnitOfWork) -> dict[str, int]:
    """Count what has not ended by what it waits for, in one statement; the same conditions narrow the list."""
    asked = {
        **SLA_STATES,
        "sent_back": SENT_BACK,
        "clarification_open": questions.OPEN,
        "clarification_answered": questions.ANSWERED,
        "assigned_to_me": Request.assigned_to_company_id == uow.actor.user_id,
        "unassigned": Request.assigned_to_company_id.is_(None),
    }
    counted = (func.count().filter(condition).label(name) for name, condition in asked.items())
    row = uow.session.execute(
        select(func.count().label("total"), *counted)
        .select_from(Request)
        .where(
            policy.visible_to(uow.actor),
            Request.status.in_([status.value for status in Status if status not in TERMINAL]),
        ),
        {"now": clock.now()},
    )
    return dict(row.mappings().one())


def participants(uow: UnitOfWork, request_id: UUID) -> dict[str, Any]:
    """Return who was let into a request, oldest first. The provider is not told who works on it at the agency."""
    request = load_request(uow, request_id)
    if not policy.on_agency_side(uow.actor, request) and uow.actor.role is not Role.SUPER_ADMIN:
        raise NotFound("request")
    rows = uow.session.execute(
        select(CARD.c.id, CARD.c.name, CARD.c.rank, RequestParticipant.created_at.label("added_at"))
        .join(CARD, CARD.c.id == RequestParticipant.user_id)
        .where(RequestParticipant.request_id == request_id)
        .order_by(RequestParticipant.created_at, CARD.c.id)
    ).mappings()
    items = [dict(row) for row in rows]
    return {"items": items, "next_cursor": None, "total": len(items)}


_NO_CLOCK: Mapping[str, Any] = {
    "due": None,
    "promised_hours": None,
    "business_hours": False,
    "calendar": None,
    "remaining_seconds": None,
}


def sla_explanation(uow: UnitOfWork, request_id: UUID) -> dict[str, Any]:
    """Explain a request's due date. Before the submission there is none, and the answer says so."""
    request = load_request(uow, request_id)
    state = uow.session.scalar(select(sla_state.STATE).where(Request.id == request_id), {"now": clock.now()})
    head: dict[str, Any] = {
        "request_id": request.id,
        "priority": request.priority,
        "state": state,
        "started_at": request.submitted_at,
        "paused_at": request.sla_paused_at,
        "breached_at": request.sla_breached_at,
        "met": request.sla_met,
        "statutory": request.sla_statutory,
    }
    if request.submitted_at is None:
        return {**head, **_NO_CLOCK, "steps": [], "ledger": [], "extensions": []}
    return {**head, **sla.explain(uow, clock_of(request))}
