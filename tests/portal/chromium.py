"""The browser of the tests: the machine's Chromium, installed when it is missing and this account may do so."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
# Chromium draws Hindi with the portals' own font; the system's is for what has none.
PACKAGES = ("chromium", "fonts-noto-core")


class NoBrowser(Exception):
    """There is no Chromium, and none can be installed from here."""


@cache
def find_chromium() -> str:
    """Return the path of LERS_CHROMIUM, of a Chromium on the PATH, or of one that apt-get installs."""
    named = os.environ.get("LERS_CHROMIUM")  # noqa: TID251 - the tests' own switch, and none of the system's
    if named:
        if not shutil.which(named):
            raise NoBrowser(f"LERS_CHROMIUM names {named}, which is no program.")
        return named
    found = _on_the_path()
    if not found and shutil.which("apt-get") and os.geteuid() == 0:
        _install()
        found = _on_the_path()
    if not found:
        raise NoBrowser(
            "The tests of the portals need Chromium. Debian, Ubuntu: apt-get install chromium; "
            "elsewhere: say where it is with LERS_CHROMIUM=/path/to/chromium."
        )
    return found


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """Yield the machine's Chromium, driven by Playwright."""
    # Root has no sandbox, and a container little shared memory; the rest is for pictures that are the same everywhere.
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    arguments = [*root, "--disable-dev-shm-usage", "--force-color-profile=srgb", "--font-render-hinting=none"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=arguments)
        yield browser
        browser.close()


def _on_the_path() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _install() -> None:
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}  # noqa: TID251 - passed on whole
    install = ("apt-get", "install", "--yes", "--no-install-recommends", *PACKAGES)
    for command in (("apt-get", "update"), install):
        done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NoBrowser(f"`{' '.join(command)}` failed:\n{done.stdout}{done.stderr}")
