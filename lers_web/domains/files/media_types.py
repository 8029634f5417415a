"""Which kinds of file each purpose takes, and whether name, declaration and first bytes agree."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from enum import StrEnum

import filetype

HEAD_BYTES = 8192
UNKNOWN = "application/octet-stream"
EMPTY = "application/x-empty"
PDF = "application/pdf"
ZIP = "application/zip"
OLE = "application/x-ole-storage"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
UTF16_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Purpose(StrEnum):
    """What a person uploads a file for. Files that the system makes (exports) are not uploaded and not listed."""

    MANDATE = "MANDATE"
    RESPONSE = "RESPONSE"
    EVIDENCE = "EVIDENCE"
    CHAT = "CHAT"
    SAMPLE = "SAMPLE"


class Family(StrEnum):
    """Types that the first bytes cannot tell apart are one family."""

    PDF = "PDF"
    TEXT = "TEXT"
    ZIP = "ZIP"
    JPEG = "JPEG"
    PNG = "PNG"
    GIF = "GIF"
    TIFF = "TIFF"
    WEBP = "WEBP"
    ISO_MEDIA = "ISO_MEDIA"
    MATROSKA = "MATROSKA"
    OGG = "OGG"
    MP3 = "MP3"
    WAV = "WAV"
    AAC = "AAC"
    AMR = "AMR"
    FLAC = "FLAC"
    AVI = "AVI"
    MPEG = "MPEG"


@dataclass(frozen=True, slots=True)
class MediaType:
    """A type that is taken, with the extensions its files may have."""

    name: str
    family: Family
    extensions: frozenset[str]


def _type(name: str, family: Family, *extensions: str) -> tuple[str, MediaType]:
    return name, MediaType(name, family, frozenset(extensions))


IMAGES = dict(
    [
        _type("image/jpeg", Family.JPEG, "jpg", "jpeg", "jpe", "jfif"),
        _type("image/png", Family.PNG, "png"),
        _type("image/gif", Family.GIF, "gif"),
        _type("image/tiff", Family.TIFF, "tif", "tiff"),
        _type("image/webp", Family.WEBP, "webp"),
    ]
)
DOCUMENTS = dict([_type(PDF, Family.PDF, "pdf")])
DATA = dict(
    [
        _type("text/plain", Family.TEXT, "txt", "log", "text", "csv", "tsv", "json", "xml", "md"),
        _type("text/csv", Family.TEXT, "csv", "txt", "tsv"),
        _type("text/tab-separated-values", Family.TEXT, "tsv", "tab", "txt"),
        _type("application/json", Family.TEXT, "json", "ndjson", "jsonl", "txt"),
        _type("application/x-ndjson", Family.TEXT, "ndjson", "jsonl", "json"),
        _type("application/xml", Family.TEXT, "xml"),
        _type("text/xml", Family.TEXT, "xml"),
        _type(XLSX, Family.ZIP, "xlsx"),
        _type(DOCX, Family.ZIP, "docx"),
        _type(ZIP, Family.ZIP, "zip"),
    ]
)
RECORDINGS = dict(
    [
        _type("audio/mpeg", Family.MP3, "mp3"),
        _type("audio/wav", Family.WAV, "wav"),
        _type("audio/ogg", Family.OGG, "ogg", "oga", "opus"),
        _type("audio/mp4", Family.ISO_MEDIA, "m4a", "mp4"),
        _type("audio/aac", Family.AAC, "aac"),
        _type("audio/amr", Family.AMR, "amr"),
        _type("audio/flac", Family.FLAC, "flac"),
        _type("audio/webm", Family.MATROSKA, "webm", "weba"),
        _type("video/mp4", Family.ISO_MEDIA, "mp4", "m4v"),
        _type("video/quicktime", Family.ISO_MEDIA, "mov", "qt"),
        _type("video/3gpp", Family.ISO_MEDIA, "3gp", "3gpp"),
        _type("video/webm", Family.MATROSKA, "webm"),
        _type("video/x-matroska", Family.MATROSKA, "mkv"),
        _type("video/ogg", Family.OGG, "ogv"),
        _type("video/x-msvideo", Family.AVI, "avi"),
        _type("video/mpeg", Family.MPEG, "mpg", "mpeg"),
    ]
)
_EVERYTHING = DOCUMENTS | IMAGES | DATA | RECORDINGS

ALLOWED: dict[Purpose, dict[str, MediaType]] = {
    Purpose.MANDATE: DOCUMENTS | IMAGES,
    Purpose.RESPONSE: _EVERYTHING,
    Purpose.EVIDENCE: _EVERYTHING,
    Purpose.CHAT: _EVERYTHING,
    Purpose.SAMPLE: _EVERYTHING,
}

_OTHER_NAMES = {
    "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg",
    "image/x-png": "image/png",
    "image/tif": "image/tiff",
    "application/x-pdf": PDF,
    "application/csv": "text/csv",
    "text/x-csv": "text/csv",
    "text/comma-separated-values": "text/csv",
    "text/json": "application/json",
    "application/x-zip-compressed": ZIP,
    "application/x-zip": ZIP,
    "audio/mp3": "audio/mpeg",
    "audio/x-wav": "audio/wav",
    "audio/wave": "audio/wav",
    "audio/vnd.wave": "audio/wav",
    "audio/x-m4a": "audio/mp4",
    "audio/m4a": "audio/mp4",
    "audio/x-flac": "audio/flac",
    "audio/x-aac": "audio/aac",
    "audio/3gpp": "video/3gpp",
    "audio/opus": "audio/ogg",
    "video/avi": "video/x-msvideo",
    "video/msvideo": "video/x-msvideo",
    "video/x-m4v": "video/mp4",
}
_SNIFFED_ONLY = {"text/html": Family.TEXT}
# These begin with printable characters and yet are no plain text.
_PRINTABLE_BINARIES = ((b"%PDF-", PDF), (b"{\\rtf", "application/rtf"), (b"%!PS", "application/postscript"))


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Why an upload is not taken: a stable code, the field at fault and a sentence for whoever chose the file."""

    code: str
    message: str
    field: str


def canonical(declared: str) -> str:
    """Reduce a declared media type to the one name used here: no parameters, lower case, no historical names."""
    name = declared.partition(";")[0].strip().lower()
    return _OTHER_NAMES.get(name, name)


def sniff(head: bytes) -> str:
    """Tell a file's type from its first bytes (``HEAD_BYTES`` are enough). Text is told from all else, and by kind."""
    if not head:
        return EMPTY
    for magic, name in _PRINTABLE_BINARIES:
        if head.startswith(magic):
            return name
    if head.startswith(ZIP_MAGICS):
        return ZIP
    if head.startswith(OLE_MAGIC):
        return OLE
    text = _as_text(head)
    if text is not None:
        return _kind_of_text(text)
    return _kind_of_binary(head)


def _kind_of_binary(head: bytes) -> str:  # noqa: PLR0911 - one line for each kind
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        if brand == b"qt  ":
            return "video/quicktime"
        if brand.startswith((b"3gp", b"3g2")):
            return "video/3gpp"
        if brand in {b"M4A ", b"M4B "}:
            return "audio/mp4"
        if not brand.startswith((b"hei", b"hev", b"avi", b"mif")):
            return "video/mp4"
    if head.startswith(b"\x1aE\xdf\xa3"):
        return "video/webm" if b"webm" in head[:64] else "video/x-matroska"
    if head.startswith(b"#!AMR"):
        return "audio/amr"
    guess = filetype.guess(head)
    if guess is not None:
        return canonical(str(guess.mime))
    return "text/plain" if _no_controls(head.decode("latin-1")) else UNKNOWN  # an old encoding: ``inspect`` says so


def _as_text(head: bytes) -> str | None:
    utf16 = head.startswith(UTF16_BOMS) and not head.startswith(codecs.BOM_UTF32_LE)
    try:
        text = codecs.getincrementaldecoder("utf-16" if utf16 else "utf-8-sig")().decode(head)
    except UnicodeDecodeError:
        return None
    return text if _no_controls(text) else None


def _no_controls(text: str) -> bool:
    return not any(character < " " and character not in "\t\n\r\f\x1b" for character in text)


def _kind_of_text(text: str) -> str:
    start = text.lstrip().lower()
    if start.startswith("<?xml"):
        return "application/xml"
    if start.startswith(("<!doctype html", "<html", "<script")):
        return "text/html"
    if start.startswith(("{", "[")):
        return "application/json"
    first, _, rest = text.partition("\n")
    commas = first.count(",")
    return "text/csv" if commas and rest.partition("\n")[0].count(",") == commas else "text/plain"


def family_of(name: str) -> Family | None:
    """Tell the family of a canonical media type; None when it is taken nowhere."""
    known = _EVERYTHING.get(name)
    return known.family if known else _SNIFFED_ONLY.get(name)


def declared_type(declared: str, filename: str) -> str:
    """Canonical name of what the browser declared. One on a machine with Excel calls a CSV file a spreadsheet."""
    name = canonical(declared)
    if name == "application/vnd.ms-excel" and extension_of(filename) == "csv":
        return "text/csv"
    return name


def extension_of(filename: str) -> str:
    """Take the last extension, in small letters; a name that is all extension (``.pdf``) has none."""
    stem, dot, extension = filename.rpartition(".")
    return extension.strip().lower() if dot and stem else ""


def check_declared(declared: str, filename: str, purpose: Purpose | str) -> Mismatch | None:
    """Check what is known before a byte is sent: the purpose takes the type, and the name's extension fits it."""
    allowed = ALLOWED[Purpose(purpose)]
    kind = allowed.get(declared_type(declared, filename))
    if kind is None:
        extensions = ", ".join(sorted({each for one in allowed.values() for each in one.extensions}))
        return Mismatch(
            "media_type_not_allowed",
            f"This kind of file is not taken for {Purpose(purpose)}: use one of {extensions}.",
            "media_type",
        )
    if extension_of(filename) not in kind.extensions:
        expected = " or ".join(f".{each}" for each in sorted(kind.extensions))
        return Mismatch(
            "extension_mismatch", f"The file's name must end in {expected}, as its type is {kind.name}.", "filename"
        )
    return None


def matches(declared: str, filename: str, sniffed: str, purpose: Purpose | str) -> Mismatch | None:
    """Check that extension, declaration and first bytes agree and the purpose takes them; text is one class."""
    early = check_declared(declared, filename, purpose)
    if early is not None:
        return early
    name = declared_type(declared, filename)
    if sniffed == EMPTY:
        return Mismatch("file_empty", "The file is empty: choose another one.", "content")
    if sniffed == OLE and family_of(name) is Family.ZIP:
        return Mismatch(
            "content_mismatch",
            "The file is an old or password-protected Office document: save it without a password as .xlsx or .docx.",
            "content",
        )
    if family_of(sniffed) is not family_of(name):
        return Mismatch(
            "content_mismatch",
            f"The content is not {name}, as its name and type say: it looks like {sniffed}. Export the file again.",
            "content",
        )
    return None


def settled_media_type(declared: str, filename: str, sniffed: str) -> str:
    """Choose the type to store: within a family (text, ZIP, MP4) the declaration knows more than the first bytes."""
    name = declared_type(declared, filename)
    return name if family_of(name) is not None and family_of(name) is family_of(sniffed) else sniffed
