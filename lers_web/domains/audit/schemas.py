"""JSON of the audit trail."""

from __future__ import annotations

from marshmallow import fields, validate

from lers_web.http.schemas import PageArgs, PersonOut, Schema, TenantOut, UtcDateTime


class AuditArgs(PageArgs):
    """Query of the list."""

    request_id = fields.UUID()
    event = fields.String(
        validate=validate.Regexp(r"^[a-z_]{1,40}:[a-z_-]{0,60}$", error="Write an event, e.g. request:approve."),
        metadata={"description": "One event (`request:approve`), or a family of them (`request:`)."},
    )
    actor_id = fields.UUID()
    object_id = fields.UUID()
    tenant_id = fields.UUID(metadata={"description": "One tenant's chain; for administrators."})
    since = UtcDateTime(data_key="from")
    until = UtcDateTime(data_key="to")


class AuditEntryOut(Schema):
    """One link of a chain. ``hash`` = SHA-256("LERS-AUDIT-v1" 0x00 prev_hash canonical)."""

    chain = fields.String(required=True)
    seq = fields.Integer(required=True)
    at = UtcDateTime(required=True)
    event = fields.String(required=True)
    actor = fields.Nested(PersonOut, required=True)
    tenant = fields.Nested(TenantOut, required=True)
    object_type = fields.String(required=True)
    object_id = fields.UUID(allow_none=True)
    request_id = fields.UUID(allow_none=True)
    request_number = fields.String(
        allow_none=True, metadata={"description": "Of a request that the reader may see. Not part of the hash."}
    )
    change = fields.Dict(allow_none=True)
    why = fields.String(allow_none=True)
    canonical = fields.String(required=True, metadata={"description": "RFC 8785 text, byte for byte as hashed."})
    prev_hash = fields.String(required=True)
    hash = fields.String(required=True)


class VerifyArgs(Schema):
    """Query of a verification."""

    chain = fields.UUID(metadata={"description": "One chain only. A chain bears its tenant's id."})
    cursor = fields.String(validate=validate.Length(max=400))


class ChainProblemOut(Schema):
    """Something that is wrong in a chain; or in the tree over all of them, whose ``chain`` is all ``f``."""

    chain = fields.String(required=True)
    seq = fields.Integer(required=True)
    code = fields.String(required=True)
    message = fields.String(required=True)


class VerifyOut(Schema):
    """What a walk over the chains found. With ``next_cursor`` it is not finished: call again with it."""

    ok = fields.Boolean(required=True)
    complete = fields.Boolean(required=True)
    entries = fields.Integer(required=True)
    chains = fields.Integer(required=True)
    leaves = fields.Integer(
        required=True, metadata={"description": "Entries of all tenants that were held to the signed checkpoints."}
    )
    checkpoints = fields.Integer(required=True)
    unsigned = fields.Integer(
        required=True, metadata={"description": "Leaves behind the newest checkpoint: the next one covers them."}
    )
    problem_count = fields.Integer(required=True)
    problems = fields.List(fields.Nested(ChainProblemOut), required=True)
    next_cursor = fields.String(allow_none=True)


class ExportIn(Schema):
    """One request's entries, or those of a period."""

    request_id = fields.UUID()
    since = UtcDateTime(data_key="from")
    until = UtcDateTime(data_key="to", metadata={"description": "Not included."})


class ExportOut(Schema):
    """An export that will be made: ask `/lers/jobs/<job_id>/`, then download the file."""

    job_id = fields.String(required=True)
    file_id = fields.UUID(required=True)
    state = fields.String(required=True)


class CheckpointArgs(Schema):
    """Query of the checkpoints."""

    limit = fields.Integer(load_default=50, validate=validate.Range(min=1, max=200))
    cursor = fields.String(validate=validate.Length(max=400))


class CheckpointOut(Schema):
    """A signed statement of the tree over the first ``size`` entries: a C2SP tlog-checkpoint."""

    size = fields.Integer(required=True)
    root = fields.String(required=True, metadata={"description": "RFC 6962 root in hex."})
    note = fields.String(required=True, metadata={"description": "The signed note, byte for byte."})
    kid = fields.String(required=True)
    at = UtcDateTime(required=True)


class LogKeyOut(Schema):
    """A key of the log. Keep ``vkey`` elsewhere, on paper say: whoever verifies starts from it."""

    kid = fields.String(required=True)
    vkey = fields.String(required=True, metadata={"description": "name+key id+base64(0x01, public key), as C2SP."})
    newest = fields.Boolean(required=True)


class CheckpointsOut(Schema):
    """The newest checkpoints first, and the keys to verify them with."""

    items = fields.List(fields.Nested(CheckpointOut), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
    total = fields.Integer(required=True)
    origin = fields.String(required=True, metadata={"description": "The log's name: the first line of each note."})
    keys = fields.List(fields.Nested(LogKeyOut), required=True)
