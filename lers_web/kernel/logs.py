"""Logging: one JSON object a line, with the request id that caused it. No secret and no identifier is ever logged."""

from __future__ import annotations

import json
import logging
import sys
from contextvars import ContextVar
from typing import Any

from lers_web.kernel import clock

correlation_id: ContextVar[str | None] = ContextVar("correlation_id", default=None)
_EXTRA = ("job_id", "event", "status", "method", "path", "duration_ms", "user_id", "tenant_id", "count", "queue")


class JsonFormatter(logging.Formatter):
    """Writes a record as one line of JSON."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": clock.iso(clock.now()),
            "level": record.levelname,
            "process": self._process,
            "logger": record.name,
            "message": record.getMessage(),
        }
        request_id = correlation_id.get()
        if request_id:
            line["request_id"] = request_id
        for name in _EXTRA:
            if hasattr(record, name):
                line[name] = getattr(record, name)
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def configure(process: str, level: str = "INFO") -> None:
    """Send every log record of this process to stdout as JSON lines."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter(process))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.getLogger("urllib3").setLevel(logging.WARNING)
