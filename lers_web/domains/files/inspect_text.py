"""Text must be readable: UTF-8, or UTF-16 with its mark, and without NUL."""

from __future__ import annotations

import codecs
from typing import BinaryIO

from lers_web.domains.files.finding import Finding, refused
from lers_web.domains.files.media_types import UTF16_BOMS

_CHUNK = 64 * 1024


def inspect_text(file: BinaryIO) -> list[Finding]:
    """Decode the whole file piece by piece."""
    file.seek(0)
    head = file.read(4)
    utf16 = head.startswith(UTF16_BOMS) and head != codecs.BOM_UTF32_LE
    decoder = codecs.getincrementaldecoder("utf-16" if utf16 else "utf-8")()
    chunk = head
    try:
        while chunk:
            if "\x00" in decoder.decode(chunk):
                return [
                    refused("text_with_nul", "The text holds NUL characters, so it is no plain text: export it again.")
                ]
            chunk = file.read(_CHUNK)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return [
            refused("text_encoding", "The text is neither UTF-8 nor UTF-16: save it again with the encoding UTF-8.")
        ]
    return []
