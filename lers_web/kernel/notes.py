"""Signed checkpoints of the audit log: C2SP tlog-checkpoint in a C2SP signed note, Ed25519 (signature type 0x01).

The note is ``origin LF size LF base64(root) LF``, an empty line, and signature lines ``— name base64(key id || sig)``.
The key id is the first four bytes of SHA-256(name || LF || 0x01 || public key). Lines of keys that are not ours are
left alone, as the format wants it: witnesses and other algorithms may sign beside us.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from lers_web.kernel.errors import Unavailable

PURPOSE = "checkpoint"
ED25519 = b"\x01"
_DASH = "\N{EM DASH} "
_LINES = 3


class NoteError(ValueError):
    """A note that says nothing: unreadable, or signed by nobody we know. The text says which."""


@dataclass(frozen=True, slots=True)
class CheckpointText:
    """What a checkpoint says: whose log, over how many leaves, with which root."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Return the text that is signed, with its last newline."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True)
class VerifyingKey:
    """A public key of the log under the log's name."""

    name: str
    kid: str
    key: Ed25519PublicKey

    @property
    def raw(self) -> bytes:
        """Return the 32 bytes of the key."""
        return self.key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)

    @property
    def key_id(self) -> bytes:
        """Return the four bytes that name the key in a signature line."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.raw).digest()[:4]

    @property
    def vkey(self) -> str:
        """Return the key as C2SP writes it: ``name+key id+base64(type || key)``."""
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(ED25519 + self.raw).decode()}"


def _parse_text(text: str) -> CheckpointText:
    lines = text.split("\n")
    if len(lines) < _LINES + 1 or not lines[0] or lines[-1]:
        raise NoteError("this is no checkpoint: it has not the lines of one")
    if not lines[1].isascii() or not lines[1].isdigit() or (lines[1] != "0" and lines[1].startswith("0")):
        raise NoteError("this is no checkpoint: its second line is no number of leaves")
    try:
        root = base64.b64decode(lines[2], validate=True)
    except binascii.Error as error:
        raise NoteError("this is no checkpoint: its third line is no root") from error
    return CheckpointText(lines[0], int(lines[1]), root)


def open_note(note: str, keys: Mapping[bytes, VerifyingKey], origin: str) -> tuple[CheckpointText, VerifyingKey]:
    """Read a signed checkpoint of our log; raise ``NoteError`` unless one of our keys signed exactly this text.

    ``keys`` are by key id. A line under one of our keys whose signature is wrong makes the whole note wrong.
    """
    body, gap, signatures = note.rpartition("\n\n")
    if not gap:
        raise NoteError("the note has no signatures")
    text, signed_by = body + "\n", None
    for line in signatures.removesuffix("\n").split("\n"):
        name, _, value = line.removeprefix(_DASH).partition(" ")
        try:
            blob = base64.b64decode(value, validate=True)
        except binascii.Error as error:
            raise NoteError("a signature line is unreadable") from error
        if not line.startswith(_DASH) or len(blob) <= len(ED25519) + 4:
            raise NoteError("a signature line is unreadable")
        key = keys.get(blob[:4])
        if key is None or key.name != name:
            continue
        try:
            key.key.verify(blob[4:], text.encode())
        except InvalidSignature as error:
            raise NoteError("the signature does not fit the text: one of them was changed") from error
        signed_by = key
    if signed_by is None:
        raise NoteError("no key of this log has signed it")
    told = _parse_text(text)
    if told.origin != origin:
        raise NoteError(f"it is of another log: {told.origin}")
    return told, signed_by


class NoteKeys:
    """The keys of the log: every public one verifies; the newest private one signs, where it is at hand."""

    def __init__(self, key_dir: Path, origin: str) -> None:
        self.origin = origin
        self._dir = key_dir
        found = []
        for path in sorted((key_dir / "public").glob(f"{PURPOSE}-*.pem"), reverse=True):
            key = serialization.load_pem_public_key(path.read_bytes())
            if isinstance(key, Ed25519PublicKey):
                found.append(VerifyingKey(origin, path.stem, key))
        self.public = found
        """Newest first."""
        self.by_id = {key.key_id: key for key in found}

    def open(self, note: str) -> tuple[CheckpointText, VerifyingKey]:
        """Read a signed checkpoint of this log; raise ``NoteError`` when none of its keys signed it."""
        return open_note(note, self.by_id, self.origin)

    def sign(self, size: int, root: bytes) -> tuple[str, str]:
        """Return the signed checkpoint and the kid that signed it. Read anew each time: a rotation needs no restart."""
        private = sorted(self._dir.glob(f"{PURPOSE}-*.pem"))
        if not private:
            raise Unavailable(f"There is no key in {self._dir} that signs checkpoints: run `flask keys generate`.")
        loaded = serialization.load_pem_private_key(private[-1].read_bytes(), password=None)
        if not isinstance(loaded, Ed25519PrivateKey):
            raise TypeError(f"{private[-1]} is not an Ed25519 key")
        key = VerifyingKey(self.origin, private[-1].stem, loaded.public_key())
        text = CheckpointText(self.origin, size, root).text()
        signature = base64.b64encode(key.key_id + loaded.sign(text.encode())).decode()
        return f"{text}\n{_DASH}{key.name} {signature}\n", key.kid


class Memory:
    """The last checkpoint that this signer signed, in a file of its own: what a rolled-back database has forgotten."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> str | None:
        """Return the note, or None where nothing was signed yet."""
        try:
            return self._path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None

    def write(self, note: str) -> None:
        """Remember a note: whole or not at all, also when the machine stops."""
        import os  # noqa: PLC0415 - fsync; not the environment

        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = self._path.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as file:
            file.write(note)
            file.flush()  # of the buffer, so that fsync has all of it
            os.fsync(file.fileno())
        fresh.replace(self._path)
