"""``python -m lers_hub``: one hub node in the foreground, until SIGTERM or SIGINT."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import sys

import uvloop

from lers_hub.app import Hub
from lers_web.config import Settings, SettingsError
from lers_web.kernel import logs

log = logging.getLogger("lers_hub")


async def serve(settings: Settings) -> None:
    """Run a node until it is told to stop."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    hub = Hub(settings)
    await hub.start()
    gc.freeze()  # what was loaded so far lives as long as the process: the collector need not walk it
    log.info("the hub listens on %s:%d", settings.hub_host, settings.hub_port)
    await stop.wait()
    log.info("the hub stops")
    await hub.stop()


def main() -> int:
    """Read the settings and serve; say plainly what stops a start."""
    try:
        settings = Settings.from_env()
    except SettingsError as error:
        print(f"lers_hub: {error}", file=sys.stderr)  # noqa: T201 - before there is a log
        return 2
    logs.configure("hub", settings.log_level)
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(serve(settings))
    except OSError as error:
        log.critical(
            "the hub cannot listen on %s:%d (%s). Is another one running? LERS_HUB_PORT chooses another port.",
            settings.hub_host,
            settings.hub_port,
            error,
        )
        return 1
    except RuntimeError as error:
        log.critical("the hub cannot start: %s", error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
