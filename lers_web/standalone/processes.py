"""LERS's own processes on top of the inner servers, as data: what to run, after what, and when it counts as ready."""

from __future__ import annotations

import http.client
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import redis

from lers_web.standalone.child import Command
from lers_web.standalone.environment import clean_environ
from lers_web.standalone.server import Server
from lers_web.standalone.stack import Stack

PROBE_SECONDS = 5
WORKERS = 2
DATA = ("demo",)  # which comes after the database, the queue and the keys; the rest is waited for by /readyz


class Process(Server):
    """One process of LERS, started with the settings of the running system."""

    def __init__(
        self,
        name: str,
        title: str,
        arguments: list[str],
        environ: Mapping[str, str],
        root: Path,
        *,
        probe: Callable[[Process], str],
        needs: tuple[str, ...] = DATA,
    ) -> None:
        self.name = name
        self.title = title
        self.needs = needs
        self._arguments = arguments
        self._environ = environ
        self._root = root
        self._probe = probe
        self._problem = ""

    def command(self) -> Command:
        return Command(
            argv=[sys.executable, *self._arguments],
            env=clean_environ({**self._environ, "PYTHONUNBUFFERED": "1"}),
            cwd=self._root,
        )

    def ready(self) -> bool:
        self._problem = self._probe(self)
        return not self._problem

    def problem(self) -> str:
        return self._problem


def processes(stack: Stack, environ: Mapping[str, str], root: Path, *, web_workers: int) -> list[Process]:
    """Return what runs on top of the inner servers, in the order in which it is worth starting."""
    web_port, hub_port = int(environ["LERS_PORT"]), int(environ["LERS_HUB_PORT"])
    registered = worker_is_registered(stack.valkey.url)
    granian = [
        "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(web_port), "--no-ws",
        "--workers", str(web_workers), "--blocking-threads", "2", "--respawn-failed-workers",
        "--workers-kill-timeout", "5", "--log-level", "warning", "wsgi:app",
    ]  # fmt: skip
    return [
        Process("web", "Web and API", granian, environ, root, probe=answers(web_port)),
        Process("hub", "Hub", ["-m", "lers_hub"], environ, root, probe=answers(hub_port)),
        *(
            Process(f"worker-{n}", f"Worker {n}", ["-m", "lers_jobs"], environ, root, probe=registered)
            for n in range(1, WORKERS + 1)
        ),
        Process("relay", "Relay", ["-m", "lers_jobs.relay"], environ, root, probe=is_running),
        Process("scheduler", "Scheduler", ["-m", "lers_jobs.schedule"], environ, root, probe=is_running),
    ]


def answers(port: int) -> Callable[[Process], str]:
    """Return a probe that is content when ``/readyz`` on this port is 200."""

    def probe(_process: Process) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PROBE_SECONDS)
        try:
            connection.request("GET", "/readyz")
            answer = connection.getresponse()
            text = answer.read(2000).decode(errors="replace")
        except (OSError, http.client.HTTPException) as error:
            return f"http://127.0.0.1:{port}/readyz does not answer ({error})."
        finally:
            connection.close()
        return "" if answer.status == http.client.OK else f"/readyz answers {answer.status}: {text}"

    return probe


def worker_is_registered(url: str) -> Callable[[Process], str]:
    """Return a probe that is content when the worker has entered itself into the queue's register."""

    def probe(process: Process) -> str:
        pid = str(process.child.pid) if process.child else ""
        try:
            with redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2) as client:
                for key in client.smembers("rq:workers"):
                    if (client.hget(key, "pid") or b"").decode() == pid:
                        return ""
        except redis.RedisError as error:
            return f"the queue does not answer ({error})."
        return "it has not registered with the queue."

    return probe


def is_running(process: Process) -> str:
    """A probe for a process that nobody can ask: it is up when it has said its first line and goes on."""
    if process.child is None or process.child.poll() is not None:
        return "it is not running."
    return "" if process.child.has_spoken() else "it has not said anything yet."
