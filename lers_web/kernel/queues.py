"""Names that jobs have in Redis, shared by those who put them there, run them, and look at them from the web.

Everything that goes through Redis is JSON and holds ids alone; it may be gone at any moment.
"""

from __future__ import annotations

from enum import StrEnum

CORRELATION = "correlation_id"
"""In a job's ``meta``: the request that caused it."""

TENANT = "tenant_id"
"""In a job's ``meta``: in whose context it runs, and whose people may ask how it goes."""

PERIODIC_PREFIX = "periodic-"
SCHEDULED_JOBS = "rq:scheduler:scheduled_jobs"


class QueueName(StrEnum):
    """In the order in which a worker looks at them."""

    NOTIFY = "notify"
    MAIL = "mail"
    SCAN = "scan"
    SWEEP = "sweep"
