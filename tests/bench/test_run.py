"""The whole of ``make bench`` in small: a system of its own, every case but the longest, no problem, and a file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.__main__ import CASES, arguments, effort_of
from bench.processes import ROOT

SMALL = ["--requests", "60", "--seconds", "0.2", "--rounds", "1", "--sockets", "16", "--no-node"]
MEASURED = ["api", "data", "hub", "messages", "files"]


@pytest.mark.timeout(600)
def test_a_small_run_measures_everything_and_leaves_nothing_behind(tmp_path: Path) -> None:
    out = tmp_path / "result.json"
    done = subprocess.run(
        [sys.executable, "-m", "bench", *SMALL, "--only", *MEASURED, "--out", str(out)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=580,
    )  # fmt: skip
    result = json.loads(out.read_text())
    assert result["problems"] == {}, done.stderr
    assert done.returncode == 0, done.stderr
    assert {row["case"] for row in result["rows"]} == {
        "list", "detail", "create", "sql", "monitor", "audit", "hub", "messages", "files",
    }  # fmt: skip
    assert all(row["ours"] == row["ours"] for row in result["rows"]), "a figure is not a number"
    lost = [row["ours"] for row in result["rows"] if row["figure"] == "lost"]
    assert lost == [0]
    assert result["facts"]["requests"] == 60


def test_a_quick_run_does_less_than_a_whole_one() -> None:
    quick, whole = effort_of(arguments(["--quick"])), effort_of(arguments([]))
    assert quick.seconds < whole.seconds
    assert quick.sockets < whole.sockets
    assert arguments([]).only == list(CASES)
    assert not effort_of(arguments(["--no-node"])).node
