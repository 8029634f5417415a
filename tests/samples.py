"""Sample files made in code, so that none is ever a real one: mandates, call records of each operator, archives.

Every number is synthetic: test allocation codes for devices (00101…), the test network for SIM cards (MCC 001),
documentation ranges for IP addresses, and subscriber numbers that count up from 6000000001.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

TARGET = "6000000001"
PARTIES = ("6000000002", "6000000003", "6000000004")
IMEI = "001010000000000"  # as in call records, where the check digit is mostly written as 0
IMSI = "001010000000001"
CELLS = ("404-99-101-10001", "404-99-101-10002")
FIRST_CALL = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)  # written out as local time
MESSAGE = 2  # of three rows the last is an SMS

AIRTEL_HEADER = (
    "Target No,Call Type,TOC,B Party No,LRN No,LRN TSP-LSA,Date,Time,Dur(s),First CGI Lat/Long,First CGI,"
    "Last CGI Lat/Long,Last CGI,SMSC No,Service Type,IMEI,IMSI,Call Fow No,Roam Nw,SW & MSC ID,IN TG,OUT TG,"
    "Vowifi First UE IP,Port1,Vowifi Last UE IP,Port2"
)
JIO_HEADER = (
    "Calling Party Telephone Number,Called Party Telephone Number,Call Forwarding,LRN Called No,Call Date,Call Time,"
    "Call Termination Time,Call Duration,First Cell ID,Last Cell ID,Call Type,SMS Center Number,IMEI,IMSI,"
    "Roaming Circle Name"
)
VI_HEADER = (
    "Target /A PARTY NUMBER,CALL_TYPE,Type of Connection,B PARTY NUMBER,LRN- B Party Number,Translation of LRN,"
    "Call date,Call Initiation Time,Call Duration,First BTS Location,First Cell Global Id,Last BTS Location,"
    "Last Cell Global Id,SMS Centre Number,Service Type,IMEI,IMSI,Call Forwarding Number,Roaming Network/Circle,"
    "MSC ID,In TG ,Out TG"
)
BSNL_HEADER = (
    "Target/A-Party Number,Call Type,Type of Connection,Other/B-party Number,LRN of B-Party Number,"
    "Translation of LRN,Call Date,Call Initiation Time,Call Duration,First BTS Location,First Cell Global ID,"
    "Last BTS Location,Last Cell Global ID,SMS Centre No.,Service Type,IMEI,IMSI,Original Calling Party,"
    "Roaming Network/Circle,Switch/MSC ID,In TG,Out TG"
)

_CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="{part}" ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{items}</Relationships>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def pdf(*objects: bytes, root: bytes = b"", page: bytes = b"/Resources << >>") -> bytes:
    """Make a PDF of one page with a right cross-reference table.

    Further objects are numbered from 4; ``root`` goes into the catalog and ``page`` into the page.
    """
    numbered = [
        b"<< /Type /Catalog /Pages 2 0 R " + root + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] " + page + b" >>",
        *objects,
    ]
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(numbered, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(numbered) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(numbered) + 1, start))
    return out.getvalue()


def pdf_stream(content: bytes, dictionary: bytes = b"") -> bytes:
    """Make the body of a compressed stream object."""
    packed = zlib.compress(content)
    return b"<< %b /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (dictionary, len(packed), packed)


def pdf_mandate(text: str = "Order under section 94 BNSS, Cr. No. 12/2026 (synthetic)") -> bytes:
    """Make a mandate of one page that shows one line."""
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("latin-1", "replace")
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    content = pdf_stream(b"BT /F1 12 Tf 72 770 Td (%b) Tj ET" % escaped)
    return pdf(font, content, page=b"/Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R")


def png(width: int = 1, height: int = 1) -> bytes:
    """Make a grey PNG; a large one has the header of its size and pixels that do not fill it."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\x00" + b"\x80" * min(width, 64) for _ in range(min(height, 64)))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def zip_of(files: Mapping[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack names and contents as they are, harmful names included."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 6, 1, 9, 0, 0)), content, method)
    return out.getvalue()


def office(extension: str, extra: Mapping[str, bytes | str] = {}, relations: str = "") -> bytes:
    """Make the smallest .docx or .xlsx that Office opens, with further parts and relations of its main part."""
    folder, part, kind, body = {
        "docx": (
            "word",
            "document.xml",
            "wordprocessingml.document",
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>',
        ),
        "xlsx": (
            "xl",
            "workbook.xml",
            "spreadsheetml.sheet",
            '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets/></workbook>',
        ),
    }[extension]
    main = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="{folder}/{part}"/>'
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": _CONTENT_TYPES.format(part=f"/{folder}/{part}", kind=kind),
        "_rels/.rels": _RELATIONS.format(items=main),
        f"{folder}/{part}": body,
        f"{folder}/_rels/{part}.rels": _RELATIONS.format(items=relations),
    }
    return zip_of(parts | dict(extra))


def relation(kind: str, target: str, mode: str = "External") -> str:
    """Write one relation of an Office document."""
    return f'<Relationship Id="rId9" Type="{_OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/>'


def eicar() -> bytes:
    """Make the standard antivirus test file; it is joined here so that no scanner minds this source file."""
    return ("X5O!P%@AP[4\\PZX54(P^)7CC)7}" + "$EICAR-" + "STANDARD-ANTIVIRUS-" + "TEST-FILE!$H+H*").encode("ascii")


def _calls(rows: int) -> Sequence[tuple[int, datetime, str, int]]:
    """Make rows of (number, start in local time, other party, seconds); every third is a message of no length."""
    return [
        (
            number,
            FIRST_CALL + timedelta(hours=7 * number, minutes=number),
            PARTIES[number % len(PARTIES)],
            0 if number % 3 == MESSAGE else 30 + number,
        )
        for number in range(rows)
    ]


def _lines(lines: Sequence[str], ending: str = "\r\n") -> bytes:
    return (ending.join(lines) + ending).encode("utf-8")


def cdr_airtel(rows: int = 6) -> bytes:
    """Write Airtel's layout: banner, values in single quotes, DD/MM/YYYY, latitude/longitude in one column."""
    kinds = ("IN", "OUT", "SMT")
    lines = [
        "BHARTI AIRTEL LIMITED",
        f"Call Details of Mobile No '{TARGET}' from '01-Jun-2026' to '30-Jun-2026'",
        "",
        AIRTEL_HEADER,
    ]
    for number, start, party, seconds in _calls(rows):
        message = number % 3 == MESSAGE
        values = [
            TARGET,
            kinds[number % 3],
            "POSTPAID",
            "AD-EXAMPL-S" if message else party,
            "-",
            "-",
            f"{start:%d/%m/%Y}",
            f"{start:%H:%M:%S}",
            str(seconds),
            "18.90/72.80",
            CELLS[0],
            "18.91/72.81",
            CELLS[1],
            "919000000000" if message else "-",
            "SMS" if message else "VOICE",
            IMEI,
            IMSI,
            "-",
            "-",
            "MSC01",
            "-",
            "-",
            "-",
            "-",
            "-",
            "-",
        ]
        lines.append(",".join(f"'{value}'" for value in values))
    return _lines(lines)


def cdr_jio(rows: int = 6) -> bytes:
    """Write Jio's layout: whether the target calls or is called follows from the call type."""
    lines = [
        "Ticket Number : SYNTHETIC-0001",
        f"Input Value (MSISDN/B PARTY/IMEI/IMSI/CELL ID) : 91{TARGET}",
        f"Total Records : {rows}",
        "",
        JIO_HEADER,
    ]
    kinds = ("a_in", "a_out", "A2P_SMSIN")
    for number, start, party, seconds in _calls(rows):
        kind = kinds[number % 3]
        caller, callee = ("91" + TARGET, "91" + party) if kind == "a_out" else ("91" + party, "91" + TARGET)
        values = [
            "JX-EXAMPL" if kind == "A2P_SMSIN" else caller,
            callee,
            "",
            "",
            f"{start:%d/%m/%Y}",
            f"{start:%H:%M:%S}",
            f"{start + timedelta(seconds=seconds):%H:%M:%S}",
            str(seconds),
            "4049900065002711",
            "4049900065002712",
            kind,
            "919000000000" if kind == "A2P_SMSIN" else "",
            IMEI,
            IMSI,
            "Mumbai",
        ]
        lines.append(",".join(values))
    return _lines(lines)


def cdr_vi(rows: int = 6) -> bytes:
    """Write Vi's layout: DD-MM-YYYY, and one comma more at the end of each row than the header has."""
    lines = [
        "Vodafone Idea Call Data Records",
        f"MSISDN : - {TARGET}",
        "Report Type :- Main CDR Report",
        "From Date : 01-06-2026  To Date : 30-06-2026",
        "",
        VI_HEADER,
    ]
    kinds = ("INCOMING", "OUTGOING", "SMS-IN")
    for number, start, party, seconds in _calls(rows):
        message = number % 3 == MESSAGE
        values = [
            TARGET,
            kinds[number % 3],
            "PREPAID",
            "VK-EXAMPL" if message else party,
            "---",
            "---",
            f"{start:%d-%m-%Y}",
            f"{start:%H:%M:%S}",
            str(seconds),
            "Synthetic Tower 1",
            CELLS[0],
            "Synthetic Tower 2",
            CELLS[1],
            "919000000000" if message else "---",
            "SMS" if message else "VOICE",
            IMEI,
            IMSI,
            "---",
            "MUMBAI",
            "MSC01",
            "---",
            "---",
        ]
        lines.append(",".join(values) + ",")
    return _lines(lines)


def cdr_bsnl(rows: int = 6) -> bytes:
    """Write BSNL's layout: search criteria above, and a footer with the count of rows below."""
    lines = [
        "Search Criteria : MSISDN",
        f"Search Value : {TARGET}",
        "Start Date : 202606010000",
        "End Date : 202606302359",
        "",
        BSNL_HEADER,
    ]
    kinds = ("IN", "OUT", "SMT")
    for number, start, party, seconds in _calls(rows):
        message = number % 3 == MESSAGE
        values = [
            TARGET,
            kinds[number % 3],
            "PREPAID",
            party,
            "",
            "",
            f"{start:%d/%m/%Y}",
            f"{start:%H:%M:%S}",
            str(seconds),
            "Synthetic BTS 1",
            CELLS[0],
            "Synthetic BTS 2",
            CELLS[1],
            "919000000000" if message else "",
            "SMS" if message else "VOICE",
            IMEI,
            IMSI,
            "",
            "MUMBAI",
            "MSC01",
            "",
            "",
        ]
        lines.append(",".join(values))
    return _lines([*lines, "*** END OF REPORT ***", f"CDR COUNT : {rows}"])


CALL_RECORDS = {"airtel": cdr_airtel, "jio": cdr_jio, "vi": cdr_vi, "bsnl": cdr_bsnl}
