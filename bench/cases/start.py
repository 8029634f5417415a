"""The second start of a system that has its data: what ``make up`` takes on an ordinary morning."""

from __future__ import annotations

import statistics

from bench.cases import Effort
from bench.measure import Report
from bench.system import System

GOAL_SECONDS = 10


def run(system: System, report: Report, effort: Effort) -> None:
    """Stop and start it, some times."""
    found = []
    for _ in range(effort.rounds):
        system.stop()
        found.append(system.start())
    report.samples["start"] = found
    report.add("start", "second start", "s", statistics.median(found), at_most=GOAL_SECONDS, note="to “LERS is ready”")
