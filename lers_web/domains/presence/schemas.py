"""JSON of presence, in and out."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from lers_web.domains.presence.states import Presence
from lers_web.http.schemas import PersonOut, Schema, TenantOut, UtcDateTime, page_of

_STATUS = validate.OneOf([status.value for status in Presence])


class PresenceQuery(Schema):
    """Whose presence: everybody's on a request, one person's, or (without either) one's own."""

    request_id = fields.UUID(load_default=None)
    user_id = fields.UUID(load_default=None)

    @ma.validates_schema(skip_on_field_errors=True)
    def one_question(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """Refuse two questions at once."""
        if data["request_id"] is not None and data["user_id"] is not None:
            raise ma.ValidationError({"user_id": ["Give request_id or user_id, not both."]})


class PresenceIn(Schema):
    """A status to set."""

    status = fields.String(required=True, validate=_STATUS)


class PresenceOut(Schema):
    """Whether a person is there."""

    user_id = fields.UUID(required=True)
    user = fields.Nested(PersonOut, required=True)
    tenant = fields.Nested(TenantOut, required=True)
    status = fields.String(required=True, validate=_STATUS)
    last_seen = UtcDateTime(allow_none=True)


PresencePage = page_of(PresenceOut)
