"""What is measured, by theme; ``ALL`` is the order of a whole run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bench.measure import Report
from bench.system import System


@dataclass(frozen=True, slots=True)
class Effort:
    """How much a run does: everything is bounded by these."""

    rounds: int = 3
    seconds: float = 6.0
    sockets: int = 1000
    node: bool = True


Case = Callable[[System, Report, Effort], None]
