"""The Flask singletons: made here, wired in ``app.create_app``, and nowhere else.

The limiter lives in ``http/limits.py``: whom it counts is a question of HTTP.
"""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.common import resolve_schema_cls
from flask_jwt_extended import JWTManager
from flask_migrate import Migrate
from flask_smorest import Api
from flask_sqlalchemy import SQLAlchemy

from lers_web.kernel.db import Base


def _schema_name(schema: Any) -> str:
    """Name a schema in the document by its class; one of which only some fields are sent gets a name of its own."""
    cls = resolve_schema_cls(schema)
    name: str = cls.__name__ if isinstance(cls, type) else str(cls)
    partial = isinstance(schema, ma.Schema) and bool(schema.partial)
    return name.removesuffix("Schema") + ("Partial" if partial else "")


db = SQLAlchemy(model_class=Base, disable_autonaming=True)
migrate = Migrate()
jwt = JWTManager()
api = Api(spec_kwargs={"marshmallow_plugin": MarshmallowPlugin(schema_name_resolver=_schema_name)})
