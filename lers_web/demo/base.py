"""The ground of the demo: tenants, people, rules, promises. Each is made once, by the person whose work it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import text

from lers_web.config import Settings
from lers_web.demo import accounts as a
from lers_web.demo import catalog as c
from lers_web.domains.authority import service as authority
from lers_web.domains.catalog import service as catalog
from lers_web.domains.identity import service as identity
from lers_web.domains.sla import profile as sla_profile
from lers_web.kernel import clock
from lers_web.kernel.actor import PLATFORM_TENANT_ID, SYSTEM_USER_ID, Actor, Source, system_actor
from lers_web.kernel.permissions import Role, permissions_of
from lers_web.kernel.ports import Backend
from lers_web.kernel.uow import UnitOfWork, unit_of_work

HISTORY_DAYS = 90
WITHOUT_SECOND_FACTOR = {"mfa_required": False}
"""A laptop has no authenticator app at hand: production demands one, the demo does not."""
SOURCE = Source(ip="127.0.0.1", user_agent="demo")
RULES: tuple[tuple[str, str | None, tuple[str, ...]], ...] = (
    (a.MUMBAI, "CDR", ("SHO", "DSP")),
    (a.MUMBAI, None, ("SHO",)),
    (a.BENGALURU, None, ("SP",)),
)


@dataclass(slots=True)
class World:
    """Everybody and everything that stories are told about."""

    settings: Settings
    backend: Backend
    tenants: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, Actor] = field(default_factory=dict)
    items: dict[str, UUID] = field(default_factory=dict)
    providers: dict[str, str] = field(default_factory=dict)  # catalog item -> code of its provider
    made: int = 0

    @property
    def names(self) -> dict[str, str]:
        """Names of tenants by code."""
        return {tenant.code: tenant.name for tenant in a.TENANTS}

    @property
    def officers(self) -> dict[str, list[Actor]]:
        """Officers by the code of their agency."""
        found: dict[str, list[Actor]] = {}
        for account in a.ACCOUNTS:
            if account.role is Role.IO:
                found.setdefault(account.tenant, []).append(self.people[account.email])
        return found

    @contextmanager
    def acting(self, email: str) -> Iterator[UnitOfWork]:
        """Open a unit of work as one of the demo's people."""
        with unit_of_work(self.backend, self.people[email]) as uow:
            yield uow


@contextmanager
def opened(settings: Settings) -> Iterator[World]:
    """Open the demo's world, ground and all, and give its connections back."""
    if settings.production:
        raise RuntimeError("the demo does not exist in production")
    world = World(settings, Backend.connect(settings, settings.database_url, application="lers-demo"))
    try:
        with before_history(settings):
            _build(world)
        yield world
    finally:
        world.backend.engine.dispose()


@contextmanager
def before_history(settings: Settings) -> Iterator[None]:
    """Set the clock to a day before the first story."""
    with clock.at(clock.now() - dt.timedelta(days=HISTORY_DAYS + 5), settings):
        yield


def _build(world: World) -> None:
    _tenants(world)
    _people(world)
    _rules(world)
    for code in c.ITEMS:
        _provider(world, code)


def _installer() -> Actor:
    """Return who adds the first administrator."""
    return Actor(
        user_id=SYSTEM_USER_ID,
        tenant_id=PLATFORM_TENANT_ID,
        role=Role.SUPER_ADMIN,
        permissions=permissions_of(Role.SUPER_ADMIN),
        email="demo",
        name="Demo set-up",
        source=SOURCE,
    )


def _relax_an_older_platform(uow: UnitOfWork) -> None:
    """A platform that an older release made says nothing of second factors, which demands one."""
    said = text("SELECT jsonb_exists(policy, 'mfa_required') FROM app.tenants WHERE id = :id")
    if not uow.session.scalar(said, {"id": PLATFORM_TENANT_ID}):
        identity.update_tenant(uow, PLATFORM_TENANT_ID, {"policy": WITHOUT_SECOND_FACTOR}, expected_version=None)


def _tenants(world: World) -> None:
    with unit_of_work(world.backend, _installer()) as uow:
        uow.session.execute(text("SELECT pg_advisory_xact_lock(5377202)"))  # two set-ups at once: one after the other
        identity.ensure_platform(uow, WITHOUT_SECOND_FACTOR)
        _relax_an_older_platform(uow)
        known: dict[str, UUID] = {
            row.code: row.id for row in uow.session.execute(text("SELECT code, id FROM app.tenants"))
        }
        for tenant in a.TENANTS:
            if tenant.code not in known:
                data = {
                    "name": tenant.name,
                    "type": tenant.type,
                    "code": tenant.code,
                    "policy": WITHOUT_SECOND_FACTOR,
                }
                known[tenant.code] = identity.create_tenant(uow, data)
            world.tenants[tenant.code] = known[tenant.code]


def _people(world: World) -> None:
    hashed: str | None = None
    for account in a.ACCOUNTS:
        with unit_of_work(world.backend, world.people.get(a.ADMIN) or _installer()) as uow:
            user_id = identity.find_user(uow, account.email)
            if user_id is None:
                hashed = hashed or identity.make_hash(world.settings, a.PASSWORD)
                user_id = identity.create_user(
                    uow,
                    {
                        "email": account.email, "full_name": account.name, "role": account.role, "rank": account.rank,
                        "tenant_id": world.tenants[account.tenant], "is_tenant_admin": account.is_tenant_admin,
                        "unit": account.unit,
                    },
                )  # fmt: skip
                identity.set_demo_password(uow, user_id, hashed)
                world.made += 1
        with unit_of_work(world.backend, system_actor(world.tenants[account.tenant])) as uow:
            world.people[account.email] = identity.actor_of(uow.session, user_id, SOURCE)


def _rules(world: World) -> None:
    for code, request_type, ranks in RULES:
        tenant_id = world.tenants[code]
        with world.acting(a.ADMIN) as uow:
            there = uow.session.scalar(
                text(
                    "SELECT count(*) FROM app.authority_rule WHERE tenant_id = :tenant AND NOT is_deleted"
                    " AND request_type IS NOT DISTINCT FROM :type"
                ),
                {"tenant": tenant_id, "type": request_type},
            )
            if not there:
                levels = [{"level": number, "min_rank": rank} for number, rank in enumerate(ranks, start=1)]
                authority.create_rule(uow, {"tenant_id": tenant_id, "request_type": request_type, "levels": levels})


def _nodal(code: str) -> str:
    return next(account.email for account in a.ACCOUNTS if account.tenant == code and account.is_tenant_admin)


def _provider(world: World, code: str) -> None:
    """Let a provider's nodal officer write the profile and offer the items that are not there yet."""
    tenant_id = world.tenants[code]
    with world.acting(_nodal(code)) as uow:
        known: dict[str, Any] = {
            row.name: row.id
            for row in uow.session.execute(
                text(
                    "SELECT name, id FROM app.lers_provider_data_catalog"
                    " WHERE provider_tenant_id = :tenant AND NOT is_deleted"
                ),
                {"tenant": tenant_id},
            )
        }
        profile = uow.session.scalar(
            text("SELECT count(*) FROM app.lers_provider_service_profile WHERE provider_tenant_id = :tenant"),
            {"tenant": tenant_id},
        )
        if not profile:
            sla_profile.save_profile(uow, tenant_id, c.PROFILES[code], expected_version=None)
        for item in c.ITEMS[code]:
            if item["name"] not in known:
                known[item["name"]] = catalog.create_item(uow, item).id
            world.items[item["name"]] = known[item["name"]]
            world.providers[item["name"]] = code
