"""Keeping identifiers: checked, sealed under the agency's key, found again by the blind index of either side."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from lers_web.domains.requests.identifiers import (
    Checked,
    IdentifierProblem,
    IdentifierType,
    check_all,
    mask,
)
from lers_web.domains.requests.models import Request, RequestIdentifier
from lers_web.domains.requests.states import MandateType
from lers_web.kernel import seal
from lers_web.kernel.crypto import Vault
from lers_web.kernel.errors import Invalid
from lers_web.kernel.ids import new_id
from lers_web.kernel.uow import UnitOfWork

MAX_IDENTIFIERS = 200
_TABLE = "request_identifier"
_COLUMN = "sealed"
_UNCHECKED = "unchecked:"

# A value of these types that does not pass is refused at once: kept as typed, it would be the number that must not be
# kept, or might be it. Everything else may stand in a draft with its problem beside it.
_NEVER_AS_TYPED = frozenset({IdentifierType.AADHAAR, IdentifierType.CARD})
_NEVER_KEPT = frozenset({"aadhaar_in_text", "card_full_number", "unknown_field", "identifier_type"})
_UNSTORABLE = frozenset(
    {"identifier_not_text", "identifier_broken_text", "identifier_control_character", "identifier_too_long",
     "identifier_not_object", "identifier_empty"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opened:
    """An identifier in clear."""

    id: UUID
    position: int
    type: str
    fields: Mapping[str, Any]
    problems: Sequence[Mapping[str, str]]


def store(uow: UnitOfWork, request: Request, items: Sequence[Mapping[str, Any]]) -> None:
    """Put these identifiers in the place of all that the draft had. A value with a fault is kept, with its problem."""
    if len(items) > MAX_IDENTIFIERS:
        raise Invalid(errors={"identifiers": [f"A request takes {MAX_IDENTIFIERS} identifiers at most: split it."]})
    checked, problems = check_all(items, mandate_type=_mandate_for_check(items, request))
    by_index: dict[int, list[dict[str, str]]] = {}
    refused: dict[str, list[str]] = {}
    for problem in problems:
        index = problem["index"]
        item = items[index]
        field = f"identifiers.{index}.{problem['field']}"
        kind = str(item.get("type", ""))
        if problem["code"] in _NEVER_KEPT | _UNSTORABLE or (kind in _NEVER_AS_TYPED and problem["field"] == "value"):
            refused.setdefault(field, []).append(problem["message"])
        by_index.setdefault(index, []).append(
            {"field": problem["field"], "code": problem["code"], "message": problem["message"]}
        )
    if refused:
        raise Invalid(errors=refused)
    remove_all(uow, request)
    good = iter(checked)  # in the order of the items that have no problem
    for position, item in enumerate(items):
        found = by_index.get(position, [])
        _add(uow, request, position, item, found, good=None if found else next(good))


def _mandate_for_check(items: Sequence[Mapping[str, Any]], request: Request) -> str | None:
    """Let a draft hold an Aadhaar before its mandate is chosen: whether a court ordered it is asked of the draft."""
    if any(str(item.get("type")) == IdentifierType.AADHAAR for item in items) and request.legal_mandate_type is None:
        return MandateType.COURT_ORDER
    return request.legal_mandate_type


def _add(
    uow: UnitOfWork,
    request: Request,
    position: int,
    item: Mapping[str, Any],
    problems: Sequence[Mapping[str, str]],
    *,
    good: Checked | None,
) -> None:
    kind = str(item["type"])
    value = good.value if good else str(item["value"])
    kept: dict[str, Any] = {"value": value}
    for name in ("from", "to", "port", "note"):
        given = (good.extra.get(name) if good else None) or item.get(name)
        if given is not None:
            kept[name] = given if isinstance(given, int) else str(given)
    if good:
        kept["extra"] = {key: each for key, each in good.extra.items() if key not in kept}
    if problems:
        kept["problems"] = list(problems)
    index_of = kind if good else _UNCHECKED + kind
    _insert(
        uow,
        request,
        position=position,
        kind=kind,
        kept=kept,
        masked=good.masked if good else mask(kind, value),
        index_of=index_of,
        normalised=good.normalised if good else value,
    )


def _checked(item: Mapping[str, Any], request: Request) -> Checked:
    good, _ = check_all([item], mandate_type=_mandate_for_check([item], request))
    return good[0]


def _insert(
    uow: UnitOfWork,
    request: Request,
    *,
    position: int,
    kind: str,
    kept: Mapping[str, Any],
    masked: str,
    index_of: str,
    normalised: str,
) -> None:
    vault, session, row_id = uow.ports.vault, uow.session, new_id()
    session.add(
        RequestIdentifier(
            id=row_id,
            request_id=request.id,
            agency_tenant_id=request.agency_tenant_id,
            provider_tenant_id=request.provider_tenant_id,
            position=position,
            type=kind,
            sealed=vault.seal(
                session, request.agency_tenant_id, (_TABLE, _COLUMN, row_id), json.dumps(kept, default=str)
            ),
            masked=masked,
            index_agency=vault.blind_index(session, request.agency_tenant_id, index_of, normalised),
            index_provider=vault.blind_index(session, request.provider_tenant_id, index_of, normalised),
        )
    )


def remove_all(uow: UnitOfWork, request: Request) -> None:
    """Take all identifiers out of a draft."""
    uow.session.flush()  # a new draft's row must be there before rows are taken from under it
    uow.session.execute(delete(RequestIdentifier).where(RequestIdentifier.request_id == request.id))


def open_all(uow: UnitOfWork, request: Any) -> list[Opened]:
    """Open a request's identifiers, in order; the caller has checked the right (a row with id and agency will do)."""
    rows = uow.session.execute(
        select(RequestIdentifier.id, RequestIdentifier.position, RequestIdentifier.type, RequestIdentifier.sealed)
        .where(RequestIdentifier.request_id == request.id)
        .order_by(RequestIdentifier.position)
    ).all()
    return [_open(uow.ports.vault, uow, request.agency_tenant_id, row) for row in rows]


def _open(vault: Vault, uow: UnitOfWork, agency_tenant_id: UUID, row: Any) -> Opened:
    kept = json.loads(vault.open(uow.session, agency_tenant_id, (_TABLE, _COLUMN, row.id), row.sealed))
    problems = kept.pop("problems", [])
    return Opened(row.id, row.position, row.type, kept, problems)


def readdress(uow: UnitOfWork, request: Request, opened: Sequence[Opened]) -> None:
    """Write a draft's identifiers anew for another provider, whose index key and whose rows they become.

    An Aadhaar number cannot be indexed again, as it was never kept: it must be entered again, and the draft says so.
    """
    remove_all(uow, request)
    for item in opened:
        fields = {key: value for key, value in item.fields.items() if key != "extra"}
        if item.type == IdentifierType.AADHAAR:
            problem = {
                "field": "value",
                "code": "enter_again",
                "message": "The provider has changed: enter the Aadhaar number again, as it is not kept.",
            }
            _insert(
                uow,
                request,
                position=item.position,
                kind=item.type,
                kept={**item.fields, "problems": [problem]},
                masked=mask(item.type, str(fields["value"])),
                index_of=_UNCHECKED + item.type,
                normalised=str(fields["value"]),
            )
        else:
            again = {"type": item.type, **fields}
            good = None if item.problems else _checked(again, request)
            _add(uow, request, item.position, again, item.problems, good=good)


def commitments(uow: UnitOfWork, request: Any) -> list[dict[str, str]]:
    """Return what binds an approval to the identifiers without showing them: a keyed hash of each, with its type."""
    found = []
    indexes = dict(
        uow.session.execute(
            select(RequestIdentifier.id, RequestIdentifier.index_agency).where(
                RequestIdentifier.request_id == request.id
            )
        ).all()
    )
    for item in open_all(uow, request):
        text = seal.canonical({"fields": _texts(item.fields), "index": bytes(indexes[item.id]).hex()})
        value = uow.ports.vault.blind_index(uow.session, request.agency_tenant_id, "commitment", text)
        found.append({"type": item.type, "commitment": value.hex()})
    return found


def _texts(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _texts(value) if isinstance(value, dict) else str(value) for key, value in fields.items()}


def search_key(uow: UnitOfWork, tenant_id: UUID, kind: str, value: str) -> bytes:
    """Return the blind index under which a tenant finds an identifier again; ``Invalid`` when none can be such."""
    try:
        normalised = _normalised_for_search(kind, value)
    except IdentifierProblem as problem:
        raise Invalid(errors={"identifier.value": [problem.message]}) from problem
    return uow.ports.vault.blind_index(uow.session, tenant_id, kind, normalised)


def _normalised_for_search(kind: str, value: str) -> str:
    """Normalise as storing does. What stands beside a value (port, times, mandate) is no part of the index."""
    item: dict[str, Any] = {"type": kind, "value": value}
    if kind == IdentifierType.IP:
        item |= {"from": "2026-01-01T00:00:00Z", "to": "2026-01-01T00:00:00Z"}
    good, problems = check_all([item], mandate_type=MandateType.COURT_ORDER)
    if [problem["code"] for problem in problems] == ["ip_port_missing"]:
        good, problems = check_all([{**item, "port": 1}], mandate_type=MandateType.COURT_ORDER)
    if problems:
        raise IdentifierProblem(problems[0]["code"], problems[0]["message"], field=problems[0]["field"])
    return good[0].normalised
