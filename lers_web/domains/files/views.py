"""`/lers/files/`: announce, send, ask, read; and the files of a request."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from flask import Response, request
from flask.views import MethodView
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.http import parse_range_header

from lers_web.config import MAX_FILE_BYTES
from lers_web.domains.files import reads, service, transfer
from lers_web.domains.files.content import content_disposition
from lers_web.domains.files.schemas import FileAnnouncedOut, FileIn, FileOut, RequestFilesOut
from lers_web.http.blueprint import Blueprint
from lers_web.http.context import current_uow, release_session
from lers_web.http.json import answer
from lers_web.http.operation import operation
from lers_web.http.runtime import runtime
from lers_web.kernel.errors import Conflict
from lers_web.kernel.permissions import Permission
from lers_web.kernel.storage import StoredFileDamaged

LOG = logging.getLogger(__name__)

blp = Blueprint(
    "files", __name__, url_prefix="/api/v1/lers/files", description="Files: announced, sent, scanned, then readable."
)
request_files = Blueprint(
    "request_files", __name__, url_prefix="/api/v1/lers/requests", description="The files of a request."
)
blueprints = [blp, request_files]


@blp.route("/")
class Files(MethodView):
    """Where files begin."""

    @blp.arguments(
        FileIn,
        example={"filename": "mandate.pdf", "size": 48213, "media_type": "application/pdf", "purpose": "MANDATE"},
    )
    @blp.response(201, FileAnnouncedOut)
    @operation("Announce a file", permission=Permission.FILE_CREATE, errors=(404, 413, 422), idempotent=True)
    def post(self, body: dict[str, Any]) -> Response:
        """Say what is coming. The answer names the address to PUT the bytes to; what cannot be taken is refused now."""
        with current_uow() as uow:
            file_id = service.announce(uow, **body)
            row = reads.one(uow, file_id)
            row["upload_url"] = f"/api/v1/lers/files/{file_id}/content/"
            return answer(row, 201, version=row["version"], headers={"Location": f"/api/v1/lers/files/{file_id}/"})


@blp.route("/<uuid:file_id>/")
class FileById(MethodView):
    """One file."""

    @blp.response(200, FileOut)
    @operation("Read a file's state", permission=Permission.FILE_READ, errors=(404,))
    def get(self, file_id: UUID) -> Response:
        """Tell what a file is and whether it was found clean."""
        with current_uow() as uow:
            row = reads.one(uow, file_id)
            return answer(row, version=row["version"])


@blp.route("/<uuid:file_id>/content/")
class FileContent(MethodView):
    """The bytes."""

    @blp.response(200, FileOut)
    @operation("Send a file's bytes", permission=Permission.FILE_CREATE, errors=(404, 409, 411, 413, 422))
    def put(self, file_id: UUID) -> Response:
        """Stream the raw bytes, exactly as many as were announced. They are encrypted and hashed on the way."""
        request.max_content_length = MAX_FILE_BYTES
        length = None if "Transfer-Encoding" in request.headers else request.content_length
        row = transfer.receive(current_uow, file_id, length, request.stream.read)
        return answer(row, version=row["version"])

    @blp.response(200, content_type="application/octet-stream")
    @operation("Read a file's bytes", permission=Permission.FILE_READ, errors=(404, 409, 416))
    def get(self, file_id: UUID) -> Response:
        """Give out a clean file, whole or by one Range; each time is written into the audit trail."""
        with current_uow() as uow:
            file = transfer.open_download(uow, file_id)
        release_session()
        span = _span(file.size, file.sha256)
        start, end = span or (0, file.size)
        response = Response(_opened(file, start, end), status=206 if span else 200, mimetype="application/octet-stream")
        response.headers.update(
            {
                "Content-Length": str(end - start),
                "Content-Disposition": content_disposition(file.filename),
                "Accept-Ranges": "bytes",
                "ETag": f'"{file.sha256}"',
                "X-Content-Type-Options": "nosniff",
                "Content-Security-Policy": "sandbox; default-src 'none'",
                "Cache-Control": "no-store",
            }
        )
        if span:
            response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{file.size}"
        return response


def _span(size: int, etag: str) -> tuple[int, int] | None:
    """Return the one byte range asked for, or None for the whole file; 416 when it lies outside.

    Several ranges, other units and an ``If-Range`` of other bytes are answered with the whole file, as RFC 9110 allows.
    """
    if request.headers.get("If-Range", f'"{etag}"') != f'"{etag}"':
        return None
    asked = parse_range_header(request.headers.get("Range"))
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1:
        return None
    span = asked.range_for_length(size)
    if span is None:
        raise RequestedRangeNotSatisfiable(length=size, description=f"The file has {size} bytes.")
    return span


def _opened(file: transfer.StoredFile, start: int, end: int) -> Iterator[bytes]:
    """Read the first piece before the answer begins: a missing or damaged file is an error, not half a file."""
    try:
        pieces = file.chunks(runtime().backend.ports.storage, start, end)
        first = next(pieces, b"")
    except StoredFileDamaged as error:
        LOG.exception("the stored bytes of file %s do not open", file.id)
        raise Conflict(
            "The stored bytes of this file are gone or were changed: nothing is given out. Tell your administrator.",
            code="file_damaged",
        ) from error
    return itertools.chain((first,), pieces)


@request_files.route("/<uuid:request_id>/files/")
class RequestFiles(MethodView):
    """What belongs to a request."""

    @request_files.response(200, RequestFilesOut)
    @operation("List a request's files", permission=Permission.FILE_READ, errors=(404,))
    def get(self, request_id: UUID) -> Response:
        """List the mandate, the evidence, the chat's and the responses' files that the caller's side may see."""
        with current_uow() as uow:
            items = reads.of_request(uow, request_id)
            return answer({"items": items, "next_cursor": None, "total": len(items)})
