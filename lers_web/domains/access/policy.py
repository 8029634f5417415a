"""Which requests are open to an administrator now, who sees a session, and what they may do with it.

The same question is asked a second time by row-level security (``app.opened_requests``), of the same table and by the
database's clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, false, func, or_, select

from lers_web.domains.access.models import BreakGlass
from lers_web.domains.access.states import LIVING, State
from lers_web.kernel.actor import Actor
from lers_web.kernel.permissions import Permission, Role

_UNEXPIRED = BreakGlass.expires_at > func.now()

STATE: ColumnElement[str] = case(
    (BreakGlass.ended_at.is_not(None), State.ENDED.value),
    (~_UNEXPIRED, State.EXPIRED.value),
    (BreakGlass.opened_at.is_(None), State.WAITING.value),
    else_=State.OPEN.value,
)


def in_state(*states: State) -> ColumnElement[bool]:
    """Whether a session stands in one of these states now."""
    return STATE.in_([state.value for state in states])


def opened_to(actor: Actor) -> Select[UUID]:
    """Select the ids of the requests whose case content this person has opened and may still see."""
    mine = BreakGlass.asked_by_id == actor.user_id if actor.role is Role.SUPER_ADMIN else false()
    return select(BreakGlass.request_id).where(mine, in_state(State.OPEN))


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The row filter of every query on sessions: one's own, those one confirmed, and those that wait."""
    if not actor.can(Permission.BREAK_GLASS):
        return false()
    return or_(
        BreakGlass.asked_by_id == actor.user_id,
        BreakGlass.confirmed_by_id == actor.user_id,
        in_state(State.WAITING),
    )


def abilities(actor: Actor, row: Mapping[str, Any]) -> dict[str, bool]:
    """What the caller may do with a session that they see. Whoever sees it may end it: that only closes a door."""
    state = State(row["state"])
    return {
        "confirm": state is State.WAITING and row["asked_by_id"] != actor.user_id,
        "end": state in LIVING,
    }
