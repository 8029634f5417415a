"""Versions over HTTP: the ETag of an object is its version; ``If-Match`` names the one a change is meant for."""

from __future__ import annotations

from flask import request

from lers_web.kernel.errors import PreconditionRequired, StaleVersion


def if_match(*, required: bool = False) -> int | None:
    """Return the version that the caller has read, or None when it does not say (or says ``*``)."""
    text = request.headers.get("If-Match", "").strip()
    if not text:
        if required:
            raise PreconditionRequired("Say which version you change: send If-Match with the ETag that you read.")
        return None
    if text == "*":
        return None
    plain = text.removeprefix("W/").strip('"')
    if not plain.isascii() or not plain.isdigit() or len(plain) > 9:  # noqa: PLR2004 - a version is a small number
        raise StaleVersion("If-Match does not name a version of this object. Read it again.")
    return int(plain)
