"""A phone with an authenticator app: it shows the codes of a secret, each handed out once."""

from __future__ import annotations

from dataclasses import dataclass, field

from lers_web.domains.identity import mfa, service, totp
from lers_web.kernel import clock
from tests.factories.cast import Cast

PASSWORD = "Correct-horse-battery-7"


@dataclass
class Authenticator:
    """One secret. ``code`` gives the present step's code, or the next one's that was not handed out yet."""

    secret: str
    recovery_codes: list[str] = field(default_factory=list)
    handed_out: int = -1

    def at(self, steps: int = 0) -> str:
        """Return the code of a step, counted from the present one."""
        return totp.code_at(self.secret, totp.step_at(clock.now()) + steps)

    def code(self) -> str:
        """Return a code that was not handed out before. The server takes two of them in one half minute, no more."""
        self.handed_out = max(totp.step_at(clock.now()), self.handed_out + 1)
        return totp.code_at(self.secret, self.handed_out)

    def wrong(self) -> str:
        """Return six digits that are no code of this minute."""
        near = {self.at(steps) for steps in range(-3, 4)}
        return next(code for code in (f"{number:06}" for number in range(10)) if code not in near)


def enrolled(cast: Cast, name: str) -> Authenticator:
    """Set up an authenticator for one of the cast. Their session of the cast, if it has a row, is proved by it."""
    with cast.acting(name) as uow:
        phone = Authenticator(service.enrol_mfa(uow).secret)
    phone.recovery_codes = service.confirm_mfa(cast.backend, cast[name], phone.code())
    return phone


def take(cast: Cast, code: str, name: str = "io") -> bool:
    """Take a code as a sign-in does."""
    with cast.acting(name) as uow:
        return mfa.take(uow, code)


def events_of(cast: Cast, name: str = "io") -> list[str]:
    """Return what the trail of a person's tenant says, in order."""
    with cast.superuser() as connection:
        rows = connection.execute(
            "SELECT event FROM audit.entry WHERE tenant_id = %s ORDER BY seq", (cast[name].tenant_id,)
        )
        return [row[0] for row in rows]


def told(cast: Cast) -> list[tuple[str, int]]:
    """Return what people are told of second factors: the change, and how many recovery codes are left."""
    with cast.superuser() as connection:
        rows = connection.execute(
            "SELECT payload FROM app.outbox WHERE type = 'identity.second_factor_changed' ORDER BY id"
        )
        return [(row[0]["change"], row[0]["left"]) for row in rows]
