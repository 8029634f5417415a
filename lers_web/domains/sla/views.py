"""HTTP of a provider's service profile (ADR 0045 says why it is here)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from lers_web.domains.catalog import reads
from lers_web.domains.sla import profile
from lers_web.domains.sla.opening import opening_now
from lers_web.domains.sla.preview import preview
from lers_web.domains.sla.schemas import PreviewIn, PreviewOut, ProfileIn, ProfileOut
from lers_web.http.blueprint import Blueprint
from lers_web.http.context import current_uow
from lers_web.http.etag import if_match
from lers_web.http.json import answer
from lers_web.http.operation import operation
from lers_web.kernel.permissions import Permission
from lers_web.kernel.uow import UnitOfWork

blp = Blueprint("profiles", __name__, url_prefix="/api/v1/lers/providers", description="How a provider works")

EXAMPLE = {
    "service_hours": "Mon-Fri 09:30-18:00",
    "time_zone": "Asia/Kolkata",
    "country": "IN",
    "state": "MH",
    "own_holidays": ["2026-12-31"],
    "nodal_officer_name": "Meera Iyer",
    "nodal_officer_email": "nodal@bharat-telecom.example",
}


def _shown(uow: UnitOfWork, tenant_id: UUID) -> Response:
    row = reads.profile(uow, tenant_id)
    return answer({**row, "opening": opening_now(uow, tenant_id)}, version=row["version"])


@blp.route("/<uuid:tenant_id>/profile/")
class ProviderProfile(MethodView):
    @blp.response(200, ProfileOut)
    @operation("Read a service profile", permission=Permission.CATALOG_READ, errors=(404,))
    def get(self, tenant_id: UUID) -> Response:
        """Hours, holidays, nodal officer, promises, figures."""
        with current_uow() as uow:
            return _shown(uow, tenant_id)

    @blp.arguments(ProfileIn, example=EXAMPLE)
    @blp.response(200, ProfileOut)
    @operation("Replace a service profile", permission=Permission.CATALOG_WRITE, errors=(403, 404, 412, 422, 428))
    def put(self, body: dict[str, Any], tenant_id: UUID) -> Response:
        """New hours count for requests submitted from now on; running clocks keep theirs."""
        with current_uow() as uow:
            profile.save_profile(uow, tenant_id, body, expected_version=if_match(required=True))
            return _shown(uow, tenant_id)


@blp.route("/<uuid:tenant_id>/profile/preview/")
class ProfilePreview(MethodView):
    @blp.arguments(PreviewIn, example={**EXAMPLE, "start": "2026-12-24T10:00:00Z", "hours": [4, 24, 72]})
    @blp.response(200, PreviewOut)
    @operation("Try a service profile", permission=Permission.CATALOG_WRITE, errors=(403, 404, 422))
    def post(self, body: dict[str, Any], tenant_id: UUID) -> Response:
        """When promises would come due by these hours, step by step. Nothing is stored; running clocks keep theirs."""
        with current_uow() as uow:
            return answer(preview(uow, tenant_id, body, hours=body.pop("hours"), start=body.pop("start")))
