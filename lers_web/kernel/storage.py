"""File bytes: encrypted in segments while they stream into S3, hashed in the same pass, read back by range.

Segment ``i`` is AES-256-GCM under the file's own key with the nonce ``i || last?``: a cut, reordered or changed file is
a loud error. A segment holds 256 KiB of plaintext, so memory does not grow with the file.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, cast
from uuid import UUID

import urllib3
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from minio import Minio
from minio.error import InvalidResponseError, MinioException, S3Error

from lers_web.config import Settings
from lers_web.kernel.errors import Unavailable

SEGMENT = 262_144
TAG = 16
HEAD_BYTES = 8192
_PART = 5 * 1024 * 1024  # S3's smallest; one part at a time is all that an upload holds in memory
_GONE = {"NoSuchKey", "NoSuchObject"}

Read = Callable[[int], bytes]


class StoredFileDamaged(Exception):
    """The stored bytes are not what was written. Nothing of them is given out."""


class BodyEndedEarly(Exception):
    """The sender stopped before the announced length."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was learnt while a file streamed in: plaintext size, hashes in hex, and its first bytes for sniffing."""

    size: int
    sha256: str
    sha512: str
    head: bytes


def _nonce(index: int, *, last: bool) -> bytes:
    return struct.pack(">IQ?", 0, index, last)[1:]


def sealed_length(size: int) -> int:
    """Return the stored length of ``size`` bytes of plaintext."""
    segments = max(1, -(-size // SEGMENT))
    return size + segments * TAG


class _SealingReader:
    """A file-like object that S3 reads ciphertext from while it pulls plaintext from the sender."""

    def __init__(self, read: Read, size: int, key: bytes, file_id: UUID) -> None:
        self._read, self._size = read, size
        self._aead, self._aad = AESGCM(key), file_id.bytes
        self._taken = self._index = 0
        self._buffer = bytearray()
        self._sha256, self._sha512 = hashlib.sha256(), hashlib.sha512()
        self._head = b""
        self._done = False

    def read(self, amount: int = -1) -> bytes:
        while not self._done and (amount < 0 or len(self._buffer) < amount):
            self._next_segment()
        if amount < 0:
            amount = len(self._buffer)
        out = bytes(self._buffer[:amount])
        del self._buffer[:amount]
        return out

    def _next_segment(self) -> None:
        wanted = min(SEGMENT, self._size - self._taken)
        plain = bytearray()
        while len(plain) < wanted:
            chunk = self._read(min(65_536, wanted - len(plain)))
            if not chunk:
                raise BodyEndedEarly
            plain += chunk
        self._taken += wanted
        self._done = self._taken >= self._size
        data = bytes(plain)
        self._sha256.update(data)
        self._sha512.update(data)
        if len(self._head) < HEAD_BYTES:
            self._head += data[: HEAD_BYTES - len(self._head)]
        self._buffer += self._aead.encrypt(_nonce(self._index, last=self._done), data, self._aad)
        self._index += 1

    def written(self) -> Written:
        return Written(self._taken, self._sha256.hexdigest(), self._sha512.hexdigest(), self._head)


class Storage:
    """The S3 bucket of one deployment. Any failure of the store is ``Unavailable``; the caller changes nothing."""

    def __init__(self, settings: Settings) -> None:
        self._bucket = settings.s3_bucket
        self._client = Minio(
            settings.s3_endpoint,
            access_key=settings.s3_access_key,
            secret_key=settings.s3_secret_key,
            secure=settings.s3_secure,
            region=settings.s3_region,
            http_client=urllib3.PoolManager(
                timeout=urllib3.Timeout(connect=3, read=30), retries=urllib3.Retry(total=1, redirect=0), maxsize=8
            ),
        )

    def put(self, key: str, file_id: UUID, file_key: bytes, read: Read, size: int) -> Written:
        """Stream ``size`` bytes from ``read(n)`` into the store; raise ``BodyEndedEarly`` when the sender stops."""
        reader = _SealingReader(read, size, file_key, file_id)
        self._call(
            lambda: self._client.put_object(
                self._bucket,
                key,
                cast("BinaryIO", reader),  # only read(n) is called
                sealed_length(size),
                "application/octet-stream",
                part_size=_PART,
                num_parallel_uploads=1,
            )
        )
        return reader.written()

    def read(
        self, key: str, file_id: UUID, file_key: bytes, size: int, *, start: int = 0, end: int | None = None
    ) -> Iterator[bytes]:
        """Yield plaintext bytes ``start`` up to, not including, ``end``. Opens the object before the first yield."""
        end = size if end is None else min(end, size)
        first, last = start // SEGMENT, max(start, end - 1) // SEGMENT
        total = max(1, -(-size // SEGMENT))
        offset = first * (SEGMENT + TAG)
        length = min((last - first + 1) * (SEGMENT + TAG), sealed_length(size) - offset)
        response = self._call(lambda: self._client.get_object(self._bucket, key, offset=offset, length=length))
        return _plaintext(response, file_id, file_key, (first, last, total), (start, end))

    def remove(self, key: str) -> None:
        """Delete an object; one that is gone already is no error."""
        self._call(lambda: self._client.remove_object(self._bucket, key))

    def keys_before(self, moment: dt.datetime) -> Iterator[str]:
        """Yield the keys of objects written before a moment, a thousand a round trip."""
        pages = iter(self._client.list_objects(self._bucket, recursive=True))
        while (found := self._call(lambda: next(pages, None))) is not None:
            if found.object_name and found.last_modified is not None and found.last_modified < moment:
                yield found.object_name

    def ping(self) -> bool:
        """Whether the bucket answers."""
        try:
            return self._client.bucket_exists(self._bucket)
        except (MinioException, urllib3.exceptions.HTTPError, OSError):
            return False

    def ensure_bucket(self) -> None:
        """Make the bucket when it is not there."""
        if not self._call(lambda: self._client.bucket_exists(self._bucket)):
            self._call(lambda: self._client.make_bucket(self._bucket))

    @staticmethod
    def _call(work: Callable[[], Any]) -> Any:
        try:
            return work()
        except S3Error as error:
            if error.code in _GONE:
                raise StoredFileDamaged("the stored file is gone") from error
            raise Unavailable("The file store refused the operation. Try again in a moment.") from error
        except (InvalidResponseError, MinioException, urllib3.exceptions.HTTPError) as error:
            raise Unavailable("The file store does not answer. Try again in a moment.") from error


def _plaintext(
    response: Any, file_id: UUID, file_key: bytes, segments: tuple[int, int, int], span: tuple[int, int]
) -> Iterator[bytes]:
    aead, (first, last, total), (start, end) = AESGCM(file_key), segments, span
    try:
        for index in range(first, last + 1):
            sealed = _exactly(response, SEGMENT + TAG)
            try:
                plain = aead.decrypt(_nonce(index, last=index == total - 1), sealed, file_id.bytes)
            except InvalidTag as error:
                raise StoredFileDamaged("the stored bytes were changed") from error
            base = index * SEGMENT
            piece = plain[max(0, start - base) : max(0, end - base)]
            if piece:
                yield piece
    except urllib3.exceptions.HTTPError as error:
        raise Unavailable("The file store stopped answering.") from error
    finally:
        response.close()
        response.release_conn()


def _exactly(response: Any, amount: int) -> bytes:
    """Read up to ``amount`` bytes; fewer only at the end of the object."""
    got = bytearray()
    while len(got) < amount:
        chunk = response.read(amount - len(got))
        if not chunk:
            break
        got += chunk
    return bytes(got)
