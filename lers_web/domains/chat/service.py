"""The chat's use cases: write a message, ask the officer for information, mark as read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from lers_web.domains.chat import policy, reads
from lers_web.domains.chat.events import MessageCreated, MessagesRead
from lers_web.domains.chat.models import Message, MessageRead
from lers_web.domains.chat.states import ENCRYPTED, MessageType, SenderType
from lers_web.domains.files import service as files
from lers_web.domains.files.media_types import Purpose
from lers_web.domains.requests import service as requests
from lers_web.kernel import clock
from lers_web.kernel.errors import Forbidden, LersError, NotFound
from lers_web.kernel.ids import new_id
from lers_web.kernel.permissions import Permission
from lers_web.kernel.uow import UnitOfWork


def require_readable(uow: UnitOfWork, request_id: UUID) -> requests.Request:
    """Return the request whose chat the actor has a place in; raise as REST would. The hub's rooms ask this too."""
    uow.actor.require(Permission.CHAT_READ)
    policy.require_place(uow.actor)
    return requests.load_request(uow, request_id)


def may_write(uow: UnitOfWork, request_id: UUID) -> bool:
    """Whether the actor may write into this request's chat now."""
    try:
        policy.require_writable(uow.actor, require_readable(uow, request_id))
    except LersError:
        return False
    return True


def messages(uow: UnitOfWork, request_id: UUID, window: reads.Window) -> dict[str, Any]:
    """Return a page of a chat that the actor may read, an administrator while break-glass holds the request open."""
    uow.actor.require(Permission.CHAT_READ)
    requests.load_to_show(uow, request_id, "messages")
    return reads.messages(uow, request_id, window)


def message_for(uow: UnitOfWork, message_id: UUID) -> dict[str, Any]:
    """Return a message that the actor may read: what the hub broadcasts is what REST would show."""
    message = reads.one_message(uow, message_id)
    require_readable(uow, message["request_id"])
    return message


@dataclass(frozen=True, slots=True)
class Address:
    """Where a message belongs."""

    request_id: UUID
    tenants: tuple[UUID, UUID]


def own_message(uow: UnitOfWork, message_id: UUID) -> Address:
    """Return where a message belongs that the actor has written and may still read; raise for any other."""
    policy.require_place(uow.actor)
    found = reads.address(uow, message_id)
    if found is None:
        raise NotFound("message")
    request_id, sender_id, agency, provider = found
    require_readable(uow, request_id)
    if sender_id != uow.actor.user_id:
        raise Forbidden("Only its sender has a message sent.")
    return Address(request_id, (agency, provider))


def post(uow: UnitOfWork, request_id: UUID, body: dict[str, Any]) -> UUID:
    """Write a message and return its id.

    The request's row is locked first: a message never slips in after the end of its request, and the order of ids
    within a chat is the order of commits, so that a client may fill a gap by asking for what came after an id.
    """
    uow.actor.require(Permission.CHAT_READ)
    request = requests.load_request(uow, request_id, lock=True)
    side = policy.require_writable(uow.actor, request)
    attachments = _attach(uow, request, side, body.get("file_ids") or [])
    kind = MessageType.FILE if attachments else MessageType.TEXT
    message = _write(uow, request, side, kind, body=body, attachments=attachments)
    if side is SenderType.IO:
        requests.resume_clock(uow, request_id)
    return message.id


def request_info(uow: UnitOfWork, request_id: UUID, question: str, *, expected_version: int | None = None) -> UUID:
    """Ask the officer for information: a CLARIFICATION in the chat, and the clock pauses until the agency answers."""
    request = requests.request_info(uow, request_id, expected_version=expected_version)
    words = {"message_text": question}
    return _write(uow, request, SenderType.PROVIDER, MessageType.CLARIFICATION, body=words).id


def mark_read(uow: UnitOfWork, request_id: UUID, up_to: UUID) -> dict[str, Any]:
    """Remember how far the actor has read. Reading never goes backwards; ending a request does not end it."""
    request = require_readable(uow, request_id)
    known = uow.session.scalar(select(Message.id).where(Message.id == up_to, Message.request_id == request_id))
    if known is None:
        raise NotFound("message in this request")
    actor, now = uow.actor, clock.now()
    mark = insert(MessageRead).values(
        request_id=request_id,
        user_id=actor.user_id,
        agency_tenant_id=request.agency_tenant_id,
        provider_tenant_id=request.provider_tenant_id,
        up_to=up_to,
        read_at=now,
    )
    moved = uow.session.execute(
        mark.on_conflict_do_update(
            index_elements=[MessageRead.request_id, MessageRead.user_id],
            set_={"up_to": mark.excluded.up_to, "read_at": mark.excluded.read_at},
            where=MessageRead.up_to < mark.excluded.up_to,
        ).returning(MessageRead.up_to)
    ).first()
    if moved is not None:
        _tell_read(uow, request, up_to)
    row = uow.session.execute(
        select(MessageRead.request_id, MessageRead.user_id, MessageRead.up_to, MessageRead.read_at).where(
            MessageRead.request_id == request_id, MessageRead.user_id == actor.user_id
        )
    ).mappings()
    return {str(key): value for key, value in row.one().items()}


def _tell_read(uow: UnitOfWork, request: requests.Request, up_to: UUID) -> None:
    """Flag the other side's messages as read, and tell those whom this reading concerns."""
    actor = uow.actor
    receiver = policy.is_receiver(actor, request)
    if receiver:
        uow.session.execute(
            update(Message)
            .where(
                Message.request_id == request.id,
                Message.id <= up_to,
                Message.read_by_receiver.is_(False),
                Message.sender_tenant_id != actor.tenant_id,
            )
            .values(read_by_receiver=True, read_at=clock.now())
            .execution_options(synchronize_session=False)
        )
    concerned = (request.agency_tenant_id, request.provider_tenant_id) if receiver else (actor.tenant_id,)
    uow.emit(MessagesRead(request_id=request.id, user_id=actor.user_id, up_to=up_to, tenants=concerned))


def _attach(
    uow: UnitOfWork, request: requests.Request, side: SenderType, file_ids: Sequence[UUID]
) -> list[dict[str, Any]]:
    """Show the sender's clean files to the other side and return what the message keeps of them."""
    if not file_ids:
        return []
    rows = files.require_usable(uow, file_ids, Purpose.CHAT)
    other = request.provider_tenant_id if side is SenderType.IO else request.agency_tenant_id
    files.share(uow, file_ids, request.id, other)
    by_id = {row.id: row for row in rows}
    return [
        {
            "id": str(file_id),
            "filename": by_id[file_id].filename,
            "size": by_id[file_id].size,
            "media_type": by_id[file_id].media_type,
            "sha256": by_id[file_id].sha256,
        }
        for file_id in file_ids
    ]


def _next_id(uow: UnitOfWork, request_id: UUID) -> UUID:
    """Return a key after every message of this chat, also when another machine's clock runs ahead of ours."""
    newest = select(Message.id).where(Message.request_id == request_id).order_by(Message.id.desc()).limit(1)
    last = uow.session.scalar(newest)
    fresh = new_id()
    return fresh if last is None or fresh > last else UUID(int=last.int + 1)


def _write(
    uow: UnitOfWork,
    request: requests.Request,
    side: SenderType,
    kind: MessageType,
    *,
    body: dict[str, Any],
    attachments: Sequence[dict[str, Any]] = (),
) -> Message:
    """Insert a message of the actor into a locked request's chat, with its audit entry and its event."""
    actor = uow.actor
    encrypted = {name: body.get(name) for name in ENCRYPTED}
    message = Message(
        id=_next_id(uow, request.id),
        request_id=request.id,
        agency_tenant_id=request.agency_tenant_id,
        provider_tenant_id=request.provider_tenant_id,
        sender_id=actor.user_id,
        sender_tenant_id=actor.tenant_id,
        sender_type=side.value,
        message_type=kind.value,
        message_text=body.get("message_text") or None,
        is_encrypted=encrypted["encrypted_content"] is not None,
        attachments=list(attachments),
        created_at=clock.now(),
        **encrypted,
    )
    uow.session.add(message)
    uow.audit(
        "chat:post",
        "message",
        message.id,
        request_id=request.id,
        change={"type": kind.value, "encrypted": message.is_encrypted, "files": [item["id"] for item in attachments]},
    )
    uow.emit(
        MessageCreated(
            message_id=message.id,
            request_id=request.id,
            sender_id=actor.user_id,
            message_type=kind.value,
            tenants=(request.agency_tenant_id, request.provider_tenant_id),
        )
    )
    return message
