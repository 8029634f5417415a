"""Responses as the API shows them: plain dicts whose keys are the JSON answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Boolean, RowMapping, Text, Uuid, column, func, select, table

from lers_web.domains.access import service as access
from lers_web.domains.requests import service as requests
from lers_web.domains.responses import policy
from lers_web.domains.responses.models import Response
from lers_web.kernel.actor import Actor
from lers_web.kernel.errors import NotFound
from lers_web.kernel.paging import MAX_LIMIT, Page, close_page, paginate
from lers_web.kernel.seal import digest
from lers_web.kernel.uow import UnitOfWork

_CARD = table("user_card", column("id", Uuid()), column("name", Text()), column("rank", Text()), schema="app")
_TENANT = table("tenants", column("id", Uuid()), column("name", Text()), schema="app")
_REQUEST = table(
    "lers_requests",
    column("id", Uuid()),
    column("request_number", Text()),
    column("created_by_id", Uuid()),
    column("is_deleted", Boolean()),
    schema="app",
)
_DECIDER, _AGENCY, _PROVIDER = _CARD.alias("decider"), _TENANT.alias("agency"), _TENANT.alias("provider")
_R = Response.__table__.c
_PLAIN = (
    "id", "response_number", "request_id", "status", "is_partial", "submitted_at", "response_text", "remarks",
    "outcomes", "parsed_data", "signature_verified", "rejection_reason", "decided_at", "rating", "rating_comment",
    "rated_at", "version", "created_at", "updated_at",
)  # fmt: skip
_ROWS = (
    select(
        *(_R[name] for name in _PLAIN),
        _R.manifest,
        _R.seal_kid,
        _R.seal_value,
        _R.signature,
        _R.submitted_by_id,
        _R.submitter_snapshot,
        _R.decided_by_id,
        _DECIDER.c.name.label("decider_name"),
        _DECIDER.c.rank.label("decider_rank"),
        _R.agency_tenant_id,
        _AGENCY.c.name.label("agency_name"),
        _R.provider_tenant_id,
        _PROVIDER.c.name.label("provider_name"),
        _REQUEST.c.request_number,
        _REQUEST.c.created_by_id,
    )
    .join(_REQUEST, _REQUEST.c.id == _R.request_id)
    .join(_AGENCY, _AGENCY.c.id == _R.agency_tenant_id)
    .join(_PROVIDER, _PROVIDER.c.id == _R.provider_tenant_id)
    .outerjoin(_DECIDER, _DECIDER.c.id == _R.decided_by_id)
)
SORTS = {
    "created_at": Response.created_at,
    "updated_at": Response.updated_at,
    "status": Response.status,
    "response_number": Response.response_number,
}


def page(uow: UnitOfWork, filters: dict[str, Any], at: Page) -> dict[str, Any]:
    """Return a page of the responses that the actor may see."""
    wanted = [name for name in ("request_id", "status", "is_partial") if filters.get(name) is not None]
    conditions = [policy.visible_to(uow.actor), *(getattr(Response, name) == filters[name] for name in wanted)]
    rows = uow.session.execute(paginate(_ROWS.where(*conditions), at, SORTS, Response.id)).mappings().all()
    kept, following = close_page(rows, at, at.sort.removeprefix("-"))
    total = uow.session.scalar(select(func.count()).select_from(Response).where(*conditions))
    for request_id in dict.fromkeys(row["request_id"] for row in kept):
        access.note_read(uow, request_id, "responses")
    return {"items": [_shown(row, uow.actor) for row in kept], "next_cursor": following, "total": total or 0}


def of_request(uow: UnitOfWork, request_id: UUID) -> dict[str, Any]:
    """Return the responses to one request, oldest first."""
    requests.load_request(uow, request_id)
    return page(uow, {"request_id": request_id}, Page(limit=MAX_LIMIT, sort="created_at"))


def one(uow: UnitOfWork, response_id: UUID) -> dict[str, Any]:
    """Return one response, or raise ``NotFound``."""
    return _shown(_row(uow, response_id), uow.actor)


def manifest(uow: UnitOfWork, response_id: UUID) -> dict[str, Any]:
    """Return the signed manifest of a response: its exact text, and what seals and signs it."""
    row = _row(uow, response_id)
    return {
        "response_id": row["id"],
        "response_number": row["response_number"],
        "manifest": row["manifest"],
        "sha256": digest(row["manifest"]),
        "seal": {"kid": row["seal_kid"], "value": row["seal_value"]},
        "signature": _signature(row),
        "files": _files(row),
        "version": row["version"],
    }


def _row(uow: UnitOfWork, response_id: UUID) -> RowMapping:
    uow.session.flush()  # shows what this transaction has just changed
    row = uow.session.execute(_ROWS.where(_R.id == response_id, policy.visible_to(uow.actor))).mappings().one_or_none()
    if row is None:
        raise NotFound("response")
    access.note_read(uow, row["request_id"], "response")
    return row


def _shown(row: RowMapping, actor: Actor) -> dict[str, Any]:
    who, decider = row["submitter_snapshot"], row["decided_by_id"]
    return {
        **{name: row[name] for name in _PLAIN},
        "request_number": row["request_number"],
        "agency_tenant": {"id": row["agency_tenant_id"], "name": row["agency_name"]},
        "provider_tenant": {"id": row["provider_tenant_id"], "name": row["provider_name"]},
        "submitted_by": {"id": row["submitted_by_id"], "name": who.get("name"), "rank": who.get("rank")},
        "decided_by": None
        if decider is None
        else {"id": decider, "name": row["decider_name"], "rank": row["decider_rank"]},
        "files": _files(row),
        "signature": _signature(row),
        "abilities": policy.abilities(actor, row["status"], row["created_by_id"]),
    }


_SIGNATURE = ("key_id", "algorithm", "fingerprint", "public_key", "value", "signed_at")


def _files(row: RowMapping) -> list[dict[str, Any]]:
    """The files as the manifest lists them; ``verify`` says whether they still are what it says."""
    try:
        listed = orjson.loads(row["manifest"])["files"]
        return [
            {
                "id": file["id"],
                "filename": file["name"],
                "name": file["name"],
                "size": file["size"],
                "media_type": file["media_type"],
                "sha256": file["sha256"],
                "sha512": file["sha512"],
            }
            for file in listed
        ]
    except (ValueError, KeyError, TypeError):
        return []  # a manifest that cannot be read is told by ``verify``, not by an error of the whole list


def _signature(row: RowMapping) -> dict[str, Any] | None:
    kept = row["signature"]
    if kept is None:
        return None
    return {name: kept.get(name) for name in _SIGNATURE}
