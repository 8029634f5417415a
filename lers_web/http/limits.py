"""Rate limits: by user, by Redis, and in memory when Redis is away. Sign-in counts by address, and by account there.

File bodies, file status and presence have an allowance of their own; health is not counted (contract, section 1).
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, g, request
from flask_limiter import Limiter
from flask_limiter._limits import RouteLimit
from limits.errors import StorageError
from redis.exceptions import RedisError

APART = frozenset({"files.FileContent", "files.FileById", "presence.PresenceList"})
"""Endpoints with an allowance of their own, ten times the user's."""
APART_FACTOR = 10
TOO_MANY = HTTPStatus.TOO_MANY_REQUESTS
_UNCOUNTED = ("health.", "portal.", "docs.", "api-docs.", "config.", "identity.Login")


def _user() -> str:
    """Count by person, so that a second token gives no second allowance; by address before anybody is known."""
    actor = g.get("actor")
    kind = "apart" if request.endpoint in APART else "user"
    return f"{kind}:{actor.user_id}" if actor is not None else f"{kind}:ip:{request.remote_addr}"


def _user_limit() -> str:
    limit: str = current_app.config["LERS_SETTINGS"].rate_limit_user
    if request.endpoint not in APART:
        return limit
    count, _, period = limit.partition("/")
    return f"{int(count) * APART_FACTOR}/{period}"


def _uncounted() -> bool:
    return (request.endpoint or "none").startswith(_UNCOUNTED) or request.endpoint is None


def _login_limit() -> str:
    limit: str = current_app.config["LERS_SETTINGS"].rate_limit_login
    return limit


def _address() -> str:
    return f"login:ip:{request.remote_addr}"


def _account() -> str:
    """Name the account that a sign-in is about, from where: a stranger elsewhere uses nothing of its owner's up.

    By a hash: what a log or Redis shows is no e-mail address. Guessing from many places is `lockout.py`'s matter.
    """
    try:
        email = str(json.loads(request.get_data(cache=True) or b"{}").get("email", ""))
    except (ValueError, AttributeError):
        email = ""
    account = hashlib.sha256(email.strip().lower().encode("utf-8", "replace")).hexdigest()[:32]
    return f"login:account:{account}:{request.remote_addr}"


limiter = Limiter(
    key_func=_user,
    application_limits=[_user_limit],
    application_limits_exempt_when=_uncounted,
    strategy="sliding-window-counter",
    headers_enabled=False,  # they ask Redis a second time on every answer; ``_say_when`` does so when it matters
    in_memory_fallback_enabled=True,
    key_prefix="lers",
)


def login_limits() -> list[Callable[..., Any] | RouteLimit]:
    """Return the decorators of the sign-in view: by address, and by account at that address."""
    return [limiter.limit(_login_limit, key_func=_address), limiter.limit(_login_limit, key_func=_account)]


def _say_when(response: Response) -> Response:
    """Tell a caller who is over the limit when to come back."""
    limit = limiter.current_limit
    if response.status_code == TOO_MANY and limit is not None and limit.breached:
        with suppress(StorageError, RedisError):  # without Redis, the handler's round figure stands
            response.headers["Retry-After"] = str(max(1, limit.reset_at - int(time.time())))
    return response


login_limit_by_address = (_login_limit, _address)
"""Limit and key of a sign-in by address, for the operators' form."""


def init_app(app: Flask) -> None:
    """Wire the limiter to Redis."""
    app.config.update(
        RATELIMIT_STORAGE_URI=app.config["LERS_SETTINGS"].redis_url,
        RATELIMIT_STORAGE_OPTIONS={"socket_connect_timeout": 1, "socket_timeout": 1},
    )
    limiter.init_app(app)
    app.after_request(_say_when)
