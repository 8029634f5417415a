/** The form of a rule of approval: what it is for, and the levels it asks for. */
import type { Schema } from '~/api/index.ts'
import type { Rule } from './queries.ts'
import { RANKS, type Rank } from './ranks.ts'

type RuleIn = Schema<'RuleIn'>

export interface RuleForm {
  tenant_id: string | null
  request_type: RuleIn['request_type']
  legal_mandate_type: RuleIn['legal_mandate_type']
  priority: RuleIn['priority']
  levels: readonly Rank[]
  note: string
}

export const MOST_LEVELS = 5

export const emptyRule = (tenantId: string | null): RuleForm => ({
  tenant_id: tenantId,
  request_type: null,
  legal_mandate_type: null,
  priority: null,
  levels: ['SHO'],
  note: '',
})

export const ruleForm = (rule: Rule): RuleForm => ({
  tenant_id: rule.tenant_id,
  request_type: (rule.request_type ?? null) as RuleForm['request_type'],
  legal_mandate_type: (rule.legal_mandate_type ?? null) as RuleForm['legal_mandate_type'],
  priority: (rule.priority ?? null) as RuleForm['priority'],
  levels: rule.levels.map((level) => level.min_rank),
  note: rule.note ?? '',
})

export const levelsOf = (ranks: readonly Rank[]): Schema<'Level'>[] =>
  ranks.map((min_rank, at) => ({ level: at + 1, min_rank }))

export function ruleBody(form: RuleForm): RuleIn {
  return {
    request_type: form.request_type,
    legal_mandate_type: form.legal_mandate_type,
    priority: form.priority,
    levels: levelsOf(form.levels),
    note: form.note.trim() || null,
    ...(form.tenant_id && { tenant_id: form.tenant_id }),
  }
}

/** The rank that a further level begins with: one above the last, as no level may ask for less than the one before. */
export function nextRank(levels: readonly Rank[]): Rank {
  const last = levels.at(-1)
  return RANKS[Math.min(RANKS.length - 1, last ? RANKS.indexOf(last) + 1 : 0)] ?? 'SHO'
}

/** Rules of one unit together, the most specific first: the order in which they are asked. */
export function byUnit(rules: readonly Rule[]): { id: string; name: string; rules: Rule[] }[] {
  const units = new Map<string, { id: string; name: string; rules: Rule[] }>()
  for (const rule of rules) {
    const unit = units.get(rule.tenant_id) ?? { id: rule.tenant_id, name: rule.tenant.name, rules: [] }
    units.set(rule.tenant_id, unit)
    unit.rules.push(rule)
  }
  const found = [...units.values()].sort((a, b) => a.name.localeCompare(b.name))
  for (const unit of found) unit.rules.sort((a, b) => weight(b) - weight(a) || b.created_at.localeCompare(a.created_at))
  return found
}

/** What is asked weighs more than the mandate, the mandate more than the priority: as the server chooses. */
const weight = (rule: Rule) => (rule.request_type ? 4 : 0) + (rule.legal_mandate_type ? 2 : 0) + (rule.priority ? 1 : 0)
