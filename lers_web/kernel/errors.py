"""Every failure a caller can expect, each with a stable code. No HTTP here: ``http/errors.py`` maps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar


class LersError(Exception):
    """A failure that is told to the caller. ``code`` is part of the public contract."""

    code: ClassVar[str] = "error"

    def __init__(self, detail: str, *, code: str | None = None, **extra: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.error_code = code or self.code
        self.extra = extra  # further members of the problem document, e.g. current_status


class InvalidCredentials(LersError):
    """Who you say you are could not be proved. One answer for unknown, wrong, locked and disabled."""

    code = "invalid_credentials"


class NotAuthenticated(LersError):
    """No token, a bad one, or a session that has ended."""

    code = "not_authenticated"


class Forbidden(LersError):
    """The caller's role, or this rule, does not allow it."""

    code = "forbidden"


class StepUpRequired(LersError):
    """The last proof of identity is too old for this act."""

    code = "step_up_required"


class EnrolmentRequired(LersError):
    """The tenant demands a second factor, and the caller has none yet."""

    code = "mfa_enrolment_required"

    def __init__(self) -> None:
        super().__init__("Your organisation demands a second factor. Set up an authenticator app first.")


class NotFound(LersError):
    """Not there, or not the caller's: the two are never told apart."""

    code = "not_found"

    def __init__(self, thing: str = "object") -> None:
        super().__init__(f"There is no such {thing}, or it is not yours to see.")


class Conflict(LersError):
    """The state of the thing does not allow it now."""

    code = "conflict"


class IllegalTransition(Conflict):
    """The action is not possible from the request's status. Carries ``current_status`` and ``allowed``."""

    code = "illegal_transition"


class RequestClosed(Conflict):
    """The request has ended; nothing more can be said in it."""

    code = "request_closed"


class FileNotClean(Conflict):
    """The file was not found clean, so it may not be read or used."""

    code = "file_not_clean"


class Duplicate(Conflict):
    """Something with the same unique name is there already."""

    code = "duplicate"


class StaleVersion(LersError):
    """The thing has changed since it was read (``If-Match`` names an older version)."""

    code = "stale_version"


class PreconditionRequired(LersError):
    """A change of an object must say which version it changes (``If-Match``)."""

    code = "precondition_required"


class Unreadable(LersError):
    """The body or a cursor cannot be read at all."""

    code = "bad_request"


class LengthRequired(LersError):
    """A body must say its length before it is sent."""

    code = "length_required"


class TooLarge(LersError):
    """More bytes than allowed."""

    code = "too_large"


class UnsupportedMediaType(LersError):
    """The body is not of a type this path takes."""

    code = "unsupported_media_type"


class Invalid(LersError):
    """A field does not hold what it must. ``errors`` lists every problem at once: {field: [sentences]}."""

    code = "invalid"

    def __init__(
        self,
        detail: str = "Some fields are not valid.",
        errors: Mapping[str, Sequence[str]] | None = None,
        *,
        code: str | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(detail, code=code, **extra)
        self.errors = {key: list(value) for key, value in (errors or {}).items()}


class TooManyRequests(LersError):
    """The caller's rate or lockout limit is reached; ``retry_after`` is in seconds."""

    code = "rate_limited"

    def __init__(self, detail: str, retry_after: int = 60) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class Unavailable(LersError):
    """Something that is needed is down. Nothing was changed; ``retry_after`` is in seconds."""

    code = "unavailable"

    def __init__(self, detail: str, retry_after: int = 5) -> None:
        super().__init__(detail)
        self.retry_after = retry_after
