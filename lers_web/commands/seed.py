"""``flask seed …``: the demo system, and bulk data for benchmarks. Both are refused in production."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from lers_web.commands.terminal import as_json, plain_errors, progress, settings, show
from lers_web.demo import bulk
from lers_web.demo.seed import seed_demo

seed = AppGroup("seed", help="Demo and benchmark data; never in production.")


def _refuse_production() -> None:
    if settings().production:
        raise click.ClickException("Demo data does not exist in production: LERS_ENV is production here.")


@seed.command("demo")
@as_json
@plain_errors
def demo(*, json_: bool) -> None:
    """Load the demo accounts with about 60 requests of the last 90 days. Once loaded, it changes nothing."""
    _refuse_production()
    with progress(100, "Demo data") as told:
        counts = seed_demo(settings(), told)
    if json_:
        show(counts)
    elif counts["already_there"]:
        click.echo("The demo data is there already.")
    else:
        click.echo(f"The demo data is there: {counts['users']} people, {counts['requests']} requests.")


@seed.command("load")
@click.option("--requests", "count", type=click.IntRange(1, 10_000_000), required=True, help="How many to add.")
@as_json
@plain_errors
def load(count: int, *, json_: bool) -> None:
    """Add synthetic requests with their identifiers in bulk (COPY), spread over the demo's tenants and people."""
    _refuse_production()
    with progress(count, "Requests") as told:
        result = bulk.load(settings(), count, told)
    if json_:
        show(result)
    else:
        click.echo(f"{result['requests']} requests, {result['identifiers']} identifiers in {result['seconds']} s.")
