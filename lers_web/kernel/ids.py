"""Keys: UUIDv7 (RFC 9562), made before the insert, so that time order and key order agree."""

from __future__ import annotations

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """Make a fresh UUIDv7."""
    return uuid7()
