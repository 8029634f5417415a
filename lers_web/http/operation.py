"""What every operation says of itself, and what follows from it: permission, step-up, idempotency, documentation."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask import Response

from lers_web.http import idempotency
from lers_web.http.context import current_actor
from lers_web.http.runtime import runtime
from lers_web.kernel import clock
from lers_web.kernel.errors import StepUpRequired
from lers_web.kernel.permissions import OPERATIONS, Permission, Right

View = Callable[..., Response]
ATTRIBUTE = "__lers_operation__"
_APIDOC = "_apidoc"  # where flask-smorest keeps what it knows of a view
_MEANING = {
    400: "The body cannot be read.",
    401: "No access token, a bad one, or an ended session.",
    403: "Your role may not do this, or a fresh proof of identity is needed, or a second factor first.",
    404: "There is no such thing, or it is not yours to see.",
    409: "The state does not allow it now.",
    411: "The length must be given.",
    412: "If-Match names an older version.",
    413: "Too many bytes.",
    415: "The body is of the wrong media type.",
    416: "The range lies outside the file.",
    422: "A field is not valid.",
    428: "If-Match is missing.",
    429: "Too many requests; see Retry-After.",
    503: "Something needed is down; see Retry-After.",
}
_PARAMETER = re.compile(r"<(?:[^:<>]+:)?(\w+)>")
_OF_BODIES = {400, 409, 413, 415}
"""What any body may run into before or behind the use case: unreadable, contradicting, too large, of another type."""


@dataclass(frozen=True, slots=True)
class Operation:
    """The declaration of one operation; tests walk all of them."""

    summary: str
    permission: Permission | None
    public: bool
    step_up: bool
    idempotent: bool


def require_fresh_proof() -> None:
    """Raise ``StepUpRequired`` unless the caller has proved who they are within the last minutes."""
    proved_at = current_actor().proved_at
    oldest = clock.now() - dt.timedelta(seconds=runtime().settings.step_up_seconds)
    if proved_at is None or proved_at < oldest:
        raise StepUpRequired(
            "Prove again that it is you: POST /api/v1/auth/step-up/ with your password"
            ", and the code of your authenticator app if you have set one up."
        )


def operation(
    summary: str,
    *,
    permission: Permission | None = None,
    public: bool = False,
    step_up: bool = False,
    idempotent: bool = False,
    errors: Iterable[int] = (),
    description: str = "",
) -> Callable[[View], View]:
    """Declare an operation. Put it under ``blp.arguments`` and ``blp.response``, next to the function."""
    declared = Operation(summary, permission, public, step_up, idempotent)

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def wrapped(*args: Any, **kwargs: Any) -> Response:
            return view(*args, **kwargs)

        setattr(wrapped, ATTRIBUTE, declared)
        setattr(wrapped, _APIDOC, _document(view, declared, errors, description))
        return wrapped

    return decorate


def _handler(view: Any, method: str) -> Any:
    """Return the function behind a view: of a MethodView, that of its method."""
    view_class = getattr(view, "view_class", None)
    if view_class is None:
        return view
    return getattr(view_class, method.lower(), None) or getattr(view_class, "get", None)


def declared_for(view: Any, method: str) -> Operation | None:
    """Return the declaration of a view function, or None."""
    found: Operation | None = getattr(_handler(view, method), ATTRIBUTE, None)
    return found


@functools.lru_cache(maxsize=1024)
def name_of(method: str, rule: str) -> str:
    """Return how the permission matrix names an operation: Flask's ``<uuid:request_id>`` is ``{request_id}`` there."""
    path = _PARAMETER.sub(r"{\1}", rule)
    return f"{'GET' if method == 'HEAD' else method} {path}"


def in_matrix(declared: Operation, method: str, rule: str) -> bool:
    """Whether the permission matrix has this operation, and says of it what its declaration says."""
    return OPERATIONS.get(name_of(method, rule)) == Right(declared.permission, declared.public)


def takes_query(view: Any, method: str) -> bool:
    """Whether an operation has declared query parameters; its schema then refuses those it does not know."""
    arguments = getattr(_handler(view, method), _APIDOC, {}).get("arguments", {})
    return any(parameter.get("in") == "query" for parameter in arguments.get("parameters", ()))


def enforce(declared: Operation) -> None:
    """Hold a recognised caller to a declaration, before the body is looked at."""
    if declared.permission is not None:
        current_actor().require(declared.permission)
    if declared.step_up:
        require_fresh_proof()
    if declared.idempotent:
        idempotency.expect()


def _document(view: View, declared: Operation, errors: Iterable[int], description: str) -> dict[str, Any]:
    """Extend what flask-smorest keeps on a view (``_apidoc``) by our declaration."""
    apidoc: dict[str, Any] = dict(getattr(view, _APIDOC, {}))
    codes = set(errors) | {422, 429, 503} | (set() if declared.public else {401, 403})
    if view.__name__ in {"post", "put", "patch"}:
        codes |= _OF_BODIES
    text = description or (view.__doc__ or "").strip()
    need = (
        "No token needed."
        if declared.public
        else f"Permission: `{declared.permission}`."
        if declared.permission
        else "Any signed-in user."
    )
    manual: dict[str, Any] = {
        "summary": declared.summary,
        "description": "\n\n".join(part for part in (text, need) if part),
        "x-permission": str(declared.permission) if declared.permission else None,
    }
    if declared.public:
        manual["security"] = []
    if declared.idempotent:
        manual["parameters"] = [
            {
                "in": "header",
                "name": idempotency.HEADER,
                "schema": {"type": "string", "maxLength": idempotency.MAX_LENGTH},
                "description": "Repeat the request with the same key and body to get the same answer (24 h).",
            }
        ]
    apidoc["manual_doc"] = {**apidoc.get("manual_doc", {}), **manual}
    responses = dict(apidoc.get("response", {}).get("responses", {}))
    for code in sorted(codes):
        responses.setdefault(
            code,
            [
                {
                    "description": _MEANING[code],
                    "content_type": "application/problem+json",
                    "schema": {"$ref": "#/components/schemas/Problem"},
                }
            ],
        )
    if responses:
        apidoc["response"] = {**apidoc.get("response", {}), "responses": responses}
    return apidoc
