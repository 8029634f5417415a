"""Every table of the specification, with both sides' indexes and composite keys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "effect",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_effect")),
        schema="app",
    )
    op.create_table(
        "idempotency_key",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "key", name=op.f("pk_idempotency_key")),
        schema="app",
    )
    op.create_table(
        "login_counter",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("first_failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_login_counter")),
        schema="app",
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("payload", postgresql.JSONB(), nullable=False),
        sa.Column("tenants", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("correlation_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        schema="app",
    )
    op.create_index(
        "ix_outbox_unsent", "outbox", ["id"], unique=False, schema="app", postgresql_where=sa.text("sent_at IS NULL")
    )
    op.create_table(
        "sla_notice",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agency_tenant_id", sa.Uuid(), nullable=False),
        sa.Column("provider_tenant_id", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('WARNING','LAST_HOURS','BREACH','ESCALATION_24','ESCALATION_72')", name=op.f("ck_sla_notice_kind")
        ),
        sa.PrimaryKeyConstraint("request_id", "kind", "due_at", name=op.f("pk_sla_notice")),
        schema="app",
    )
    op.create_table(
        "tenant_key",
        sa.Column("kid", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("kid", name=op.f("pk_tenant_key")),
        schema="app",
    )
    op.create_index(
        "uq_tenant_key_current",
        "tenant_key",
        ["tenant_id", "purpose"],
        unique=True,
        schema="app",
        postgresql_where=sa.text("retired_at IS NULL"),
    )
    op.create_table(
        "tenants",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("policy", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("is_deleted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("type IN ('LAW_ENFORCEMENT','PROVIDER','PLATFORM')", name=op.f("ck_tenants_type")),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["app.tenants.id"], name=op.f("fk_tenants_parent_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenants")),
        sa.UniqueConstraint("code", name=op.f("uq_tenants_code")),
        schema="app",
    )
    op.create_table(
        "authentication_user",
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("rank", sa.Text(), nullable=True),
        sa.Column("badge_number", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("is_tenant_admin", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("language", sa.Text(), server_default="en", nullable=False),
        sa.Column("preferences", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("totp_secret", sa.Text(), nullable=True),
        sa.Column("password_changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_login_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("is_deleted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "role IN ('SUPER_ADMIN','IO','APPROVER','PROVIDER')", name=op.f("ck_authentication_user_role")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["app.tenants.id"], name=op.f("fk_authentication_user_tenant_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authentication_user")),
        sa.UniqueConstraint("id", "tenant_id", name=op.f("uq_authentication_user_id_tenant_id")),
        schema="app",
    )
    op.create_index(
        "ix_authentication_user_tenant_id_role",
        "authentication_user",
        ["tenant_id", "role"],
        unique=False,
        schema="app",
    )
    op.create_index(
        "uq_authentication_user_email",
        "authentication_user",
        [sa.literal_column("lower(email)")],
        unique=True,
        schema="app",
    )
    op.create_table(
        "authority_rule",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("request_type", sa.Text(), nullable=True),
        sa.Column("legal_mandate_type", sa.Text(), nullable=True),
        sa.Column("priority", sa.Text(), nullable=True),
        sa.Column("levels", postgresql.JSONB(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("is_deleted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["app.tenants.id"], name=op.f("fk_authority_rule_tenant_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authority_rule")),
        schema="app",
    )
    op.create_index("ix_authority_rule_tenant_id", "authority_rule", ["tenant_id"], unique=False, schema="app")
    op.create_table(
        "lers_provider_service_profile",
        sa.Column("provider_tenant_id", sa.Uuid(), nullable=False),
        sa.Column("service_hours", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), server_default="Asia/Kolkata", nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("own_holidays", postgresql.JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False),
        sa.Column("holidays_affect_sla", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("nodal_officer_name", sa.Text(), nullable=True),
        sa.Column("nodal_officer_email", sa.Text(), nullable=True),
        sa.Column("nodal_officer_phone", sa.Text(), nullable=True),
        sa.Column("emergency_contact", sa.Text(), nullable=True),
        sa.Column("overall_sla_compliance_rate", sa.Double(), nullable=True),
        sa.Column("total_requests_received", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("total_requests_completed", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("total_requests_rejected", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("total_clarifications", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("avg_response_time_hours", sa.Double(), nullable=True),
        sa.Column("rejection_rate", sa.Double(), nullable=True),
        sa.Column("clarification_request_rate", sa.Double(), nullable=True),
        sa.Column("iso_certified", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("data_security_certified", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("service_commitment", sa.Text(), nullable=True),
        sa.Column("metrics_last_updated", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["provider_tenant_id"],
            ["app.tenants.id"],
            name=op.f("fk_lers_provider_service_profile_provider_tenant_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lers_provider_service_profile")),
        sa.UniqueConstraint("provider_tenant_id", name=op.f("uq_lers_provider_service_profile_provider_tenant_id")),
        schema="app",
    )
    op.create_table(
        "request_counter",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["app.tenants.id"], name=op.f("fk_request_counter_tenant_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("tenant_id", "year", name=op.f("pk_request_counter")),
        schema="app",
    )
    op.create_table(
        "sla_calendar",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("subdivision", sa.Text(), nullable=True),
        sa.Column("own_dates", postgresql.JSONB(), nullable=False),
        sa.Column("holidays_affect", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["app.tenants.id"], name=op.f("fk_sla_calendar_tenant_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("tenant_id", "version", name=op.f("pk_sla_calendar")),
        schema="app",
    )
    op.create_table(
        "auth_key",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("use", sa.Text(), nullable=False),
        sa.Column("algorithm", sa.Text(), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("use IN ('CHAT','SIGNING')", name=op.f("ck_auth_key_use")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app.authentication_user.id"], name=op.f("fk_auth_key_user_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_auth_key")),
        sa.UniqueConstraint("user_id", "fingerprint", name=op.f("uq_auth_key_user_id_fingerprint")),
        schema="app",
    )
    op.create_table(
        "auth_session",
        sa.Column("sid", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("idle_expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("amr", postgresql.JSONB(), nullable=False),
        sa.Column("device", sa.Text(), nullable=True),
        sa.Column("ip", sa.Text(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id", "tenant_id"],
            ["app.authentication_user.id", "app.authentication_user.tenant_id"],
            name=op.f("fk_auth_session_user_id_tenant_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("sid", name=op.f("pk_auth_session")),
        schema="app",
    )
    op.create_index("ix_auth_session_user_id", "auth_session", ["user_id", "created_at"], unique=False, schema="app")
    op.create_table(
        "delegation",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("from_user_id", sa.Uuid(), nullable=False),
        sa.Column("to_user_id", sa.Uuid(), nullable=False),
        sa.Column("request_type", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("is_deleted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("from_user_id <> to_user_id", name=op.f("ck_delegation_two_people")),
        sa.CheckConstraint("valid_until > valid_from", name=op.f("ck_delegation_period")),
        sa.ForeignKeyConstraint(
            ["from_user_id"],
            ["app.authentication_user.id"],
            name=op.f("fk_delegation_from_user_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["app.tenants.id"], name=op.f("fk_delegation_tenant_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["to_user_id"], ["app.authentication_user.id"], name=op.f("fk_delegation_to_user_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
        schema="app",
    )
    op.create_index("ix_delegation_to_user_id", "delegation", ["to_user_id"], unique=False, schema="app")
    op.create_table(
        "lers_files",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("uploaded_by_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("declared_media_type", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=True),
        sa.Column("declared_sha256", sa.Text(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("sha512", sa.Text(), nullable=True),
        sa.Column("scan_status", sa.Text(), nullable=False),
        sa.Column("scan_findings", postgresql.JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False),
        sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("object_key", sa.Text(), nullable=False),
        sa.Column("sealed_key", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("is_deleted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "purpose IN ('MANDATE','RESPONSE','EVIDENCE','CHAT','SAMPLE','EXPORT')", name=op.f("ck_lers_files_purpose")
        ),
        sa.CheckConstraint(
            "scan_status IN ('AWAITING_UPLOAD','PENDING','CLEAN','SUSPICIOUS','INFECTED','ERROR','UNSCANNED')",
            name=op.f("ck_lers_files_scan_status"),
        ),
        sa.CheckConstraint("size >= 1 AND size <= 52428800", name=op.f("ck_lers_files_size")),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["app.tenants.id"], name=op.f("fk_lers_files_tenant_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"],
            ["app.authentication_user.id"],
            name=op.f("fk_lers_files_uploaded_by_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lers_files")),
        schema="app",
    )
    op.create_index(
        "ix_lers_files_pending",
        "lers_files",
        ["created_at"],
        unique=False,
        schema="app",
        postgresql_where=sa.text("scan_status = 'PENDING'"),
    )
    op.create_index("ix_lers_files_tenant_id", "lers_files", ["tenant_id", "created_at"], unique=False, schema="app")
    op.create_table(
        "lers_notifications",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("icon", sa.Text(), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("read", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("email_wanted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("email_sent", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("email_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("metadata", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app.authentication_user.id"], name=op.f("fk_lers_notifications_user_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lers_notifications")),
        sa.UniqueConstraint("user_id", "event_id", "type", name=op.f("uq_lers_notifications_user_id_event_id_type")),
        schema="app",
    )
    op.create_index("ix_lers_notifications_priority", "lers_notifications", ["priority"], unique=False, schema="app")
    op.create_index(
        "ix_lers_notifications_unmailed",
        "lers_notifications",
        ["created_at"],
        unique=False,
        schema="app",
        postgresql_where=sa.text("email_wanted AND NOT email_sent"),
    )
    op.create_index(
        "ix_lers_notifications_user",
        "lers_notifications",
        ["user_id", "read", "created_at"],
        unique=False,
        schema="app",
    )
    op.create_table(
        "presence_socket",
        sa.Column("sid", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("connected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app.authentication_user.id"], name=op.f("fk_presence_socket_user_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("sid", name=op.f("pk_presence_socket")),
        schema="app",
    )
    op.create_index("ix_presence_socket_user_id", "presence_socket", ["user_id"], unique=False, schema="app")
    op.create_table(
        "signing_statement",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app.authentication_user.id"], name=op.f("fk_signing_statement_user_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_statement")),
        schema="app",
    )
    op.create_table(
        "user_card",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("rank", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["app.authentication_user.id"], name=op.f("fk_user_card_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_card")),
        schema="app",
    )
    op.create_table(
        "user_presence",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_online", sa.DateTime(timezone=True), nullable=True),
        sa.Column("socket_id", sa.Text(), nullable=True),
        sa.Column("metadata", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.CheckConstraint("status IN ('ONLINE','AWAY','OFFLINE')", name=op.f("ck_user_presence_status")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app.authentication_user.id"], name=op.f("fk_user_presence_user_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_user_presence")),
        schema="app",
    )
    op.create_index("ix_user_presence_last_seen", "user_presence", ["last_seen"], unique=False, schema="app")
    op.create_index("ix_user_presence_status", "user_presence", ["status"], unique=False, schema="app")
    op.create_table(
        "auth_refresh",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("sid", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("csrf_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("successor", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["sid"], ["app.auth_session.sid"], name=op.f("fk_auth_refresh_sid"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_auth_refresh")),
        schema="app",
    )
    op.create_index("ix_auth_refresh_sid", "auth_refresh", ["sid"], unique=False, schema="app")
    op.create_table(
        "file_share",
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("owner_tenant_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["app.lers_files.id"], name=op.f("fk_file_share_file_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("file_id", "request_id", "tenant_id", name=op.f("pk_file_share")),
        schema="app",
    )
    op.create_index("ix_file_share_request_id", "file_share", ["request_id"], unique=False, schema="app")
    op.create_table(
        "lers_provider_data_catalog",
        sa.Column("provider_tenant_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("request_type", sa.Text(), nullable=False),
        sa.Column("sla_turnaround_hours", sa.Integer(), nullable=False),
        sa.Column("sla_turnaround_hours_urgent", sa.Integer(), nullable=True),
        sa.Column("sla_turnaround_hours_critical", sa.Integer(), nullable=True),
        sa.Column("sla_business_hours_only", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("sla_statutory", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("actual_avg_turnaround", sa.Double(), nullable=True),
        sa.Column("actual_median_turnaround_hours", sa.Double(), nullable=True),
        sa.Column("sla_compliance_rate", sa.Double(), nullable=True),
        sa.Column("total_requests_fulfilled", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("required_fields", postgresql.JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False),
        sa.Column("required_legal_mandate", sa.Text(), nullable=True),
        sa.Column("requires_mandate_file", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("requires_court_order", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("output_format", sa.Text(), nullable=True),
        sa.Column("output_description", sa.Text(), nullable=True),
        sa.Column("sample_output_file_id", sa.Uuid(), nullable=True),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("is_featured", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("notes_for_law_enforcement", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("is_deleted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("sla_turnaround_hours > 0", name=op.f("ck_lers_provider_data_catalog_sla")),
        sa.ForeignKeyConstraint(
            ["provider_tenant_id"],
            ["app.tenants.id"],
            name=op.f("fk_lers_provider_data_catalog_provider_tenant_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sample_output_file_id"],
            ["app.lers_files.id"],
            name=op.f("fk_lers_provider_data_catalog_sample_output_file_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lers_provider_data_catalog")),
        schema="app",
    )
    op.create_index(
        "ix_catalog_provider_category",
        "lers_provider_data_catalog",
        ["provider_tenant_id", "category"],
        unique=False,
        schema="app",
    )
    op.create_index(
        "ix_catalog_sla", "lers_provider_data_catalog", ["sla_turnaround_hours"], unique=False, schema="app"
    )
    op.create_table(
        "catalog_version",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("provider_tenant_id", sa.Uuid(), nullable=False),
        sa.Column("snapshot", postgresql.JSONB(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["app.lers_provider_data_catalog.id"],
            name=op.f("fk_catalog_version_item_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("item_id", "version", name=op.f("pk_catalog_version")),
        schema="app",
    )
    op.create_table(
        "lers_requests",
        sa.Column("request_number", sa.Text(), nullable=False),
        sa.Column("request_type", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=True),
        sa.Column("agency_tenant_id", sa.Uuid(), nullable=False),
        sa.Column("provider_tenant_id", sa.Uuid(), nullable=False),
        sa.Column("catalog_item_id", sa.Uuid(), nullable=True),
        sa.Column("catalog_item_version", sa.Integer(), nullable=True),
        sa.Column("answers", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("date_range_from", sa.Date(), nullable=True),
        sa.Column("date_range_to", sa.Date(), nullable=True),
        sa.Column("legal_mandate_type", sa.Text(), nullable=True),
        sa.Column("legal_mandate_file_id", sa.Uuid(), nullable=True),
        sa.Column("court_order_number", sa.Text(), nullable=True),
        sa.Column("case_reference", sa.Text(), nullable=True),
        sa.Column("parent_request_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("assigned_to_company_id", sa.Uuid(), nullable=True),
        sa.Column("approval_level", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("approval_route", postgresql.JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=True),
        sa.Column("sla_hours", sa.Double(), nullable=True),
        sa.Column("sla_business", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("sla_statutory", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("sla_calendar_version", sa.Integer(), nullable=True),
        sa.Column("sla_due_date", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sla_warn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sla_paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sla_breached", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("sla_breached_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sla_met", sa.Boolean(), nullable=True),
        sa.Column("first_sent_for_approval_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("response_uploaded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("rejection_reason", sa.Text(), nullable=True),
        sa.Column("rejection_reason_code", sa.Text(), nullable=True),
        sa.Column("metadata", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column(
            "search_vector",
            postgresql.TSVECTOR(),
            sa.Computed(
                "to_tsvector('simple', coalesce(request_number,'') || ' ' || coalesce(court_order_number,'')) || to_tsvector('english', coalesce(description,''))",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.Column(
            "search_vector_agency",
            postgresql.TSVECTOR(),
            sa.Computed(
                "to_tsvector('simple', coalesce(request_number,'') || ' ' || coalesce(court_order_number,'')) || to_tsvector('english', coalesce(description,'')) || to_tsvector('english', coalesce(notes,''))",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("is_deleted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("priority IN ('NORMAL','URGENT','CRITICAL')", name=op.f("ck_lers_requests_priority")),
        sa.CheckConstraint(
            "status IN ('DRAFT','PENDING_APPROVAL','APPROVED','SUBMITTED','ACKNOWLEDGED','IN_PROGRESS','RESPONSE_UPLOADED','COMPLETED','CANCELLED','REJECTED')",
            name=op.f("ck_lers_requests_status"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_tenant_id"],
            ["app.tenants.id"],
            name=op.f("fk_lers_requests_agency_tenant_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"],
            ["app.authentication_user.id"],
            name=op.f("fk_lers_requests_approved_by_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["assigned_to_company_id"],
            ["app.authentication_user.id"],
            name=op.f("fk_lers_requests_assigned_to_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["catalog_item_id"],
            ["app.lers_provider_data_catalog.id"],
            name=op.f("fk_lers_requests_catalog_item_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id", "agency_tenant_id"],
            ["app.authentication_user.id", "app.authentication_user.tenant_id"],
            name=op.f("fk_lers_requests_created_by_id_agency_tenant_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["app.authentication_user.id"],
            name=op.f("fk_lers_requests_created_by_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["legal_mandate_file_id"],
            ["app.lers_files.id"],
            name=op.f("fk_lers_requests_legal_mandate_file_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["parent_request_id"],
            ["app.lers_requests.id"],
            name=op.f("fk_lers_requests_parent_request_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["provider_tenant_id"],
            ["app.tenants.id"],
            name=op.f("fk_lers_requests_provider_tenant_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lers_requests")),
        sa.UniqueConstraint(
            "id",
            "agency_tenant_id",
            "provider_tenant_id",
            name=op.f("uq_lers_requests_id_agency_tenant_id_provider_tenant_id"),
        ),
        sa.UniqueConstraint("request_number", name=op.f("uq_lers_requests_request_number")),
        schema="app",
    )
    op.create_index(
        "ix_lers_requests_agency", "lers_requests", ["agency_tenant_id", "created_at", "id"], unique=False, schema="app"
    )
    op.create_index(
        "ix_lers_requests_agency_status",
        "lers_requests",
        ["agency_tenant_id", "status", "created_at"],
        unique=False,
        schema="app",
    )
    op.create_index(
        "ix_lers_requests_creator", "lers_requests", ["created_by_id", "created_at", "id"], unique=False, schema="app"
    )
    op.create_index(
        "ix_lers_requests_provider",
        "lers_requests",
        ["provider_tenant_id", "created_at", "id"],
        unique=False,
        schema="app",
    )
    op.create_index(
        "ix_lers_requests_provider_status",
        "lers_requests",
        ["provider_tenant_id", "status", "created_at"],
        unique=False,
        schema="app",
    )
    op.create_index(
        "ix_lers_requests_search",
        "lers_requests",
        ["search_vector"],
        unique=False,
        schema="app",
        postgresql_using="gin",
    )
    op.create_index(
        "ix_lers_requests_search_agency",
        "lers_requests",
        ["search_vector_agency"],
        unique=False,
        schema="app",
        postgresql_using="gin",
    )
    op.create_index(
        "ix_lers_requests_sla_due",
        "lers_requests",
        ["sla_due_date"],
        unique=False,
        schema="app",
        postgresql_where=sa.text("status IN ('SUBMITTED','ACKNOWLEDGED','IN_PROGRESS','RESPONSE_UPLOADED')"),
    )
    op.create_index("ix_lers_requests_updated", "lers_requests", ["updated_at", "id"], unique=False, schema="app")
    op.create_table(
        "lers_templates",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("catalog_item_id", sa.Uuid(), nullable=True),
        sa.Column("provider_tenant_id", sa.Uuid(), nullable=True),
        sa.Column("request_type", sa.Text(), nullable=True),
        sa.Column("content", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("is_shared", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("usage_count", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("is_deleted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["catalog_item_id"],
            ["app.lers_provider_data_catalog.id"],
            name=op.f("fk_lers_templates_catalog_item_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["app.authentication_user.id"],
            name=op.f("fk_lers_templates_created_by_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["provider_tenant_id"],
            ["app.tenants.id"],
            name=op.f("fk_lers_templates_provider_tenant_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["app.tenants.id"], name=op.f("fk_lers_templates_tenant_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lers_templates")),
        schema="app",
    )
    op.create_index("ix_lers_templates_tenant_id", "lers_templates", ["tenant_id", "name"], unique=False, schema="app")
    op.create_table(
        "lers_approval_workflow",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("agency_tenant_id", sa.Uuid(), nullable=False),
        sa.Column("provider_tenant_id", sa.Uuid(), nullable=False),
        sa.Column("approver_id", sa.Uuid(), nullable=False),
        sa.Column("on_behalf_of_id", sa.Uuid(), nullable=True),
        sa.Column("approver_snapshot", postgresql.JSONB(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("min_rank", sa.Text(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("comments", sa.Text(), nullable=True),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("signature_hash", sa.Text(), nullable=False),
        sa.Column("seal_kid", sa.Text(), nullable=False),
        sa.Column("seal_value", sa.Text(), nullable=False),
        sa.Column("signature", postgresql.JSONB(), nullable=True),
        sa.Column("action_timestamp", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "action IN ('APPROVE','REJECT','REQUEST_CHANGES')", name=op.f("ck_lers_approval_workflow_action")
        ),
        sa.ForeignKeyConstraint(
            ["approver_id"],
            ["app.authentication_user.id"],
            name=op.f("fk_lers_approval_workflow_approver_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["on_behalf_of_id"],
            ["app.authentication_user.id"],
            name=op.f("fk_lers_approval_workflow_on_behalf_of_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["request_id", "agency_tenant_id", "provider_tenant_id"],
            ["app.lers_requests.id", "app.lers_requests.agency_tenant_id", "app.lers_requests.provider_tenant_id"],
            name=op.f("fk_lers_approval_workflow_request_id_agency_tenant_id_provider_tenant_id"),
            onupdate="CASCADE",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lers_approval_workflow")),
        schema="app",
    )
    op.create_index(
        "ix_lers_approval_request_id",
        "lers_approval_workflow",
        ["request_id", "action_timestamp"],
        unique=False,
        schema="app",
    )
    op.create_index(
        "uq_lers_approval_level",
        "lers_approval_workflow",
        ["request_id", "content_hash", "level"],
        unique=True,
        schema="app",
        postgresql_where=sa.text("action = 'APPROVE'"),
    )
    op.create_index(
        "uq_lers_approval_person",
        "lers_approval_workflow",
        ["request_id", "content_hash", "approver_id"],
        unique=True,
        schema="app",
        postgresql_where=sa.text("action = 'APPROVE'"),
    )
    op.create_table(
        "lers_messages",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("agency_tenant_id", sa.Uuid(), nullable=False),
        sa.Column("provider_tenant_id", sa.Uuid(), nullable=False),
        sa.Column("sender_id", sa.Uuid(), nullable=True),
        sa.Column("sender_tenant_id", sa.Uuid(), nullable=False),
        sa.Column("sender_type", sa.Text(), nullable=False),
        sa.Column("message_type", sa.Text(), nullable=False),
        sa.Column("message_text", sa.Text(), nullable=True),
        sa.Column("is_encrypted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("encrypted_content", sa.Text(), nullable=True),
        sa.Column("encrypted_key", sa.Text(), nullable=True),
        sa.Column("encryption_algorithm", sa.Text(), nullable=True),
        sa.Column("encryption_iv", sa.Text(), nullable=True),
        sa.Column("encryption_auth_tag", sa.Text(), nullable=True),
        sa.Column("sender_key_fingerprint", sa.Text(), nullable=True),
        sa.Column("attachments", postgresql.JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False),
        sa.Column("read_by_receiver", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("metadata", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("is_deleted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint(
            "message_type IN ('TEXT','FILE','CLARIFICATION','SYSTEM')", name=op.f("ck_lers_messages_message_type")
        ),
        sa.CheckConstraint("sender_type IN ('IO','PROVIDER','SYSTEM')", name=op.f("ck_lers_messages_sender_type")),
        sa.CheckConstraint(
            "sender_tenant_id IN (agency_tenant_id, provider_tenant_id)", name=op.f("ck_lers_messages_sender_tenant")
        ),
        sa.ForeignKeyConstraint(
            ["request_id", "agency_tenant_id", "provider_tenant_id"],
            ["app.lers_requests.id", "app.lers_requests.agency_tenant_id", "app.lers_requests.provider_tenant_id"],
            name=op.f("fk_lers_messages_request_id_agency_tenant_id_provider_tenant_id"),
            onupdate="CASCADE",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["app.authentication_user.id"], name=op.f("fk_lers_messages_sender_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lers_messages")),
        schema="app",
    )
    op.create_index("ix_lers_messages_request_id", "lers_messages", ["request_id", "id"], unique=False, schema="app")
    op.create_index("ix_lers_messages_sender_id", "lers_messages", ["sender_id"], unique=False, schema="app")
    op.create_index(
        "ix_lers_messages_unread",
        "lers_messages",
        ["request_id"],
        unique=False,
        schema="app",
        postgresql_where=sa.text("NOT read_by_receiver"),
    )
    op.create_table(
        "lers_responses",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("agency_tenant_id", sa.Uuid(), nullable=False),
        sa.Column("provider_tenant_id", sa.Uuid(), nullable=False),
        sa.Column("response_number", sa.Text(), nullable=False),
        sa.Column("submitted_by_id", sa.Uuid(), nullable=False),
        sa.Column("submitter_snapshot", postgresql.JSONB(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("is_partial", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("parsed_data", postgresql.JSONB(), nullable=True),
        sa.Column("outcomes", postgresql.JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.Column("seal_kid", sa.Text(), nullable=False),
        sa.Column("seal_value", sa.Text(), nullable=False),
        sa.Column("signature", postgresql.JSONB(), nullable=True),
        sa.Column("signature_verified", sa.Boolean(), nullable=True),
        sa.Column("response_text", sa.Text(), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rejection_reason", sa.Text(), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("rating_comment", sa.Text(), nullable=True),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("metadata", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "status IN ('RECEIVED','PARSED','PARSE_FAILED','ACCEPTED','REJECTED')",
            name=op.f("ck_lers_responses_status"),
        ),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("ck_lers_responses_rating")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["app.authentication_user.id"],
            name=op.f("fk_lers_responses_decided_by_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["request_id", "agency_tenant_id", "provider_tenant_id"],
            ["app.lers_requests.id", "app.lers_requests.agency_tenant_id", "app.lers_requests.provider_tenant_id"],
            name=op.f("fk_lers_responses_request_id_agency_tenant_id_provider_tenant_id"),
            onupdate="CASCADE",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"],
            ["app.authentication_user.id"],
            name=op.f("fk_lers_responses_submitted_by_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lers_responses")),
        sa.UniqueConstraint(
            "id",
            "agency_tenant_id",
            "provider_tenant_id",
            name=op.f("uq_lers_responses_id_agency_tenant_id_provider_tenant_id"),
        ),
        sa.UniqueConstraint("response_number", name=op.f("uq_lers_responses_response_number")),
        schema="app",
    )
    op.create_index("ix_lers_responses_request_id", "lers_responses", ["request_id"], unique=False, schema="app")
    op.create_index("ix_lers_responses_status", "lers_responses", ["status"], unique=False, schema="app")
    op.create_index("ix_lers_responses_submitted_at", "lers_responses", ["submitted_at"], unique=False, schema="app")
    op.create_table(
        "message_read",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("agency_tenant_id", sa.Uuid(), nullable=False),
        sa.Column("provider_tenant_id", sa.Uuid(), nullable=False),
        sa.Column("up_to", sa.Uuid(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id", "agency_tenant_id", "provider_tenant_id"],
            ["app.lers_requests.id", "app.lers_requests.agency_tenant_id", "app.lers_requests.provider_tenant_id"],
            name=op.f("fk_message_read_request_id_agency_tenant_id_provider_tenant_id"),
            onupdate="CASCADE",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app.authentication_user.id"], name=op.f("fk_message_read_user_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("request_id", "user_id", name=op.f("pk_message_read")),
        schema="app",
    )
    op.create_table(
        "request_identifier",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("agency_tenant_id", sa.Uuid(), nullable=False),
        sa.Column("provider_tenant_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("masked", sa.Text(), nullable=False),
        sa.Column("index_agency", sa.LargeBinary(), nullable=False),
        sa.Column("index_provider", sa.LargeBinary(), nullable=False),
        sa.Column("outcome", sa.Text(), server_default="PENDING", nullable=False),
        sa.Column("reason_code", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('PENDING','DISCLOSED','PARTIAL','NO_DATA','REJECTED','INVALID')",
            name=op.f("ck_request_identifier_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["request_id", "agency_tenant_id", "provider_tenant_id"],
            ["app.lers_requests.id", "app.lers_requests.agency_tenant_id", "app.lers_requests.provider_tenant_id"],
            name=op.f("fk_request_identifier_request_id_agency_tenant_id_provider_tenant_id"),
            onupdate="CASCADE",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_identifier")),
        sa.UniqueConstraint("request_id", "position", name=op.f("uq_request_identifier_request_id_position")),
        schema="app",
    )
    op.create_index(
        "ix_request_identifier_agency",
        "request_identifier",
        ["agency_tenant_id", "index_agency"],
        unique=False,
        schema="app",
    )
    op.create_index(
        "ix_request_identifier_provider",
        "request_identifier",
        ["provider_tenant_id", "index_provider"],
        unique=False,
        schema="app",
    )
    op.create_table(
        "request_participant",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("agency_tenant_id", sa.Uuid(), nullable=False),
        sa.Column("provider_tenant_id", sa.Uuid(), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id", "agency_tenant_id", "provider_tenant_id"],
            ["app.lers_requests.id", "app.lers_requests.agency_tenant_id", "app.lers_requests.provider_tenant_id"],
            name=op.f("fk_request_participant_request_id_agency_tenant_id_provider_tenant_id"),
            onupdate="CASCADE",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["app.authentication_user.id"],
            name=op.f("fk_request_participant_user_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("request_id", "user_id", name=op.f("pk_request_participant")),
        schema="app",
    )
    op.create_index("ix_request_participant_user_id", "request_participant", ["user_id"], unique=False, schema="app")
    op.create_table(
        "sla_event",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("agency_tenant_id", sa.Uuid(), nullable=False),
        sa.Column("provider_tenant_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hours", sa.Numeric(), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('START','PAUSE','RESUME','EXTEND','RECALCULATED')", name=op.f("ck_sla_event_kind")
        ),
        sa.ForeignKeyConstraint(
            ["request_id", "agency_tenant_id", "provider_tenant_id"],
            ["app.lers_requests.id", "app.lers_requests.agency_tenant_id", "app.lers_requests.provider_tenant_id"],
            name=op.f("fk_sla_event_request_id_agency_tenant_id_provider_tenant_id"),
            onupdate="CASCADE",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sla_event")),
        schema="app",
    )
    op.create_index("ix_sla_event_request_id", "sla_event", ["request_id", "at"], unique=False, schema="app")
    op.create_table(
        "message_key_wrap",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("recipient_key_fingerprint", sa.Text(), nullable=False),
        sa.Column("agency_tenant_id", sa.Uuid(), nullable=False),
        sa.Column("provider_tenant_id", sa.Uuid(), nullable=False),
        sa.Column("wrapped_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["app.lers_messages.id"], name=op.f("fk_message_key_wrap_message_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("message_id", "recipient_key_fingerprint", name=op.f("pk_message_key_wrap")),
        schema="app",
    )
    op.create_table(
        "response_file",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("agency_tenant_id", sa.Uuid(), nullable=False),
        sa.Column("provider_tenant_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["app.lers_files.id"], name=op.f("fk_response_file_file_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["response_id", "agency_tenant_id", "provider_tenant_id"],
            ["app.lers_responses.id", "app.lers_responses.agency_tenant_id", "app.lers_responses.provider_tenant_id"],
            name=op.f("fk_response_file_response_id_agency_tenant_id_provider_tenant_id"),
            onupdate="CASCADE",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("response_id", "position", name=op.f("pk_response_file")),
        sa.UniqueConstraint("file_id", name=op.f("uq_response_file_file_id")),
        schema="app",
    )


def downgrade() -> None:
    op.drop_table("response_file", schema="app")
    op.drop_table("message_key_wrap", schema="app")
    op.drop_table("sla_event", schema="app")
    op.drop_table("request_participant", schema="app")
    op.drop_table("request_identifier", schema="app")
    op.drop_table("message_read", schema="app")
    op.drop_table("lers_responses", schema="app")
    op.drop_table("lers_messages", schema="app")
    op.drop_table("lers_approval_workflow", schema="app")
    op.drop_table("lers_templates", schema="app")
    op.drop_table("lers_requests", schema="app")
    op.drop_table("catalog_version", schema="app")
    op.drop_table("lers_provider_data_catalog", schema="app")
    op.drop_table("file_share", schema="app")
    op.drop_table("auth_refresh", schema="app")
    op.drop_table("user_presence", schema="app")
    op.drop_table("user_card", schema="app")
    op.drop_table("signing_statement", schema="app")
    op.drop_table("presence_socket", schema="app")
    op.drop_table("lers_notifications", schema="app")
    op.drop_table("lers_files", schema="app")
    op.drop_table("delegation", schema="app")
    op.drop_table("auth_session", schema="app")
    op.drop_table("auth_key", schema="app")
    op.drop_table("sla_calendar", schema="app")
    op.drop_table("request_counter", schema="app")
    op.drop_table("lers_provider_service_profile", schema="app")
    op.drop_table("authority_rule", schema="app")
    op.drop_table("authentication_user", schema="app")
    op.drop_table("tenants", schema="app")
    op.drop_table("tenant_key", schema="app")
    op.drop_table("sla_notice", schema="app")
    op.drop_table("outbox", schema="app")
    op.drop_table("login_counter", schema="app")
    op.drop_table("idempotency_key", schema="app")
    op.drop_table("effect", schema="app")
