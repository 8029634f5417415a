"""Names of socket events and the hint channel: shared by hub and relay, so that a typo is an import error."""

from __future__ import annotations

from enum import StrEnum

HINT_CHANNEL = "lers:hints"
"""Redis pub/sub channel on which the relay tells every hub node what changed: ids only."""


class ServerEvent(StrEnum):
    """Server to client (contract, section 5)."""

    USER_ONLINE = "user_online"
    USER_OFFLINE = "user_offline"
    USER_JOINED_CHAT = "user_joined_chat"
    USER_LEFT_CHAT = "user_left_chat"
    NEW_MESSAGE = "new_message"
    MESSAGE_READ = "message_read"
    USER_TYPING = "user_typing"
    NEW_NOTIFICATION = "new_notification"
    PRESENCE_UPDATED = "presence_updated"
    UNREAD_COUNT = "unread_count"
    REQUEST_UPDATED = "request_updated"
    FILE_UPDATED = "file_updated"
    JOB_UPDATED = "job_updated"
    SESSION_EXPIRING = "session_expiring"
    SESSION_ENDED = "session_ended"


class ClientEvent(StrEnum):
    """Client to server (contract, section 5)."""

    JOIN_CHAT = "join_chat"
    LEAVE_CHAT = "leave_chat"
    SEND_MESSAGE = "send_message"
    TYPING = "typing"
    UPDATE_PRESENCE = "update_presence"
    GET_UNREAD_COUNT = "get_unread_count"
    REAUTHENTICATE = "reauthenticate"
