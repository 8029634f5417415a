"""The mail sink as a server of the standalone run."""

from __future__ import annotations

import smtplib
import sys
from pathlib import Path

from lers_web.standalone.child import Command
from lers_web.standalone.environment import clean_environ
from lers_web.standalone.home import Home
from lers_web.standalone.server import Server


class MailSink(Server):
    """Keeps every mail in a Maildir of the home; nothing leaves the machine."""

    name = "mailsink"
    title = "Mail sink"

    def __init__(self, home: Home, root: Path) -> None:
        self._root = root
        self.port = home.port("mailsink")
        self.maildir = home.path / "mail"

    def command(self) -> Command:
        return Command(
            argv=[sys.executable, "-m", "lers_web.standalone.mailsink", self.maildir, str(self.port)],
            env=clean_environ({"PYTHONUNBUFFERED": "1"}),
            cwd=self._root,
        )

    def ready(self) -> bool:
        try:
            with smtplib.SMTP("127.0.0.1", self.port, timeout=2) as client:
                return client.noop()[0] == 250  # noqa: PLR2004 - "fine" in SMTP
        except (OSError, smtplib.SMTPException):
            return False
