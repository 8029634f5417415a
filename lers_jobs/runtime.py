"""What one jobs process holds: its settings and its way to the data, made once, anew in each fork."""

from __future__ import annotations

import os
import time
from typing import Any

from lers_web import tables as _tables  # noqa: F401 - every mapper is needed before the first query
from lers_web.config import Settings
from lers_web.kernel import logs
from lers_web.kernel.actor import Source
from lers_web.kernel.ports import Backend, Ports

_state: dict[str, Backend] = {}


def configure(settings: Settings) -> Backend:
    """Open this process's backend as the worker role."""
    forget()
    _state["backend"] = Backend.connect(settings, settings.worker_database_url, application="lers-worker")
    return _state["backend"]


def backend() -> Backend:
    """Return this process's backend; from the environment when nobody configured it."""
    found = _state.get("backend")
    return found if found is not None else configure(Settings.from_env())


def forget() -> None:
    """Close what was opened."""
    old = _state.pop("backend", None)
    if old is not None:
        old.engine.dispose()


def source() -> Source:
    """Return where a job comes from: the request that caused it, so that audit entries and events name it."""
    request_id = logs.correlation_id.get()
    return Source(user_agent="lers-jobs", request_id=request_id) if request_id else Source(user_agent="lers-jobs")


def run_in_utc() -> None:
    """Make this process's local time UTC: cron strings of rq-scheduler are read in it."""
    os.environ["TZ"] = "UTC"  # noqa: TID251 - said to the C library, not read by us
    time.tzset()


def _after_fork() -> None:
    """Leave the parent's connections to the parent: two processes on one connection would mix their bytes."""
    old = _state.get("backend")
    if old is not None:
        old.engine.dispose(close=False)
        _state["backend"] = Backend(old.engine, Ports(old.ports.settings))


def redis_options(**more: Any) -> dict[str, Any]:
    """Return how long a jobs process waits for Redis."""
    return {"socket_timeout": 5, "socket_connect_timeout": 3, "health_check_interval": 15, **more}


os.register_at_fork(after_in_child=_after_fork)
