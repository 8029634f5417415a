"""Use cases of approvals: approve a level, reject, ask for changes; each leaves a sealed decision.

The halves that change the request are the requests' own; both happen in one transaction. Nobody decides on a request
of their own, and one person fills one level (ADR 0047).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lers_web.domains.approvals import statements
from lers_web.domains.approvals.models import Approval
from lers_web.domains.approvals.states import Decision
from lers_web.domains.authority import service as authority
from lers_web.domains.identity import service as identity
from lers_web.domains.identity import signing
from lers_web.domains.requests import service as requests
from lers_web.domains.requests.service import Action, Request
from lers_web.kernel import clock
from lers_web.kernel.errors import Conflict, Forbidden, Invalid, StaleVersion
from lers_web.kernel.ids import new_id
from lers_web.kernel.seal import canonical
from lers_web.kernel.uow import UnitOfWork

SIGN_APPROVAL = "approve"
PERSONAL = 1  # a tenant's signature_level from which on the server's seal alone does not do


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the route a decision stands, and for whom it is made."""

    level: Mapping[str, Any]
    on_behalf_of_id: UUID | None = None
    on_behalf_of: Mapping[str, Any] | None = None


def signing_statement(uow: UnitOfWork, request_id: UUID) -> dict[str, Any]:
    """Give the actor the statement to sign for approving the next level; it holds for ten minutes and this version."""
    request = requests.locked_for(uow, request_id, Action.APPROVE)
    place = _place_to_fill(uow, request)
    members = statements.members_of(uow, request, Decision.APPROVE, place.level, on_behalf_of=place.on_behalf_of)
    return signing.issue(uow, request_id=request.id, action=SIGN_APPROVAL, members=members)


def approve(
    uow: UnitOfWork,
    request_id: UUID,
    *,
    comments: str | None = None,
    signature: Mapping[str, Any] | None = None,
    expected_version: int | None = None,
) -> UUID:
    """Give the next level. The last one makes the request APPROVED and, where the unit has it so, submits it."""
    request = requests.locked_for(uow, request_id, Action.APPROVE, expected_version=expected_version)
    place = _place_to_fill(uow, request)
    if requests.content_hash(uow, request) != request.content_hash:
        raise Conflict(
            "What was sent for approval is no longer what stands here. Ask for changes, so it is sent again."
        )
    if signature is None and identity.tenant_policy(uow, request.agency_tenant_id).signature_level >= PERSONAL:
        sentence = "Your unit wants a personal signature here: get the signing statement and sign it with your key."
        raise Invalid(sentence, errors={"signature": [sentence]}, code="signature_required")
    approval = _record(uow, request, Decision.APPROVE, place, comments, signature)
    requests.approve_level(uow, request, on_behalf_of_id=place.on_behalf_of_id)
    return approval.id


def reject(uow: UnitOfWork, request_id: UUID, *, reason: str, expected_version: int | None = None) -> UUID:
    """End a request that waits for approval, or is approved and not yet submitted."""
    request = requests.locked_for(uow, request_id, Action.REJECT, expected_version=expected_version)
    approval = _record(uow, request, Decision.REJECT, _Place(_level_in_hand(request)), reason)
    requests.reject(uow, request, reason=reason)
    return approval.id


def request_changes(uow: UnitOfWork, request_id: UUID, *, comments: str, expected_version: int | None = None) -> UUID:
    """Send a request back to its officer. Levels given so far are void: what comes again is decided anew."""
    request = requests.locked_for(uow, request_id, Action.REQUEST_CHANGES, expected_version=expected_version)
    approval = _record(uow, request, Decision.REQUEST_CHANGES, _Place(_level_in_hand(request)), comments)
    requests.request_changes(uow, request)
    return approval.id


def _place_to_fill(uow: UnitOfWork, request: Request) -> _Place:
    """Return the level that the actor may fill now, or raise ``Forbidden`` with what it would need."""
    route: Sequence[Mapping[str, Any]] = request.approval_route
    level = _level_in_hand(request)
    used = [str(each[name]) for each in route for name in ("approver_id", "on_behalf_of_id") if each.get(name)]
    filling = authority.may_fill(
        uow,
        uow.actor,
        level,
        request_type=request.request_type,
        creator_id=request.created_by_id,
        filled_by=used,
    )
    if filling is None:
        if str(uow.actor.user_id) in used:
            raise Forbidden("You have given a level of this request already: one person fills one level.")
        raise Forbidden(
            f"Level {level['level']} needs an approver of the rank {level['min_rank']} or above;"
            f" yours is {uow.actor.rank or 'not set'}."
        )
    _keep_for_later_levels(uow, request, level, [*used, uow.actor.user_id, filling.on_behalf_of_id])
    if filling.on_behalf_of_id is None:
        return _Place(level)
    person = identity.people(uow, [filling.on_behalf_of_id])[filling.on_behalf_of_id]
    told = {"id": str(person["id"]), "name": person["name"], "rank": person["rank"]}
    return _Place(level, filling.on_behalf_of_id, told)


def _keep_for_later_levels(
    uow: UnitOfWork, request: Request, level: Mapping[str, Any], used: Sequence[str | UUID | None]
) -> None:
    """Refuse whoever is needed further up: giving a level below would leave a later one that nobody can give."""
    later = [each for each in request.approval_route if int(each["level"]) > int(level["level"])]
    lacking = authority.first_level_nobody_fills(
        uow,
        request.agency_tenant_id,
        later,
        request_type=request.request_type,
        creator_id=request.created_by_id,
        without=[each for each in used if each is not None],
    )
    if lacking is not None:
        raise Forbidden(
            f"You are needed for level {lacking['level']} ({lacking['min_rank']}): nobody else could give it. "
            f"Level {level['level']} is for another approver."
        )


def _level_in_hand(request: Request) -> Mapping[str, Any]:
    """Return the level that waits for a decision; of an approved request the last one."""
    route: Sequence[Mapping[str, Any]] = request.approval_route
    return next((level for level in route if not level.get("approver_id")), route[-1])


def _record(  # noqa: PLR0917 - a row of decisions
    uow: UnitOfWork,
    request: Request,
    decision: Decision,
    place: _Place,
    comments: str | None,
    signature: Mapping[str, Any] | None = None,
) -> Approval:
    members = statements.members_of(
        uow, request, decision, place.level, on_behalf_of=place.on_behalf_of, comments=comments
    )
    text, record = canonical(members), None
    if signature is not None:
        signed = signing.redeem(uow, signature, request_id=request.id, action=SIGN_APPROVAL)
        _same_act(members, signed.members)
        text, record = signed.text, signed.record
    seal = uow.ports.sealer.seal(text)
    approval = Approval(
        id=new_id(),
        request_id=request.id,
        agency_tenant_id=request.agency_tenant_id,
        provider_tenant_id=request.provider_tenant_id,
        approver_id=uow.actor.user_id,
        on_behalf_of_id=place.on_behalf_of_id,
        approver_snapshot={**members["signer"], "on_behalf_of": members["on_behalf_of"]},
        level=int(place.level["level"]),
        min_rank=place.level["min_rank"],
        action=decision.value,
        comments=comments,
        content_hash=request.content_hash,
        statement=text,
        signature_hash=seal.sha256,
        seal_kid=seal.kid,
        seal_value=seal.value,
        signature=record,
        action_timestamp=clock.now(),
    )
    uow.session.add(approval)
    uow.audit(
        "approval:sealed",
        "approval",
        approval.id,
        request_id=request.id,
        version=request.version,
        change={
            "decision": decision,
            "level": approval.level,
            "statement_sha256": seal.sha256,
            "seal_kid": seal.kid,
            "signed_with": record["fingerprint"] if record else None,
            "on_behalf_of": place.on_behalf_of_id,
        },
    )
    return approval


_SHOWN_EARLIER = frozenset({"statement_id", "time", "comments_sha256"})


def _same_act(now: Mapping[str, Any], signed: Mapping[str, Any]) -> None:
    """Refuse a signature over a request, level or person that is no longer what it was when it was shown."""
    if any(signed.get(name) != value for name, value in now.items() if name not in _SHOWN_EARLIER):
        raise StaleVersion("The request has changed since the statement was made. Ask for a new one and sign that.")
