"""The README's walk with curl, run as it stands there."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

from tests.launched import ROOT


def test_the_walk_of_the_readme_works_as_it_stands(live_system: Any, tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text()
    section = text.split("## A request's life, with curl", 1)[1]
    script = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)[0]
    script = script.replace("http://localhost:8080", live_system.base_url)
    done = subprocess.run(
        ["bash", "-eu", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=200
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.split() == [
        "PENDING_APPROVAL", "PENDING_APPROVAL", "SUBMITTED", "ACKNOWLEDGED", "IN_PROGRESS", "IN_PROGRESS", "TEXT",
        "COMPLETED", "VALID", "ACCEPTED", "5",
    ], done.stdout + done.stderr  # fmt: skip
