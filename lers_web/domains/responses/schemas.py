"""JSON of responses."""

from __future__ import annotations

from marshmallow import fields, validate

from lers_web.domains.requests.service import Outcome, ReasonCode
from lers_web.domains.responses.states import ResponseStatus, Verdict
from lers_web.http.schemas import PageArgs, PersonOut, ReceiptOut, Schema, StrictString, TenantOut, UtcDateTime

OUTCOMES = [outcome.value for outcome in Outcome if outcome is not Outcome.PENDING]
MOST_OUTCOMES = 1000


class ResponseSignatureIn(Schema):
    """A personal signature over a statement, exactly as it was given out."""

    statement_id = fields.UUID(required=True)
    key_id = fields.UUID(required=True)
    algorithm = fields.String(
        required=True, validate=validate.OneOf(["Ed25519", "ES256", "RS256", "PS256", "webauthn"])
    )
    value = fields.String(required=True, validate=validate.Length(min=16, max=2048))
    webauthn = fields.Dict(load_default=None, allow_none=True)


class OutcomeIn(Schema):
    """What became of one identifier."""

    identifier_id = fields.UUID(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    reason_code = fields.String(
        load_default=None, allow_none=True, validate=validate.OneOf([code.value for code in ReasonCode])
    )


class ResponseContentIn(Schema):
    """What a provider answers."""

    response_text = StrictString(load_default=None, allow_none=True, max_length=20_000)
    remarks = StrictString(load_default=None, allow_none=True, max_length=4000)
    file_ids = fields.List(fields.UUID(), load_default=list)
    outcomes = fields.List(fields.Nested(OutcomeIn), load_default=list, validate=validate.Length(max=MOST_OUTCOMES))
    is_partial = fields.Boolean(load_default=False)


class ResponseIn(ResponseContentIn):
    """A response."""

    request_id = fields.UUID(required=True)
    signature = fields.Nested(ResponseSignatureIn, load_default=None, allow_none=True)


class RejectResponseIn(Schema):
    """Why a response is not accepted."""

    reason = StrictString(required=True, min_length=1, max_length=4000)


class RateIn(Schema):
    """A rating."""

    score = fields.Integer(required=True, strict=True, validate=validate.Range(1, 5))
    comment = StrictString(load_default=None, allow_none=True, max_length=4000)


class ResponseArgs(PageArgs):
    """Query of the list."""

    request_id = fields.UUID()
    status = fields.String(validate=validate.OneOf([status.value for status in ResponseStatus]))
    is_partial = fields.Boolean()


class OutcomeOut(Schema):
    """What became of one identifier."""

    identifier_id = fields.UUID(required=True)
    outcome = fields.String(required=True)
    reason_code = fields.String(allow_none=True)


class ResponseFileOut(Schema):
    """A file of a response as its manifest lists it."""

    id = fields.UUID(required=True)
    filename = fields.String(required=True)
    name = fields.String(required=True)
    size = fields.Integer(required=True)
    media_type = fields.String(required=True)
    sha256 = fields.String(required=True)
    sha512 = fields.String(required=True)


class ResponseSignatureOut(Schema):
    """A personal signature that was given."""

    key_id = fields.UUID(required=True)
    algorithm = fields.String(required=True)
    fingerprint = fields.String(required=True)
    public_key = fields.String(required=True, metadata={"description": "Base64 of the SPKI, as it was then."})
    value = fields.String(required=True)
    signed_at = UtcDateTime(required=True)


class ResponseAbilities(Schema):
    """What the caller may do with a response."""

    verify = fields.Boolean(required=True)
    accept = fields.Boolean(required=True)
    reject = fields.Boolean(required=True)
    rate = fields.Boolean(required=True)


class ResponseOut(Schema):
    """A response."""

    id = fields.UUID(required=True)
    response_number = fields.String(required=True)
    request_id = fields.UUID(required=True)
    request_number = fields.String(required=True)
    agency_tenant = fields.Nested(TenantOut, required=True)
    provider_tenant = fields.Nested(TenantOut, required=True)
    status = fields.String(required=True, validate=validate.OneOf([status.value for status in ResponseStatus]))
    is_partial = fields.Boolean(required=True)
    submitted_by = fields.Nested(PersonOut, required=True)
    submitted_at = UtcDateTime(required=True)
    response_text = fields.String(allow_none=True)
    remarks = fields.String(allow_none=True)
    outcomes = fields.List(fields.Nested(OutcomeOut), required=True)
    files = fields.List(fields.Nested(ResponseFileOut), required=True)
    parsed_data = fields.Dict(allow_none=True)
    signature = fields.Nested(ResponseSignatureOut, allow_none=True)
    signature_verified = fields.Boolean(
        allow_none=True, metadata={"description": "A note of the last verification; `verify` works it out anew."}
    )
    rejection_reason = fields.String(allow_none=True)
    decided_by = fields.Nested(PersonOut, allow_none=True)
    decided_at = UtcDateTime(allow_none=True)
    rating = fields.Integer(allow_none=True)
    rating_comment = fields.String(allow_none=True)
    rated_at = UtcDateTime(allow_none=True)
    version = fields.Integer(required=True)
    created_at = UtcDateTime(required=True)
    updated_at = UtcDateTime(required=True)
    abilities = fields.Nested(ResponseAbilities, required=True)


class ResponseMadeOut(ResponseOut):
    """A response that was just sent, and the act's place in the audit trail."""

    receipt = fields.Nested(ReceiptOut, required=True)


class ManifestSealOut(Schema):
    """The server's seal over a manifest: Ed25519 over "LERS-SEAL-v1" 0x00 and the text."""

    kid = fields.String(required=True)
    value = fields.String(required=True)


class ManifestOut(Schema):
    """The signed manifest: `manifest` is the text, byte for byte, that seal and signature stand for."""

    response_id = fields.UUID(required=True)
    response_number = fields.String(required=True)
    manifest = fields.String(required=True)
    sha256 = fields.String(required=True)
    seal = fields.Nested(ManifestSealOut, required=True)
    signature = fields.Nested(ResponseSignatureOut, allow_none=True)
    files = fields.List(fields.Nested(ResponseFileOut), required=True)
    version = fields.Integer(required=True)


class VerifiedFileOut(Schema):
    """What a verification found of one file: its bytes were read and hashed again."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    size = fields.Integer(allow_none=True)
    sha256 = fields.String(allow_none=True)
    sha512 = fields.String(allow_none=True)
    verdict = fields.String(required=True, validate=validate.OneOf([verdict.value for verdict in Verdict]))
    reason = fields.String(allow_none=True)


class VerificationOut(Schema):
    """What a verification found, with every reason in plain words."""

    verdict = fields.String(required=True, validate=validate.OneOf([verdict.value for verdict in Verdict]))
    reasons = fields.List(fields.String(), required=True)
    files = fields.List(fields.Nested(VerifiedFileOut), required=True)


class ResponseStatementOut(Schema):
    """The manifest to sign: the signature is made over the UTF-8 bytes of ``statement``."""

    statement_id = fields.UUID(required=True)
    statement = fields.String(required=True)
    sha256 = fields.String(required=True)
    expires_at = UtcDateTime(required=True)
