"""``/ops/``: the mail sink (standalone only, open on the laptop that it runs on) and the RQ dashboard (SUPER_ADMIN).

The dashboard is made of pages, which send no Authorization header: signing in here puts an access token into a cookie
that only ``/ops`` gets. Each request is held to the same rules as one of the API: a living session, and the role.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import rq_dashboard
from flask import Blueprint, Flask, Response, g, make_response, redirect, render_template, request
from rq.serializers import JSONSerializer
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.wrappers import Response as BaseResponse

from lers_web.domains.identity import service as identity
from lers_web.http.context import current_source, recognise
from lers_web.http.errors import problem
from lers_web.http.json import answer
from lers_web.http.limits import limiter, login_limit_by_address
from lers_web.http.runtime import runtime, token_keys
from lers_web.kernel.actor import Actor
from lers_web.kernel.errors import (
    EnrolmentRequired,
    Forbidden,
    InvalidCredentials,
    LersError,
    NotAuthenticated,
    NotFound,
)
from lers_web.kernel.permissions import Permission
from lers_web.ops import mailbox

_CHANGING = frozenset({"rq_dashboard.requeue_all"})
"""What the dashboard would do on a GET as well: a link may not requeue."""
COOKIE = "lers_ops"
PATH = "/ops"
DASHBOARD = "/ops/rq"
# The dashboard's own pages have inline scripts and compile templates; nothing from elsewhere is let in.
CSP_DASHBOARD = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "frame-ancestors 'none'; base-uri 'none'; object-src 'none'; form-action 'self'"
)
CSP_PAGE = (
    "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
CSP_MAIL = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'self'"

blp = Blueprint("ops", __name__, url_prefix=PATH, template_folder="templates", static_folder="static")


def _page(name: str, status: int = 200, **values: object) -> Response:
    response = make_response(render_template(f"ops/{name}", **values), status)
    response.headers["Content-Security-Policy"] = CSP_PAGE
    response.headers["Cache-Control"] = "no-store"
    return response


@blp.get("/")
def index() -> Response:
    """What there is here."""
    return _page("index.html", mail=runtime().settings.mail_dir is not None)


def _maildir() -> Path:
    settings = runtime().settings
    if settings.production or settings.mail_dir is None or not settings.mail_dir.is_dir():
        raise NotFound("mail sink")
    return settings.mail_dir


@blp.get("/mail/")
def mails() -> Response:
    """The kept mails; as JSON for those who ask for it."""
    found = mailbox.newest(_maildir(), recipient=request.args.get("to", ""))
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return answer({"items": [{"key": m.key, "to": m.to, "subject": m.subject, "date": m.date, "text": m.text,
                                  "message_id": m.message_id} for m in found]})  # fmt: skip
    return _page("mails.html", mails=found, to=request.args.get("to", ""))


@blp.get("/mail/<key>/")
def mail(key: str) -> Response:
    """One mail."""
    return _page("mail.html", mail=mailbox.one(_maildir(), key))


@blp.get("/mail/<key>/html/")
def mail_html(key: str) -> Response:
    """The HTML part of a mail, for the frame: it may run nothing and load nothing."""
    found = mailbox.one(_maildir(), key)
    response = Response(found.html or "", mimetype="text/html")
    response.headers["Content-Security-Policy"] = CSP_MAIL
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


@blp.get("/login/")
def sign_in_page() -> Response:
    """The form."""
    return _page("login.html", error=None)


@blp.post("/login/")
@limiter.limit(login_limit_by_address[0], key_func=login_limit_by_address[1])
def sign_in() -> BaseResponse:
    """Sign a SUPER_ADMIN in to the dashboard."""
    if not _same_origin():
        raise Forbidden("This form belongs to another page.")
    try:
        done = identity.login(
            runtime().backend,
            token_keys(),
            current_source(),
            email=request.form.get("email", "")[:320],
            password=request.form.get("password", "")[:128],
            totp_code=request.form.get("totp_code", "")[:64] or None,
        )
        if Permission.OPS_READ not in done.user["permissions"]:
            raise InvalidCredentials("Only a SUPER_ADMIN may come in here.")
        if done.user["mfa_enrolment_required"]:
            raise EnrolmentRequired
    except LersError as error:
        return _page("login.html", 401, error=error.detail)
    settings = runtime().settings
    response = redirect(f"{DASHBOARD}/", code=303)
    response.set_cookie(
        COOKIE, done.access_token, max_age=done.expires_in, path=PATH, httponly=True, samesite="Strict",
        secure=settings.production or settings.base_url.startswith("https://"),
    )  # fmt: skip
    return response


def _same_origin() -> bool:
    """Whether a form comes from our own page. SameSite=Strict is the first lock, this the second."""
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host


def _who(token: str) -> Actor | None:
    """Return whose the cookie is; None when they have to sign in, or to set up a second factor, first."""
    try:
        actor = recognise(token)
    except NotAuthenticated:
        return None
    return None if actor.mfa_enrolment_required else actor


def guard_dashboard() -> BaseResponse | None:
    """Let only a SUPER_ADMIN with a living session at the dashboard."""
    if not (request.endpoint or "").startswith("rq_dashboard."):
        return None
    token = request.cookies.get(COOKIE, "")
    if not token:
        return redirect(f"{PATH}/login/", code=303)
    actor = _who(token)
    if actor is None:
        return redirect(f"{PATH}/login/", code=303)
    if not actor.can(Permission.OPS_READ):
        return problem(403, "forbidden", "Only a SUPER_ADMIN may come in here.")
    if request.endpoint in _CHANGING and request.method == "GET":
        raise MethodNotAllowed(valid_methods=["POST"])
    if request.method != "GET" and not _same_origin():
        return problem(403, "forbidden", "This request comes from another page.")
    g.actor = actor
    return None


def _no_static(filename: str) -> Response:
    raise NotFound(filename)


def init_app(app: Flask) -> None:
    """Register the pages and put the dashboard, its door first, under ``/ops/rq/``."""
    settings = app.config["LERS_SETTINGS"]
    app.register_blueprint(blp)
    if not settings.redis_url.startswith("redis"):
        return  # an application that only describes itself has no queues
    app.config.from_object(rq_dashboard.default_settings)
    app.config["RQ_DASHBOARD_REDIS_URL"] = settings.redis_url
    rq_dashboard.web.config.serializer = JSONSerializer  # its default unpickles what it finds in Redis
    rq_dashboard.web.setup_rq_connection(app)
    # Its base page links the favicon of an application with a static folder, which ours is not.
    app.add_url_rule("/ops/rq/static-of-application/<path:filename>", "static", _no_static, methods=["GET"])
    app.before_request(guard_dashboard)
    app.register_blueprint(rq_dashboard.blueprint, url_prefix=DASHBOARD)

    @app.after_request
    def loosen(response: Response) -> Response:
        if (request.endpoint or "").startswith("rq_dashboard."):
            response.headers["Content-Security-Policy"] = CSP_DASHBOARD
        return response
