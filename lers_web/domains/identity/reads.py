"""What identity shows: Core column queries that give plain dicts whose keys are the JSON answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, Select, and_, case, func, not_, or_, select

from lers_web.domains.identity import policy
from lers_web.domains.identity.models import AuthSession, Tenant, User, UserCard, UserKey
from lers_web.domains.identity.states import TenantPolicy
from lers_web.kernel import clock
from lers_web.kernel.actor import Actor
from lers_web.kernel.errors import NotFound
from lers_web.kernel.paging import Page, close_page, paginate
from lers_web.kernel.permissions import (
    PEOPLES_ROLES,
    TENANT_ADMIN_PERMISSIONS,
    Permission,
    Role,
    permission_sources,
    permissions_of,
)
from lers_web.kernel.uow import UnitOfWork

Row = RowMapping | dict[str, Any]

_TENANT = (
    Tenant.id.label("t_id"),
    Tenant.name.label("t_name"),
    Tenant.type.label("t_type"),
    Tenant.code.label("t_code"),
)
_STATE = case((not_(User.is_active), "DEACTIVATED"), (User.password_hash.is_(None), "INVITED"), else_="ACTIVE").label(
    "state"
)
_USER = (
    User.id,
    User.tenant_id,
    User.email,
    User.full_name,
    User.role,
    User.rank,
    User.badge_number,
    User.unit,
    User.phone,
    User.is_tenant_admin,
    User.is_active,
    User.language,
    User.mfa_enrolled_at.is_not(None).label("mfa_enrolled"),
    User.last_login_at,
    User.created_at,
    User.updated_at,
    User.version,
    _STATE,
    *_TENANT,
)
_USERS = select(*_USER).join(Tenant, Tenant.id == User.tenant_id)
_ME = select(*_USER, User.preferences, Tenant.policy.label("t_policy")).join(Tenant, Tenant.id == User.tenant_id)
_USER_SORTS = {
    "created_at": User.created_at,
    "updated_at": User.updated_at,
    "name": User.full_name,
    "email": User.email,
}
_TENANTS = select(
    Tenant.id,
    Tenant.name,
    Tenant.type,
    Tenant.code,
    Tenant.parent_id,
    Tenant.policy,
    Tenant.is_active,
    Tenant.created_at,
    Tenant.updated_at,
    Tenant.version,
).where(not_(Tenant.is_deleted))
_TENANT_SORTS = {"created_at": Tenant.created_at, "updated_at": Tenant.updated_at, "name": Tenant.name}
_KEYS = select(
    UserKey.id,
    UserKey.use,
    UserKey.algorithm,
    UserKey.public_key,
    UserKey.fingerprint,
    UserKey.label,
    UserKey.created_at,
    UserKey.revoked_at,
)


def _plain(row: Row) -> dict[str, Any]:
    return {str(name): value for name, value in row.items()}


def _tenant_of(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row.pop(f"t_{name}") for name in ("id", "name", "type", "code")}


def _user(actor: Actor, row: Row) -> dict[str, Any]:
    out = _plain(row)
    out["tenant"] = _tenant_of(out)
    out["name"] = out["full_name"]
    out["abilities"] = policy.user_abilities(actor, out)
    if not policy.administers(actor, out["tenant_id"]) and out["id"] != actor.user_id:
        # Colleagues find each other; how somebody signs in is between them and their administrator.
        out["phone"] = out["last_login_at"] = out["mfa_enrolled"] = None
    return out


def me(uow: UnitOfWork) -> dict[str, Any]:
    """Return the caller with everything their portal needs: rights, tenant with its policy, language, preferences."""
    row = uow.session.execute(_ME.where(User.id == uow.actor.user_id)).mappings().one_or_none()
    if row is None:
        raise NotFound("user")
    out = _plain(row)
    tenant_policy = TenantPolicy.of(out.pop("t_policy"))
    preferences = out.pop("preferences")
    out = _user(uow.actor, out)
    out["preferences"] = preferences
    out["tenant"]["policy"] = tenant_policy.as_dict()
    out["mfa_enrolment_required"] = tenant_policy.mfa_required and not out["mfa_enrolled"]
    out["permissions"] = sorted(permissions_of(Role(out["role"]), is_tenant_admin=out["is_tenant_admin"]))
    return out


def one_user(uow: UnitOfWork, user_id: UUID) -> dict[str, Any]:
    """Return one person of those the caller sees."""
    query = _USERS.where(User.id == user_id, policy.visible_to(uow.actor))
    row = uow.session.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound("user")
    return _user(uow.actor, row)


def rights_of(uow: UnitOfWork, user_id: UUID) -> dict[str, Any]:
    """Return each permission with what gives it to this person, and what keeps them from using any."""
    user = one_user(uow, user_id)
    role = Role(user["role"])
    active = uow.session.scalar(select(Tenant.is_active).where(Tenant.id == user["tenant_id"]))
    stops = {
        "INVITED": user["state"] == "INVITED",
        "DEACTIVATED": not user["is_active"],
        "TENANT_DEACTIVATED": not active,
    }
    return {
        "stopped_by": [name for name, holds in stops.items() if holds],
        "items": [
            {
                "permission": permission.value,
                "granted_by": permission_sources(permission, role, is_tenant_admin=user["is_tenant_admin"]),
                "roles": [each.value for each in PEOPLES_ROLES if permission in permissions_of(each)],
                "tenant_admins": permission in TENANT_ADMIN_PERMISSIONS,
            }
            for permission in Permission
        ],
    }


def _matching(actor: Actor, filters: Mapping[str, Any]) -> ColumnElement[bool]:
    conditions = [policy.visible_to(actor)]
    asked = [name for name in ("role", "tenant_id", "is_active") if filters.get(name) is not None]
    conditions.extend(getattr(User, name) == filters[name] for name in asked)
    if filters.get("q"):
        text = filters["q"]
        conditions.append(
            or_(
                User.full_name.icontains(text, autoescape=True),
                User.email.icontains(text, autoescape=True),
                User.badge_number.icontains(text, autoescape=True),
            )
        )
    return and_(*conditions)


def list_users(uow: UnitOfWork, filters: Mapping[str, Any], page: Page) -> dict[str, Any]:
    """Return one page of the people that the caller sees."""
    condition = _matching(uow.actor, filters)
    rows = uow.session.execute(paginate(_USERS.where(condition), page, _USER_SORTS, User.id)).mappings().all()
    total = uow.session.scalar(select(func.count()).select_from(User).where(condition))
    sort = page.sort.removeprefix("-")
    kept, cursor = close_page(rows, page, "full_name" if sort == "name" else sort)
    return {"items": [_user(uow.actor, row) for row in kept], "next_cursor": cursor, "total": total}


def _tenant(actor: Actor, row: Row) -> dict[str, Any]:
    out = _plain(row)
    out["abilities"] = policy.tenant_abilities(actor, out)
    inside = actor.role is Role.SUPER_ADMIN or actor.tenant_id == out["id"]
    out["policy"] = TenantPolicy.of(out["policy"]).as_dict() if inside else None
    return out


def one_tenant(uow: UnitOfWork, tenant_id: UUID) -> dict[str, Any]:
    """Return one tenant. Its policy is shown to its own people and to administrators."""
    row = uow.session.execute(_TENANTS.where(Tenant.id == tenant_id)).mappings().one_or_none()
    if row is None:
        raise NotFound("tenant")
    return _tenant(uow.actor, row)


def list_tenants(uow: UnitOfWork, filters: Mapping[str, Any], page: Page) -> dict[str, Any]:
    """Return one page of the tenants."""
    query: Select[Any] = _TENANTS
    for name in ("type", "is_active", "parent_id"):
        if filters.get(name) is not None:
            query = query.where(getattr(Tenant, name) == filters[name])
    if filters.get("q"):
        text = filters["q"]
        query = query.where(or_(Tenant.name.icontains(text, autoescape=True), Tenant.code == text.upper()))
    rows = uow.session.execute(paginate(query, page, _TENANT_SORTS, Tenant.id)).mappings().all()
    total = uow.session.scalar(select(func.count()).select_from(query.order_by(None).subquery()))
    kept, cursor = close_page(rows, page, page.sort.removeprefix("-"))
    return {"items": [_tenant(uow.actor, row) for row in kept], "next_cursor": cursor, "total": total}


def tenant_policy(uow: UnitOfWork, tenant_id: UUID) -> TenantPolicy:
    """Return how strict a tenant is, defaults filled in."""
    stored = uow.session.scalar(select(Tenant.policy).where(Tenant.id == tenant_id))
    return TenantPolicy.of(stored)


def my_sessions(uow: UnitOfWork) -> list[dict[str, Any]]:
    """Return the caller's living sessions, the newest first."""
    return [_session(uow.actor, row) for row in uow.session.execute(_sessions(uow.actor)).mappings()]


def my_session(uow: UnitOfWork, session_id: UUID) -> dict[str, Any]:
    """Return one of the caller's living sessions."""
    row = uow.session.execute(_sessions(uow.actor).where(AuthSession.sid == session_id)).mappings().one_or_none()
    if row is None:
        raise NotFound("session")
    return _session(uow.actor, row)


def _sessions(actor: Actor) -> Select[Any]:
    now = clock.now()
    return (
        select(
            AuthSession.sid.label("id"),
            AuthSession.created_at,
            AuthSession.last_seen_at,
            AuthSession.idle_expires_at,
            AuthSession.expires_at,
            AuthSession.device,
            AuthSession.ip,
            AuthSession.amr,
        )
        .where(
            AuthSession.user_id == actor.user_id,
            AuthSession.revoked_at.is_(None),
            AuthSession.expires_at > now,
            AuthSession.idle_expires_at > now,
        )
        .order_by(AuthSession.created_at.desc())
    )


def _session(actor: Actor, row: Row) -> dict[str, Any]:
    return {**_plain(row), "current": row["id"] == actor.session_id, "version": 1}


def my_keys(uow: UnitOfWork, use: str | None = None) -> list[dict[str, Any]]:
    """Return the caller's public keys with their history, the newest first."""
    query = _KEYS.where(UserKey.user_id == uow.actor.user_id).order_by(UserKey.created_at.desc())
    if use is not None:
        query = query.where(UserKey.use == use)
    return [_key(row) for row in uow.session.execute(query).mappings()]


def my_key(uow: UnitOfWork, key_id: UUID) -> dict[str, Any]:
    """Return one of the caller's public keys, revoked or not."""
    query = _KEYS.where(UserKey.id == key_id, UserKey.user_id == uow.actor.user_id)
    row = uow.session.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound("key")
    return _key(row)


def _key(row: Row) -> dict[str, Any]:
    return {
        **_plain(row),
        "version": 1 if row["revoked_at"] is None else 2,
        "abilities": {"revoke": row["revoked_at"] is None},
    }


def people(uow: UnitOfWork, user_ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return name and rank of people of either side, by id."""
    rows = uow.session.execute(
        select(UserCard.id, UserCard.name, UserCard.rank).where(UserCard.id.in_(set(user_ids)))
    ).mappings()
    return {row["id"]: dict(row) for row in rows}


def colleagues(uow: UnitOfWork) -> list[dict[str, Any]]:
    """Return the active people of the caller's own tenant by name: whom one may add, assign or delegate to."""
    rows = uow.session.execute(
        select(UserCard.id, UserCard.name, UserCard.rank, UserCard.role)
        .where(UserCard.tenant_id == uow.actor.tenant_id, UserCard.is_active)
        .order_by(UserCard.name, UserCard.id)
    ).mappings()
    return [_plain(row) for row in rows]
