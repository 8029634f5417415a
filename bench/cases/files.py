"""Uploads: bytes through the API into the encrypted store, against the same bytes put into the bare store."""

from __future__ import annotations

import io
import time

from minio import Minio

from bench.cases import Effort
from bench.measure import Report, Sample, in_turn, median
from bench.processes import cpu_seconds, resident_bytes
from bench.system import System
from lers_web.demo.accounts import NODAL
from lers_web.kernel.ids import new_id

SIZE = 48 * 2**20
SIZE_QUICK = 4 * 2**20
ROW = b"+919800000000,+919800000001,2026-09-01T10:00:00Z,61,OUT,404-20-1234-5678\n"


def run(system: System, report: Report, effort: Effort) -> None:
    """Measure megabytes a second, what they cost the web processes, and what these grow by."""
    size = SIZE if effort.seconds > 2 else SIZE_QUICK
    content = (ROW * (size // len(ROW) + 1))[:size].rsplit(b"\n", 1)[0] + b"\n"
    settings = system.settings
    (web,) = system.pids("web")
    store = Minio(
        settings.s3_endpoint, access_key=settings.s3_access_key, secret_key=settings.s3_secret_key, secure=False,
        region=settings.s3_region,
    )  # fmt: skip

    def product() -> Sample:
        announced = system.call(
            "POST", "/api/v1/lers/files/", email=NODAL,
            body={"filename": "cdr.csv", "size": len(content), "media_type": "text/csv", "purpose": "RESPONSE"},
        )  # fmt: skip
        before, used, start = resident_bytes(web), cpu_seconds([web]), time.perf_counter()
        system.call("PUT", announced["upload_url"], raw=content, email=NODAL, headers={"Content-Type": "text/csv"})
        took = time.perf_counter() - start
        return {
            "rate": len(content) / took / 1e6,
            "pipeline": len(content) / max(cpu_seconds([web]) - used, 0.01) / 1e6,  # a tick of the kernel's clock
            "growth": (resident_bytes(web) - before) / 2**20,
        }

    def bare() -> Sample:
        key, start = f"bench/{new_id()}", time.perf_counter()
        store.put_object(settings.s3_bucket, key, io.BytesIO(content), len(content), part_size=5 * 2**20)
        took = time.perf_counter() - start
        store.remove_object(settings.s3_bucket, key)
        return {"rate": len(content) / took / 1e6}

    product()
    samples = in_turn({"lers": product, "store": bare}, effort.rounds)
    report.samples["files"] = samples
    ours, note = samples["lers"], f"{len(content) / 2**20:.0f} MiB, before the scanner"
    report.add(
        "files", "upload", "MB/s", median(ours, "rate"), median(samples["store"], "rate"), against="the bare store",
        at_least=0.6, note=note,
    )  # fmt: skip
    report.add(
        "files", "a CPU second of web", "MB/s", median(ours, "pipeline"), at_least=200, note="hash, encrypt, send"
    )
    report.add("files", "web memory growth", "MiB", median(ours, "growth"), note="of all web processes")
