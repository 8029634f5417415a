"""What became of each identifier: written with a response, by the provider."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from lers_web.domains.requests.models import Request, RequestIdentifier
from lers_web.domains.requests.states import Outcome
from lers_web.kernel.errors import Invalid
from lers_web.kernel.uow import UnitOfWork


def identifier_ids(uow: UnitOfWork, request_id: UUID) -> dict[UUID, str]:
    """Return a request's identifiers with their present outcome, in order."""
    rows = uow.session.execute(
        select(RequestIdentifier.id, RequestIdentifier.outcome)
        .where(RequestIdentifier.request_id == request_id)
        .order_by(RequestIdentifier.position)
    )
    return {row[0]: row[1] for row in rows}


def set_outcomes(uow: UnitOfWork, request: Request, outcomes: Sequence[Mapping[str, Any]], *, final: bool) -> None:
    """Write outcomes [{identifier_id, outcome, reason_code?}]. In a final response what nobody named is DISCLOSED.

    The request is locked already. An identifier of another request is an ``Invalid``, as is one named twice.
    """
    known = identifier_ids(uow, request.id)
    named: dict[UUID, Mapping[str, Any]] = {}
    errors: dict[str, list[str]] = {}
    for place, each in enumerate(outcomes):
        if each["identifier_id"] not in known:
            errors[f"outcomes.{place}.identifier_id"] = ["This request has no such identifier."]
        elif each["identifier_id"] in named:
            errors[f"outcomes.{place}.identifier_id"] = ["This identifier is named twice: give one outcome."]
        named[each["identifier_id"]] = each
    if errors:
        raise Invalid(errors=errors)
    if final:
        for identifier_id, outcome in known.items():
            if identifier_id not in named and outcome == Outcome.PENDING:
                named[identifier_id] = {"outcome": Outcome.DISCLOSED}
    for identifier_id, each in named.items():
        uow.session.execute(
            update(RequestIdentifier)
            .where(RequestIdentifier.id == identifier_id, RequestIdentifier.request_id == request.id)
            .values(outcome=str(each["outcome"]), reason_code=each.get("reason_code"))
        )
