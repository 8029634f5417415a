"""clamd: the machine's own program, or Debian's package unpacked without root; a small signature set of our own.

The full signature database (over 1 GB of memory) is fetched only with LERS_FRESHCLAM=true. Where no clamd can be had,
the system starts with LERS_SCAN_REQUIRED=false and says so: files are then marked UNSCANNED.
"""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

from lers_web.standalone import clamav_packages
from lers_web.standalone.account import reachable_copy
from lers_web.standalone.child import Command
from lers_web.standalone.environment import clean_environ
from lers_web.standalone.errors import StandaloneError
from lers_web.standalone.home import Home, write_private
from lers_web.standalone.server import Server

PLACES = ("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin", "/usr/local/opt/clamav/sbin", "/opt/local/sbin")
FRESHCLAM_PACKAGES = ("clamav-freshclam", "libclamav12")
# Never whole in a file of ours, or scanners would take LERS itself away.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
# A second, harmless text, found at any place of a file, for trying out what happens to an infected one.
MARKER = b"LERS-SYNTHETIC-" + b"MALWARE-MARKER"
LIMITS = """\
StreamMaxLength 120M
MaxFileSize 120M
MaxScanSize 400M
MaxScanTime 120000
MaxRecursion 10
MaxFiles 2000
AlertExceedsMax yes
AlertEncrypted yes
AlertOLE2Macros yes
ConcurrentDatabaseReload yes
ExitOnOOM yes
MaxThreads 4
MaxConnectionQueueLength 30
ReadTimeout 60
SelfCheck 600
"""


class Clamd(Server):
    """The virus scanner on a Unix socket. Ask ``find()`` first whether there is one for this machine."""

    name = "clamd"
    title = "ClamAV"
    start_seconds = 120.0  # with the full database

    def __init__(self, home: Home, cache: Path) -> None:
        self._home = home
        self._cache = cache
        self._found: Path | None = None
        self._library_path = ""
        self.why_missing = "it has not been looked for"

    @property
    def socket_path(self) -> Path:
        return self._home.socket_dir() / "clamd.sock"

    @property
    def database_dir(self) -> Path:
        return self._home.server_dir("clamd") / "db"

    def find(self) -> bool:
        """Look for clamd and, on Debian and Ubuntu, fetch it. May take seconds; sets ``why_missing`` when it fails."""
        search = [Path(place) / "clamd" for place in PLACES]
        on_path = shutil.which("clamd")
        program = Path(on_path) if on_path else next((path for path in search if path.exists()), None)
        if program is None:
            try:
                program = self._unpack("usr/sbin/clamd", clamav_packages.PACKAGES)
            except StandaloneError as error:
                self.why_missing = str(error)
                return False
        self._found = program
        return True

    def prepare(self) -> None:
        if self._found is None and not self.find():
            raise StandaloneError(f"no clamd on this machine: {self.why_missing}")
        data = self._home.server_dir("clamd")
        for directory in (self.database_dir, data / "tmp"):
            directory.mkdir(mode=0o700, exist_ok=True)
            if self._home.account:
                self._home.account.own(directory)
        signatures = (
            f"Eicar-Test-Signature:0:0:{EICAR.hex()}\n"
            f"Lers.Test.Marker:0:*:{MARKER.hex()}\n"
        )  # fmt: skip
        self._write(self.database_dir / "lers.ndb", signatures)
        self._write(
            self._config,
            f"Foreground yes\nLogTime no\nDatabaseDirectory db\nTemporaryDirectory tmp\n"
            f"LocalSocket {self.socket_path}\nLocalSocketMode 600\nFixStaleSocket yes\n{LIMITS}",
        )

    def command(self) -> Command:
        if self._found is None:
            raise StandaloneError("clamd is started before it was looked for")
        return Command(
            argv=[self._found, f"--config-file={self._config.name}"],
            env=clean_environ({"LD_LIBRARY_PATH": self._library_path} if self._library_path else {}),
            cwd=self._config.parent,  # the names in its configuration are relative to it
            account=self._home.account,
        )

    def ready(self) -> bool:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
            client.settimeout(2)
            try:
                client.connect(str(self.socket_path))
                client.sendall(b"zPING\0")
                return client.recv(16).startswith(b"PONG")
            except OSError:
                return False

    def freshclam(self) -> Command:
        """Return the command that fetches the full database and keeps it fresh, in the foreground."""
        on_path = shutil.which("freshclam")
        program = Path(on_path) if on_path else self._unpack("usr/bin/freshclam", FRESHCLAM_PACKAGES)
        config = self._config.with_name("freshclam.conf")
        self._write(
            config,
            f"DatabaseDirectory db\nDatabaseMirror database.clamav.net\nForeground yes\nChecks 12\n"
            f"NotifyClamd {self._config.name}\n",
        )
        return Command(
            argv=[program, f"--config-file={config.name}", "--daemon", "--foreground"],
            env=clean_environ({"LD_LIBRARY_PATH": self._library_path} if self._library_path else {}),
            cwd=config.parent,
            account=self._home.account,
        )

    def _unpack(self, program: str, packages: tuple[str, ...]) -> Path:
        if not clamav_packages.possible():
            raise StandaloneError("install ClamAV (macOS: `brew install clamav`), then start again")
        root = clamav_packages.unpacked(self._cache, packages)
        here = reachable_copy(
            self._home.account, root / program, root, self._home.server_root() / "programs" / "clamav"
        )
        self._library_path = clamav_packages.library_path(here.parents[2])
        return here

    def _write(self, path: Path, text: str) -> None:
        write_private(path, text)
        if self._home.account:
            self._home.account.own(path)

    @property
    def _config(self) -> Path:
        return self._home.server_dir("clamd") / "clamd.conf"
