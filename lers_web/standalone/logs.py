"""One log a process, in JSON lines: what a child prints is written as it is when it is JSON, and wrapped when not."""

from __future__ import annotations

import json
import os
import selectors
import threading
from datetime import UTC, datetime
from pathlib import Path

LARGEST_LOG = 32 * 1024 * 1024
LONGEST_LINE = 256 * 1024
CHUNK = 64 * 1024


class LogFile:
    """The log of one process; the previous one is kept as ``<process>.log.1`` once it has grown large."""

    def __init__(self, path: Path, process: str) -> None:
        self.path = path
        self._process = process
        self.lines = 0
        self._rest = b""
        self._open()

    def feed(self, data: bytes) -> None:
        *lines, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > LONGEST_LINE:
            lines.append(self._rest)
            self._rest = b""
        text = b"".join(self._line(line) for line in lines if line.strip())
        if text:
            self.lines += text.count(b"\n")
            os.write(self._fd, text)
            self._size += len(text)
            if self._size > LARGEST_LOG:
                self._rotate()

    def close(self) -> None:
        if self._rest:
            self.feed(b"\n")
        os.close(self._fd)

    def _line(self, line: bytes) -> bytes:
        line = line.strip()
        if line.startswith(b"{") and line.endswith(b"}"):
            return line + b"\n"
        entry = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "process": self._process,
            "message": line.decode(errors="replace"),
        }
        return json.dumps(entry, ensure_ascii=False).encode() + b"\n"

    def _open(self) -> None:
        self._fd = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        self._size = os.fstat(self._fd).st_size

    def _rotate(self) -> None:
        os.close(self._fd)
        self.path.replace(self.path.with_name(f"{self.path.name}.1"))
        self._open()


class LogPump:
    """One thread that carries the output of all children into their logs."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._selector = selectors.DefaultSelector()
        self._lock = threading.Lock()
        self._files: dict[str, LogFile] = {}
        self._wake_read, self._wake_write = os.pipe()
        self._selector.register(self._wake_read, selectors.EVENT_READ, None)
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="logs", daemon=True)
        self._thread.start()

    def path(self, process: str) -> Path:
        return self._directory / f"{process}.log"

    def attach(self, process: str) -> int:
        """Return the writing end of a pipe for one child; the caller closes it once the child has it."""
        reading, writing = os.pipe()
        file = self._files[process] = LogFile(self.path(process), process)
        with self._lock:
            self._selector.register(reading, selectors.EVENT_READ, file)
        os.write(self._wake_write, b".")
        return writing

    def lines_of(self, process: str) -> int:
        """Return how many lines the process has written since it was started last."""
        return self._files[process].lines

    def close(self) -> None:
        """Write what is still in the pipes, then end."""
        self._closing = True
        os.write(self._wake_write, b".")
        self._thread.join(timeout=5)

    def _run(self) -> None:
        while not self._closing:
            for key, _ in self._selector.select():
                self._read(key)
        self._drain()

    def _read(self, key: selectors.SelectorKey) -> bool:
        """Carry one chunk; return whether there may be more."""
        data = os.read(key.fd, CHUNK)
        if key.data is None:
            return False
        if data:
            key.data.feed(data)
            return True
        self._drop(key)
        return False

    def _drop(self, key: selectors.SelectorKey) -> None:
        with self._lock:
            self._selector.unregister(key.fileobj)
        key.data.close()
        os.close(key.fd)

    def _drain(self) -> None:
        while ready := [key for key, _ in self._selector.select(timeout=0) if key.data is not None]:
            for key in ready:
                self._read(key)
        for key in list(self._selector.get_map().values()):
            if key.data is not None:
                self._drop(key)
        self._selector.close()
        os.close(self._wake_read)
        os.close(self._wake_write)
