"""Look through uploaded files."""

from __future__ import annotations

import logging
from uuid import UUID

from lers_jobs import runtime
from lers_web.domains.files import scanning
from lers_web.kernel.errors import Unavailable

LOG = logging.getLogger(__name__)


def scan(file_id: str, tenant_id: str) -> str:
    """Look through one file. While the scanner or the store is down it stays PENDING for the sweep."""
    try:
        status = scanning.scan(runtime.backend(), UUID(file_id), UUID(tenant_id), source=runtime.source())
    except Unavailable as error:
        LOG.warning("a file waits for its scan: %s", error.detail)
        return "waiting"
    return "nothing to do" if status is None else status.value


def sweep() -> dict[str, int]:
    """Look through the files that still wait."""
    return scanning.scan_waiting(runtime.backend())
