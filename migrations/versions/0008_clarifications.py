"""Requests: how often the provider asked back, a fact that its clarification rate is counted from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "lers_requests",
        sa.Column("clarifications", sa.Integer(), server_default=sa.text("0"), nullable=False),
        schema="app",
    )


def downgrade() -> None:
    op.drop_column("lers_requests", "clarifications", schema="app")
