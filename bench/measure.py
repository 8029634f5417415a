"""How figures come about: rounds in turn, medians, ratios, and the table they end in."""

from __future__ import annotations

import json
import platform
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import psutil

Sample = Mapping[str, Any]
Contender = Callable[[], Sample]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. ``ratio`` is ours over theirs; ``met`` says whether it keeps to the goal."""

    case: str
    figure: str
    unit: str
    ours: float
    theirs: float | None = None
    against: str = ""
    ratio: float | None = None
    goal: str = ""
    met: bool | None = None
    note: str = ""


@dataclass(slots=True)
class Report:
    """All rows of a run, with what it ran on and the samples behind every median."""

    rows: list[Row] = field(default_factory=list)
    samples: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)

    def add(
        self,
        case: str,
        figure: str,
        unit: str,
        ours: float,
        theirs: float | None = None,
        *,
        against: str = "",
        at_least: float | None = None,
        at_most: float | None = None,
        note: str = "",
        absolute: bool = False,
    ) -> None:
        """Add a row. A goal bounds the ratio where there is something to compare with, else the figure itself.

        With ``absolute`` it bounds the figure all the same: people wait for milliseconds.
        """
        ratio = ours / theirs if theirs else None
        judged = ours if theirs is None or absolute else ratio
        goal, met = "", None
        if at_least is not None:
            goal, met = f">= {at_least:g}", None if judged is None else judged >= at_least
        elif at_most is not None:
            goal, met = f"<= {at_most:g}", None if judged is None else judged <= at_most
        self.rows.append(Row(case, figure, unit, ours, theirs, against, ratio, goal, met, note))

    def write(self, path: Path) -> None:
        """Write everything as JSON."""
        path.parent.mkdir(parents=True, exist_ok=True)
        whole = {
            "facts": self.facts,
            "rows": [asdict(row) for row in self.rows],
            "problems": self.problems,
            "samples": self.samples,
        }
        path.write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")

    def table(self) -> str:
        """Return the table for a terminal."""
        head = ("case", "figure", "LERS", "other", "ratio", "goal", "", "against, note")
        lines = [head]
        lines += [
            (
                row.case,
                row.figure,
                f"{_short(row.ours)} {row.unit}",
                "" if row.theirs is None else f"{_short(row.theirs)} {row.unit}",
                "" if row.ratio is None else f"{row.ratio:.2f}",
                row.goal,
                {True: "ok", False: "MISSED", None: ""}[row.met],
                "; ".join(part for part in (row.against, row.note) if part),
            )
            for row in self.rows
        ]
        widths = [max(len(line[column]) for line in lines) for column in range(len(head) - 1)]
        right = {2, 3, 4}
        shown = []
        for line in lines:
            cells = [
                cell.rjust(width) if column in right else cell.ljust(width)
                for column, (cell, width) in enumerate(zip(line, widths, strict=False))
            ]
            shown.append("  ".join([*cells, line[-1]]).rstrip())
        shown += [f"{name}: not measured: {why}" for name, why in self.problems.items()]
        return "\n".join(shown)


def in_turn(contenders: Mapping[str, Contender], rounds: int) -> dict[str, list[Sample]]:
    """Let each contender run ``rounds`` times, A B A B, so that what disturbs the machine disturbs all of them."""
    samples: dict[str, list[Sample]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, run in contenders.items():
            samples[name].append(run())
    return samples


def median(samples: Sequence[Sample], key: str) -> float:
    """Return the median of one figure over the rounds."""
    return float(statistics.median(sample[key] for sample in samples))


def percentile(ordered: Sequence[float], share: float) -> float:
    """Return the value below which ``share`` of the sorted values lie."""
    if not ordered:
        return float("nan")
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def timings(work: Callable[[], Any], *, times: int, at_most: float = 20.0) -> list[float]:
    """Run ``work`` again and again, bounded in number and seconds; return the sorted durations in milliseconds."""
    found = []
    deadline = time.monotonic() + at_most
    while len(found) < times and (time.monotonic() < deadline or not found):
        start = time.perf_counter()
        work()
        found.append((time.perf_counter() - start) * 1000)
    return sorted(found)


def machine() -> dict[str, Any]:
    """Say what this ran on, and how busy it was with other things."""
    return {
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "python": platform.python_version(),
        "system": platform.platform(),
        "cores": psutil.cpu_count(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "load_before": [round(each, 2) for each in psutil.getloadavg()],
    }


def _short(value: float) -> str:
    if value != value:  # noqa: PLR0124 - not a number
        return "-"
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) < 100 else f"{value:.0f}"
