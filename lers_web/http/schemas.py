"""The shapes that every domain's JSON is made of."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from lers_web.kernel.paging import DEFAULT_LIMIT, MAX_LIMIT, Page

FIRST_YEAR, LAST_YEAR = 1900, 2200


class Schema(ma.Schema):
    """A shape that refuses what it does not know."""

    class Meta:
        unknown = ma.RAISE
        ordered = True


class StrictString(fields.String):
    """Text of a bounded length, without control characters other than line breaks and tabs."""

    def __init__(self, *, max_length: int = 500, min_length: int = 0, **kwargs: Any) -> None:
        kwargs.setdefault("validate", validate.Length(min=min_length, max=max_length))
        super().__init__(**kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:  # noqa: ARG002
        if not isinstance(value, str):
            raise self.make_error("invalid")
        if any(char < " " and char not in "\n\r\t" for char in value) or "\x7f" in value:
            raise ma.ValidationError("Text may not hold control characters.")
        return value.strip()


class UtcDateTime(fields.AwareDateTime):
    """An instant, RFC 3339, told in UTC with ``Z``; years that a calendar can hold."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="iso", default_timezone=None, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        moment: dt.datetime = super()._deserialize(value, attr, data, **kwargs)
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise ma.ValidationError(f"The year must lie between {FIRST_YEAR} and {LAST_YEAR}.")
        return moment.astimezone(dt.UTC)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:  # noqa: ARG002
        if value is None:
            return None
        return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


class PlainDate(fields.Date):
    """A day, ``YYYY-MM-DD``, in a year that a calendar can hold."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        day: dt.date = super()._deserialize(value, attr, data, **kwargs)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ma.ValidationError(f"The year must lie between {FIRST_YEAR} and {LAST_YEAR}.")
        return day


class PersonOut(Schema):
    """A person as the other side may know them."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    rank = fields.String(allow_none=True)


class ReceiptOut(Schema):
    """Where an act stands in the audit trail. Keep it: it shows later that the trail was not cut off before it."""

    chain = fields.String(required=True)
    seq = fields.Integer(required=True)
    hash = fields.String(required=True, metadata={"description": "Of the last entry that the act wrote, in hex."})


class TenantOut(Schema):
    """A tenant by id and name."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)


class ProblemOut(Schema):
    """RFC 9457 problem document. Some codes bring members of their own, as ``current_status`` and ``allowed``."""

    class Meta:
        unknown = ma.INCLUDE

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    code = fields.String(required=True)
    request_id = fields.String(allow_none=True)
    errors = fields.Dict(keys=fields.String(), values=fields.List(fields.String()))


class PageArgs(Schema):
    """Query parameters of every list."""

    limit = fields.Integer(load_default=DEFAULT_LIMIT, validate=validate.Range(1, MAX_LIMIT))
    cursor = fields.String(load_default=None, validate=validate.Length(max=1000))
    sort = fields.String(load_default="-created_at", validate=validate.Length(max=40))


def page_from(args: dict[str, Any]) -> Page:
    """Take the paging parameters out of loaded query arguments."""
    return Page(limit=args.pop("limit"), cursor=args.pop("cursor"), sort=args.pop("sort"))


@functools.cache
def page_of(item: type[ma.Schema]) -> type[ma.Schema]:
    """Return the schema of a page of ``item``: one class each, as the document names it once."""
    return Schema.from_dict(
        {
            "items": fields.List(fields.Nested(item), required=True),
            "next_cursor": fields.String(allow_none=True, required=True),
            "total": fields.Integer(required=True),
        },
        name=f"{item.__name__.removesuffix('Out')}Page",
    )
