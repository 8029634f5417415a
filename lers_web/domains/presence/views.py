"""HTTP of presence."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from lers_web.domains.presence import service
from lers_web.domains.presence.schemas import PresenceIn, PresenceOut, PresencePage, PresenceQuery
from lers_web.domains.presence.states import Presence
from lers_web.http.blueprint import Blueprint
from lers_web.http.context import current_uow
from lers_web.http.json import answer
from lers_web.http.operation import operation
from lers_web.kernel.permissions import Permission

blp = Blueprint("presence", __name__, url_prefix="/api/v1/lers/presence", description="Who is there.")


@blp.route("/")
class PresenceList(MethodView):
    """Who is there, among those with whom one shares a request."""

    @blp.arguments(PresenceQuery, location="query")
    @blp.response(200, PresencePage)
    @operation(
        "See who is there",
        errors=(404, 422),
        description=(
            "With `request_id`: everybody of both sides who may see the request. With `user_id`: one person with "
            "whom you share a request. Without either: yourself."
        ),
    )
    def get(self, args: dict[str, Any]) -> Response:
        with current_uow() as uow:
            if args["request_id"] is not None:
                items = service.of_request(uow, args["request_id"])
            else:
                items = service.of_user(uow, args["user_id"] or uow.actor.user_id)
            return answer({"items": items, "next_cursor": None, "total": len(items)})

    @blp.arguments(PresenceIn, example={"status": "AWAY"})
    @blp.response(200, PresenceOut)
    @operation("Say whether you are there", permission=Permission.PRESENCE_WRITE, errors=(400, 403, 422))
    def post(self, body: dict[str, Any]) -> Response:
        with current_uow() as uow:
            return answer(service.set_status(uow, Presence(body["status"])))
