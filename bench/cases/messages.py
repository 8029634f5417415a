"""From the POST of a chat message to ``new_message`` at the other side: database, outbox, relay, hub, socket."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

import aiohttp

from bench import people
from bench.cases import Effort
from bench.measure import Report, Sample, median, percentile
from bench.sockets import open_socket, sign_in
from bench.system import System
from lers_web.demo.accounts import IO, NODAL

PER_SECOND, PER_SECOND_QUICK = 50, 10
ARRIVAL_SECONDS = 20.0
EVENT = b'42["new_message",'


def run(system: System, report: Report, effort: Effort) -> None:
    """Measure the delay at a steady rate."""
    chat = str(people.a_chat(system).request_id)
    tokens = {email: system.bearer(email)["Authorization"].removeprefix("Bearer ") for email in (IO, NODAL)}
    rate = PER_SECOND if effort.seconds > 2 else PER_SECOND_QUICK
    count = max(10, int(rate * effort.seconds))
    samples: list[Sample] = [asyncio.run(_round(system, chat, tokens, count, rate)) for _ in range(effort.rounds)]
    report.samples["messages"] = samples
    note = f"{rate} a second, {count} a round"
    report.add("messages", "POST to socket p50", "ms", median(samples, "p50"), at_most=15, note=note)
    report.add("messages", "POST to socket p99", "ms", median(samples, "p99"), at_most=60, note=note)
    report.add("messages", "after the answer p50", "ms", median(samples, "after_p50"), note="from the POST's 201")
    report.add("messages", "POST p50", "ms", median(samples, "post_p50"))


async def _round(system: System, chat: str, tokens: dict[str, str], count: int, rate: int) -> Sample:
    socket = await open_socket(system.hub_port, "/socket.io/?EIO=4&transport=websocket")
    await sign_in(socket, tokens[NODAL], chat)
    arrived: dict[str, float] = {}
    everything = asyncio.Event()

    def note(text: bytes) -> None:
        if text.startswith(EVENT):
            arrived[json.loads(text[2:])[1]["message_text"]] = time.perf_counter()
            if len(arrived) == count:
                everything.set()

    socket.on_text = note
    sent: dict[str, tuple[float, float]] = {}
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {tokens[IO]}"}) as http:
        posts: list[asyncio.Task[None]] = []
        began = time.perf_counter()
        for number in range(count):
            await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
            posts.append(asyncio.create_task(_post(http, system, chat, f"bench {began} {number}", sent)))
        await asyncio.gather(*posts)
        await asyncio.wait_for(everything.wait(), ARRIVAL_SECONDS)
    socket.close()
    whole = sorted((arrived[text] - start) * 1000 for text, (start, _) in sent.items())
    after = sorted((arrived[text] - end) * 1000 for text, (_, end) in sent.items())
    posted = sorted((end - start) * 1000 for start, end in sent.values())
    return {
        "p50": percentile(whole, 0.5),
        "p99": percentile(whole, 0.99),
        "after_p50": percentile(after, 0.5),
        "post_p50": percentile(posted, 0.5),
    }


async def _post(http: Any, system: System, chat: str, text: str, sent: dict[str, tuple[float, float]]) -> None:
    start = time.perf_counter()
    url = f"http://127.0.0.1:{system.port}/api/v1/lers/requests/{chat}/messages/"
    async with http.post(url, json={"message_text": text}) as answer:
        if answer.status != 201:
            raise RuntimeError(f"the POST answered {answer.status}: {await answer.text()}")
        await answer.read()
    sent[text] = (start, time.perf_counter())
