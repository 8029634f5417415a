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


class MarkReadIn(Schema):
    """Which notifications have been read: some by id, or all."""

    ids = fields.List(fields.UUID(), validate=validate.Length(1, MAX_IDS))
    all = fields.Boolean(validate=validate.OneOf([True], error="Say true, or name ids."))

    @ma.validates_schema
    def _one_of_both(self, data: dict[str, Any], **_kwargs: Any) -> None:
        if len(data) != 1:
            raise ma.ValidationError("Give either ids or all.", "ids")


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
    created_at = UtcDateTime(required=True)


NotificationPage = page_of(NotificationOut)


class MarkedOut(Schema):
    """What marking changed."""

    marked = fields.Integer(required=True)
    unread_count = fields.Integer(required=True)
