"""Catalog: a sample file is read by everybody who may read the item that shows it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_catalog_sample",
        "lers_provider_data_catalog",
        ["sample_output_file_id"],
        schema="app",
        postgresql_where=sa.text("sample_output_file_id IS NOT NULL"),
    )
    # Only a file that was brought to be shown, and only while its own provider offers an item with it.
    op.execute(
        """
        CREATE POLICY sample ON app.lers_files FOR SELECT USING (
            purpose = 'SAMPLE' AND (SELECT app.tenant()) IS NOT NULL AND EXISTS (
                SELECT FROM app.lers_provider_data_catalog c
                 WHERE c.sample_output_file_id = lers_files.id AND c.provider_tenant_id = lers_files.tenant_id
                   AND NOT c.is_deleted AND (c.is_active OR (SELECT app.is_admin()))))
        """
    )


def downgrade() -> None:
    op.execute("DROP POLICY sample ON app.lers_files")
    op.drop_index("ix_catalog_sample", table_name="lers_provider_data_catalog", schema="app")
