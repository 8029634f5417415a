"""JSON of a provider's service profile."""

from __future__ import annotations

from marshmallow import fields, validate

from lers_web.domains.catalog.schemas import LONGEST_PROMISE, FiguresOut
from lers_web.domains.sla.calendar import DEFAULT_TIME_ZONE, EXAMPLE_HOURS
from lers_web.http.schemas import PlainDate, Schema, StrictString, TenantOut, UtcDateTime

MOST_HOLIDAYS = 400
MOST_PROMISES = 6


def _text(max_length: int) -> StrictString:
    return StrictString(load_default=None, allow_none=True, max_length=max_length)


class ProfileIn(Schema):
    """How a provider works. What is left out takes its default."""

    service_hours = StrictString(
        load_default="24x7", min_length=1, max_length=300, metadata={"description": f"`24x7`, or `{EXAMPLE_HOURS}`"}
    )
    time_zone = StrictString(load_default=DEFAULT_TIME_ZONE, min_length=1, max_length=60)
    country = fields.String(
        load_default=None, allow_none=True, validate=validate.Regexp(r"^[A-Z]{2}\Z", error="Two letters, e.g. IN.")
    )
    state = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Regexp(r"^[A-Z0-9]{1,5}\Z", error="The state's code, e.g. MH."),
    )
    own_holidays = fields.List(PlainDate(), load_default=list, validate=validate.Length(max=MOST_HOLIDAYS))
    holidays_affect_sla = fields.Boolean(load_default=True)
    nodal_officer_name = _text(200)
    nodal_officer_email = fields.Email(load_default=None, allow_none=True, validate=validate.Length(max=254))
    nodal_officer_phone = _text(40)
    emergency_contact = _text(300)
    iso_certified = fields.Boolean(load_default=False)
    data_security_certified = fields.Boolean(load_default=False)
    service_commitment = _text(4000)


class ProfileAbilities(Schema):
    """What the caller may do with a profile."""

    update = fields.Boolean(required=True)


class OpeningOut(Schema):
    """Whether a provider is open at this moment, holidays counted."""

    is_open = fields.Boolean(required=True)
    changes_at = UtcDateTime(
        required=True, allow_none=True, metadata={"description": "When it closes, or opens; null: not for two weeks."}
    )
    holiday = fields.String(
        required=True, allow_none=True, metadata={"description": "The holiday that the provider's day is."}
    )


class ProfileOut(FiguresOut):
    """A provider's service profile with its figures. At version 0 nothing was said yet, and the defaults hold."""

    provider_tenant = fields.Nested(TenantOut, required=True)
    service_hours = fields.String(required=True)
    time_zone = fields.String(required=True)
    country = fields.String(allow_none=True)
    state = fields.String(allow_none=True)
    own_holidays = fields.List(fields.Date(), required=True)
    holidays_affect_sla = fields.Boolean(required=True)
    nodal_officer_name = fields.String(allow_none=True)
    nodal_officer_email = fields.String(allow_none=True)
    nodal_officer_phone = fields.String(allow_none=True)
    emergency_contact = fields.String(allow_none=True)
    iso_certified = fields.Boolean(required=True)
    data_security_certified = fields.Boolean(required=True)
    service_commitment = fields.String(allow_none=True)
    opening = fields.Nested(OpeningOut, required=True)
    version = fields.Integer(required=True)
    updated_at = UtcDateTime(allow_none=True)
    abilities = fields.Nested(ProfileAbilities, required=True)


def _promised() -> fields.Float:
    return fields.Float(validate=validate.Range(min=0, min_inclusive=False, max=LONGEST_PROMISE))


class PreviewIn(ProfileIn):
    """A profile as it would be saved, and the promises to try it with."""

    start = UtcDateTime(load_default=None, allow_none=True, metadata={"description": "When the clocks start; now."})
    hours = fields.List(_promised(), load_default=lambda: [4.0, 24.0, 72.0], validate=validate.Length(1, MOST_PROMISES))


class PreviewStepOut(Schema):
    """A stretch of time that was counted, or not, and why."""

    kind = fields.String(required=True)
    from_ = fields.String(data_key="from", required=True)
    to = fields.String(required=True)
    seconds = fields.Integer(required=True)
    note = fields.String(required=True)


class PreviewDueOut(Schema):
    """A due date and the way to it, as a request's ``/sla/`` explains it."""

    due = fields.String(required=True)
    steps = fields.List(fields.Nested(PreviewStepOut), required=True)


class PreviewPromiseOut(Schema):
    """When a promise would come due: in elapsed hours, in business hours, and in those that hold now."""

    hours = fields.Float(required=True)
    elapsed = fields.Nested(PreviewDueOut, required=True)
    business = fields.Nested(PreviewDueOut, required=True)
    business_now = fields.String(required=True)


class HolidayOut(Schema):
    """A holiday; ``counts`` is false on a day that is closed anyway."""

    date = fields.Date(required=True)
    name = fields.String(required=True)
    counts = fields.Boolean(required=True)


class PreviewOut(Schema):
    """What a profile would do."""

    start = UtcDateTime(required=True)
    promises = fields.List(fields.Nested(PreviewPromiseOut), required=True)
    holidays = fields.List(fields.Nested(HolidayOut), required=True)
