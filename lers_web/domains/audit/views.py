"""HTTP of the audit trail: entries, checkpoints and verification."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from lers_web.domains.audit import asked, reads, service
from lers_web.domains.audit.schemas import (
    AuditArgs,
    AuditEntryOut,
    CheckpointArgs,
    CheckpointsOut,
    ExportIn,
    ExportOut,
    VerifyArgs,
    VerifyOut,
)
from lers_web.http.blueprint import Blueprint
from lers_web.http.context import current_uow
from lers_web.http.json import answer
from lers_web.http.operation import operation
from lers_web.http.schemas import page_from, page_of
from lers_web.kernel.paging import decode_cursor, encode_cursor
from lers_web.kernel.permissions import Permission

blp = Blueprint("audit", __name__, url_prefix="/api/v1/lers/audit", description="The audit trail and its proof")
_RESUME = "verify"


@blp.route("/")
class AuditEntries(MethodView):
    @blp.arguments(AuditArgs, location="query")
    @blp.response(200, page_of(AuditEntryOut))
    @operation("List audit entries", permission=Permission.AUDIT_READ, errors=(422,))
    def get(self, args: dict[str, Any]) -> Response:
        """Newest first. Approvers and providers read their own tenant's chain, administrators all of them."""
        at = page_from(args)
        with current_uow() as uow:
            return answer(reads.page(uow, reads.Filter(**args), at))


@blp.route("/verify/")
class VerifyAudit(MethodView):
    @blp.arguments(VerifyArgs, location="query")
    @blp.response(200, VerifyOut)
    @operation("Verify the audit chains", permission=Permission.AUDIT_READ, errors=(422,))
    def get(self, args: dict[str, Any]) -> Response:
        """Recompute every link, compare each chain's end with its head, and the tree with its signed checkpoints.

        Long logs come in several calls.
        """
        resume_at = None
        if cursor := args.get("cursor"):
            seq, chain = decode_cursor(cursor, _RESUME)
            resume_at = (str(chain), seq if isinstance(seq, int) else 0)
        with current_uow() as uow:
            report = service.verify_online(uow, args.get("chain"), resume_at)
            following = report.resume_at
            return answer(
                {
                    "ok": report.ok,
                    "complete": report.complete,
                    "entries": report.entries,
                    "chains": report.chains,
                    "leaves": report.leaves,
                    "checkpoints": report.checkpoints,
                    "unsigned": report.unsigned,
                    "problem_count": report.problem_count,
                    "problems": [asdict(problem) for problem in report.problems],
                    "next_cursor": encode_cursor(_RESUME, following[1], UUID(following[0])) if following else None,
                }
            )


@blp.route("/checkpoints/")
class AuditCheckpoints(MethodView):
    @blp.arguments(CheckpointArgs, location="query")
    @blp.response(200, CheckpointsOut)
    @operation("List the signed checkpoints", permission=Permission.AUDIT_READ, errors=(422,))
    def get(self, args: dict[str, Any]) -> Response:
        """Newest first, with the keys that verify them. A new one is signed each minute, also when nothing happens."""
        with current_uow() as uow:
            return answer(reads.checkpoints(uow, args["limit"], args.get("cursor")))


@blp.route("/export/")
class ExportAudit(MethodView):
    @blp.arguments(ExportIn, example={"from": "2026-01-01T00:00:00Z", "to": "2036-01-01T00:00:00Z"})
    @blp.response(202, ExportOut)
    @operation(
        "Ask for an export with proofs", permission=Permission.AUDIT_READ, step_up=True, idempotent=True, errors=(422,)
    )
    def post(self, body: dict[str, Any]) -> Response:
        """A ZIP for the asker alone, with a verifier that needs only Python. A job makes it."""
        scope = service.Scope(**body)
        with current_uow() as uow:
            return answer(asked.ask(uow, scope), 202)
