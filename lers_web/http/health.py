"""``/healthz``, ``/readyz`` and ``/metrics`` of the web process."""

from __future__ import annotations

import hmac
import logging
import time
from ipaddress import ip_address

import redis
from flask import Blueprint, Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from lers_web.http.errors import problem
from lers_web.http.json import answer
from lers_web.http.runtime import runtime
from lers_web.kernel import walls
from lers_web.kernel.actor import system_actor
from lers_web.kernel.uow import unit_of_work

LOG = logging.getLogger(__name__)
blp = Blueprint("health", __name__)
REGISTRY = CollectorRegistry()
REQUESTS = Counter("lers_http_requests_total", "Answered requests", ["endpoint", "method", "status"], registry=REGISTRY)
SECONDS = Histogram(
    "lers_http_request_seconds",
    "Time to answer",
    ["endpoint"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=REGISTRY,
)


@blp.get("/healthz")
def healthz() -> Response:
    """Alive; looks at nothing else."""
    return answer({"status": "ok"})


def _database() -> str:
    """Ask as the service's own role: the schema must be there, and the walls must hold (``kernel/walls.py``)."""
    try:
        with unit_of_work(runtime().backend, system_actor()) as uow:
            version = uow.session.execute(text("SELECT version_num FROM app.alembic_version")).scalar()
        open_walls = walls.findings(runtime().backend) if version else []
    except SQLAlchemyError:
        return "down"
    for sentence in open_walls:
        LOG.critical("the walls are open: %s", sentence)
    return "walls open" if open_walls else "ok" if version else "not migrated"


def _redis() -> str:
    settings = runtime().settings
    client = redis.Redis.from_url(settings.redis_url, socket_connect_timeout=1, socket_timeout=1)
    try:
        client.ping()
    except redis.RedisError:
        return "down"
    finally:
        client.close()
    return "ok"


def _scanner() -> str:
    scanner = runtime().backend.ports.scanner
    if scanner is None:
        return "none"
    return "ok" if scanner.ping() else "down"


@blp.get("/readyz")
def readyz() -> Response:
    """Each dependency with its state: the database is needed, without the others the service is degraded."""
    checks = {
        "database": _database(),
        "redis": _redis(),
        "storage": "ok" if runtime().backend.ports.storage.ping() else "down",
        "scanner": _scanner(),
    }
    ready = checks["database"] == "ok"
    degraded = any(state != "ok" for state in checks.values())
    status = "down" if not ready else "degraded" if degraded else "ok"
    return answer(
        {"status": status, "checks": checks},
        200 if ready else 503,
        headers={} if ready else {"Retry-After": "2"},
    )


@blp.get("/metrics")
def metrics() -> Response:
    """Prometheus text, for loopback or for whoever holds the token."""
    token = runtime().settings.metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    local = ip_address(request.remote_addr or "0.0.0.0").is_loopback  # noqa: S104 - not bound, compared
    behind_proxy = "X-Forwarded-For" in request.headers
    if not ((local and not behind_proxy) or (token and hmac.compare_digest(given.encode(), token.encode()))):
        return problem(403, "forbidden", "Metrics are for loopback, or for LERS_METRICS_TOKEN.")
    return Response(generate_latest(REGISTRY), mimetype="text/plain; version=0.0.4")


def init_app(app: Flask) -> None:
    """Register the routes and count every answer."""
    app.register_blueprint(blp)

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def count(response: Response) -> Response:
        endpoint = request.endpoint or "none"
        REQUESTS.labels(endpoint, request.method, response.status_code).inc()
        SECONDS.labels(endpoint).observe(time.perf_counter() - g.get("started", time.perf_counter()))
        return response
