"""Files announced, sent and scanned through the use cases, as a person would."""

from __future__ import annotations

import hashlib
import io
from functools import partial
from typing import Any
from uuid import UUID

from lers_web.domains.files import scanning, service, transfer
from lers_web.domains.files.states import ScanStatus
from tests.factories.cast import Cast


def announce(cast: Cast, who: str, data: bytes, **more: Any) -> UUID:
    """Announce ``data`` as a mandate, or as what is said."""
    fields: dict[str, Any] = {
        "filename": "mandate.pdf",
        "size": len(data),
        "media_type": "application/pdf",
        "purpose": "MANDATE",
        "sha256": hashlib.sha256(data).hexdigest(),
        **more,
    }
    with cast.acting(who) as uow:
        return service.announce(uow, **fields)


def send(cast: Cast, who: str, file_id: UUID, data: bytes, length: int | None = None) -> dict[str, Any]:
    """Send the bytes of an announced file."""
    return transfer.receive(
        partial(cast.acting, who), file_id, len(data) if length is None else length, io.BytesIO(data).read
    )


def upload(cast: Cast, who: str, data: bytes, **more: Any) -> UUID:
    """Announce and send."""
    file_id = announce(cast, who, data, **more)
    send(cast, who, file_id, data)
    return file_id


def upload_clean(cast: Cast, who: str, data: bytes, **more: Any) -> UUID:
    """Announce, send and scan; the file must come out clean."""
    file_id = upload(cast, who, data, **more)
    found = scanning.scan(cast.backend, file_id, cast[who].tenant_id)
    assert found is ScanStatus.CLEAN, found
    return file_id


def text_file(purpose: str = "EVIDENCE") -> dict[str, str]:
    """Return the announcement of a text file."""
    return {"filename": "note.txt", "media_type": "text/plain", "purpose": purpose}
