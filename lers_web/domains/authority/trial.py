"""Trying a route: who would approve a request, by a rule that stands or by one that is not written yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import column, select, table

from lers_web.domains.authority import policy
from lers_web.domains.authority.ranks import at_least
from lers_web.domains.authority.service import (
    DEFAULT_ROUTE,
    approver_ranks,
    first_level_nobody_fills,
    ordered_levels,
    rule_for,
    unit_of,
)
from lers_web.kernel.uow import UnitOfWork

_CARD = table("user_card", column("id"), column("name"), column("rank"), schema="app")
# Officers ask, approvers decide: whoever will ask takes nobody away from those who decide.
_NO_APPROVER = UUID(int=0)


def try_route(uow: UnitOfWork, data: Mapping[str, Any]) -> dict[str, Any]:
    """Say by which rule a request of a unit would be approved, at which levels, and by whom of its people.

    With ``levels`` it is the route of a rule that is not written yet. ``gap`` is the first level for which the unit
    has nobody left, each level taking a person of its own.
    """
    unit = unit_of(uow, data)
    policy.require_rules(uow.actor, unit)
    request_type, mandate, priority = data["request_type"], data["legal_mandate_type"], data["priority"]
    rule = None
    if "levels" in data:
        route = ordered_levels(data["levels"])
    else:
        rule = rule_for(uow, unit, request_type, mandate, priority)
        route = [dict(level) for level in (rule.levels if rule else DEFAULT_ROUTE)]
    gap = first_level_nobody_fills(uow, unit, route, request_type=request_type, creator_id=_NO_APPROVER)
    return {
        "rule_id": rule.id if rule else None,
        "levels": _with_people(uow, unit, request_type, route),
        "gap": gap["level"] if gap else None,
    }


def _with_people(uow: UnitOfWork, unit: UUID, request_type: str, route: list[dict[str, Any]]) -> list[dict[str, Any]]:
    ranks = approver_ranks(uow, unit, request_type, without=())
    cards = uow.session.execute(select(_CARD).where(_CARD.c.id.in_(ranks)).order_by(_CARD.c.name)).mappings().all()
    return [
        {
            **level,
            "people": [
                {**card, "as_deputy": not at_least(ranks[card["id"]][0], level["min_rank"])}
                for card in cards
                if any(at_least(rank, level["min_rank"]) for rank in ranks[card["id"]])
            ],
        }
        for level in route
    ]
