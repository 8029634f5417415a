"""HTTP of the dashboards."""

from __future__ import annotations

from flask import Response
from flask.views import MethodView

from lers_web.domains.analytics import providers, reads, sla
from lers_web.domains.analytics.schemas import OverviewOut, ProvidersFiguresOut, SlaFiguresOut
from lers_web.http.blueprint import Blueprint
from lers_web.http.context import current_uow
from lers_web.http.json import answer
from lers_web.http.operation import operation
from lers_web.kernel.permissions import Permission

blp = Blueprint("analytics", __name__, url_prefix="/api/v1/lers/analytics", description="Figures for the dashboards")


@blp.route("/overview/")
class Overview(MethodView):
    @blp.response(200, OverviewOut)
    @operation("Read the overview", permission=Permission.ANALYTICS_READ)
    def get(self) -> Response:
        """Over the requests that the caller sees, each figure with its definition."""
        with current_uow() as uow:
            return answer(reads.overview(uow))


@blp.route("/sla/")
class SlaFigures(MethodView):
    @blp.response(200, SlaFiguresOut)
    @operation("Read how promises are kept", permission=Permission.ANALYTICS_READ)
    def get(self) -> Response:
        """By month, type, item and share of the time allowed, when requests come, and what comes due next."""
        with current_uow() as uow:
            return answer(sla.sla(uow))


@blp.route("/providers/")
class ProviderFigures(MethodView):
    @blp.response(200, ProvidersFiguresOut)
    @operation("Compare providers", permission=Permission.ANALYTICS_READ)
    def get(self) -> Response:
        """One row for each provider that the caller deals with. A provider reads of itself and of its own people."""
        with current_uow() as uow:
            return answer(providers.providers(uow))
