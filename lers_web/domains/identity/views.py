"""HTTP of identity: signing in and out, the caller's own things, people and tenants."""

from __future__ import annotations

import dataclasses
from typing import Any
from uuid import UUID

from flask import Response, after_this_request, request
from flask.views import MethodView

from lers_web.domains.identity import reads, service
from lers_web.domains.identity import schemas as s
from lers_web.domains.identity.mfa_views import blp as mfa
from lers_web.http.blueprint import Blueprint
from lers_web.http.context import authenticate, current_actor, current_source, current_uow, release_session
from lers_web.http.etag import if_match
from lers_web.http.json import answer
from lers_web.http.limits import login_limits
from lers_web.http.operation import operation
from lers_web.http.runtime import runtime, token_keys
from lers_web.http.schemas import page_from, page_of
from lers_web.kernel import clock
from lers_web.kernel.errors import NotAuthenticated
from lers_web.kernel.permissions import Permission

REFRESH_COOKIE, CSRF_COOKIE, CSRF_HEADER = "lers_refresh", "lers_csrf", "X-CSRF-Token"
REFRESH_PATH = "/api/v1/auth"

blp = Blueprint("identity", __name__, url_prefix="/api/v1/auth", description="Signing in, and what is one's own")
users = Blueprint("users", __name__, url_prefix="/api/v1/users", description="People")
tenants = Blueprint("tenants", __name__, url_prefix="/api/v1/tenants", description="Agencies and providers")
colleagues = Blueprint(
    "colleagues", __name__, url_prefix="/api/v1/lers/colleagues", description="The people of one's own tenant"
)
blueprints = (blp, mfa, users, tenants, colleagues)


_BY_ADDRESS, _BY_ACCOUNT = login_limits()


def _secure() -> bool:
    settings = runtime().settings
    return settings.production or settings.base_url.startswith("https://")


def _give_cookies(response: Response, pair: service.RefreshPair) -> Response:
    """Set both cookies: the token, which no script reads, and the word that scripts send back in a header."""
    seconds = max(0, int((pair.expires_at - clock.now()).total_seconds()))
    response.set_cookie(
        REFRESH_COOKIE, pair.token, max_age=seconds, path=REFRESH_PATH, httponly=True, secure=_secure(),
        samesite="Strict",
    )  # fmt: skip
    response.set_cookie(CSRF_COOKIE, pair.csrf, max_age=seconds, path="/", secure=_secure(), samesite="Strict")
    return response


def _take_cookies(response: Response) -> Response:
    response.delete_cookie(REFRESH_COOKIE, path=REFRESH_PATH, httponly=True, secure=_secure(), samesite="Strict")
    response.delete_cookie(CSRF_COOKIE, path="/", secure=_secure(), samesite="Strict")
    return response


def _token(access_token: str, seconds: int) -> dict[str, Any]:
    return {"access_token": access_token, "token_type": "Bearer", "expires_in": seconds}


def _all(items: list[dict[str, Any]]) -> dict[str, Any]:
    return {"items": items, "next_cursor": None, "total": len(items)}


@blp.route("/login/")
class Login(MethodView):
    """Sign-in."""

    @blp.arguments(s.LoginIn, example={"email": "io@cyber-mumbai.example", "password": "Lers-demo-2026!"})
    @blp.response(200, s.LoginOut)
    @_BY_ADDRESS
    @_BY_ACCOUNT
    @operation("Sign in", public=True, errors=(400, 401, 422))
    def post(self, body: dict[str, Any]) -> Response:
        """Sets the cookies `lers_refresh` and `lers_csrf`.

        Answers 401 `invalid_credentials` alike for unknown, wrong, locked and disabled; 401 `mfa_required` when a code
        is missing. A code is good once; a wrong one counts like a wrong password. Where `user.mfa_enrolment_required`,
        nothing but `/auth/` answers until a second factor is set up.
        """
        done = service.login(runtime().backend, token_keys(), current_source(), **body)
        response = answer({**_token(done.access_token, done.expires_in), "user": done.user})
        return _give_cookies(response, done.refresh)


@blp.route("/token/refresh/")
class RefreshToken(MethodView):
    """Going on."""

    @blp.response(200, s.TokenOut)
    @operation("Get a new access token", public=True, errors=(401, 403))
    def post(self) -> Response:
        """Uses the cookie `lers_refresh`, and needs the value of `lers_csrf` in the header `X-CSRF-Token`.

        Each refresh token is good once; one that comes back ends the whole session. A client that lost the answer may
        repeat the call within 10 s under the same `Idempotency-Key`.
        """
        try:
            done = service.refresh(
                runtime().backend,
                token_keys(),
                request.cookies.get(REFRESH_COOKIE, ""),
                request.headers.get(CSRF_HEADER, ""),
                current_source(),
                retry_key=request.headers.get("Idempotency-Key", "")[:255] or None,
            )
        except NotAuthenticated:
            after_this_request(_take_cookies)
            raise
        return _give_cookies(answer(_token(done.access_token, done.expires_in)), done.refresh)


@blp.route("/logout/")
class Logout(MethodView):
    """Sign-out."""

    @blp.response(204)
    @operation("Sign out", public=True, errors=(403,))
    def post(self) -> Response:
        """Ends the session of the access token, or of the cookie together with `X-CSRF-Token`.

        Signing out twice is no error.
        """
        if not self._by_token():
            service.logout_by_cookie(
                runtime().backend,
                request.cookies.get(REFRESH_COOKIE, ""),
                request.headers.get(CSRF_HEADER, ""),
                current_source(),
            )
        return _take_cookies(answer(None, 204))

    @staticmethod
    def _by_token() -> bool:
        if "Authorization" not in request.headers:
            return False
        try:
            authenticate()
        except NotAuthenticated:  # it is over already; the cookie may still name a living session
            return False
        actor = current_actor()
        release_session()
        service.logout(runtime().backend, actor)
        return True


@blp.route("/step-up/")
class StepUp(MethodView):
    """Fresh proof."""

    @blp.arguments(s.StepUpIn, example={"password": "Lers-demo-2026!"})
    @blp.response(200, s.TokenOut)
    @operation("Prove again that it is you", errors=(401, 422))
    def post(self, body: dict[str, Any]) -> Response:
        """Gives a token that is fresh for five minutes: what approving, signing, exporting and releasing ask for.

        401 `mfa_required` when one has a second factor and sent no code.
        """
        actor = current_actor()
        release_session()
        token, seconds = service.step_up(runtime().backend, token_keys(), actor, body["password"], body["totp_code"])
        return answer(_token(token, seconds))


@blp.route("/me/")
class Me(MethodView):
    """The caller."""

    @blp.response(200, s.MeOut)
    @operation("Who am I")
    def get(self) -> Response:
        """The caller's profile, rights, tenant, language and preferences."""
        with current_uow() as uow:
            row = reads.me(uow)
            return answer(row, version=row["version"])

    @blp.arguments(s.MeIn, example={"language": "hi"})
    @blp.response(200, s.MeOut)
    @operation("Change my language or preferences", errors=(412, 422, 428))
    def patch(self, body: dict[str, Any]) -> Response:
        """Preferences are replaced as a whole."""
        version = if_match(required=True)
        with current_uow() as uow:
            service.update_me(uow, body, expected_version=version)
            uow.session.flush()  # the answer reads the row by a column query
            row = reads.me(uow)
            return answer(row, version=row["version"])


@blp.route("/sessions/")
class Sessions(MethodView):
    """Sign-ins."""

    @blp.response(200, s.SessionsOut)
    @operation("List my living sessions")
    def get(self) -> Response:
        """The newest first; `current` marks the one that asks."""
        with current_uow() as uow:
            return answer(_all(reads.my_sessions(uow)))


@blp.route("/sessions/<uuid:session_id>/")
class OneSession(MethodView):
    """One sign-in."""

    @blp.response(200, s.SessionOut)
    @operation("Read one of my sessions", errors=(404,))
    def get(self, session_id: UUID) -> Response:
        """One living session of the caller."""
        with current_uow() as uow:
            row = reads.my_session(uow, session_id)
            return answer(row, version=row["version"])

    @blp.response(204)
    @operation("End one of my sessions", errors=(404,))
    def delete(self, session_id: UUID) -> Response:
        """Its tokens are dead at once and its connections are closed.

        A session never changes, so that no `If-Match` is needed.
        """
        with current_uow() as uow:
            service.end_session(uow, session_id)
            return answer(None, 204)


@blp.route("/password/change/")
class PasswordChange(MethodView):
    """A new password."""

    @blp.arguments(
        s.PasswordChangeIn,
        example={"current_password": "Lers-demo-2026!", "new_password": "nine blue kites over Pune"},
    )
    @blp.response(204)
    @operation("Change my password", errors=(401, 422))
    def post(self, body: dict[str, Any]) -> Response:
        """At least 12 characters, not a common one, not made of one's name. Ends all other sessions of the caller."""
        actor = current_actor()
        release_session()
        service.change_password(runtime().backend, actor, body["current_password"], body["new_password"])
        return answer(None, 204)


@blp.route("/invitations/accept/")
class InvitationAccept(MethodView):
    """Coming in."""

    @blp.arguments(s.InvitationAcceptIn, example={"token": "…", "password": "nine blue kites over Pune"})
    @blp.response(200, s.InvitationAcceptedOut)
    @_BY_ADDRESS
    @operation("Accept an invitation", public=True, errors=(422,))
    def post(self, body: dict[str, Any]) -> Response:
        """Sets the first password of whom the link invites; 422 `invitation_invalid` when it is used or old."""
        email = service.accept_invitation(runtime().backend, body["token"], body["password"], current_source())
        return answer({"email": email})


@blp.route("/keys/")
class Keys(MethodView):
    """Public keys."""

    @blp.arguments(s.KeyArgs, location="query")
    @blp.response(200, s.KeysOut)
    @operation("List my public keys", errors=(422,))
    def get(self, args: dict[str, Any]) -> Response:
        """With the revoked ones: what they signed stays verifiable."""
        with current_uow() as uow:
            return answer(_all(reads.my_keys(uow, args["use"])))

    @blp.arguments(
        s.KeyIn,
        example={
            "use": "SIGNING",
            "algorithm": "Ed25519",
            "public_key": "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=",
            "label": "Office PC",
        },
    )
    @blp.response(201, s.KeyOut)
    @operation("Add a public key", idempotent=True, errors=(409, 422))
    def post(self, body: dict[str, Any]) -> Response:
        """SIGNING: Ed25519, ES256, PS256 or RS256. CHAT: RSA-OAEP-256 or X25519. RSA of 2048 bits or more."""
        with current_uow() as uow:
            key_id = service.add_key(uow, **body)
            row = reads.my_key(uow, key_id)
            return answer(row, 201, version=row["version"])


@blp.route("/keys/<uuid:key_id>/")
class OneKey(MethodView):
    """One public key."""

    @blp.response(200, s.KeyOut)
    @operation("Read one of my public keys", errors=(404,))
    def get(self, key_id: UUID) -> Response:
        """One key of the caller."""
        with current_uow() as uow:
            row = reads.my_key(uow, key_id)
            return answer(row, version=row["version"])

    @blp.response(204)
    @operation("Revoke one of my public keys", errors=(404, 409))
    def delete(self, key_id: UUID) -> Response:
        """A revoked key never comes back, and never changes otherwise, so that no `If-Match` is needed."""
        with current_uow() as uow:
            service.revoke_key(uow, key_id)
            return answer(None, 204)


@blp.route("/seal-keys/")
class SealKeys(MethodView):
    """The public keys of the server's seal."""

    @blp.response(200, s.SealKeysOut)
    @operation("List the public keys of the seal")
    def get(self) -> Response:
        """To verify seals of approvals and manifests without trusting the server's verdict."""
        with current_uow() as uow:
            keys = uow.ports.sealer.public_keys()
            return answer(_all([{"algorithm": "Ed25519", **dataclasses.asdict(key)} for key in keys]))


@colleagues.route("/")
class Colleagues(MethodView):
    """Colleagues."""

    @colleagues.response(200, page_of(s.ColleagueOut))
    @operation("List my colleagues", permission=Permission.COLLEAGUE_READ)
    def get(self) -> Response:
        """Names and ranks of the active people of one's own tenant: whom one may add, assign or delegate to."""
        with current_uow() as uow:
            return answer(_all(reads.colleagues(uow)))


@users.route("/")
class Users(MethodView):
    """People."""

    @users.arguments(s.UserArgs, location="query")
    @users.response(200, page_of(s.UserOut))
    @operation("List people", permission=Permission.USER_READ, errors=(422,))
    def get(self, args: dict[str, Any]) -> Response:
        """One's own tenant's people; an administrator sees all. Sort by name, email, created_at, updated_at."""
        page = page_from(args)
        with current_uow() as uow:
            return answer(reads.list_users(uow, args, page))

    @users.arguments(
        s.UserIn,
        example={"email": "new.officer@cyber-mumbai.example", "full_name": "New Officer", "role": "IO", "rank": "PSI"},
    )
    @users.response(201, s.UserOut)
    @operation("Add a person", permission=Permission.USER_WRITE, idempotent=True, errors=(409, 422))
    def post(self, body: dict[str, Any]) -> Response:
        """Takes no password: the person sets it by an invitation. 409 `duplicate` when the address has an account."""
        with current_uow() as uow:
            user_id = service.create_user(uow, body)
            row = reads.one_user(uow, user_id)
            return answer(row, 201, version=row["version"])


@users.route("/<uuid:user_id>/")
class OneUser(MethodView):
    """One person."""

    @users.response(200, s.UserOut)
    @operation("Read a person", permission=Permission.USER_READ, errors=(404,))
    def get(self, user_id: UUID) -> Response:
        """One of the people whom the caller sees."""
        with current_uow() as uow:
            row = reads.one_user(uow, user_id)
            return answer(row, version=row["version"])

    @users.arguments(s.UserPatch, example={"unit": "Cyber Cell 2"})
    @users.response(200, s.UserOut)
    @operation("Change a person", permission=Permission.USER_WRITE, errors=(404, 409, 412, 422, 428))
    def patch(self, body: dict[str, Any], user_id: UUID) -> Response:
        """Nobody changes their own role, rank or rights. Deactivating ends the person's sessions at once."""
        version = if_match(required=True)
        with current_uow() as uow:
            service.update_user(uow, user_id, body, expected_version=version)
            uow.session.flush()  # the answer reads the row by a column query
            row = reads.one_user(uow, user_id)
            return answer(row, version=row["version"])

    @users.response(204)
    @operation("Deactivate a person", permission=Permission.USER_WRITE, errors=(404, 409, 412, 428))
    def delete(self, user_id: UUID) -> Response:
        """People are deactivated, never removed: what they did stays provable."""
        version = if_match(required=True)
        with current_uow() as uow:
            service.deactivate_user(uow, user_id, expected_version=version)
            return answer(None, 204)


@users.route("/<uuid:user_id>/invitation/")
class UserInvitation(MethodView):
    """The way in for a person who has no password yet."""

    @users.response(201, s.InvitationOut)
    @operation("Invite a person", permission=Permission.USER_WRITE, errors=(403, 404, 409))
    def post(self, user_id: UUID) -> Response:
        """A link that sets the first password, once, within three days. Older links of theirs stop working."""
        with current_uow() as uow:
            invited = service.invite(uow, user_id)
            return answer({"link": invited.link, "email": invited.email, "expires_at": invited.expires_at}, 201)


@users.route("/<uuid:user_id>/rights/")
class UserRights(MethodView):
    """What one person may do, and why."""

    @users.response(200, s.RightsOut)
    @operation("Explain a person's rights", permission=Permission.USER_READ, errors=(404,))
    def get(self, user_id: UUID) -> Response:
        """Each permission with what gives it: the role, or the administration of the tenant."""
        with current_uow() as uow:
            return answer(reads.rights_of(uow, user_id))


@tenants.route("/")
class Tenants(MethodView):
    """Tenants."""

    @tenants.arguments(s.TenantArgs, location="query")
    @tenants.response(200, page_of(s.FullTenantOut))
    @operation("List tenants", permission=Permission.TENANT_READ, errors=(422,))
    def get(self, args: dict[str, Any]) -> Response:
        """An administrator sees all, a tenant admin the own one with its policy and of the others the names."""
        page = page_from(args)
        with current_uow() as uow:
            return answer(reads.list_tenants(uow, args, page))

    @tenants.arguments(
        s.TenantIn, example={"name": "Cyber Police Station, Pune", "type": "LAW_ENFORCEMENT", "code": "PUN"}
    )
    @tenants.response(201, s.FullTenantOut)
    @operation("Add a tenant", permission=Permission.TENANT_WRITE, idempotent=True, errors=(409, 422))
    def post(self, body: dict[str, Any]) -> Response:
        """Administrators only. Type and code never change afterwards."""
        with current_uow() as uow:
            tenant_id = service.create_tenant(uow, body)
            row = reads.one_tenant(uow, tenant_id)
            return answer(row, 201, version=row["version"])


@tenants.route("/<uuid:tenant_id>/")
class OneTenant(MethodView):
    """One tenant."""

    @tenants.response(200, s.FullTenantOut)
    @operation("Read a tenant", permission=Permission.TENANT_READ, errors=(404,))
    def get(self, tenant_id: UUID) -> Response:
        """One tenant by id."""
        with current_uow() as uow:
            row = reads.one_tenant(uow, tenant_id)
            return answer(row, version=row["version"])

    @tenants.arguments(s.TenantPatch, example={"policy": {"auto_submit": True}})
    @tenants.response(200, s.FullTenantOut)
    @operation("Change a tenant", permission=Permission.TENANT_WRITE, errors=(404, 409, 412, 422, 428))
    def patch(self, body: dict[str, Any], tenant_id: UUID) -> Response:
        """A tenant's own admin may change its policy; the rest is the platform's."""
        version = if_match(required=True)
        with current_uow() as uow:
            service.update_tenant(uow, tenant_id, body, expected_version=version)
            uow.session.flush()  # the answer reads the row by a column query
            row = reads.one_tenant(uow, tenant_id)
            return answer(row, version=row["version"])

    @tenants.response(204)
    @operation("Deactivate a tenant", permission=Permission.TENANT_WRITE, errors=(403, 404, 409, 412, 428))
    def delete(self, tenant_id: UUID) -> Response:
        """Nobody of it can sign in any more, and its sessions end."""
        version = if_match(required=True)
        with current_uow() as uow:
            service.deactivate_tenant(uow, tenant_id, expected_version=version)
            return answer(None, 204)
