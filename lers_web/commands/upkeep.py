"""``flask files …``, ``flask metrics …`` and ``flask openapi …``: upkeep that an operator asks for."""

from __future__ import annotations

from pathlib import Path

import click
import orjson
from flask.cli import AppGroup

from lers_web.commands.terminal import as_json, backend, plain_errors, progress_of, show
from lers_web.domains.files import scanning
from lers_web.domains.requests import service as requests
from lers_web.extensions import api
from lers_web.kernel.matrix import as_markdown, read_matrix

files = AppGroup("files", help="Files.")
metrics = AppGroup("metrics", help="Figures.")
openapi = AppGroup("openapi", help="The document of the API.")
permissions = AppGroup("permissions", help="The permission matrix.")


@files.command("rescan")
@click.option("--all", "everything", is_flag=True, help="Also those that were settled, as after new signatures.")
@as_json
@plain_errors
def rescan(*, everything: bool, json_: bool) -> None:
    """Look again through files that wait or could not be scanned."""
    with backend("worker") as opened, progress_of("Scanning") as told:
        counts = scanning.rescan(opened, everything=everything, progress=told)
    if json_:
        show(counts)
    else:
        click.echo(", ".join(f"{name} {count}" for name, count in counts.items()) or "no file waits")


@metrics.command("recompute")
@as_json
@plain_errors
def recompute(*, json_: bool) -> None:
    """Work the figures of providers and catalog items out again from the stored facts."""
    with backend("worker") as opened:
        count = requests.recompute_metrics(opened)
    if json_:
        show({"providers": count})
    else:
        click.echo(f"The figures of {count} providers are counted anew.")


@openapi.command("write")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def write(file: Path) -> None:
    """Write the OpenAPI document. The same code always gives the same bytes."""
    document = orjson.dumps(
        api.spec.to_dict(), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS
    )
    try:
        file.write_bytes(document + b"\n")
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}.") from error
    click.echo(f"{file}: {len(document)} bytes")


@permissions.command("write")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def write_permissions(file: Path) -> None:
    """Write the permission matrix as a Markdown table. The same matrix always gives the same bytes."""
    matrix = read_matrix()
    try:
        file.write_text(as_markdown(matrix), encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}.") from error
    click.echo(f"{file}: {len(matrix.rows)} operations")
