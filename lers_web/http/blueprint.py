"""smorest's Blueprint with our parser: unknown fields and parameters are errors, bodies are read strictly."""

from __future__ import annotations

from typing import Any

import flask_smorest
import marshmallow as ma
from flask import Request
from webargs.flaskparser import FlaskParser

from lers_web.http.json import read_body
from lers_web.kernel.errors import Invalid, UnsupportedMediaType


class StrictParser(FlaskParser):
    """Refuses unknown query parameters and whatever two JSON parsers could read in two ways."""

    DEFAULT_VALIDATION_STATUS = 422
    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {  # noqa: RUF012 - as the base class declares it
        "json": None,
        "query": ma.RAISE,
        "querystring": ma.RAISE,
        "headers": ma.EXCLUDE,
        "path": ma.RAISE,
    }

    def load_json(self, req: Request, schema: ma.Schema) -> Any:  # noqa: ARG002 - the parser's signature
        """Read the body as strict JSON; an absent body is an empty object when nothing in it is required."""
        raw = req.get_data(cache=True)
        if not raw:
            return {}
        if not req.is_json:
            raise UnsupportedMediaType("Send JSON: Content-Type: application/json.")
        return read_body(raw)

    def load_querystring(self, req: Request, schema: ma.Schema) -> Any:
        """Read the query; a NUL or a repeated single value is an error, not a choice."""
        problems = {}
        for name, values in req.args.lists():
            if any("\0" in value for value in (name, *values)):
                problems[name.replace("\0", "")] = ["Text may not hold a NUL character."]
            field = schema.fields.get(name)
            if len(values) > 1 and field is not None and not isinstance(field, ma.fields.List):
                problems[name] = ["Give this parameter once."]
        if problems:
            raise Invalid(errors=problems)
        return super().load_querystring(req, schema)


class Blueprint(flask_smorest.Blueprint):
    """The blueprint of a domain."""

    ARGUMENTS_PARSER = StrictParser()


__all__ = ["Blueprint", "StrictParser"]
