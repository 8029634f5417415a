"""HTTP of break-glass: open one request's case content, confirm what another asked for, end it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from lers_web.domains.access import reads, service
from lers_web.domains.access.schemas import BreakGlassArgs, BreakGlassIn, BreakGlassOut, ConfirmIn
from lers_web.http.blueprint import Blueprint
from lers_web.http.context import current_uow
from lers_web.http.etag import if_match
from lers_web.http.json import answer
from lers_web.http.operation import operation
from lers_web.http.schemas import page_from, page_of
from lers_web.kernel.permissions import Permission
from lers_web.kernel.uow import UnitOfWork

blp = Blueprint(
    "access", __name__, url_prefix="/api/v1/auth/break-glass", description="An administrator's look into one case"
)


def _one(uow: UnitOfWork, session_id: UUID, status: int = 200) -> Response:
    row = reads.one(uow, session_id)
    return answer(row, status, version=row["version"])


@blp.route("/")
class BreakGlassSessions(MethodView):
    @blp.arguments(BreakGlassArgs, location="query")
    @blp.response(200, page_of(BreakGlassOut))
    @operation("List break-glass sessions", permission=Permission.BREAK_GLASS, errors=(422,))
    def get(self, args: dict[str, Any]) -> Response:
        """Your own, those that you confirmed, and those of others that wait for a second person."""
        page = page_from(args)
        with current_uow() as uow:
            return answer(reads.page(uow, args, page))

    @blp.arguments(
        BreakGlassIn,
        example={
            "request_id": "019fa7a2-0000-7000-8000-000000000020",
            "reason": "Complaint 42/2026: the mandate does not belong to this case",
        },
    )
    @blp.response(201, BreakGlassOut)
    @operation(
        "Break the glass",
        permission=Permission.BREAK_GLASS,
        step_up=True,
        idempotent=True,
        errors=(403, 404, 409, 422),
    )
    def post(self, body: dict[str, Any]) -> Response:
        """Open one request's case content to yourself, for reading, for 60 minutes. Both sides' tenant admins are told.

        Where the agency's policy asks for two people the session is WAITING until another administrator confirms it.
        """
        with current_uow() as uow:
            return _one(uow, service.ask(uow, **body), 201)


@blp.route("/<uuid:session_id>/")
class OneBreakGlassSession(MethodView):
    @blp.response(200, BreakGlassOut)
    @operation("Read a break-glass session", permission=Permission.BREAK_GLASS, errors=(404,))
    def get(self, session_id: UUID) -> Response:
        """One session."""
        with current_uow() as uow:
            return _one(uow, session_id)

    @blp.response(204)
    @operation("End a break-glass session", permission=Permission.BREAK_GLASS, errors=(404, 409, 412, 428))
    def delete(self, session_id: UUID) -> Response:
        """Before its time; or decline one that waits for you."""
        with current_uow() as uow:
            service.end(uow, session_id, expected_version=if_match(required=True))
            return answer(None, 204)


@blp.route("/<uuid:session_id>/confirm/")
class ConfirmBreakGlass(MethodView):
    @blp.arguments(ConfirmIn, example={})
    @blp.response(200, BreakGlassOut)
    @operation(
        "Confirm a break-glass session",
        permission=Permission.BREAK_GLASS,
        step_up=True,
        errors=(403, 404, 409, 412),
    )
    def post(self, _body: dict[str, Any], session_id: UUID) -> Response:
        """As the second person: the 60 minutes of the one who asked begin now."""
        with current_uow() as uow:
            service.confirm(uow, session_id, expected_version=if_match())
            return _one(uow, session_id)
