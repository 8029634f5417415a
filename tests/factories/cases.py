"""Requests made through the use cases, by the people who would: an item, a mandate, a draft, and each step on."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from lers_web.domains.approvals import service as approvals
from lers_web.domains.catalog import service as catalog
from lers_web.domains.requests import service
from lers_web.domains.requests.service import Action, Status
from lers_web.kernel import clock
from lers_web.kernel.ids import new_id
from tests.factories.cast import Cast

PHONE = "+919000000001"
CDR_ITEM: dict[str, Any] = {
    "name": "CDR by MSISDN",
    "category": "TELECOM",
    "request_type": "CDR",
    "sla_turnaround_hours": 24,
    "sla_turnaround_hours_urgent": 4,
    "required_fields": [
        {"name": "msisdn", "label": {"en": "Mobile number"}, "kind": "IDENTIFIER", "identifier_types": ["MSISDN"],
         "required": True},
        {"name": "period", "label": {"en": "Period"}, "kind": "PERIOD", "required": True, "max_days": 730},
    ],
    "required_legal_mandate": "BNSS_94",
    "requires_mandate_file": True,
    "requires_court_order": True,
}  # fmt: skip
DECIDERS = {"mumbai": ("sho", "dsp"), "bengaluru": ("sp",)}


def make_item(cast: Cast, provider: str = "nodal", **changes: Any) -> UUID:
    """Offer `CDR by MSISDN`, or what is said, as a provider."""
    with cast.acting(provider) as uow:
        return catalog.create_item(uow, {**CDR_ITEM, **changes}).id


def make_mandate(cast: Cast, officer: str = "io", *, scan_status: str = "CLEAN", purpose: str = "MANDATE") -> UUID:
    """Put the row of an uploaded file into the database; its bytes are of no matter here."""
    file_id = new_id()
    with cast.superuser() as connection:
        connection.execute(
            "INSERT INTO app.lers_files (id, tenant_id, uploaded_by_id, purpose, filename, size, declared_media_type,"
            " media_type, sha256, scan_status, object_key, sealed_key, created_at, updated_at)"
            " VALUES (%s,%s,%s,%s,'mandate.pdf',1000,'application/pdf','application/pdf',%s,%s,'','',now(),now())",
            (file_id, cast[officer].tenant_id, cast[officer].user_id, purpose, "ab" * 32, scan_status),
        )
    return file_id


def complete_draft(cast: Cast, item_id: UUID, officer: str = "io", **changes: Any) -> dict[str, Any]:
    """Return what an officer enters so that nothing is missing."""
    today = clock.now().date()
    return {
        "catalog_item_id": item_id,
        "identifiers": [{"type": "MSISDN", "value": PHONE}],
        "date_range_from": today - dt.timedelta(days=40),
        "date_range_to": today - dt.timedelta(days=10),
        "legal_mandate_type": "BNSS_94",
        "legal_mandate_file_id": make_mandate(cast, officer),
        "court_order_number": "CO/17/2026",
        "case_reference": "FIR 118/2026",
        "description": "Records of the number used in the fraud",
        "notes": "SECRET-AGENCY-NOTE",
        **changes,
    }


def make_draft(cast: Cast, item_id: UUID, officer: str = "io", **changes: Any) -> UUID:
    """Make a complete draft."""
    data = complete_draft(cast, item_id, officer, **changes)
    with cast.acting(officer) as uow:
        return service.create(uow, data).id


def step(cast: Cast, who: str, request_id: UUID, action: Action, **details: Any) -> None:
    """Take one step as one person."""
    with cast.acting(who) as uow:
        service.transition(uow, request_id, action, **details)


def approve(cast: Cast, request_id: UUID, who: str = "sho") -> bool:
    """Fill the next level, as ``approvals`` does."""
    with cast.acting(who) as uow:
        request = service.locked_for(uow, request_id, Action.APPROVE)
        return service.approve_level(uow, request)


def make_request(
    cast: Cast, item_id: UUID, status: Status, *, officer: str = "io", decider: str = "sho", provider: str = "nodal",
    **changes: Any,
) -> UUID:  # fmt: skip
    """Make a request and take it along the life cycle to where it is wanted."""
    request_id = make_draft(cast, item_id, officer, **changes)
    if status is Status.CANCELLED:
        step(cast, officer, request_id, Action.CANCEL, reason="No longer needed")
    if status in {Status.DRAFT, Status.CANCELLED}:
        return request_id
    step(cast, officer, request_id, Action.SUBMIT_FOR_APPROVAL)
    if status is Status.REJECTED:
        with cast.acting(decider) as uow:
            service.reject(uow, service.locked_for(uow, request_id, Action.REJECT), reason="Too broad")
    if status in {Status.PENDING_APPROVAL, Status.REJECTED}:
        return request_id
    if status is Status.APPROVED:
        set_policy(cast, officer, auto_submit=False)
        with cast.acting(decider) as uow:  # with the decision itself: it is asked for when the request is submitted
            approvals.approve(uow, request_id, comments="Approved as asked.")
        set_policy(cast, officer, auto_submit=True)
        return request_id
    approve(cast, request_id, decider)
    for reached, action in (
        (Status.SUBMITTED, None),
        (Status.ACKNOWLEDGED, Action.ACKNOWLEDGE),
        (Status.IN_PROGRESS, Action.START),
        (Status.RESPONSE_UPLOADED, Action.RESPOND),
        (Status.COMPLETED, Action.COMPLETE),
    ):
        if action is Action.RESPOND:
            with cast.acting(provider) as uow:
                service.response_uploaded(uow, request_id, partial=False)
        elif action is not None:
            step(cast, provider, request_id, action)
        if reached is status:
            break
    return request_id


def set_policy(cast: Cast, of: str, **policy: Any) -> None:
    """Set members of a tenant's policy."""
    with cast.superuser() as connection:
        for name, value in policy.items():
            connection.execute(
                "UPDATE app.tenants SET policy = policy || jsonb_build_object(%s::text, %s::boolean) WHERE id = %s",
                (name, value, cast[of].tenant_id),
            )


def status_of(cast: Cast, request_id: UUID) -> str:
    """Read a request's status as the superuser."""
    with cast.superuser() as connection:
        row = connection.execute("SELECT status FROM app.lers_requests WHERE id = %s", (request_id,)).fetchone()
    assert row is not None
    return str(row[0])
