"""The JSON of files."""

from __future__ import annotations

from marshmallow import fields, validate

from lers_web.domains.files.media_types import Purpose
from lers_web.domains.files.states import ScanStatus
from lers_web.http.schemas import PersonOut, Schema, StrictString, UtcDateTime

_SHA256 = validate.Regexp(r"\A[0-9A-Fa-f]{64}\Z", error="A SHA-256 is 64 hex digits.")


class FileIn(Schema):
    """A file that is about to be sent."""

    filename = StrictString(required=True, min_length=1, max_length=500)
    size = fields.Integer(required=True, strict=True, validate=validate.Range(1, error="An empty file is no file."))
    media_type = StrictString(required=True, min_length=1, max_length=200)
    purpose = fields.String(required=True, validate=validate.OneOf([each.value for each in Purpose]))
    sha256 = fields.String(load_default=None, allow_none=True, validate=_SHA256)
    request_id = fields.UUID(load_default=None, allow_none=True)


class FindingOut(Schema):
    """What a content check or the scanner said."""

    code = fields.String(required=True)
    message = fields.String(required=True)
    severity = fields.String(required=True)


class FileAbilitiesOut(Schema):
    """What the caller may do with the file."""

    upload = fields.Boolean(required=True)
    download = fields.Boolean(required=True)


class FileOut(Schema):
    """A file."""

    id = fields.UUID(required=True)
    filename = fields.String(required=True)
    size = fields.Integer(required=True)
    media_type = fields.String(required=True)
    purpose = fields.String(required=True)
    scan_status = fields.String(required=True, metadata={"enum": [each.value for each in ScanStatus]})
    scan_findings = fields.List(fields.Nested(FindingOut), required=True)
    sha256 = fields.String(required=True, allow_none=True)
    sha512 = fields.String(required=True, allow_none=True)
    uploaded_by = fields.Nested(PersonOut, required=True)
    created_at = UtcDateTime(required=True)
    uploaded_at = UtcDateTime(required=True, allow_none=True)
    scanned_at = UtcDateTime(required=True, allow_none=True)
    version = fields.Integer(required=True)
    abilities = fields.Nested(FileAbilitiesOut, required=True)


class FileAnnouncedOut(FileOut):
    """A file that may be sent now."""

    upload_url = fields.String(required=True)


class RequestFilesOut(Schema):
    """The files of a request that the caller may know of."""

    items = fields.List(fields.Nested(FileOut), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
    total = fields.Integer(required=True)
