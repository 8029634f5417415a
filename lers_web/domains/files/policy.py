"""Who sees which file and who may bring one. Row-level security stands behind it with the tenants' wall."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, literal, or_, select, true

from lers_web.domains.files.media_types import Purpose
from lers_web.domains.files.models import File, FileShare
from lers_web.domains.files.states import READABLE, ScanStatus
from lers_web.kernel.actor import Actor
from lers_web.kernel.errors import Forbidden
from lers_web.kernel.permissions import Permission, Role

RequestsSeenBy = Callable[[Actor], Select[Any]]
FilesSeenBy = Callable[[Actor], Select[Any]]

PURPOSES: Mapping[Role, frozenset[Purpose]] = {
    Role.IO: frozenset({Purpose.MANDATE, Purpose.EVIDENCE, Purpose.CHAT}),
    Role.PROVIDER: frozenset({Purpose.RESPONSE, Purpose.CHAT, Purpose.SAMPLE}),
}

_visibility: list[RequestsSeenBy] = []
_published: dict[Purpose, FilesSeenBy] = {}


def register_visibility(requests_seen_by: RequestsSeenBy) -> None:
    """Let the people who see a request see the files linked to it.

    ``requests_seen_by(actor)`` selects the ids of the requests whose case content the actor may see. ``files`` lies
    below ``requests`` and cannot ask it; whoever wires a process hands it over. Without it only uploaders see files.
    """
    if requests_seen_by not in _visibility:
        _visibility.append(requests_seen_by)


def register_published(purpose: Purpose, files_seen_by: FilesSeenBy) -> None:
    """Let files of a purpose be seen by whom their owner's domain shows them to, without any request.

    ``files_seen_by(actor)`` selects their ids. Only a file that was brought for this purpose is ever shown so.
    """
    _published[purpose] = files_seen_by


def request_visible(actor: Actor, request_id: UUID) -> ColumnElement[bool]:
    """Whether the actor sees a request's case content, as a condition that a statement can carry."""
    return or_(false(), *(literal(request_id).in_(seen(actor)) for seen in _visibility))


def shared_with(actor: Actor) -> ColumnElement[bool]:
    """Whether a share is for the actor's side. An administrator who has opened a request is on neither."""
    return true() if actor.role is Role.SUPER_ADMIN else FileShare.tenant_id == actor.tenant_id


def request_of(actor: Actor, file_id: UUID) -> Select[UUID]:
    """Select the request that a file is linked to, as far as the actor knows: what the trail tells of it under."""
    query = select(FileShare.request_id).where(FileShare.file_id == file_id, shared_with(actor))
    if actor.role is Role.SUPER_ADMIN:
        query = query.where(or_(false(), *(FileShare.request_id.in_(seen(actor)) for seen in _visibility)))
    return query.order_by(FileShare.shared_at).limit(1)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The row filter of every read of files: one's own, those of requests that one sees, and published ones."""
    if actor.is_system:
        return ~File.is_deleted
    linked = (
        exists(
            select(FileShare.file_id).where(
                FileShare.file_id == File.id,
                shared_with(actor),
                FileShare.request_id.in_(seen(actor)),
            )
        )
        for seen in _visibility
    )
    own = and_(File.tenant_id == actor.tenant_id, File.uploaded_by_id == actor.user_id)
    shown = (and_(File.purpose == purpose.value, File.id.in_(seen(actor))) for purpose, seen in _published.items())
    return and_(~File.is_deleted, or_(own, *linked, *shown))


def require_purpose(actor: Actor, purpose: Purpose) -> None:
    """Raise ``Forbidden`` unless people of this role bring files for this purpose."""
    actor.require(Permission.FILE_CREATE)
    if purpose not in PURPOSES.get(actor.role, frozenset()):
        raise Forbidden(f"Your role {actor.role} may not upload files for {purpose}.")


def abilities(actor: Actor, row: Mapping[str, Any]) -> dict[str, bool]:
    """What the caller may do with a file that they see."""
    own = row["uploaded_by_id"] == actor.user_id
    return {
        "upload": own and row["scan_status"] == ScanStatus.AWAITING_UPLOAD,
        "download": actor.can(Permission.FILE_READ) and row["scan_status"] in READABLE,
    }
