"""Uploads are told apart by their bytes, and what may hide in them is found; every sample is made here."""

from __future__ import annotations

import codecs
import io
import struct
import tempfile
import time
import zipfile
from collections.abc import Callable
from typing import BinaryIO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lers_web.domains.files import inspect_zip
from lers_web.domains.files.content import (
    HEAD_BYTES,
    Purpose,
    Severity,
    check_declared,
    inspect,
    matches,
    settled_media_type,
    sniff,
)
from lers_web.domains.files.media_types import ALLOWED, DOCX, EMPTY, OLE, OLE_MAGIC, PDF, UNKNOWN, XLSX, ZIP
from tests import samples

JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    b"\xff\xff\xc0\x00\x11\x08%b\x03\x01\x11\x00\x02\x11\x00\x03\x11\x00\xff\xda"
)
FTYP = b"\x00\x00\x00\x18ftyp%b\x00\x00\x00\x00mp42isom"


def jpeg(width: int, height: int) -> bytes:
    return JPEG % struct.pack(">HH", height, width)


def gif(width: int, height: int) -> bytes:
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\x80\x00\x00\x00\x00\x00\xff\xff\xff;"


def webp(chunk: bytes, body: bytes) -> bytes:
    return b"RIFF" + struct.pack("<I", len(body) + 12) + b"WEBP" + chunk + struct.pack("<I", len(body)) + body


def webp_lossy(width: int, height: int) -> bytes:
    return webp(b"VP8 ", b"\x00\x00\x00\x9d\x01\x2a" + struct.pack("<HH", width, height))


def webp_lossless(width: int, height: int) -> bytes:
    return webp(b"VP8L", b"\x2f" + struct.pack("<I", (width - 1) | (height - 1) << 14))


def webp_extended(width: int, height: int) -> bytes:
    sizes = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return webp(b"VP8X", b"\x00\x00\x00\x00" + sizes)


def tiff(*pages: tuple[int, int], order: str = "<", loop: bool = False) -> bytes:
    """Write directories of two entries each, one after the other; ``loop`` lets the last point at the first."""
    out = (b"II" if order == "<" else b"MM") + struct.pack(order + "HI", 42, 8)
    for number, (width, height) in enumerate(pages):
        following = len(out) + 2 + 24 + 4
        last = number == len(pages) - 1
        out += struct.pack(order + "H", 2)
        out += struct.pack(order + "HHII", 256, 4, 1, width)
        out += struct.pack(order + "HHII", 257, 4, 1, height)
        out += struct.pack(order + "I", (8 if loop else 0) if last else following)
    return out


def codes(content: bytes, media_type: str) -> set[str]:
    return {finding.code for finding in inspect(io.BytesIO(content), media_type)}


def refusals(content: bytes, media_type: str) -> set[str]:
    found = inspect(io.BytesIO(content), media_type)
    assert all(each.message.endswith(".") for each in found)
    return {finding.code for finding in found if finding.severity is Severity.REFUSED}


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (samples.pdf_mandate(), PDF),
        (b"", EMPTY),
        (samples.png(), "image/png"),
        (jpeg(1, 1), "image/jpeg"),
        (gif(1, 1), "image/gif"),
        (webp_lossy(1, 1), "image/webp"),
        (tiff((1, 1)), "image/tiff"),
        (tiff((1, 1), order=">"), "image/tiff"),
        (samples.zip_of({"a.txt": "a"}), ZIP),
        (samples.office("docx"), ZIP),
        (OLE_MAGIC + bytes(600), OLE),
        (b"hello", "text/plain"),
        ("नमस्ते दुनिया".encode(), "text/plain"),
        ("नमस्ते".encode()[:-1], "text/plain"),
        (codecs.BOM_UTF8 + b"a,b\n1,2\n", "text/csv"),
        ("a,b\n1,2\n".encode("utf-16"), "text/csv"),
        (b'{"a": 1}', "application/json"),
        (b'<?xml version="1.0"?><a/>', "application/xml"),
        (b"<!DOCTYPE html><html>", "text/html"),
        (b"BMW,MH12AB1234\nAudi,MH12AB1235\n", "text/csv"),
        (b"MZ is how this line begins", "text/plain"),
        ("Müller,Zürich\n".encode("cp1252"), "text/plain"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "application/x-msdownload"),
        (b"ID3\x03\x00\x00\x00\x00\x00\x00", "audio/mpeg"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"#!AMR\n\x0c\x00", "audio/amr"),
        (b"fLaC\x00\x00\x00\x22", "audio/flac"),
        (b"OggS\x00\x02" + bytes(40), "audio/ogg"),
        (FTYP % b"isom", "video/mp4"),
        (FTYP % b"M4A ", "audio/mp4"),
        (FTYP % b"3gp4", "video/3gpp"),
        (FTYP % b"qt  ", "video/quicktime"),
        (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm", "video/webm"),
        (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x88matroska", "video/x-matroska"),
        (b"RIFF\x00\x00\x00\x00AVI LIST", "video/x-msvideo"),
        (b"{\\rtf1 hello}", "application/rtf"),
        (bytes(range(256)), UNKNOWN),
    ],
)
def test_first_bytes_tell_the_type(head: bytes, expected: str) -> None:
    assert sniff(head) == expected


@pytest.mark.parametrize(
    ("declared", "filename", "content", "purpose"),
    [
        (PDF, "Order.PDF", samples.pdf_mandate(), Purpose.MANDATE),
        ("image/jpg", "scan.jpeg", jpeg(1, 1), Purpose.MANDATE),
        ("text/csv", "cdr.csv", samples.cdr_vi(), Purpose.RESPONSE),
        ("text/csv; charset=utf-8", "cdr.csv", samples.cdr_airtel(), Purpose.RESPONSE),
        ("application/vnd.ms-excel", "cdr.csv", samples.cdr_jio(), Purpose.RESPONSE),
        ("text/plain", "answer.txt", b'{"a": 1}', Purpose.RESPONSE),
        ("application/json", "answer.json", b"[1]", Purpose.RESPONSE),
        (XLSX, "answer.xlsx", samples.office("xlsx"), Purpose.RESPONSE),
        (DOCX, "answer.docx", samples.office("docx"), Purpose.EVIDENCE),
        ("application/x-zip-compressed", "a.zip", samples.zip_of({"a.txt": "a"}), Purpose.CHAT),
        ("audio/x-m4a", "call.m4a", FTYP % b"isom", Purpose.RESPONSE),
        ("video/webm", "clip.webm", b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm", Purpose.SAMPLE),
        ("text/plain", "eicar.txt", samples.eicar(), Purpose.RESPONSE),
    ],
)
def test_what_agrees_is_taken(declared: str, filename: str, content: bytes, purpose: Purpose) -> None:
    assert matches(declared, filename, sniff(content), purpose) is None
    assert inspect(io.BytesIO(content), settled_media_type(declared, filename, sniff(content))) == []


@pytest.mark.parametrize(
    ("declared", "filename", "content", "purpose", "code", "field"),
    [
        ("text/csv", "cdr.csv", samples.cdr_vi(), Purpose.MANDATE, "media_type_not_allowed", "media_type"),
        ("application/x-msdownload", "a.exe", b"MZ", Purpose.RESPONSE, "media_type_not_allowed", "media_type"),
        ("text/html", "a.html", b"<html>", Purpose.RESPONSE, "media_type_not_allowed", "media_type"),
        ("image/svg+xml", "a.svg", b"<svg/>", Purpose.MANDATE, "media_type_not_allowed", "media_type"),
        ("", "a.pdf", samples.pdf_mandate(), Purpose.MANDATE, "media_type_not_allowed", "media_type"),
        (PDF, "order.exe", samples.pdf_mandate(), Purpose.MANDATE, "extension_mismatch", "filename"),
        (PDF, "order.pdf.exe", samples.pdf_mandate(), Purpose.MANDATE, "extension_mismatch", "filename"),
        (PDF, "order", samples.pdf_mandate(), Purpose.MANDATE, "extension_mismatch", "filename"),
        (PDF, ".pdf", samples.pdf_mandate(), Purpose.MANDATE, "extension_mismatch", "filename"),
        (PDF, "order.pdf", b"", Purpose.MANDATE, "file_empty", "content"),
        (PDF, "order.pdf", b"MZ\x90\x00", Purpose.MANDATE, "content_mismatch", "content"),
        (PDF, "order.pdf", b"hello", Purpose.MANDATE, "content_mismatch", "content"),
        (PDF, "order.pdf", b"\x00" + samples.pdf_mandate(), Purpose.MANDATE, "content_mismatch", "content"),
        ("image/png", "scan.png", jpeg(1, 1), Purpose.MANDATE, "content_mismatch", "content"),
        ("text/csv", "cdr.csv", samples.zip_of({"a": "a"}), Purpose.RESPONSE, "content_mismatch", "content"),
        (XLSX, "a.xlsx", OLE_MAGIC + bytes(600), Purpose.RESPONSE, "content_mismatch", "content"),
        (ZIP, "a.zip", b"PK but text", Purpose.RESPONSE, "content_mismatch", "content"),
    ],
)
def test_what_disagrees_is_refused(  # noqa: PLR0917 - a table of cases
    declared: str, filename: str, content: bytes, purpose: Purpose, code: str, field: str
) -> None:
    problem = matches(declared, filename, sniff(content), purpose)
    assert problem is not None
    assert (problem.code, problem.field) == (code, field)
    assert problem.message.endswith(".")


def test_a_password_protected_workbook_is_told_what_to_do() -> None:
    problem = matches(XLSX, "a.xlsx", OLE, Purpose.RESPONSE)
    assert problem is not None
    assert "without a password" in problem.message


def test_mandates_are_documents_and_images_only() -> None:
    assert check_declared(PDF, "a.pdf", "MANDATE") is None
    assert check_declared(ZIP, "a.zip", "MANDATE") is not None
    assert set(ALLOWED[Purpose.MANDATE]) == {
        PDF,
        "image/jpeg",
        "image/png",
        "image/gif",
        "image/tiff",
        "image/webp",
    }


def test_the_stored_type_is_the_declared_one_within_its_family_and_the_sniffed_one_beyond() -> None:
    assert settled_media_type("text/csv", "a.csv", "text/plain") == "text/csv"
    assert settled_media_type(XLSX, "a.xlsx", ZIP) == XLSX
    assert settled_media_type("text/csv", "a.csv", ZIP) == ZIP


@pytest.mark.parametrize("operator", samples.CALL_RECORDS)
def test_call_records_pass_as_responses(operator: str) -> None:
    content = samples.CALL_RECORDS[operator](400)
    assert len(content) > HEAD_BYTES
    assert matches("text/csv", f"{operator}.csv", sniff(content[:HEAD_BYTES]), Purpose.RESPONSE) is None
    assert inspect(io.BytesIO(content), "text/csv") == []


# --- PDF

ACTION = b"<< /S /JavaScript /JS (app.alert(1)) >>"
GO_TO = b"<< /S /GoTo /D [3 0 R /Fit] >>"


def object_stream(number: int, body: bytes, root: bytes) -> bytes:
    """Make a PDF that keeps one object, of the given number, in a compressed object stream behind another one."""
    header = b"7 0 %d 3 " % number
    stream = samples.pdf_stream(header + b"42 " + body, b"/Type /ObjStm /N 2 /First %d" % len(header))
    return samples.pdf(stream, root=root)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (samples.pdf_mandate(), set()),
        (samples.pdf(root=b"/OpenAction [3 0 R /Fit]"), set()),
        (samples.pdf(GO_TO, root=b"/OpenAction 4 0 R"), set()),
        (samples.pdf(b"[3 0 R /Fit]", root=b"/OpenAction 4 0 R"), set()),
        (samples.pdf(root=b"/OpenAction " + GO_TO), set()),
        (object_stream(9, GO_TO, root=b"/OpenAction 9 0 R"), set()),
        (
            object_stream(9, b"<< /S /URI /URI (https://evil.example) >>", root=b"/OpenAction 9 0 R"),
            {"pdf_open_action"},
        ),
        (object_stream(8, GO_TO, root=b"/OpenAction 9 0 R"), {"pdf_open_action"}),
        (object_stream(int("9" * 4000), GO_TO, root=b"/OpenAction 9 0 R"), {"pdf_open_action"}),
        (
            samples.pdf(samples.pdf_stream(b"9" * 5000, b"/Type /ObjStm /First 5000"), root=b"/OpenAction 9 0 R"),
            {"pdf_open_action"},
        ),
        (samples.pdf(GO_TO, root=b"/OpenAction 4 0 R") + b"4 0 obj << /S /URI >> endobj", {"pdf_open_action"}),
        (samples.pdf(GO_TO, GO_TO, root=b"/OpenAction 4 0 R /OpenAction 5 0 R"), {"pdf_open_action"}),
        (samples.pdf(b"<< /S /GoTo /N#65xt 5 0 R >>", root=b"/OpenAction 4 0 R"), {"pdf_open_action"}),
        (samples.pdf(b"<< /S /URI /X [/S /GoTo] >>", root=b"/OpenAction 4 0 R"), {"pdf_open_action"}),
        (samples.pdf(b"<< /S /GoToR /F (a) >>", root=b"/OpenAction 4 0 R"), {"pdf_open_action"}),
        (samples.pdf(root=b"/OpenAction << /S /URI >> /X " + GO_TO), {"pdf_open_action"}),
        (samples.pdf(root=b"/OpenAction 4 0 R"), {"pdf_open_action"}),
        (samples.pdf(root=b"/OpenAction " + ACTION), {"pdf_open_action", "pdf_javascript"}),
        (samples.pdf(b"<< /S /J#61v#61Script >>"), {"pdf_javascript"}),
        (samples.pdf(b"<< /S /#4c#61unch /F (a) >>"), {"pdf_launch"}),
        (samples.pdf(b"<< /Type /EmbeddedFile >>"), {"pdf_embedded_file"}),
        (samples.pdf(root=b"/Names << /EmbeddedFiles 4 0 R >>"), {"pdf_embedded_file"}),
        (samples.pdf(root=b"/AcroForm << /XFA 4 0 R >>"), {"pdf_xfa"}),
        (samples.pdf() + b"trailer << /Encrypt 4 0 R >>", {"pdf_encrypted"}),
        (samples.pdf(b"<< /Kind /JavaScripture /Launches 1 >>"), set()),
        (samples.pdf(samples.pdf_stream(ACTION, b"/Type /ObjStm /N 1 /First 4")), {"pdf_javascript"}),
        (samples.pdf(samples.pdf_stream(ACTION, b"/Type /Metadata")), set()),
        (samples.pdf(b"<< /Type /ObjStm /Filter /FlateDecode >>\nstream\nnot packed\nendstream"), set()),
        (b"\n" + samples.pdf_mandate(), {"pdf_header"}),
        (b"", {"pdf_header"}),
    ],
)
def test_pdf(content: bytes, expected: set[str]) -> None:
    assert codes(content, PDF) == expected


def test_a_pdf_on_disk_is_read_like_one_in_memory() -> None:
    with tempfile.TemporaryFile() as file:
        file.write(samples.pdf(root=b"/OpenAction " + ACTION))
        file.flush()
        found = inspect(cast("BinaryIO", file), PDF)
    assert {each.code for each in found} == {"pdf_open_action", "pdf_javascript"}
    assert {each.severity for each in found} == {Severity.SUSPICIOUS}


def test_a_pdf_that_unpacks_without_end_is_suspicious_and_soon_done() -> None:
    bomb = samples.pdf(*[samples.pdf_stream(bytes(9 * 1024 * 1024), b"/Type /ObjStm") for _ in range(3)])
    assert codes(bomb, PDF) == {"pdf_too_deep"}
    begun = time.monotonic()
    assert codes(samples.pdf() + b"/ObjStm stream\n" * 300_000, PDF) == {"pdf_too_deep"}
    assert time.monotonic() - begun < 10, "each of them would unpack all that follows"


# --- text


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"hello", set()),
        (codecs.BOM_UTF8 + "नमस्ते".encode(), set()),
        ("नमस्ते".encode("utf-16"), set()),
        (codecs.BOM_UTF16_BE + "नमस्ते".encode("utf-16-be"), set()),
        (b"a" * 65535 + "न".encode() * 3, set()),
        (b"", set()),
        (b"a\x00b", {"text_with_nul"}),
        ("a\x00b".encode("utf-16"), {"text_with_nul"}),
        ("Müller".encode("cp1252"), {"text_encoding"}),
        ("न".encode()[:-1], {"text_encoding"}),
        ("नम".encode("utf-16")[:-1], {"text_encoding"}),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a\x00", {"text_encoding"}),
        ("hello".encode("utf-32"), {"text_encoding"}),
        (samples.eicar(), set()),
    ],
)
@pytest.mark.parametrize("media_type", ["text/plain", "text/csv", "application/json", "application/xml"])
def test_text(content: bytes, expected: set[str], media_type: str) -> None:
    assert refusals(content, media_type) == expected


# --- images

SIZED: list[tuple[str, Callable[[int, int], bytes]]] = [
    ("image/png", samples.png),
    ("image/jpeg", jpeg),
    ("image/gif", gif),
    ("image/webp", webp_lossy),
    ("image/webp", webp_lossless),
    ("image/webp", webp_extended),
    ("image/tiff", lambda width, height: tiff((width, height))),
    ("image/tiff", lambda width, height: tiff((1, 1), (width, height), (1, 1), order=">")),
]


@pytest.mark.parametrize(("media_type", "make"), SIZED)
def test_image_sizes_are_read_from_their_headers(media_type: str, make: Callable[[int, int], bytes]) -> None:
    assert refusals(make(10_000, 5_000), media_type) == set()
    assert refusals(make(10_001, 5_000), media_type) == {"image_too_large"}
    assert refusals(make(10_000, 5_000)[:9], media_type) == {"image_damaged"}


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (samples.png(0, 1), "image/png"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "image/png"),
        (b"\xff\xd8\xff\xe0\x00\x00" + bytes(50), "image/jpeg"),
        (b"\xff\xd8\xff\xda\x00\x02" + bytes(50), "image/jpeg"),
        (b"\xff\xd8" + b"\xff\xe0\x00\x02" * 5000, "image/jpeg"),
        (webp(b"VP9 ", bytes(50)), "image/webp"),
        (tiff((1, 1), loop=True), "image/tiff"),
        (tiff(), "image/tiff"),
        (b"", "image/gif"),
    ],
)
def test_damaged_images_are_refused(content: bytes, media_type: str) -> None:
    assert refusals(content, media_type) == {"image_damaged"}


# --- archives


def patched(content: bytes, *changes: tuple[bytes, int, bytes]) -> bytes:
    """Overwrite bytes at an offset behind each occurrence of a signature."""
    data = bytearray(content)
    for signature, offset, value in changes:
        at = data.find(signature)
        while at >= 0:
            data[at + offset : at + offset + len(value)] = value
            at = data.find(signature, at + 1)
    return bytes(data)


LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
PLAIN = samples.zip_of({"a.txt": "hello", "folder/b.csv": "1,2\n" * 1000})


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PLAIN, set()),
        (samples.zip_of({}), set()),
        (samples.zip_of({f"{n}.txt": "x" for n in range(1000)}), set()),
        (samples.zip_of({f"{n}.txt": "x" for n in range(1001)}), {"zip_too_many_entries"}),
        (samples.zip_of({"../a.txt": "x"}), {"zip_unsafe_name"}),
        (samples.zip_of({"a/../../b.txt": "x"}), {"zip_unsafe_name"}),
        (samples.zip_of({"..\\a.txt": "x"}), {"zip_unsafe_name"}),
        (samples.zip_of({"/etc/passwd": "x"}), {"zip_unsafe_name"}),
        (samples.zip_of({"C:\\a.txt": "x"}), {"zip_unsafe_name"}),
        (samples.zip_of({"aXb.txt": "x"}).replace(b"aXb.txt", b"a\x00b.txt"), {"zip_unsafe_name"}),
        (samples.zip_of({"a..b/c...txt": "x"}), set()),
        (samples.zip_of({"zeros.txt": bytes(10_000_000)}), {"zip_ratio"}),
        (samples.zip_of({"small.txt": bytes(100_000)}), set()),
        (samples.zip_of({"a.txt": "hello" * 99}, method=zipfile.ZIP_LZMA), {"zip_method"}),
        (samples.zip_of({"a.txt": "hello" * 99}, method=zipfile.ZIP_BZIP2), {"zip_method"}),
        (patched(PLAIN, (CENTRAL, 8, b"\x01\x00"), (LOCAL, 6, b"\x01\x00")), {"zip_encrypted"}),
        (samples.zip_of({"inner.zip": samples.zip_of({"a": "a"})}), {"zip_nested"}),
        (samples.zip_of({"harmless.txt": samples.zip_of({"a": "a"})}), {"zip_nested"}),
        (samples.zip_of({"a.gz": b"\x1f\x8b" + bytes(20)}), {"zip_nested"}),
        (samples.zip_of({"a.7z": b"x"}), {"zip_nested"}),
        (samples.zip_of({"report.xls": OLE_MAGIC + bytes(600)}), {"zip_ole"}),
        (samples.zip_of({"setup.exe": b"MZ" + bytes(60)}), {"zip_program"}),
        (samples.zip_of({"photo.jpg": b"MZ" + bytes(60)}), {"zip_program"}),
        (samples.zip_of({"read.me.js": "alert(1)"}), {"zip_program"}),
        (samples.zip_of({"a.xlsm": b"x", "b.zip": b"x"}), {"zip_program", "zip_nested"}),
        (samples.zip_of({"answer.xlsx": samples.office("xlsx")}), set()),
        (
            samples.zip_of({"answer.docx": samples.office("docx", {"word/vbaProject.bin": b"x"})}),
            {"inner_ooxml_macros"},
        ),
        (
            samples.zip_of({"answer.docx": samples.zip_of({"x.docx": samples.office("docx")})}),
            {"inner_zip_nested", "inner_ooxml_mismatch"},
        ),
        (samples.zip_of({"answer.docx": b"PK\x03\x04 cut off"}), {"inner_zip_damaged"}),
        (PLAIN[:-30], {"zip_damaged"}),
        (PLAIN[: len(PLAIN) // 2], {"zip_damaged"}),
        (b"PK\x03\x04", {"zip_damaged"}),
        (b"", {"zip_damaged"}),
    ],
)
def test_archives(content: bytes, expected: set[str]) -> None:
    assert codes(content, ZIP) == expected


def test_a_wrong_checksum_is_noticed() -> None:
    stored = samples.zip_of({"a.txt": "hello"}, method=zipfile.ZIP_STORED)
    assert codes(stored.replace(b"hello", b"hullo"), ZIP) == {"zip_damaged"}


def test_an_archive_that_lies_about_its_size_is_unpacked_no_further_than_it_says() -> None:
    bomb = samples.zip_of({"a.txt": bytes(20_000_000)})
    lying = patched(bomb, (CENTRAL, 24, struct.pack("<I", 1000)), (LOCAL, 22, struct.pack("<I", 1000)))
    assert refusals(lying, ZIP) == {"zip_damaged"}


def test_entries_that_share_their_bytes_are_a_bomb() -> None:
    two = samples.zip_of({"a.txt": "x" * 50, "b.txt": "x" * 50}, method=zipfile.ZIP_STORED)
    second = two.rfind(CENTRAL)
    overlapping = two[: second + 42] + struct.pack("<I", 0) + two[second + 46 :]
    assert refusals(overlapping, ZIP) == {"zip_overlap"}


def stored_zip(**files: bytes) -> bytes:
    return samples.zip_of(files, method=zipfile.ZIP_STORED)


def test_what_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = stored_zip(a=bytes(60_000), b=bytes(60_000))
    assert codes(content, ZIP) == set()
    monkeypatch.setattr(inspect_zip, "MAX_UNPACKED", 100_000)
    assert refusals(content, ZIP) == {"zip_too_large"}


def test_documents_inside_an_archive_share_one_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    document = samples.office("xlsx", {"xl/media/a.bin": bytes(60_000)})
    content = samples.zip_of({"one.xlsx": document, "two.xlsx": document})
    assert codes(content, ZIP) == set()
    monkeypatch.setattr(inspect_zip, "MAX_UNPACKED", 100_000)
    assert codes(samples.zip_of({"one.xlsx": document}), ZIP) == set()
    assert codes(content, ZIP) == {"inner_zip_too_large"}
    monkeypatch.setattr(inspect_zip, "MAX_UNPACKED", 1_000_000)
    monkeypatch.setattr(inspect_zip, "MAX_ENTRIES_IN_ALL", 8)
    assert codes(content, ZIP) == {"inner_zip_too_many_entries"}


def test_a_bomb_inside_a_document_inside_an_archive_is_found() -> None:
    document = samples.office("xlsx", {"xl/media/a.bin": bytes(1_000_000)})
    assert codes(samples.zip_of({"one.xlsx": document}), ZIP) == {"inner_zip_ratio"}


def test_a_huge_directory_is_refused_before_it_is_read() -> None:
    end = struct.pack("<4s4H2LH", END, 0, 0, 10, 10, 40_000_000, 0, 0)
    assert refusals(b"PK\x03\x04" + bytes(100) + end, ZIP) == {"zip_too_many_entries"}


def test_a_directory_that_counts_itself_small_is_counted() -> None:
    many = samples.zip_of({f"{n}.txt": "x" for n in range(1001)})
    assert refusals(patched(many, (END, 8, struct.pack("<HH", 1, 1))), ZIP) == {"zip_too_many_entries"}


def test_the_64_bit_kind_is_refused() -> None:
    content = PLAIN.replace(END, b"PK\x06\x06" + bytes(52) + END)
    assert refusals(content, ZIP) == {"zip_too_large"}


# --- Office documents


@pytest.mark.parametrize("extension", ["docx", "xlsx"])
@pytest.mark.parametrize(
    ("extra", "relations", "expected"),
    [
        ({}, "", set()),
        ({}, samples.relation("hyperlink", "mailto:someone@example.com"), set()),
        ({}, samples.relation("image", "media/a.png", "Internal"), set()),
        ({}, samples.relation("attachedTemplate", "https://evil.example/t.dotm"), {"ooxml_external_link"}),
        ({}, samples.relation("oleObject", "https://evil.example/a.html!"), {"ooxml_external_link"}),
        ({"word/vbaProject.bin": b"x"}, "", {"ooxml_macros"}),
        ({"xl/VBAProject.bin": b"x"}, "", {"ooxml_macros"}),
        ({"xl/macrosheets/sheet1.xml": "<x/>"}, "", {"ooxml_macros"}),
        ({"word/activeX/activeX1.xml": "<x/>"}, "", {"ooxml_controls"}),
        ({"word/embeddings/oleObject1.bin": OLE_MAGIC + bytes(600)}, "", {"ooxml_embedded", "zip_ole"}),
        ({"word/embeddings/Sheet1.xlsx": samples.office("xlsx")}, "", {"zip_nested"}),
        ({"xl/externalLinks/externalLink1.xml": "<x/>"}, "", {"ooxml_external_link"}),
        ({"x/_rels/y.rels": "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}, "", {"ooxml_external_link"}),
        ({"x/_rels/y.rels": "not XML"}, "", {"ooxml_external_link"}),
        ({"../x.xml": "<x/>"}, "", {"zip_unsafe_name"}),
    ],
)
def test_office(extension: str, extra: dict[str, bytes | str], relations: str, expected: set[str]) -> None:
    media_type = {"docx": DOCX, "xlsx": XLSX}[extension]
    folder = {"docx": "word/", "xlsx": "xl/"}[extension]
    placed = {name.replace("word/", folder).replace("xl/", folder): content for name, content in extra.items()}
    assert codes(samples.office(extension, placed, relations), media_type) == expected


def test_a_relation_in_another_encoding_is_found_too() -> None:
    text = (
        f'<?xml version="1.0" encoding="UTF-16"?><R>{samples.relation("frame", "https://evil.example/")}</R>'.replace(
            "<R>", '<R xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        )
    )
    content = samples.office("docx", {"word/_rels/settings.xml.rels": text.encode("utf-16")})
    assert codes(content, DOCX) == {"ooxml_external_link"}


def test_macros_are_found_by_their_declared_type() -> None:
    types = '<Types xmlns="x"><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    content = samples.zip_of({"[Content_Types].xml": types, "word/document.xml": "<x/>"})
    assert codes(content, DOCX) == {"ooxml_macros"}


def test_an_archive_is_no_office_document() -> None:
    assert refusals(PLAIN, XLSX) == {"ooxml_mismatch"}
    assert refusals(samples.office("docx"), XLSX) == {"ooxml_mismatch"}


def test_an_old_office_document_is_refused() -> None:
    assert refusals(OLE_MAGIC + bytes(600), OLE) == {"ole_document"}


def test_recordings_are_left_to_the_scanner() -> None:
    assert inspect(io.BytesIO(b"ID3\x03" + bytes(100)), "audio/mpeg") == []


CHECKED = [PDF, ZIP, XLSX, DOCX, "text/plain", "image/png", "image/jpeg", "image/gif", "image/webp", "image/tiff"]


@given(st.sampled_from(CHECKED), st.binary(max_size=400), st.sampled_from([b"", PLAIN, samples.png(), samples.pdf()]))
def test_no_bytes_break_a_check(media_type: str, content: bytes, before: bytes) -> None:
    for candidate in (content, before + content, before[: len(before) // 2] + content + before[len(before) // 2 :]):
        sniff(candidate[:HEAD_BYTES])
        assert all(finding.code for finding in inspect(io.BytesIO(candidate), media_type))


@given(st.integers(0, len(PLAIN) - 1), st.integers(0, 255))
def test_no_flipped_byte_breaks_the_archive_check(at: int, value: int) -> None:
    changed = PLAIN[:at] + bytes([value]) + PLAIN[at + 1 :]
    assert all(finding.code for finding in inspect(io.BytesIO(changed), ZIP))
