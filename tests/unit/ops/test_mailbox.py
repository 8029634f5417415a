"""The mail sink's page: newest first, one line a message, whatever a mail looks like."""

from __future__ import annotations

import mailbox as maildirs
from email.message import EmailMessage
from pathlib import Path

import pytest

from lers_web.kernel.errors import NotFound
from lers_web.ops import mailbox


def keep(folder: Path, to: str, subject: str, message_id: str | None, *, html: bool = False) -> str:
    message = EmailMessage()
    message["To"], message["From"], message["Subject"] = to, "LERS <no-reply@lers.example>", subject
    if message_id:
        message["Message-ID"] = message_id
    message.set_content("text of " + subject)
    if html:
        message.add_alternative("<p>html</p>", subtype="html")
    return maildirs.Maildir(folder).add(message.as_bytes())


def test_a_message_that_was_delivered_again_is_one(tmp_path: Path) -> None:
    for to, message_id in (("a@x.example", "<1@x>"), ("a@x.example", "<1@x>"), ("b@x.example", "<1@x>")):
        keep(tmp_path / "m", to, "s", message_id)
    assert sorted(mail.to for mail in mailbox.newest(tmp_path / "m")) == ["a@x.example", "b@x.example"]


def test_messages_without_an_id_are_all_shown(tmp_path: Path) -> None:
    keep(tmp_path / "m", "a@x.example", "one", None)
    keep(tmp_path / "m", "a@x.example", "two", None)
    assert {mail.subject for mail in mailbox.newest(tmp_path / "m")} == {"one", "two"}


def test_one_recipient_and_one_mail(tmp_path: Path) -> None:
    keep(tmp_path / "m", "a@x.example", "for a", "<1@x>")
    key = keep(tmp_path / "m", "b@x.example", "for b", "<2@x>", html=True)
    assert [mail.subject for mail in mailbox.newest(tmp_path / "m", recipient=" B@x ")] == ["for b"]
    found = mailbox.one(tmp_path / "m", key)
    assert (found.html or "").strip() == "<p>html</p>"
    assert found.text.strip() == "text of for b"
    for bad in ("nothing", "../../etc/passwd"):
        with pytest.raises(NotFound):
            mailbox.one(tmp_path / "m", bad)
