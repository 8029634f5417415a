"""``flask audit …``: verify chains and tree, and sign a checkpoint by hand."""

from __future__ import annotations

from dataclasses import asdict

import click
from flask.cli import AppGroup

from lers_web.commands.terminal import as_json, backend, operating, plain_errors, progress, show
from lers_web.domains.audit import service

audit = AppGroup("audit", help="The audit trail.")


@audit.command("verify")
@click.option("--chain", help="Only this tenant's chain (its id).")
@as_json
@plain_errors
def verify(chain: str | None, *, json_: bool) -> None:
    """Verify the chains, and the tree over them against its signed checkpoints.

    Exit code 1 when anything was changed, removed, reordered or cut off.
    """
    with operating() as uow, progress(service.expected_entries(uow, chain), "Verifying") as told:
        report = service.verify_chains(uow, chain, told)
    if json_:
        show(
            {
                "ok": report.ok,
                "entries": report.entries,
                "chains": report.chains,
                "leaves": report.leaves,
                "checkpoints": report.checkpoints,
                "unsigned": report.unsigned,
                "problem_count": report.problem_count,
                "problems": [asdict(problem) for problem in report.problems],
            }
        )
    else:
        for problem in report.problems:
            where = (
                f"log, leaf {problem.seq}"
                if problem.chain == service.LOG
                else (f"chain {problem.chain}, entry {problem.seq}")
            )
            click.echo(f"{where}: {problem.message}", err=True)
        verdict = "intact" if report.ok else f"NOT intact, {report.problem_count} problems"
        signed = f", {report.leaves} leaves under {report.checkpoints} checkpoints" if chain is None else ""
        click.echo(f"{report.entries} entries in {report.chains} chains{signed}: {verdict}.")
    if not report.ok:
        raise SystemExit(1)


@audit.command("checkpoint")
@as_json
@plain_errors
def checkpoint(*, json_: bool) -> None:
    """Sign a checkpoint over all entries now, as the job does each minute; exit code 1 when the log is not intact."""
    with backend("worker") as opened:
        made = service.make_checkpoint(opened)
    if json_:
        show(asdict(made))
    else:
        click.echo(made.note, nl=False)
