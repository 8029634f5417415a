"""The words of the portals as their catalogs have them: to find what is shown without them, or in another language."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from lers_web.standalone.frontend import FRONTEND

ENTRY = re.compile(r'(?m)^(msgctxt|msgid|msgstr) ((?:"(?:[^"\\]|\\.)*"\n?)+)')
PLAIN = re.compile(r"[^{}<>#]+ [^{}<>#]+")


def messages(catalog: Path) -> Iterator[tuple[str, str, str]]:
    """Yield context, English and translation of each message of a .po file; its head is none."""
    context = source = ""
    for keyword, quoted in ENTRY.findall(catalog.read_text() + "\n"):
        text = "".join(json.loads(line) for line in quoted.splitlines())
        if keyword == "msgctxt":
            context = text
        elif keyword == "msgid":
            source = text
        elif source:
            yield context, source, text
            context = source = ""


@cache
def ids() -> dict[str, str]:
    """Return id -> English. A build knows a message by its id alone, and shows that when the catalog is not loaded."""
    return {_id(context, source): source for context, source, _ in _all("en")}


@cache
def only_english() -> frozenset[str]:
    """Return the English phrases of several words that Hindi says otherwise: what may not be shown in Hindi."""
    differ = {source for _, source, hindi in _all("hi") if hindi != source and PLAIN.fullmatch(source)}
    return frozenset(differ)


# Items of the demo's catalog, and the groups they are in, are named by their providers, in the providers' language.
NAMES = {"Call detail records", "Subscriber details", "Tower dump"}


def untranslated(texts: set[str], language: str) -> list[str]:
    """Return what is shown without its words: bare ids, and English phrases on a Hindi page."""
    bare = [f"{text} stands for {ids()[text]!r}" for text in sorted(texts) if text in ids()]
    english = sorted(texts & only_english() - NAMES) if language == "hi" else []
    return bare + [f"{text!r} is English" for text in english]


def _all(language: str) -> Iterator[tuple[str, str, str]]:
    for catalog in sorted((FRONTEND / "src").rglob(f"locales/{language}.po")):
        yield from messages(catalog)


def _id(context: str, source: str) -> str:
    """Return Lingui's id of a message."""
    return base64.b64encode(hashlib.sha256(f"{source}\x1f{context}".encode()).digest()).decode()[:6]
