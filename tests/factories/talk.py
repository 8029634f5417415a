"""Requests in any state, put straight into the database: for tests of what happens around a request."""

from __future__ import annotations

import datetime as dt
import itertools
from uuid import UUID

from lers_web.kernel import clock
from lers_web.kernel.ids import new_id
from tests.factories.cast import Cast

_numbers = itertools.count(1)
_NEVER_SUBMITTED = {"DRAFT", "PENDING_APPROVAL", "APPROVED"}


def make_request(
    cast: Cast,
    *,
    officer: str = "io",
    provider: str = "telecom",
    status: str = "IN_PROGRESS",
    priority: str = "NORMAL",
    participants: tuple[str, ...] = (),
) -> UUID:
    """Insert a request with a running clock, and return its id."""
    request_id, maker = new_id(), cast[officer]
    submitted = None if status in _NEVER_SUBMITTED else clock.now() - dt.timedelta(hours=1)
    sent = None if status == "DRAFT" else clock.now() - dt.timedelta(hours=2)
    with cast.superuser() as connection:
        connection.execute(
            "INSERT INTO app.lers_requests (id, request_number, request_type, provider, agency_tenant_id,"
            " provider_tenant_id, status, priority, created_by_id, submitted_at, first_sent_for_approval_at, sla_hours,"
            " created_at) VALUES (%s,%s,'CDR',%s,%s,%s,%s,%s,%s,%s,%s,48,%s)",
            (
                request_id,
                f"LERS-2026-T-{next(_numbers):06d}",
                provider,
                maker.tenant_id,
                cast.tenants[provider],
                status,
                priority,
                maker.user_id,
                submitted,
                sent,
                clock.now(),
            ),
        )
        if submitted is not None:
            connection.execute(
                "INSERT INTO app.sla_event (id, request_id, agency_tenant_id, provider_tenant_id, kind, at, hours,"
                " actor_id, created_at) VALUES (%s,%s,%s,%s,'START',%s,48,%s,%s)",
                (new_id(), request_id, maker.tenant_id, cast.tenants[provider], submitted, maker.user_id, submitted),
            )
        for name in participants:
            connection.execute(
                "INSERT INTO app.request_participant (request_id, user_id, agency_tenant_id, provider_tenant_id,"
                " added_by_id, created_at) VALUES (%s,%s,%s,%s,%s,%s)",
                (
                    request_id,
                    cast[name].user_id,
                    maker.tenant_id,
                    cast.tenants[provider],
                    maker.user_id,
                    clock.now(),
                ),
            )
    return request_id


def set_status(cast: Cast, request_id: UUID, status: str) -> None:
    """Move a request as its life cycle would."""
    with cast.superuser() as connection:
        connection.execute(
            "UPDATE app.lers_requests SET status = %s, version = version + 1 WHERE id = %s", (status, request_id)
        )


def make_file(cast: Cast, owner: str, *, purpose: str = "CHAT", scan_status: str = "CLEAN") -> UUID:
    """Insert a file's row; its bytes do not matter here."""
    file_id, actor = new_id(), cast[owner]
    with cast.superuser() as connection:
        connection.execute(
            "INSERT INTO app.lers_files (id, tenant_id, uploaded_by_id, purpose, filename, size, declared_media_type,"
            " media_type, sha256, scan_status, object_key, sealed_key)"
            " VALUES (%s,%s,%s,%s,'note.pdf',1200,'application/pdf','application/pdf',%s,%s,'k','k')",
            (file_id, actor.tenant_id, actor.user_id, purpose, "ab" * 32, scan_status),
        )
    return file_id
