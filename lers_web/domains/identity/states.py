"""The fixed words of identity: why a session ended, what a key is for, and the policy that a tenant sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from lers_web.kernel.permissions import Role, TenantType


class EndReason(StrEnum):
    """Why a session ended."""

    LOGOUT = "LOGOUT"
    ENDED_BY_USER = "ENDED_BY_USER"
    PASSWORD_CHANGED = "PASSWORD_CHANGED"  # noqa: S105 - a reason, not a password
    REFRESH_REUSED = "REFRESH_REUSED"
    DEACTIVATED = "DEACTIVATED"
    MFA_CHANGED = "MFA_CHANGED"
    MFA_RESET = "MFA_RESET"


class MfaChange(StrEnum):
    """What happened to a person's second factor."""

    ENROLLED = "ENROLLED"
    REMOVED = "REMOVED"
    RESET = "RESET"
    CODES_RENEWED = "CODES_RENEWED"
    RECOVERY_CODE_USED = "RECOVERY_CODE_USED"
    GUESSED = "GUESSED"  # somebody knew the password and failed at the code until the account was locked


class KeyUse(StrEnum):
    """What a public key of a person is for."""

    CHAT = "CHAT"
    SIGNING = "SIGNING"


BY_PASSWORD = ("pwd",)
BY_PASSWORD_AND_CODE = ("pwd", "otp", "mfa")
"""How a session was proved (``amr``, RFC 8176)."""

ROLES_OF: dict[TenantType, frozenset[Role]] = {
    TenantType.PLATFORM: frozenset({Role.SUPER_ADMIN}),
    TenantType.LAW_ENFORCEMENT: frozenset({Role.IO, Role.APPROVER}),
    TenantType.PROVIDER: frozenset({Role.PROVIDER}),
}
"""Which roles a tenant's people may have: nobody approves for a provider, and no officer administers the platform."""

RANKS = ("SHO", "ACP", "DSP", "DCP", "SP", "DIG", "IG", "ADG", "DG")
LANGUAGES = ("en", "hi")
SIGNATURE_LEVELS = (0, 1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantPolicy:
    """How strict a tenant is. What its row does not say has these defaults."""

    auto_submit: bool = True
    mfa_required: bool = True
    signature_level: int = 0
    break_glass_two_person: bool = False
    e2e_chat: bool = False

    @classmethod
    def of(cls, stored: Mapping[str, Any] | None) -> TenantPolicy:
        """Read a tenant's stored policy; names that this version does not know are left out."""
        stored = stored or {}
        return cls(**{name: stored[name] for name in cls.__dataclass_fields__ if name in stored})

    def as_dict(self) -> dict[str, Any]:
        """Return every member by name."""
        return asdict(self)
