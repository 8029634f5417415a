"""The standalone mail server: takes every mail on loopback and keeps it in a Maildir. It never sends anything on.

Run as ``python -m lers_web.standalone.mailsink MAILDIR PORT``.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from datetime import UTC, datetime
from mailbox import Maildir
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

LARGEST_MAIL = 25 * 1024 * 1024


class MaildirSink:
    """Answers 250 only once the mail is on the disk, so that a sender may forget it."""

    def __init__(self, maildir: Path) -> None:
        self._path = maildir
        self._maildir = Maildir(maildir, create=True)
        for directory in (maildir, *(maildir / name for name in ("cur", "new", "tmp"))):
            directory.chmod(0o700)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd
        try:
            key = await asyncio.to_thread(self._store, envelope)
        except OSError as error:
            log("error", f"a mail could not be kept: {error.strerror}")
            return "452 4.3.1 No room for the mail, try again later"
        log("info", "mail kept", key=key, recipients=len(envelope.rcpt_tos))
        return f"250 2.0.0 kept as {key}"

    def _store(self, envelope: Envelope) -> str:
        content = envelope.original_content or b""
        trace = f"X-Envelope-From: {envelope.mail_from}\r\nX-Envelope-To: {', '.join(envelope.rcpt_tos)}\r\n"
        key = self._maildir.add(trace.encode("utf-8") + content)  # fsyncs the file, then links it into new/
        descriptor = os.open(self._path / "new", os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        return key


def log(level: str, message: str, **more: object) -> None:
    """Write one JSON line; never what is in a mail."""
    entry = {"time": datetime.now(UTC).isoformat().replace("+00:00", "Z"), "level": level, "message": message} | more
    sys.stdout.write(json.dumps(entry) + "\n")
    sys.stdout.flush()


async def serve(maildir: Path, port: int) -> None:
    """Take mails until SIGTERM or SIGINT."""
    sink = MaildirSink(maildir)
    loop = asyncio.get_running_loop()
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    server = await loop.create_server(
        lambda: SMTP(sink, data_size_limit=LARGEST_MAIL, enable_SMTPUTF8=True, hostname="localhost", loop=loop),
        host="127.0.0.1",
        port=port,
    )
    log("info", "ready", port=port)
    async with server:
        await stopping.wait()


def main() -> None:
    """Read the two arguments and serve."""
    if len(sys.argv) != 3:  # noqa: PLR2004 - the program and its two arguments
        sys.exit("usage: python -m lers_web.standalone.mailsink MAILDIR PORT")
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2])))


if __name__ == "__main__":
    main()
