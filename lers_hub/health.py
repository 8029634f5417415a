"""``/healthz``, ``/readyz`` and ``/metrics`` of a hub node, as the web process answers them."""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Callable
from ipaddress import ip_address

from aiohttp import web
from prometheus_client import generate_latest
from sqlalchemy.exc import SQLAlchemyError

from lers_hub.bus import Bus
from lers_hub.database import Database
from lers_hub.metrics import REGISTRY
from lers_hub.wire import Json
from lers_web.config import Settings

PATIENCE_SECONDS = 4.0
log = logging.getLogger(__name__)


def _json(data: dict[str, object], status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(text=Json.dumps(data), status=status, content_type="application/json", headers=headers or {})


class Health:
    """What an operator and a load balancer ask."""

    def __init__(self, settings: Settings, database: Database, bus: Bus, draining: Callable[[], bool]) -> None:
        self._settings, self._database, self._bus, self._draining = settings, database, bus, draining

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of a node."""
        return [
            web.get("/healthz", self.healthz),
            web.get("/readyz", self.readyz),
            web.get("/metrics", self.metrics),
        ]

    async def healthz(self, _request: web.Request) -> web.Response:
        """Alive; looks at nothing else."""
        return _json({"status": "ok"})

    async def readyz(self, _request: web.Request) -> web.Response:
        """The database is needed; without Redis this node serves its own sockets only. A stopping node is not ready."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                migrated = await self._database.ping()
                open_walls = await self._database.open_walls() if migrated else []
            for sentence in open_walls:
                log.critical("the walls are open: %s", sentence)
            database = "walls open" if open_walls else "ok" if migrated else "not migrated"
        except (SQLAlchemyError, TimeoutError):
            database = "down"
        checks = {"database": database, "redis": "ok" if self._bus.subscribed else "down"}
        ready = database == "ok" and not self._draining()
        status = "down" if not ready else "ok" if checks["redis"] == "ok" else "degraded"
        return _json({"status": status, "checks": checks}, 200 if ready else 503, {} if ready else {"Retry-After": "2"})

    async def metrics(self, request: web.Request) -> web.Response:
        """Prometheus text, for loopback or for whoever holds the token."""
        token = self._settings.metrics_token
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        local = ip_address(request.remote or "0.0.0.0").is_loopback  # noqa: S104 - not bound, compared
        if (local and "X-Forwarded-For" not in request.headers) or (
            token and hmac.compare_digest(given.encode(), token.encode())
        ):
            return web.Response(body=generate_latest(REGISTRY), headers={"Content-Type": "text/plain; version=0.0.4"})
        return _json(
            {
                "type": "about:blank",
                "title": "Forbidden",
                "status": 403,
                "code": "forbidden",
                "detail": "Metrics are for loopback, or for LERS_METRICS_TOKEN.",
            },
            403,
        )
