"""The life of a break-glass session. It follows from its times; nothing has to run for it to end."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

LIFETIME = dt.timedelta(minutes=60)
"""How long a session is open, and how long one that needs a second person waits for them."""


class State(StrEnum):
    """Where a session stands."""

    WAITING = "WAITING"  # for a second person
    OPEN = "OPEN"
    ENDED = "ENDED"  # by a person
    EXPIRED = "EXPIRED"  # by the clock, opened or not


LIVING = frozenset({State.WAITING, State.OPEN})
