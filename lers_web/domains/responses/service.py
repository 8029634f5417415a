"""Use cases of responses: the provider answers with a sealed manifest; the officer accepts, rejects and rates.

What was answered never changes. Judging it stays possible after the request has ended; rejecting while the request
waits for its completion gives it back to the provider.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from lers_web.domains.files import service as files
from lers_web.domains.files.service import FileFacts
from lers_web.domains.identity import service as identity
from lers_web.domains.identity import signing
from lers_web.domains.requests import service as requests
from lers_web.domains.requests.service import Outcome, Request, Status
from lers_web.domains.responses import manifest, policy
from lers_web.domains.responses.events import ResponseCreated, ResponseDecided, ResponseRated
from lers_web.domains.responses.models import Response, ResponseFile
from lers_web.domains.responses.states import ResponseStatus, require_decision
from lers_web.kernel import clock
from lers_web.kernel.errors import Invalid, NotFound, StaleVersion
from lers_web.kernel.ids import new_id
from lers_web.kernel.permissions import Permission
from lers_web.kernel.seal import canonical
from lers_web.kernel.uow import UnitOfWork

RESPONSE_FILE = "RESPONSE"
SIGN_RESPONSE = "respond"
PERSONAL = 1
MOST_FILES = 50
# An outcome that gives nothing says why; one that gives everything has nothing to explain.
_NEEDS_REASON = frozenset({Outcome.REJECTED, Outcome.INVALID})


@dataclass(frozen=True, slots=True)
class _Draft:
    """A response that may be sent: everything has been checked, the request is locked."""

    request: Request
    number: str
    files: Sequence[FileFacts]
    outcomes: Sequence[Mapping[str, Any]]
    members: dict[str, Any]


def response_statement(uow: UnitOfWork, request_id: UUID, answer: Mapping[str, Any]) -> dict[str, Any]:
    """Give the actor the manifest to sign before the response is sent with the same content."""
    draft = _draft(uow, request_id, answer)
    return signing.issue(uow, request_id=request_id, action=SIGN_RESPONSE, members=draft.members)


def create(
    uow: UnitOfWork, request_id: UUID, answer: Mapping[str, Any], *, signature: Mapping[str, Any] | None = None
) -> UUID:
    """Send a response: seal its manifest, show its files to the agency, move the request on unless it is partial."""
    draft = _draft(uow, request_id, answer)
    request, members = draft.request, draft.members
    if signature is None and identity.tenant_policy(uow, request.provider_tenant_id).signature_level >= PERSONAL:
        sentence = "Your company wants a personal signature here: get the response statement and sign it."
        raise Invalid(sentence, errors={"signature": [sentence]}, code="signature_required")
    text, record = canonical(members), None
    if signature is not None:
        signed = signing.redeem(uow, signature, request_id=request.id, action=SIGN_RESPONSE)
        _same_response(members, signed.members)
        text, members, record = signed.text, signed.members, signed.record
    seal = uow.ports.sealer.seal(text)
    partial = bool(answer["is_partial"])
    response = Response(
        id=new_id(),
        request_id=request.id,
        agency_tenant_id=request.agency_tenant_id,
        provider_tenant_id=request.provider_tenant_id,
        response_number=draft.number,
        submitted_by_id=uow.actor.user_id,
        submitter_snapshot=members["submitted_by"],
        submitted_at=clock.now(),
        status=ResponseStatus.RECEIVED.value,
        is_partial=partial,
        outcomes=members["outcomes"],
        manifest=text,
        seal_kid=seal.kid,
        seal_value=seal.value,
        signature=record,
        signature_verified=None,
        response_text=answer.get("response_text"),
        remarks=answer.get("remarks"),
    )
    uow.session.add(response)
    uow.session.flush()  # its files point at it
    _attach(uow, response, draft.files)
    requests.set_outcomes(uow, request, draft.outcomes, final=not partial)
    uow.audit(
        "response:create",
        "response",
        response.id,
        request_id=request.id,
        version=1,
        change={
            "number": response.response_number,
            "partial": partial,
            "files": len(draft.files),
            "manifest_sha256": seal.sha256,
            "seal_kid": seal.kid,
            "signed_with": record["fingerprint"] if record else None,
        },
    )
    requests.response_uploaded(uow, request.id, partial=partial)
    uow.emit(
        ResponseCreated(tenants=_parties(response), response_id=response.id, request_id=request.id, is_partial=partial)
    )
    return response.id


def accept(uow: UnitOfWork, response_id: UUID, *, expected_version: int | None = None) -> Response:
    """Take a response as the answer. Possible after the request's completion too."""
    response, _ = _for_review(uow, response_id, expected_version)
    require_decision(ResponseStatus(response.status), ResponseStatus.ACCEPTED)
    return _decide(uow, response, ResponseStatus.ACCEPTED, None)


def reject(uow: UnitOfWork, response_id: UUID, *, reason: str, expected_version: int | None = None) -> Response:
    """Refuse a response. A request that waits for its completion goes back to the provider, IN_PROGRESS."""
    response, request = _for_review(uow, response_id, expected_version)
    require_decision(ResponseStatus(response.status), ResponseStatus.REJECTED)
    _decide(uow, response, ResponseStatus.REJECTED, reason)
    if request.status == Status.RESPONSE_UPLOADED:
        requests.reopen(uow, request.id)
    return response


def rate(
    uow: UnitOfWork, response_id: UUID, *, score: int, comment: str | None, expected_version: int | None = None
) -> Response:
    """Rate a response from 1 to 5. A later rating takes the place of an earlier one; both stand in the audit trail."""
    response, _ = _for_review(uow, response_id, expected_version)
    before = response.rating
    response.rating, response.rating_comment, response.rated_at = score, comment, clock.now()
    response.version += 1
    uow.audit(
        "response:rate",
        "response",
        response.id,
        request_id=response.request_id,
        version=response.version,
        change={"old": before, "new": score},
    )
    uow.emit(ResponseRated(tenants=_parties(response), response_id=response.id, request_id=response.request_id))
    return response


def load_response(uow: UnitOfWork, response_id: UUID) -> Response:
    """Load a response the actor may see. One they may not see does not exist for them."""
    response = uow.session.scalar(select(Response).where(Response.id == response_id, policy.visible_to(uow.actor)))
    if response is None:
        raise NotFound("response")
    return response


def _parties(response: Response) -> tuple[UUID, UUID]:
    return (response.agency_tenant_id, response.provider_tenant_id)


def _for_review(uow: UnitOfWork, response_id: UUID, expected_version: int | None) -> tuple[Response, Request]:
    """Lock the request, then the response: always in this order, as whoever answers does."""
    uow.actor.require(Permission.RESPONSE_REVIEW)
    request = requests.load_request(uow, load_response(uow, response_id).request_id, lock=True)
    policy.require_review(uow.actor, request.created_by_id)
    response = uow.session.scalars(
        select(Response).where(Response.id == response_id).with_for_update().execution_options(populate_existing=True)
    ).one()
    if expected_version not in (None, response.version):
        raise StaleVersion("The response has changed since you read it: read it again.")
    return response, request


def _decide(uow: UnitOfWork, response: Response, status: ResponseStatus, reason: str | None) -> Response:
    before = response.status
    response.status = status.value
    response.rejection_reason = reason
    response.decided_by_id, response.decided_at = uow.actor.user_id, clock.now()
    response.version += 1
    uow.audit(
        "response:accept" if status is ResponseStatus.ACCEPTED else "response:reject",
        "response",
        response.id,
        request_id=response.request_id,
        version=response.version,
        change={"old": before, "new": status},
    )
    uow.emit(
        ResponseDecided(
            tenants=_parties(response), response_id=response.id, request_id=response.request_id, status=status.value
        )
    )
    return response


# --- what a response must be before it is sent -----------------------------------------------------------------------


def _draft(uow: UnitOfWork, request_id: UUID, answer: Mapping[str, Any]) -> _Draft:
    """Lock the request and check the whole answer; every problem is told at once."""
    request = requests.response_uploaded(uow, request_id, partial=bool(answer["is_partial"]), lock_only=True)
    identifiers = requests.identifier_ids(uow, request.id)
    errors = _outcome_problems(answer["outcomes"], identifiers)
    file_ids: Sequence[UUID] = answer["file_ids"]
    found: Sequence[FileFacts] = ()
    code = None
    if len(file_ids) > MOST_FILES:
        errors["file_ids"] = [f"A response has {MOST_FILES} files at most: pack them, or send a partial response."]
    else:
        try:
            found = files.require_usable(uow, file_ids, RESPONSE_FILE)
        except Invalid as problem:
            errors.update(problem.errors)
            code = problem.error_code if not errors.keys() - problem.errors.keys() else None
    taken = _already_sent(uow, file_ids)
    if taken:
        names = ", ".join(f"“{file.filename}”" for file in found if file.id in taken)
        errors.setdefault("file_ids", []).append(f"Sent with another response already: {names or 'a file'}.")
    if not (file_ids or answer["outcomes"] or answer.get("response_text")):
        errors["response_text"] = ["An answer says something: a text, a file, or an outcome."]
    if errors:
        raise Invalid("The response cannot be sent yet. Each problem names its field.", errors=errors, code=code)
    outcomes = _filled(answer, identifiers)
    number = f"{request.request_number}-R{_count(uow, request.id) + 1}"
    members = manifest.members_of(uow, request, number, answer, files=found, outcomes=outcomes)
    return _Draft(request, number, found, outcomes, members)


def _outcome_problems(outcomes: Sequence[Mapping[str, Any]], known: Mapping[UUID, str]) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    seen: set[UUID] = set()
    for place, each in enumerate(outcomes):
        field, outcome = f"outcomes.{place}", Outcome(each["outcome"])
        if each["identifier_id"] not in known:
            errors[f"{field}.identifier_id"] = ["This request has no such identifier."]
        elif each["identifier_id"] in seen:
            errors[f"{field}.identifier_id"] = ["This identifier is named twice: give one outcome."]
        seen.add(each["identifier_id"])
        if outcome in _NEEDS_REASON and not each.get("reason_code"):
            errors[f"{field}.reason_code"] = [f"Say why the outcome is {outcome}."]
        if outcome is Outcome.DISCLOSED and each.get("reason_code"):
            errors[f"{field}.reason_code"] = ["What is disclosed has no reason: leave it out."]
    return errors


def _filled(answer: Mapping[str, Any], known: Mapping[UUID, str]) -> list[Mapping[str, Any]]:
    """Return the outcomes as they will stand: in a final response what nobody ever named is disclosed."""
    named = {each["identifier_id"]: each for each in answer["outcomes"]}
    if not answer["is_partial"]:
        for identifier_id, outcome in known.items():
            if outcome == Outcome.PENDING:
                named.setdefault(identifier_id, {"identifier_id": identifier_id, "outcome": Outcome.DISCLOSED})
    return [named[identifier_id] for identifier_id in known if identifier_id in named]


def _already_sent(uow: UnitOfWork, file_ids: Sequence[UUID]) -> set[UUID]:
    return set(uow.session.scalars(select(ResponseFile.file_id).where(ResponseFile.file_id.in_(list(file_ids)))))


def _count(uow: UnitOfWork, request_id: UUID) -> int:
    return uow.session.scalar(select(func.count()).where(Response.request_id == request_id)) or 0


def _attach(uow: UnitOfWork, response: Response, found: Sequence[FileFacts]) -> None:
    uow.session.add_all(
        ResponseFile(
            response_id=response.id,
            position=position,
            file_id=file.id,
            agency_tenant_id=response.agency_tenant_id,
            provider_tenant_id=response.provider_tenant_id,
        )
        for position, file in enumerate(found)
    )
    files.share(uow, [file.id for file in found], response.request_id, response.agency_tenant_id)


_SHOWN_EARLIER = frozenset({"statement_id", "submitted_at"})


def _same_response(now: Mapping[str, Any], signed: Mapping[str, Any]) -> None:
    """Refuse a signature over another answer than the one that is sent."""
    if any(signed.get(name) != value for name, value in now.items() if name not in _SHOWN_EARLIER):
        sentence = "What you send is not what you signed. Get the response statement again and sign that."
        raise Invalid(sentence, errors={"signature": [sentence]}, code="signature_invalid")
