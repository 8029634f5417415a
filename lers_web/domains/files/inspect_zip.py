"""ZIP archives: their directory, their true sizes, and what lies inside one level deep."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from itertools import pairwise
from typing import BinaryIO

from lers_web.domains.files.finding import Finding, refused, suspicious
from lers_web.domains.files.inspect_ooxml import OOXML_EXTENSIONS, inspect_ooxml
from lers_web.domains.files.media_types import OLE_MAGIC, ZIP_MAGICS, extension_of

MAX_ENTRIES = 1_000
MAX_ENTRIES_IN_ALL = 5_000
MAX_INNER_OFFICE = 64 * 1024 * 1024
MAX_UNPACKED = 500 * 1024 * 1024
MAX_RATIO = 100
RATIO_FLOOR = 100 * 1024  # a small text may well pack a thousandfold
MAX_DIRECTORY_BYTES = 2 * 1024 * 1024

_CHUNK = 256 * 1024
_END_OF_DIRECTORY = b"PK\x05\x06"
_END_FORM = "<4s4H2LH"
_ZIP64_END = b"PK\x06\x06"
_LONGEST_END = struct.calcsize(_END_FORM) + 0xFFFF
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 0x1 | 0x40
_ARCHIVES = frozenset(
    {"zip", "7z", "rar", "tar", "gz", "tgz", "bz2", "xz", "zst", "cab", "jar", "iso", "arj", "lzh", "ace"}
)
_ARCHIVE_MAGICS = (
    *ZIP_MAGICS,
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"\x28\xb5\x2f\xfd",
)
_PROGRAMS = frozenset(
    {"exe", "dll", "scr", "com", "bat", "cmd", "ps1", "vbs", "vbe", "js", "jse", "wsf", "hta", "lnk", "msi", "apk"}
    | {"docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "ppam", "sh", "app", "dmg", "pif", "cpl", "chm", "reg"}
)
_PROGRAM_MAGICS = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
_DRIVE = re.compile(r"[A-Za-z]:")

DAMAGED = refused("zip_damaged", "The archive is damaged or cut off: pack it again.")


class _Budget:
    """What may be unpacked in all, so that documents inside an archive do not each get a share of their own."""

    def __init__(self) -> None:
        self.entries = MAX_ENTRIES_IN_ALL
        self.unpacked = MAX_UNPACKED

    def spend(self, entries: list[zipfile.ZipInfo]) -> Finding | None:
        self.entries -= len(entries)
        self.unpacked -= sum(entry.file_size for entry in entries)
        if self.entries < 0:
            return too_many_entries()
        if self.unpacked < 0:
            return refused("zip_too_large", "The archive unpacks to more than 500 MB: split it.")
        return None


def inspect_zip(file: BinaryIO, *, ooxml: str | None = None) -> list[Finding]:
    """Check an archive without writing anything; ``ooxml`` is the extension of the Office document it should be."""
    return _inspect_file(file, ooxml, _Budget(), inside=False)


def _inspect_file(file: BinaryIO, ooxml: str | None, budget: _Budget, *, inside: bool) -> list[Finding]:
    try:
        early = _check_directory_size(file)
        if early is not None:
            return [early]
        with zipfile.ZipFile(file) as archive:
            return _inspect(archive, ooxml, budget, inside=inside)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError):
        return [DAMAGED]
    except (RuntimeError, OverflowError):  # zipfile asks for a password, or a field is absurd
        return [DAMAGED]


def _check_directory_size(file: BinaryIO) -> Finding | None:
    """Look at the end record first: the directory itself can be the bomb, as it is read into memory whole."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _LONGEST_END))
    end = file.read()
    at = end.rfind(_END_OF_DIRECTORY)
    if at < 0 or len(end) - at < struct.calcsize(_END_FORM):
        return DAMAGED
    _, _, _, _, entries, directory_bytes, _, _ = struct.unpack_from(_END_FORM, end, at)
    if _ZIP64_END in end[:at]:
        return refused(
            "zip_too_large", "The archive is of the 64-bit kind, which no file below 4 GB needs: pack it again."
        )
    if entries > MAX_ENTRIES or directory_bytes > MAX_DIRECTORY_BYTES:
        return too_many_entries()
    return None


def too_many_entries() -> Finding:
    """Say so in one way, whoever counts them."""
    return refused("zip_too_many_entries", f"The archive holds more than {MAX_ENTRIES} files: split it.")


def _inspect(archive: zipfile.ZipFile, ooxml: str | None, budget: _Budget, *, inside: bool) -> list[Finding]:
    entries = archive.infolist()
    fatal = _check_directory(entries) or budget.spend(entries)
    if fatal is not None:
        return [fatal]
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        return [
            suspicious(
                "zip_encrypted",
                "The archive has a password, so nobody can look inside for malware: pack it without one.",
            )
        ]
    findings: dict[str, Finding] = {}
    office_may_lie_inside = ooxml is None and not inside
    for entry in entries:
        if not entry.is_dir():
            for found in _inspect_entry(archive, entry, budget if office_may_lie_inside else None):
                findings.setdefault(found.code, found)
    if ooxml is not None:
        for found in inspect_ooxml(archive, ooxml):
            findings.setdefault(found.code, found)
    return list(findings.values())


def _check_directory(entries: list[zipfile.ZipInfo]) -> Finding | None:
    if len(entries) > MAX_ENTRIES:
        return too_many_entries()
    if any(_unsafe_name(entry) for entry in entries):
        return refused(
            "zip_unsafe_name", "The archive holds a file name that points outside of it: pack it again from one folder."
        )
    for entry in entries:
        if entry.file_size > RATIO_FLOOR and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            return refused(
                "zip_ratio", "The archive unpacks to over a hundred times its size, like a bomb: pack it again."
            )
        if entry.compress_type not in _METHODS:
            return refused("zip_method", "The archive is packed in an unusual way: pack it again as an ordinary ZIP.")
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    if any(one.header_offset + one.compress_size > other.header_offset for one, other in pairwise(ordered)):
        return refused("zip_overlap", "Files in the archive lie over each other, like in a bomb: pack it again.")
    return None


def _unsafe_name(entry: zipfile.ZipInfo) -> bool:
    """Judge the name as it stands in the archive; the library cuts it at NUL and turns its separators."""
    raw = entry.orig_filename
    plain = raw.replace("\\", "/")
    return "\x00" in raw or not raw or plain.startswith("/") or ".." in plain.split("/") or bool(_DRIVE.match(plain))


def _inspect_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: _Budget | None) -> list[Finding]:
    """Unpack one entry for counting, keeping only its beginning; its checksum proves size and content.

    With a budget an Office document, which is an archive itself, is looked into; without one it is a nested archive.
    """
    with archive.open(entry) as stream:
        head = stream.read(_CHUNK)
        read = len(head)
        while chunk := stream.read(_CHUNK):
            read += len(chunk)
    if read != entry.file_size:
        return [DAMAGED]
    extension = extension_of(entry.filename.rpartition("/")[2])
    if head.startswith(OLE_MAGIC):
        message = "The archive holds an old Office document, which may carry macros: save it as .xlsx or .docx."
        return [suspicious("zip_ole", message)]
    if extension in _PROGRAMS or head.startswith(_PROGRAM_MAGICS):
        return [suspicious("zip_program", "The archive holds a program or a document with macros: leave it out.")]
    is_office = extension in OOXML_EXTENSIONS and head.startswith(ZIP_MAGICS)
    if budget is not None and is_office and entry.file_size <= MAX_INNER_OFFICE:
        # Copied to memory, as going to and fro in a packed stream unpacks it again each time.
        found = _inspect_file(io.BytesIO(archive.read(entry)), extension, budget, inside=True)
        return [suspicious(f"inner_{each.code}", f"Inside the archive: {each.message}") for each in found]
    if extension in _ARCHIVES or head.startswith(_ARCHIVE_MAGICS):
        return [
            suspicious("zip_nested", "The archive holds another archive: unpack that and put its files in directly.")
        ]
    return []
