"""``flask tenants …`` and ``flask users …``: what an operator does before anybody can sign in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import click
from flask.cli import AppGroup

from lers_web.commands.terminal import as_json, operating, plain_errors, show, table
from lers_web.domains.identity import reads, service
from lers_web.domains.identity.states import RANKS
from lers_web.kernel.actor import PLATFORM_TENANT_ID
from lers_web.kernel.paging import MAX_LIMIT, Page
from lers_web.kernel.permissions import Role, TenantType
from lers_web.kernel.uow import UnitOfWork

tenants = AppGroup("tenants", help="Agencies and providers.")
users = AppGroup("users", help="People.")

_KINDS = [TenantType.LAW_ENFORCEMENT.value, TenantType.PROVIDER.value]
_ROLES = [role.value for role in Role if role is not Role.SYSTEM]


def _every(read: Any, uow: UnitOfWork, filters: dict[str, Any]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        page = read(uow, filters, Page(limit=MAX_LIMIT, cursor=cursor, sort="name"))
        items += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return items


def _tenant(uow: UnitOfWork, named: str) -> UUID:
    """Find a tenant by its code or id."""
    for item in _every(reads.list_tenants, uow, {}):
        if named.upper() == item["code"] or named.lower() == str(item["id"]):
            found: UUID = item["id"]
            return found
    raise click.ClickException(f"There is no tenant {named!r}. See `flask tenants list`.")


def _user(uow: UnitOfWork, email: str) -> dict[str, Any]:
    user_id = service.find_user(uow, email)
    if user_id is None:
        raise click.ClickException(f"There is no user {email!r}. See `flask users list`.")
    return reads.one_user(uow, user_id)


@tenants.command("create")
@click.option("--name", required=True, help="As people read it.")
@click.option("--type", "kind", type=click.Choice(_KINDS), required=True)
@click.option("--code", required=True, help="2 to 12 capital letters and digits; stands in request numbers for ever.")
@click.option("--parent", help="Code or id of the tenant above.")
@as_json
@plain_errors
def create_tenant(name: str, kind: str, code: str, parent: str | None, *, json_: bool) -> None:
    """Add a tenant."""
    if not (code.isascii() and code.isalnum() and code.isupper() and 2 <= len(code) <= 12):  # noqa: PLR2004 - as the API
        raise click.BadParameter("use 2 to 12 capital letters and digits", param_hint="--code")
    with operating() as uow:
        service.ensure_platform(uow)
        parent_id = _tenant(uow, parent) if parent else None
        tenant_id = service.create_tenant(uow, {"name": name, "type": kind, "code": code, "parent_id": parent_id})
    if json_:
        show({"id": tenant_id, "name": name, "type": kind, "code": code})
    else:
        click.echo(f"{name} ({code}) is there: {tenant_id}")


@tenants.command("list")
@as_json
@plain_errors
def list_tenants(*, json_: bool) -> None:
    """Show all tenants."""
    with operating() as uow:
        items = _every(reads.list_tenants, uow, {})
    if json_:
        show(items)
    else:
        table(items, ("code", "name", "type", "is_active", "id"))


@users.command("create")
@click.argument("email")
@click.option("--name", required=True, help="Full name.")
@click.option("--role", type=click.Choice(_ROLES), required=True)
@click.option("--tenant", help="Code or id of the tenant; administrators belong to the platform.")
@click.option("--rank", help=f"Approvers need one of {', '.join(RANKS)}.")
@click.option("--tenant-admin", is_flag=True, help="Manages the people and settings of the tenant.")
@as_json
@plain_errors
def create_user(
    email: str, name: str, role: str, tenant: str | None, rank: str | None, *, tenant_admin: bool, json_: bool
) -> None:
    """Add a person and print the link by which they set their password: once, within three days."""
    if tenant is None and role != Role.SUPER_ADMIN:
        raise click.UsageError(f"Say to which tenant this {role} belongs: --tenant CODE.")
    with operating() as uow:
        service.ensure_platform(uow)
        tenant_id = _tenant(uow, tenant) if tenant else PLATFORM_TENANT_ID
        data = {
            "email": email, "full_name": name, "role": role, "rank": rank,
            "tenant_id": tenant_id, "is_tenant_admin": tenant_admin,
        }  # fmt: skip
        invited = service.invite(uow, service.create_user(uow, data))
    _tell_invitation(invited, json_=json_)


def _tell_invitation(invited: service.Invited, *, json_: bool) -> None:
    if json_:
        show({"email": invited.email, "invitation": invited.link, "expires_at": invited.expires_at})
    else:
        click.echo(f"{invited.email} can set a password until {invited.expires_at:%Y-%m-%d %H:%M} UTC:")
        click.echo(invited.link)


@users.command("invite")
@click.argument("email")
@as_json
@plain_errors
def invite(email: str, *, json_: bool) -> None:
    """Print a new invitation link for a person who has no password yet; older links stop working."""
    with operating() as uow:
        invited = service.invite(uow, _user(uow, email)["id"])
    _tell_invitation(invited, json_=json_)


@users.command("disable")
@click.argument("email")
@plain_errors
def disable(email: str) -> None:
    """Deactivate a person; their sessions end at once."""
    with operating() as uow:
        user = _user(uow, email)
        service.deactivate_user(uow, user["id"], expected_version=None)
    click.echo(f"{user['email']} is deactivated; their sessions have ended.")


@users.command("enable")
@click.argument("email")
@plain_errors
def enable(email: str) -> None:
    """Reactivate a person."""
    with operating() as uow:
        user = _user(uow, email)
        service.update_user(uow, user["id"], {"is_active": True}, expected_version=None)
    click.echo(f"{user['email']} is active.")


@users.command("unlock")
@click.argument("email")
@plain_errors
def unlock(email: str) -> None:
    """Forget the failed sign-ins of a person."""
    with operating() as uow:
        user = _user(uow, email)
        count = service.unlock(uow.session, user["email"].lower())
        uow.audit("auth:unlock", "user", user["id"], change={"counters": count})
    click.echo(f"{user['email']} can sign in: {count} counters of failures forgotten.")


@users.command("reset-mfa")
@click.argument("email")
@plain_errors
def reset_mfa(email: str) -> None:
    """Remove the second factor of a person who lost it; their sessions end at once."""
    with operating() as uow:
        user = _user(uow, email)
        removed = service.reset_mfa(uow, user["id"])
    if removed:
        click.echo(f"{user['email']} signs in by password alone, and sets up a new authenticator app after it.")
    else:
        click.echo(f"{user['email']} has no second factor: nothing was changed.")


@users.command("list")
@click.option("--tenant", help="Code or id of a tenant.")
@as_json
@plain_errors
def list_users(tenant: str | None, *, json_: bool) -> None:
    """Show people."""
    with operating() as uow:
        items = _every(reads.list_users, uow, {"tenant_id": _tenant(uow, tenant) if tenant else None})
    if json_:
        show(items)
    else:
        rows = [{**item, "tenant": item["tenant"]["code"]} for item in items]
        table(rows, ("email", "name", "role", "rank", "tenant", "state"))
