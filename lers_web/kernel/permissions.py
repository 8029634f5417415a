"""Roles and permissions, from one file of data (``lers_web/permissions.toml``).

The server decides from it and from the database, never from the token's hint.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any


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


MATRIX_FILE = Path(__file__).resolve().parents[1] / "permissions.toml"
PUBLIC, SIGNED_IN = "public", "signed-in"


@dataclass(frozen=True, slots=True)
class Right:
    """What one operation asks of its caller. ``permission`` is None where being signed in, or nothing, is enough."""

    permission: Permission | None
    public: bool


def _right(asked: str) -> Right:
    return Right(None if asked in {PUBLIC, SIGNED_IN} else Permission(asked), asked == PUBLIC)


def load_matrix(file: Path = MATRIX_FILE) -> dict[str, Any]:
    """Read the permission matrix; its comments tell the shape. Raises what ``tomllib`` raises."""
    return tomllib.loads(file.read_text(encoding="utf-8"))


_MATRIX = load_matrix()

ROLE_PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    role: frozenset(map(Permission, _MATRIX["roles"][role])) for role in Role
}

TENANT_ADMIN_PERMISSIONS: frozenset[Permission] = frozenset(map(Permission, _MATRIX["tenant_admin"]["adds"]))
"""What the flag ``is_tenant_admin`` adds, within the admin's own tenant."""

OPERATIONS: Mapping[str, Right] = {name: _right(row["permission"]) for name, row in _MATRIX["operations"].items()}
"""``METHOD /path/{parameter}/`` of every operation there is, and what it asks. Others are refused."""


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
