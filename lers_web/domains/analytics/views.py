"""HTTP of the dashboards."""

from __future__ import annotations

from flask import Response
from flask.views import MethodView

from lers_web.domains.analytics import reads
from lers_web.domains.analytics.schemas import OverviewOut
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
