"""Send notifications by e-mail."""

from __future__ import annotations

import logging
import time
from uuid import UUID

from lers_jobs import runtime
from lers_web.domains.notifications import mailing
from lers_web.kernel.errors import Unavailable

LOG = logging.getLogger(__name__)

REST_SECONDS = 30.0
_resting_until = 0.0


def mail(notification_id: str, tenant_id: str) -> str:
    """Mail one notification. While the mail relay is down it stays unsent for the sweep, and the queue moves on.

    After a failure the relay is left alone for a while: one that hangs would hold every other job up.
    """
    global _resting_until  # noqa: PLW0603 - one circuit breaker a process
    if time.monotonic() < _resting_until:
        return "waiting"
    try:
        sent = mailing.deliver(runtime.backend(), UUID(notification_id), UUID(tenant_id), source=runtime.source())
    except Unavailable as error:
        _resting_until = time.monotonic() + REST_SECONDS
        LOG.warning("a notification waits for the mail relay: %s", error.detail)
        return "waiting"
    return "sent" if sent else "nothing to do"


def sweep() -> dict[str, int]:
    """Mail what is still unsent."""
    return mailing.deliver_waiting(runtime.backend())
