"""`/lers/notifications/`: what the caller is told, and that they have read it."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from lers_web.domains.notifications import reads, service
from lers_web.domains.notifications.schemas import MarkedOut, MarkReadIn, NotificationPage, NotificationQuery
from lers_web.http.blueprint import Blueprint
from lers_web.http.context import current_actor, current_uow
from lers_web.http.json import answer
from lers_web.http.operation import operation
from lers_web.http.schemas import page_from
from lers_web.kernel.permissions import Permission

blp = Blueprint(
    "notifications", __name__, url_prefix="/api/v1/lers/notifications", description="What the caller is told."
)


@blp.route("/")
class Notifications(MethodView):
    """The caller's own notifications."""

    @blp.arguments(NotificationQuery, location="query")
    @blp.response(200, NotificationPage)
    @operation("List one's notifications", permission=Permission.NOTIFICATION_READ, errors=(422,))
    def get(self, query: dict[str, Any]) -> Response:
        """List the caller's notifications, newest first: all, or those unread, of some types, of one request."""
        wanted = reads.Filter(unread=query.pop("unread"), types=query.pop("type"), request_id=query.pop("request_id"))
        with current_uow() as uow:
            return answer(reads.page(uow, page_from(query), wanted))

    @blp.arguments(MarkReadIn, example={"all": True})
    @blp.response(200, MarkedOut)
    @operation("Mark notifications as read", permission=Permission.NOTIFICATION_READ, errors=(422,))
    def post(self, body: dict[str, Any]) -> Response:
        """Mark some, those of one request, or all of the caller's as read. Those of others are not touched."""
        with current_uow() as uow:
            marked = service.mark_read(uow, body.get("ids"), request_id=body.get("request_id"))
            return answer({"marked": marked, "unread_count": reads.unread_count(uow, current_actor().user_id)})
