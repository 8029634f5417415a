"""What a message can be, who can have sent it, and when a chat is open."""

from __future__ import annotations

from enum import StrEnum


class MessageType(StrEnum):
    """What a message is for."""

    TEXT = "TEXT"
    FILE = "FILE"
    CLARIFICATION = "CLARIFICATION"
    SYSTEM = "SYSTEM"


class SenderType(StrEnum):
    """Which side speaks."""

    IO = "IO"
    PROVIDER = "PROVIDER"
    SYSTEM = "SYSTEM"


ENDED = frozenset({"COMPLETED", "CANCELLED", "REJECTED"})
"""Statuses of a request in which its chat can be read and no longer written."""

ENCRYPTED = (
    "encrypted_content",
    "encrypted_key",
    "encryption_algorithm",
    "encryption_iv",
    "encryption_auth_tag",
    "sender_key_fingerprint",
)
"""The fields of an end-to-end encrypted message: all of them or none. The server keeps them as they come."""
