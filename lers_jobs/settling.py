"""The net under Redis: events whose jobs left no effect are sent again, so a flushed or lost queue loses nothing."""

from __future__ import annotations

import logging

from sqlalchemy import Text, bindparam, extract, func, literal, select, text
from sqlalchemy.dialects.postgresql import ARRAY

from lers_jobs import subscribers
from lers_web.kernel import clock
from lers_web.kernel.outbox import OutboxMessage
from lers_web.kernel.uow import UnitOfWork

LOG = logging.getLogger(__name__)

GRACE_SECONDS = 30.0
"""How long the first try may take; each further one twice as long, up to 64 times."""
DOUBLINGS = 6
MAX_ATTEMPTS = 60
BATCH = 500

_FACTOR = func.power(2, func.least(func.greatest(OutboxMessage.attempts - 1, 0), DOUBLINGS))
_EFFECTS = text("SELECT app.effects_there(:keys)").bindparams(bindparam("keys", type_=ARRAY(Text())))


def settle(uow: UnitOfWork) -> dict[str, int]:
    """Look at events that were sent and have not shown their effects: settle those that have, send the others again.

    After ``MAX_ATTEMPTS`` (about a day) an event is given up with an error in the log: its job fails for good.
    """
    now = clock.now()
    messages = uow.session.scalars(
        select(OutboxMessage)
        .where(
            OutboxMessage.sent_at.is_not(None),
            OutboxMessage.settled_at.is_(None),
            extract("epoch", literal(now) - OutboxMessage.sent_at) > GRACE_SECONDS * _FACTOR,
        )
        .order_by(OutboxMessage.sent_at)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    expected = {message.id: subscribers.effects_of(message) for message in messages}
    keys = [key for each in expected.values() for key in each]
    there = set(uow.session.scalars(_EFFECTS, {"keys": keys})) if keys else set()
    counts = {"settled": 0, "sent_again": 0, "given_up": 0}
    for message in messages:
        missing = [key for key in expected[message.id] if key not in there]
        if not missing:
            message.settled_at = now
            counts["settled"] += 1
        elif message.attempts >= MAX_ATTEMPTS:
            LOG.error("event %s (%s) is given up: no effect of %s", message.id, message.type, ", ".join(missing))
            message.settled_at = now
            counts["given_up"] += 1
        else:
            LOG.warning("event %s (%s) is sent again: no effect of %s", message.id, message.type, ", ".join(missing))
            message.sent_at = None
            counts["sent_again"] += 1
    return counts
