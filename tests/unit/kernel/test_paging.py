"""Pages ask PostgreSQL for an order that an index can give, and provide for NULLs only where there can be any."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.dialects import postgresql

from lers_web import tables as _tables  # noqa: F401 - mappers name each other
from lers_web.domains.requests.models import Request
from lers_web.kernel import clock
from lers_web.kernel.errors import Invalid
from lers_web.kernel.ids import new_id
from lers_web.kernel.paging import Page, decode_cursor, encode_cursor, paginate

COLUMNS: dict[str, Any] = {"created_at": Request.created_at, "sla_due_date": Request.sla_due_date}


def sql(page: Page) -> str:
    statement = paginate(select(Request.id), page, COLUMNS, Request.id)
    return " ".join(str(statement.compile(dialect=postgresql.dialect())).split())


@pytest.mark.parametrize(("sort", "direction", "sign"), [("created_at", "", ">"), ("-created_at", " DESC", "<")])
def test_a_column_without_nulls_is_one_range_of_its_index(sort: str, direction: str, sign: str) -> None:
    text = sql(Page(sort=sort, cursor=encode_cursor(sort, clock.now(), new_id())))
    assert "NULLS LAST" not in text
    assert "IS NULL" not in text
    assert f"(app.lers_requests.created_at, app.lers_requests.id) {sign} (" in text
    order = text.rpartition("ORDER BY ")[2].partition(" LIMIT")[0].replace(" ASC", "")
    assert order == f"app.lers_requests.created_at{direction}, app.lers_requests.id{direction}"


def test_a_column_with_nulls_puts_them_last_and_goes_on_among_them() -> None:
    first = sql(Page(sort="-sla_due_date", cursor=encode_cursor("-sla_due_date", clock.now(), new_id())))
    assert "sla_due_date DESC NULLS LAST" in first
    assert "OR app.lers_requests.sla_due_date IS NULL" in first
    among = sql(Page(sort="-sla_due_date", cursor=encode_cursor("-sla_due_date", None, new_id())))
    assert "WHERE app.lers_requests.sla_due_date IS NULL AND app.lers_requests.id <" in among


@pytest.mark.parametrize(
    ("sort", "value"), [("created_at", 5), ("created_at", "2026"), ("sla_due_date", 1.5), ("created_at", True)]
)
def test_a_cursor_whose_value_the_column_cannot_hold_is_refused(sort: str, value: Any) -> None:
    with pytest.raises(Invalid) as refused:
        sql(Page(sort=sort, cursor=encode_cursor(sort, value, new_id())))
    assert list(refused.value.errors) == ["cursor"]


def test_a_number_goes_into_a_cursor_and_comes_back() -> None:
    row_id = new_id()
    for value in (3, 2.5):
        assert decode_cursor(encode_cursor("rate", value, row_id), "rate") == (value, row_id)
