"""Whether an answer has exactly the shape that its schema documents, all the way down."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import fields


def differences(schema: ma.Schema | type[ma.Schema], data: Any, place: str = "") -> list[str]:
    """List where keys or kinds differ; empty when the document tells the truth."""
    schema = schema() if isinstance(schema, type) else schema
    if not isinstance(data, dict):
        return [f"{place or 'answer'} is no object"]
    names = {field.data_key or name: field for name, field in schema.fields.items()}
    found = [f"{place}{name} is not documented" for name in data if name not in names]
    found += [f"{place}{name} is missing" for name in names if name not in data]
    for name, field in names.items():
        if name not in data:
            continue
        value = data[name]
        if value is None:
            found += [] if field.allow_none else [f"{place}{name} is null"]
        elif isinstance(field, fields.Nested):
            found += differences(field.schema, value, f"{place}{name}.")
        elif isinstance(field, fields.List) and isinstance(field.inner, fields.Nested):
            for index, item in enumerate(value):
                found += differences(field.inner.schema, item, f"{place}{name}.{index}.")
        else:
            try:
                field.deserialize(value)
            except ma.ValidationError as error:
                found.append(f"{place}{name}: {error.messages} ({value!r})")
    return found
