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
_OPEN_ACTION = b"OpenAction"
_REFERENCE = re.compile(rb"\s*(\d{1,10})\s+(\d{1,5})\s+R")
_GO_TO = re.compile(rb"/S\s*/GoTo" + _END)
_KIND = re.compile(b"/" + _spelled(b"S") + _END)
_NEXT = re.compile(b"/" + _spelled(b"Next") + _END)
_FIRST = re.compile(rb"/First\s+(\d{1,10})")
_ACTION_LENGTH = 1024
_DIGITS = 10
_OBJECT_STREAM = re.compile(rb"/" + _spelled(b"ObjStm") + _END)
_STREAM = re.compile(rb"stream\r?\n")


def inspect_pdf(file: BinaryIO) -> list[Finding]:
    """Look through the raw bytes and the compressed object streams, in which names hide from a plain search.

    A file that asks for more than any honest one (unpacked bytes, number of streams) is suspicious for that alone.
    """
    data = _whole(file)
    if data[:5] != b"%PDF-":
        return [refused("pdf_header", "The file does not begin like a PDF: export it again.")]
    names: set[bytes] = set()
    actions: set[int] = set()
    _look(data, names, actions)
    unpacked = 0
    for count, (_, stream) in enumerate(_object_streams(data), start=1):
        _look(stream, names, actions)
        unpacked += len(stream)
        if count > MAX_STREAMS or unpacked > MAX_UNPACKED or len(stream) > MAX_UNPACKED_EACH:
            message = "The PDF unpacks to far more than it shows: export it again."
            return [*_findings(names), suspicious("pdf_too_deep", message)]
    if len(actions) > 1 or any(not _turns_page_everywhere(data, number) for number in actions):
        names.add(_OPEN_ACTION)
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


def _look(data: bytes | mmap.mmap, names: set[bytes], actions: set[int]) -> None:
    """Collect the names found, and the objects that opening refers to; what merely turns to a page is no finding."""
    for hit in _NAMES.finditer(data):
        name = (hit.lastgroup or "").encode("ascii")
        if name != _OPEN_ACTION:
            names.add(name)
            continue
        reference = _REFERENCE.match(data, hit.end())
        if reference is not None:
            actions.add(int(reference[1]))
        elif not _turns_page(data[hit.end() : hit.end() + _ACTION_LENGTH].partition(b">>")[0]):
            names.add(name)


def _turns_page(body: bytes) -> bool:
    """Tell a destination (an array) or a GoTo action, which writers add to show the first page, from all others."""
    text = body.lstrip()
    if text.startswith(b"["):
        return True
    one_kind = len(_KIND.findall(text)) == 1 and _GO_TO.search(text) is not None
    return text.startswith(b"<<") and one_kind and _NEXT.search(text) is None


def _turns_page_everywhere(data: bytes | mmap.mmap, number: int) -> bool:
    """Judge every object of this number, as a file may hold several versions and readers differ in which they take."""
    bodies = [
        data[hit.end() : hit.end() + _ACTION_LENGTH].partition(b"endobj")[0]
        for hit in re.finditer(rb"(?<!\d)0*%d\s+\d{1,5}\s+obj" % number, data)
    ]
    for first, stream in _object_streams(data):
        header = stream[:first].split()
        bodies += [
            stream[first + int(at) : first + int(at) + _ACTION_LENGTH].partition(b">>")[0]
            for found, at in zip(header[::2], header[1::2], strict=False)
            if _is_number(found) and _is_number(at) and int(found) == number
        ]
    return bool(bodies) and all(_turns_page(body) for body in bodies)


def _is_number(token: bytes) -> bool:
    return token.isdigit() and len(token) <= _DIGITS


def _object_streams(data: bytes | mmap.mmap) -> Iterator[tuple[int, bytes]]:
    """Unpack each object stream, cut off just past the limit, with the place where its objects begin."""
    for hit in _OBJECT_STREAM.finditer(data):
        start = _STREAM.search(data, hit.end(), hit.end() + _DICTIONARY)
        if start is None:
            yield 0, b""
            continue
        first = _FIRST.search(data, max(0, hit.start() - _DICTIONARY), start.start())
        yield int(first[1]) if first else 0, _unpacked(data, start.end())


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
