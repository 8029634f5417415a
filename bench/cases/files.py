"""Uploads: bytes through the API into the encrypted store, against hashing and encrypting the same bytes alone."""

from __future__ import annotations

import hashlib
import os
import time

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bench.cases import Effort
from bench.measure import Report, Sample, in_turn, median
from bench.processes import resident_bytes
from bench.system import System
from lers_web.demo.accounts import NODAL

SIZE = 48 * 2**20
SIZE_QUICK = 4 * 2**20
SEGMENT = 256 * 2**10
ROW = b"+919800000000,+919800000001,2026-09-01T10:00:00Z,61,OUT,404-20-1234-5678\n"


def run(system: System, report: Report, effort: Effort) -> None:
    """Measure megabytes a second, and what the web processes grow by."""
    size = SIZE if effort.seconds > 2 else SIZE_QUICK
    content = (ROW * (size // len(ROW) + 1))[:size].rsplit(b"\n", 1)[0] + b"\n"
    (web,) = system.pids("web")

    def product() -> Sample:
        announced = system.call(
            "POST", "/api/v1/lers/files/", email=NODAL,
            body={"filename": "cdr.csv", "size": len(content), "media_type": "text/csv", "purpose": "RESPONSE"},
        )  # fmt: skip
        before, start = resident_bytes(web), time.perf_counter()
        system.call("PUT", announced["upload_url"], raw=content, email=NODAL, headers={"Content-Type": "text/csv"})
        took = time.perf_counter() - start
        return {"rate": len(content) / took / 1e6, "growth": (resident_bytes(web) - before) / 2**20}

    def limit() -> Sample:
        start = time.perf_counter()
        key, short, long = AESGCM(os.urandom(32)), hashlib.sha256(), hashlib.sha512()
        for at in range(0, len(content), SEGMENT):
            part = content[at : at + SEGMENT]
            short.update(part)
            long.update(part)
            key.encrypt(os.urandom(12), part, None)
        return {"rate": len(content) / (time.perf_counter() - start) / 1e6}

    product()
    samples = in_turn({"lers": product, "limit": limit}, effort.rounds)
    report.samples["files"] = samples
    ours = median(samples["lers"], "rate")
    note = f"{len(content) / 2**20:.0f} MiB, to the store, before the scanner"
    report.add("files", "upload", "MB/s", ours, at_least=200, note=note)
    report.add(
        "files", "upload", "MB/s", ours, median(samples["limit"], "rate"), against="SHA-256, SHA-512, AES-GCM alone"
    )
    report.add("files", "web memory growth", "MiB", median(samples["lers"], "growth"), note="of all web processes")
