"""People and tenants: adding, changing, deactivating. Nobody is ever removed, and nobody changes their own rights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert as pg_insert

from lers_web.domains.identity import policy
from lers_web.domains.identity.events import UserChanged
from lers_web.domains.identity.models import AuthSession, Tenant, User
from lers_web.domains.identity.sessions import end_sessions
from lers_web.domains.identity.states import RANKS, ROLES_OF, EndReason
from lers_web.kernel.actor import PLATFORM_TENANT_ID
from lers_web.kernel.errors import Conflict, Duplicate, Forbidden, Invalid, NotFound, StaleVersion
from lers_web.kernel.ids import new_id
from lers_web.kernel.permissions import Permission, Role, TenantType
from lers_web.kernel.uow import UnitOfWork

PLATFORM_NAME = "LERS Platform"
PLATFORM_CODE = "LERS"


def clean_email(email: str) -> str:
    """Return an e-mail address in the form that is kept; raise ``Invalid`` when it is none."""
    try:
        return validate_email(email.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise Invalid(errors={"email": [f"This is not an e-mail address: {error}"]}) from error


def create_user(uow: UnitOfWork, data: Mapping[str, Any]) -> UUID:
    """Add a person without a password: they set it themselves by an invitation. Return the id."""
    tenant_id = data.get("tenant_id") or uow.actor.tenant_id
    policy.require_administers(uow.actor, tenant_id)
    tenant = uow.session.get(Tenant, tenant_id)
    if tenant is None or tenant.is_deleted or not tenant.is_active:
        raise Invalid(errors={"tenant_id": ["There is no such active tenant."]})
    _check_role(TenantType(tenant.type), data["role"], data.get("rank"))
    user_id = new_id()
    inserted = uow.session.execute(
        pg_insert(User)
        .values(
            id=user_id,
            tenant_id=tenant_id,
            email=clean_email(data["email"]),
            full_name=data["full_name"],
            role=data["role"],
            rank=data.get("rank"),
            badge_number=data.get("badge_number"),
            unit=data.get("unit"),
            phone=data.get("phone"),
            is_tenant_admin=data.get("is_tenant_admin", False),
            language=data.get("language", "en"),
        )
        .on_conflict_do_nothing()
        .returning(User.id)
    ).first()
    if inserted is None:
        # One address is one account on the whole platform; where the other one is, is not said.
        raise Duplicate("This e-mail address cannot be used: an account has it already.")
    uow.audit("user:create", "user", user_id, version=1, change={"role": data["role"], "tenant": tenant_id})
    uow.emit(UserChanged(user_id=user_id, version=1, tenants=(tenant_id,)))
    return user_id


def _check_role(tenant_type: TenantType, role: str, rank: str | None) -> None:
    allowed = ROLES_OF[tenant_type]
    if role not in allowed:
        names = ", ".join(sorted(allowed))
        raise Invalid(errors={"role": [f"People of this tenant can be {names}."]})
    if role == Role.APPROVER and rank not in RANKS:
        names = ", ".join(RANKS)
        raise Invalid(errors={"rank": [f"An approver's rank decides what they may approve: one of {names}."]})


def load_user(uow: UnitOfWork, user_id: UUID, *, lock: bool = False) -> User:
    """Load a person whom the actor sees; anybody else does not exist for them."""
    query = select(User).where(User.id == user_id, policy.visible_to(uow.actor))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    user = uow.session.scalar(query)
    if user is None:
        raise NotFound("user")
    return user


def find_user(uow: UnitOfWork, email: str) -> UUID | None:
    """Return the id of a person whom the actor sees by their e-mail address."""
    wanted = func.lower(User.email) == email.strip().lower()
    return uow.session.scalar(select(User.id).where(wanted, policy.visible_to(uow.actor)))


def update_user(uow: UnitOfWork, user_id: UUID, changes: Mapping[str, Any], *, expected_version: int | None) -> None:
    """Change a person. Deactivating ends their sessions with the commit; nobody changes rights of their own."""
    user = load_user(uow, user_id, lock=True)
    policy.require_administers(uow.actor, user.tenant_id)
    if expected_version not in (None, user.version):
        raise StaleVersion("This person has changed since you read them. Read them again.")
    changed = {name: value for name, value in changes.items() if getattr(user, name) != value}
    if user.id == uow.actor.user_id and policy.OWN_RIGHTS & changed.keys():
        raise Forbidden("Nobody changes their own role, rank, rights or activation. Ask another administrator.")
    if not changed:
        return
    tenant = uow.session.get_one(Tenant, user.tenant_id)
    if {"role", "rank"} & changed.keys():
        role, rank = changed.get("role", user.role), changed.get("rank", user.rank)
        _check_role(TenantType(tenant.type), role, rank)
    if changed.get("is_active") is False:
        _keep_one_administrator(uow, user)
    for name, value in changed.items():
        setattr(user, name, value)
    user.version += 1
    if changed.get("is_active") is False:
        end_sessions(uow, user.id, EndReason.DEACTIVATED)
    activation = changed.get("is_active")
    event = "user:update" if activation is None else "user:reactivate" if activation else "user:deactivate"
    shown: dict[str, Any] = {
        name: changed[name] for name in ("role", "rank", "is_tenant_admin", "is_active") if name in changed
    }
    uow.audit(event, "user", user.id, version=user.version, change={"fields": sorted(changed), **shown})
    uow.emit(UserChanged(user_id=user.id, version=user.version, tenants=(user.tenant_id,)))


def _keep_one_administrator(uow: UnitOfWork, user: User) -> None:
    if user.role != Role.SUPER_ADMIN:
        return
    others = uow.session.scalar(
        select(func.count())
        .select_from(User)
        .where(User.role == Role.SUPER_ADMIN, User.is_active, User.id != user.id, User.password_hash.is_not(None))
    )
    if not others:
        raise Conflict("This is the last administrator who can sign in. Add another one first.", code="last_admin")


def deactivate_user(uow: UnitOfWork, user_id: UUID, *, expected_version: int | None) -> None:
    """Deactivate a person; the row stays, so that what they did stays provable."""
    update_user(uow, user_id, {"is_active": False}, expected_version=expected_version)


def update_me(uow: UnitOfWork, changes: Mapping[str, Any], *, expected_version: int | None) -> None:
    """Change one's own language and preferences."""
    user = load_user(uow, uow.actor.user_id, lock=True)
    if expected_version not in (None, user.version):
        raise StaleVersion("Your profile has changed since you read it. Read it again.")
    for name, value in changes.items():
        setattr(user, name, value)
    user.version += 1
    uow.audit("user:preferences", "user", user.id, version=user.version, change={"fields": sorted(changes)})
    uow.emit(UserChanged(user_id=user.id, version=user.version))


def _first_policy(uow: UnitOfWork, given: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the policy that a new tenant starts with: whether it demands a second factor is always written down."""
    return {"mfa_required": uow.ports.settings.mfa_required, **(given or {})}


def ensure_platform(uow: UnitOfWork, policy: Mapping[str, Any] | None = None) -> UUID:
    """Make the platform's own tenant, whose id is fixed, unless it is there."""
    uow.session.execute(
        pg_insert(Tenant)
        .values(
            id=PLATFORM_TENANT_ID,
            name=PLATFORM_NAME,
            type=TenantType.PLATFORM,
            code=PLATFORM_CODE,
            policy=_first_policy(uow, policy),
        )
        .on_conflict_do_nothing()
    )
    return PLATFORM_TENANT_ID


def create_tenant(uow: UnitOfWork, data: Mapping[str, Any]) -> UUID:
    """Add a tenant. Type and code never change afterwards: roles and request numbers hang on them."""
    uow.actor.require(Permission.TENANT_WRITE)
    if uow.actor.role is not Role.SUPER_ADMIN:
        raise Forbidden("Only an administrator of the platform adds tenants.")
    if data["type"] == TenantType.PLATFORM:
        raise Invalid(errors={"type": ["There is one platform tenant, and it is there already."]})
    _check_parent(uow, None, data.get("parent_id"))
    tenant_id = new_id()
    inserted = uow.session.execute(
        pg_insert(Tenant)
        .values(
            id=tenant_id,
            name=data["name"],
            type=data["type"],
            code=data["code"],
            parent_id=data.get("parent_id"),
            policy=_first_policy(uow, data.get("policy")),
        )
        .on_conflict_do_nothing()
        .returning(Tenant.id)
    ).first()
    if inserted is None:
        raise Duplicate("Another tenant has this code. Choose another one.")
    uow.audit("tenant:create", "tenant", tenant_id, version=1, change={"type": data["type"], "code": data["code"]})
    return tenant_id


def _check_parent(uow: UnitOfWork, tenant_id: UUID | None, parent_id: UUID | None) -> None:
    """Refuse a parent that is not there, or that stands below the tenant itself."""
    seen = {tenant_id}
    while parent_id is not None:
        parent = uow.session.get(Tenant, parent_id)
        if parent is None:
            raise Invalid(errors={"parent_id": ["There is no such tenant."]})
        if parent_id in seen:
            raise Invalid(errors={"parent_id": ["A tenant cannot stand below itself."]})
        seen.add(parent_id)
        parent_id = parent.parent_id


def update_tenant(
    uow: UnitOfWork, tenant_id: UUID, changes: Mapping[str, Any], *, expected_version: int | None
) -> None:
    """Change a tenant: an administrator everything but type and code, its own admin the policy."""
    policy.require_administers(uow.actor, tenant_id, Permission.TENANT_WRITE)
    tenant = uow.session.scalar(
        select(Tenant)
        .where(Tenant.id == tenant_id, Tenant.is_deleted.is_(False))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if tenant is None:
        raise NotFound("tenant")
    if uow.actor.role is not Role.SUPER_ADMIN and changes.keys() - {"policy"}:
        raise Forbidden("You may change the policy of your tenant. For the rest ask an administrator of the platform.")
    if expected_version not in (None, tenant.version):
        raise StaleVersion("This tenant has changed since you read it. Read it again.")
    if "parent_id" in changes:
        _check_parent(uow, tenant_id, changes["parent_id"])
    if changes.get("is_active") is False:
        _end_tenant(uow, tenant_id)
    shown: dict[str, Any] = {"fields": sorted(changes)}
    for name, value in changes.items():
        if name == "policy":
            shown["policy"] = dict(value)
            tenant.policy = {**tenant.policy, **value}
        else:
            setattr(tenant, name, value)
    tenant.version += 1
    uow.audit("tenant:update", "tenant", tenant_id, version=tenant.version, change=shown)


def _end_tenant(uow: UnitOfWork, tenant_id: UUID) -> None:
    if tenant_id == PLATFORM_TENANT_ID:
        raise Conflict("The platform's own tenant cannot be deactivated.")
    signed_in = (
        select(AuthSession.user_id)
        .where(AuthSession.tenant_id == tenant_id, AuthSession.revoked_at.is_(None))
        .distinct()
    )
    for user_id in uow.session.scalars(signed_in).all():
        end_sessions(uow, user_id, EndReason.DEACTIVATED)


def deactivate_tenant(uow: UnitOfWork, tenant_id: UUID, *, expected_version: int | None) -> None:
    """Deactivate a tenant: nobody of it can sign in, and its sessions end with the commit."""
    update_tenant(uow, tenant_id, {"is_active": False}, expected_version=expected_version)
