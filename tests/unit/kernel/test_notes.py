"""Signed checkpoints: the bytes of C2SP, and everything that is no checkpoint of ours."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from lers_web.kernel.errors import Unavailable
from lers_web.kernel.notes import Memory, NoteError, NoteKeys, VerifyingKey, open_note
from lers_web.kernel.tokens import generate_key_dir

ORIGIN = "lers.example/lers/audit"
ROOT = bytes(range(32))
PUBLISHED = (
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
)
QUOTE = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def published(vkey: str) -> VerifyingKey:
    name, _, key = vkey.split("+", 2)
    return VerifyingKey(name, "", Ed25519PublicKey.from_public_bytes(base64.b64decode(key)[1:]))


@pytest.fixture
def keys(tmp_path: Path) -> NoteKeys:
    generate_key_dir(tmp_path, "checkpoint")
    return NoteKeys(tmp_path, ORIGIN)


@pytest.mark.parametrize("vkey", PUBLISHED)
def test_keys_are_written_as_others_write_theirs(vkey: str) -> None:
    assert published(vkey).vkey == vkey


def test_a_signature_that_others_made_is_read() -> None:
    """The note of Go's reference implementation is signed, but it is no checkpoint; a changed one is not signed."""
    key = published(PUBLISHED[0])
    with pytest.raises(NoteError, match="has not the lines"):
        open_note(QUOTE, {key.key_id: key}, "PeterNeumann")
    with pytest.raises(NoteError, match="does not fit"):
        open_note(QUOTE.replace("answer", "Answer"), {key.key_id: key}, "PeterNeumann")


def test_a_checkpoint_is_five_lines_and_reads_back(keys: NoteKeys) -> None:
    note, kid = keys.sign(20852163, ROOT)
    lines = note.split("\n")
    assert lines[:4] == [ORIGIN, "20852163", base64.b64encode(ROOT).decode(), ""]
    assert lines[4].startswith(f"— {ORIGIN} ")
    assert lines[5:] == [""]
    told, key = keys.open(note)
    assert (told.size, told.root, key.kid) == (20852163, ROOT, kid)


def test_after_a_rotation_the_newest_signs_and_older_notes_hold(keys: NoteKeys, tmp_path: Path) -> None:
    old, old_kid = keys.sign(1, ROOT)
    new_kid = generate_key_dir(tmp_path, "checkpoint")
    rotated = NoteKeys(tmp_path, ORIGIN)
    new, kid = rotated.sign(2, ROOT)
    assert kid == new_kid != old_kid
    assert rotated.open(old)[1].kid == old_kid
    assert rotated.open(new)[1].kid == new_kid
    assert [key.kid for key in rotated.public] == [new_kid, old_kid]


def test_lines_of_other_signers_are_left_alone(keys: NoteKeys) -> None:
    note, _ = keys.sign(7, ROOT)
    witnessed = note + "— witness.example/w " + base64.b64encode(bytes(76)).decode() + "\n"
    assert keys.open(witnessed)[0].size == 7


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("\n7\n", "\n8\n", "does not fit"),
        (ORIGIN + "\n7", "evil.example\n7", "does not fit"),
        (f"— {ORIGIN}", "— evil.example", "no key"),
        ("— ", "- ", "unreadable"),
        ("\n\n— ", "\n— ", "no signatures"),
    ],
)
def test_what_was_changed_is_refused(keys: NoteKeys, old: str, new: str, says: str) -> None:
    note, _ = keys.sign(7, ROOT)
    assert old in note
    with pytest.raises(NoteError, match=says):
        keys.open(note.replace(old, new, 1))


def test_a_note_of_another_log_or_key_is_refused(keys: NoteKeys, tmp_path: Path) -> None:
    generate_key_dir(tmp_path / "other", "checkpoint")
    note, _ = NoteKeys(tmp_path / "other", ORIGIN).sign(7, ROOT)
    with pytest.raises(NoteError, match="no key"):
        keys.open(note)
    note, _ = NoteKeys(tmp_path, "lers.example/another").sign(7, ROOT)
    with pytest.raises(NoteError, match="no key"):
        keys.open(note)


def test_without_a_key_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="flask keys generate"):
        NoteKeys(tmp_path, ORIGIN).sign(1, ROOT)


def test_a_signer_remembers_its_last_note(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "made" / "lers.note")
    assert memory.read() is None
    for note in ("one\n", "two\n"):
        memory.write(note)
        assert memory.read() == note
    assert [path.name for path in (tmp_path / "made").iterdir()] == ["lers.note"]
