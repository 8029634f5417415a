"""``flask audit verify``: recompute every link of every chain, and compare each end with its head."""

from __future__ import annotations

from dataclasses import asdict

import click
from flask.cli import AppGroup

from lers_web.commands.terminal import as_json, operating, plain_errors, progress, show
from lers_web.domains.audit import service

audit = AppGroup("audit", help="The audit trail.")


@audit.command("verify")
@click.option("--chain", help="Only this tenant's chain (its id).")
@as_json
@plain_errors
def verify(chain: str | None, *, json_: bool) -> None:
    """Verify the chains; exit code 1 when anything was changed, removed, reordered or cut off."""
    with operating() as uow, progress(service.expected_entries(uow, chain), "Verifying") as told:
        report = service.verify_chains(uow, chain, told)
    if json_:
        show(
            {
                "ok": report.ok,
                "entries": report.entries,
                "chains": report.chains,
                "problem_count": report.problem_count,
                "problems": [asdict(problem) for problem in report.problems],
            }
        )
    else:
        for problem in report.problems:
            click.echo(f"chain {problem.chain}, entry {problem.seq}: {problem.message}", err=True)
        verdict = "intact" if report.ok else f"NOT intact, {report.problem_count} problems"
        click.echo(f"{report.entries} entries in {report.chains} chains: {verdict}.")
    if not report.ok:
        raise SystemExit(1)
