"""What processes use: CPU time and memory from /proc, of a process with all its children."""

from __future__ import annotations

import contextlib
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import psutil

from lers_web.standalone.environment import clean_environ

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 30.0
STOP_SECONDS = 10.0


def family(pid: int) -> list[psutil.Process]:
    """Return a process and its children of every depth."""
    parent = psutil.Process(pid)
    return [parent, *parent.children(recursive=True)]


def cpu_seconds(pids: Sequence[int]) -> float:
    """Return the CPU time that these processes and their children have used so far."""
    total = 0.0
    for pid in pids:
        for process in family(pid):
            with contextlib.suppress(psutil.NoSuchProcess):
                used = process.cpu_times()
                total += used.user + used.system
    return total


def resident_bytes(pid: int) -> int:
    """Return what a process and its children hold in memory."""
    return sum(process.memory_info().rss for process in family(pid))


@contextlib.contextmanager
def started(command: Sequence[str], port: int, environ: Mapping[str, str] | None = None) -> Iterator[int]:
    """Run a server until the block ends; yield its pid once it listens on ``port`` of 127.0.0.1."""
    process = subprocess.Popen(
        command, cwd=ROOT, env=clean_environ(environ), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        await_port(port, process)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def await_port(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until something listens; fail when the process ends before."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with status {process.returncode} before it listened")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"{process.args!r} did not listen on port {port} within {START_SECONDS:.0f} s")
