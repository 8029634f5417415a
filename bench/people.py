"""People of a benchmark: signed-in colleagues of the demo's provider, made straight in the database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import psycopg

from bench.system import System
from lers_web.demo.accounts import IO, NODAL
from lers_web.kernel import clock
from lers_web.kernel.ids import new_id
from lers_web.kernel.permissions import Role
from lers_web.kernel.tokens import TokenKeys

LIFE = dt.timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Chat:
    """A submitted request whose chat both demo sides may use."""

    request_id: UUID
    provider_id: UUID


def a_chat(system: System) -> Chat:
    """Find a request of the demo's first officer that its provider has, and is not done with."""
    with psycopg.connect(system.settings.admin_database_url) as admin:
        row = admin.execute(
            "SELECT r.id, r.provider_tenant_id FROM app.lers_requests r"
            " JOIN app.authentication_user o ON o.id = r.created_by_id AND o.email = %s"
            " JOIN app.authentication_user n ON n.tenant_id = r.provider_tenant_id AND n.email = %s"
            " WHERE r.status IN ('SUBMITTED', 'ACKNOWLEDGED', 'IN_PROGRESS') AND NOT r.is_deleted"
            " ORDER BY r.id LIMIT 1",
            (IO, NODAL),
        ).fetchone()
    if row is None:
        raise RuntimeError("the seeded data has no open request between the demo's officer and Bharat Telecom")
    return Chat(*row)


def colleagues(system: System, tenant_id: UUID, count: int) -> list[str]:
    """Make ``count`` people of a provider with a living session each; return their access tokens."""
    keys = TokenKeys.load(system.settings.key_dir, signing=True)
    now, tokens = clock.now(), []
    with psycopg.connect(system.settings.admin_database_url) as admin:
        for _ in range(count):
            user_id, sid = new_id(), new_id()
            admin.execute(
                "INSERT INTO app.authentication_user (id, email, full_name, role, tenant_id, password_hash)"
                " VALUES (%s, %s, 'Bench Colleague', 'PROVIDER', %s, 'no password signs in')",
                (user_id, f"bench-{user_id}@provider.example", tenant_id),
            )
            admin.execute(
                "INSERT INTO app.auth_session (sid, user_id, tenant_id, created_at, last_seen_at, idle_expires_at,"
                " expires_at, proved_at, amr) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, '[\"pwd\"]')",
                (sid, user_id, tenant_id, now, now, now + LIFE, now + LIFE, now),
            )
            claims = {
                "sub": str(user_id),
                "user_id": str(user_id),
                "tenant_id": str(tenant_id),
                "sid": str(sid),
                "role": Role.PROVIDER.value,
                "permissions": [],
                "auth_time": int(now.timestamp()),
            }
            tokens.append(keys.sign(claims, LIFE))
    return tokens
