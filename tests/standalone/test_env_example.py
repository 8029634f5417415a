"""``.env.example`` is the list of settings that people read: it must be complete and true."""

from __future__ import annotations

import re
from dataclasses import MISSING, fields
from pathlib import Path

from lers_web.config import Settings
from lers_web.standalone.options import Options

ROOT = Path(__file__).parents[2]
LAUNCHER = {"LERS_PORT", "LERS_WEB_WORKERS", "LERS_FRESHCLAM", "LERS_SCANNER", "LERS_DEMO"}


def listed() -> dict[str, tuple[bool, str]]:
    """Return name -> (commented out, value)."""
    lines = re.findall(r"^(#?)((?:LERS_|EVIDENCE_)[A-Z0-9_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE)
    return {name: (bool(comment), value) for comment, name, value in lines}


def names_of_settings() -> dict[str, str]:
    names = {item.name: f"LERS_{item.name.upper()}" for item in fields(Settings)}
    return names | {"evidence_key": "EVIDENCE_ENCRYPTION_KEY"}


def test_every_setting_is_listed_and_no_other() -> None:
    assert set(listed()) == set(names_of_settings().values()) | LAUNCHER


def test_the_defaults_it_shows_are_the_defaults() -> None:
    names, shown = names_of_settings(), listed()
    for item in fields(Settings):
        commented, value = shown[names[item.name]]
        if commented and value and item.name != "home":
            assert item.default is not MISSING
            assert Settings._parse(names[item.name], item.name, str(item.type), value) == item.default, item.name


def test_the_defaults_of_the_launcher_are_the_defaults() -> None:
    options = Options.from_env({})
    assert (options.addresses.web_port, options.addresses.hub_port) == (8080, 8081)
    assert options.home == ROOT / ".lers"
    assert (options.freshclam, options.scanner, options.demo) == (False, True, True)
