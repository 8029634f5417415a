"""How often a wrong password may be tried: counted in PostgreSQL, so that a Redis flush lets nobody guess on.

Three counters, each with its own limit (docs/adr/0025-sign-in-limits.md):

- the pair of account and address: a few failures lock this account for this address, and for nobody else, so that a
  stranger who guesses cannot lock the officer out;
- the account, whatever the address: many failures lock it for addresses it has never signed in from;
- the address, whatever the account: many failures stop one source that tries account after account.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from sqlalchemy import case, delete, or_, select
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.orm import Session

from lers_web.domains.identity.models import LoginCounter
from lers_web.kernel import clock


@dataclass(frozen=True, slots=True)
class Limit:
    """So many failures within the window lock for so long."""

    failures: int
    window: dt.timedelta
    locked: dt.timedelta


PAIR = Limit(5, dt.timedelta(minutes=15), dt.timedelta(minutes=15))
ACCOUNT = Limit(50, dt.timedelta(hours=24), dt.timedelta(hours=1))
ADDRESS = Limit(100, dt.timedelta(minutes=15), dt.timedelta(minutes=15))
_FORGOTTEN = dt.timedelta(hours=25)
_SWEPT_AT_ONCE = 20


def account_hash(email: str) -> str:
    """Return what stands for an e-mail address in counters and in the trail."""
    return hashlib.sha256(email.encode()).hexdigest()


def _pair(email: str, ip: str | None) -> str:
    return f"pair:{account_hash(email)}:{ip or '-'}"


def _account(email: str) -> str:
    return f"account:{account_hash(email)}"


def _address(ip: str | None) -> str:
    return f"ip:{ip or '-'}"


@dataclass(frozen=True, slots=True)
class Locks:
    """Until when an attempt is refused, and by which counter."""

    pair: dt.datetime | None
    account: dt.datetime | None
    address: dt.datetime | None

    def refuses(self, *, known_address: bool) -> bool:
        """Whether an attempt on this account is refused. An address it has signed in from keeps working."""
        return self.pair is not None or (self.account is not None and not known_address)


def read(session: Session, email: str, ip: str | None) -> Locks:
    """Read the locks that hold now."""
    keys = (_pair(email, ip), _account(email), _address(ip))
    rows = session.execute(
        select(LoginCounter.key, LoginCounter.locked_until).where(
            LoginCounter.key.in_(keys), LoginCounter.locked_until > clock.now()
        )
    )
    until: dict[str, dt.datetime | None] = {row.key: row.locked_until for row in rows}
    return Locks(*(until.get(key) for key in keys))


def failed(session: Session, email: str, ip: str | None) -> bool:
    """Count a failure. Return True when this very failure has locked the account for this address."""
    now = clock.now()
    counted = {_pair(email, ip): PAIR, _account(email): ACCOUNT, _address(ip): ADDRESS}
    locked_pair = False
    for key in sorted(counted):  # one order for everybody: two rivals wait for each other, and never both
        limit = counted[key]
        statement = pg_insert(LoginCounter).values(key=key, failures=1, first_failed_at=now)
        stale = or_(LoginCounter.first_failed_at.is_(None), LoginCounter.first_failed_at < now - limit.window)
        failures = case((stale, 1), else_=LoginCounter.failures + 1)
        row = session.execute(
            statement.on_conflict_do_update(
                index_elements=[LoginCounter.key],
                set_={
                    "failures": failures,
                    "first_failed_at": case((stale, now), else_=LoginCounter.first_failed_at),
                    "locked_until": case(
                        (failures >= limit.failures, now + limit.locked), else_=LoginCounter.locked_until
                    ),
                },
            ).returning(LoginCounter.failures)
        ).one()
        if limit is PAIR and row.failures == limit.failures:
            locked_pair = True
    _sweep(session, now)
    return locked_pair


def succeeded(session: Session, email: str, ip: str | None) -> None:
    """Forget this address's failures on this account. The account's own counter runs on: others may be guessing."""
    session.execute(delete(LoginCounter).where(LoginCounter.key == _pair(email, ip)))


def unlock(session: Session, email: str) -> int:
    """Forget every failure on an account. Return how many counters there were."""
    prefix = f"pair:{account_hash(email)}:"
    removed = session.execute(
        delete(LoginCounter)
        .where(or_(LoginCounter.key == _account(email), LoginCounter.key.startswith(prefix, autoescape=True)))
        .returning(LoginCounter.key)
    )
    return len(removed.all())


def _sweep(session: Session, now: dt.datetime) -> None:
    """Remove a few counters that say nothing any more: more than a failure adds, so that the table stays small."""
    old = (
        select(LoginCounter.key)
        .where(
            LoginCounter.first_failed_at < now - _FORGOTTEN,
            or_(LoginCounter.locked_until.is_(None), LoginCounter.locked_until < now),
        )
        .limit(_SWEPT_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    session.execute(delete(LoginCounter).where(LoginCounter.key.in_(old)))
