"""Logging: one JSON object a line, with the request id that caused it. No secret and no identifier is ever logged."""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from types import TracebackType
from typing import Any

import psycopg
from sqlalchemy.exc import StatementError

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

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the standard library's name
        """Write where each exception of the chain came from, without the values that its message quotes."""
        return describe(ei[1]) if ei[1] is not None else ""


_QUOTED = re.compile(r"""'[^']*'|"[^"]*"|“[^”]*”""")


def describe(error: BaseException) -> str:
    """Return an exception with its causes and their tracebacks, oldest first, fit for a log.

    A message of PostgreSQL holds the values of a row ("Key (email)=(…) already exists"), one of Python's quotes what it
    could not read. Of the first are left its SQLSTATE and the names of table, column and constraint, of the second the
    words outside quotation marks.
    """
    parts = [f"{_frames(each.__traceback__)}{_name(each)}: {_message(each)}" for each in _chain(error)]
    return "\n\nand then:\n\n".join(reversed(parts))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _frames(tb: TracebackType | None) -> str:
    return "".join(traceback.format_tb(tb))


def _name(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _message(error: BaseException) -> str:
    if isinstance(error, StatementError) and not isinstance(error.orig, psycopg.Error):
        return f"the statement could not be sent: {_name(error.orig) if error.orig else 'no cause'}"
    cause = error.orig if isinstance(error, StatementError) else error
    if isinstance(cause, psycopg.Error):
        names = (cause.diag.table_name, cause.diag.column_name, cause.diag.constraint_name)
        return " ".join(["SQLSTATE", cause.sqlstate or "none", *filter(None, names)])
    return _QUOTED.sub("'…'", str(error))


def configure(process: str, level: str = "INFO") -> None:
    """Send every log record of this process to stdout as JSON lines."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter(process))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.getLogger("urllib3").setLevel(logging.WARNING)
