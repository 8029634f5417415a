"""The content checks of an upload: the one face of sniffing, matching, inspecting and naming files."""

from __future__ import annotations

from typing import BinaryIO

from lers_web.domains.files.filenames import clean_filename, content_disposition
from lers_web.domains.files.finding import Finding, Severity, refused
from lers_web.domains.files.inspect_image import inspect_image
from lers_web.domains.files.inspect_pdf import inspect_pdf
from lers_web.domains.files.inspect_text import inspect_text
from lers_web.domains.files.inspect_zip import inspect_zip
from lers_web.domains.files.media_types import (
    DOCX,
    HEAD_BYTES,
    IMAGES,
    OLE,
    XLSX,
    Family,
    Mismatch,
    Purpose,
    canonical,
    check_declared,
    family_of,
    matches,
    settled_media_type,
    sniff,
)

__all__ = [
    "HEAD_BYTES",
    "Finding",
    "Mismatch",
    "Purpose",
    "Severity",
    "check_declared",
    "clean_filename",
    "content_disposition",
    "inspect",
    "matches",
    "settled_media_type",
    "sniff",
]

_OFFICE = {DOCX: "docx", XLSX: "xlsx"}


def inspect(file: BinaryIO, media_type: str) -> list[Finding]:
    """Look into a file that is wholly here and seekable, bounded in time and memory; position is left anywhere.

    ``media_type`` is the settled one. A REFUSED finding ends the upload; SUSPICIOUS ones hold the file back until two
    people release it. No finding says nothing about malware: the scanner decides that.
    """
    name = canonical(media_type)
    family = family_of(name)
    if name == OLE:
        return [refused("ole_document", "The file is an old Office document: save it as .xlsx or .docx.")]
    if family is Family.PDF:
        return inspect_pdf(file)
    if family is Family.TEXT:
        return inspect_text(file)
    if family is Family.ZIP:
        return inspect_zip(file, ooxml=_OFFICE.get(name))
    if name in IMAGES and family is not None:
        return inspect_image(file, family)
    return []
