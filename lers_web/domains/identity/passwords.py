"""Passwords: Argon2id with a bound on parallel hashes, and the rules a new one has to keep.

A hash costs tens of megabytes and tens of milliseconds on purpose, so a process makes only a few at a time: whoever
waits too long is told to come back, instead of everybody becoming slow (security.md, 2).
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from lers_web.config import Settings
from lers_web.domains.identity.blocklist import STEMS
from lers_web.kernel.errors import Invalid, Unavailable

MIN_LENGTH = 12
MAX_LENGTH = 128
MIN_DIFFERENT = 5
MIN_OWN_LETTERS = 4
PARALLEL_HASHES = 2
QUEUE_SECONDS = 3.0

_SLOTS = threading.BoundedSemaphore(PARALLEL_HASHES)
_LEET = str.maketrans("013457@$!", "oieastasi")


def normalise(password: str) -> str:
    """Return the form that is hashed: NFKC, so that one password typed on two keyboards is one password."""
    return unicodedata.normalize("NFKC", password)


@lru_cache(maxsize=4)
def _hasher(memory_kib: int, time_cost: int, parallelism: int) -> PasswordHasher:
    return PasswordHasher(time_cost=time_cost, memory_cost=memory_kib, parallelism=parallelism)


@lru_cache(maxsize=4)
def _dummy(hasher: PasswordHasher) -> str:
    return hasher.hash("no account has this password")


def _of(settings: Settings) -> PasswordHasher:
    return _hasher(settings.argon2_memory_kib, settings.argon2_time_cost, settings.argon2_parallelism)


@contextmanager
def _slot() -> Iterator[None]:
    if not _SLOTS.acquire(timeout=QUEUE_SECONDS):
        raise Unavailable("Too many people are signing in at this moment. Try again in a few seconds.", 5)
    try:
        yield
    finally:
        _SLOTS.release()


def make_hash(settings: Settings, password: str) -> str:
    """Return the Argon2id hash of a password."""
    with _slot():
        return _of(settings).hash(normalise(password))


def verify(settings: Settings, stored: str | None, password: str) -> bool:
    """Whether the password is the stored one. Without a stored hash it costs the same and is always False."""
    hasher = _of(settings)
    with _slot():
        try:
            hasher.verify(stored or _dummy(hasher), normalise(password))
        except (VerificationError, InvalidHashError):
            return False
    return bool(stored)


def is_outdated(settings: Settings, stored: str) -> bool:
    """Whether a stored hash was made with other costs than today's."""
    return _of(settings).check_needs_rehash(stored)


def check_new(password: str, context: Iterable[str], *, field: str = "new_password") -> None:
    """Refuse a new password that is short, common, or made of words that anybody knows about its owner."""
    password = normalise(password)
    problems = []
    if len(password) < MIN_LENGTH:
        problems.append(f"Use at least {MIN_LENGTH} characters: a few words that do not belong together are good.")
    elif len(password) > MAX_LENGTH:
        problems.append(f"Use at most {MAX_LENGTH} characters.")
    elif len(set(password)) < MIN_DIFFERENT:
        problems.append(f"Use at least {MIN_DIFFERENT} different characters.")
    elif _is_common(password):
        problems.append("This is one of the passwords that are tried first. Choose another one.")
    elif _own_letters(password, context) < MIN_OWN_LETTERS:
        problems.append("This is made of your name, your e-mail address or your unit. Choose other words.")
    if problems:
        raise Invalid("The new password cannot be used.", {field: problems})


def _is_common(password: str) -> bool:
    lowered = password.lower()
    bare = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", lowered)  # what people pad a word with until it is long enough
    for form in (lowered, lowered.translate(_LEET), bare.translate(_LEET)):
        letters = re.sub(r"[\W\d_]+", "", form)
        if letters in STEMS or not letters:
            return True
    words = [word for word in re.split(r"[\W\d_]+", lowered) if word]
    return all(word in STEMS for word in words)


def _own_letters(password: str, context: Iterable[str]) -> int:
    """Return how many characters are left when everything known about the owner is taken out."""
    left = password.lower()
    words = {word for text in context for word in re.split(r"[\W\d_]+", text.lower()) if len(word) > 2}  # noqa: PLR2004
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, "")
    return len(re.sub(r"[\W_]+", "", re.sub(r"\d{2,4}$|^\d{2,4}", "", left)))
