"""Who sees which request: the table of the contract, in SQL and behind row-level security."""

from __future__ import annotations

import itertools
from uuid import UUID

import pytest
from sqlalchemy import select

from lers_web.domains.requests import policy, reads, service
from lers_web.domains.requests.models import Request
from lers_web.kernel import clock
from lers_web.kernel.actor import system_actor
from lers_web.kernel.errors import NotFound
from lers_web.kernel.paging import Page
from lers_web.kernel.uow import unit_of_work
from tests.factories.cast import Cast
from tests.factories.rows import insert_request

SEEN = {
    # (sent for approval, submitted): who sees a request of io's with io2 as participant, addressed to the telecom
    (False, False): {"io", "io2", "admin", "system:mumbai"},
    (True, False): {"io", "io2", "sho", "dsp", "admin", "system:mumbai"},
    (True, True): {"io", "io2", "sho", "dsp", "nodal", "desk", "admin", "system:mumbai", "system:telecom"},
}
EVERYBODY = (
    "io", "io2", "sho", "dsp", "foreign_io", "sp", "nodal", "desk", "banker", "admin", "system:mumbai",
    "system:telecom", "system:bengaluru", "system:bank",
)  # fmt: skip
STATUSES = {
    (False, False): ("DRAFT", "CANCELLED"),
    (True, False): ("DRAFT", "PENDING_APPROVAL", "APPROVED", "REJECTED", "CANCELLED"),
    (True, True): (
        "SUBMITTED", "ACKNOWLEDGED", "IN_PROGRESS", "RESPONSE_UPLOADED", "COMPLETED", "CANCELLED", "REJECTED",
    ),
}  # fmt: skip
CASES = [
    (facts, status, joined, deleted)
    for facts, statuses in STATUSES.items()
    for status, joined, deleted in itertools.product(statuses, (True, False), (False, True))
]


@pytest.mark.parametrize(("facts", "status", "joined", "deleted"), CASES)
def test_sight_by_sql_and_by_the_wall(cast: Cast, facts: tuple[bool, bool], status: str, joined: bool, deleted: bool):
    sent, submitted = facts
    request_id = insert_request(
        cast,
        status=status,
        first_sent_for_approval_at=clock.now() if sent else None,
        submitted_at=clock.now() if submitted else None,
        is_deleted=deleted,
    )
    if joined:
        with cast.superuser() as connection:
            connection.execute(
                "INSERT INTO app.request_participant (request_id, user_id, agency_tenant_id, provider_tenant_id,"
                " added_by_id, created_at) VALUES (%s,%s,%s,%s,%s,now())",
                (request_id, cast["io2"].user_id, cast.tenants["mumbai"], cast.tenants["telecom"], cast["io"].user_id),
            )
    expected = set() if deleted else SEEN[facts] - (set() if joined else {"io2"})
    by_sql = set()
    for name in EVERYBODY:
        kind, _, tenant = name.partition(":")
        actor = system_actor(cast.tenants[tenant]) if kind == "system" else cast[name]
        with unit_of_work(cast.backend, actor) as uow:
            if uow.session.scalar(select(Request.id).where(Request.id == request_id, policy.visible_to(actor))):
                by_sql.add(name)
            _agrees_with_the_wall(uow.session.scalar(select(Request.id).where(Request.id == request_id)), name, facts)
    assert by_sql == expected


def _agrees_with_the_wall(found: UUID | None, name: str, facts: tuple[bool, bool]) -> None:
    """Row-level security alone shows a request to both tenants' people, the provider's once it is submitted."""
    inside = {"io", "io2", "sho", "dsp", "admin", "system:mumbai"}
    if facts[1]:
        inside |= {"nodal", "desk", "system:telecom"}
    assert (found is not None) is (name in inside), name


def test_what_is_not_seen_does_not_exist_for_any_read_or_step(cast: Cast):
    request_id = insert_request(cast, status="SUBMITTED")
    for name in ("foreign_io", "sp", "banker", "io2"):
        with pytest.raises(NotFound), cast.acting(name) as uow:
            service.load_request(uow, request_id)
        with pytest.raises(NotFound), cast.acting(name) as uow:
            reads.one(uow, request_id)
        with pytest.raises(NotFound), cast.acting(name) as uow:
            service.read_identifiers(uow, request_id)
        with pytest.raises(NotFound), cast.acting(name) as uow:
            reads.sla_explanation(uow, request_id)
        with cast.acting(name) as uow:
            ids = [row["id"] for row in reads.page(uow, {}, Page(limit=200))["items"]]
        assert request_id not in ids
