"""Watch the clocks of running requests."""

from __future__ import annotations

from typing import Any

from lers_jobs import runtime
from lers_web.domains.requests import service


def monitor() -> dict[str, Any]:
    """Warn, mark breaches and escalate, each once; after a downtime it catches up."""
    return dict(service.run_sla_monitor(runtime.backend()))
