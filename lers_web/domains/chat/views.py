"""HTTP of the chat: messages of a request, read receipts, and the provider's question."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from lers_web.domains.chat import reads, service
from lers_web.domains.chat.schemas import (
    MessageIn,
    MessageOut,
    MessagePage,
    MessagesQuery,
    ReadIn,
    ReadOut,
    RequestInfoIn,
)
from lers_web.domains.requests import reads as requests
from lers_web.domains.requests.schemas import RequestOut
from lers_web.http.blueprint import Blueprint
from lers_web.http.context import current_uow
from lers_web.http.etag import if_match
from lers_web.http.json import answer
from lers_web.http.operation import operation
from lers_web.kernel.permissions import Permission

blp = Blueprint(
    "chat", __name__, url_prefix="/api/v1/lers/requests", description="Messages between an officer and a provider."
)


@blp.route("/<uuid:request_id>/messages/")
class Messages(MethodView):
    """The chat of one request."""

    @blp.arguments(MessagesQuery, location="query")
    @blp.response(200, MessagePage)
    @operation(
        "Read a request's messages",
        permission=Permission.CHAT_READ,
        errors=(403, 404, 422),
        description=(
            "Within a page the oldest message comes first. Without a cursor you get the newest messages, and "
            "`next_cursor` leads to older ones: pass it as `before`. With `after` you get what came after a message "
            "(its id is its cursor), and `next_cursor` leads on towards newer ones: pass it as `after` again."
        ),
    )
    def get(self, args: dict[str, Any], request_id: UUID) -> Response:
        with current_uow() as uow:
            return answer(service.messages(uow, request_id, reads.Window(**args)))

    @blp.arguments(MessageIn, example={"message_text": "The period is 1 to 7 March, both days included."})
    @blp.response(201, MessageOut)
    @operation(
        "Write a message",
        permission=Permission.CHAT_WRITE,
        idempotent=True,
        errors=(400, 403, 404, 409, 422),
        description=(
            "Open from SUBMITTED on (409 `chat_not_open` before, 409 `request_closed` after the end). Send text and "
            "files, or the six encrypted fields. The officer's next message lets a clock that waits for it run on."
        ),
    )
    def post(self, body: dict[str, Any], request_id: UUID) -> Response:
        with current_uow() as uow:
            message_id = service.post(uow, request_id, body)
            uow.session.flush()  # the answer is read back by a Core statement
            return answer(reads.one_message(uow, message_id), 201)


@blp.route("/<uuid:request_id>/messages/read/")
class MessagesRead(MethodView):
    """Read receipts."""

    @blp.arguments(ReadIn, example={"up_to": "01920000-0000-7000-8000-000000000001"})
    @blp.response(200, ReadOut)
    @operation("Mark messages as read", permission=Permission.CHAT_READ, errors=(400, 403, 404, 422))
    def post(self, body: dict[str, Any], request_id: UUID) -> Response:
        with current_uow() as uow:
            return answer(service.mark_read(uow, request_id, body["up_to"]))


@blp.route("/<uuid:request_id>/request-info/")
class RequestInfo(MethodView):
    """The provider's question."""

    @blp.arguments(RequestInfoIn, example={"message": "Which of the two numbers does the period belong to?"})
    @blp.response(200, RequestOut)
    @operation(
        "Ask the officer for information",
        permission=Permission.REQUEST_FULFIL,
        idempotent=True,
        errors=(400, 403, 404, 409, 412, 422),
        description=(
            "Writes a CLARIFICATION into the chat, tells the officer, and pauses the clock until the agency's next "
            "message. The clock of a CRITICAL request and a statutory clock run on."
        ),
    )
    def post(self, body: dict[str, Any], request_id: UUID) -> Response:
        with current_uow() as uow:
            service.request_info(uow, request_id, body["message"], expected_version=if_match())
            uow.session.flush()  # the answer is read back by a Core statement
            row = requests.one(uow, request_id)  # as every step along the life cycle answers
            return answer(row, version=row["version"])
