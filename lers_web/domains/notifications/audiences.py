"""The people of an audience, found in the tenant's own context, where row-level security shows no other's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from lers_web.domains.authority import service as authority
from lers_web.domains.authority.ranks import place
from lers_web.domains.files import service as files
from lers_web.domains.identity.directory import Addressee
from lers_web.domains.notifications.rules import Audience
from lers_web.domains.requests.parties import Parties
from lers_web.kernel.actor import Actor
from lers_web.kernel.permissions import Role
from lers_web.kernel.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known when people are looked for: the tenant's active people, the event, the request if there is one."""

    uow: UnitOfWork
    people: Mapping[UUID, Addressee]
    payload: Mapping[str, Any]
    parties: Parties | None
    _found: dict[Audience, list[Addressee]] = field(default_factory=dict)

    def audience(self, audience: Audience) -> list[Addressee]:
        """Return the people of an audience; empty where it makes no sense for this event."""
        if audience not in self._found:
            self._found[audience] = _FINDERS[audience](self)
        return self._found[audience]

    def named(self, user_ids: Iterable[UUID | None]) -> list[Addressee]:
        """Return those of the named people who are active in this tenant."""
        return [self.people[each] for each in dict.fromkeys(user_ids) if each is not None and each in self.people]

    def of_role(self, role: Role) -> list[Addressee]:
        """Return everybody of a role."""
        return [person for person in self.people.values() if person.role is role]


def _officers(scene: Scene) -> list[Addressee]:
    return scene.named([scene.parties.created_by_id, *scene.parties.participant_ids]) if scene.parties else []


def _next_approvers(scene: Scene) -> list[Addressee]:
    """Those who may fill the level that is open now, deputies among them."""
    parties = scene.parties
    if parties is None or parties.approval_level >= len(parties.approval_route):
        return []
    level = parties.approval_route[parties.approval_level]
    given = [each.get("approver_id") for each in parties.approval_route[: parties.approval_level]]
    return [
        person
        for person in scene.of_role(Role.APPROVER)
        if authority.may_fill(
            scene.uow,
            _as_actor(person, parties.agency_tenant_id),
            level,
            request_type=parties.request_type,
            creator_id=parties.created_by_id,
            filled_by=[each for each in given if each],
        )
    ]


def _as_actor(person: Addressee, tenant_id: UUID) -> Actor:
    return Actor(
        user_id=person.id,
        tenant_id=tenant_id,
        role=person.role,
        permissions=frozenset(),
        is_tenant_admin=person.is_tenant_admin,
        rank=person.rank,
    )


def _last_approver(scene: Scene) -> list[Addressee]:
    return scene.named([scene.parties.approved_by_id]) if scene.parties else []


def _higher_approvers(scene: Scene) -> list[Addressee]:
    """Everybody of the next rank above the last approver's; all approvers when nobody stands above."""
    approvers = scene.of_role(Role.APPROVER)
    last = _last_approver(scene)
    floor = place(last[0].rank) if last else -1
    above = [person for person in approvers if place(person.rank) > floor]
    if not above:
        return approvers
    following = min(place(person.rank) for person in above)
    return [person for person in above if place(person.rank) == following]


def _desk(scene: Scene) -> list[Addressee]:
    assigned = _assignee(scene)
    return assigned or scene.of_role(Role.PROVIDER)


def _assignee(scene: Scene) -> list[Addressee]:
    return scene.named([scene.parties.assigned_to_id]) if scene.parties else []


def _admins(scene: Scene) -> list[Addressee]:
    return [each for each in scene.people.values() if each.is_tenant_admin or each.role is Role.SUPER_ADMIN]


def _nodal(scene: Scene) -> list[Addressee]:
    return _admins(scene) or scene.of_role(Role.PROVIDER)


def _uploader(scene: Scene) -> list[Addressee]:
    file_id = UUID(scene.payload["file_id"])
    known = files.facts(scene.uow, [file_id])
    return scene.named([known[file_id].uploaded_by_id]) if file_id in known else []


def _person(scene: Scene) -> list[Addressee]:
    return scene.named([UUID(scene.payload["user_id"])])


def _second_person(scene: Scene) -> list[Addressee]:
    asker = UUID(scene.payload["asked_by_id"])
    return [person for person in scene.of_role(Role.SUPER_ADMIN) if person.id != asker]


_FINDERS: Mapping[Audience, Callable[[Scene], list[Addressee]]] = {
    Audience.OFFICERS: _officers,
    Audience.NEXT_APPROVERS: _next_approvers,
    Audience.LAST_APPROVER: _last_approver,
    Audience.HIGHER_APPROVERS: _higher_approvers,
    Audience.DESK: _desk,
    Audience.ASSIGNEE: _assignee,
    Audience.NODAL: _nodal,
    Audience.ADMINS: _admins,
    Audience.UPLOADER: _uploader,
    Audience.PERSON: _person,
    Audience.SECOND_PERSON: _second_person,
}
