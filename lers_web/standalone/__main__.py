"""``python -m lers_web.standalone``: the whole system in the foreground, with one command.

With ``--servers-only`` only the inner servers are started, for running LERS's own processes by hand.
"""

from __future__ import annotations

import argparse
import ctypes
import signal
import sys

from lers_web.standalone.account import unprivileged_account
from lers_web.standalone.console import Console
from lers_web.standalone.environment import caller_environ
from lers_web.standalone.errors import StandaloneError
from lers_web.standalone.home import Home
from lers_web.standalone.launch import PR_SET_PDEATHSIG
from lers_web.standalone.options import Options
from lers_web.standalone.runner import run


def main() -> int:
    """Run until told to stop; 0 after an orderly stop, 1 when the start failed."""
    console = Console()
    if "MAKELEVEL" in caller_environ() and sys.platform == "linux":
        # Started by make: when make is killed, nobody is left to press Ctrl-C.
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    arguments = argparse.ArgumentParser(prog="python -m lers_web.standalone", description="Run LERS on this machine.")
    arguments.add_argument("--servers-only", action="store_true", help="start the inner servers alone")
    chosen = arguments.parse_args()
    try:
        options = Options.from_env(servers_only=chosen.servers_only)
        home = Home(options.home, unprivileged_account())
        home.lock()
        try:
            return run(options, home, console)
        finally:
            home.unlock()
    except StandaloneError as error:
        console.fail(str(error))
        return 1


if __name__ == "__main__":
    sys.exit(main())
