/** Templates that a unit may begin with: one for each thing asked for most, where a provider offers it. */
import type { Schema } from '~/api/index.ts'
import { EMPTY_TEMPLATE, type TemplateForm } from './template-form.ts'

type Item = Pick<Schema<'CatalogItemOut'>, 'id' | 'name' | 'request_type' | 'is_featured' | 'provider_tenant'>

interface Starter {
  type: string
  text: string
  priority?: TemplateForm['priority']
}

const GROUND = 'In the investigation of {{case_reference}}, registered at {{unit}}, '

const STARTERS: readonly Starter[] = [
  { type: 'SUBSCRIBER_INFO', text: `${GROUND}kindly furnish the subscriber details of the numbers below: {{reason}}` },
  { type: 'CDR', text: `${GROUND}kindly furnish the call detail records of the numbers below: {{reason}}` },
  { type: 'IPDR', text: `${GROUND}kindly tell who used the addresses below at the times given: {{reason}}` },
  { type: 'KYC', text: `${GROUND}kindly furnish the account opening form and the KYC documents: {{reason}}` },
  { type: 'BANK_STATEMENT', text: `${GROUND}kindly furnish the statement of the accounts below: {{reason}}` },
  {
    type: 'RESTRAINT',
    text: `${GROUND}kindly put a debit freeze on the accounts below: {{reason}}`,
    priority: 'URGENT',
  },
  { type: 'LOGIN_LOGS', text: `${GROUND}kindly furnish the sign-ins to the accounts below: {{reason}}` },
  {
    type: 'PRESERVATION',
    text: `${GROUND}kindly preserve all data of the accounts below while a mandate is prepared: {{reason}}`,
    priority: 'URGENT',
  },
]

export interface Suggestion {
  item: Item
  form: TemplateForm
}

/** For each kind the featured item, else the first; none for an item that has a template already. */
export function suggestions(items: readonly Item[], taken: ReadonlySet<string>): Suggestion[] {
  return STARTERS.flatMap(({ type, text, priority = 'NORMAL' }) => {
    const ofKind = items.filter((item) => item.request_type === type)
    if (ofKind.some((item) => taken.has(item.id))) return []
    const item = ofKind.find(({ is_featured: featured }) => featured) ?? ofKind[0]
    if (!item) return []
    const name = `${item.name} – ${item.provider_tenant.name}`
    return [
      { item, form: { ...EMPTY_TEMPLATE, name, itemId: item.id, text, priority, caseReference: '{{case_reference}}' } },
    ]
  })
}
