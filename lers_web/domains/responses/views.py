"""HTTP of responses: send, read, verify, accept, reject, rate."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from lers_web.domains.requests.schemas import NothingIn
from lers_web.domains.responses import reads, service, verification
from lers_web.domains.responses.schemas import (
    ManifestOut,
    RateIn,
    RejectResponseIn,
    ResponseArgs,
    ResponseContentIn,
    ResponseIn,
    ResponseMadeOut,
    ResponseOut,
    ResponseStatementOut,
    VerificationOut,
)
from lers_web.http.blueprint import Blueprint
from lers_web.http.context import current_uow
from lers_web.http.etag import if_match
from lers_web.http.json import answer
from lers_web.http.operation import operation
from lers_web.http.runtime import runtime
from lers_web.http.schemas import page_from, page_of
from lers_web.kernel.permissions import Permission
from lers_web.kernel.uow import UnitOfWork

blp = Blueprint("responses", __name__, url_prefix="/api/v1/lers/responses", description="Answers of providers")
of_requests = Blueprint(
    "request_responses", __name__, url_prefix="/api/v1/lers/requests", description="Answers to one request"
)
blueprints = (blp, of_requests)

CONTENT = {
    "response_text": "The call records of both numbers are enclosed.",
    "remarks": "Times are Asia/Kolkata.",
    "file_ids": ["019fa7a2-0000-7000-8000-000000000021"],
    "outcomes": [
        {
            "identifier_id": "019fa7a2-0000-7000-8000-000000000022",
            "outcome": "NO_DATA",
            "reason_code": "DATA_NOT_HELD",
        }
    ],
    "is_partial": False,
}
REVIEW_ERRORS = (403, 404, 409, 412, 422)


def _one(uow: UnitOfWork, response_id: UUID, status: int = 200, *, receipt: bool = False) -> Response:
    row = reads.one(uow, response_id)
    return answer(row, status, version=row["version"], receipt=receipt)


@blp.route("/")
class Responses(MethodView):
    @blp.arguments(ResponseArgs, location="query")
    @blp.response(200, page_of(ResponseOut))
    @operation("List responses", permission=Permission.REQUEST_READ, errors=(422,))
    def get(self, args: dict[str, Any]) -> Response:
        """Those of the requests whose content the caller sees."""
        page = page_from(args)
        with current_uow() as uow:
            return answer(reads.page(uow, args, page))

    @blp.arguments(ResponseIn, example={"request_id": "019fa7a2-0000-7000-8000-000000000020", **CONTENT})
    @blp.response(201, ResponseMadeOut)
    @operation("Send a response", permission=Permission.RESPONSE_CREATE, errors=(403, 404, 409, 422), idempotent=True)
    def post(self, body: dict[str, Any]) -> Response:
        """A final one makes the request RESPONSE_UPLOADED, and what nobody named DISCLOSED; a partial one neither."""
        request_id, signature = body.pop("request_id"), body.pop("signature")
        with current_uow() as uow:
            return _one(uow, service.create(uow, request_id, body, signature=signature), 201, receipt=True)


@blp.route("/<uuid:response_id>/")
class OneResponse(MethodView):
    @blp.response(200, ResponseOut)
    @operation("Read a response", permission=Permission.REQUEST_READ, errors=(404,))
    def get(self, response_id: UUID) -> Response:
        """With its files as the manifest lists them."""
        with current_uow() as uow:
            return _one(uow, response_id)


@blp.route("/<uuid:response_id>/manifest/")
class ResponseManifest(MethodView):
    @blp.response(200, ManifestOut)
    @operation("Read the signed manifest", permission=Permission.REQUEST_READ, errors=(404,))
    def get(self, response_id: UUID) -> Response:
        """The exact text that was sealed, with each file's name, size, SHA-256 and SHA-512."""
        with current_uow() as uow:
            row = reads.manifest(uow, response_id)
            return answer(row, version=row["version"])


@blp.route("/<uuid:response_id>/verify/")
class VerifyResponse(MethodView):
    @blp.arguments(NothingIn, example={})
    @blp.response(200, VerificationOut)
    @operation("Verify a response", permission=Permission.REQUEST_READ, errors=(404,))
    def post(self, _body: dict[str, Any], response_id: UUID) -> Response:
        """Reads and hashes every stored byte again, and checks seal, signature, manifest and row."""
        with current_uow() as uow:
            plan = verification.plan(uow, response_id)
        finding = verification.run(runtime().backend.ports, plan)  # no transaction is held while bytes flow
        with current_uow() as uow:
            verification.record(uow, response_id, finding)
            return answer({"verdict": finding.verdict, "reasons": finding.reasons, "files": finding.files})


@blp.route("/<uuid:response_id>/accept/")
class AcceptResponse(MethodView):
    @blp.arguments(NothingIn, example={})
    @blp.response(200, ResponseOut)
    @operation("Accept a response", permission=Permission.RESPONSE_REVIEW, errors=REVIEW_ERRORS)
    def post(self, _body: dict[str, Any], response_id: UUID) -> Response:
        """By the officer who made the request; also after its completion."""
        with current_uow() as uow:
            service.accept(uow, response_id, expected_version=if_match())
            return _one(uow, response_id)


@blp.route("/<uuid:response_id>/reject/")
class RejectResponse(MethodView):
    @blp.arguments(RejectResponseIn, example={"reason": "The second number is missing."})
    @blp.response(200, ResponseOut)
    @operation("Reject a response", permission=Permission.RESPONSE_REVIEW, errors=REVIEW_ERRORS)
    def post(self, body: dict[str, Any], response_id: UUID) -> Response:
        """Puts a request that waits for its completion back to IN_PROGRESS."""
        with current_uow() as uow:
            service.reject(uow, response_id, reason=body["reason"], expected_version=if_match())
            return _one(uow, response_id)


@blp.route("/<uuid:response_id>/rate/")
class RateResponse(MethodView):
    @blp.arguments(RateIn, example={"score": 5, "comment": "Fast and complete."})
    @blp.response(200, ResponseOut)
    @operation("Rate a response", permission=Permission.RESPONSE_REVIEW, errors=REVIEW_ERRORS)
    def post(self, body: dict[str, Any], response_id: UUID) -> Response:
        """From 1 to 5. A later rating takes the place of an earlier one."""
        with current_uow() as uow:
            service.rate(uow, response_id, **body, expected_version=if_match())
            return _one(uow, response_id)


@of_requests.route("/<uuid:request_id>/responses/")
class ResponsesOfRequest(MethodView):
    @of_requests.response(200, page_of(ResponseOut))
    @operation("List the responses to a request", permission=Permission.REQUEST_READ, errors=(404,))
    def get(self, request_id: UUID) -> Response:
        """Oldest first."""
        with current_uow() as uow:
            return answer(reads.of_request(uow, request_id))


@of_requests.route("/<uuid:request_id>/response-statement/")
class ResponseStatement(MethodView):
    @of_requests.arguments(ResponseContentIn, example=CONTENT)
    @of_requests.response(200, ResponseStatementOut)
    @operation("Get the manifest to sign", permission=Permission.RESPONSE_CREATE, errors=(403, 404, 409, 422))
    def post(self, body: dict[str, Any], request_id: UUID) -> Response:
        """Send the response's content; sign the UTF-8 bytes of `statement`; then send the same content with it."""
        with current_uow() as uow:
            return answer(service.response_statement(uow, request_id, body))
