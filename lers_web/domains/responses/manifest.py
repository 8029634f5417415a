"""The manifest of a response: what was answered, and each file with its hashes, as one text that is sealed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Text, Uuid, column, select, table

from lers_web.domains.files.service import FileFacts
from lers_web.domains.requests.service import Request
from lers_web.kernel import clock
from lers_web.kernel.uow import UnitOfWork

TYPE = "lers.response-manifest.v1"
_TENANT = table("tenants", column("id", Uuid()), column("name", Text()), schema="app")


def members_of(
    uow: UnitOfWork,
    request: Request,
    number: str,
    answer: Mapping[str, Any],
    *,
    files: Sequence[FileFacts],
    outcomes: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """Write down a response. Texts stand by their hash: the manifest travels with the files."""
    names = dict(
        uow.session.execute(
            select(_TENANT.c.id, _TENANT.c.name).where(
                _TENANT.c.id.in_([request.agency_tenant_id, request.provider_tenant_id])
            )
        ).all()
    )
    actor = uow.actor
    return {
        "type": TYPE,
        "response_number": number,
        "request_id": str(request.id),
        "request_number": request.request_number,
        "request_content_hash": request.content_hash,
        "agency": {"id": str(request.agency_tenant_id), "name": names.get(request.agency_tenant_id)},
        "provider": {"id": str(request.provider_tenant_id), "name": names.get(request.provider_tenant_id)},
        "submitted_by": {
            "id": str(actor.user_id),
            "name": actor.name,
            "rank": actor.rank,
            "badge_number": actor.badge_number,
            "unit": actor.unit,
        },
        "submitted_at": clock.iso(clock.now()),
        "is_partial": bool(answer["is_partial"]),
        "response_text_sha256": text_digest(answer.get("response_text")),
        "remarks_sha256": text_digest(answer.get("remarks")),
        "outcomes": [
            {
                "identifier_id": str(each["identifier_id"]),
                "outcome": str(each["outcome"]),
                "reason_code": each.get("reason_code"),
            }
            for each in outcomes
        ],
        "files": [
            {
                "id": str(file.id),
                "name": file.filename,
                "size": file.size,
                "media_type": file.media_type,
                "sha256": file.sha256,
                "sha512": file.sha512,
            }
            for file in files
        ],
    }


def text_digest(text: str | None) -> str | None:
    """Bind a text to the manifest without carrying it."""
    return hashlib.sha256(text.encode()).hexdigest() if text else None
