"""freshclam in the background: fetches ClamAV's full signature database when LERS_FRESHCLAM=true."""

from __future__ import annotations

from lers_web.standalone.child import Command
from lers_web.standalone.clamav import Clamd
from lers_web.standalone.server import Server


class Freshclam(Server):
    """Nobody waits for it: the first download takes minutes, and clamd works with the small set until then."""

    name = "freshclam"
    title = "freshclam"
    needs = ("clamd",)
    required = False

    def __init__(self, clamd: Clamd) -> None:
        self._clamd = clamd
        self._command: Command | None = None

    def prepare(self) -> None:
        self._command = self._clamd.freshclam()  # may fetch the package

    def command(self) -> Command:
        if self._command is None:
            self.prepare()
        assert self._command is not None
        return self._command

    def ready(self) -> bool:
        return self.child is not None and self.child.poll() is None
