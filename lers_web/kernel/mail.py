"""Outgoing mail as a port. Every message has a Message-ID of its own that a retry repeats, so no copy shows twice."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from lers_web.config import Settings
from lers_web.kernel import clock
from lers_web.kernel.errors import Unavailable

TIMEOUT_SECONDS = 20
PING_SECONDS = 2.0
SMTP_OK = 250


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one person. ``key`` makes its Message-ID: the same key is the same message."""

    key: str
    to: str
    subject: str
    text: str
    html: str | None = None


class SmtpMailer:
    """Hands mails to the configured relay."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def build(self, mail: Mail) -> EmailMessage:
        """Return the message as it goes out."""
        sender = self._settings.mail_from
        domain = parseaddr(sender)[1].rpartition("@")[2] or "lers.example"
        message = EmailMessage()
        message["From"] = sender
        message["To"] = mail.to
        message["Subject"] = mail.subject
        message["Date"] = format_datetime(clock.now())
        message["Message-ID"] = f"<{mail.key}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.text)
        if mail.html is not None:
            message.add_alternative(mail.html, subtype="html")
        return message

    def ping(self, timeout: float = PING_SECONDS) -> bool:
        """Whether the relay greets and answers. Nothing is sent, and nobody signs in."""
        try:
            with smtplib.SMTP(self._settings.smtp_host, self._settings.smtp_port, timeout=timeout) as smtp:
                return smtp.noop()[0] == SMTP_OK
        except (smtplib.SMTPException, OSError):
            return False

    def send(self, mail: Mail) -> None:
        """Send it; raise ``Unavailable`` when the relay did not take it."""
        settings = self._settings
        try:
            with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT_SECONDS) as smtp:
                if settings.smtp_starttls:
                    smtp.starttls()
                if settings.smtp_user:
                    smtp.login(settings.smtp_user, settings.smtp_password)
                smtp.send_message(self.build(mail))
        except (smtplib.SMTPException, OSError) as error:
            raise Unavailable(f"the mail relay did not take the message: {type(error).__name__}", 60) from error
