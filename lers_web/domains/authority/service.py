"""Use cases of authority: which levels a request needs, who may fill one, and the rules and delegations behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, column, or_, select, table

from lers_web.domains.authority import policy
from lers_web.domains.authority.models import AuthorityRule, Delegation
from lers_web.domains.authority.ranks import at_least, place
from lers_web.kernel import clock
from lers_web.kernel.actor import Actor
from lers_web.kernel.errors import Invalid, NotFound, StaleVersion
from lers_web.kernel.permissions import Role
from lers_web.kernel.uow import UnitOfWork

DEFAULT_ROUTE: tuple[Mapping[str, Any], ...] = ({"level": 1, "min_rank": "SHO"},)
"""Where a unit has no rule that fits: the officer in charge of the station (BNSS 94)."""

MAX_LEVELS = 5
T = TypeVar("T")
_CARD = table(
    "user_card", column("id"), column("tenant_id"), column("name"), column("rank"), column("role"), column("is_active"),
    schema="app",
)  # fmt: skip
# The more of a request a rule names, the more specific it is; what is asked weighs more than how urgently.
_WEIGHT = {"request_type": 4, "legal_mandate_type": 2, "priority": 1}


@dataclass(frozen=True, slots=True)
class Filling:
    """How a person fills a level: of their own rank, or on behalf of somebody who delegated theirs."""

    on_behalf_of_id: UUID | None = None


def route_for(
    uow: UnitOfWork, tenant_id: UUID, request_type: str, mandate: str | None, priority: str
) -> list[dict[str, Any]]:
    """Return the levels of approval that a request of this unit needs: [{level, min_rank}], lowest first."""
    best = rule_for(uow, tenant_id, request_type, mandate, priority)
    if best is None:
        return [dict(level) for level in DEFAULT_ROUTE]
    return [{"level": int(level["level"]), "min_rank": str(level["min_rank"])} for level in best.levels]


def rule_for(
    uow: UnitOfWork, tenant_id: UUID, request_type: str, mandate: str | None, priority: str
) -> AuthorityRule | None:
    """Return the unit's rule that decides: of those that fit the most specific, of equals the newest."""
    facts = {"request_type": request_type, "legal_mandate_type": mandate, "priority": priority}
    rules = uow.session.scalars(
        select(AuthorityRule).where(
            AuthorityRule.tenant_id == tenant_id,
            ~AuthorityRule.is_deleted,
            *(
                or_(getattr(AuthorityRule, name).is_(None), getattr(AuthorityRule, name) == value)
                for name, value in facts.items()
            ),
        )
    ).all()
    return max(rules, key=lambda rule: (_specificity(rule), rule.id), default=None)


def _specificity(rule: AuthorityRule) -> int:
    return sum(weight for name, weight in _WEIGHT.items() if getattr(rule, name) is not None)


def may_fill(
    uow: UnitOfWork,
    actor: Actor,
    level: Mapping[str, Any],
    *,
    request_type: str,
    creator_id: UUID,
    filled_by: Collection[str | UUID] = (),
    at: dt.datetime | None = None,
) -> Filling | None:
    """Say how an approver may fill a level, or None when they may not.

    One person fills one level (``filled_by`` names who has), nobody their own request; a deputy counts with the rank
    of whom they stand in for, who must not be the officer who asked nor have decided already.
    """
    if actor.role is not Role.APPROVER or actor.user_id == creator_id:
        return None
    used = {str(each) for each in filled_by}
    if str(actor.user_id) in used:
        return None
    if at_least(actor.rank, level["min_rank"]):
        return Filling()
    for person in delegators_of(uow, actor, request_type, at=at):
        if at_least(person.rank, level["min_rank"]) and person.id != creator_id and str(person.id) not in used:
            return Filling(person.id)
    return None


def delegators_of(
    uow: UnitOfWork, actor: Actor, request_type: str | None = None, *, at: dt.datetime | None = None
) -> Sequence[Any]:
    """Return who has handed their authority to the actor now: rows of (id, name, rank, request_type)."""
    moment = at or clock.now()
    query = (
        select(_CARD.c.id, _CARD.c.name, _CARD.c.rank, Delegation.request_type)
        .join(_CARD, _CARD.c.id == Delegation.from_user_id)
        .where(
            Delegation.to_user_id == actor.user_id,
            Delegation.tenant_id == actor.tenant_id,
            ~Delegation.is_deleted,
            Delegation.valid_from <= moment,
            Delegation.valid_until > moment,
            _CARD.c.is_active,
            _CARD.c.role == Role.APPROVER.value,
            _CARD.c.tenant_id == actor.tenant_id,
        )
    )
    if request_type is not None:
        query = query.where(or_(Delegation.request_type.is_(None), Delegation.request_type == request_type))
    return uow.session.execute(query).all()


def first_level_nobody_fills(
    uow: UnitOfWork,
    tenant_id: UUID,
    route: Sequence[Mapping[str, Any]],
    *,
    request_type: str,
    creator_id: UUID,
    without: Collection[str | UUID] = (),
) -> Mapping[str, Any] | None:
    """Return the first level of a route for which the unit has nobody (counting deputies), or None when all is well.

    Each level needs a person of its own: the lowest ranks that suffice are taken first. ``without`` leaves people out
    who have given a level already, or are about to.
    """
    ranks = approver_ranks(uow, tenant_id, request_type, without={str(creator_id), *(str(each) for each in without)})
    free = set(ranks)
    for level in sorted(route, key=lambda each: -place(each["min_rank"])):
        fits = [one for one in free if any(at_least(rank, level["min_rank"]) for rank in ranks[one])]
        if not fits:
            return level
        free.remove(min(fits, key=lambda one: max(place(rank) for rank in ranks[one])))
    return None


def approver_ranks(
    uow: UnitOfWork, tenant_id: UUID, request_type: str, *, without: Collection[str]
) -> dict[UUID, list[str | None]]:
    """Return the unit's active approvers with the ranks they decide with: their own, and those they stand in for."""
    people = uow.session.execute(
        select(_CARD.c.id, _CARD.c.rank).where(
            _CARD.c.tenant_id == tenant_id, _CARD.c.role == Role.APPROVER.value, _CARD.c.is_active
        )
    ).all()
    own = {each.id: each.rank for each in people if str(each.id) not in without}
    ranks: dict[UUID, list[str | None]] = {person: [rank] for person, rank in own.items()}
    for delegation in _delegations_now(uow, tenant_id, request_type):
        if delegation.to_user_id in ranks and delegation.from_user_id in own:
            ranks[delegation.to_user_id].append(own[delegation.from_user_id])
    return ranks


def _delegations_now(uow: UnitOfWork, tenant_id: UUID, request_type: str) -> Sequence[Delegation]:
    moment = clock.now()
    return uow.session.scalars(
        select(Delegation).where(
            Delegation.tenant_id == tenant_id,
            ~Delegation.is_deleted,
            Delegation.valid_from <= moment,
            Delegation.valid_until > moment,
            or_(Delegation.request_type.is_(None), Delegation.request_type == request_type),
        )
    ).all()


# --- rules ---------------------------------------------------------------------------------------------------------


def load_rule(uow: UnitOfWork, rule_id: UUID, *, lock: bool = False) -> AuthorityRule:
    """Load a rule that the actor may see."""
    query = select(AuthorityRule).where(AuthorityRule.id == rule_id, policy.rules_visible_to(uow.actor))
    return _load(uow, query, lock=lock, thing="authority rule")


def create_rule(uow: UnitOfWork, data: Mapping[str, Any]) -> AuthorityRule:
    """Add a rule. ``tenant_id`` may be given by an administrator only; levels are checked and put in order."""
    tenant_id = unit_of(uow, data)
    policy.require_rules(uow.actor, tenant_id)
    rule = AuthorityRule(
        tenant_id=tenant_id,
        request_type=data.get("request_type"),
        legal_mandate_type=data.get("legal_mandate_type"),
        priority=data.get("priority"),
        levels=ordered_levels(data["levels"]),
        note=data.get("note"),
    )
    uow.session.add(rule)
    uow.session.flush()  # the id goes into the audit entry
    uow.audit("authority:rule_created", "authority_rule", rule.id, version=1, change=_rule_change(rule))
    return rule


def update_rule(
    uow: UnitOfWork, rule_id: UUID, data: Mapping[str, Any], *, expected_version: int | None
) -> AuthorityRule:
    """Change a rule. Requests on their way keep the route that they were sent with."""
    rule = load_rule(uow, rule_id, lock=True)
    policy.require_rules(uow.actor, rule.tenant_id)
    _check_version(rule.version, expected_version)
    for name in ("request_type", "legal_mandate_type", "priority", "note"):
        if name in data:
            setattr(rule, name, data[name])
    if "levels" in data:
        rule.levels = ordered_levels(data["levels"])
    rule.version += 1
    uow.audit("authority:rule_changed", "authority_rule", rule.id, version=rule.version, change=_rule_change(rule))
    return rule


def delete_rule(uow: UnitOfWork, rule_id: UUID, *, expected_version: int | None) -> None:
    """Take a rule away: what it named falls to the next rule that fits, or to the default."""
    rule = load_rule(uow, rule_id, lock=True)
    policy.require_rules(uow.actor, rule.tenant_id)
    _check_version(rule.version, expected_version)
    rule.is_deleted = True
    rule.version += 1
    uow.audit("authority:rule_deleted", "authority_rule", rule.id, version=rule.version)


def _rule_change(rule: AuthorityRule) -> dict[str, Any]:
    return {
        "request_type": rule.request_type,
        "legal_mandate_type": rule.legal_mandate_type,
        "priority": rule.priority,
        "levels": [level["min_rank"] for level in rule.levels],
    }


def ordered_levels(levels: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Check that levels count 1, 2, 3 … and never ask for a lower rank further up."""
    ordered = sorted(levels, key=lambda level: level["level"])
    if not 1 <= len(ordered) <= MAX_LEVELS:
        raise Invalid(errors={"levels": [f"Give 1 to {MAX_LEVELS} levels."]})
    if [level["level"] for level in ordered] != list(range(1, len(ordered) + 1)):
        raise Invalid(errors={"levels": ["Number the levels 1, 2, 3 … without a gap."]})
    for lower, upper in pairwise(ordered):
        if not at_least(upper["min_rank"], lower["min_rank"]):
            raise Invalid(errors={"levels": ["A later level must not ask for a lower rank than the one before it."]})
    return [{"level": level["level"], "min_rank": level["min_rank"]} for level in ordered]


# --- delegations ---------------------------------------------------------------------------------------------------


def load_delegation(uow: UnitOfWork, delegation_id: UUID, *, lock: bool = False) -> Delegation:
    """Load a delegation that the actor may see."""
    query = select(Delegation).where(Delegation.id == delegation_id, policy.delegations_visible_to(uow.actor))
    return _load(uow, query, lock=lock, thing="delegation")


def create_delegation(uow: UnitOfWork, data: Mapping[str, Any]) -> Delegation:
    """Let a deputy act for an approver for a time. ``from_user_id`` is the caller unless an admin says otherwise."""
    actor = uow.actor
    from_user_id = data.get("from_user_id") or actor.user_id
    giver = _approver(uow, from_user_id, "from_user_id")
    policy.require_delegation(actor, giver.tenant_id, from_user_id)
    deputy = _approver(uow, data["to_user_id"], "to_user_id")
    if deputy.tenant_id != giver.tenant_id:
        raise Invalid(errors={"to_user_id": ["The deputy must be an active approver of the same unit."]})
    if deputy.id == giver.id:
        raise Invalid(errors={"to_user_id": ["Nobody is their own deputy: choose somebody else."]})
    delegation = Delegation(
        tenant_id=giver.tenant_id,
        from_user_id=giver.id,
        to_user_id=deputy.id,
        request_type=data.get("request_type"),
        valid_from=data.get("valid_from") or clock.now(),
        valid_until=data["valid_until"],
        reason=data.get("reason"),
    )
    _check_period(delegation)
    uow.session.add(delegation)
    uow.session.flush()  # the id goes into the audit entry
    uow.audit(
        "authority:delegation_created", "delegation", delegation.id, version=1, change=_delegation_change(delegation)
    )
    return delegation


def update_delegation(
    uow: UnitOfWork, delegation_id: UUID, data: Mapping[str, Any], *, expected_version: int | None
) -> Delegation:
    """Change the time or the scope of a delegation; the two people stay."""
    delegation = load_delegation(uow, delegation_id, lock=True)
    policy.require_delegation(uow.actor, delegation.tenant_id, delegation.from_user_id)
    _check_version(delegation.version, expected_version)
    for name in ("request_type", "valid_from", "valid_until", "reason"):
        if name in data:
            setattr(delegation, name, data[name])
    _check_period(delegation)
    delegation.version += 1
    uow.audit(
        "authority:delegation_changed",
        "delegation",
        delegation.id,
        version=delegation.version,
        change=_delegation_change(delegation),
    )
    return delegation


def delete_delegation(uow: UnitOfWork, delegation_id: UUID, *, expected_version: int | None) -> None:
    """Take a delegation back, from this moment on."""
    delegation = load_delegation(uow, delegation_id, lock=True)
    policy.require_delegation(uow.actor, delegation.tenant_id, delegation.from_user_id)
    _check_version(delegation.version, expected_version)
    delegation.is_deleted = True
    delegation.version += 1
    uow.audit("authority:delegation_deleted", "delegation", delegation.id, version=delegation.version)


def _delegation_change(delegation: Delegation) -> dict[str, Any]:
    return {
        "from": delegation.from_user_id,
        "to": delegation.to_user_id,
        "request_type": delegation.request_type,
        "valid_from": delegation.valid_from,
        "valid_until": delegation.valid_until,
    }


def _check_period(delegation: Delegation) -> None:
    if delegation.valid_until <= delegation.valid_from:
        raise Invalid(errors={"valid_until": ["The end must lie after the start."]})
    if delegation.valid_until <= clock.now():
        raise Invalid(errors={"valid_until": ["The end lies in the past: give a later one."]})


def _approver(uow: UnitOfWork, user_id: UUID, field: str) -> Any:
    person = uow.session.execute(
        select(_CARD.c.id, _CARD.c.tenant_id, _CARD.c.rank).where(
            _CARD.c.id == user_id, _CARD.c.role == Role.APPROVER.value, _CARD.c.is_active
        )
    ).one_or_none()
    own = person is not None and (uow.actor.role is Role.SUPER_ADMIN or person.tenant_id == uow.actor.tenant_id)
    if person is None or not own:
        raise Invalid(errors={field: ["This must be an active approver of your unit."]})
    return person


# --- both ----------------------------------------------------------------------------------------------------------


def unit_of(uow: UnitOfWork, data: Mapping[str, Any]) -> UUID:
    """Return whose rules are meant: an administrator names the unit, everybody else has their own."""
    given: UUID | None = data.get("tenant_id")
    if uow.actor.role is not Role.SUPER_ADMIN:
        if given not in (None, uow.actor.tenant_id):
            raise Invalid(errors={"tenant_id": ["You write the rules of your own unit only: leave this out."]})
        return uow.actor.tenant_id
    if given is None:
        raise Invalid(errors={"tenant_id": ["Say which unit the rule is for."]})
    kind: Any = uow.session.execute(
        select(column("type"))
        .select_from(table("tenants", column("id"), column("type"), schema="app"))
        .where(column("id") == given)
    ).scalar_one_or_none()
    if kind != "LAW_ENFORCEMENT":
        raise Invalid(errors={"tenant_id": ["Rules are for units of law enforcement: choose one of those."]})
    return given


def _load(uow: UnitOfWork, query: Select[T], *, lock: bool, thing: str) -> T:
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = uow.session.scalar(query)
    if found is None:
        raise NotFound(thing)
    return found


def _check_version(version: int, expected: int | None) -> None:
    if expected not in (None, version):
        raise StaleVersion("This has changed since you read it: read it again.")
