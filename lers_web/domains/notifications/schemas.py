"""The JSON of notifications."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from lers_web.domains.notifications.kinds import NotificationType
from lers_web.http.schemas import PageArgs, Schema, UtcDateTime, page_of

MAX_IDS = 200


class NotificationQuery(PageArgs):
    """Which notifications to list."""

    unread = fields.Boolean(load_default=None, metadata={"description": "true: only unread ones; false: only read."})
    type = fields.List(
        fields.String(validate=validate.OneOf([each.value for each in NotificationType])),
        load_default=list,
        metadata={"description": "May be given several times."},
    )
    request_id = fields.UUID(load_default=None)


class MarkReadIn(Schema):
    """Which notifications have been read: some by id, those of one request, or all."""

    ids = fields.List(fields.UUID(), validate=validate.Length(1, MAX_IDS))
    request_id = fields.UUID()
    all = fields.Boolean(validate=validate.OneOf([True], error="Say true, or name ids."))

    @ma.validates_schema
    def _one_of_them(self, data: dict[str, Any], **_kwargs: Any) -> None:
        if len(data) != 1:
            raise ma.ValidationError("Give one of ids, request_id and all.", "ids")


class NotificationOut(Schema):
    """One thing that one person is told."""

    id = fields.UUID(required=True)
    type = fields.String(required=True, metadata={"enum": [each.value for each in NotificationType]})
    title = fields.String(required=True)
    message = fields.String(required=True)
    icon = fields.String(required=True, allow_none=True)
    link = fields.String(required=True, allow_none=True)
    priority = fields.String(required=True)
    read = fields.Boolean(required=True)
    read_at = UtcDateTime(required=True, allow_none=True)
    delivered = fields.Boolean(required=True)
    email_sent = fields.Boolean(required=True)
    request_id = fields.UUID(required=True, allow_none=True)
    request_number = fields.String(required=True, allow_none=True)
    created_at = UtcDateTime(required=True)


class NotificationPage(page_of(NotificationOut)):  # type: ignore[misc]
    """A page of notifications. ``unread_count`` is over all of them, whatever the page holds."""

    unread_count = fields.Integer(required=True)


class MarkedOut(Schema):
    """What marking changed."""

    marked = fields.Integer(required=True)
    unread_count = fields.Integer(required=True)
