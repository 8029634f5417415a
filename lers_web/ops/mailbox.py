"""What the standalone mail sink has taken: read from its Maildir, newest first."""

from __future__ import annotations

import datetime as dt
import mailbox
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path

from lers_web.kernel.errors import NotFound

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Mail:
    """One kept mail as the page shows it."""

    key: str
    to: str
    sender: str
    subject: str
    date: dt.datetime | None
    message_id: str
    text: str
    html: str | None


def newest(folder: Path, *, recipient: str = "") -> list[Mail]:
    """Return the newest mails, those to one recipient where one is given."""
    box = mailbox.Maildir(folder, create=False)
    paths = sorted(
        (path for part in ("new", "cur") for path in (folder / part).iterdir()),
        key=lambda path: path.stat().st_mtime_ns,
        reverse=True,
    )
    mails = (_read(box, path.name.partition(":")[0]) for path in paths[: SHOWN * 5])
    wanted = recipient.strip().lower()
    seen: dict[tuple[str, str], Mail] = {}
    for mail in mails:
        if not wanted or wanted in mail.to.lower():
            # A retried delivery has the Message-ID of the first: mail readers show it once, and so does this page.
            seen.setdefault((mail.message_id or mail.key, mail.to), mail)
    return list(seen.values())[:SHOWN]


def one(folder: Path, key: str) -> Mail:
    """Return one mail."""
    box = mailbox.Maildir(folder, create=False)
    if key not in box:
        raise NotFound("mail")
    return _read(box, key)


def _read(box: mailbox.Maildir, key: str) -> Mail:
    message = BytesParser(policy=policy.default).parsebytes(box.get_bytes(key))
    if not isinstance(message, EmailMessage):
        raise TypeError("the default policy parses into EmailMessage")
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    date = message.get("Date")
    return Mail(
        key=key,
        to=str(message.get("To", "")),
        sender=str(message.get("From", "")),
        subject=str(message.get("Subject", "")),
        date=parsedate_to_datetime(str(date)) if date else None,
        message_id=str(message.get("Message-ID", "")),
        text=text.get_content() if text is not None else "",
        html=html.get_content() if html is not None else None,
    )
