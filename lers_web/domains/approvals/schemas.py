"""JSON of approvals."""

from __future__ import annotations

from marshmallow import fields, validate

from lers_web.http.schemas import PersonOut, Schema, StrictString, UtcDateTime

ALGORITHMS = ("Ed25519", "ES256", "RS256", "PS256", "webauthn")


class WebAuthnIn(Schema):
    """The parts of an assertion by a security key."""

    authenticator_data = fields.String(required=True, validate=validate.Length(max=4096))
    client_data_json = fields.String(required=True, validate=validate.Length(max=4096))


class SignatureIn(Schema):
    """A personal signature over a signing statement, exactly as it was given out."""

    statement_id = fields.UUID(required=True)
    key_id = fields.UUID(required=True)
    algorithm = fields.String(required=True, validate=validate.OneOf(ALGORITHMS))
    value = fields.String(required=True, validate=validate.Length(min=16, max=2048))
    webauthn = fields.Nested(WebAuthnIn, load_default=None, allow_none=True)


class ApproveIn(Schema):
    """An approval."""

    comments = StrictString(load_default=None, allow_none=True, max_length=4000)
    signature = fields.Nested(SignatureIn, load_default=None, allow_none=True)


class RejectIn(Schema):
    """A rejection."""

    reason = StrictString(required=True, min_length=1, max_length=4000)


class RequestChangesIn(Schema):
    """What has to change."""

    comments = StrictString(required=True, min_length=1, max_length=4000)


class StatementArgs(Schema):
    """Query of a signing statement."""

    action = fields.String(load_default="approve", validate=validate.OneOf(["approve"]))


class StatementOut(Schema):
    """A statement to sign: the signature is made over the UTF-8 bytes of ``statement``."""

    statement_id = fields.UUID(required=True)
    statement = fields.String(required=True)
    sha256 = fields.String(required=True)
    expires_at = UtcDateTime(required=True)


class SealOut(Schema):
    """The server's seal over a statement."""

    kid = fields.String(required=True)
    value = fields.String(required=True)


class SignatureOut(Schema):
    """A personal signature that was given."""

    key_id = fields.UUID(required=True)
    algorithm = fields.String(required=True)
    fingerprint = fields.String(required=True)
    public_key = fields.String(required=True, metadata={"description": "Base64 of the SPKI, as it was then."})
    value = fields.String(required=True)
    signed_at = UtcDateTime(required=True)


class ApprovalOut(Schema):
    """A decision with who made it, as they were then, and what a check of it found just now."""

    id = fields.UUID(required=True)
    request_id = fields.UUID(required=True)
    level = fields.Integer(required=True)
    min_rank = fields.String(allow_none=True)
    action = fields.String(required=True, validate=validate.OneOf(["APPROVE", "REJECT", "REQUEST_CHANGES"]))
    approver = fields.Nested(PersonOut, required=True)
    approver_unit = fields.String(allow_none=True)
    on_behalf_of = fields.Nested(PersonOut, allow_none=True)
    comments = fields.String(allow_none=True)
    action_timestamp = UtcDateTime(required=True)
    created_at = UtcDateTime(required=True)
    current = fields.Boolean(
        required=True, metadata={"description": "False when the request was sent back and changed afterwards."}
    )
    verdict = fields.String(required=True, validate=validate.OneOf(["VALID", "ALTERED", "UNKNOWN_KEY"]))
    reasons = fields.List(fields.String(), required=True)
    signature_hash = fields.String(required=True)
    seal = fields.Nested(SealOut, required=True)
    statement = fields.String(required=True)
    signature = fields.Nested(SignatureOut, allow_none=True)
