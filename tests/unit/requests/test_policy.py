"""Who may take which step, with whose request: one table, every cell."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from lers_web.domains.requests import policy
from lers_web.domains.requests.states import DECISIONS, INTERNAL, TRANSITIONS, Action, Status
from lers_web.kernel import clock
from lers_web.kernel.actor import Actor, system_actor
from lers_web.kernel.errors import Forbidden
from lers_web.kernel.ids import new_id
from lers_web.kernel.permissions import Role, permissions_of

AGENCY, PROVIDER, OTHER_AGENCY, OTHER_PROVIDER, PLATFORM = (new_id() for _ in range(5))
CREATOR = new_id()
A = Action


def person(role: Role, tenant_id: UUID, user_id: UUID | None = None, *, is_tenant_admin: bool = False) -> Actor:
    return Actor(
        user_id=user_id or new_id(),
        tenant_id=tenant_id,
        role=role,
        permissions=permissions_of(role, is_tenant_admin=is_tenant_admin),
        is_tenant_admin=is_tenant_admin,
        rank="SHO",
    )


CAST = {
    "creator": person(Role.IO, AGENCY, CREATOR),
    "colleague": person(Role.IO, AGENCY),
    "approver": person(Role.APPROVER, AGENCY),
    "approver_admin": person(Role.APPROVER, AGENCY, is_tenant_admin=True),
    "creator_as_approver": person(Role.APPROVER, AGENCY, CREATOR),
    "provider": person(Role.PROVIDER, PROVIDER),
    "foreign_io": person(Role.IO, OTHER_AGENCY),
    "foreign_approver": person(Role.APPROVER, OTHER_AGENCY),
    "foreign_provider": person(Role.PROVIDER, OTHER_PROVIDER),
    "admin": person(Role.SUPER_ADMIN, PLATFORM),
    "system": system_actor(AGENCY),
}
OFFICER = {A.UPDATE, A.DELETE, A.SUBMIT_FOR_APPROVAL, A.SUBMIT, A.CANCEL, A.WITHDRAW, A.GRANT_EXTENSION, A.REOPEN}
DESK = {
    A.ACKNOWLEDGE, A.START, A.ASSIGN, A.REQUEST_INFO, A.REQUEST_EXTENSION, A.CHALLENGE, A.DECLINE, A.RESPOND,
    A.RESPOND_PARTIALLY, A.COMPLETE,
}  # fmt: skip
MAY: dict[str, set[Action]] = {
    "creator": OFFICER,
    "approver": set(DECISIONS),
    "approver_admin": set(DECISIONS),
    "provider": DESK,
}


def request_in(status: Status) -> Any:
    early = status in {Status.DRAFT, Status.PENDING_APPROVAL, Status.APPROVED}
    return SimpleNamespace(
        agency_tenant_id=AGENCY,
        provider_tenant_id=PROVIDER,
        created_by_id=CREATOR,
        status=status.value,
        first_sent_for_approval_at=clock.now(),
        submitted_at=None if early else clock.now(),
        is_deleted=False,
    )


def test_every_step_is_somebodys():
    assert set().union(*MAY.values()) == set(Action)


@pytest.mark.parametrize("name", list(CAST))
@pytest.mark.parametrize("status", list(Status))
def test_every_cell_of_person_state_and_step(name: str, status: Status):
    actor, request = CAST[name], request_in(status)
    told = policy.abilities(actor, request)
    for action in Action:
        allowed = action in MAY.get(name, set())
        if allowed:
            policy.require(actor, action, request)
        else:
            with pytest.raises(Forbidden):
                policy.require(actor, action, request)
        if action in INTERNAL:
            assert action.value not in told
        else:
            assert told[action.value] is (allowed and status in TRANSITIONS[action].sources), (name, status, action)


@pytest.mark.parametrize("status", list(Status))
def test_abilities_beside_the_steps(status: Status):
    request = request_in(status)
    submitted = request.submitted_at is not None
    talking = status in {Status.SUBMITTED, Status.ACKNOWLEDGED, Status.IN_PROGRESS, Status.RESPONSE_UPLOADED}
    table = {
        # name: read identifiers, read chat, write chat, participants, review
        "creator": (True, submitted, talking, True, submitted),
        "colleague": (True, submitted, False, False, False),
        "approver": (True, submitted, False, False, False),
        "provider": (True, submitted, talking, False, False),
        "admin": (False, False, False, False, False),
    }
    for name, expected in table.items():
        told = policy.abilities(CAST[name], request)
        names = ("read_identifiers", "chat_read", "chat_write", "manage_participants", "review_response")
        assert tuple(told[each] for each in names) == expected, name


def test_an_approver_whose_rank_does_not_suffice_is_told_so():
    request = request_in(Status.PENDING_APPROVAL)
    assert policy.abilities(CAST["approver"], request, may_approve=False)["approve"] is False
    assert policy.abilities(CAST["approver"], request, may_approve=False)["reject"] is True


@pytest.mark.parametrize("name", list(CAST))
def test_a_doubted_request_is_confirmed_by_the_units_admin_or_the_platforms_and_never_by_its_creator(name: str):
    request = request_in(Status.IN_PROGRESS)
    expected = name in {"approver_admin", "admin"}
    assert policy.abilities(CAST[name], request, doubted=True)["confirm_challenge"] is expected
    assert policy.abilities(CAST[name], request)["confirm_challenge"] is False
    own = person(Role.IO, AGENCY, CREATOR, is_tenant_admin=True)
    assert policy.abilities(own, request, doubted=True)["confirm_challenge"] is False
