"""``flask sla …``: run the monitor by hand, and explain how a due date comes about."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import click
from flask.cli import AppGroup

from lers_web.commands.terminal import as_json, backend, plain_errors, show
from lers_web.domains.requests import service as requests
from lers_web.domains.sla import clock as sla_clock
from lers_web.domains.sla.calendar import DEFAULT_TIME_ZONE
from lers_web.domains.sla.service import make_calendar

DEFAULT_HOURS = "Mon-Fri 09:30-18:00"

sla = AppGroup("sla", help="The clock of service levels.")


@sla.command("run")
@as_json
@plain_errors
def run(*, json_: bool) -> None:
    """Warn, mark breaches and escalate now, as the job does every 15 minutes. Harmless to repeat."""
    with backend("worker") as opened:
        counts = requests.run_sla_monitor(opened)
    if json_:
        show(counts)
    else:
        click.echo(", ".join(f"{name.replace('_', ' ')} {count}" for name, count in counts.items()) or "nothing to do")


def _instant(text: str, zone: str) -> dt.datetime:
    """Read an ISO time; one without an offset is meant in the zone of the calendar."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is no ISO time such as 2026-10-01T16:00", param_hint="--start") from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(zone))
    return moment


@sla.command("explain", with_appcontext=False)
@click.option("--start", required=True, help="ISO time; without an offset it is local to --tz.")
@click.option("--hours", required=True, type=float, help="The promise, such as 24 or 8.5.")
@click.option("--business", is_flag=True, help="Count only while the provider is open.")
@click.option("--no-holidays", is_flag=True, help="Count on holidays too.")
@click.option("--hours-spec", default=DEFAULT_HOURS, show_default=True, help="When the provider is open.")
@click.option("--tz", "zone", default=DEFAULT_TIME_ZONE, show_default=True)
@click.option("--country", default="IN", show_default=True, help="Whose public holidays.")
@click.option("--state", help="Code of the state, such as MH.")
@as_json
@plain_errors
def explain(  # noqa: PLR0917 - the options of the contract
    start: str, hours: float, hours_spec: str, zone: str, country: str, state: str | None,
    *, business: bool, no_holidays: bool, json_: bool,
) -> None:  # fmt: skip
    """Work out a due date and say how. Needs no database and no running system."""
    calendar = make_calendar(
        hours=hours_spec, time_zone=zone, country=country, subdivision=state, holidays_affect=not no_holidays
    )
    try:
        explanation = sla_clock.due(_instant(start, zone), Decimal(str(hours)), calendar if business else None)
    except (ValueError, ArithmeticError) as error:
        raise click.ClickException(str(error)) from error
    told = sla_clock.explain_json(explanation)
    if json_:
        show(told)
        return
    local = ZoneInfo(zone)
    for step in explanation.steps:
        until = f"{step.end.astimezone(local):%a %Y-%m-%d %H:%M}" if step.end else "open"
        note = f"  {step.note}" if step.note else ""
        click.echo(f"{step.kind.value:<9} {step.start.astimezone(local):%a %Y-%m-%d %H:%M} – {until}{note}")
    if explanation.due is not None:
        click.echo(f"due       {explanation.due.astimezone(local):%a %Y-%m-%d %H:%M} {zone} ({told['due']})")
