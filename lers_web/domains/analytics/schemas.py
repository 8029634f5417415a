"""JSON of the dashboards."""

from __future__ import annotations

from marshmallow import fields, validate

from lers_web.http.schemas import Schema, UtcDateTime


class TypeCountOut(Schema):
    """Requests of one type."""

    request_type = fields.String(required=True)
    count = fields.Integer(required=True)


class MonthOut(Schema):
    """The figures of one month."""

    month = fields.String(required=True, metadata={"description": "YYYY-MM in Asia/Kolkata"})
    created = fields.Integer(required=True)
    submitted = fields.Integer(required=True)
    completed = fields.Integer(required=True)


class ResponseFiguresOut(Schema):
    """The figures of the responses."""

    total = fields.Integer(required=True)
    accepted = fields.Integer(required=True)
    rejected = fields.Integer(required=True)
    average_rating = fields.Float(allow_none=True)


def _counts() -> fields.Dict:
    return fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class OverviewOut(Schema):
    """The overview. ``definitions`` says what each figure means."""

    scope = fields.String(required=True, validate=validate.OneOf(["PLATFORM", "TENANT", "OWN_REQUESTS"]))
    as_of = UtcDateTime(required=True)
    total = fields.Integer(required=True)
    open = fields.Integer(required=True)
    by_status = _counts()
    by_priority = _counts()
    by_type = fields.List(fields.Nested(TypeCountOut), required=True)
    sla = _counts()
    sla_compliance_rate = fields.Float(allow_none=True)
    average_hours_to_approve = fields.Float(allow_none=True)
    average_hours_to_acknowledge = fields.Float(allow_none=True)
    average_hours_to_complete = fields.Float(allow_none=True)
    median_hours_to_complete = fields.Float(allow_none=True)
    declined_rate = fields.Float(allow_none=True)
    responses = fields.Nested(ResponseFiguresOut, required=True)
    per_month = fields.List(fields.Nested(MonthOut), required=True)
    definitions = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
