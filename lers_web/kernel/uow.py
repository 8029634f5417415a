"""The unit of work: one actor, one transaction, the only commit in the code base.

Views, tasks, hub handlers and commands open it; use cases take it as their first argument and never commit. At the
end it writes the outbox rows and then, last, the audit entries, whose chain it locks only for that moment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from lers_web.kernel import audit as trail
from lers_web.kernel import outbox
from lers_web.kernel.actor import Actor
from lers_web.kernel.db import ActorSession
from lers_web.kernel.ports import Backend, Ports


class UnitOfWork:
    """What a use case works with: the session, who acts, and where it says what happened."""

    def __init__(self, session: ActorSession, actor: Actor, ports: Ports) -> None:
        self.session = session
        self.actor = actor
        self.ports = ports
        self.receipts: list[trail.Receipt] = []
        self._entries: list[trail.AuditEvent] = []
        self._events: list[outbox.DomainEvent] = []

    def audit(
        self,
        event: str,
        object_type: str,
        object_id: UUID | None,
        *,
        request_id: UUID | None = None,
        version: int | None = None,
        change: Mapping[str, Any] | None = None,
        why: str | None = None,
    ) -> None:
        """Say what happened (``request:approve``). Written to the actor's chain just before the commit."""
        self._entries.append(
            trail.AuditEvent(
                event=event,
                object_type=object_type,
                object_id=object_id,
                request_id=request_id,
                version=version,
                change=change,
                why=why,
            )
        )

    def emit(self, event: outbox.DomainEvent) -> None:
        """Tell the rest of the system, after the commit and at least once."""
        self._events.append(event)

    def once(self, key: str) -> bool:
        """Whether the effect ``key`` is still to happen; marks it in this transaction."""
        return outbox.once(self.session, self.actor, key)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Do a part that may fail by itself: a failure undoes the part and what it said, and is raised on."""
        entries, events = len(self._entries), len(self._events)
        try:
            with self.session.begin_nested():
                yield
        except BaseException:
            del self._entries[entries:]
            del self._events[events:]
            raise

    def finish(self) -> None:
        """Write what the use cases said: the outbox rows, then the audit entries as the last statements."""
        self.session.flush()  # before the chain is locked, so that the lock is held for one statement only
        outbox.record(self.session, self.actor, self._events)
        if self._entries:
            self.receipts.extend(trail.append(self.session, self.actor, self._entries))
        self._events.clear()
        self._entries.clear()


@contextmanager
def transaction(session: ActorSession, actor: Actor, ports: Ports) -> Iterator[UnitOfWork]:
    """Work in a session that is open already; commit on success, roll back on any failure. The session stays open."""
    try:
        uow = UnitOfWork(session, actor, ports)
        yield uow
        uow.finish()
        session.commit()
    except BaseException:
        session.rollback()
        raise


@contextmanager
def unit_of_work(backend: Backend, actor: Actor, *, role: str | None = None) -> Iterator[UnitOfWork]:
    """Open a session and a transaction for one actor, and close both.

    ``role`` narrows the transaction to a database role that the login role is a member of (``lers_sla``).
    """
    session = ActorSession(backend.engine, actor, role=role)
    try:
        with transaction(session, actor, backend.ports) as uow:
            yield uow
    finally:
        session.close()
