"""One error envelope, RFC 9457, for everything that goes wrong: ours, the framework's, the database's."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, g, request
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from lers_web.http import refusals
from lers_web.http.idempotency import Replay
from lers_web.http.json import dumps
from lers_web.kernel import errors as e

LOG = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
FOREIGN_KEY_VIOLATION = "23503"

STATUS: dict[type[e.LersError], int] = {
    e.Unreadable: 400,
    e.InvalidCredentials: 401,
    e.NotAuthenticated: 401,
    e.Forbidden: 403,
    e.StepUpRequired: 403,
    e.EnrolmentRequired: 403,
    e.NotFound: 404,
    e.Conflict: 409,
    e.LengthRequired: 411,
    e.StaleVersion: 412,
    e.TooLarge: 413,
    e.UnsupportedMediaType: 415,
    e.Invalid: 422,
    e.PreconditionRequired: 428,
    e.TooManyRequests: 429,
    e.Unavailable: 503,
}
_CODES = {
    400: "bad_request",
    401: "not_authenticated",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    411: "length_required",
    413: "too_large",
    414: "uri_too_long",
    415: "unsupported_media_type",
    416: "range_not_satisfiable",
    422: "invalid",
    429: "rate_limited",
    500: "internal_error",
    503: "unavailable",
}


def problem(status: int, code: str, detail: str, headers: dict[str, str] | None = None, **extra: Any) -> Response:
    """Build a problem document."""
    source = g.get("source")
    body = {
        "type": f"https://lers.example/problems/{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "request_id": source.request_id if source else None,
        **extra,
    }
    response = Response(dumps(body), status=status, mimetype=MEDIA_TYPE)
    if headers:
        response.headers.update(headers)
    return response


def status_of(error: e.LersError) -> int:
    """Return the HTTP status of a failure: that of its nearest class in the table."""
    for cls in type(error).__mro__:
        if cls in STATUS:
            return STATUS[cls]
    return 500


def _lers_error(error: e.LersError) -> Response:
    status = status_of(error)
    refusals.record(error, status)
    headers: dict[str, str] = {}
    extra = dict(error.extra)
    if isinstance(error, e.Invalid):
        extra["errors"] = error.errors
    if isinstance(error, (e.TooManyRequests, e.Unavailable)):
        headers["Retry-After"] = str(error.retry_after)
    if status == 401:  # noqa: PLR2004
        headers["WWW-Authenticate"] = 'Bearer realm="lers"'
    return problem(status, error.error_code, error.detail, headers, **extra)


def _http_error(error: HTTPException) -> Response:
    """Answer the framework's own errors, smorest's validation among them, in our envelope."""
    status = error.code or 500
    if status < 400 and error.response is not None:  # noqa: PLR2004 - a redirect is no error
        return error.get_response()  # type: ignore[return-value]
    data = getattr(error, "data", None) or {}
    headers = {k: v for k, v in (error.get_headers() or []) if k in {"Allow", "Retry-After", "Content-Range"}}
    if status == 422:  # noqa: PLR2004
        return problem(422, "invalid", "Some fields are not valid.", errors=flatten(data.get("messages", {})))
    if status == 429:  # noqa: PLR2004
        headers.setdefault("Retry-After", "60")
        return problem(429, "rate_limited", "Too many requests. Wait a moment and try again.", headers)
    return problem(status, _CODES.get(status, "error"), error.description or "", headers)


def flatten(messages: Any) -> dict[str, list[str]]:
    """Turn marshmallow's nested messages into {dotted field: [sentences]}, without the location on top."""
    out: dict[str, list[str]] = {}

    def walk(node: Any, path: str) -> None:
        if isinstance(node, dict):
            for key, item in node.items():
                walk(item, f"{path}.{key}" if path else str(key))
        else:
            texts = node if isinstance(node, list) else [node]
            name = path.removesuffix("._schema") or "body"
            out.setdefault(name, []).extend(str(text) for text in texts)

    if isinstance(messages, dict):
        for location, inner in messages.items():
            walk(inner, "" if location in {"json", "query", "headers", "path"} else str(location))
    else:
        walk(messages, "")
    return out


def _database_error(error: DBAPIError) -> Response:
    """Tell a value that PostgreSQL refuses from a database that is down; everything else is our fault."""
    if isinstance(error, IntegrityError) and getattr(error.orig, "sqlstate", "") == FOREIGN_KEY_VIOLATION:
        return problem(422, "invalid", "An id names something that is not there.", errors={})
    if isinstance(error, IntegrityError):
        return problem(409, "conflict", "This contradicts something that is there already.")
    if isinstance(error, DataError):
        return problem(422, "invalid", "A value is outside what can be stored.", errors={})
    if isinstance(error, OperationalError) or error.connection_invalidated:
        LOG.warning("database unavailable: %s", type(error.orig).__name__)
        return problem(503, "unavailable", "The database does not answer. Try again in a moment.", {"Retry-After": "2"})
    return _unexpected(error)


def _unexpected(error: BaseException) -> Response:
    LOG.error("unexpected error on %s %s", request.method, request.path, exc_info=error)
    return problem(500, "internal_error", "Something went wrong on our side. Tell support the request id.")


def init_app(app: Flask) -> None:
    """Register the handlers; the last one never tells what it caught."""
    app.register_error_handler(Replay, lambda replay: replay.response)
    app.register_error_handler(e.LersError, _lers_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(
        StaleDataError, lambda _: problem(409, "conflict", "Somebody else has just changed this. Read it again.")
    )
    app.register_error_handler(
        PoolTimeout, lambda _: problem(503, "unavailable", "Too busy. Try again in a moment.", {"Retry-After": "2"})
    )
    app.register_error_handler(DBAPIError, _database_error)
    app.register_error_handler(Exception, _unexpected)
