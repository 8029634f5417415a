"""JSON of the catalog: items, providers, figures."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from lers_web.domains.catalog.states import IDENTIFIER_TYPES, MANDATE_TYPES, REQUEST_TYPES, FieldKind
from lers_web.http.schemas import PageArgs, Schema, StrictString, TenantOut, UtcDateTime

_VERSION_SORTS = ("version", "-version", "created_at", "-created_at")
LONGEST_PROMISE = 24 * 366  # hours
LONGEST_PERIOD = 3660  # days


class LabelSchema(Schema):
    """A text in the languages of the portals."""

    en = StrictString(required=True, min_length=1, max_length=200)
    hi = StrictString(min_length=1, max_length=200)


class ChoiceField(fields.Field[Any]):
    """A choice: a plain value, or {value, label}."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_kwargs: Any) -> Any:
        if isinstance(value, dict):
            return ChoiceSchema().load(value)
        return StrictString(min_length=1, max_length=100).deserialize(value, attr, data)


class ChoiceSchema(Schema):
    """A choice with its label."""

    value = StrictString(required=True, min_length=1, max_length=100)
    label = fields.Nested(LabelSchema)


class RequiredFieldSchema(Schema):
    """One thing that an item asks for."""

    name = fields.String(
        required=True,
        validate=validate.Regexp(
            r"^[a-zA-Z][a-zA-Z0-9_]{0,59}\Z", error="A name is letters, digits and _, and begins with a letter."
        ),
    )
    label = fields.Nested(LabelSchema, required=True)
    kind = fields.String(required=True, validate=validate.OneOf([kind.value for kind in FieldKind]))
    identifier_types = fields.List(fields.String(validate=validate.OneOf(IDENTIFIER_TYPES)))
    required = fields.Boolean(load_default=True)
    choices = fields.List(ChoiceField(), validate=validate.Length(max=200))
    max_days = fields.Integer(strict=True, validate=validate.Range(1, LONGEST_PERIOD))
    help = fields.Raw()

    @ma.validates("help")
    def check_help(self, value: Any, **_kwargs: Any) -> None:
        """Help is a text, or one text a language."""
        if isinstance(value, dict):
            LabelSchema().load(value)
        else:
            StrictString(max_length=1000).deserialize(value)


def _hours(**kwargs: Any) -> fields.Integer:
    return fields.Integer(strict=True, validate=validate.Range(1, LONGEST_PROMISE), **kwargs)


class CatalogItemIn(Schema):
    """An item as its provider writes it. The same shape creates (POST) and replaces (PUT)."""

    provider_tenant_id = fields.UUID(metadata={"description": "For administrators; a provider's own by default."})
    name = StrictString(required=True, min_length=1, max_length=200)
    description = StrictString(load_default=None, allow_none=True, max_length=4000)
    category = StrictString(load_default="General", min_length=1, max_length=80)
    request_type = fields.String(load_default="OTHER", validate=validate.OneOf(REQUEST_TYPES))
    sla_turnaround_hours = _hours(required=True)
    sla_turnaround_hours_urgent = _hours(load_default=None, allow_none=True)
    sla_turnaround_hours_critical = _hours(load_default=None, allow_none=True)
    sla_business_hours_only = fields.Boolean(load_default=False)
    sla_statutory = fields.Boolean(
        load_default=False, metadata={"description": "The promise is a statute's: elapsed hours that never pause."}
    )
    required_fields = fields.List(fields.Nested(RequiredFieldSchema), load_default=list)
    required_legal_mandate = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(MANDATE_TYPES))
    requires_mandate_file = fields.Boolean(load_default=True)
    requires_court_order = fields.Boolean(load_default=False)
    output_format = StrictString(load_default=None, allow_none=True, max_length=80)
    output_description = StrictString(load_default=None, allow_none=True, max_length=4000)
    sample_output_file_id = fields.UUID(load_default=None, allow_none=True)
    is_active = fields.Boolean(load_default=True)
    is_featured = fields.Boolean(load_default=False)
    notes_for_law_enforcement = StrictString(load_default=None, allow_none=True, max_length=4000)


class CatalogItemAbilities(Schema):
    """What the caller may do with an item."""

    update = fields.Boolean(required=True)
    delete = fields.Boolean(required=True)
    request = fields.Boolean(required=True)


class TermsOut(Schema):
    """What an item asks for and promises."""

    name = fields.String(required=True)
    description = fields.String(allow_none=True)
    category = fields.String(required=True)
    request_type = fields.String(required=True)
    sla_turnaround_hours = fields.Integer(required=True)
    sla_turnaround_hours_urgent = fields.Integer(allow_none=True)
    sla_turnaround_hours_critical = fields.Integer(allow_none=True)
    sla_business_hours_only = fields.Boolean(required=True)
    sla_statutory = fields.Boolean(required=True)
    required_fields = fields.List(fields.Raw(), required=True)
    required_legal_mandate = fields.String(allow_none=True)
    requires_mandate_file = fields.Boolean(required=True)
    requires_court_order = fields.Boolean(required=True)
    output_format = fields.String(allow_none=True)
    output_description = fields.String(allow_none=True)
    is_active = fields.Boolean(required=True)
    is_featured = fields.Boolean(required=True)
    notes_for_law_enforcement = fields.String(allow_none=True)


class CatalogItemOut(TermsOut):
    """An item of the catalog, with how its promise was kept."""

    id = fields.UUID(required=True)
    provider_tenant = fields.Nested(TenantOut, required=True)
    actual_avg_turnaround = fields.Float(allow_none=True)
    actual_median_turnaround_hours = fields.Float(allow_none=True)
    sla_compliance_rate = fields.Float(allow_none=True)
    total_requests_fulfilled = fields.Integer(
        required=True, metadata={"description": "Completed requests: the n of the three figures above."}
    )
    sample_output_file_id = fields.UUID(allow_none=True)
    version = fields.Integer(required=True)
    created_at = UtcDateTime(required=True)
    updated_at = UtcDateTime(required=True)
    abilities = fields.Nested(CatalogItemAbilities, required=True)


class CatalogVersionOut(TermsOut):
    """What an item asked for and promised at one version."""

    item_id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    created_at = UtcDateTime(required=True)


class VersionArgs(PageArgs):
    """Paging of an item's versions."""

    sort = fields.String(load_default="-version", validate=validate.OneOf(_VERSION_SORTS))


class CatalogArgs(PageArgs):
    """Query of the catalog."""

    provider_tenant_id = fields.UUID()
    category = fields.String(validate=validate.Length(max=80))
    request_type = fields.String(validate=validate.OneOf(REQUEST_TYPES))
    q = fields.String(validate=validate.Length(max=200))
    featured = fields.Boolean()
    is_active = fields.Boolean(metadata={"description": "false: withdrawn ones, which only their provider sees."})
    max_turnaround_hours = fields.Integer(validate=validate.Range(1, LONGEST_PROMISE))


class CategoryOut(Schema):
    """A category of the catalog."""

    category = fields.String(required=True)
    item_count = fields.Integer(required=True)


class ProviderArgs(PageArgs):
    """Query of the providers."""

    q = fields.String(load_default=None, validate=validate.Length(max=200))


class ProviderOut(Schema):
    """A provider in a list."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    code = fields.String(required=True)
    item_count = fields.Integer(required=True)
    service_hours = fields.String(required=True)
    time_zone = fields.String(required=True)
    service_commitment = fields.String(allow_none=True)
    iso_certified = fields.Boolean(required=True)
    data_security_certified = fields.Boolean(required=True)
    overall_sla_compliance_rate = fields.Float(allow_none=True)
    avg_response_time_hours = fields.Float(allow_none=True)


class FiguresOut(Schema):
    """How a provider kept its promises."""

    overall_sla_compliance_rate = fields.Float(allow_none=True)
    total_requests_received = fields.Integer(required=True)
    total_requests_completed = fields.Integer(required=True)
    total_requests_rejected = fields.Integer(required=True)
    total_clarifications = fields.Integer(required=True)
    avg_response_time_hours = fields.Float(allow_none=True)
    rejection_rate = fields.Float(allow_none=True)
    clarification_request_rate = fields.Float(allow_none=True)
    metrics_last_updated = UtcDateTime(allow_none=True)


class ItemFiguresOut(Schema):
    """The figures of one item."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    sla_turnaround_hours = fields.Integer(required=True)
    actual_avg_turnaround = fields.Float(allow_none=True)
    actual_median_turnaround_hours = fields.Float(allow_none=True)
    sla_compliance_rate = fields.Float(allow_none=True)
    total_requests_fulfilled = fields.Integer(required=True)


class MetricsOut(FiguresOut):
    """A provider's figures, those of its items, and what each of them means."""

    provider_tenant = fields.Nested(TenantOut, required=True)
    items = fields.List(fields.Nested(ItemFiguresOut), required=True)
    definitions = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
