"""Stand between the runner and a child for one moment: drop rights, tie the child's life to the runner's, exec.

Run as ``python -I -S launch.py PARENT SIGNAL UID GID PROGRAM ARG...``. A wrapper and not a ``preexec_fn``, because the
runner has threads, and Python code between fork and exec may then meet a lock that nobody will ever release.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
CANNOT_EXECUTE = 126


def main(argv: list[str]) -> None:
    """Never comes back: becomes the program, or ends."""
    parent, death_signal, uid, gid = (int(text) for text in argv[:4])
    command = argv[4:]
    if uid >= 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if sys.platform == "linux":  # after setuid, which clears it
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, death_signal)
        if os.getppid() != parent:  # the runner died before we asked to be told
            sys.exit(CANNOT_EXECUTE)
    os.umask(0o077)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # Python ignores it, and an ignored signal survives exec
    try:
        os.execv(command[0], command)  # noqa: S606 - the program is the runner's own choice
    except OSError as error:
        sys.exit(f"cannot start {command[0]}: {error.strerror}")


if __name__ == "__main__":
    main(sys.argv[1:])
