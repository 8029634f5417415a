"""Rows that name a tenant are held to it by the key of what they belong to, not by their own word.

Row-level security looks at the tenant that a row names. Where the row could name one freely, a tenant was able to add a
row about another's file, person, session, message or request, and with a share open the file itself. A composite
foreign key makes the row name the tenant of its parent (ADR 0068).
"""

from __future__ import annotations

from typing import NamedTuple

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

T = "(SELECT app.tenant())"


class Bond(NamedTuple):
    """A child's columns, the parent's that they must equal, and the column whose plain key this takes the place of."""

    child: str
    columns: tuple[str, ...]
    parent: str
    targets: tuple[str, ...]
    replaces: str | None

    @property
    def name(self) -> str:
        return f"fk_{self.child}_{'_'.join(self.columns)}"[:63]


def _person(child: str, column: str, tenant: str = "tenant_id") -> Bond:
    return Bond(child, (column, tenant), "authentication_user", ("id", "tenant_id"), column)


def _file(child: str, column: str, tenant: str) -> Bond:
    return Bond(child, (column, tenant), "lers_files", ("id", "tenant_id"), column)


_PARTIES = ("agency_tenant_id", "provider_tenant_id")
TARGETS = (
    ("lers_files", ("id", "tenant_id")),
    ("lers_messages", ("id", *_PARTIES)),
    ("lers_provider_data_catalog", ("id", "provider_tenant_id")),
    ("auth_session", ("sid", "user_id", "tenant_id")),
)
BONDS = (
    _file("file_share", "file_id", "owner_tenant_id"),
    Bond("file_share", ("request_id",), "lers_requests", ("id",), None),
    _file("response_file", "file_id", "provider_tenant_id"),
    _file("lers_requests", "legal_mandate_file_id", "agency_tenant_id"),
    _person("auth_key", "user_id"),
    _person("signing_statement", "user_id"),
    Bond("auth_refresh", ("sid", "user_id", "tenant_id"), "auth_session", ("sid", "user_id", "tenant_id"), "sid"),
    _person("lers_notifications", "user_id"),
    _person("presence_socket", "user_id"),
    _person("user_presence", "user_id"),
    _person("delegation", "from_user_id"),
    _person("delegation", "to_user_id"),
    _person("lers_templates", "created_by_id"),
    _person("lers_files", "uploaded_by_id"),
    _person("request_participant", "user_id", "agency_tenant_id"),
    _person("lers_requests", "approved_by_id", "agency_tenant_id"),
    _person("lers_requests", "assigned_to_company_id", "provider_tenant_id"),
    _person("lers_approval_workflow", "approver_id", "agency_tenant_id"),
    _person("lers_approval_workflow", "on_behalf_of_id", "agency_tenant_id"),
    _person("lers_messages", "sender_id", "sender_tenant_id"),
    _person("lers_responses", "submitted_by_id", "provider_tenant_id"),
    _person("lers_responses", "decided_by_id", "agency_tenant_id"),
    Bond("message_key_wrap", ("message_id", *_PARTIES), "lers_messages", ("id", *_PARTIES), "message_id"),
    Bond("sla_notice", ("request_id", *_PARTIES), "lers_requests", ("id", *_PARTIES), None),
    Bond(
        "catalog_version",
        ("item_id", "provider_tenant_id"),
        "lers_provider_data_catalog",
        ("id", "provider_tenant_id"),
        "item_id",
    ),
)

# A file goes to a party of a request, by the other party of the same request.
_SHARED_BY_A_PARTY = f"""
ALTER POLICY added ON app.file_share WITH CHECK (owner_tenant_id = {T} AND EXISTS (
    SELECT FROM app.lers_requests r
     WHERE r.id = file_share.request_id
       AND file_share.owner_tenant_id IN (r.agency_tenant_id, r.provider_tenant_id)
       AND file_share.tenant_id IN (r.agency_tenant_id, r.provider_tenant_id)))
"""


def upgrade() -> None:
    for table, columns in TARGETS:
        op.create_unique_constraint(op.f(f"uq_{table}_{'_'.join(columns)}"), table, list(columns), schema="app")
    for bond in BONDS:
        if bond.replaces is not None:
            op.drop_constraint(op.f(f"fk_{bond.child}_{bond.replaces}"), bond.child, type_="foreignkey", schema="app")
        op.create_foreign_key(
            op.f(bond.name), bond.child, bond.parent, list(bond.columns), list(bond.targets),
            source_schema="app", referent_schema="app", ondelete="RESTRICT",
            onupdate="CASCADE" if bond.targets[1:] == _PARTIES else None,
        )  # fmt: skip
    op.execute(_SHARED_BY_A_PARTY)


def downgrade() -> None:
    op.execute(f"ALTER POLICY added ON app.file_share WITH CHECK (owner_tenant_id = {T})")
    for bond in reversed(BONDS):
        op.drop_constraint(op.f(bond.name), bond.child, type_="foreignkey", schema="app")
        if bond.replaces is not None:
            op.create_foreign_key(
                op.f(f"fk_{bond.child}_{bond.replaces}"), bond.child, bond.parent, [bond.replaces], [bond.targets[0]],
                source_schema="app", referent_schema="app", ondelete="RESTRICT",
            )  # fmt: skip
    for table, columns in reversed(TARGETS):
        op.drop_constraint(op.f(f"uq_{table}_{'_'.join(columns)}"), table, type_="unique", schema="app")
