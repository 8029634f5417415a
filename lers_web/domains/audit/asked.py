"""Exports that people ask for over the API: asked in one transaction, made by a job, kept as a file of the asker's."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from lers_web.domains.audit.events import AuditExportAsked
from lers_web.domains.audit.export import MOST_ENTRIES, Progress, Scope, export
from lers_web.domains.files import made
from lers_web.domains.identity.sessions import actor_of
from lers_web.kernel.actor import Source, system_actor
from lers_web.kernel.errors import Invalid, LersError, Unavailable
from lers_web.kernel.ids import new_id
from lers_web.kernel.permissions import Permission
from lers_web.kernel.ports import Backend
from lers_web.kernel.uow import UnitOfWork, unit_of_work

LOG = logging.getLogger(__name__)
MEDIA_TYPE = "application/zip"


def ask(uow: UnitOfWork, scope: Scope) -> dict[str, Any]:
    """Ask for an export; return the job's id and the file that it will fill."""
    uow.actor.require(Permission.AUDIT_READ)
    number = uow.session.scalar(select(func.count()).select_from(scope.query(uow.actor).subquery())) or 0
    field = "request_id" if scope.request_id else "from"
    if number == 0:
        raise Invalid(errors={field: ["There is no entry here to export."]})
    if number > MOST_ENTRIES:
        raise Invalid(errors={field: [f"More than {MOST_ENTRIES} entries: choose a shorter period."]})
    file_id = new_id()
    made.announce(uow, file_id, filename=f"audit-{file_id}.zip", media_type=MEDIA_TYPE)
    told = scope.told()
    uow.emit(
        AuditExportAsked(
            id=file_id,
            file_id=file_id,
            asked_by_id=uow.actor.user_id,
            request_id=scope.request_id,
            since=told.get("from"),
            until=told.get("to"),
            tenants=(uow.actor.tenant_id,),
        )
    )
    return {"job_id": f"{file_id}-audit-export-{uow.actor.tenant_id}", "file_id": file_id, "state": "QUEUED"}


def make(backend: Backend, asked: Mapping[str, Any], tenant_id: UUID, source: Source, progress: Progress) -> bool:
    """Make an export that was asked for, as the one who asked; False when there is nothing (more) to do.

    What can pass (a store that is away) is raised for another try; what cannot ends with a file in state ERROR.
    """
    file_id = UUID(asked["file_id"])
    try:
        with unit_of_work(backend, system_actor(tenant_id, source)) as uow:
            actor = actor_of(uow.session, UUID(asked["asked_by_id"]), source)
        with unit_of_work(backend, actor) as uow:
            if made.state(uow, file_id) is not made.ScanStatus.AWAITING_UPLOAD:
                return False
        with TemporaryDirectory(prefix="lers-export-") as place:
            path = Path(place) / "export.zip"
            export(backend, actor, _scope(asked), path, progress)
            return made.keep(backend, actor, file_id, path)
    except Unavailable:
        raise
    except LersError as error:
        LOG.error("an export could not be made: %s", error.code)  # noqa: TRY400 - expected; the code says it
        with unit_of_work(backend, system_actor(tenant_id, source)) as uow:
            made.give_up(uow, file_id)
        return False


def _scope(asked: Mapping[str, Any]) -> Scope:
    since, until, request_id = asked["since"], asked["until"], asked["request_id"]
    return Scope(
        request_id=UUID(request_id) if request_id else None,
        since=dt.datetime.fromisoformat(since) if since else None,
        until=dt.datetime.fromisoformat(until) if until else None,
    )
