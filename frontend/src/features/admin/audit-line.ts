/** The entry that a change will write into the audit trail, told before it is made. As the server writes it. */
import type { Schema } from '~/api/index.ts'

export interface AuditLine {
  event: string
  /** As in the entry; null where the entry has none. */
  change: Record<string, unknown> | null
}

const SHOWN = ['role', 'rank', 'is_tenant_admin', 'is_active'] as const

export function personAdded(body: Pick<Schema<'UserIn'>, 'role'>, tenant: string): AuditLine {
  return { event: 'user:create', change: { role: body.role, tenant } }
}

/** Null where nothing changes: the server writes no entry then. */
export function personChanged(patch: Schema<'UserPatch'>): AuditLine | null {
  const fields = Object.keys(patch).sort()
  if (fields.length === 0) return null
  const shown = Object.fromEntries(SHOWN.flatMap((name) => (name in patch ? [[name, patch[name]]] : [])))
  const event = patch.is_active === undefined ? 'user:update' : patch.is_active ? 'user:reactivate' : 'user:deactivate'
  return { event, change: { fields, ...shown } }
}

export function tenantAdded(body: Pick<Schema<'TenantIn'>, 'type' | 'code'>): AuditLine {
  return { event: 'tenant:create', change: { type: body.type, code: body.code } }
}

export function tenantChanged(patch: Schema<'TenantPatch'>): AuditLine | null {
  const fields = Object.keys(patch).sort()
  if (fields.length === 0) return null
  return { event: 'tenant:update', change: { fields, ...(patch.policy && { policy: patch.policy }) } }
}

export function ruleWritten(body: Schema<'RuleIn'>, isNew: boolean): AuditLine {
  return {
    event: isNew ? 'authority:rule_created' : 'authority:rule_changed',
    change: {
      request_type: body.request_type ?? null,
      legal_mandate_type: body.legal_mandate_type ?? null,
      priority: body.priority ?? null,
      levels: body.levels.map((level) => level.min_rank),
    },
  }
}

export const RULE_DELETED: AuditLine = { event: 'authority:rule_deleted', change: null }
