"""How PostgreSQL reads lists: totals from an index alone, and pages in the order of one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event, text

from lers_web.domains.requests import reads
from lers_web.domains.requests.service import Status
from lers_web.kernel.paging import Page
from tests.factories import cases
from tests.factories.cast import Cast


def plans(cast: Cast, who: str, filters: dict[str, Any]) -> list[str]:
    """Return the plans of the statements of one page, where any index is better than reading the table."""
    seen: list[tuple[str, Any]] = []
    with cast.acting(who) as uow:
        connection = uow.session.connection()
        connection.execute(text("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off"))
        listener = lambda *about: seen.append((about[2], about[3]))  # noqa: E731
        event.listen(connection, "before_cursor_execute", listener)
        reads.page(uow, filters, Page())
        event.remove(connection, "before_cursor_execute", listener)
        return [
            "\n".join(line for (line,) in connection.exec_driver_sql(f"EXPLAIN {statement}", values))
            for statement, values in seen
            if statement.startswith("SELECT app.lers_requests") or "count(*)" in statement
        ]


@pytest.fixture(scope="module", autouse=True)
def _requests(cast: Cast, item: UUID) -> None:
    cases.make_request(cast, item, Status.SUBMITTED)
    with cast.superuser() as connection:
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE app.lers_requests")


@pytest.mark.parametrize(
    ("who", "side", "filters"),
    [
        ("sho", "agency", {}),
        ("sho", "agency", {"status": [Status.SUBMITTED]}),
        ("io", "agency", {}),
        ("nodal", "provider", {}),
        ("nodal", "provider", {"status": [Status.SUBMITTED]}),
    ],
)
def test_a_total_is_counted_from_an_index_alone(cast: Cast, who: str, side: str, filters: dict[str, Any]):
    counted = plans(cast, who, filters)[-1]
    assert f"Index Only Scan using ix_lers_requests_{side}" in counted, counted


def test_a_page_of_everything_is_read_in_the_order_of_an_index(cast: Cast):
    shown = plans(cast, "admin", {})[0]
    assert "Index Scan Backward using ix_lers_requests_created " in shown, shown
    keys = [line for line in shown.splitlines() if "Sort Key" in line]
    assert not [key for key in keys if "sla_event" not in key], shown  # a row's few lines of the ledger may be sorted
