"""Small real servers for behind the edge: one tells what it was asked, one is a Socket.IO server."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import socketio
from aiohttp import web

from lers_web.standalone.home import free_port

OWN_CSP = "default-src 'self' 'nonce-own'"


class Upstream:
    """An aiohttp application in a thread of its own. ``name`` tells two of them apart."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.port = free_port()
        self.asked: list[str] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._runner: web.AppRunner | None = None

    def application(self) -> web.Application:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/{path:.*}", self._tell)
        return app

    async def _tell(self, request: web.Request) -> web.Response:
        self.asked.append(f"{request.method} {request.path}")
        body = await request.read()
        headers = {}
        if request.path == "/api/v1/docs/":
            headers["Content-Security-Policy"] = OWN_CSP
            headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
            headers["X-Request-ID"] = request.headers["X-Request-ID"]
            headers["Cache-Control"] = "max-age=60"
        told = {
            "server": self.name,
            "method": request.method,
            "path": request.raw_path,
            "remote": request.remote,
            "headers": [[name.lower(), value] for name, value in request.headers.items()],
            "length": len(body),
        }
        return web.json_response(told, headers=headers)

    def start(self) -> Upstream:
        if not self._thread.is_alive():
            self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(10)
        return self

    async def _start(self) -> None:
        self._runner = web.AppRunner(self.application(), access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()

    def die(self) -> None:
        """Stop serving; ``start`` brings it back on the same port."""
        if self._runner is not None:
            asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(10)
            self._runner = None

    async def _cancel(self) -> None:
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def close(self) -> None:
        self.die()
        asyncio.run_coroutine_threadsafe(self._cancel(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()


class SocketUpstream(Upstream):
    """A Socket.IO server that says who it is and by which transport it was reached."""

    def application(self) -> web.Application:
        server = socketio.AsyncServer(async_mode="aiohttp", cors_allowed_origins="*")

        @server.event
        async def connect(sid: str, environ: dict[str, Any], auth: Any) -> None:
            self.asked.append(environ["HTTP_X_FORWARDED_FOR"])

        @server.event
        async def whoami(sid: str) -> dict[str, str]:
            return {"server": self.name, "transport": server.transport(sid)}

        app = web.Application()
        server.attach(app)
        app.on_shutdown.append(lambda _app: server.shutdown())
        return app
