"""JSON on the wire, and the shapes of what clients send. Unknown fields are an error here as they are in REST."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import marshmallow as ma
import orjson
from marshmallow import fields, validate

from lers_web.domains.presence.states import Presence
from lers_web.kernel.errors import Invalid
from lers_web.kernel.realtime import ClientEvent

_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS


class Json:
    """The JSON module that Socket.IO is given: what REST writes, times with ``Z`` and ids as strings."""

    @staticmethod
    def dumps(value: Any, **_kwargs: Any) -> str:
        """Write JSON text."""
        return orjson.dumps(value, option=_OPTIONS).decode()

    @staticmethod
    def loads(text: str | bytes, **_kwargs: Any) -> Any:
        """Read JSON text."""
        return orjson.loads(text)


class _Shape(ma.Schema):
    class Meta:
        unknown = ma.RAISE


class _Request(_Shape):
    request_id = fields.UUID(required=True)


class _Message(_Shape):
    message_id = fields.UUID(required=True)


class _Typing(_Request):
    is_typing = fields.Boolean(required=True, truthy={True}, falsy={False})


class _Status(_Shape):
    status = fields.String(required=True, validate=validate.OneOf([status.value for status in Presence]))


class _Token(_Shape):
    token = fields.String(required=True, validate=validate.Length(min=1, max=8_000))


SHAPES: dict[ClientEvent, ma.Schema] = {
    ClientEvent.JOIN_CHAT: _Request(),
    ClientEvent.LEAVE_CHAT: _Request(),
    ClientEvent.SEND_MESSAGE: _Message(),
    ClientEvent.TYPING: _Typing(),
    ClientEvent.UPDATE_PRESENCE: _Status(),
    ClientEvent.GET_UNREAD_COUNT: _Shape(),
    ClientEvent.REAUTHENTICATE: _Token(),
}
"""One shape an event: an event that is not here is refused."""


def read(event: ClientEvent, args: list[Any]) -> dict[str, Any]:
    """Read the arguments of a client event; raise ``Invalid`` with every problem."""
    if len(args) > 1:
        raise Invalid("Send one object with the event.")
    payload = args[0] if args and args[0] is not None else {}
    if not isinstance(payload, dict):
        raise Invalid("Send an object with the event.")
    try:
        loaded: dict[str, Any] = SHAPES[event].load(payload)
    except ma.ValidationError as error:
        problems = {str(key): [str(item) for item in _flat(value)] for key, value in _problems(error).items()}
        raise Invalid(errors=problems) from error
    return loaded


def _problems(error: ma.ValidationError) -> dict[Any, Any]:
    return error.messages if isinstance(error.messages, dict) else {"body": error.messages}


def _flat(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [value]


def uuid_or_none(value: Any) -> UUID | None:
    """Read an id of a hint; a hint that names none is ignored, not an error."""
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None
