"""HTTP of authority: who may approve what, and who stands in for whom."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from lers_web.domains.authority import reads, service, trial
from lers_web.domains.authority.schemas import (
    DelegationArgs,
    DelegationIn,
    DelegationOut,
    DelegationPatch,
    RouteIn,
    RouteOut,
    RuleArgs,
    RuleIn,
    RuleOut,
    RulePatch,
)
from lers_web.http.blueprint import Blueprint
from lers_web.http.context import current_uow
from lers_web.http.etag import if_match
from lers_web.http.json import answer
from lers_web.http.operation import operation
from lers_web.http.schemas import page_from, page_of
from lers_web.kernel.permissions import Permission
from lers_web.kernel.uow import UnitOfWork

rules = Blueprint(
    "authority_rules", __name__, url_prefix="/api/v1/lers/authority-rules", description="Who may approve what"
)
delegations = Blueprint(
    "delegations", __name__, url_prefix="/api/v1/lers/delegations", description="Who stands in for whom"
)
blueprints = (rules, delegations)

RULE = {
    "request_type": "CDR",
    "levels": [{"level": 1, "min_rank": "SHO"}, {"level": 2, "min_rank": "DSP"}],
    "note": "Call records need the DSP",
}
DELEGATION = {
    "to_user_id": "019fa7a2-0000-7000-8000-000000000005",
    "valid_until": "2027-01-31T18:30:00Z",
    "reason": "On leave",
}
CHANGE_ERRORS = (403, 404, 412, 422, 428)


def _rule(uow: UnitOfWork, rule_id: UUID, status: int = 200) -> Response:
    uow.session.flush()  # the answer is read from the database
    row = reads.one_rule(uow, rule_id)
    return answer(row, status, version=row["version"])


def _delegation(uow: UnitOfWork, delegation_id: UUID, status: int = 200) -> Response:
    uow.session.flush()  # as above
    row = reads.one_delegation(uow, delegation_id)
    return answer(row, status, version=row["version"])


@rules.route("/")
class Rules(MethodView):
    @rules.arguments(RuleArgs, location="query")
    @rules.response(200, page_of(RuleOut))
    @operation("List authority rules", permission=Permission.AUTHORITY_READ, errors=(422,))
    def get(self, args: dict[str, Any]) -> Response:
        """The most specific rule that fits a request decides; without one it is one level, SHO."""
        page = page_from(args)
        with current_uow() as uow:
            return answer(reads.rules(uow, args, page))

    @rules.arguments(RuleIn, example=RULE)
    @rules.response(201, RuleOut)
    @operation("Add an authority rule", permission=Permission.AUTHORITY_WRITE, errors=(422,), idempotent=True)
    def post(self, body: dict[str, Any]) -> Response:
        """For requests sent for approval from now on."""
        with current_uow() as uow:
            return _rule(uow, service.create_rule(uow, body).id, 201)


@rules.route("/preview/")
class Route(MethodView):
    @rules.arguments(RouteIn, example={"request_type": "CDR", "priority": "URGENT"})
    @rules.response(200, RouteOut)
    @operation("Try a route of approval", permission=Permission.AUTHORITY_WRITE, errors=(403, 422))
    def post(self, body: dict[str, Any]) -> Response:
        """Which rule decides, and who of the unit could fill each level. Nothing is written."""
        with current_uow() as uow:
            return answer(trial.try_route(uow, body))


@rules.route("/<uuid:rule_id>/")
class OneRule(MethodView):
    @rules.response(200, RuleOut)
    @operation("Read an authority rule", permission=Permission.AUTHORITY_READ, errors=(404,))
    def get(self, rule_id: UUID) -> Response:
        """One rule of your unit."""
        with current_uow() as uow:
            return _rule(uow, rule_id)

    @rules.arguments(RulePatch, example={"levels": [{"level": 1, "min_rank": "DSP"}]})
    @rules.response(200, RuleOut)
    @operation("Change an authority rule", permission=Permission.AUTHORITY_WRITE, errors=CHANGE_ERRORS)
    def patch(self, body: dict[str, Any], rule_id: UUID) -> Response:
        """Requests on their way keep the route they were sent with."""
        with current_uow() as uow:
            service.update_rule(uow, rule_id, body, expected_version=if_match(required=True))
            return _rule(uow, rule_id)

    @rules.response(204)
    @operation("Delete an authority rule", permission=Permission.AUTHORITY_WRITE, errors=(403, 404, 412, 428))
    def delete(self, rule_id: UUID) -> Response:
        """What it named falls to the next rule that fits."""
        with current_uow() as uow:
            service.delete_rule(uow, rule_id, expected_version=if_match(required=True))
            return answer(None, 204)


@delegations.route("/")
class Delegations(MethodView):
    @delegations.arguments(DelegationArgs, location="query")
    @delegations.response(200, page_of(DelegationOut))
    @operation("List delegations", permission=Permission.AUTHORITY_READ, errors=(422,))
    def get(self, args: dict[str, Any]) -> Response:
        """Of your unit."""
        page = page_from(args)
        with current_uow() as uow:
            return answer(reads.delegations(uow, args, page))

    @delegations.arguments(DelegationIn, example=DELEGATION)
    @delegations.response(201, DelegationOut)
    @operation("Delegate authority", permission=Permission.AUTHORITY_READ, errors=(403, 422), idempotent=True)
    def post(self, body: dict[str, Any]) -> Response:
        """An approver delegates what is theirs; the tenant admin does it for an absent one."""
        with current_uow() as uow:
            return _delegation(uow, service.create_delegation(uow, body).id, 201)


@delegations.route("/<uuid:delegation_id>/")
class OneDelegation(MethodView):
    @delegations.response(200, DelegationOut)
    @operation("Read a delegation", permission=Permission.AUTHORITY_READ, errors=(404,))
    def get(self, delegation_id: UUID) -> Response:
        """One delegation of your unit."""
        with current_uow() as uow:
            return _delegation(uow, delegation_id)

    @delegations.arguments(DelegationPatch, example={"valid_until": "2027-01-15T18:30:00Z"})
    @delegations.response(200, DelegationOut)
    @operation("Change a delegation", permission=Permission.AUTHORITY_READ, errors=CHANGE_ERRORS)
    def patch(self, body: dict[str, Any], delegation_id: UUID) -> Response:
        """Its time or its scope; the two people stay."""
        with current_uow() as uow:
            service.update_delegation(uow, delegation_id, body, expected_version=if_match(required=True))
            return _delegation(uow, delegation_id)

    @delegations.response(204)
    @operation("Take a delegation back", permission=Permission.AUTHORITY_READ, errors=(403, 404, 412, 428))
    def delete(self, delegation_id: UUID) -> Response:
        """From this moment on."""
        with current_uow() as uow:
            service.delete_delegation(uow, delegation_id, expected_version=if_match(required=True))
            return answer(None, 204)
