"""The statements of the limits: what one list, one detail and one create ask of PostgreSQL, written by hand."""

from __future__ import annotations

_SELECT = """
SELECT r.id, r.request_number, r.request_type, r.status, r.version, r.priority, r.catalog_item_id,
       r.catalog_item_version, r.provider_tenant_id, r.parent_request_id, r.date_range_from, r.date_range_to,
       r.sla_due_date, r.sla_paused_at, r.sla_breached_at, r.sla_met, r.first_sent_for_approval_at, r.approved_at,
       r.submitted_at, r.acknowledged_at, r.started_at, r.response_uploaded_at, r.completed_at, r.closed_at,
       r.rejection_reason_code, r.approval_level, r.approval_route, r.created_at, r.updated_at, r.description,
       r.answers, r.legal_mandate_type, r.legal_mandate_file_id, r.court_order_number, r.case_reference, r.notes,
       r.metadata, r.rejection_reason, r.sla_breached, a.id AS a_id, a.name AS a_name, p.name AS p_name,
       c.id AS c_id, c.name AS c_name, c.rank AS c_rank,
       (SELECT jsonb_agg(jsonb_build_object('id', i.id, 'type', i.type, 'masked', i.masked, 'outcome', i.outcome,
               'reason_code', i.reason_code) ORDER BY i.position)
          FROM app.request_identifier i WHERE i.request_id = r.id) AS identifiers
  FROM app.lers_requests r JOIN app.tenants a ON a.id = r.agency_tenant_id
  JOIN app.tenants p ON p.id = r.provider_tenant_id LEFT JOIN app.user_card c ON c.id = r.created_by_id
"""
LIST = _SELECT + (
    " WHERE r.agency_tenant_id = %s AND NOT r.is_deleted AND r.first_sent_for_approval_at IS NOT NULL"
    " ORDER BY r.created_at DESC, r.id DESC LIMIT 51"
)
DETAIL = _SELECT + " WHERE r.id = %s AND r.agency_tenant_id = %s AND NOT r.is_deleted"
CREATE = """
WITH n AS (
  INSERT INTO app.request_counter (tenant_id, year, last)
  VALUES (%(tenant)s, extract(year FROM now())::int, 1)
  ON CONFLICT (tenant_id, year) DO UPDATE SET last = request_counter.last + 1 RETURNING year, last
), r AS (
  INSERT INTO app.lers_requests (id, request_number, request_type, provider, agency_tenant_id, provider_tenant_id,
         description, legal_mandate_type, status, priority, created_by_id, created_at, updated_at, version)
  SELECT %(id)s, 'LERS-' || year || '-MUM-' || lpad(last::text, 6, '0'), %(request_type)s, 'provider', %(tenant)s,
         %(provider)s, %(description)s, 'BNSS_94', 'DRAFT', 'NORMAL', %(person)s, now(), now(), 1
    FROM n RETURNING id, request_number
), i AS (
  INSERT INTO app.request_identifier (id, request_id, agency_tenant_id, provider_tenant_id, position, type, sealed,
         masked, index_agency, index_provider, created_at)
  SELECT %(identifier)s, id, %(tenant)s, %(provider)s, 0, %(type)s, %(sealed)s, '+91******00', %(index)s, %(index)s,
         now() FROM r
), o AS (
  INSERT INTO app.outbox (id, type, payload, tenants, actor_id, correlation_id, created_at)
  SELECT %(event)s, 'bench.created', %(payload)s, ARRAY[%(tenant)s::uuid], %(person)s, 'bench', now() FROM r
)
SELECT r.id, r.request_number,
       (audit.append(%(at)s, 'request:create', %(person)s, 'request', r.id, r.id, %(head)s, %(tail)s)).seq AS seq
  FROM r
"""
