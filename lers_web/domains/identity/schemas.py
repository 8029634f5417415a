"""The JSON of identity: what is taken and what is answered, field by field."""

from __future__ import annotations

import json
from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from lers_web.domains.identity.states import LANGUAGES, SIGNATURE_LEVELS, KeyUse
from lers_web.http.schemas import PageArgs, PersonOut, Schema, StrictString, TenantOut
from lers_web.kernel.permissions import Role, TenantType

MAX_PREFERENCES_BYTES = 8192
MAX_PASSWORD = 1000  # what is read at all; what a new one may be, passwords.py says
MAX_CODE = 64  # a recovery code has 29 characters with its dashes

_ROLES = [role.value for role in Role if role is not Role.SYSTEM]


class SecretString(fields.String):
    """A password or code: taken exactly as it was typed, never stripped, never shown again."""

    def __init__(self, *, max_length: int = MAX_PASSWORD, **kwargs: Any) -> None:
        super().__init__(load_only=True, validate=validate.Length(min=1, max=max_length), **kwargs)


class LoginIn(Schema):
    """E-mail and password; the code of the authenticator app, or a recovery code, where one is enrolled."""

    email = fields.String(required=True, validate=validate.Length(min=3, max=320))
    password = SecretString(required=True)
    totp_code = fields.String(
        load_default=None,
        load_only=True,
        allow_none=True,
        validate=validate.Length(max=MAX_CODE),
        metadata={"description": "The six digits that the app shows now, or one of the recovery codes."},
    )


class StepUpIn(Schema):
    """The password again; the code of the authenticator app, or a recovery code, where one is enrolled."""

    password = SecretString(required=True)
    totp_code = fields.String(
        load_default=None,
        load_only=True,
        allow_none=True,
        validate=validate.Length(max=MAX_CODE),
        metadata={"description": "The six digits that the app shows now, or one of the recovery codes."},
    )


class PolicyOut(Schema):
    """How strict a tenant is."""

    auto_submit = fields.Boolean(required=True)
    mfa_required = fields.Boolean(required=True)
    signature_level = fields.Integer(required=True)
    break_glass_two_person = fields.Boolean(required=True)
    e2e_chat = fields.Boolean(required=True)


class UserTenantOut(TenantOut):
    """The tenant of a person."""

    type = fields.String(required=True)
    code = fields.String(required=True)


class MyTenantOut(UserTenantOut):
    """One's own tenant, with its policy."""

    policy = fields.Nested(PolicyOut)


class UserOut(Schema):
    """A person. ``state`` is INVITED until they have set a password."""

    id = fields.UUID(required=True)
    tenant_id = fields.UUID(required=True)
    tenant = fields.Nested(UserTenantOut, required=True)
    email = fields.String(required=True)
    name = fields.String(required=True)
    full_name = fields.String(required=True)
    role = fields.String(required=True)
    rank = fields.String(allow_none=True)
    badge_number = fields.String(allow_none=True)
    unit = fields.String(allow_none=True)
    phone = fields.String(allow_none=True)
    is_tenant_admin = fields.Boolean(required=True)
    is_active = fields.Boolean(required=True)
    state = fields.String(required=True)
    language = fields.String(required=True)
    mfa_enrolled = fields.Boolean(allow_none=True)
    last_login_at = fields.AwareDateTime(allow_none=True)
    created_at = fields.AwareDateTime(required=True)
    updated_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)
    abilities = fields.Dict(keys=fields.String(), values=fields.Boolean(), required=True)


class MeOut(UserOut):
    """The caller, with what their portal needs."""

    tenant = fields.Nested(MyTenantOut, required=True)
    mfa_enrolment_required = fields.Boolean(
        required=True,
        metadata={"description": "Nothing but /auth/ answers before a second factor is set up."},
    )
    permissions = fields.List(fields.String(), required=True)
    preferences = fields.Dict(required=True)


class TokenOut(Schema):
    """A fresh access token."""

    access_token = fields.String(required=True)
    token_type = fields.String(required=True)
    expires_in = fields.Integer(required=True)


class LoginOut(TokenOut):
    """A fresh access token and whose it is. The refresh token comes as a cookie."""

    user = fields.Nested(MeOut, required=True)


class MeIn(Schema):
    """One's language, and what the portal remembers for one."""

    language = fields.String(validate=validate.OneOf(LANGUAGES))
    preferences = fields.Dict(keys=fields.String(validate=validate.Length(max=100)))

    @ma.validates("preferences")
    def check_size(self, value: dict[str, Any], data_key: str) -> None:  # noqa: ARG002 - marshmallow's signature
        """Keep the drawer small."""
        if len(json.dumps(value)) > MAX_PREFERENCES_BYTES:
            raise ma.ValidationError(f"Preferences may take {MAX_PREFERENCES_BYTES} bytes.")

    @ma.validates_schema
    def check_any(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """Refuse a change of nothing."""
        if not data:
            raise ma.ValidationError("Send language or preferences.")


class PasswordChangeIn(Schema):
    """The present password and the new one."""

    current_password = SecretString(required=True)
    new_password = SecretString(required=True)


class InvitationAcceptIn(Schema):
    """The token of the invitation link and the password that its person chooses."""

    token = fields.String(required=True, validate=validate.Length(min=1, max=200))
    password = SecretString(required=True)


class InvitationAcceptedOut(Schema):
    """Whose account is ready now."""

    email = fields.String(required=True)


class SessionOut(Schema):
    """A living sign-in."""

    id = fields.UUID(required=True)
    created_at = fields.AwareDateTime(required=True)
    last_seen_at = fields.AwareDateTime(required=True)
    idle_expires_at = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True)
    device = fields.String(allow_none=True)
    ip = fields.String(allow_none=True)
    amr = fields.List(fields.String(), required=True)
    current = fields.Boolean(required=True)
    version = fields.Integer(required=True)


class KeyArgs(Schema):
    """Which keys."""

    use = fields.String(load_default=None, validate=validate.OneOf([use.value for use in KeyUse]))


class KeyIn(Schema):
    """A public key: PEM, or base64 of its SubjectPublicKeyInfo."""

    use = fields.String(required=True, validate=validate.OneOf([use.value for use in KeyUse]))
    public_key = fields.String(required=True, validate=validate.Length(min=1, max=5000))
    algorithm = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=40))
    label = StrictString(load_default=None, allow_none=True, max_length=100)


class KeyOut(Schema):
    """A public key with its fingerprint: SHA-256 of the SPKI, in hex."""

    id = fields.UUID(required=True)
    use = fields.String(required=True)
    algorithm = fields.String(required=True)
    public_key = fields.String(required=True)
    fingerprint = fields.String(required=True)
    label = fields.String(allow_none=True)
    created_at = fields.AwareDateTime(required=True)
    revoked_at = fields.AwareDateTime(allow_none=True)
    version = fields.Integer(required=True)
    abilities = fields.Dict(keys=fields.String(), values=fields.Boolean(), required=True)


class ColleagueOut(PersonOut):
    """A colleague."""

    role = fields.String(required=True)


class UserArgs(PageArgs):
    """Which people."""

    sort = fields.String(load_default="name", validate=validate.Length(max=40))
    role = fields.String(load_default=None, validate=validate.OneOf(_ROLES))
    tenant_id = fields.UUID(load_default=None)
    is_active = fields.Boolean(load_default=None)
    q = StrictString(load_default=None, max_length=100)


class _Person(Schema):
    rank = StrictString(allow_none=True, max_length=20, min_length=1)
    badge_number = StrictString(allow_none=True, max_length=50)
    unit = StrictString(allow_none=True, max_length=200)
    phone = StrictString(allow_none=True, max_length=30)
    is_tenant_admin = fields.Boolean()


class UserIn(_Person):
    """A person to add. They set their password by an invitation."""

    email = StrictString(required=True, max_length=320, min_length=3)
    full_name = StrictString(required=True, max_length=200, min_length=1)
    role = fields.String(required=True, validate=validate.OneOf(_ROLES))
    tenant_id = fields.UUID()
    language = fields.String(validate=validate.OneOf(LANGUAGES))


class UserPatch(_Person):
    """What to change about a person."""

    full_name = StrictString(max_length=200, min_length=1)
    role = fields.String(validate=validate.OneOf(_ROLES))
    is_active = fields.Boolean()


class InvitationOut(Schema):
    """The link by which a person sets their first password. It is told this once."""

    link = fields.String(required=True)
    email = fields.String(required=True)
    expires_at = fields.AwareDateTime(required=True)


class RightOut(Schema):
    """A permission: what gives it to this person, and who holds it at all."""

    permission = fields.String(required=True)
    granted_by = fields.List(
        fields.String(validate=validate.OneOf(("ROLE", "TENANT_ADMIN"))),
        required=True,
        metadata={"description": "Empty where the person does not have it."},
    )
    roles = fields.List(fields.String(validate=validate.OneOf(_ROLES)), required=True)
    tenant_admins = fields.Boolean(required=True, metadata={"description": "Tenant admins have it for their tenant."})


class RightsOut(Schema):
    """All permissions of a person, and what keeps them from using any."""

    stopped_by = fields.List(
        fields.String(validate=validate.OneOf(("INVITED", "DEACTIVATED", "TENANT_DEACTIVATED"))), required=True
    )
    items = fields.List(fields.Nested(RightOut), required=True)


class PolicyIn(Schema):
    """Members of a policy to set; the others stay as they are."""

    auto_submit = fields.Boolean()
    mfa_required = fields.Boolean()
    signature_level = fields.Integer(strict=True, validate=validate.OneOf(SIGNATURE_LEVELS))
    break_glass_two_person = fields.Boolean()
    e2e_chat = fields.Boolean()


class TenantArgs(PageArgs):
    """Which tenants."""

    sort = fields.String(load_default="name", validate=validate.Length(max=40))
    type = fields.String(load_default=None, validate=validate.OneOf([kind.value for kind in TenantType]))
    is_active = fields.Boolean(load_default=None)
    parent_id = fields.UUID(load_default=None)
    q = StrictString(load_default=None, max_length=100)


class TenantIn(Schema):
    """A tenant to add. ``code`` goes into its request numbers and never changes."""

    name = StrictString(required=True, max_length=200, min_length=1)
    type = fields.String(required=True, validate=validate.OneOf([kind.value for kind in TenantType]))
    code = fields.String(
        required=True,
        validate=validate.Regexp(r"\A[A-Z0-9]{2,12}\Z", error="Use 2 to 12 capital letters and digits."),
    )
    parent_id = fields.UUID(load_default=None, allow_none=True)
    policy = fields.Nested(PolicyIn, load_default=dict)


class TenantPatch(Schema):
    """What to change about a tenant."""

    name = StrictString(max_length=200, min_length=1)
    parent_id = fields.UUID(allow_none=True)
    is_active = fields.Boolean()
    policy = fields.Nested(PolicyIn)


class FullTenantOut(Schema):
    """A tenant. ``policy`` is null for other tenants' people."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    type = fields.String(required=True)
    code = fields.String(required=True)
    parent_id = fields.UUID(allow_none=True)
    policy = fields.Nested(PolicyOut, allow_none=True)
    is_active = fields.Boolean(required=True)
    created_at = fields.AwareDateTime(required=True)
    updated_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)
    abilities = fields.Dict(keys=fields.String(), values=fields.Boolean(), required=True)


class SessionsOut(Schema):
    """All living sign-ins."""

    items = fields.List(fields.Nested(SessionOut), required=True)
    next_cursor = fields.String(allow_none=True, required=True)
    total = fields.Integer(required=True)


class SealKeyOut(Schema):
    """A public key of the server's seal: Ed25519 over "LERS-SEAL-v1" 0x00 and the statement."""

    kid = fields.String(required=True)
    algorithm = fields.String(required=True)
    public_key = fields.String(required=True, metadata={"description": "Base64 of the SubjectPublicKeyInfo."})
    fingerprint = fields.String(required=True, metadata={"description": "SHA-256 of the SubjectPublicKeyInfo, in hex."})
    seals = fields.Boolean(required=True, metadata={"description": "Whether new seals are made with it."})


class SealKeysOut(Schema):
    """All keys of the seal: older ones verify what they sealed."""

    items = fields.List(fields.Nested(SealKeyOut), required=True)
    next_cursor = fields.String(allow_none=True, required=True)
    total = fields.Integer(required=True)


class KeysOut(Schema):
    """All keys, with history."""

    items = fields.List(fields.Nested(KeyOut), required=True)
    next_cursor = fields.String(allow_none=True, required=True)
    total = fields.Integer(required=True)
