"""The Flask singletons: made here, wired in ``app.create_app``, and nowhere else.

The limiter lives in ``http/limits.py``: whom it counts is a question of HTTP.
"""

from __future__ import annotations

from flask_jwt_extended import JWTManager
from flask_migrate import Migrate
from flask_smorest import Api
from flask_sqlalchemy import SQLAlchemy

from lers_web.kernel.db import Base

db = SQLAlchemy(model_class=Base, disable_autonaming=True)
migrate = Migrate()
jwt = JWTManager()
api = Api()
