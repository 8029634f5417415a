"""JSON of break-glass sessions."""

from __future__ import annotations

from marshmallow import fields, validate

from lers_web.domains.access.states import State
from lers_web.http.schemas import PageArgs, PersonOut, Schema, StrictString, TenantOut, UtcDateTime

STATES = tuple(state.value for state in State)


class BreakGlassIn(Schema):
    """Which request is to be opened, and why."""

    request_id = fields.UUID(required=True)
    reason = StrictString(required=True, min_length=10, max_length=1000)


class ConfirmIn(Schema):
    """Nothing: who confirms is who calls."""


class BreakGlassArgs(PageArgs):
    """Filters of sessions."""

    request_id = fields.UUID()
    state = fields.String(validate=validate.OneOf(STATES))


class BreakGlassAbilities(Schema):
    """What the caller may do with the session now."""

    confirm = fields.Boolean(required=True)
    end = fields.Boolean(required=True)


class BreakGlassOut(Schema):
    """A session: whose look into which request, why, and until when."""

    id = fields.UUID(required=True)
    request_id = fields.UUID(required=True)
    request_number = fields.String(required=True)
    agency_tenant = fields.Nested(TenantOut, required=True)
    provider_tenant = fields.Nested(TenantOut, required=True)
    reason = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    two_person = fields.Boolean(required=True)
    asked_by = fields.Nested(PersonOut, required=True)
    confirmed_by = fields.Nested(PersonOut, allow_none=True)
    opened_at = UtcDateTime(allow_none=True)
    expires_at = UtcDateTime(required=True)
    ended_at = UtcDateTime(allow_none=True)
    ended_by = fields.Nested(PersonOut, allow_none=True)
    version = fields.Integer(required=True)
    created_at = UtcDateTime(required=True)
    abilities = fields.Nested(BreakGlassAbilities, required=True)
