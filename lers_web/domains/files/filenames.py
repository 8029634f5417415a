"""File names from and to people: made harmless on the way in, and encoded for every browser on the way out."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

MAX_BYTES = 255
MAX_EXTENSION = 16
FALLBACK = "file"

_JOINERS = "\u200c\u200d"  # Hindi and others need them inside words
_RESERVED = re.compile(r'[<>:"|?*]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
# RFC 8187: attr-char, that is what may stand unencoded in an extended parameter
_ATTR_CHARS = "!#$&+-.^_`|~"


def clean_filename(name: str) -> str:
    """Make a name that is one plain component on every system: no path, no hidden characters, at most 255 bytes.

    Letters of every script stay. A name with nothing left becomes ``file``.
    """
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(
        character
        for character in unicodedata.normalize("NFC", last.encode("utf-8", "ignore").decode("utf-8"))
        if character in _JOINERS or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    )
    kept = _RESERVED.sub("_", " ".join(kept.split())).strip(" .")
    if not kept.strip("_" + _JOINERS):
        return FALLBACK
    if _DEVICES.fullmatch(kept):
        kept = f"_{kept}"
    return _shorten(kept)


def _shorten(name: str) -> str:
    if len(name.encode("utf-8")) <= MAX_BYTES:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or not stem or len(extension.encode("utf-8")) > MAX_EXTENSION:
        stem, ending = name, ""
    else:
        ending = dot + extension
    room = MAX_BYTES - len(ending.encode("utf-8"))
    cut = stem.encode("utf-8")[:room].decode("utf-8", "ignore")
    while cut and len(cut) < len(stem) and unicodedata.category(stem[len(cut)]).startswith("M"):
        cut = cut[:-1]  # never part a letter from its vowel sign
    return (cut.rstrip(" .") or FALLBACK) + ending


def content_disposition(filename: str, *, inline: bool = False) -> str:
    """Write Content-Disposition (RFC 6266): a plain name for all, the true one as ``filename*`` (RFC 8187)."""
    name = clean_filename(filename)
    kind = "inline" if inline else "attachment"
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    plain = re.sub(r"[^ !#$&\'()+,\-.0-9;=@A-Z\[\]^_`a-z{}~]", "_", plain).strip()
    if not plain or plain.startswith("."):
        plain = f"{FALLBACK}{plain}"
    if plain == name:
        return f'{kind}; filename="{plain}"'
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe=_ATTR_CHARS)}"
