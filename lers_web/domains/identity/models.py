"""Tables of identity: tenants, users, sessions, refresh tokens, second factors, public keys, login counters."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from lers_web.kernel import clock
from lers_web.kernel.db import Base, Identified, SoftDeleted, Timestamped, Versioned


class Tenant(Identified, Timestamped, SoftDeleted, Versioned, Base):
    """A police unit, a provider, or the platform. The tree (``parent_id``) is organisational only."""

    __tablename__ = "tenants"
    __table_args__ = (
        CheckConstraint("type IN ('LAW_ENFORCEMENT','PROVIDER','PLATFORM')", name="type"),
        UniqueConstraint("code"),
    )

    name: Mapped[str]
    type: Mapped[str]
    code: Mapped[str]
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("app.tenants.id", ondelete="RESTRICT"))
    policy: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'::jsonb"))
    is_active: Mapped[bool] = mapped_column(default=True, server_default=text("true"))


class User(Identified, Timestamped, SoftDeleted, Versioned, Base):
    """A person. Deactivated, never removed."""

    __tablename__ = "authentication_user"
    __table_args__ = (
        CheckConstraint("role IN ('SUPER_ADMIN','IO','APPROVER','PROVIDER')", name="role"),
        UniqueConstraint("id", "tenant_id"),
        Index("uq_authentication_user_email", func.lower(text("email")), unique=True),
        Index("ix_authentication_user_tenant_id_role", "tenant_id", "role"),
    )

    email: Mapped[str]
    password_hash: Mapped[str | None]
    full_name: Mapped[str]
    role: Mapped[str]
    rank: Mapped[str | None]
    badge_number: Mapped[str | None]
    unit: Mapped[str | None]
    phone: Mapped[str | None]
    tenant_id: Mapped[UUID] = mapped_column(ForeignKey("app.tenants.id", ondelete="RESTRICT"))
    is_tenant_admin: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    is_active: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    language: Mapped[str] = mapped_column(default="en", server_default="en")
    preferences: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'::jsonb"))
    mfa_enrolled_at: Mapped[dt.datetime | None]  # set and cleared with the confirmed row of auth_totp
    password_changed_at: Mapped[dt.datetime | None]
    last_login_at: Mapped[dt.datetime | None]


class UserCard(Base):
    """What the other side may see of a person: name and rank. Kept by a trigger on ``authentication_user``."""

    __tablename__ = "user_card"

    id: Mapped[UUID] = mapped_column(ForeignKey("app.authentication_user.id", ondelete="RESTRICT"), primary_key=True)
    tenant_id: Mapped[UUID]
    name: Mapped[str]
    rank: Mapped[str | None]
    role: Mapped[str]
    is_active: Mapped[bool]


class AuthSession(Base):
    """A sign-in. PostgreSQL remembers that it has ended; Redis may forget."""

    __tablename__ = "auth_session"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "tenant_id"],
            ["app.authentication_user.id", "app.authentication_user.tenant_id"],
            ondelete="RESTRICT",
        ),
        UniqueConstraint("sid", "user_id", "tenant_id"),  # target of the composite key of its refresh tokens
        Index("ix_auth_session_user_id", "user_id", "created_at"),
    )

    sid: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID]
    tenant_id: Mapped[UUID]
    created_at: Mapped[dt.datetime] = mapped_column(default=clock.now)
    last_seen_at: Mapped[dt.datetime] = mapped_column(default=clock.now)
    idle_expires_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    proved_at: Mapped[dt.datetime]
    mfa_at: Mapped[dt.datetime | None]  # when a second factor was proved; None: by the password alone
    amr: Mapped[list[Any]] = mapped_column(default=list)
    device: Mapped[str | None]
    ip: Mapped[str | None]
    revoked_at: Mapped[dt.datetime | None]
    revoked_reason: Mapped[str | None]


class RefreshToken(Base):
    """One link of a session's rotation: only the hash is kept. ``used_at`` set twice means theft."""

    __tablename__ = "auth_refresh"
    __table_args__ = (
        ForeignKeyConstraint(
            ["sid", "user_id", "tenant_id"],
            ["app.auth_session.sid", "app.auth_session.user_id", "app.auth_session.tenant_id"],
            ondelete="RESTRICT",
        ),
        Index("ix_auth_refresh_sid", "sid"),
    )

    hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    sid: Mapped[UUID]
    user_id: Mapped[UUID]
    tenant_id: Mapped[UUID]
    csrf_hash: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[dt.datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]
    successor: Mapped[str | None]  # sealed under a key derived from this very token, for the retry of a lost answer


class Invitation(Base):
    """A link that lets a person who was added set their first password, once. Only its hash is kept."""

    __tablename__ = "auth_invitation"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "tenant_id"],
            ["app.authentication_user.id", "app.authentication_user.tenant_id"],
            ondelete="RESTRICT",
        ),
        Index("ix_auth_invitation_user_id", "user_id"),
    )

    hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    user_id: Mapped[UUID]
    tenant_id: Mapped[UUID]
    created_by_id: Mapped[UUID]
    created_at: Mapped[dt.datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]


class TotpSecret(Identified, Base):
    """An authenticator: pending until a first code confirms it, or until it expires. One of each a person at most."""

    __tablename__ = "auth_totp"
    __table_args__ = (
        CheckConstraint(
            "(confirmed_at IS NULL) = (expires_at IS NOT NULL) AND (confirmed_at IS NULL) = (last_step IS NULL)",
            name="confirmed",
        ),
        ForeignKeyConstraint(
            ["user_id", "tenant_id"],
            ["app.authentication_user.id", "app.authentication_user.tenant_id"],
            ondelete="RESTRICT",
        ),
        Index("uq_auth_totp_pending", "user_id", unique=True, postgresql_where=text("confirmed_at IS NULL")),
        Index("uq_auth_totp_confirmed", "user_id", unique=True, postgresql_where=text("confirmed_at IS NOT NULL")),
    )

    user_id: Mapped[UUID]
    tenant_id: Mapped[UUID]
    secret: Mapped[str]  # sealed (kernel/crypto)
    created_at: Mapped[dt.datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[dt.datetime | None]
    confirmed_at: Mapped[dt.datetime | None]
    last_step: Mapped[int | None] = mapped_column(BigInteger)  # the step of the last code taken: none before it is good


class RecoveryCode(Base):
    """One of ten codes for the day when the authenticator is lost: only its hash is kept, and it is good once."""

    __tablename__ = "auth_recovery_code"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "tenant_id"],
            ["app.authentication_user.id", "app.authentication_user.tenant_id"],
            ondelete="RESTRICT",
        ),
    )

    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    tenant_id: Mapped[UUID]
    created_at: Mapped[dt.datetime] = mapped_column(default=clock.now)
    used_at: Mapped[dt.datetime | None]


class UserKey(Identified, Base):
    """A public key of a user: CHAT (end-to-end encryption) or SIGNING. Never changed, only revoked."""

    __tablename__ = "auth_key"
    __table_args__ = (
        CheckConstraint("use IN ('CHAT','SIGNING')", name="use"),
        UniqueConstraint("user_id", "fingerprint"),
        ForeignKeyConstraint(
            ["user_id", "tenant_id"],
            ["app.authentication_user.id", "app.authentication_user.tenant_id"],
            ondelete="RESTRICT",
        ),
    )

    user_id: Mapped[UUID]
    tenant_id: Mapped[UUID]
    use: Mapped[str]
    algorithm: Mapped[str]
    public_key: Mapped[str]
    fingerprint: Mapped[str]
    label: Mapped[str | None]
    created_at: Mapped[dt.datetime] = mapped_column(default=clock.now)
    revoked_at: Mapped[dt.datetime | None]


class LoginCounter(Base):
    """Failed sign-ins by account and by address: kept in PostgreSQL, so that a Redis flush lets nobody guess on."""

    __tablename__ = "login_counter"
    __table_args__ = (Index("ix_login_counter_first_failed_at", "first_failed_at"),)

    key: Mapped[str] = mapped_column(primary_key=True)  # lockout.py makes it: "pair:…", "account:…", "ip:…"
    failures: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    first_failed_at: Mapped[dt.datetime | None]
    locked_until: Mapped[dt.datetime | None]


class SigningStatement(Identified, Base):
    """A statement that was shown to one person to sign: used once, for exactly these bytes."""

    __tablename__ = "signing_statement"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "tenant_id"],
            ["app.authentication_user.id", "app.authentication_user.tenant_id"],
            ondelete="RESTRICT",
        ),
    )

    user_id: Mapped[UUID]
    tenant_id: Mapped[UUID]
    request_id: Mapped[UUID]
    action: Mapped[str]
    statement: Mapped[str]
    sha256: Mapped[str]
    created_at: Mapped[dt.datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]
