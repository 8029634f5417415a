"""LERS_HOME: one directory that holds everything of a standalone run, and one runner at a time.

``home.json`` (0600) keeps the random secrets and the ports that were free at the first start; ``standalone.env``
(0600) is the same as shell-quoted settings for other terminals.
"""

from __future__ import annotations

import fcntl
import json
import os
import random
import re
import secrets
import shlex
import socket
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lers_web.standalone.account import Account
from lers_web.standalone.errors import StandaloneError

ENV_FILE = "standalone.env"
# Below the range from which Linux and macOS take the ports of outgoing connections, so that none takes ours.
PORT_RANGE = range(20_000, 32_000)
# sockaddr_un holds 104 bytes on macOS and 108 on Linux, the name of the socket included.
LONGEST_SOCKET_PATH = 100
LONGEST_SOCKET_NAME = "/filer-20000.sock"
PLAIN_PATH = re.compile(r"[A-Za-z0-9_./+-]+")
SHELL_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Home:
    """The directory of one standalone run. ``lock()`` it before anything in it is changed."""

    def __init__(self, path: Path, account: Account | None = None) -> None:
        self.path = path.resolve()
        self.account = account
        self._lock_fd: int | None = None
        self._state: dict[str, Any] = {}
        self._handed_out: set[int] = set()

    # -- life ---------------------------------------------------------------------------------------------------------

    def lock(self) -> None:
        """Make the directory, become its only runner, and read (or make) its state."""
        self._make(self.path)
        descriptor = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(descriptor, 32, 0).decode(errors="replace").strip() or "unknown"
            os.close(descriptor)
            raise StandaloneError(
                f"another LERS already runs in {self.path} (process {holder}): stop it with Ctrl-C in its terminal or "
                f"`kill {holder}`, or choose another home with LERS_HOME=/some/where and other ports with LERS_PORT "
                "and LERS_HUB_PORT"
            ) from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        self._lock_fd = descriptor
        self._load()
        for name in ("log", "run", "keys", "stamps"):
            self._make(self.path / name)
        if self.account is not None:
            # The account has to walk through to its own data below; 0710 lets it do that and list or read nothing.
            os.chown(self.path, 0, self.account.gid)
            self.path.chmod(0o710)

    def unlock(self) -> None:
        if self._lock_fd is not None:
            os.close(self._lock_fd)
            self._lock_fd = None

    # -- places -------------------------------------------------------------------------------------------------------

    @property
    def id(self) -> str:
        """A random name of this home, for what must live outside it."""
        return str(self._remember("id", lambda: secrets.token_hex(8)))

    @property
    def env_file(self) -> Path:
        return self.path / ENV_FILE

    @property
    def log_dir(self) -> Path:
        return self.path / "log"

    @property
    def run_dir(self) -> Path:
        return self.path / "run"

    @property
    def key_dir(self) -> Path:
        return self.path / "keys"

    def server_root(self) -> Path:
        """Where the inner servers keep their data: in here, unless the account cannot get in (a home below /root)."""
        if self.account is None or self.account.can_reach(self.path / "data"):
            root = self.path / "data"
        else:
            root = Path("/var/lib/lers-standalone") / self.id
        root.mkdir(parents=True, exist_ok=True)
        if self.account is not None:
            root.parent.chmod(0o711) if root.parent != self.path else None
            os.chown(root, 0, self.account.gid)
            root.chmod(0o710)
        return root

    def server_dir(self, name: str) -> Path:
        """Return the 0700 directory of one inner server, owned by the account it runs as."""
        directory = self.server_root() / name
        self._make(directory)
        if self.account is not None:
            self.account.own(directory)
        return directory

    def socket_dir(self) -> Path:
        """Return a 0700 directory whose name is short enough for Unix sockets, and plain enough for any option."""
        directory = self.server_root() / "sock"
        too_long = len(os.fsencode(directory)) + len(LONGEST_SOCKET_NAME) > LONGEST_SOCKET_PATH
        if too_long or not PLAIN_PATH.fullmatch(str(directory)):
            directory = Path(tempfile.gettempdir()).resolve() / f"lers-{self.id}"
        self._make(directory)
        owner = os.geteuid() if self.account is None else self.account.uid
        if self.account is not None and directory.stat().st_uid == 0:
            self.account.own(directory)
        if directory.is_symlink() or directory.stat().st_uid != owner:
            raise StandaloneError(f"{directory} belongs to somebody else: remove it and start again")
        return directory

    # -- state --------------------------------------------------------------------------------------------------------

    def secret(self, name: str, size: int = 24) -> str:
        """Return a random secret that stays the same over restarts; safe in URLs and in shells."""
        return str(self._remember(f"secret:{name}", lambda: secrets.token_urlsafe(size)))

    def hex_secret(self, name: str, size: int = 32) -> str:
        return str(self._remember(f"secret:{name}", lambda: secrets.token_hex(size)))

    def port(self, name: str) -> int:
        """Return a free port on 127.0.0.1, the same as last time unless somebody took it meanwhile."""
        key = f"port:{name}"
        known = self._state.get(key)
        if isinstance(known, int) and known not in self._handed_out and port_is_free(known):
            self._handed_out.add(known)
            return known
        self._state[key] = free_port(self._handed_out)
        self._handed_out.add(self._state[key])
        self._save()
        return int(self._state[key])

    def stamp(self, name: str) -> str:
        """Return what ``set_stamp`` was given last for this name, or an empty text."""
        try:
            return (self.path / "stamps" / name).read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""

    def set_stamp(self, name: str, text: str) -> None:
        write_private(self.path / "stamps" / name, text)

    def write_env(self, values: Mapping[str, str]) -> None:
        """Write the settings for ``set -a; . standalone.env``, readable by their owner alone."""
        write_private(self.env_file, format_env(values))

    # -- inside -------------------------------------------------------------------------------------------------------

    def _make(self, directory: Path) -> None:
        try:
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            directory.chmod(0o700)
        except OSError as error:
            raise StandaloneError(
                f"cannot make {directory}: {error.strerror}. Choose a home you may write to with LERS_HOME=/some/where"
            ) from error

    def _load(self) -> None:
        try:
            self._state = json.loads((self.path / "home.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            self._state = {}
        except ValueError as error:
            raise StandaloneError(
                f"{self.path / 'home.json'} is damaged, and it holds the keys of the data beside it: restore it from a "
                f"backup, or give up that data and remove {self.path}"
            ) from error

    def _remember(self, key: str, make: Any) -> Any:
        if key not in self._state:
            self._state[key] = make()
            self._save()
        return self._state[key]

    def _save(self) -> None:
        write_private(self.path / "home.json", json.dumps(self._state, indent=1, sort_keys=True))


def format_env(values: Mapping[str, str]) -> str:
    """Return shell-quoted ``NAME=value`` lines that any POSIX shell reads back unchanged."""
    wrong = [name for name in values if not SHELL_NAME.fullmatch(name)]
    if wrong:
        raise StandaloneError(f"not a name a shell can hold: {', '.join(wrong)}")
    return "".join(f"{name}={shlex.quote(value)}\n" for name, value in values.items())


def read_env(path: Path) -> dict[str, str]:
    """Read back what ``format_env`` wrote."""
    pairs = (word.partition("=") for word in shlex.split(path.read_text(encoding="utf-8")))
    return {name: value for name, _, value in pairs}


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step; nobody but its owner can read it at any moment."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def port_is_free(port: int) -> bool:
    """Whether a server could listen there."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port(taken: set[int] | None = None) -> int:
    """Return a port nobody listens on, by chance, so that two homes started together do not meet."""
    for port in random.sample(PORT_RANGE, k=200):
        if port not in (taken or set()) and port_is_free(port):
            return port
    raise StandaloneError(f"no free port between {PORT_RANGE.start} and {PORT_RANGE.stop} on 127.0.0.1")
