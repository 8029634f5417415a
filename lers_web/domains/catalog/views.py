"""HTTP of the catalog: items, providers and their figures. A provider's profile is in ``sla.views`` (ADR 0045)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from lers_web.domains.catalog import reads, service, versions
from lers_web.domains.catalog.schemas import (
    CatalogArgs,
    CatalogItemIn,
    CatalogItemOut,
    CatalogVersionOut,
    CategoryOut,
    MetricsOut,
    ProviderArgs,
    ProviderOut,
    VersionArgs,
)
from lers_web.http.blueprint import Blueprint
from lers_web.http.context import current_uow
from lers_web.http.etag import if_match
from lers_web.http.json import answer
from lers_web.http.operation import operation
from lers_web.http.schemas import page_from, page_of
from lers_web.kernel.permissions import Permission
from lers_web.kernel.uow import UnitOfWork

blp = Blueprint("catalog", __name__, url_prefix="/api/v1/lers/catalog", description="What providers give out, and how")
providers = Blueprint("providers", __name__, url_prefix="/api/v1/lers/providers", description="Providers at work")
blueprints = (blp, providers)

EXAMPLE = {
    "name": "CDR by MSISDN",
    "category": "Call records",
    "request_type": "CDR",
    "sla_turnaround_hours": 24,
    "sla_turnaround_hours_urgent": 4,
    "required_fields": [
        {
            "name": "msisdn",
            "label": {"en": "Mobile number", "hi": "मोबाइल नंबर"},
            "kind": "IDENTIFIER",
            "identifier_types": ["MSISDN"],
            "required": True,
        },
        {"name": "period", "label": {"en": "Period"}, "kind": "PERIOD", "required": True, "max_days": 730},
    ],
    "required_legal_mandate": "BNSS_94",
    "requires_court_order": True,
}


def _item(uow: UnitOfWork, item_id: UUID, status: int = 200) -> Response:
    row = reads.item(uow, item_id)
    return answer(row, status, version=row["version"])


@blp.route("/")
class CatalogItems(MethodView):
    @blp.arguments(CatalogArgs, location="query")
    @blp.response(200, page_of(CatalogItemOut))
    @operation("List catalog items", permission=Permission.CATALOG_READ, errors=(422,))
    def get(self, args: dict[str, Any]) -> Response:
        """What providers offer. A provider sees its own withdrawn items too."""
        page = page_from(args)
        with current_uow() as uow:
            return answer(reads.items(uow, reads.Filter(**args), page))

    @blp.arguments(CatalogItemIn, example=EXAMPLE)
    @blp.response(201, CatalogItemOut)
    @operation("Offer a new catalog item", permission=Permission.CATALOG_WRITE, errors=(404, 422), idempotent=True)
    def post(self, body: dict[str, Any]) -> Response:
        """A provider offers its own; an administrator names the provider."""
        with current_uow() as uow:
            return _item(uow, service.create_item(uow, body).id, 201)


@blp.route("/categories/")
class Categories(MethodView):
    @blp.response(200, page_of(CategoryOut))
    @operation("List categories", permission=Permission.CATALOG_READ)
    def get(self) -> Response:
        """What the catalog can be narrowed to; a category is the same however it is written."""
        with current_uow() as uow:
            return answer(reads.categories(uow))


@blp.route("/<uuid:item_id>/")
class CatalogItemView(MethodView):
    @blp.response(200, CatalogItemOut)
    @operation("Read a catalog item", permission=Permission.CATALOG_READ, errors=(404,))
    def get(self, item_id: UUID) -> Response:
        """The item as it is now; requests keep the version they were made from."""
        with current_uow() as uow:
            return _item(uow, item_id)

    @blp.arguments(CatalogItemIn, example=EXAMPLE)
    @blp.response(200, CatalogItemOut)
    @operation("Replace a catalog item", permission=Permission.CATALOG_WRITE, errors=(403, 404, 412, 422, 428))
    def put(self, body: dict[str, Any], item_id: UUID) -> Response:
        """Makes a new version; what is left out takes its default."""
        with current_uow() as uow:
            service.update_item(uow, item_id, body, expected_version=if_match(required=True))
            return _item(uow, item_id)

    @blp.arguments(CatalogItemIn(partial=True), example={"sla_turnaround_hours": 12})
    @blp.response(200, CatalogItemOut)
    @operation("Change a catalog item", permission=Permission.CATALOG_WRITE, errors=(403, 404, 412, 422, 428))
    def patch(self, body: dict[str, Any], item_id: UUID) -> Response:
        """Makes a new version; what is left out stays."""
        with current_uow() as uow:
            service.update_item(uow, item_id, body, expected_version=if_match(required=True))
            return _item(uow, item_id)

    @blp.response(204)
    @operation("Take an item out of the catalog", permission=Permission.CATALOG_WRITE, errors=(403, 404, 412, 428))
    def delete(self, item_id: UUID) -> Response:
        """Requests made from it keep what they were made from."""
        with current_uow() as uow:
            service.delete_item(uow, item_id, expected_version=if_match(required=True))
            return answer(None, 204)


@blp.route("/<uuid:item_id>/versions/")
class CatalogVersions(MethodView):
    @blp.arguments(VersionArgs, location="query")
    @blp.response(200, page_of(CatalogVersionOut))
    @operation("List an item's versions", permission=Permission.CATALOG_READ, errors=(404, 422))
    def get(self, args: dict[str, Any], item_id: UUID) -> Response:
        """What the item asked for and promised over time, newest first. Its provider sees unoffered ones too."""
        page = page_from(args)
        with current_uow() as uow:
            return answer(versions.versions(uow, item_id, page))


@blp.route("/<uuid:item_id>/versions/<int:number>/")
class CatalogVersionView(MethodView):
    @blp.response(200, CatalogVersionOut)
    @operation("Read one version of an item", permission=Permission.CATALOG_READ, errors=(404,))
    def get(self, item_id: UUID, number: int) -> Response:
        """The one that a request names in `catalog_item_version`, also when the item was withdrawn since."""
        with current_uow() as uow:
            return answer(versions.version(uow, item_id, number), version=number)


@providers.route("/")
class Providers(MethodView):
    @providers.arguments(ProviderArgs, location="query")
    @providers.response(200, page_of(ProviderOut))
    @operation("List providers", permission=Permission.CATALOG_READ, errors=(422,))
    def get(self, args: dict[str, Any]) -> Response:
        """The providers that take requests, with how they work and how they kept their promises."""
        page = page_from(args)
        with current_uow() as uow:
            return answer(reads.providers(uow, args["q"], page))


@providers.route("/<uuid:tenant_id>/metrics/")
class ProviderMetrics(MethodView):
    @providers.response(200, MetricsOut)
    @operation("Read a provider's figures", permission=Permission.CATALOG_READ, errors=(404,))
    def get(self, tenant_id: UUID) -> Response:
        """Counted from its requests whenever one is completed or declined, or a question is asked."""
        with current_uow() as uow:
            return answer(reads.metrics(uow, tenant_id))
