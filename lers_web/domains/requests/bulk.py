"""One step for many requests: each by itself, so that one refusal undoes nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from lers_web.domains.requests.lifecycle import transition
from lers_web.domains.requests.states import Action
from lers_web.kernel.errors import LersError
from lers_web.kernel.uow import UnitOfWork

MOST = 50
ACTIONS = (
    Action.SUBMIT_FOR_APPROVAL,
    Action.SUBMIT,
    Action.ACKNOWLEDGE,
    Action.START,
    Action.ASSIGN,
    Action.DECLINE,
    Action.COMPLETE,
    Action.CANCEL,
    Action.WITHDRAW,
)
"""What can be done to many at once. Approvals cannot: each is a statement of its own that somebody signs."""


def run(uow: UnitOfWork, action: Action, ids: Sequence[UUID], **details: Any) -> list[dict[str, Any]]:
    """Take a step with each request, in the order given: one result an id, with its new state or why not.

    Rows are locked in the order of their ids, so that two bulk calls over the same requests cannot block each other.
    """
    results: dict[UUID, dict[str, Any]] = {}
    for request_id in sorted(set(ids)):
        results[request_id] = _one(uow, action, request_id, details)
    return [results[request_id] for request_id in ids]


def _one(uow: UnitOfWork, action: Action, request_id: UUID, details: Mapping[str, Any]) -> dict[str, Any]:
    try:
        with uow.savepoint():
            request = transition(uow, request_id, action, **details)
            uow.session.flush()  # what the database refuses belongs to this request's result
    except LersError as error:
        problem: dict[str, Any] = {"code": error.error_code, "detail": error.detail}
        fields = getattr(error, "errors", None)
        if fields:
            problem["errors"] = fields
        return {"id": request_id, "ok": False, "status": None, "version": None, "error": problem}
    return {"id": request_id, "ok": True, "status": request.status, "version": request.version, "error": None}
