"""The decisions on a request, each with a verdict that is worked out at this moment: nothing stored is trusted."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lers_web.domains.approvals.models import Approval
from lers_web.domains.approvals.statements import comments_digest
from lers_web.domains.approvals.states import Decision, Verdict
from lers_web.domains.identity import signing
from lers_web.domains.requests import service as requests
from lers_web.domains.requests.service import Request
from lers_web.kernel.permissions import Role
from lers_web.kernel.seal import digest
from lers_web.kernel.uow import UnitOfWork

_SIGNATURE = ("key_id", "algorithm", "fingerprint", "public_key", "value", "signed_at")


def of_request(uow: UnitOfWork, request_id: UUID) -> dict[str, Any]:
    """Return a request's decisions, oldest first.

    The provider is shown the approvals that it may rely on, without comments; how the agency came to them is its own.
    """
    request = requests.load_request(uow, request_id)
    query = select(Approval).where(Approval.request_id == request.id).order_by(Approval.action_timestamp, Approval.id)
    ours = request.agency_tenant_id == uow.actor.tenant_id
    if not ours and uow.actor.role is not Role.SUPER_ADMIN:
        query = query.where(Approval.action == Decision.APPROVE.value, Approval.content_hash == request.content_hash)
    rows = uow.session.scalars(query).all()
    # An administrator does not see the case content, so they cannot hold the approval against it.
    now = requests.content_hash(uow, request) if rows and uow.actor.role is not Role.SUPER_ADMIN else None
    items = [_item(uow, row, request, now, comments=ours) for row in rows]
    return {"items": items, "next_cursor": None, "total": len(items)}


def _item(
    uow: UnitOfWork, row: Approval, request: Request, content_now: str | None, *, comments: bool
) -> dict[str, Any]:
    verdict, reasons = judge(uow, row, request, content_now)
    who, signature = row.approver_snapshot, row.signature
    return {
        "id": row.id,
        "request_id": row.request_id,
        "level": row.level,
        "min_rank": row.min_rank,
        "action": row.action,
        "approver": {"id": row.approver_id, "name": who.get("name"), "rank": who.get("rank")},
        "approver_unit": who.get("unit"),
        "on_behalf_of": who.get("on_behalf_of"),
        "comments": row.comments if comments else None,
        "action_timestamp": row.action_timestamp,
        "created_at": row.created_at,
        "current": row.content_hash == request.content_hash,
        "verdict": verdict.value,
        "reasons": reasons,
        "signature_hash": row.signature_hash,
        "seal": {"kid": row.seal_kid, "value": row.seal_value},
        "statement": row.statement,
        "signature": None if signature is None else {name: signature.get(name) for name in _SIGNATURE},
    }


def why_void(uow: UnitOfWork, request: Request) -> list[str]:
    """Say why the approvals of a locked request do not carry it: a level without one, or one that does not hold."""
    query = select(Approval).where(
        Approval.request_id == request.id,
        Approval.action == Decision.APPROVE.value,
        Approval.content_hash == request.content_hash,
    )
    given = {row.level: row for row in uow.session.scalars(query)}
    now = requests.content_hash(uow, request)
    reasons = [] if request.approval_route else ["No level was ever given."]
    for level in request.approval_route:
        row = given.get(int(level["level"]))
        if row is None:
            reasons.append(f"Nobody has approved level {level['level']} of what stands here.")
        elif (str(row.approver_id), row.min_rank) != (level.get("approver_id"), level["min_rank"]):
            reasons.append(f"Level {level['level']} names another approver or rank than its approval.")
        else:
            reasons += judge(uow, row, request, now)[1]
    return list(dict.fromkeys(reasons))


def judge(uow: UnitOfWork, row: Approval, request: Request, content_now: str | None) -> tuple[Verdict, list[str]]:
    """Hold a kept decision against its seal, its columns, its signature, and the request as it is now."""
    sealer = uow.ports.sealer
    if not sealer.knows(row.seal_kid):
        return Verdict.UNKNOWN_KEY, [f"The seal was made with the key {row.seal_kid}, which is not known here."]
    reasons = []
    if not sealer.verify(row.statement, row.seal_kid, row.seal_value):
        reasons.append("The seal does not fit the statement: one of them was changed.")
    reasons += _columns_differ(row)
    if row.signature is not None and not signing.recheck(row.signature, row.statement):
        reasons.append("The personal signature does not fit the statement.")
    if row.content_hash == request.content_hash and content_now not in (None, row.content_hash):
        reasons.append("The request is not what was decided on: its content was changed afterwards.")
    return (Verdict.ALTERED if reasons else Verdict.VALID), reasons


def _columns_differ(row: Approval) -> list[str]:
    try:
        said = json.loads(row.statement)
        told = (said["request_id"], said["decision"], said["level"], said["content_hash"], said["signer"]["id"])
        digests = said["comments_sha256"]
    except (ValueError, KeyError, TypeError):
        return ["The statement is not readable any more."]
    kept = (str(row.request_id), row.action, str(row.level), row.content_hash, str(row.approver_id))
    reasons = []
    if told != kept or said["signer"]["name"] != row.approver_snapshot.get("name"):
        reasons.append("The row says something else than the statement that was sealed.")
    if row.signature_hash != digest(row.statement):
        reasons.append("The statement is not the one whose hash was kept.")
    if digests is not None and digests != comments_digest(row.comments):
        reasons.append("The comments were changed afterwards.")
    return reasons
