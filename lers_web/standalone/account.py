"""The unprivileged account that the inner servers run as when the run is started by root.

PostgreSQL refuses to run as root, and nothing that parses strangers' files should. An account that is already there
is used; none is made, and no directory of the machine is opened for it.
"""

from __future__ import annotations

import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from lers_web.standalone.errors import StandaloneError

CANDIDATES = ("lers", "postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    """A login that exists on this machine, with its primary group."""

    name: str
    uid: int
    gid: int

    def can_reach(self, path: Path) -> bool:
        """Whether this account may walk down to ``path``: every directory above it must let it through."""
        return all(self._may(directory, stat.S_IXUSR) for directory in path.resolve().parents)

    def can_execute(self, path: Path) -> bool:
        return self.can_reach(path) and self._may(path, stat.S_IXUSR)

    def own(self, path: Path) -> None:
        """Give a file or directory to this account."""
        os.chown(path, self.uid, self.gid)

    def _may(self, path: Path, owner_bit: int) -> bool:
        status = path.stat()
        if status.st_uid == self.uid:
            return bool(status.st_mode & owner_bit)
        if status.st_gid == self.gid:
            return bool(status.st_mode & (owner_bit >> 3))
        return bool(status.st_mode & (owner_bit >> 6))


def unprivileged_account() -> Account | None:
    """Return the account to drop to, or None when the runner is an ordinary user already."""
    if os.geteuid() != 0:
        _require_passwd_entry()
        return None
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(name, entry.pw_uid, entry.pw_gid)
    raise StandaloneError(
        "you are root, PostgreSQL does not run as root, and none of the accounts "
        f"{', '.join(CANDIDATES)} exists: make one with `useradd --system lers`, or start as an ordinary user"
    )


def reachable_copy(account: Account | None, program: Path, tree: Path, target: Path) -> Path:
    """Return ``program`` where the account can run it: in place, or in a copy of ``tree`` under ``target``.

    A checkout below a closed directory such as /root cannot be entered by the account, so the binaries are copied
    once; a copy is remade when the program's size or time has changed.
    """
    if account is None or account.can_execute(program):
        return program
    copy = target / program.relative_to(tree.parent)
    if not _same_file(program, copy):
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True, mode=0o755)
        for item in _siblings(tree):
            destination = target / item.name
            if item.is_dir():
                shutil.copytree(item, destination, symlinks=True)
            else:
                shutil.copy2(item, destination)
    return copy


def _siblings(tree: Path) -> list[Path]:
    """Return the tree and the directory of shared libraries that wheels put beside it (their run path says so)."""
    libraries = tree.with_name(f"{tree.name}.libs")
    return [tree, libraries] if libraries.is_dir() else [tree]


def _same_file(original: Path, copy: Path) -> bool:
    try:
        there = copy.stat()
    except OSError:
        return False
    here = original.stat()
    return (here.st_size, int(here.st_mtime)) == (there.st_size, int(there.st_mtime))


def _require_passwd_entry() -> None:
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError as error:
        raise StandaloneError(
            f"the user id {os.geteuid()} has no line in /etc/passwd, and PostgreSQL's initdb needs one: "
            "start as a user of this machine (in a container: one that its image knows)"
        ) from error
