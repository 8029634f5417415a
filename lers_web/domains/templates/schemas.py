"""JSON of templates."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from lers_web.domains.requests.schemas import RequestIn
from lers_web.domains.requests.service import RequestType
from lers_web.http.schemas import PageArgs, PersonOut, Schema, StrictString, TenantOut, UtcDateTime


def _check_content(content: dict[str, Any]) -> None:
    """Hold the content to the shape of a draft. What is no field of a draft at all, the use case tells."""
    known = {name: value for name, value in content.items() if name in RequestIn().fields and name != "identifiers"}
    errors = RequestIn().validate(known)
    if errors:
        raise ma.ValidationError(errors)


class TemplateIn(Schema):
    """A prepared request. ``content`` holds fields of a draft, less identifiers and files."""

    name = StrictString(required=True, min_length=1, max_length=200)
    description = StrictString(load_default=None, allow_none=True, max_length=2000)
    catalog_item_id = fields.UUID(load_default=None, allow_none=True)
    provider_tenant_id = fields.UUID(load_default=None, allow_none=True)
    request_type = fields.String(
        load_default=None, allow_none=True, validate=validate.OneOf([each.value for each in RequestType])
    )
    content = fields.Dict(keys=fields.String(), values=fields.Raw(), load_default=dict, validate=_check_content)
    is_shared = fields.Boolean(load_default=True)


class TemplateArgs(PageArgs):
    """Query of the list."""

    q = fields.String(load_default=None, validate=validate.Length(max=200))
    catalog_item_id = fields.UUID()
    provider_tenant_id = fields.UUID()
    request_type = fields.String(validate=validate.OneOf([each.value for each in RequestType]))


class TemplateAbilities(Schema):
    """What the caller may do with a template."""

    use = fields.Boolean(required=True)
    update = fields.Boolean(required=True)
    delete = fields.Boolean(required=True)


class TemplateOut(Schema):
    """A prepared request."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    description = fields.String(allow_none=True)
    catalog_item_id = fields.UUID(allow_none=True)
    catalog_item_name = fields.String(allow_none=True)
    catalog_item_updated_at = UtcDateTime(
        allow_none=True, metadata={"description": "Later than the template's `updated_at`: the item has changed since."}
    )
    catalog_item_offered = fields.Boolean(
        allow_none=True, metadata={"description": "False: withdrawn, so the template makes no draft any more."}
    )
    provider_tenant = fields.Nested(TenantOut, allow_none=True)
    request_type = fields.String(allow_none=True)
    content = fields.Dict(required=True)
    is_shared = fields.Boolean(required=True)
    usage_count = fields.Integer(required=True)
    last_used_at = UtcDateTime(allow_none=True)
    created_by = fields.Nested(PersonOut, required=True)
    version = fields.Integer(required=True)
    created_at = UtcDateTime(required=True)
    updated_at = UtcDateTime(required=True)
    abilities = fields.Nested(TemplateAbilities, required=True)
