"""Office documents (.docx, .xlsx): macros, controls, embedded objects, and links that fetch from elsewhere."""

from __future__ import annotations

import zipfile
from xml.parsers import expat

from lers_web.domains.files.finding import Finding, refused, suspicious

OOXML_EXTENSIONS = frozenset({"docx", "xlsx", "pptx"})
MAX_RELATIONS = 4 * 1024 * 1024

_FOLDERS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
_CONTENT_TYPES = "[Content_Types].xml"
_MACROS = ("vbaproject.bin", "vbadata.xml", "macrosheets/", "xlmacros/")
_CONTROLS = ("activex/", "ctrlprops/activex")
_EMBEDDED = ("embeddings/oleobject",)
_EXTERNAL_FOLDER = "externallinks/"
_HARMLESS_LINK = "/hyperlink"  # opened by a person's click, not by the document


class _ForbiddenXmlError(ValueError):
    """The part declares a document type, which no Office program writes."""


def inspect_ooxml(archive: zipfile.ZipFile, extension: str) -> list[Finding]:
    """Check the parts of a document whose archive has already been found sound."""
    names = {entry.filename.replace("\\", "/").lower(): entry for entry in archive.infolist()}
    if _CONTENT_TYPES.lower() not in names or not _belongs(names, extension):
        return [
            refused("ooxml_mismatch", f"The file is no .{extension} document: open it in Office and save it again.")
        ]
    findings: list[Finding] = []
    if any(mark in name for name in names for mark in _MACROS) or _declares_macros(archive, names):
        findings.append(suspicious("ooxml_macros", "The document holds macros: save it without them and upload that."))
    if any(mark in name for name in names for mark in _CONTROLS):
        findings.append(
            suspicious("ooxml_controls", "The document holds active controls: save it as a plain document.")
        )
    if any(mark in name for name in names for mark in _EMBEDDED):
        findings.append(suspicious("ooxml_embedded", "The document holds an embedded object: upload that by itself."))
    if any(_EXTERNAL_FOLDER in name for name in names) or _has_external_relation(archive, names):
        findings.append(
            suspicious(
                "ooxml_external_link", "The document fetches content from elsewhere: break its links and save it again."
            )
        )
    return findings


def _belongs(names: dict[str, zipfile.ZipInfo], extension: str) -> bool:
    present = {kind for kind, folder in _FOLDERS.items() if any(name.startswith(folder) for name in names)}
    return not present or extension in present


def _declares_macros(archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo]) -> bool:
    types = _attributes(archive, names[_CONTENT_TYPES.lower()], {"Override", "Default"})
    return types is None or any("macroenabled" in each.get("ContentType", "").lower() for each in types)


def _has_external_relation(archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo]) -> bool:
    for name, entry in names.items():
        if not name.endswith(".rels"):
            continue
        relations = _attributes(archive, entry, {"Relationship"})
        if relations is None:
            return True  # unreadable where links are listed: treat it like a link
        for each in relations:
            if each.get("TargetMode", "").lower() == "external" and not each.get("Type", "").endswith(_HARMLESS_LINK):
                return True
    return False


def _attributes(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, elements: set[str]) -> list[dict[str, str]] | None:
    """Collect the attributes of some elements of a part; None when it is too large, malformed or declares entities."""
    if entry.file_size > MAX_RELATIONS:
        return None
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(" ")[2] in elements:
            found.append(attributes)

    def forbid(*_: object) -> None:
        raise _ForbiddenXmlError

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = forbid
    try:
        parser.Parse(archive.read(entry), True)  # noqa: FBT003 - takes no keyword
    except (expat.ExpatError, _ForbiddenXmlError):
        return None
    return found
