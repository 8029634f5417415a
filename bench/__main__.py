"""``make bench``: start a system of its own, measure, print the table, keep everything as JSON."""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from importlib import import_module
from pathlib import Path

import psutil

from bench import measure, system
from bench.cases import Case, Effort
from bench.processes import ROOT

CASES = ("api", "login", "data", "hub", "messages", "files", "portals", "start")


def arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--requests", type=int, help="bulk requests in the database (default 200000)")
    parser.add_argument(
        "--quick", action="store_true", help="10,000 requests, short rounds: shows that all of it works"
    )
    parser.add_argument("--only", nargs="+", choices=CASES, default=list(CASES), metavar="CASE", help=", ".join(CASES))
    parser.add_argument("--rounds", type=int, help="rounds of each contender (default 3)")
    parser.add_argument("--seconds", type=float, help="seconds of each round (default 6)")
    parser.add_argument("--sockets", type=int, help="connections to the hub (default 1000)")
    parser.add_argument("--no-node", action="store_true", help="leave out the Node peer, which npm has to fetch once")
    parser.add_argument("--keep", type=Path, help="keep the system's home here, and use it again next time")
    parser.add_argument("--out", type=Path, help="the JSON file (default bench/results/<time>.json)")
    return parser.parse_args(argv)


def effort_of(chosen: argparse.Namespace) -> Effort:
    """Say how much to do."""
    base = Effort(rounds=3, seconds=1.0, sockets=100) if chosen.quick else Effort()
    return Effort(
        rounds=chosen.rounds or base.rounds,
        seconds=chosen.seconds or base.seconds,
        sockets=chosen.sockets or base.sockets,
        node=not chosen.no_node,
    )


def run(chosen: argparse.Namespace) -> int:
    """Measure what was chosen. A case that fails is told in the table and fails the run; the others are measured."""
    effort = effort_of(chosen)
    requests = chosen.requests or (10_000 if chosen.quick else 200_000)
    report = measure.Report(
        facts=measure.machine() | {"requests": requests, "rounds": effort.rounds, "quick": chosen.quick}
    )
    print(f"starting a system with {requests:,} requests", flush=True)
    with system.running(requests=requests, keep=chosen.keep) as running:
        for name in (case for case in CASES if case in chosen.only):
            print(f"measuring {name}", flush=True)
            measure_case: Case = import_module(f"bench.cases.{name}").run
            try:
                measure_case(running, report, effort)
            except Exception as error:  # noqa: BLE001 - the run goes on, and ends with status 1
                traceback.print_exc()
                report.problems[name] = f"{type(error).__name__}: {str(error)[:300]}"
    report.facts["load_after"] = [round(each, 2) for each in psutil.getloadavg()]
    out = chosen.out or ROOT / "bench" / "results" / f"{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}.json"
    report.write(out)
    print(f"\n{report.table()}\n\nwritten to {out}")
    return 1 if report.problems else 0


if __name__ == "__main__":
    sys.exit(run(arguments()))
