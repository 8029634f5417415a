"""What the caller may choose for a standalone run: the only place of the launcher that reads the environment for it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from lers_web.config import Settings
from lers_web.standalone.environment import caller_environ
from lers_web.standalone.errors import StandaloneError
from lers_web.standalone.stack import ROOT, Addresses

YES = {"1", "true", "yes", "on"}
NO = {"", "0", "false", "no", "off"}
HIGHEST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Options:
    """The choices for one run, with their defaults."""

    home: Path
    addresses: Addresses
    web_workers: int
    freshclam: bool
    scanner: bool
    demo: bool
    servers_only: bool = False  # the inner servers alone: for running LERS's own processes under a debugger
    settings: Mapping[str, str] = field(default_factory=dict)  # LERS_* of the caller that the launcher does not set

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None, *, servers_only: bool = False) -> Options:
        """Read the choices; refuse one that cannot be meant."""
        environ = caller_environ() if environ is None else environ
        known = {f"LERS_{item.name.upper()}" for item in fields(Settings)}
        web, hub = _port(environ, "LERS_PORT", 8080), _port(environ, "LERS_HUB_PORT", 8081)
        if web == hub:
            raise StandaloneError(f"LERS_PORT and LERS_HUB_PORT are both {web}: choose two different ports")
        return cls(
            home=Path(environ.get("LERS_HOME") or ROOT / ".lers"),
            addresses=Addresses(web, hub),
            web_workers=_number(environ, "LERS_WEB_WORKERS", os.cpu_count() or 1, 1, 64),
            freshclam=_flag(environ, "LERS_FRESHCLAM", default=False),
            scanner=_flag(environ, "LERS_SCANNER", default=True),
            demo=_flag(environ, "LERS_DEMO", default=True),
            servers_only=servers_only,
            settings={name: value for name, value in environ.items() if name in known and value},
        )


def _flag(environ: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = environ.get(name)
    if text is None:
        return default
    if text.strip().lower() in YES | NO:
        return text.strip().lower() in YES
    raise StandaloneError(f"{name} is {text!r}: say true or false")


def _port(environ: Mapping[str, str], name: str, default: int) -> int:
    return _number(environ, name, default, 1, HIGHEST_PORT)


def _number(environ: Mapping[str, str], name: str, default: int, lowest: int, highest: int) -> int:
    text = environ.get(name) or str(default)
    if not text.isdecimal() or not lowest <= int(text) <= highest:
        raise StandaloneError(f"{name} is {text!r}: it must be a number from {lowest} to {highest}")
    return int(text)
