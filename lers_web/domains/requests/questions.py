"""Whether a provider's question still waits for the agency, or its answer for the provider."""

from __future__ import annotations

from sqlalchemy import Boolean, ColumnElement, Text, Uuid, and_, column, exists, select, table

from lers_web.domains.requests.models import Request
from lers_web.domains.requests.states import Status

# The chat's table, joined by name as those of identity are: who may read a request's chat is held by its row security.
_MESSAGE = table(
    "lers_messages",
    column("id", Uuid()),
    column("request_id", Uuid()),
    column("sender_type", Text()),
    column("message_type", Text()),
    column("is_deleted", Boolean()),
    schema="app",
)
_ASKED, _AFTER, _NEWEST = _MESSAGE.alias("asked"), _MESSAGE.alias("later"), _MESSAGE.alias("newest")

_FULFILLED_FROM = (Status.SUBMITTED.value, Status.ACKNOWLEDGED.value, Status.IN_PROGRESS.value)
_IN_QUESTION: ColumnElement[bool] = and_(Request.clarifications > 0, Request.status.in_(_FULFILLED_FROM))

_ANSWER_LATER = exists().where(
    _AFTER.c.request_id == Request.id,
    _AFTER.c.sender_type == "IO",
    ~_AFTER.c.is_deleted,
    _AFTER.c.id > _ASKED.c.id,
)
OPEN: ColumnElement[bool] = and_(
    _IN_QUESTION,
    exists()
    .where(
        _ASKED.c.request_id == Request.id,
        _ASKED.c.message_type == "CLARIFICATION",
        ~_ASKED.c.is_deleted,
        ~_ANSWER_LATER.correlate(_ASKED, Request),
    )
    .correlate(Request),
)
"""Whether a question of the provider was not answered yet. Also where the clock runs on: that of a CRITICAL request."""

ANSWERED: ColumnElement[bool] = and_(
    _IN_QUESTION,
    select(_NEWEST.c.sender_type)
    .where(_NEWEST.c.request_id == Request.id, _NEWEST.c.sender_type != "SYSTEM", ~_NEWEST.c.is_deleted)
    .order_by(_NEWEST.c.id.desc())
    .limit(1)
    .correlate(Request)
    .scalar_subquery()
    == "IO",
)
"""Whether the provider has asked, and the agency had the last word since: the provider can go on."""
