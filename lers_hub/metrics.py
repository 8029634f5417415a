"""What the hub counts (Prometheus)."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge

REGISTRY = CollectorRegistry()
CONNECTIONS = Gauge("lers_hub_connections", "Open connections that are signed in", registry=REGISTRY)
HANDSHAKES = Counter("lers_hub_handshakes_total", "Handshakes by outcome", ["outcome"], registry=REGISTRY)
EVENTS = Counter("lers_hub_client_events_total", "Client events by outcome", ["event", "outcome"], registry=REGISTRY)
HINTS = Counter("lers_hub_hints_total", "Hints handled", ["type", "outcome"], registry=REGISTRY)
SENT = Counter("lers_hub_sent_total", "Events sent to clients", ["event"], registry=REGISTRY)
