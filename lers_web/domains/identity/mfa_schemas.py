"""The JSON of second factors."""

from __future__ import annotations

from marshmallow import fields

from lers_web.domains.identity.schemas import MAX_CODE, SecretString
from lers_web.http.schemas import Schema


class EnrolmentOut(Schema):
    """What an authenticator app needs. It is told this once."""

    secret = fields.String(required=True, metadata={"description": "Base32, to be typed where no picture can be read."})
    otpauth_uri = fields.String(required=True)
    qr = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "The picture of `otpauth_uri`: a string of 0 and 1 (dark) a row, no quiet zone."},
    )
    expires_at = fields.AwareDateTime(required=True)


class CodeIn(Schema):
    """The six digits that the app shows now."""

    code = SecretString(max_length=MAX_CODE, required=True)


class RecoveryCodesOut(Schema):
    """Ten codes, each good once. They are told this once."""

    recovery_codes = fields.List(fields.String(), required=True)


class MfaAbilities(Schema):
    """What one may do with one's second factor."""

    enrol = fields.Boolean(required=True)
    renew = fields.Boolean(required=True)
    remove = fields.Boolean(required=True)


class MfaOut(Schema):
    """One's second factor, without its secrets."""

    enrolled = fields.Boolean(required=True)
    enrolled_at = fields.AwareDateTime(required=True, allow_none=True)
    pending_until = fields.AwareDateTime(
        required=True, allow_none=True, metadata={"description": "Until when a new app waits for its first code."}
    )
    recovery_codes_left = fields.Integer(required=True)
    required = fields.Boolean(required=True, metadata={"description": "The organisation demands one."})
    abilities = fields.Nested(MfaAbilities, required=True)
