"""JSON of the dashboards."""

from __future__ import annotations

from marshmallow import fields, validate

from lers_web.http.schemas import PersonOut, Schema, TenantOut, UtcDateTime


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


def _scope() -> fields.String:
    return fields.String(required=True, validate=validate.OneOf(["PLATFORM", "TENANT", "OWN_REQUESTS"]))


def _definitions() -> fields.Dict:
    return fields.Dict(keys=fields.String(), values=fields.String(), required=True)


def _counts() -> fields.Dict:
    return fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class OverviewOut(Schema):
    """The overview. ``definitions`` says what each figure means."""

    scope = _scope()
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
    definitions = _definitions()


class PeriodOut(Schema):
    """The months that figures cover, up to now."""

    start = UtcDateTime(required=True)
    end = UtcDateTime(required=True)


def _count() -> fields.Integer:
    return fields.Integer(required=True)


def _figure() -> fields.Float:
    return fields.Float(required=True, allow_none=True)


class SlaMonthOut(Schema):
    """How the promises of one month were kept, and how fast its work was done."""

    month = fields.String(required=True, metadata={"description": "YYYY-MM in Asia/Kolkata"})
    due = _count()
    met = _count()
    missed = _count()
    compliance_rate = _figure()
    completed = _count()
    turnaround_median_hours = _figure()
    turnaround_p90_hours = _figure()
    acknowledged = _count()
    acknowledgement_median_hours = _figure()


class KeptOut(Schema):
    """How promises were kept, over ``n`` completed requests."""

    n = _count()
    compliance_rate = _figure()
    median_hours = _figure()
    p90_hours = _figure()


class TypeKeptOut(KeptOut):
    """The same for one type of request."""

    request_type = fields.String(required=True)


class ItemRefOut(Schema):
    """A catalog item by id and name, with its provider."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    provider_tenant = fields.Nested(TenantOut, required=True)


class ItemKeptOut(KeptOut):
    """The same for one catalog item, beside what it promises now."""

    item = fields.Nested(ItemRefOut, required=True, allow_none=True)
    promised_hours = fields.Integer(required=True, allow_none=True)


class AgencyKeptOut(KeptOut):
    """The same for one agency."""

    agency_tenant = fields.Nested(TenantOut, required=True)


class ShareOut(Schema):
    """Requests that took this share of the time they had."""

    from_percent = fields.Integer(required=True)
    to_percent = fields.Integer(required=True, allow_none=True)
    count = _count()


class WeekdayOut(Schema):
    """Submissions of one weekday, by hour of the day."""

    weekday = fields.String(required=True, validate=validate.OneOf(["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]))
    hours = fields.List(fields.Integer(), required=True, validate=validate.Length(equal=24))


class DueNextOut(Schema):
    """Open requests by when they come due, each counted once."""

    breached = _count()
    next_4_hours = _count()
    next_24_hours = _count()
    next_72_hours = _count()
    later = _count()
    paused = _count()


class ForecastOut(Schema):
    """What today will break unless it is completed."""

    until = UtcDateTime(required=True)
    will_breach = _count()
    unacknowledged = _count()
    next_due_date = UtcDateTime(required=True, allow_none=True)


class SlaFiguresOut(Schema):
    """How promises are kept. ``definitions`` says what each figure means; each rate stands beside its n."""

    scope = _scope()
    as_of = UtcDateTime(required=True)
    period = fields.Nested(PeriodOut, required=True)
    by_month = fields.List(fields.Nested(SlaMonthOut), required=True)
    by_request_type = fields.List(fields.Nested(TypeKeptOut), required=True)
    by_catalog_item = fields.List(fields.Nested(ItemKeptOut), required=True)
    by_agency = fields.List(fields.Nested(AgencyKeptOut), required=True)
    histogram = fields.List(fields.Nested(ShareOut), required=True)
    submissions = fields.List(fields.Nested(WeekdayOut), required=True)
    due_next = fields.Nested(DueNextOut, required=True)
    forecast = fields.Nested(ForecastOut, required=True)
    definitions = _definitions()


class ProviderFiguresOut(Schema):
    """How one provider keeps its promises to the caller."""

    provider_tenant = fields.Nested(TenantOut, required=True)
    n = _count()
    open = _count()
    breached = _count()
    completed = _count()
    compliance_rate = _figure()
    median_hours = _figure()
    acknowledged = _count()
    acknowledgement_median_hours = _figure()
    declined_rate = _figure()
    clarification_rate = _figure()
    rating_average = _figure()
    rating_count = _count()
    completed_per_month = fields.List(fields.Integer(), required=True)


class TeamMemberOut(Schema):
    """What one of a provider's people has to do and has done; ``user`` is null for what lies with nobody."""

    user = fields.Nested(PersonOut, required=True, allow_none=True)
    open = _count()
    overdue = _count()
    due_soon = _count()
    completed_30_days = _count()
    median_hours = _figure()


class ProvidersFiguresOut(Schema):
    """The providers that the caller deals with; ``months`` labels ``completed_per_month``."""

    scope = _scope()
    as_of = UtcDateTime(required=True)
    period = fields.Nested(PeriodOut, required=True)
    months = fields.List(fields.String(), required=True)
    providers = fields.List(fields.Nested(ProviderFiguresOut), required=True)
    team = fields.List(fields.Nested(TeamMemberOut), required=True, allow_none=True)
    definitions = _definitions()
