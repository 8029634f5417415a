"""Roles and permissions: one table. The server decides from it and from the database, never from the token's hint."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person is in LERS. ``SYSTEM`` is no person: jobs act under it, and nobody can log in with it."""

    SUPER_ADMIN = "SUPER_ADMIN"
    IO = "IO"
    APPROVER = "APPROVER"
    PROVIDER = "PROVIDER"
    SYSTEM = "SYSTEM"


PEOPLES_ROLES = tuple(role for role in Role if role is not Role.SYSTEM)


class TenantType(StrEnum):
    """Which side a tenant stands on."""

    LAW_ENFORCEMENT = "LAW_ENFORCEMENT"
    PROVIDER = "PROVIDER"
    PLATFORM = "PLATFORM"


class Permission(StrEnum):
    """``thing:verb``. What a role may do at all; each domain's policy says to which object."""

    REQUEST_READ = "request:read"
    REQUEST_CREATE = "request:create"
    REQUEST_APPROVE = "request:approve"
    REQUEST_FULFIL = "request:fulfil"
    RESPONSE_CREATE = "response:create"
    RESPONSE_REVIEW = "response:review"
    CHAT_READ = "chat:read"
    CHAT_WRITE = "chat:write"
    FILE_CREATE = "file:create"
    FILE_READ = "file:read"
    CATALOG_READ = "catalog:read"
    CATALOG_WRITE = "catalog:write"
    TEMPLATE_READ = "template:read"
    TEMPLATE_WRITE = "template:write"
    COLLEAGUE_READ = "colleague:read"
    USER_READ = "user:read"
    USER_WRITE = "user:write"
    TENANT_READ = "tenant:read"
    TENANT_WRITE = "tenant:write"
    AUTHORITY_READ = "authority:read"
    AUTHORITY_WRITE = "authority:write"
    AUDIT_READ = "audit:read"
    ANALYTICS_READ = "analytics:read"
    NOTIFICATION_READ = "notification:read"
    PRESENCE_WRITE = "presence:write"
    OPS_READ = "ops:read"
    OPS_WRITE = "ops:write"
    BREAK_GLASS = "break_glass:open"


P = Permission
_EVERYONE = frozenset(
    {
        P.REQUEST_READ,
        P.CATALOG_READ,
        P.NOTIFICATION_READ,
        P.PRESENCE_WRITE,
        P.ANALYTICS_READ,
        P.COLLEAGUE_READ,
    }
)
_CASE = frozenset({P.CHAT_READ, P.FILE_READ, P.FILE_CREATE})

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.SUPER_ADMIN: _EVERYONE
    | {
        P.CATALOG_WRITE,
        P.USER_READ,
        P.USER_WRITE,
        P.TENANT_READ,
        P.TENANT_WRITE,
        P.AUTHORITY_READ,
        P.AUTHORITY_WRITE,
        P.AUDIT_READ,
        P.OPS_READ,
        P.OPS_WRITE,
        P.BREAK_GLASS,
        P.CHAT_READ,  # of a request that break-glass has opened, as the next
        P.FILE_READ,
    },
    Role.IO: _EVERYONE
    | _CASE
    | {P.REQUEST_CREATE, P.RESPONSE_REVIEW, P.CHAT_WRITE, P.TEMPLATE_READ, P.TEMPLATE_WRITE, P.AUTHORITY_READ},
    Role.APPROVER: _EVERYONE
    | {P.CHAT_READ, P.FILE_READ, P.REQUEST_APPROVE, P.TEMPLATE_READ, P.AUTHORITY_READ, P.AUDIT_READ},
    Role.PROVIDER: _EVERYONE
    | _CASE
    | {P.REQUEST_FULFIL, P.RESPONSE_CREATE, P.CHAT_WRITE, P.CATALOG_WRITE, P.AUDIT_READ},
    Role.SYSTEM: frozenset({P.REQUEST_READ, P.CHAT_READ, P.FILE_READ, P.CATALOG_READ, P.USER_READ, P.TENANT_READ}),
}

TENANT_ADMIN_PERMISSIONS: frozenset[Permission] = frozenset(
    {P.USER_READ, P.USER_WRITE, P.TENANT_READ, P.TENANT_WRITE, P.TEMPLATE_WRITE, P.AUTHORITY_WRITE}
)
"""What the flag ``is_tenant_admin`` adds, within the admin's own tenant."""


def permissions_of(role: Role, *, is_tenant_admin: bool = False) -> frozenset[Permission]:
    """Return everything a person of this role may do somewhere."""
    own = ROLE_PERMISSIONS[role]
    return own | TENANT_ADMIN_PERMISSIONS if is_tenant_admin else own


def permission_sources(permission: Permission, role: Role, *, is_tenant_admin: bool = False) -> list[str]:
    """Say what gives a permission to a person: ROLE, TENANT_ADMIN, both, or nothing."""
    given = {
        "ROLE": permission in ROLE_PERMISSIONS[role],
        "TENANT_ADMIN": is_tenant_admin and permission in TENANT_ADMIN_PERMISSIONS,
    }
    return [source for source, holds in given.items() if holds]
