"""What a PDF may hide: scripts, programs to start, attached files, forms that fetch, encryption."""

from __future__ import annotations

import mmap
import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from lers_web.domains.files.finding import Finding, refused, suspicious

MAX_UNPACKED_EACH = 8 * 1024 * 1024
MAX_UNPACKED = 64 * 1024 * 1024
MAX_STREAMS = 20_000

_CHUNK = 16 * 1024
_DICTIONARY = 2048

_MESSAGES = {
    b"JavaScript": ("pdf_javascript", "The PDF holds a script: print it to a new PDF and upload that."),
    b"Launch": ("pdf_launch", "The PDF can start a program: print it to a new PDF and upload that."),
    b"OpenAction": (
        "pdf_open_action",
        "The PDF does something when it is opened: print it to a new PDF and upload that.",
    ),
    b"EmbeddedFile": ("pdf_embedded_file", "The PDF carries another file inside: upload that file by itself."),
    b"XFA": ("pdf_xfa", "The PDF is a form that can fetch and run things: print it to a new PDF and upload that."),
    b"Encrypt": ("pdf_encrypted", "The PDF is encrypted, so nobody can look inside for malware: remove the password."),
}


def _spelled(name: bytes) -> bytes:
    """Match a PDF name however it is written: any character may stand as #xx."""
    return b"".join(b"(?:%c|#%02X|#%02x)" % (character, character, character) for character in name)


_END = rb"(?=[\x00\t\n\f\r ()<>\[\]{}/%]|\Z)"
_NAMES = re.compile(
    b"/(?:"
    + b"|".join(
        b"(?P<%b>%b%b%b)" % (name, _spelled(name), b"s?" if name == b"EmbeddedFile" else b"", _END)
        for name in _MESSAGES
    )
    + b")"
)
# A destination (an array) only turns to a page; anything else after /OpenAction is an action.
_DESTINATION = re.compile(rb"\s*\[")
_OBJECT_STREAM = re.compile(rb"/" + _spelled(b"ObjStm") + _END)
_STREAM = re.compile(rb"stream\r?\n")


def inspect_pdf(file: BinaryIO) -> list[Finding]:
    """Look through the raw bytes and the compressed object streams, in which names hide from a plain search.

    A file that asks for more than any honest one (unpacked bytes, number of streams) is suspicious for that alone.
    """
    data = _whole(file)
    if data[:5] != b"%PDF-":
        return [refused("pdf_header", "The file does not begin like a PDF: export it again.")]
    names = set(_names(data))
    unpacked = 0
    for count, stream in enumerate(_object_streams(data), start=1):
        names.update(_names(stream))
        unpacked += len(stream)
        if count > MAX_STREAMS or unpacked > MAX_UNPACKED or len(stream) > MAX_UNPACKED_EACH:
            return [
                *_findings(names),
                suspicious("pdf_too_deep", "The PDF unpacks to far more than it shows: export it again."),
            ]
    return _findings(names)


def _whole(file: BinaryIO) -> bytes | mmap.mmap:
    """Map a file on disk into memory; read one that is there already."""
    try:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):  # not on disk, or empty
        file.seek(0)
        return file.read()


def _findings(names: set[bytes]) -> list[Finding]:
    return [suspicious(*_MESSAGES[name]) for name in _MESSAGES if name in names]


def _names(data: bytes | mmap.mmap) -> Iterator[bytes]:
    for hit in _NAMES.finditer(data):
        name = (hit.lastgroup or "").encode("ascii")
        if name != b"OpenAction" or not _DESTINATION.match(data, hit.end()):
            yield name


def _object_streams(data: bytes | mmap.mmap) -> Iterator[bytes]:
    """Unpack each object stream, cut off just past the limit; one that cannot be unpacked counts as empty."""
    for hit in _OBJECT_STREAM.finditer(data):
        start = _STREAM.search(data, hit.end(), hit.end() + _DICTIONARY)
        yield b"" if start is None else _unpacked(data, start.end())


def _unpacked(data: bytes | mmap.mmap, start: int) -> bytes:
    packer = zlib.decompressobj()
    out = bytearray()
    try:
        while start < len(data) and not packer.eof and len(out) <= MAX_UNPACKED_EACH:
            out += packer.decompress(data[start : start + _CHUNK], MAX_UNPACKED_EACH + 1)
            start += _CHUNK
    except zlib.error:
        pass  # another filter, or damaged: what came out before is looked at all the same
    return bytes(out)
