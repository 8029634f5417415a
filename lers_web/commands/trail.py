"""``flask audit …``: verify chains and tree, sign a checkpoint by hand, and export with proofs."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from pathlib import Path
from uuid import UUID

import click
from flask.cli import AppGroup

from lers_web.commands.terminal import as_json, backend, operating, operator, plain_errors, progress, progress_of, show
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


def _moment(_context: click.Context, option: click.Parameter, value: str | None) -> dt.datetime | None:
    """Read an ISO time; one without an offset is meant in UTC."""
    if value is None:
        return None
    try:
        moment = dt.datetime.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no ISO time such as 2026-10-01T00:00Z", param=option) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


@audit.command("export")
@click.option("--request", "request_id", type=click.UUID, help="The entries of one request (its id).")
@click.option("--from", "since", callback=_moment, help="The entries from this ISO time on (UTC without an offset)…")
@click.option("--to", "until", callback=_moment, help="… up to this one, not included.")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The ZIP to make.")
@as_json
@plain_errors
def export(
    request_id: UUID | None, since: dt.datetime | None, until: dt.datetime | None, output: Path, *, json_: bool
) -> None:
    """Export entries with proofs, the signed checkpoint, and a verifier that needs only Python.

    Prints the log's key: keep it elsewhere, since whoever verifies the export starts from it.
    """
    if output.exists():
        raise click.BadParameter(f"{output} is there already: choose another name.", param_hint="--output")
    if not output.absolute().parent.is_dir():
        raise click.BadParameter(f"{output.absolute().parent} is no directory.", param_hint="--output")
    scope = service.Scope(request_id=request_id, since=since, until=until)
    with backend() as opened, progress_of("Exporting") as told:
        read = 0

        def leaves(count: int, size: int) -> None:
            nonlocal read
            read += count
            told(read, size)

        made = service.export(opened, operator(), scope, output.absolute(), leaves)
    if json_:
        show(asdict(made))
    else:
        click.echo(f"{made.entries} entries, proved under the root over {made.size}: {output}")
        click.echo(f"Verify it by: python3 -I verify.py {output} --vkey '{made.vkey}'")
