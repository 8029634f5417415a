"""The hub's way to PostgreSQL: blocking use cases in a few threads of their own, never on the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar
from uuid import UUID

from sqlalchemy import text

from lers_web.config import Settings
from lers_web.domains.identity.service import load_actor
from lers_web.kernel import walls
from lers_web.kernel.actor import Actor, Source, system_actor
from lers_web.kernel.db import ActorSession
from lers_web.kernel.ports import Backend
from lers_web.kernel.tokens import Claims
from lers_web.kernel.uow import UnitOfWork, unit_of_work

THREADS = 4

P = ParamSpec("P")
T = TypeVar("T")


class Standing(NamedTuple):
    """What the person of a living session is: their rights hang on it, and whether they may be here at all."""

    role: str
    is_tenant_admin: bool
    mfa_enrolment_required: bool


class Database:
    """Units of work for the event loop, under the hub's own role."""

    def __init__(self, settings: Settings) -> None:
        self.backend = Backend.connect(settings, settings.hub_database_url, application="lers-hub", pool_size=THREADS)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="lers-hub-db")

    async def run(
        self, actor: Actor, work: Callable[Concatenate[UnitOfWork, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run one use case in a transaction of its own, for one actor."""

        def call() -> T:
            with unit_of_work(self.backend, actor) as uow:
                return work(uow, *args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(self._threads, call)

    async def actor(self, claims: Claims, source: Source) -> Actor:
        """Return whom a good token stands for; raise ``NotAuthenticated`` when the session is over."""

        def call() -> Actor:
            # The signed token names the tenant whose rows may be looked at; whether the session lives, the rows say.
            provisional = replace(system_actor(claims.tenant_id, source), user_id=claims.user_id)
            with ActorSession(self.backend.engine, provisional) as session:
                return load_actor(session, claims, source, touch=False)

        return await asyncio.get_running_loop().run_in_executor(self._threads, call)

    async def living(self, sessions: list[UUID]) -> dict[UUID, Standing]:
        """Return those of these sessions that live, with what their person is now."""
        return await self.run(system_actor(), _living, sessions)

    async def ping(self) -> bool:
        """Whether the database answers."""
        return await self.run(system_actor(), _ping)

    async def open_walls(self) -> list[str]:
        """Say what is wrong with the walls around the hub's role."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, walls.findings, self.backend)

    async def insist_on_walls(self) -> None:
        """Raise ``WallsOpenError`` when they are open."""
        await asyncio.get_running_loop().run_in_executor(self._threads, walls.insist, self.backend)

    def close(self) -> None:
        """Let go of threads and connections."""
        self._threads.shutdown(wait=True, cancel_futures=True)
        self.backend.engine.dispose()


def _living(uow: UnitOfWork, sessions: list[UUID]) -> dict[UUID, Standing]:
    rows: Any = uow.session.execute(
        text("SELECT sid, role, is_tenant_admin, mfa_enrolment_required FROM app.living_sessions(:sessions)"),
        {"sessions": sessions},
    )
    return {row.sid: Standing(row.role, row.is_tenant_admin, row.mfa_enrolment_required) for row in rows}


def _ping(uow: UnitOfWork) -> bool:
    return uow.session.scalar(text("SELECT version_num FROM app.alembic_version")) is not None
