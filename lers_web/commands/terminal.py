"""What commands share: the way to the data as the operator, progress on a terminal, and exit codes.

Exit codes: 0 done, 1 the thing failed, 2 wrong usage. What fails says on stderr what to do.
"""

from __future__ import annotations

import functools
import getpass
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar

import click
import orjson
from flask import current_app
from sqlalchemy.exc import DBAPIError, OperationalError

from lers_web.config import Settings
from lers_web.kernel.actor import PLATFORM_TENANT_ID, SYSTEM_USER_ID, Actor, Source
from lers_web.kernel.errors import Invalid, LersError
from lers_web.kernel.permissions import Role, permissions_of
from lers_web.kernel.ports import Backend
from lers_web.kernel.uow import UnitOfWork, unit_of_work

P = ParamSpec("P")
R = TypeVar("R")

NO_SETTINGS = (
    "This command needs a running system. Start one with `make up`, or set LERS_ENV and the other settings of"
    " .env.example."
)
as_json = click.option("--json", "json_", is_flag=True, help="Print JSON for machines.")


def settings() -> Settings:
    """Return the settings, or stop with what to do where there are none."""
    found: Settings = current_app.config["LERS_SETTINGS"]
    if not found.evidence_key:
        raise click.ClickException(NO_SETTINGS)
    return found


@contextmanager
def backend(role: str = "ops") -> Iterator[Backend]:
    """Open the data as one of the database's roles: ``ops`` for the operator, ``worker`` for what a job does."""
    found = settings()
    url = getattr(found, f"{role}_database_url")
    if not url:
        raise click.ClickException(f"LERS_{role.upper()}_DATABASE_URL is not set: this command works as that role.")
    opened = Backend.connect(found, url, application="lers-cli")
    try:
        yield opened
    finally:
        opened.engine.dispose()


def operator() -> Actor:
    """Return who acts: whoever sits at the machine, with the rights of an administrator, named in the trail."""
    try:
        account = getpass.getuser()
    except (KeyError, OSError):
        account = "unknown"
    return Actor(
        user_id=SYSTEM_USER_ID,
        tenant_id=PLATFORM_TENANT_ID,
        role=Role.SUPER_ADMIN,
        permissions=permissions_of(Role.SUPER_ADMIN),
        email=f"cli:{account}",
        name="Command line",
        source=Source(user_agent="flask"),
    )


@contextmanager
def operating() -> Iterator[UnitOfWork]:
    """Open a unit of work as the operator."""
    with backend() as opened, unit_of_work(opened, operator()) as uow:
        yield uow


def plain_errors(command: Callable[P, R]) -> Callable[P, R]:
    """Turn expected failures into one line on stderr and exit code 1."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except Invalid as error:
            lines = [f"{name}: {text}" for name, texts in error.errors.items() for text in texts]
            raise click.ClickException("\n".join(lines) or error.detail) from error
        except LersError as error:
            raise click.ClickException(error.detail) from error
        except OperationalError as error:
            raise click.ClickException(f"The database does not answer: {error.orig}") from error
        except DBAPIError as error:
            raise click.ClickException(f"The database refuses: {error.orig}") from error

    return wrapped


def show(data: Any) -> None:
    """Print JSON for machines."""
    click.echo(orjson.dumps(data, option=orjson.OPT_UTC_Z | orjson.OPT_INDENT_2).decode())


def table(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> None:
    """Print rows in columns as wide as they need."""
    texts = [[str(row.get(column) if row.get(column) is not None else "") for column in columns] for row in rows]
    widths = [max(len(line[i]) for line in [list(columns), *texts]) for i in range(len(columns))]
    for line in [[column.upper().replace("_", " ") for column in columns], *texts]:
        click.echo("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip())


@contextmanager
def progress(length: int, label: str) -> Iterator[Callable[[int], None]]:
    """Show a bar on a terminal, nothing elsewhere; yields a function that is told how many more are done."""
    if not sys.stderr.isatty():
        yield lambda _count: None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield bar.update


@contextmanager
def progress_of(label: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar whose length is learnt on the way: the function is told how many are done, and of how many."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def told(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield told
