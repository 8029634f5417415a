"""HTTP of templates."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView
from marshmallow import ValidationError

from lers_web.domains.requests import reads as requests
from lers_web.domains.requests.schemas import RequestIn, RequestOut
from lers_web.domains.templates import reads, service
from lers_web.domains.templates.schemas import TemplateArgs, TemplateIn, TemplateOut
from lers_web.http.blueprint import Blueprint
from lers_web.http.context import current_uow
from lers_web.http.etag import if_match
from lers_web.http.json import answer
from lers_web.http.operation import operation
from lers_web.http.schemas import page_from, page_of
from lers_web.kernel.errors import Invalid
from lers_web.kernel.permissions import Permission
from lers_web.kernel.uow import UnitOfWork

blp = Blueprint("templates", __name__, url_prefix="/api/v1/lers/templates", description="Prepared requests of a unit")
CHANGE_ERRORS = (403, 404, 412, 422, 428)
EXAMPLE = {
    "name": "Call records of one month",
    "request_type": "CDR",
    "content": {"legal_mandate_type": "BNSS_94", "priority": "NORMAL", "description": "Call records for the month of"},
    "is_shared": True,
}


def _one(uow: UnitOfWork, template_id: UUID, status: int = 200) -> Response:
    row = reads.one(uow, template_id)
    return answer(row, status, version=row["version"])


@blp.route("/")
class Templates(MethodView):
    @blp.arguments(TemplateArgs, location="query")
    @blp.response(200, page_of(TemplateOut))
    @operation("List templates", permission=Permission.TEMPLATE_READ, errors=(422,))
    def get(self, args: dict[str, Any]) -> Response:
        """The unit's shared templates and the caller's own."""
        page = page_from(args)
        with current_uow() as uow:
            return answer(reads.page(uow, args, page))

    @blp.arguments(TemplateIn, example=EXAMPLE)
    @blp.response(201, TemplateOut)
    @operation("Make a template", permission=Permission.TEMPLATE_WRITE, errors=(422,), idempotent=True)
    def post(self, body: dict[str, Any]) -> Response:
        """Identifiers, files and the case at hand never stand in a template."""
        with current_uow() as uow:
            return _one(uow, service.create(uow, body).id, 201)


@blp.route("/<uuid:template_id>/")
class OneTemplate(MethodView):
    @blp.response(200, TemplateOut)
    @operation("Read a template", permission=Permission.TEMPLATE_READ, errors=(404,))
    def get(self, template_id: UUID) -> Response:
        """With how often it was used."""
        with current_uow() as uow:
            return _one(uow, template_id)

    @blp.arguments(TemplateIn, example=EXAMPLE)
    @blp.response(200, TemplateOut)
    @operation("Replace a template", permission=Permission.TEMPLATE_WRITE, errors=CHANGE_ERRORS)
    def put(self, body: dict[str, Any], template_id: UUID) -> Response:
        """What is left out takes its default."""
        with current_uow() as uow:
            service.change(uow, template_id, body, expected_version=if_match(required=True))
            return _one(uow, template_id)

    @blp.arguments(TemplateIn(partial=True), example={"is_shared": False})
    @blp.response(200, TemplateOut)
    @operation("Change a template", permission=Permission.TEMPLATE_WRITE, errors=CHANGE_ERRORS)
    def patch(self, body: dict[str, Any], template_id: UUID) -> Response:
        """What is left out stays."""
        with current_uow() as uow:
            service.change(uow, template_id, body, expected_version=if_match(required=True))
            return _one(uow, template_id)

    @blp.response(204)
    @operation("Delete a template", permission=Permission.TEMPLATE_WRITE, errors=CHANGE_ERRORS)
    def delete(self, template_id: UUID) -> Response:
        """Drafts made from it stay as they are."""
        with current_uow() as uow:
            service.remove(uow, template_id, expected_version=if_match(required=True))
            return answer(None, 204)


@blp.route("/<uuid:template_id>/use/")
class UseTemplate(MethodView):
    @blp.arguments(RequestIn, example={"identifiers": [{"type": "MSISDN", "value": "+919000000001"}]})
    @blp.response(201, RequestOut)
    @operation("Make a draft from a template", permission=Permission.REQUEST_CREATE, errors=(404, 422), idempotent=True)
    def post(self, body: dict[str, Any], template_id: UUID) -> Response:
        """The body adds to what the template prepared, or takes its place field by field."""
        with current_uow() as uow:
            prepared = service.prepared(service.load_template(uow, template_id))
            try:
                data = RequestIn().load(prepared)
            except ValidationError as error:
                raise Invalid(
                    "The template no longer fits a draft: edit it first.", errors={"template": [str(error)]}
                ) from error
            request_id = service.use(uow, template_id, service.merged(data, body))
            row = requests.one(uow, request_id)
            return answer(row, 201, version=row["version"])
