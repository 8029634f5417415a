"""HTTP of second factors: setting up an authenticator app, its recovery codes, removing it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Response
from flask.views import MethodView

from lers_web.domains.identity import mfa_schemas as s
from lers_web.domains.identity import service
from lers_web.http.blueprint import Blueprint
from lers_web.http.context import current_actor, current_uow, release_session
from lers_web.http.json import answer
from lers_web.http.operation import operation
from lers_web.http.runtime import runtime

blp = Blueprint("mfa", __name__, url_prefix="/api/v1/auth/mfa", description="One's own second factor")


@blp.route("/enrol/")
class MfaEnrol(MethodView):
    """The first step."""

    @blp.response(200, s.EnrolmentOut)
    @operation("Set up an authenticator app", step_up=True)
    def post(self) -> Response:
        """A secret that waits ten minutes for its first code, and is told this once.

        An older one that waited is gone; one that is confirmed goes on until the new one is.
        """
        with current_uow() as uow:
            return answer(asdict(service.enrol_mfa(uow)))


@blp.route("/confirm/")
class MfaConfirm(MethodView):
    """The second step."""

    @blp.arguments(s.CodeIn, example={"code": "492039"})
    @blp.response(200, s.RecoveryCodesOut)
    @operation("Confirm the authenticator app by its first code", errors=(409, 422))
    def post(self, body: dict[str, Any]) -> Response:
        """From now on every sign-in asks for a code; one's other sessions end. Answers with ten recovery codes.

        422 `mfa_code_invalid`: another code; 409 `mfa_not_pending`: the ten minutes are over, so start again.
        """
        actor = current_actor()
        release_session()
        return answer({"recovery_codes": service.confirm_mfa(runtime().backend, actor, body["code"])})


@blp.route("/recovery-codes/")
class MfaRecoveryCodes(MethodView):
    """Codes for the day when the app is lost."""

    @blp.response(200, s.RecoveryCodesOut)
    @operation("Make ten new recovery codes", step_up=True, errors=(403, 409))
    def post(self) -> Response:
        """The old ones are dead. 409 `mfa_absent` without an authenticator app."""
        with current_uow() as uow:
            return answer({"recovery_codes": service.renew_recovery_codes(uow)})


@blp.route("/")
class Mfa(MethodView):
    """The second factor."""

    @blp.response(200, s.MfaOut)
    @operation("Read the state of my second factor")
    def get(self) -> Response:
        """Whether there is one, how many recovery codes are left, and whether the organisation demands one."""
        with current_uow() as uow:
            return answer(service.mfa_status(uow))

    @blp.response(204)
    @operation("Remove my second factor", step_up=True, errors=(403, 404))
    def delete(self) -> Response:
        """One's other sessions end. 403 `mfa_required_by_policy` where the organisation demands one.

        It is set up and removed, never changed, so that no `If-Match` is needed.
        """
        with current_uow() as uow:
            service.disable_mfa(uow)
            return answer(None, 204)
