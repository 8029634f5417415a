"""Keyset paging: a cursor names the last row seen, so pages hold still while rows are added."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, literal, or_, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from lers_web.kernel.errors import Invalid

DEFAULT_LIMIT = 50
MAX_LIMIT = 200

_NOT_VALID = "This cursor is not valid here. Start again without it."

SortColumn = InstrumentedAttribute[Any] | ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class Page:
    """What a caller asked for: how many rows, after which cursor, in which order (``-created_at``)."""

    limit: int = DEFAULT_LIMIT
    cursor: str | None = None
    sort: str = "-created_at"


def encode_cursor(sort: str, value: Any, row_id: UUID) -> str:
    """Write a cursor. It is opaque to clients and says which order it belongs to."""
    if isinstance(value, dt.datetime):
        value = {"t": value.isoformat()}
    text = json.dumps([sort, value, str(row_id)], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def decode_cursor(cursor: str, sort: str) -> tuple[Any, UUID]:
    """Read a cursor back; raise ``Invalid`` when it is damaged or belongs to another order."""
    try:
        raw = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        found_sort, value, row_id = json.loads(raw)
        if isinstance(value, dict):
            value = dt.datetime.fromisoformat(value["t"])
        if found_sort != sort or not (value is None or isinstance(value, (str, int, float, dt.datetime))):
            raise ValueError  # noqa: TRY301 - one answer for all that is wrong with a cursor
        if isinstance(value, str) and "\0" in value:
            raise ValueError  # noqa: TRY301
        return value, UUID(row_id)
    except (ValueError, TypeError, KeyError, binascii.Error, UnicodeError) as error:
        raise Invalid(errors={"cursor": [_NOT_VALID]}) from error


def paginate(query: Select[Any], page: Page, columns: Mapping[str, SortColumn], id_column: SortColumn) -> Select[Any]:
    """Order a query, start it after the cursor, and fetch one row more than the page holds.

    ``columns`` maps the allowed sort names to columns. NULLs come last in both directions.
    """
    descending = page.sort.startswith("-")
    name = page.sort.removeprefix("-")
    if name not in columns:
        allowed = ", ".join(sorted(columns))
        raise Invalid(errors={"sort": [f"Sort by one of {allowed}; put - before it for descending."]})
    column = columns[name]
    if page.cursor is not None:
        value, row_id = decode_cursor(page.cursor, page.sort)
        if not _fits(column, value):
            raise Invalid(errors={"cursor": [_NOT_VALID]})
        query = query.where(_after(column, id_column, value, row_id, descending=descending))
    first, second = (column.desc(), id_column.desc()) if descending else (column.asc(), id_column.asc())
    if _may_be_null(column):
        first = first.nulls_last()
    # Written into the statement, not bound: else PostgreSQL cannot tell that a kept plan is as good as a new one.
    rows = bindparam("page_rows", page.limit + 1, type_=Integer(), literal_execute=True, unique=True)
    return query.order_by(first, second).limit(rows)


def _fits(column: SortColumn, value: Any) -> bool:
    """Whether a cursor's value is one that the column can hold: one written by hand is refused, not run into."""
    kind = column.type.python_type
    return value is None or type(value) is kind or (kind is float and type(value) is int)


def _may_be_null(column: SortColumn) -> bool:
    """Whether NULLs must be provided for. Where not, nothing is said of them: an index can then give the order."""
    return bool(getattr(getattr(column, "expression", column), "nullable", True))


def _after(
    column: SortColumn, id_column: SortColumn, value: Any, row_id: UUID, *, descending: bool
) -> ColumnElement[bool]:
    later_id = id_column < row_id if descending else id_column > row_id
    if value is None:
        return and_(column.is_(None), later_id)
    bound = literal(value)
    if not _may_be_null(column):
        here, there = tuple_(column, id_column), tuple_(bound, literal(row_id))
        return here < there if descending else here > there  # one range of the index
    further = column < bound if descending else column > bound
    return or_(further, and_(column == bound, later_id), column.is_(None))


def close_page(rows: Sequence[Any], page: Page, sort_key: str, id_key: str = "id") -> tuple[list[Any], str | None]:
    """Cut the extra row off and return the page's rows (mappings) and the next cursor, or None at the end."""
    if len(rows) <= page.limit:
        return list(rows), None
    kept = list(rows[: page.limit])
    return kept, encode_cursor(page.sort, kept[-1][sort_key], kept[-1][id_key])
