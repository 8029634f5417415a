"""The virus scanner as a port: only clamd's exact OK for our stream is clean; anything odd leaves the file waiting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO, Protocol
from urllib.parse import urlsplit

from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket

from lers_web.kernel.errors import Unavailable

TIMEOUT_SECONDS = 120
_POLICY_PREFIXES = ("Heuristics.Limits.Exceeded", "Heuristics.Encrypted", "Heuristics.OLE2.ContainsMacros")


class Verdict(StrEnum):
    """What a scan found."""

    CLEAN = "CLEAN"
    SUSPICIOUS = "SUSPICIOUS"
    INFECTED = "INFECTED"


@dataclass(frozen=True, slots=True)
class ScanResult:
    """A verdict, and the signature that led to it."""

    verdict: Verdict
    signature: str | None = None


class Scanner(Protocol):
    """Looks through a whole file."""

    def scan(self, stream: BinaryIO) -> ScanResult:
        """Return the verdict; raise ``Unavailable`` when the scanner is down, late or answers oddly."""
        ...

    def ping(self) -> bool:
        """Whether the scanner answers."""
        ...


class ClamdScanner:
    """Asks a clamd over its unix socket, or over TCP (``tcp://host:port``) on a private network."""

    def __init__(self, address: str) -> None:
        self._address = address

    @contextmanager
    def _client(self, timeout: int) -> Iterator[ClamdUnixSocket | ClamdNetworkSocket]:
        client: ClamdUnixSocket | ClamdNetworkSocket
        if self._address.startswith("tcp://"):
            parts = urlsplit(self._address)
            client = ClamdNetworkSocket(parts.hostname or "127.0.0.1", parts.port or 3310, timeout=timeout)
        else:
            client = ClamdUnixSocket(path=self._address, timeout=timeout)
        try:
            yield client
        finally:
            # The library closes it after an answer, and forgets it where nobody takes the call.
            opened = getattr(client, "clamd_socket", None)
            if opened is not None:
                opened.close()

    def scan(self, stream: BinaryIO) -> ScanResult:
        """Stream a file to clamd."""
        try:
            with self._client(TIMEOUT_SECONDS) as client:
                answer = client.instream(stream)
        except (ClamdError, OSError, ValueError) as error:
            raise Unavailable(f"the virus scanner did not answer: {type(error).__name__}", retry_after=30) from error
        state, signature = answer.get("stream", ("ERROR", "no answer for the stream"))
        if state == "OK":
            return ScanResult(Verdict.CLEAN)
        if state == "FOUND" and signature:
            suspicious = signature.startswith(_POLICY_PREFIXES)
            return ScanResult(Verdict.SUSPICIOUS if suspicious else Verdict.INFECTED, signature)
        raise Unavailable(f"the virus scanner answered {state}", retry_after=30)

    def ping(self) -> bool:
        """Whether clamd answers a PING."""
        try:
            with self._client(3) as client:
                return client.ping() == "PONG"
        except (ClamdError, OSError, ValueError):
            return False


def scanner_from(address: str) -> Scanner | None:
    """Return the configured scanner, or None where the settings name none."""
    return ClamdScanner(address) if address else None
