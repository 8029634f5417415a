"""The size of an image in pixels, read from its header alone: a small file can unpack to gigabytes on every screen."""

from __future__ import annotations

import struct
from typing import BinaryIO

from lers_web.domains.files.finding import Finding, refused
from lers_web.domains.files.media_types import Family

MAX_PIXELS = 50_000_000
MAX_SEGMENTS = 2_000
MAX_DIRECTORIES = 1_000

_WIDTH_TAG, _HEIGHT_TAG = 256, 257
_SHORT = 3
_NO_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})
_START_OF_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9


def inspect_image(file: BinaryIO, family: Family) -> list[Finding]:
    """Refuse an image whose header cannot be read, or that has more than 50 million pixels in any of its pages."""
    try:
        width, height = _READERS[family](file)
    except (struct.error, IndexError, ValueError):
        return [refused("image_damaged", "The image is damaged and cannot be shown: scan or export it again.")]
    if width <= 0 or height <= 0:
        return [refused("image_damaged", "The image has no size and cannot be shown: scan or export it again.")]
    if width * height > MAX_PIXELS:
        return [
            refused("image_too_large", "The image has more than 50 million pixels: scan it with a lower resolution.")
        ]
    return []


def _at(file: BinaryIO, offset: int, form: str) -> tuple[int, ...]:
    file.seek(offset)
    return struct.unpack(form, file.read(struct.calcsize(form)))


def _png(file: BinaryIO) -> tuple[int, int]:
    if _at(file, 12, ">I")[0] != int.from_bytes(b"IHDR", "big"):
        raise ValueError("no IHDR")
    width, height = _at(file, 16, ">II")
    return width, height


def _gif(file: BinaryIO) -> tuple[int, int]:
    width, height = _at(file, 6, "<HH")
    return width, height


def _jpeg(file: BinaryIO) -> tuple[int, int]:
    offset = 2
    for _ in range(MAX_SEGMENTS):
        marker = _at(file, offset, ">BB")
        if marker[0] != 0xFF:  # noqa: PLR2004 - every marker begins so
            raise ValueError("no marker")
        if marker[1] == 0xFF:  # noqa: PLR2004 - a fill byte
            offset += 1
        elif marker[1] in _NO_LENGTH:
            offset += 2
        elif marker[1] in _START_OF_FRAME:
            height, width = _at(file, offset + 5, ">HH")
            return width, height
        elif marker[1] in {_START_OF_SCAN, _END_OF_IMAGE}:
            break
        else:
            offset += 2 + _at(file, offset + 2, ">H")[0]
    raise ValueError("no frame")


def _webp(file: BinaryIO) -> tuple[int, int]:
    file.seek(12)
    chunk = file.read(4)
    if chunk == b"VP8X":
        width_low, width_high, height_low, height_high = _at(file, 24, "<HBHB")
        return 1 + width_low + (width_high << 16), 1 + height_low + (height_high << 16)
    if chunk == b"VP8L":
        bits = _at(file, 21, "<I")[0]
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if chunk == b"VP8 ":
        width, height = _at(file, 26, "<HH")
        return width & 0x3FFF, height & 0x3FFF
    raise ValueError("unknown chunk")


def _tiff(file: BinaryIO) -> tuple[int, int]:
    """Return the largest page. Directories may point back at each other; their number is bounded."""
    file.seek(0)
    order = "<" if file.read(2) == b"II" else ">"
    offset = _at(file, 4, order + "I")[0]
    largest = (0, 0)
    for _ in range(MAX_DIRECTORIES):
        if not offset:
            return largest
        count = _at(file, offset, order + "H")[0]
        size = {_WIDTH_TAG: 0, _HEIGHT_TAG: 0}
        for index in range(count):
            entry = offset + 2 + 12 * index
            tag, kind = _at(file, entry, order + "HH")
            if tag in size:
                size[tag] = _at(file, entry + 8, order + ("H" if kind == _SHORT else "I"))[0]
            if tag > _HEIGHT_TAG:  # entries stand in the order of their tags
                break
        page = (size[_WIDTH_TAG], size[_HEIGHT_TAG])
        largest = max(largest, page, key=lambda each: each[0] * each[1])
        offset = _at(file, offset + 2 + 12 * count, order + "I")[0]
    raise ValueError("too many pages")


_READERS = {
    Family.PNG: _png,
    Family.GIF: _gif,
    Family.JPEG: _jpeg,
    Family.WEBP: _webp,
    Family.TIFF: _tiff,
}
