"""What the web process holds: settings, keys, the backend, and the hooks that ``app.py`` plugs in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app

from lers_web.config import Settings
from lers_web.kernel.actor import Actor, Source
from lers_web.kernel.db import ActorSession
from lers_web.kernel.ports import Backend
from lers_web.kernel.tokens import Claims, TokenKeys

ActorLoader = Callable[[ActorSession, Claims, Source], Actor]

EXTENSION = "lers"


@dataclass(frozen=True, slots=True)
class Runtime:
    """One web process. ``load_actor`` is identity's: ``http`` knows no domain."""

    settings: Settings
    backend: Backend
    keys: TokenKeys | None
    load_actor: ActorLoader


def runtime() -> Runtime:
    """Return the runtime of the current application."""
    found: Runtime = current_app.extensions[EXTENSION]
    return found


def token_keys() -> TokenKeys:
    """Return the token keys, which only an application made for printing its document lacks."""
    keys = runtime().keys
    if keys is None:
        raise RuntimeError("this application was made without token keys")
    return keys
