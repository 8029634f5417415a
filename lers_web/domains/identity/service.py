"""The public face of identity: what views, commands, hub, jobs and the other domains call."""

from __future__ import annotations

from lers_web.domains.identity.invitations import (
    Invited,
    accept_invitation,
    change_password,
    invite,
    set_demo_password,
)
from lers_web.domains.identity.lockout import unlock
from lers_web.domains.identity.mfa import Enrolment, renew_recovery_codes
from lers_web.domains.identity.mfa import confirm as confirm_mfa
from lers_web.domains.identity.mfa import disable as disable_mfa
from lers_web.domains.identity.mfa import enrol as enrol_mfa
from lers_web.domains.identity.mfa import reset as reset_mfa
from lers_web.domains.identity.mfa import status as mfa_status
from lers_web.domains.identity.passwords import make_hash
from lers_web.domains.identity.people import (
    create_tenant,
    create_user,
    deactivate_tenant,
    deactivate_user,
    ensure_platform,
    find_user,
    load_user,
    update_me,
    update_tenant,
    update_user,
)
from lers_web.domains.identity.public_keys import SigningKey, add_key, revoke_key, signing_key
from lers_web.domains.identity.reads import people, tenant_policy
from lers_web.domains.identity.rotation import Refreshed, RefreshPair, logout, logout_by_cookie, refresh
from lers_web.domains.identity.sessions import actor_of, end_session, end_sessions, load_actor
from lers_web.domains.identity.sign_in import SignedIn, login, step_up

__all__ = [
    "Enrolment",
    "Invited",
    "RefreshPair",
    "Refreshed",
    "SignedIn",
    "SigningKey",
    "accept_invitation",
    "actor_of",
    "add_key",
    "change_password",
    "confirm_mfa",
    "create_tenant",
    "create_user",
    "deactivate_tenant",
    "deactivate_user",
    "disable_mfa",
    "end_session",
    "end_sessions",
    "enrol_mfa",
    "ensure_platform",
    "find_user",
    "invite",
    "load_actor",
    "load_user",
    "login",
    "logout",
    "logout_by_cookie",
    "make_hash",
    "mfa_status",
    "people",
    "refresh",
    "renew_recovery_codes",
    "reset_mfa",
    "revoke_key",
    "set_demo_password",
    "signing_key",
    "step_up",
    "tenant_policy",
    "unlock",
    "update_me",
    "update_tenant",
    "update_user",
]
