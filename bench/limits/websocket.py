"""A bare websocket broadcaster on aiohttp and uvloop: one room, and a text goes to all others in it."""

from __future__ import annotations

import sys

import uvloop
from aiohttp import WSMsgType, web

ROOM: set[web.WebSocketResponse] = set()


async def broadcast(request: web.Request) -> web.WebSocketResponse:
    """Take a socket into the room, and pass on what it says."""
    socket = web.WebSocketResponse(compress=False)
    await socket.prepare(request)
    ROOM.add(socket)
    try:
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            for other in list(ROOM):
                if other is not socket and not other.closed:
                    await other.send_str(message.data)
    finally:
        ROOM.discard(socket)
    return socket


def main() -> None:
    """Serve on the port that is named."""
    uvloop.install()
    app = web.Application()
    app.router.add_get("/", broadcast)
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None)


if __name__ == "__main__":
    main()
