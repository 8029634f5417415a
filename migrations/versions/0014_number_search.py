"""Requests: the running number alone finds a request, as people tell each other ("the 47").

A function that is replaced keeps its owner and its grants.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_SEARCH = """
CREATE OR REPLACE FUNCTION app.search_requests(p_query text) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, app AS $$
    WITH q AS (
        SELECT websearch_to_tsquery('simple', p_query) || websearch_to_tsquery('english', p_query) AS words
    )
    SELECT r.id FROM app.lers_requests r, q
     WHERE r.agency_tenant_id = app.tenant() AND r.search_vector_agency @@ q.words
    UNION
    SELECT r.id FROM app.lers_requests r, q
     WHERE r.provider_tenant_id = app.tenant() AND r.submitted_at IS NOT NULL AND r.search_vector @@ q.words
    UNION
    SELECT r.id FROM app.lers_requests r
     WHERE starts_with(r.request_number, upper(p_query))
       AND (r.agency_tenant_id = app.tenant()
            OR (r.provider_tenant_id = app.tenant() AND r.submitted_at IS NOT NULL) OR app.is_admin()){NUMBER}
$$
"""
# As many rows have one running number as there are agencies and years: the index leaves few to look at.
_NUMBER = """
    UNION
    SELECT r.id FROM app.lers_requests r
     WHERE btrim(p_query) ~ '^[0-9]{1,6}$' AND right(r.request_number, 6) = lpad(btrim(p_query), 6, '0')
       AND (r.agency_tenant_id = app.tenant()
            OR (r.provider_tenant_id = app.tenant() AND r.submitted_at IS NOT NULL) OR app.is_admin())"""


def upgrade() -> None:
    op.create_index(
        "ix_lers_requests_running_number", "lers_requests", [sa.text('"right"(request_number, 6)')], schema="app"
    )
    op.execute(_SEARCH.replace("{NUMBER}", _NUMBER))


def downgrade() -> None:
    op.execute(_SEARCH.replace("{NUMBER}", ""))
    op.drop_index("ix_lers_requests_running_number", table_name="lers_requests", schema="app")
