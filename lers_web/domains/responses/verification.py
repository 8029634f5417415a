"""Verify a response: read every stored byte again, and hold seal, signature, manifest and row against each other.

The bytes flow outside any transaction: ``plan`` collects what is needed, ``run`` reads, ``record`` writes the finding.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lers_web.domains.files import transfer
from lers_web.domains.identity import signing
from lers_web.domains.responses import service
from lers_web.domains.responses.manifest import text_digest
from lers_web.domains.responses.models import Response, ResponseFile
from lers_web.domains.responses.states import Verdict
from lers_web.kernel.errors import FileNotClean, NotFound
from lers_web.kernel.permissions import Role
from lers_web.kernel.ports import Ports
from lers_web.kernel.storage import Storage, StoredFileDamaged
from lers_web.kernel.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class Plan:
    """A response as it stands in the database, and the way to each of its files; None where there is none."""

    response: Response
    file_ids: Sequence[str]
    stored: Mapping[str, transfer.StoredFile | None]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a verification found, in words."""

    verdict: Verdict
    reasons: list[str]
    files: list[dict[str, Any]]


def plan(uow: UnitOfWork, response_id: UUID) -> Plan:
    """Collect what a verification needs, for one who sees the response."""
    response = service.load_response(uow, response_id)
    query = select(ResponseFile.file_id).where(ResponseFile.response_id == response.id).order_by(ResponseFile.position)
    ids = [str(file_id) for file_id in uow.session.scalars(query)]
    return Plan(response, ids, {file_id: _stored(uow, file_id) for file_id in ids})


def _stored(uow: UnitOfWork, file_id: str) -> transfer.StoredFile | None:
    try:
        return transfer.stored(uow, UUID(file_id))
    except (NotFound, FileNotClean):
        return None


def run(ports: Ports, found: Plan) -> Finding:
    """Read and compare. Raises ``Unavailable`` when the file store does not answer: that is no verdict."""
    response = found.response
    if not ports.sealer.knows(response.seal_kid):
        return Finding(
            Verdict.UNKNOWN_KEY, [f"The seal was made with the key {response.seal_kid}, which is not known here."], []
        )
    reasons = []
    if not ports.sealer.verify(response.manifest, response.seal_kid, response.seal_value):
        reasons.append("The seal does not fit the manifest: one of them was changed.")
    if response.signature is not None and not signing.recheck(response.signature, response.manifest):
        reasons.append("The personal signature does not fit the manifest.")
    try:
        members = json.loads(response.manifest)
        listed = [dict(entry) for entry in members["files"]]
    except (ValueError, KeyError, TypeError):
        return Finding(Verdict.ALTERED, [*reasons, "The manifest is not readable any more."], [])
    reasons += _row_differs(response, members)
    if [entry.get("id") for entry in listed] != list(found.file_ids):
        reasons.append("The files of the response are not those of its manifest.")
    files = [_file(ports.storage, entry, found.stored.get(str(entry.get("id")))) for entry in listed]
    reasons += [each["reason"] for each in files if each["reason"]]
    return Finding(Verdict.ALTERED if reasons else Verdict.VALID, reasons, files)


def _row_differs(response: Response, members: Mapping[str, Any]) -> list[str]:
    pairs = {
        "response number": (members.get("response_number"), response.response_number),
        "request": (members.get("request_id"), str(response.request_id)),
        "sender": (dict(members.get("submitted_by") or {}).get("id"), str(response.submitted_by_id)),
        "kind (partial or final)": (members.get("is_partial"), response.is_partial),
        "text": (members.get("response_text_sha256"), text_digest(response.response_text)),
        "remarks": (members.get("remarks_sha256"), text_digest(response.remarks)),
        "outcomes": (members.get("outcomes"), response.outcomes),
    }
    return [
        f"The response's {name} is not what the manifest says." for name, (said, kept) in pairs.items() if said != kept
    ]


def _file(storage: Storage, entry: Mapping[str, Any], stored: transfer.StoredFile | None) -> dict[str, Any]:
    """Hash a stored file again and hold it against its line in the manifest."""
    name = str(entry.get("name"))
    shown = {"id": entry.get("id"), "name": name, "size": entry.get("size"), "sha256": None, "sha512": None}
    if stored is None:
        return {**shown, "verdict": Verdict.MISSING, "reason": f"The file “{name}” is missing."}
    sha256, sha512, size = hashlib.sha256(), hashlib.sha512(), 0
    try:
        for chunk in stored.chunks(storage):
            sha256.update(chunk)
            sha512.update(chunk)
            size += len(chunk)
    except StoredFileDamaged:
        return {
            **shown,
            "verdict": Verdict.ALTERED,
            "reason": f"The stored bytes of “{name}” are gone or were changed.",
        }
    shown |= {"sha256": sha256.hexdigest(), "sha512": sha512.hexdigest()}
    same = (size, shown["sha256"], shown["sha512"]) == (entry.get("size"), entry.get("sha256"), entry.get("sha512"))
    if not same:
        return {**shown, "verdict": Verdict.ALTERED, "reason": f"The file “{name}” is not the one in the manifest."}
    return {**shown, "verdict": Verdict.VALID, "reason": None}


def record(uow: UnitOfWork, response_id: UUID, finding: Finding) -> None:
    """Keep the last finding as a note, and who asked in the audit trail. Nothing is ever decided by the note."""
    response = service.load_response(uow, response_id)
    if uow.actor.role is not Role.SUPER_ADMIN:  # who looks by break-glass changes nothing
        response.signature_verified = finding.verdict is Verdict.VALID
    uow.audit(
        "response:verify",
        "response",
        response.id,
        request_id=response.request_id,
        version=response.version,
        change={"verdict": finding.verdict, "files": len(finding.files)},
    )
