"""The content that is approved: one hash over everything submitted, so that a later change of any of it shows."""

from __future__ import annotations

from typing import Any

from lers_web.domains.files import service as files
from lers_web.domains.requests.identifier_store import commitments
from lers_web.kernel import seal
from lers_web.kernel.uow import UnitOfWork

_FIELDS = (
    "agency_tenant_id",
    "provider_tenant_id",
    "created_by_id",
    "request_type",
    "catalog_item_id",
    "catalog_item_version",
    "description",
    "date_range_from",
    "date_range_to",
    "legal_mandate_type",
    "legal_mandate_file_id",
    "court_order_number",
    "case_reference",
    "parent_request_id",
    "priority",
    "sent_version",
)


def content_of(uow: UnitOfWork, request: Any) -> dict[str, Any]:
    """Return everything that is approved and submitted, as text: each field, the mandate's SHA-256, each identifier.

    ``notes`` and ``metadata`` stay with the agency and are no part of it. ``sent_version`` is: what was sent again
    after a change request is decided anew, even when no letter of it changed.
    """
    mandate = None
    if request.legal_mandate_file_id is not None:
        known = files.facts(uow, [request.legal_mandate_file_id]).get(request.legal_mandate_file_id)
        mandate = known.sha256 if known else None
    return {
        "request_id": str(request.id),
        "request_number": request.request_number,
        "answers": _plain(request.answers),
        "mandate_sha256": mandate,
        "identifiers": commitments(uow, request),
        **{name: _plain(getattr(request, name)) for name in _FIELDS},
    }


def content_hash(uow: UnitOfWork, request: Any) -> str:
    """Return the SHA-256 over the RFC 8785 form of the content, in hex."""
    return seal.digest(seal.canonical(content_of(uow, request)))


def _plain(value: Any) -> Any:
    """Write numbers, ids and days as text, which every verifier reads alike."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, bool):
        return value
    return str(value)
