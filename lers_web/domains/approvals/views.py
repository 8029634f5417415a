"""HTTP of approvals: decide on a request, sign a decision, read the decisions with their verdicts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from lers_web.domains.approvals import reads, service
from lers_web.domains.approvals.schemas import (
    ApprovalOut,
    ApproveIn,
    RejectIn,
    RequestChangesIn,
    StatementArgs,
    StatementOut,
)
from lers_web.domains.requests import reads as requests
from lers_web.domains.requests.schemas import RequestStepOut
from lers_web.http.blueprint import Blueprint
from lers_web.http.context import current_uow
from lers_web.http.etag import if_match
from lers_web.http.json import answer
from lers_web.http.operation import operation
from lers_web.http.schemas import page_of
from lers_web.kernel.permissions import Permission
from lers_web.kernel.uow import UnitOfWork

blp = Blueprint("approvals", __name__, url_prefix="/api/v1/lers/requests", description="Decisions on requests")
STEP_ERRORS = (403, 404, 409, 412, 422)


def _request(uow: UnitOfWork, request_id: UUID) -> Response:
    row = requests.one(uow, request_id)
    return answer(row, version=row["version"], receipt=True)


@blp.route("/<uuid:request_id>/approve/")
class ApproveRequest(MethodView):
    @blp.arguments(ApproveIn, example={"comments": "Grounds are made out."})
    @blp.response(200, RequestStepOut)
    @operation("Approve a request", permission=Permission.REQUEST_APPROVE, errors=STEP_ERRORS, step_up=True)
    def post(self, body: dict[str, Any], request_id: UUID) -> Response:
        """Gives the next level. After the last one the request is submitted, unless the unit has it off."""
        with current_uow() as uow:
            service.approve(uow, request_id, **body, expected_version=if_match())
            return _request(uow, request_id)


@blp.route("/<uuid:request_id>/reject/")
class RejectRequest(MethodView):
    @blp.arguments(RejectIn, example={"reason": "The period is longer than the case needs."})
    @blp.response(200, RequestStepOut)
    @operation("Reject a request", permission=Permission.REQUEST_APPROVE, errors=STEP_ERRORS)
    def post(self, body: dict[str, Any], request_id: UUID) -> Response:
        """Ends it. To have it changed, use request-changes."""
        with current_uow() as uow:
            service.reject(uow, request_id, **body, expected_version=if_match())
            return _request(uow, request_id)


@blp.route("/<uuid:request_id>/request-changes/")
class RequestChanges(MethodView):
    @blp.arguments(RequestChangesIn, example={"comments": "Shorten the period to the month of the offence."})
    @blp.response(200, RequestStepOut)
    @operation("Ask for changes of a request", permission=Permission.REQUEST_APPROVE, errors=STEP_ERRORS)
    def post(self, body: dict[str, Any], request_id: UUID) -> Response:
        """Sends it back to DRAFT. Levels given so far are void."""
        with current_uow() as uow:
            service.request_changes(uow, request_id, **body, expected_version=if_match())
            return _request(uow, request_id)


@blp.route("/<uuid:request_id>/signing-statement/")
class ApprovalStatement(MethodView):
    @blp.arguments(StatementArgs, location="query")
    @blp.response(200, StatementOut)
    @operation("Get the statement to sign", permission=Permission.REQUEST_APPROVE, errors=STEP_ERRORS)
    def get(self, args: dict[str, Any], request_id: UUID) -> Response:  # noqa: ARG002 - one action so far
        """Sign the UTF-8 bytes of `statement` with a SIGNING key; send the signature with approve in ten minutes."""
        with current_uow() as uow:
            return answer(service.signing_statement(uow, request_id))


@blp.route("/<uuid:request_id>/approvals/")
class Approvals(MethodView):
    @blp.response(200, page_of(ApprovalOut))
    @operation("List the decisions on a request", permission=Permission.REQUEST_READ, errors=(404,))
    def get(self, request_id: UUID) -> Response:
        """Each with a verdict worked out now. The provider sees the approvals in force, without comments."""
        with current_uow() as uow:
            return answer(reads.of_request(uow, request_id))
