"""Start everything in its order, keep it running, stop it in the reverse order."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import psutil  # type: ignore[import-untyped]

from lers_web.standalone import provision, tasks
from lers_web.standalone.child import Child, Command, stop_leftovers
from lers_web.standalone.console import Console
from lers_web.standalone.errors import StandaloneError
from lers_web.standalone.freshclam import Freshclam
from lers_web.standalone.home import Home, port_is_free
from lers_web.standalone.logs import LogPump
from lers_web.standalone.options import Options
from lers_web.standalone.processes import processes
from lers_web.standalone.server import Server, await_ready, describe_exit
from lers_web.standalone.stack import ROOT, Stack

T = TypeVar("T")
STOP_PROCESSES_SECONDS = 6.0
STOP_SERVERS_SECONDS = 5.0
FIRST_DELAY = 0.2
LONGEST_DELAY = 15.0
SAME_SIGNAL_SECONDS = 0.5
STEADY_SECONDS = 30.0  # one that ran this long starts again with the first delay


class Runner:
    """One standalone system, from the first step to the last process gone. Run it in the main thread."""

    def __init__(self, options: Options, home: Home, console: Console) -> None:
        self._options = options
        self._home = home
        self._console = console
        self._logs = LogPump(home.log_dir)
        self._pool = ThreadPoolExecutor(max_workers=16, thread_name_prefix="step")
        self._done: dict[str, asyncio.Event] = {}
        self._running: list[tuple[Server, Child]] = []
        self._one_off: list[Child] = []
        self._stopping = threading.Event()
        self._asked_at = 0.0
        self._ended: dict[int, asyncio.Event] = {}
        self._watchers: set[asyncio.Task[None]] = set()

    # -- the whole run ------------------------------------------------------------------------------------------------

    async def run(self) -> int:
        """Start, wait for a signal (or for a failure of the start), stop. Return the exit status."""
        loop = asyncio.get_running_loop()
        asked = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._on_signal, number, asked)
        loop.add_signal_handler(signal.SIGCHLD, self._on_child)
        starting = asyncio.ensure_future(self._start())
        waiting = asyncio.ensure_future(asked.wait())
        status = 0
        try:
            await asyncio.wait({starting, waiting}, return_when=asyncio.FIRST_COMPLETED)
            if starting.done():
                starting.result()  # a start that failed ends here
                await waiting
            self._console.say("stopping (Ctrl-C again: at once)")
        except StandaloneError as error:
            self._console.fail(str(error))
            status = 1
        finally:
            starting.cancel()
            waiting.cancel()
            await self._stop()
        return status

    def _on_signal(self, number: int, asked: asyncio.Event) -> None:
        """Stop in order; at once when Ctrl-C comes again. What arrives twice at once is one signal."""
        now = time.monotonic()
        if not asked.is_set():
            self._asked_at = now
            asked.set()
        elif number == signal.SIGINT and now - self._asked_at > SAME_SIGNAL_SECONDS:
            self._console.say("killing everything at once")
            for child in [*self._one_off, *(child for _, child in self._running)]:
                child.kill()

    def _on_child(self) -> None:
        """Wake up whoever waits for a child that has ended."""
        for _, child in list(self._running):
            if child.poll() is not None and child.pid in self._ended:
                self._ended[child.pid].set()

    # -- start --------------------------------------------------------------------------------------------------------

    async def _start(self) -> None:
        left = await self._in_thread(stop_leftovers, self._home)
        if left:
            self._console.say(f"stopped what an earlier run left behind: {', '.join(left)}")
        if not self._options.servers_only:
            self._require_ports()
        stack = Stack(self._home)
        scanner = asyncio.ensure_future(self._find_scanner(stack))
        inner = [self._server(server) for server in stack.servers(scanner=False)]
        await self._all([self._on_top(stack, scanner), self._database(stack), self._keys(), *inner])
        self._console.ready(self._options, self._home, scanner=scanner.result())

    async def _on_top(self, stack: Stack, scanner: asyncio.Future[bool]) -> None:
        """Everything that needs the settings: they are known once it is clear whether there is a scanner."""
        found = await scanner
        environ = self._settings(stack, scanner=found)
        self._home.write_env(environ)
        steps = [self._migrate(stack, environ)]
        units: list[Server] = []
        if not self._options.servers_only:
            steps.append(self._demo(environ))
            units += processes(stack, environ, ROOT, web_workers=self._options.web_workers)
        if found:
            units.append(stack.clamd)
            if self._options.freshclam:
                units.append(Freshclam(stack.clamd))
        await self._all([*steps, *map(self._server, units)])

    def _settings(self, stack: Stack, *, scanner: bool) -> dict[str, str]:
        ours = stack.settings(self._options.addresses, env="standalone", scanner=scanner)
        if not scanner:
            ours["LERS_CLAMD_SOCKET"] = ""
        theirs = {name: value for name, value in self._options.settings.items() if name not in ours}
        settings = ours | theirs | {"LERS_PORT": str(self._options.addresses.web_port)}
        return {name: value for name, value in settings.items() if value}

    def _require_ports(self) -> None:
        addresses = self._options.addresses
        for name, port in (("LERS_PORT", addresses.web_port), ("LERS_HUB_PORT", addresses.hub_port)):
            if not port_is_free(port):
                raise StandaloneError(
                    f"port {port} on 127.0.0.1 is in use by another program: stop that one, or choose another port "
                    f"with {name}=<number> (both LERS_PORT and LERS_HUB_PORT can be set)"
                )

    async def _find_scanner(self, stack: Stack) -> bool:
        if not self._options.scanner:
            stack.clamd.why_missing = "it was switched off with LERS_SCANNER=false"
            found = False
        else:
            with self._console.step("ClamAV found"):
                found = await self._in_thread(stack.clamd.find)
        if not found:
            self._console.warn(
                f"NO VIRUS SCANNER: {stack.clamd.why_missing}. Files are marked UNSCANNED and can be downloaded "
                "unchecked (LERS_SCAN_REQUIRED=false). Install ClamAV, then start again."
            )
        return found

    async def _database(self, stack: Stack) -> None:
        await self._after("postgresql")
        with self._console.step("Database and roles"):
            await self._in_thread(stack.create_database)
        self._mark("database")

    async def _keys(self) -> None:
        with self._console.step("Signing keys"):
            await self._in_thread(provision.make_keys, self._home.key_dir)
        self._mark("keys")

    async def _migrate(self, stack: Stack, environ: Mapping[str, str]) -> None:
        """Bring the database to the newest version, also for a system whose processes are run by hand."""
        await self._after("database", "keys")
        with self._console.step("Database at the newest version"):
            if not await self._in_thread(tasks.at_head, stack.postgres.url(provision.DATABASE)):
                await self._one_off_command("migrate", tasks.module(environ, "lers_web.standalone.migrate"))
        self._mark("migrate")

    async def _demo(self, environ: Mapping[str, str]) -> None:
        await self._after("migrate", "valkey", "keys")
        if self._options.demo and not self._home.stamp("demo"):
            await self._after("seaweedfs", "mailsink")
            with self._console.step("Demo data"):
                await self._one_off_command("seed", tasks.module(environ, "flask", "seed", "demo"))
            self._home.set_stamp("demo", "loaded")
        self._mark("demo")

    async def _one_off_command(self, name: str, command: Command) -> None:
        child = Child(name, command, self._home, self._logs)
        self._one_off.append(child)
        try:
            status = await self._in_thread(child.wait)
        finally:
            self._one_off.remove(child)
            child.stop(0.1)
        if status != 0 and not self._stopping.is_set():
            log = self._logs.path(name)
            raise StandaloneError(
                f"the step {name} failed ({describe_exit(status)}): {' '.join(map(str, command.argv[1:]))}. {log} "
                f"says:\n{tasks.tail(log)}"
            )

    # -- servers ------------------------------------------------------------------------------------------------------

    async def _server(self, server: Server) -> None:
        """Start one server and come back when it is ready; from then on it is watched."""
        await self._after(*server.needs)
        with self._console.step(server.title):
            await self._in_thread(server.prepare)
            child = self._spawn(server)
            if server.required:
                await self._in_thread(self._settle, server, child)
        self._mark(server.name)
        self._watch(server, child)

    def _spawn(self, server: Server) -> Child:
        child = Child(server.name, server.command(), self._home, self._logs)
        server.child = child
        self._running = [pair for pair in self._running if pair[0] is not server] + [(server, child)]
        self._ended[child.pid] = asyncio.Event()
        return child

    def _settle(self, server: Server, child: Child) -> None:
        await_ready(server, child, self._logs.path(server.name), self._stopping.is_set)
        server.finish()

    def _watch(self, server: Server, child: Child) -> None:
        task = asyncio.ensure_future(self._keep_running(server, child))
        self._watchers.add(task)
        task.add_done_callback(self._watchers.discard)

    async def _keep_running(self, server: Server, child: Child) -> None:
        """Start a server again whenever it has ended, a little later each time that it does not last."""
        delay = FIRST_DELAY
        while True:
            began = time.monotonic()
            await self._end_of(child)
            if self._stopping.is_set():
                return
            if time.monotonic() - began > STEADY_SECONDS:
                delay = FIRST_DELAY
            self._console.warn(f"{server.title} ended ({describe_exit(child.poll() or 0)}): starting it again")
            await asyncio.sleep(delay)
            delay = min(delay * 2, LONGEST_DELAY)
            if self._stopping.is_set():
                return
            try:
                await self._in_thread(server.prepare)
                child = self._spawn(server)
                await self._in_thread(self._settle, server, child)
            except (StandaloneError, OSError) as error:
                if not self._stopping.is_set():
                    self._console.warn(str(error))
                    child.kill()
            else:
                self._console.say(f"{server.title} is up again")

    async def _end_of(self, child: Child) -> None:
        ended = self._ended[child.pid]
        while child.poll() is None:
            with contextlib.suppress(TimeoutError):  # SIGCHLD wakes us; signals may merge, so look now and then
                await asyncio.wait_for(ended.wait(), timeout=1.0)
        self._ended.pop(child.pid, None)

    # -- stop ---------------------------------------------------------------------------------------------------------

    async def _stop(self) -> None:
        self._stopping.set()
        for child in list(self._one_off):
            child.stop(1)
        inner = {"postgresql", "valkey", "seaweedfs", "clamd", "mailsink"}
        await self._stop_wave([pair for pair in self._running if pair[0].name not in inner], STOP_PROCESSES_SECONDS)
        await self._stop_wave([pair for pair in self._running if pair[0].name in inner], STOP_SERVERS_SECONDS)
        for process in psutil.Process().children(recursive=True):  # a step that was cut off: initdb, apt-get
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._logs.close()
        self._console.say("stopped")

    async def _stop_wave(self, wave: list[tuple[Server, Child]], seconds: float) -> None:
        for _, child in wave:
            child.ask_to_stop()
        deadline = time.monotonic() + seconds
        for server, child in wave:
            await self._in_thread(child.stop, deadline - time.monotonic())
            server.clean_up()

    # -- inside -------------------------------------------------------------------------------------------------------

    def _event(self, name: str) -> asyncio.Event:
        return self._done.setdefault(name, asyncio.Event())

    def _mark(self, name: str) -> None:
        self._event(name).set()

    async def _after(self, *names: str) -> None:
        for name in names:
            await self._event(name).wait()

    async def _in_thread(self, work: Callable[..., T], *arguments: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, work, *arguments)

    async def _all(self, steps: list[Awaitable[None]]) -> None:
        """Run steps side by side; the first failure cancels the others and is raised."""
        running = [asyncio.ensure_future(step) for step in steps]
        try:
            await asyncio.gather(*running)
        finally:
            for step in running:
                step.cancel()


def run(options: Options, home: Home, console: Console) -> int:
    """Run a standalone system in the foreground until it is told to stop."""
    if threading.current_thread() is not threading.main_thread():
        raise StandaloneError("the runner must have the main thread: Linux ties the children to it")
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    return asyncio.run(Runner(options, home, console).run())
