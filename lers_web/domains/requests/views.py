"""HTTP of requests: drafts, lists, and every step along the life cycle that belongs to them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from lers_web.domains.requests import reads, service
from lers_web.domains.requests.schemas import (
    AssignIn,
    BulkIn,
    BulkOut,
    CancelIn,
    CountsOut,
    DeclineIn,
    ExtensionIn,
    GrantIn,
    NothingIn,
    OpenIdentifierOut,
    ParticipantIn,
    ParticipantOut,
    ReasonIn,
    RequestArgs,
    RequestIn,
    RequestOut,
    RequestStepOut,
    SearchIn,
    SlaOut,
    TimelineOut,
)
from lers_web.domains.requests.service import Action
from lers_web.domains.requests.timeline import timeline
from lers_web.http.blueprint import Blueprint
from lers_web.http.context import current_uow
from lers_web.http.etag import if_match
from lers_web.http.json import answer
from lers_web.http.operation import operation
from lers_web.http.schemas import page_from, page_of
from lers_web.kernel.permissions import Permission
from lers_web.kernel.uow import UnitOfWork

blp = Blueprint(
    "requests", __name__, url_prefix="/api/v1/lers/requests", description="Requests, from the draft to the answer"
)

EXAMPLE = {
    "catalog_item_id": "019fa7a2-0000-7000-8000-000000000001",
    "identifiers": [{"type": "MSISDN", "value": "+919000000001"}],
    "date_range_from": "2026-09-01",
    "date_range_to": "2026-09-30",
    "legal_mandate_type": "BNSS_94",
    "court_order_number": "CO/17/2026",
    "case_reference": "FIR 118/2026",
    "priority": "NORMAL",
}
RequestPage = page_of(RequestOut)
ParticipantPage = page_of(ParticipantOut)
STEP_ERRORS = (403, 404, 409, 412, 422)
CHANGE_ERRORS = (403, 404, 409, 412, 422, 428)


def _one(uow: UnitOfWork, request_id: UUID, status: int = 200, *, receipt: bool = False) -> Response:
    row = reads.one(uow, request_id)
    return answer(row, status, version=row["version"], receipt=receipt)


def _step(request_id: UUID, action: Action, **details: Any) -> Response:
    with current_uow() as uow:
        service.transition(uow, request_id, action, expected_version=if_match(), **details)
        return _one(uow, request_id, receipt=True)


@blp.route("/")
class Requests(MethodView):
    @blp.arguments(RequestArgs, location="query")
    @blp.response(200, RequestPage)
    @operation("List requests", permission=Permission.REQUEST_READ, errors=(422,))
    def get(self, args: dict[str, Any]) -> Response:
        """The requests that you see. `total` is exact up to 10,000."""
        page = page_from(args)
        with current_uow() as uow:
            return answer(reads.page(uow, args, page))

    @blp.arguments(RequestIn, example=EXAMPLE)
    @blp.response(201, RequestOut)
    @operation("Make a draft", permission=Permission.REQUEST_CREATE, errors=(422,), idempotent=True)
    def post(self, body: dict[str, Any]) -> Response:
        """Needs a catalog item, or a provider and a type. What else is missing stands in `problems`."""
        with current_uow() as uow:
            return _one(uow, service.create(uow, body).id, 201)


@blp.route("/search/")
class RequestSearch(MethodView):
    @blp.arguments(SearchIn, example={"identifier": {"type": "MSISDN", "value": "+919000000001"}})
    @blp.response(200, RequestPage)
    @operation("Search requests", permission=Permission.REQUEST_READ, errors=(422,))
    def post(self, body: dict[str, Any]) -> Response:
        """The list's filters, and an identifier: found exactly, whatever way it is written."""
        page = page_from(body)
        with current_uow() as uow:
            return answer(reads.page(uow, body, page))


@blp.route("/counts/")
class RequestCounts(MethodView):
    @blp.response(200, CountsOut)
    @operation("Count requests", permission=Permission.REQUEST_READ)
    def get(self) -> Response:
        """Numbers by status and by the state of the clock."""
        with current_uow() as uow:
            return answer(reads.counts(uow))


@blp.route("/bulk/")
class RequestBulk(MethodView):
    @blp.arguments(BulkIn, example={"action": "acknowledge", "ids": ["019fa7a2-0000-7000-8000-000000000002"]})
    @blp.response(200, BulkOut)
    @operation("Take a step with many requests", permission=Permission.REQUEST_READ, errors=(422,), idempotent=True)
    def post(self, body: dict[str, Any]) -> Response:
        """Each by itself: what is refused undoes nothing else."""
        with current_uow() as uow:
            return answer({"results": service.bulk(uow, body.pop("action"), body.pop("ids"), **body)})


@blp.route("/<uuid:request_id>/")
class OneRequest(MethodView):
    @blp.response(200, RequestOut)
    @operation("Read a request", permission=Permission.REQUEST_READ, errors=(404,))
    def get(self, request_id: UUID) -> Response:
        """A draft comes with its problems, its warnings and the route that its approval would take."""
        with current_uow() as uow:
            return _one(uow, request_id)

    @blp.arguments(RequestIn, example=EXAMPLE)
    @blp.response(200, RequestOut)
    @operation("Replace a draft", permission=Permission.REQUEST_CREATE, errors=CHANGE_ERRORS)
    def put(self, body: dict[str, Any], request_id: UUID) -> Response:
        """What is left out becomes empty."""
        with current_uow() as uow:
            service.update(uow, request_id, body, expected_version=if_match(required=True), replace=True)
            return _one(uow, request_id)

    @blp.arguments(RequestIn, example={"priority": "URGENT"})
    @blp.response(200, RequestOut)
    @operation("Change a draft", permission=Permission.REQUEST_CREATE, errors=CHANGE_ERRORS)
    def patch(self, body: dict[str, Any], request_id: UUID) -> Response:
        """What is left out stays."""
        with current_uow() as uow:
            service.update(uow, request_id, body, expected_version=if_match(required=True))
            return _one(uow, request_id)

    @blp.response(204)
    @operation("Delete a draft", permission=Permission.REQUEST_CREATE, errors=(403, 404, 409, 412, 428))
    def delete(self, request_id: UUID) -> Response:
        """Out of sight; the number is not used again."""
        with current_uow() as uow:
            service.remove(uow, request_id, expected_version=if_match(required=True))
            return answer(None, 204)


# --- steps ---------------------------------------------------------------------------------------------------------


@blp.route("/<uuid:request_id>/submit-for-approval/")
class SubmitForApproval(MethodView):
    @blp.arguments(NothingIn, example={})
    @blp.response(200, RequestStepOut)
    @operation("Send a draft for approval", permission=Permission.REQUEST_CREATE, errors=STEP_ERRORS)
    def post(self, _body: dict[str, Any], request_id: UUID) -> Response:
        """Refused with every reason at once (`problems`) while anything is missing."""
        return _step(request_id, Action.SUBMIT_FOR_APPROVAL)


@blp.route("/<uuid:request_id>/submit/")
class Submit(MethodView):
    @blp.arguments(NothingIn, example={})
    @blp.response(200, RequestStepOut)
    @operation("Submit an approved request", permission=Permission.REQUEST_CREATE, errors=STEP_ERRORS)
    def post(self, _body: dict[str, Any], request_id: UUID) -> Response:
        """Where the unit does not submit automatically. The provider sees it and its clock starts."""
        return _step(request_id, Action.SUBMIT)


@blp.route("/<uuid:request_id>/cancel/")
class Cancel(MethodView):
    @blp.arguments(CancelIn, example={"reason": "Entered twice"})
    @blp.response(200, RequestStepOut)
    @operation("Cancel a draft", permission=Permission.REQUEST_CREATE, errors=STEP_ERRORS)
    def post(self, body: dict[str, Any], request_id: UUID) -> Response:
        """A draft that will not be sent; it stays to be seen."""
        return _step(request_id, Action.CANCEL, **body)


@blp.route("/<uuid:request_id>/withdraw/")
class Withdraw(MethodView):
    @blp.arguments(ReasonIn, example={"reason": "The number was found otherwise"})
    @blp.response(200, RequestStepOut)
    @operation("Withdraw a request", permission=Permission.REQUEST_CREATE, errors=STEP_ERRORS)
    def post(self, body: dict[str, Any], request_id: UUID) -> Response:
        """From PENDING_APPROVAL to IN_PROGRESS; the provider is told when it had been submitted."""
        return _step(request_id, Action.WITHDRAW, **body)


@blp.route("/<uuid:request_id>/acknowledge/")
class Acknowledge(MethodView):
    @blp.arguments(NothingIn, example={})
    @blp.response(200, RequestStepOut)
    @operation("Acknowledge a request", permission=Permission.REQUEST_FULFIL, errors=STEP_ERRORS)
    def post(self, _body: dict[str, Any], request_id: UUID) -> Response:
        """The provider has received it."""
        return _step(request_id, Action.ACKNOWLEDGE)


@blp.route("/<uuid:request_id>/start/")
class Start(MethodView):
    @blp.arguments(NothingIn, example={})
    @blp.response(200, RequestStepOut)
    @operation("Start work on a request", permission=Permission.REQUEST_FULFIL, errors=STEP_ERRORS)
    def post(self, _body: dict[str, Any], request_id: UUID) -> Response:
        """From here on a response can be sent."""
        return _step(request_id, Action.START)


@blp.route("/<uuid:request_id>/assign/")
class Assign(MethodView):
    @blp.arguments(AssignIn, example={"user_id": "019fa7a2-0000-7000-8000-000000000003"})
    @blp.response(200, RequestStepOut)
    @operation("Assign a request", permission=Permission.REQUEST_FULFIL, errors=STEP_ERRORS)
    def post(self, body: dict[str, Any], request_id: UUID) -> Response:
        """To an active colleague of the provider."""
        return _step(request_id, Action.ASSIGN, **body)


@blp.route("/<uuid:request_id>/decline/")
class Decline(MethodView):
    @blp.arguments(DeclineIn, example={"reason_code": "DATA_EXPIRED", "reason": "Older than two years"})
    @blp.response(200, RequestStepOut)
    @operation("Decline a request", permission=Permission.REQUEST_FULFIL, errors=STEP_ERRORS)
    def post(self, body: dict[str, Any], request_id: UUID) -> Response:
        """With a reason code; counts in the provider's rejection rate."""
        return _step(request_id, Action.DECLINE, **body)


@blp.route("/<uuid:request_id>/request-extension/")
class RequestExtension(MethodView):
    @blp.arguments(ExtensionIn, example={"hours": 12, "reason": "The archive is being restored"})
    @blp.response(200, RequestStepOut)
    @operation("Ask for more time", permission=Permission.REQUEST_FULFIL, errors=STEP_ERRORS)
    def post(self, body: dict[str, Any], request_id: UUID) -> Response:
        """Nothing moves until the officer grants it; one wish at a time."""
        return _step(request_id, Action.REQUEST_EXTENSION, **body)


@blp.route("/<uuid:request_id>/grant-extension/")
class GrantExtension(MethodView):
    @blp.arguments(GrantIn, example={"granted": True, "comments": "Until tomorrow"})
    @blp.response(200, RequestStepOut)
    @operation("Grant or refuse more time", permission=Permission.REQUEST_CREATE, errors=STEP_ERRORS)
    def post(self, body: dict[str, Any], request_id: UUID) -> Response:
        """Granted hours are counted as the promise is, elapsed or business."""
        return _step(request_id, Action.GRANT_EXTENSION, **body)


@blp.route("/<uuid:request_id>/challenge/")
class Challenge(MethodView):
    @blp.arguments(ReasonIn, example={"reason": "The officer's number does not answer"})
    @blp.response(200, RequestStepOut)
    @operation("Doubt a requester", permission=Permission.REQUEST_FULFIL, errors=STEP_ERRORS)
    def post(self, body: dict[str, Any], request_id: UUID) -> Response:
        """The clock stands until the agency's tenant admin, or a SUPER_ADMIN, confirms out of band."""
        return _step(request_id, Action.CHALLENGE, **body)


@blp.route("/<uuid:request_id>/confirm-challenge/")
class ConfirmChallenge(MethodView):
    @blp.arguments(NothingIn, example={})
    @blp.response(200, RequestOut)
    @operation("Confirm a doubted request", permission=Permission.REQUEST_READ, errors=STEP_ERRORS)
    def post(self, _body: dict[str, Any], request_id: UUID) -> Response:
        """As the unit's tenant admin or a SUPER_ADMIN, who has spoken to the officer; the clock runs again."""
        with current_uow() as uow:
            service.confirm_challenge(uow, request_id, expected_version=if_match())
            return _one(uow, request_id)


@blp.route("/<uuid:request_id>/complete/")
class Complete(MethodView):
    @blp.arguments(NothingIn, example={})
    @blp.response(200, RequestStepOut)
    @operation("Complete a request", permission=Permission.REQUEST_FULFIL, errors=STEP_ERRORS)
    def post(self, _body: dict[str, Any], request_id: UUID) -> Response:
        """Whether the promise was kept is decided here, and the provider's figures follow."""
        return _step(request_id, Action.COMPLETE)


# --- around a request ----------------------------------------------------------------------------------------------


@blp.route("/<uuid:request_id>/identifiers/")
class Identifiers(MethodView):
    @blp.response(200, page_of(OpenIdentifierOut))
    @operation("Read identifiers in clear", permission=Permission.REQUEST_READ, errors=(403, 404))
    def get(self, request_id: UUID) -> Response:
        """The reading stands in the audit trail, and both sides see it in the timeline."""
        with current_uow() as uow:
            items = [
                {
                    "id": opened.id,
                    "type": opened.type,
                    **{name: opened.fields.get(name) for name in ("value", "from", "to", "port", "note")},
                }
                for opened in service.read_identifiers(uow, request_id)
            ]
            return answer({"items": items, "next_cursor": None, "total": len(items)})


@blp.route("/<uuid:request_id>/timeline/")
class Timeline(MethodView):
    @blp.response(200, page_of(TimelineOut))
    @operation("Read the timeline", permission=Permission.REQUEST_READ, errors=(404,))
    def get(self, request_id: UUID) -> Response:
        """What happened, oldest first, as far as your side may know it."""
        with current_uow() as uow:
            return answer(timeline(uow, request_id))


@blp.route("/<uuid:request_id>/sla/")
class Sla(MethodView):
    @blp.response(200, SlaOut)
    @operation("Explain the due date", permission=Permission.REQUEST_READ, errors=(404,))
    def get(self, request_id: UUID) -> Response:
        """Each interval counted, each holiday skipped, each pause."""
        with current_uow() as uow:
            return answer(reads.sla_explanation(uow, request_id))


@blp.route("/<uuid:request_id>/participants/")
class Participants(MethodView):
    @blp.response(200, ParticipantPage)
    @operation("List participants", permission=Permission.REQUEST_READ, errors=(404,))
    def get(self, request_id: UUID) -> Response:
        """Colleagues of the unit who were let in."""
        with current_uow() as uow:
            return answer(reads.participants(uow, request_id))

    @blp.arguments(ParticipantIn, example={"user_id": "019fa7a2-0000-7000-8000-000000000004"})
    @blp.response(201, ParticipantPage)
    @operation("Add a participant", permission=Permission.REQUEST_CREATE, errors=(403, 404, 422), idempotent=True)
    def post(self, body: dict[str, Any], request_id: UUID) -> Response:
        """Up to five colleagues of the same unit. Answers with all of them."""
        with current_uow() as uow:
            service.add_participant(uow, request_id, body["user_id"])
            return answer(reads.participants(uow, request_id), 201)


@blp.route("/<uuid:request_id>/participants/<uuid:user_id>/")
class OneParticipant(MethodView):
    @blp.response(204)
    @operation("Remove a participant", permission=Permission.REQUEST_CREATE, errors=(403, 404))
    def delete(self, request_id: UUID, user_id: UUID) -> Response:
        """From now on the request does not exist for them. There is no version to name."""
        with current_uow() as uow:
            service.remove_participant(uow, request_id, user_id)
            return answer(None, 204)
