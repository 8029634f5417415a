"""The Argon2id check alone, in as many processes as the web server has: what a sign-in cannot be faster than."""

from __future__ import annotations

import json
import subprocess
import sys
import time

from argon2 import PasswordHasher

from bench.processes import ROOT


def rate(*, memory_kib: int, time_cost: int, parallelism: int, processes: int, seconds: float) -> dict[str, float]:
    """Return checks per second over ``processes`` at once, and the milliseconds that one took."""
    command = [sys.executable, "-m", "bench.limits.argon", *map(str, (memory_kib, time_cost, parallelism, seconds))]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) for _ in range(processes)]
    seen = []
    for process in running:
        out, _ = process.communicate(timeout=seconds + 60)
        if process.returncode != 0:
            raise RuntimeError(f"the Argon2 loop ended with status {process.returncode}")
        seen.append(json.loads(out))
    return {
        "rate": sum(each["rate"] for each in seen),
        "p50": sum(each["p50"] for each in seen) / len(seen),
        "cpu": sum(each["cpu"] for each in seen) / len(seen),
    }


def main() -> None:
    """Check one password until the time is up."""
    memory, cost, lanes = (int(text) for text in sys.argv[1:4])
    hasher = PasswordHasher(time_cost=cost, memory_cost=memory, parallelism=lanes)
    stored = hasher.hash("a password of the benchmark")
    durations = []
    began, used = time.perf_counter(), time.process_time()
    until = began + float(sys.argv[4])
    while time.perf_counter() < until:
        start = time.perf_counter()
        hasher.verify(stored, "a password of the benchmark")
        durations.append(time.perf_counter() - start)
    took = time.perf_counter() - began
    cpu = (time.process_time() - used) / len(durations) * 1e6
    durations.sort()
    print(json.dumps({"rate": len(durations) / took, "p50": durations[len(durations) // 2] * 1000, "cpu": cpu}))


if __name__ == "__main__":
    main()
