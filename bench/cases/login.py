"""Sign-in against the Argon2 check alone, and what a storm of sign-ins does to everybody else's lists."""

from __future__ import annotations

from bench import client
from bench.cases import Effort
from bench.cases.api import REQUESTS
from bench.client import Call
from bench.limits import argon
from bench.measure import Report, Sample, in_turn, median
from bench.processes import cpu_seconds
from bench.system import System
from lers_web.demo.accounts import ACCOUNTS, PASSWORD, SHO

CONNECTIONS = 4


def run(system: System, report: Report, effort: Effort) -> None:
    """Measure sign-ins alone, then lists alone and during a storm."""
    settings = system.settings
    (web,) = system.pids("web")
    calls = [
        Call("POST", "/api/v1/auth/login/", {}, {"email": account.email, "password": PASSWORD}) for account in ACCOUNTS
    ]
    lists = [Call("GET", REQUESTS, system.bearer(SHO))]

    def product() -> Sample:
        before = cpu_seconds([web])
        seen = client.load(system.port, calls, connections=CONNECTIONS, seconds=effort.seconds)
        return {**seen, "cpu": (cpu_seconds([web]) - before) / seen["count"] * 1e6}

    def limit() -> Sample:
        return argon.rate(
            memory_kib=settings.argon2_memory_kib,
            time_cost=settings.argon2_time_cost,
            parallelism=settings.argon2_parallelism,
            processes=system.web_workers,
            seconds=effort.seconds,
        )

    def calm() -> Sample:
        return client.load(system.port, lists, connections=2, seconds=effort.seconds)

    def storm() -> Sample:
        storming = client.start(system.port, calls, connections=CONNECTIONS, seconds=effort.seconds)
        try:
            return client.load(system.port, lists, connections=2, seconds=effort.seconds)
        finally:
            client.finish(storming, effort.seconds)

    product()
    samples = in_turn({"lers": product, "limit": limit}, effort.rounds)
    disturbed = in_turn({"calm": calm, "storm": storm}, effort.rounds)
    report.samples["login"] = samples | disturbed
    against = f"Argon2 alone, {system.web_workers} processes"
    ours, theirs = samples["lers"], samples["limit"]
    report.add("login", "rate", "/s", median(ours, "rate"), median(theirs, "rate"), against=against, at_least=0.9)
    report.add("login", "web CPU", "us", median(ours, "cpu"), median(theirs, "cpu"), against=against, at_most=1.1)
    for figure, unit, bounds in (("rate", "/s", {"at_least": 0.5}), ("p99", "ms", {"at_most": 3.0})):
        report.add(
            "login", f"list {figure} in a storm", unit, median(disturbed["storm"], figure),
            median(disturbed["calm"], figure), against="calm", **bounds,
        )  # fmt: skip
