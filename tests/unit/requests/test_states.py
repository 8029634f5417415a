"""The life cycle as the contract tells it, and as the database guards it."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from lers_web.domains.catalog import states as catalog
from lers_web.domains.requests import states
from lers_web.domains.requests.identifiers import IdentifierType
from lers_web.domains.requests.states import INTERNAL, STATUS_PAIRS, TERMINAL, TRANSITIONS, Action, Status
from lers_web.kernel.errors import IllegalTransition

S, A = Status, Action
WITH_PROVIDER = {S.SUBMITTED, S.ACKNOWLEDGED, S.IN_PROGRESS}
LIFE: dict[Action, tuple[set[Status], Status | None]] = {
    A.UPDATE: ({S.DRAFT}, None),
    A.DELETE: ({S.DRAFT}, None),
    A.SUBMIT_FOR_APPROVAL: ({S.DRAFT}, S.PENDING_APPROVAL),
    A.REQUEST_CHANGES: ({S.PENDING_APPROVAL}, S.DRAFT),
    A.APPROVE: ({S.PENDING_APPROVAL}, S.APPROVED),
    A.REJECT: ({S.PENDING_APPROVAL, S.APPROVED}, S.REJECTED),
    A.SUBMIT: ({S.APPROVED}, S.SUBMITTED),
    A.ACKNOWLEDGE: ({S.SUBMITTED}, S.ACKNOWLEDGED),
    A.START: ({S.ACKNOWLEDGED}, S.IN_PROGRESS),
    A.ASSIGN: ({*WITH_PROVIDER, S.RESPONSE_UPLOADED}, None),
    A.REQUEST_INFO: (WITH_PROVIDER, None),
    A.REQUEST_EXTENSION: (WITH_PROVIDER, None),
    A.GRANT_EXTENSION: (WITH_PROVIDER, None),
    A.CHALLENGE: (WITH_PROVIDER, None),
    A.DECLINE: (WITH_PROVIDER, S.REJECTED),
    A.RESPOND: ({S.IN_PROGRESS}, S.RESPONSE_UPLOADED),
    A.RESPOND_PARTIALLY: ({S.IN_PROGRESS}, None),
    A.REOPEN: ({S.RESPONSE_UPLOADED}, S.IN_PROGRESS),
    A.COMPLETE: ({S.RESPONSE_UPLOADED}, S.COMPLETED),
    A.CANCEL: ({S.DRAFT}, S.CANCELLED),
    A.WITHDRAW: ({S.PENDING_APPROVAL, S.APPROVED, *WITH_PROVIDER}, S.CANCELLED),
}


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("status", list(Status))
def test_every_step_from_every_state(action: Action, status: Status):
    sources, target = LIFE[action]
    if status in sources:
        assert states.next_status(status, action) is (target or status)
        return
    with pytest.raises(IllegalTransition) as refused:
        states.next_status(status, action)
    assert refused.value.extra["current_status"] == status
    assert refused.value.extra["allowed"] == [
        each.value for each in Action if each not in INTERNAL and status in LIFE[each][0]
    ]


def test_nothing_leads_out_of_the_end():
    assert not [pair for pair in STATUS_PAIRS if pair[0] in TERMINAL]
    assert all(TERMINAL.isdisjoint(step.sources) for step in TRANSITIONS.values())


def test_every_state_is_reached_and_every_other_is_left():
    assert {target for _, target in STATUS_PAIRS} == set(Status)
    assert {source for source, _ in STATUS_PAIRS} == set(Status) - TERMINAL


def test_the_database_guards_exactly_these_steps():
    path = Path(__file__).parents[3] / "migrations/versions/0003_isolation.py"
    spec = importlib.util.spec_from_file_location("isolation", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert {(Status(old), Status(new)) for old, new in module.TRANSITIONS} == STATUS_PAIRS


def test_the_catalog_speaks_the_same_words():
    assert tuple(states.RequestType) == catalog.REQUEST_TYPES
    assert tuple(states.MandateType) == catalog.MANDATE_TYPES
    assert tuple(IdentifierType) == catalog.IDENTIFIER_TYPES
