"""Default deny: one hook before every view.

A route that declares nothing is refused, whoever asks, and so is one of which the permission matrix
(``lers_web/permissions.toml``) says nothing, or something else.
"""

from __future__ import annotations

import logging

from flask import Flask, current_app, g, request

from lers_web.http import context
from lers_web.http.operation import declared_for, enforce, in_matrix, takes_query
from lers_web.kernel.errors import EnrolmentRequired, Forbidden, Invalid
from lers_web.kernel.logs import correlation_id

LOG = logging.getLogger(__name__)

PUBLIC_ENDPOINTS = frozenset(
    {
        "health.healthz",
        "health.readyz",
        "health.metrics",
        "portal.start",
        "portal.file",
        "portal.no_api",
        "api-docs.openapi_json",
        "docs.swagger",
        "docs.asset",
        "config.config",
        "static",  # never answers; see ops/views.py
    }
)
"""The only routes outside the declared operations that answer without a token. A test walks all others."""

BEFORE_ENROLMENT = ("identity.", "mfa.")
"""What answers a person who has to set up a second factor first: what is their own, under /auth/."""

GATED_BLUEPRINTS = ("ops.", "rq_dashboard.")
"""The operators' pages: they have a door of their own (``lers_web/ops/views.py``)."""


def check() -> None:
    """Recognise the caller and hold them to what the operation declares."""
    context.note_source()
    correlation_id.set(g.source.request_id)
    endpoint = request.endpoint
    if endpoint is None or endpoint in PUBLIC_ENDPOINTS or endpoint.startswith(GATED_BLUEPRINTS):
        return  # an unknown path is a 404, a wrong method a 405
    view = current_app.view_functions[endpoint]
    declared = declared_for(view, request.method)
    if declared is None:
        raise Forbidden("This route is not open to anybody.")
    rule = request.url_rule.rule if request.url_rule else request.path
    if request.method != "OPTIONS" and not in_matrix(declared, request.method, rule):
        LOG.error("%s %s is not in lers_web/permissions.toml, or its declaration differs", request.method, rule)
        raise Forbidden("This route is not open to anybody.")
    if not declared.public:
        context.authenticate()
        if context.current_actor().mfa_enrolment_required and not endpoint.startswith(BEFORE_ENROLMENT):
            raise EnrolmentRequired
        enforce(declared)
    if request.args and not takes_query(view, request.method):
        raise Invalid(errors={name: ["There is no such parameter here."] for name in request.args})


def init_app(app: Flask) -> None:
    """Put the hook first."""
    app.before_request(check)
    app.teardown_request(context.close_session)
