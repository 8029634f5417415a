"""A long step at a terminal: what is being done and for how long, quiet when it goes well, all of it when it fails."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lers_web.standalone.errors import StandaloneError

REFRESH_SECONDS = 0.5
OFFLINE = ("EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ENETUNREACH", "ENOTFOUND", "ETIMEDOUT")


@dataclass(frozen=True)
class Step:
    """What the person at the terminal reads, and the name of the command for the message when it fails."""

    title: str
    command: str


def run_step(step: Step, command: Sequence[Path | str], directory: Path, environ: Mapping[str, str]) -> None:
    """Run a program and show how long it has been at it; raise with its whole output when it fails."""
    began = time.monotonic()
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        with subprocess.Popen(
            command, cwd=directory, env=environ, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        ) as process:
            try:
                _watch(step.title, process, began)
            except BaseException:
                process.terminate()
                raise
        if process.returncode:
            output.seek(0)
            raise StandaloneError(_failure(step, process.returncode, output.read()))


def _watch(title: str, process: subprocess.Popen[bytes], began: float) -> None:
    terminal = sys.stdout.isatty()
    if not terminal:
        _write(f"{title} ...\n")
    while True:
        try:
            process.wait(REFRESH_SECONDS)
        except subprocess.TimeoutExpired:
            if terminal:
                _write(f"\r{title} ... {time.monotonic() - began:.0f} s")
            continue
        break
    begin = "\r" if terminal else ""
    done = "done in" if process.returncode == 0 else "failed after"
    _write(f"{begin}{title}: {done} {time.monotonic() - began:.1f} s\n")


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _failure(step: Step, status: int, output: str) -> str:
    advice = ""
    if any(code in output for code in OFFLINE):
        advice = "\nnpm's registry was not reached. Is there a way to it from here? npm takes HTTPS_PROXY and ~/.npmrc."
    return f"`{step.command}` ended with status {status}:\n{output.rstrip()}{advice}"
