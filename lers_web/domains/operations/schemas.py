"""JSON of operations."""

from __future__ import annotations

from marshmallow import fields, validate

from lers_web.domains.operations.states import JobState, Part, PartState
from lers_web.http.schemas import Schema, UtcDateTime

JOB_STATES = tuple(state.value for state in JobState)
PART_STATES = tuple(state.value for state in PartState)


class RetryIn(Schema):
    """Nothing: the path says it all."""


class JobOut(Schema):
    """How a job goes."""

    id = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(JOB_STATES))
    progress = fields.Integer(allow_none=True, metadata={"description": "In percent, where the job tells it."})
    file_id = fields.UUID(allow_none=True, metadata={"description": "What came of it, where it makes a file."})
    error = fields.String(allow_none=True, metadata={"description": "The class of what it failed with."})


class QueueOut(Schema):
    """A queue in numbers."""

    name = fields.String(required=True)
    queued = fields.Integer(required=True)
    started = fields.Integer(required=True)
    failed = fields.Integer(required=True)
    scheduled = fields.Integer(required=True)
    deferred = fields.Integer(required=True)
    oldest_waiting_seconds = fields.Integer(allow_none=True)


class WorkerOut(Schema):
    """A worker."""

    name = fields.String(required=True)
    state = fields.String(required=True)
    queues = fields.List(fields.String(), required=True)
    current_job_id = fields.String(allow_none=True)
    started_at = UtcDateTime(allow_none=True)
    last_heartbeat_at = UtcDateTime(allow_none=True)
    jobs_done = fields.Integer(required=True)
    jobs_failed = fields.Integer(required=True)


class PeriodicJobOut(Schema):
    """A job that the scheduler repeats: every so many seconds, or by a cron string in UTC."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    queue = fields.String(required=True)
    every_seconds = fields.Integer(allow_none=True)
    cron = fields.String(allow_none=True)
    last_run_at = UtcDateTime(allow_none=True)
    last_state = fields.String(allow_none=True, validate=validate.OneOf(JOB_STATES))
    next_run_at = UtcDateTime(required=True)


class FailedJobOut(Schema):
    """A job that failed. Its arguments and the words of its error are not told."""

    id = fields.String(required=True)
    queue = fields.String(required=True)
    function = fields.String(allow_none=True)
    failed_at = UtcDateTime(allow_none=True)
    error = fields.String(allow_none=True)


class JobBoardOut(Schema):
    """Everything behind the queues at one glance."""

    queues = fields.List(fields.Nested(QueueOut), required=True)
    workers = fields.List(fields.Nested(WorkerOut), required=True)
    periodic = fields.List(fields.Nested(PeriodicJobOut), required=True)
    failed = fields.List(fields.Nested(FailedJobOut), required=True, metadata={"description": "The newest first."})
    checked_at = UtcDateTime(required=True)


class PartOut(Schema):
    """A part of LERS."""

    name = fields.String(required=True, validate=validate.OneOf([part.value for part in Part]))
    state = fields.String(required=True, validate=validate.OneOf(PART_STATES))
    since = UtcDateTime(allow_none=True, metadata={"description": "Since when it runs, where it tells."})
    last_seen_at = UtcDateTime(allow_none=True)
    detail = fields.String(allow_none=True)


class HealthOut(Schema):
    """LERS and its parts."""

    status = fields.String(required=True, validate=validate.OneOf(PART_STATES))
    checked_at = UtcDateTime(required=True)
    parts = fields.List(fields.Nested(PartOut), required=True)
