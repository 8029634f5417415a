"""The gates of ``make check`` that are programs of their own: whoever runs all tests has run them too."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GATES = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", ".", "--output-format", "concise"],
    "types": ["mypy"],
}


@pytest.mark.parametrize("gate", GATES)
def test_the_gate_is_open(gate: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *GATES[gate]], cwd=ROOT, capture_output=True, text=True, check=False, timeout=280
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
