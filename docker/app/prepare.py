# ruff: noqa: INP001 - a program, started by its path
"""What one container does before the others start: the signing keys, the tables, the bucket. Harmless to repeat.

``python docker/prepare.py``, as the role that migrates. The roles themselves were made before, by postgres/init.sh.
"""

from __future__ import annotations

import subprocess
import sys

from lers_web.config import Settings, SettingsError
from lers_web.kernel.errors import LersError
from lers_web.kernel.storage import Storage
from lers_web.kernel.tokens import generate_key_dir

PURPOSES = ("access", "seal", "checkpoint")


def make_keys(settings: Settings) -> list[str]:
    """Make the keys that sign tokens, seals and checkpoints, where there are none; return the new ones' ids."""
    return [
        generate_key_dir(settings.key_dir, purpose)
        for purpose in PURPOSES
        if not any(settings.key_dir.glob(f"{purpose}-*.pem"))
    ]


def main() -> int:
    """0 when everything is there."""
    try:
        settings = Settings.from_env()
        for kid in make_keys(settings):
            sys.stdout.write(f"made the key {kid}: keep a copy of {settings.key_dir} with the evidence key\n")
        migrated = subprocess.run([sys.executable, "-m", "flask", "db", "upgrade"], check=False)
        if migrated.returncode:
            sys.stderr.write("the migrations failed: see above; nothing else was started\n")
            return 1
        Storage(settings).ensure_bucket()
    except SettingsError as error:
        sys.stderr.write(f"docker/.env: {error}\n")
        return 2
    except OSError as error:
        sys.stderr.write(
            f"the keys could not be written: {error}. The volume of /etc/lers/keys must belong to 10001.\n"
        )
        return 1
    except LersError as error:
        sys.stderr.write(f"the file store did not answer: {error}\n")
        return 1
    sys.stdout.write("the database, the keys and the bucket are ready\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
