"""Files as the API, the hub and other domains show them: plain dicts whose keys are exactly the JSON answer's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Select, func, select
from sqlalchemy import column as sql_column
from sqlalchemy import table as sql_table

from lers_web.domains.access import service as access
from lers_web.domains.files import policy
from lers_web.domains.files.models import File, FileShare
from lers_web.kernel.actor import Actor
from lers_web.kernel.errors import NotFound
from lers_web.kernel.permissions import Role
from lers_web.kernel.uow import UnitOfWork

# ``identity`` keeps the cards; read by name, as a table of another domain is not imported.
_CARD = sql_table("user_card", sql_column("id"), sql_column("name"), sql_column("rank"), schema="app")

_COLUMNS = (
    File.id,
    File.filename,
    File.size,
    func.coalesce(File.media_type, File.declared_media_type).label("media_type"),
    File.purpose,
    File.scan_status,
    File.scan_findings,
    File.sha256,
    File.sha512,
    File.uploaded_by_id,
    _CARD.c.name.label("uploader_name"),
    _CARD.c.rank.label("uploader_rank"),
    File.created_at,
    File.uploaded_at,
    File.scanned_at,
    File.version,
)


def _query(actor: Actor) -> Select[Any]:
    return (
        select(*_COLUMNS).outerjoin_from(File, _CARD, _CARD.c.id == File.uploaded_by_id).where(policy.visible_to(actor))
    )


def _shown(row: RowMapping, actor: Actor) -> dict[str, Any]:
    data: dict[str, Any] = {str(key): value for key, value in row.items()}
    data["abilities"] = policy.abilities(actor, data)
    data["uploaded_by"] = {
        "id": data.pop("uploaded_by_id"),
        "name": data.pop("uploader_name"),
        "rank": data.pop("uploader_rank"),
    }
    return data


def one(uow: UnitOfWork, file_id: UUID) -> dict[str, Any]:
    """Return a file that the actor sees; raise ``NotFound`` for any other."""
    row = uow.session.execute(_query(uow.actor).where(File.id == file_id)).mappings().first()
    if row is None:
        raise NotFound("file")
    if uow.actor.role is Role.SUPER_ADMIN:
        _note_read(uow, file_id)
    return _shown(row, uow.actor)


def _note_read(uow: UnitOfWork, file_id: UUID) -> None:
    request_id = uow.session.scalar(policy.request_of(uow.actor, file_id))
    if request_id is not None:
        access.note_read(uow, request_id, "file")


def many(uow: UnitOfWork, file_ids: Iterable[UUID]) -> list[dict[str, Any]]:
    """Return those of the named files that the actor sees, oldest first."""
    rows = uow.session.execute(_query(uow.actor).where(File.id.in_(list(file_ids))).order_by(File.id)).mappings()
    return [_shown(row, uow.actor) for row in rows]


def of_request(uow: UnitOfWork, request_id: UUID) -> list[dict[str, Any]]:
    """Return the files linked to a request, oldest first; raise ``NotFound`` unless the actor sees the request."""
    if not uow.actor.is_system and not uow.session.scalar(select(policy.request_visible(uow.actor, request_id))):
        raise NotFound("request")
    access.note_read(uow, request_id, "files")
    linked = select(FileShare.file_id).where(FileShare.request_id == request_id, policy.shared_with(uow.actor))
    rows = uow.session.execute(_query(uow.actor).where(File.id.in_(linked)).order_by(File.id)).mappings()
    return [_shown(row, uow.actor) for row in rows]
