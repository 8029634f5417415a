"""The demo's files: small, synthetic, and real. A mandate is a PDF of one page, a response a CSV or another PDF."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Sequence

_LINE, _TOP, _LEFT = 18, 780, 64
_A4 = b"[0 0 595 842]"


def pdf(lines: Sequence[str]) -> bytes:
    """Make a PDF of one page with these lines, the first one larger."""
    text = [b"BT /F1 16 Tf %d %d Td (%b) Tj /F1 11 Tf" % (_LEFT, _TOP, _escaped(lines[0]))]
    text += [b"0 -%d Td (%b) Tj" % (_LINE, _escaped(line)) for line in lines[1:]]
    stream = zlib.compress(b"\n".join([*text, b"ET"]))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox %b /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>" % _A4,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream),
    ]
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def _escaped(line: str) -> bytes:
    safe = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return safe.encode("latin-1", "replace")


def mandate(case: str, unit: str, officer: str, day: dt.date) -> bytes:
    """Make a synthetic notice under section 94 BNSS."""
    return pdf(
        [
            "Notice under section 94, BNSS 2023",
            "",
            f"{unit}, {day:%d.%m.%Y}",
            f"Case: {case}",
            "",
            "You are required to produce the records named in the request that this notice",
            "is attached to, for the purpose of the investigation.",
            "",
            f"Signed: {officer}",
            "",
            "SYNTHETIC DEMO DOCUMENT - NO REAL CASE, NO REAL PERSON",
        ]
    )


def answer(number: str, provider: str, day: dt.date) -> bytes:
    """Make a synthetic covering letter of a provider."""
    return pdf(
        [
            f"Reply to {number}",
            "",
            f"{provider}, {day:%d.%m.%Y}",
            "",
            "The records that we hold are attached. They were taken from our systems in the",
            "ordinary course of business.",
            "",
            "SYNTHETIC DEMO DOCUMENT - NO REAL CASE, NO REAL PERSON",
        ]
    )


def records(kind: str, start: dt.datetime, rows: int = 24) -> bytes:
    """Make synthetic records as a CSV: reserved numbers and addresses only."""
    lines = [f"record,type,start_utc,party_a,party_b,seconds,source ({kind}; SYNTHETIC)"]
    for index in range(rows):
        moment = start + dt.timedelta(hours=5 * index, minutes=7 * index)
        lines.append(
            f"{index + 1},{'IN' if index % 3 else 'OUT'},{moment:%Y-%m-%dT%H:%M:%SZ},+915550100{index:03d},"
            f"+915550199{(index * 7) % 1000:03d},{(index * 37) % 600},203.0.113.{index % 250 + 1}"
        )
    return ("\r\n".join(lines) + "\r\n").encode()
