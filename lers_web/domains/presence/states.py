"""Whether somebody is there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum


class Presence(StrEnum):
    """ONLINE, AWAY (there, but not looking), OFFLINE."""

    ONLINE = "ONLINE"
    AWAY = "AWAY"
    OFFLINE = "OFFLINE"


SOCKET_LIFE = dt.timedelta(seconds=60)
"""A connection whose hub has not confirmed it for this long is dead: its hub was."""

RECONNECTING = dt.timedelta(seconds=15)
"""How long people whose hub was stopped are given to come back through another one, before they count as gone."""

UNCONNECTED_LIFE = dt.timedelta(minutes=5)
"""How long a status that was set through REST, without any connection, is believed."""


def summary(statuses: Iterable[str]) -> Presence:
    """Return one person's status from those of their connections: the most present one counts."""
    found = set(statuses)
    for status in (Presence.ONLINE, Presence.AWAY):
        if status in found:
            return status
    return Presence.OFFLINE
