"""``flask keys …``: the keys of the key directory. Older ones stay, so that what they signed stays verifiable."""

from __future__ import annotations

from typing import Any

import click
from flask.cli import AppGroup

from lers_web.commands.terminal import as_json, plain_errors, settings, show, table
from lers_web.kernel.tokens import generate_key_dir

PURPOSES = ("access", "seal", "checkpoint")

keys = AppGroup("keys", help="Signing keys.")


def _all() -> list[dict[str, Any]]:
    directory = settings().key_dir
    found: list[dict[str, Any]] = []
    for purpose in PURPOSES:
        public = sorted((directory / "public").glob(f"{purpose}-*.pem"))
        private = sorted(directory.glob(f"{purpose}-*.pem"))
        for path in public:
            signing = bool(private) and private[-1].stem == path.stem
            found.append({"kid": path.stem, "purpose": purpose, "signs": signing})
    return found


@keys.command("generate")
@click.option("--purpose", type=click.Choice(PURPOSES), multiple=True, help="Default: every one that is missing.")
@as_json
@plain_errors
def generate(purpose: tuple[str, ...], *, json_: bool) -> None:
    """Make the keys that are missing: access tokens, the seal of approvals and responses, the log's checkpoints."""
    there = {key["purpose"] for key in _all() if key["signs"]}
    made = [generate_key_dir(settings().key_dir, name) for name in (purpose or PURPOSES) if name not in there]
    _tell(made, "All keys are there already. `flask keys rotate` makes new ones.", json_=json_)


@keys.command("rotate")
@click.option("--purpose", type=click.Choice(PURPOSES), multiple=True, help="Default: access.")
@as_json
@plain_errors
def rotate(purpose: tuple[str, ...], *, json_: bool) -> None:
    """Make a new key that signs from the next start of the processes on; the older ones still verify."""
    made = [generate_key_dir(settings().key_dir, name) for name in (purpose or ("access",))]
    _tell(made, "", json_=json_)
    if not json_:
        click.echo("Restart hub, workers and web, in this order, so that all know the key before it signs.")


def _tell(made: list[str], nothing: str, *, json_: bool) -> None:
    if json_:
        show({"made": made})
    else:
        click.echo("\n".join(f"made {kid}" for kid in made) or nothing)


@keys.command("status")
@as_json
@plain_errors
def status(*, json_: bool) -> None:
    """Show the keys; exit code 1 when one is missing."""
    found = _all()
    missing = [purpose for purpose in PURPOSES if not any(k["purpose"] == purpose and k["signs"] for k in found)]
    if json_:
        show({"keys": found, "missing": missing})
    else:
        table(found, ("kid", "purpose", "signs"))
    if missing:
        raise click.ClickException(f"No key for {', '.join(missing)}: run `flask keys generate`.")
