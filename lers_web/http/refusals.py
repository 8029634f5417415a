"""Refused attempts are on record too: in a transaction of their own, as the refused one is rolled back."""

from __future__ import annotations

import logging

from flask import g, request
from sqlalchemy.exc import SQLAlchemyError

from lers_web.http.runtime import runtime
from lers_web.kernel.errors import Forbidden, IllegalTransition, LersError, NotFound, StepUpRequired
from lers_web.kernel.uow import unit_of_work

LOG = logging.getLogger(__name__)
_RECORDED = (Forbidden, NotFound, IllegalTransition)


def record(error: LersError, status: int) -> None:
    """Write an audit entry for a refusal that a known person ran into."""
    actor = g.get("actor")
    if actor is None or not isinstance(error, _RECORDED) or isinstance(error, StepUpRequired):
        return
    session = g.get("session")
    if session is not None:
        session.rollback()  # or it would hold one connection and wait for another
    view_args = request.view_args or {}
    request_id = view_args.get("request_id")
    object_id = next(iter(view_args.values()), None)
    try:
        with unit_of_work(runtime().backend, actor) as uow:
            uow.audit(
                f"refused:{error.error_code}",
                (request.endpoint or "unknown").lower(),
                object_id if hasattr(object_id, "hex") else None,
                request_id=request_id if hasattr(request_id, "hex") else None,
                change={"method": request.method, "status": status},
            )
    except SQLAlchemyError:
        # The answer to the caller does not depend on it; the log line and the alarm on it do.
        LOG.exception("a refusal could not be recorded")
