"""JSON of the chat, in and out."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from lers_web.domains.chat.states import ENCRYPTED
from lers_web.http.schemas import PersonOut, Schema, StrictString, UtcDateTime, page_of

MAX_TEXT = 10_000
MAX_FILES = 10
MAX_CIPHERTEXT = 40_000  # the text above, in UTF-8 and base64, fits
_BASE64 = validate.Regexp(r"^[A-Za-z0-9+/_=.-]+$", error="Write this field in base64.")


def _opaque(limit: int) -> fields.String:
    return fields.String(validate=validate.And(validate.Length(min=1, max=limit), _BASE64))


class MessageIn(Schema):
    """A message in clear (``message_text`` and/or ``file_ids``), or all six encrypted fields, never both."""

    message_text = StrictString(max_length=MAX_TEXT)
    file_ids = fields.List(fields.UUID(), validate=validate.Length(max=MAX_FILES))
    encrypted_content = _opaque(MAX_CIPHERTEXT)
    encrypted_key = _opaque(4_000)
    encryption_algorithm = StrictString(min_length=1, max_length=100)
    encryption_iv = _opaque(100)
    encryption_auth_tag = _opaque(100)
    sender_key_fingerprint = StrictString(min_length=1, max_length=200)

    @ma.validates_schema(skip_on_field_errors=True)
    def one_kind(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """Refuse an empty message, half an encrypted one, and one that is both."""
        given = [name for name in ENCRYPTED if data.get(name)]
        text = data.get("message_text", "")
        if given and len(given) < len(ENCRYPTED):
            missing = [name for name in ENCRYPTED if name not in given]
            raise ma.ValidationError(
                {name: ["An encrypted message carries all six encrypted fields."] for name in missing}
            )
        if given and text:
            raise ma.ValidationError({"message_text": ["An encrypted message carries no text in clear."]})
        if not given and not text and not data.get("file_ids"):
            raise ma.ValidationError({"message_text": ["Write something, or attach a file."]})
        ids = data.get("file_ids") or []
        if len(set(ids)) != len(ids):
            raise ma.ValidationError({"file_ids": ["A file is named twice."]})


class MessagesQuery(Schema):
    """Which part of the chat. Cursors are message ids or a page's ``next_cursor``."""

    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))
    after = fields.UUID(load_default=None)
    before = fields.UUID(load_default=None)

    @ma.validates_schema(skip_on_field_errors=True)
    def one_way(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """Refuse two directions at once."""
        if data["after"] is not None and data["before"] is not None:
            raise ma.ValidationError({"before": ["Give after or before, not both."]})


class ReadIn(Schema):
    """How far the caller has read."""

    up_to = fields.UUID(required=True)


class RequestInfoIn(Schema):
    """The provider's question to the officer."""

    message = StrictString(required=True, min_length=1, max_length=MAX_TEXT)


class AttachmentOut(Schema):
    """A file as it was when it was attached."""

    id = fields.UUID(required=True)
    filename = fields.String(required=True)
    size = fields.Integer(required=True)
    media_type = fields.String(allow_none=True)
    sha256 = fields.String(allow_none=True)


class MessageOut(Schema):
    """A message."""

    id = fields.UUID(required=True)
    request_id = fields.UUID(required=True)
    sender = fields.Nested(PersonOut, allow_none=True)
    sender_type = fields.String(required=True)
    message_type = fields.String(required=True)
    message_text = fields.String(allow_none=True)
    attachments = fields.List(fields.Nested(AttachmentOut), required=True)
    is_encrypted = fields.Boolean(required=True)
    encrypted_content = fields.String(allow_none=True)
    encrypted_key = fields.String(allow_none=True)
    encryption_algorithm = fields.String(allow_none=True)
    encryption_iv = fields.String(allow_none=True)
    encryption_auth_tag = fields.String(allow_none=True)
    sender_key_fingerprint = fields.String(allow_none=True)
    read_by_receiver = fields.Boolean(required=True)
    read_at = UtcDateTime(allow_none=True)
    created_at = UtcDateTime(required=True)


class MessagePage(page_of(MessageOut)):  # type: ignore[misc]
    """A page of messages, and how far the caller has read: where a client draws the line before what is new."""

    read_up_to = fields.UUID(required=True, allow_none=True)


class ReadOut(Schema):
    """How far a person has read."""

    request_id = fields.UUID(required=True)
    user_id = fields.UUID(required=True)
    up_to = fields.UUID(required=True)
    read_at = UtcDateTime(required=True)
