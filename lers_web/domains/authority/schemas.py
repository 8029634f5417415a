"""JSON of authority: rules and delegations."""

from __future__ import annotations

from marshmallow import fields, validate

from lers_web.domains.authority.ranks import RANKS
from lers_web.domains.authority.service import MAX_LEVELS
from lers_web.domains.catalog.states import MANDATE_TYPES, REQUEST_TYPES
from lers_web.http.schemas import PageArgs, PersonOut, Schema, StrictString, TenantOut, UtcDateTime

PRIORITIES = ("NORMAL", "URGENT", "CRITICAL")


class LevelSchema(Schema):
    """A level of approval and the lowest rank that fills it."""

    level = fields.Integer(required=True, strict=True, validate=validate.Range(1, MAX_LEVELS))
    min_rank = fields.String(required=True, validate=validate.OneOf(RANKS))


class RuleIn(Schema):
    """A rule. What it leaves open matches any."""

    tenant_id = fields.UUID(metadata={"description": "For administrators; the own unit otherwise."})
    request_type = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(REQUEST_TYPES))
    legal_mandate_type = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(MANDATE_TYPES))
    priority = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(PRIORITIES))
    levels = fields.List(fields.Nested(LevelSchema), required=True, validate=validate.Length(min=1, max=MAX_LEVELS))
    note = StrictString(load_default=None, allow_none=True, max_length=1000)


class RulePatch(Schema):
    """What changes in a rule."""

    request_type = fields.String(allow_none=True, validate=validate.OneOf(REQUEST_TYPES))
    legal_mandate_type = fields.String(allow_none=True, validate=validate.OneOf(MANDATE_TYPES))
    priority = fields.String(allow_none=True, validate=validate.OneOf(PRIORITIES))
    levels = fields.List(fields.Nested(LevelSchema), validate=validate.Length(min=1, max=MAX_LEVELS))
    note = StrictString(allow_none=True, max_length=1000)


class RuleArgs(PageArgs):
    """Filters of rules."""

    tenant_id = fields.UUID()
    request_type = fields.String(validate=validate.OneOf(REQUEST_TYPES))


class WriteAbilities(Schema):
    """What the caller may do."""

    update = fields.Boolean(required=True)
    delete = fields.Boolean(required=True)


class RuleOut(Schema):
    """A rule."""

    id = fields.UUID(required=True)
    tenant_id = fields.UUID(required=True)
    tenant = fields.Nested(TenantOut, required=True)
    request_type = fields.String(allow_none=True)
    legal_mandate_type = fields.String(allow_none=True)
    priority = fields.String(allow_none=True)
    levels = fields.List(fields.Nested(LevelSchema), required=True)
    note = fields.String(allow_none=True)
    version = fields.Integer(required=True)
    created_at = UtcDateTime(required=True)
    updated_at = UtcDateTime(required=True)
    abilities = fields.Nested(WriteAbilities, required=True)


class RouteIn(Schema):
    """A request that might be made. With ``levels`` the route of a rule that is not written yet."""

    tenant_id = fields.UUID(metadata={"description": "For administrators; the own unit otherwise."})
    request_type = fields.String(required=True, validate=validate.OneOf(REQUEST_TYPES))
    legal_mandate_type = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(MANDATE_TYPES))
    priority = fields.String(load_default="NORMAL", validate=validate.OneOf(PRIORITIES))
    levels = fields.List(fields.Nested(LevelSchema), validate=validate.Length(min=1, max=MAX_LEVELS))


class RoutePersonOut(PersonOut):
    """Who could decide at a level."""

    as_deputy = fields.Boolean(required=True, metadata={"description": "By the rank of whom they stand in for."})


class RouteLevelOut(LevelSchema):
    """A level and everybody of the unit who could fill it."""

    people = fields.List(fields.Nested(RoutePersonOut), required=True)


class RouteOut(Schema):
    """How such a request would be approved."""

    rule_id = fields.UUID(
        required=True, allow_none=True, metadata={"description": "Null where none fits, and of levels that were sent."}
    )
    levels = fields.List(fields.Nested(RouteLevelOut), required=True)
    gap = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "The first level that nobody is left for, as one person fills one level."},
    )


class DelegationIn(Schema):
    """A deputy for a time. Leave ``from_user_id`` out to delegate what is yours."""

    from_user_id = fields.UUID()
    to_user_id = fields.UUID(required=True)
    request_type = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(REQUEST_TYPES))
    valid_from = UtcDateTime()
    valid_until = UtcDateTime(required=True)
    reason = StrictString(load_default=None, allow_none=True, max_length=1000)


class DelegationPatch(Schema):
    """What changes in a delegation."""

    request_type = fields.String(allow_none=True, validate=validate.OneOf(REQUEST_TYPES))
    valid_from = UtcDateTime()
    valid_until = UtcDateTime()
    reason = StrictString(allow_none=True, max_length=1000)


class DelegationArgs(PageArgs):
    """Filters of delegations."""

    active = fields.Boolean()


class DelegationOut(Schema):
    """A delegation."""

    id = fields.UUID(required=True)
    tenant_id = fields.UUID(required=True)
    from_user = fields.Nested(PersonOut, required=True)
    to_user = fields.Nested(PersonOut, required=True)
    request_type = fields.String(allow_none=True)
    valid_from = UtcDateTime(required=True)
    valid_until = UtcDateTime(required=True)
    active = fields.Boolean(required=True)
    reason = fields.String(allow_none=True)
    version = fields.Integer(required=True)
    created_at = UtcDateTime(required=True)
    updated_at = UtcDateTime(required=True)
    abilities = fields.Nested(WriteAbilities, required=True)
