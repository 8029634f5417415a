"""A Socket.IO client that comes to the hub by the edge, in one thread: TLS is never read and written at once."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import socketio

from tests.docker.edge import Edge

SECONDS = 20


def ask(
    edge: Edge,
    event: str,
    *payload: Any,
    token: str | None = None,
    headers: dict[str, str] | None = None,
) -> Any:
    """Open a websocket, call ``event``, leave; return the answer.

    Raises:
        socketio.exceptions.ConnectionError: when the edge or the hub refuses the connection; what nginx and its log
            say of it is in the error's notes.

    """

    async def talk() -> Any:
        connector = aiohttp.TCPConnector(ssl=edge.trust())
        async with aiohttp.ClientSession(connector=connector) as session:
            client = socketio.AsyncClient(http_session=session, reconnection=False)
            auth = {"token": token} if token else None
            await client.connect(
                edge.origin, headers=headers or {}, auth=auth, transports=["websocket"], wait_timeout=SECONDS
            )
            try:
                return await client.call(event, *payload, timeout=SECONDS)
            finally:
                await client.disconnect()
                await client.wait()

    try:
        return asyncio.run(talk())
    except socketio.exceptions.SocketIOError as error:
        error.add_note(f"nginx said:\n{edge.errors()}\n{edge.log.read_text() if edge.log.exists() else ''}")
        raise
